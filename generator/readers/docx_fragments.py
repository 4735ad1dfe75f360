"""Reads the documents that a Word file takes in as a whole (altChunk): pages, as office systems export them, or text.

Word shows such a part as if it stood in the file, and makes it text when it saves (ECMA-376 part 1, 17.17.2).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from generator.finding import Finding, counted
from generator.readers import html, mht, text
from generator.readers.bounds import Archive
from generator.readers.document import Block, Document, DocumentTable, Limits, Paragraph
from generator.readers.kinds import sniff
from generator.readers.notes import warn
from generator.readers.opc import Relation

_MOST = 20  # parts read in one file
_READERS: Mapping[str, Callable[[bytes, str, Limits], Document]] = {
    "html": html.read,
    "mht": mht.read,
    "txt": text.read,
}


@dataclass
class Fragments:
    """Reads the parts of one package by their relationship, and keeps the findings on them."""

    package: Archive
    relations: Mapping[str, Relation]
    limits: Limits
    file: str
    word: Callable[[bytes, str, Limits], Document]  # the reader of Word files, for a part that is one
    findings: list[Finding] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)  # those of a page, such as its title
    read: int = 0

    def blocks(self, relation_id: str, tables: int) -> list[Block] | None:
        """Read a part, its tables counted on from `tables`; None for what is missing, outside or of another kind."""
        relation = self.relations.get(relation_id)
        if relation is None or relation.outside or relation.target not in self.package or self.read >= _MOST:
            return None
        self.read += 1
        data = self.package.read(relation.target)
        kind = sniff(data, relation.target, self.limits)
        reader = self.word if kind == "docx" else _READERS.get(kind)
        if reader is None:
            return None
        document = reader(data, self.file, self.limits)
        self.properties = {**document.properties, **self.properties}
        self.findings += [*document.findings, *self._pictures(document)]
        return [_counted_on(block, tables) for block in document.blocks]

    def _pictures(self, document: Document) -> list[Finding]:
        count = len(document.pictures)
        if not count:
            return []
        zh = f"嵌入的文档片段里有图片{count}幅，没有带入：请另存图片，写进正文。"
        en = (
            f"{counted(count, 'picture')} of an embedded document part not imported; save them, put them into the text."
        )
        return [warn("IMP-PICTURE", self.file, zh, en)]


def _counted_on(block: Block, tables: int) -> Block:
    if isinstance(block, DocumentTable):
        return replace(block, where=block.where._replace(table=block.where.table + tables))
    if isinstance(block, Paragraph):
        return replace(block, pieces=tuple(piece for piece in block.pieces if not piece.picture))
    return block
