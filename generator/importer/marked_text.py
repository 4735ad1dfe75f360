"""Settles the marks of running text: struck words are left out and listed, raised figures stay apart from others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.finding import Finding, Level, Message, Place
from generator.readers.document import GONE, Block, Document, DocumentCell, Mark, Paragraph, Piece, pieces_of

_SCRIPTS = {
    Mark.RAISED: str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    Mark.LOWERED: str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
}
_QUOTED = 300


def settle_marks(document: Document) -> Document:
    """Return the document with plain paragraphs only, and a finding for each one that had struck words."""
    findings: list[Finding] = []
    blocks = tuple(_settled(block, document.file, findings) for block in document.blocks)
    return replace(document, blocks=blocks, findings=(*document.findings, *findings))


def _settled(block: Block, file: str, findings: list[Finding]) -> Block:
    if not isinstance(block, Paragraph) or not any(piece.mark for piece in block.pieces):
        return block
    struck = "".join(piece.text for piece in block.pieces if piece.mark in GONE).strip()
    if struck:
        findings.append(_finding(file, block, struck))
    return replace(block, pieces=tuple(_plain(block.pieces)))


def settled_cell(cell: DocumentCell) -> str:
    """Return what a page shows of a cell of a table of the narrative: its marks settled like those of running text."""
    if cell.doubt is None or not cell.raw:
        return cell.raw or cell.text
    return "".join(piece.text for piece in _plain(tuple(pieces_of(cell.raw))))


def _plain(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    for piece in pieces:
        if piece.mark is Mark.PICTURE:
            continue  # follows the table
        if piece.mark in GONE:
            if piece.picture:
                yield piece._replace(mark=None)
        elif piece.mark is Mark.RUBY:
            yield piece._replace(text=f"（{piece.text.strip()}）" if piece.text.strip() else "", mark=None)
        elif piece.mark is Mark.SMALL:
            yield piece._replace(text=f"〔小字：{piece.text}〕", mark=None)
        elif piece.mark is Mark.DRAWN:
            yield piece._replace(text=f"〔控件或样式显示：{piece.text}〕", mark=None)
        elif piece.mark is not None:
            yield piece._replace(text=_shifted(piece.text, piece.mark), mark=None)
        else:
            yield piece


def _shifted(text: str, mark: Mark) -> str:
    """Write raised and lowered digits as such characters, unless brackets already keep them apart."""
    return text if text.startswith(("〔", "[", "［", "（", "(")) else text.translate(_SCRIPTS.get(mark, {}))


def _finding(file: str, paragraph: Paragraph, struck: str) -> Finding:
    where = paragraph.where
    unit = "行" if file.lower().endswith((".txt", ".text", ".md", ".markdown")) else "段"
    place = f"第{where.page}页" if where.page else f"第{where.line}{unit}" if where.line else "原文"
    message = Message(
        f"{place}有划去（或修订删除、被控件数据取代）的文字，没有收入正文：“{struck[:_QUOTED]}”；"
        "如要保留，请在 report.md 里补上",
        f"struck, deleted or replaced words were left out of the narrative: “{struck[:_QUOTED]}”; "
        "add them to report.md if they are to stay",
    )
    return Finding("IMP-STRUCK", Level.WARNING, Place(file, where.line, 0), message)
