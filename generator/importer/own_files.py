"""Recognises what nianbao's own files print beside a report's words, so that a report comes back as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from generator.importer.label_match import bare
from generator.readers.document import Block, Document, DocumentCell, DocumentTable, Paragraph, Piece

# the first heads of a list of all cells, one a row, as data files have it
_CELL_LIST = ("表", "行", "列", "数值", "原表文字", "单位")
# the heads of the list of corrections (更正说明), with what a record of one calls them
_CORRECTIONS = {
    "日期": "date",
    "位置": "name",
    "原值": "old",
    "更正为": "new",
    "原因": "reason",
    "批准人": "approved_by",
}
_TITLE, _MARK, _BLANK, _NOTICE = "更正说明", "更正", "空白", "〔草稿，未公开〕"
# what is printed where a picture of the original is lost, or a file cannot show one
_LOST = re.compile(r"〔图(?:[^〔〕：]{1,40}：原图遗失|：([^〔〕]{1,200}))〕")


def without_additions(document: Document) -> Document:
    """Return the document without lists of all cells, the list of corrections with its marks, and the notice of a
    draft, and with marks of lost pictures as pictures."""
    blocks = [block for block in document.blocks if not _begins(block, _CELL_LIST) and not _is_notice(block)]
    if any(map(_is_corrections, blocks)):
        titles = {at for at, block in enumerate(blocks[1:]) if _is_corrections(block) and _is_title(blocks[at])}
        alone = any(record["new"] == "" for record in corrections_of(document, ()))
        blocks = [
            _unmarked(block, alone)
            for at, block in enumerate(blocks)
            if at not in titles and not _is_corrections(block)
        ]
    return replace(document, blocks=tuple(map(_with_pictures, blocks)))


def corrections_of(document: Document, names: Iterable[str]) -> tuple[Mapping[str, str], ...]:
    """Return what the list of corrections says, as a report.json has it, oldest first; `names` are those of the form's
    figures."""
    known = {name.replace(".", "·"): name for name in names}
    found = []
    for table in filter(_is_corrections, document.blocks):
        assert isinstance(table, DocumentTable)
        for row in table.rows[1:]:
            texts = ["" if cell.text.strip() == _BLANK else cell.text.strip() for cell in row[: len(_CORRECTIONS)]]
            record = dict(zip(_CORRECTIONS.values(), texts, strict=True))
            place = "".join(record["name"].split())
            if bare(record["date"]) != bare("日期"):
                found.append({**record, "name": known.get(place, place.replace("·", "."))})
    return tuple(sorted(found, key=lambda record: record["date"]))


def _begins(block: Block, heads: Sequence[str]) -> bool:
    """Tell whether a table has these heads first."""
    if not isinstance(block, DocumentTable):
        return False
    there = [bare(cell.text) for cell in block.rows[0] if cell.first]
    return there[: len(heads)] == [*map(bare, heads)]


def _is_corrections(block: Block) -> bool:
    return (
        isinstance(block, DocumentTable) and len(block.rows[0]) == len(_CORRECTIONS) and _begins(block, [*_CORRECTIONS])
    )


def _is_title(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.text.strip() == _TITLE


def _is_notice(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.text.strip() == _NOTICE


def _unmarked(block: Block, alone: bool) -> Block:
    """Take the marks of corrections off a table's figures; `alone` where one was corrected to a blank, so that a cell
    may show the mark and nothing else."""
    if not isinstance(block, DocumentTable):
        return block
    return replace(block, rows=tuple(tuple(_without_mark(cell, alone) for cell in row) for row in block.rows))


def _without_mark(cell: DocumentCell, alone: bool) -> DocumentCell:
    """Take off the mark where it is all that a cell shows besides its figure."""
    figure = cell.text.removesuffix(_MARK)
    shown = [f"{figure}〔上标：{_MARK}〕", f"{figure}{_MARK}〔存的是{figure}〕"]
    marked = cell.raw in shown or (alone and cell.text == _MARK and not cell.raw)
    return cell._replace(text=figure, raw="", doubt=None) if marked else cell


def _with_pictures(block: Block) -> Block:
    """Replace each mark of a lost picture by a picture without data; its description stays its text."""
    if not isinstance(block, Paragraph) or "〔图" not in block.text:
        return block
    return replace(block, pieces=tuple(found for piece in block.pieces for found in _split(piece)))


def _split(piece: Piece) -> Iterator[Piece]:
    if piece.picture:
        yield piece
        return
    at = 0
    for mark in _LOST.finditer(piece.text):
        if mark.start() > at:
            yield piece._replace(text=piece.text[at : mark.start()])
        yield Piece(mark[1] or "", picture=mark[0])
        at = mark.end()
    if at < len(piece.text) or not piece.text:
        yield piece._replace(text=piece.text[at:])
