"""Recognises what nianbao's own files print beside a report's words, so that a report comes back as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from generator.importer.label_match import bare
from generator.readers.document import Block, Document, DocumentTable, Paragraph, Piece

# the first heads of a list of all cells, one a row, as data files have it
_CELL_LIST = ("表", "行", "列", "数值", "原表文字", "单位")
# what is printed where a picture of the original is lost, or a file cannot show one
_LOST = re.compile(r"〔图(?:[^〔〕：]{1,40}：原图遗失|：([^〔〕]{1,200}))〕")


def without_additions(document: Document) -> Document:
    """Return the document without lists of all cells, and with marks of lost pictures as pictures."""
    blocks = tuple(_with_pictures(block) for block in document.blocks if not _is_cell_list(block))
    return replace(document, blocks=blocks)


def _is_cell_list(block: Block) -> bool:
    if not isinstance(block, DocumentTable):
        return False
    heads = [bare(cell.text) for cell in block.rows[0] if cell.first]
    return heads[: len(_CELL_LIST)] == [*map(bare, _CELL_LIST)]


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
