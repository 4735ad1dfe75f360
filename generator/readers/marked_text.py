"""Settles the marked text of a narrative: what is struck out is left out and listed, what is raised joins no number."""

from __future__ import annotations

from dataclasses import replace

from generator.finding import Finding, Message
from generator.readers.document import Block, BlockPlace, Document, Mark, Paragraph, Piece
from generator.readers.notes import listed, warn

_OUT = (Mark.STRUCK, Mark.DELETED)
_RAISED = str.maketrans("0123456789+-=()niabcdeo", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᵒ")
_LOWERED = str.maketrans("0123456789+-=()aeox", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓ")
_TABLES = {Mark.RAISED: _RAISED, Mark.LOWERED: _LOWERED}
_EXCERPT = 60  # characters of struck text that a finding quotes


def settle(document: Document) -> Document:
    """Return the document with paragraphs whose marked text can be read as text; cells keep their own doubts."""
    struck: list[Message] = []
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Paragraph) and any(piece.mark for piece in block.pieces):
            settled = _paragraph(block, struck)
            blocks += [settled] if settled.pieces else []
        else:
            blocks.append(block)
    if not struck and len(blocks) == len(document.blocks) and all(map(_same, blocks, document.blocks)):
        return document
    return replace(document, blocks=tuple(blocks), findings=(*document.findings, *_finding(struck, document.file)))


def _same(one: Block, other: Block) -> bool:
    return one is other


def _paragraph(paragraph: Paragraph, struck: list[Message]) -> Paragraph:
    """Leave out struck text, and write the rest so that no raised, lowered or small character joins another word."""
    gone = "".join(piece.text if piece.mark in _OUT else "\0" for piece in paragraph.pieces)
    struck += [_placed(text.strip(), paragraph.where) for text in gone.split("\0") if text.strip()]
    kept = [piece for piece in paragraph.pieces if piece.mark not in _OUT]
    pieces = [
        _written(
            piece, kept[number - 1].text[-1:] if number else "", kept[number + 1].text[:1] if kept[number + 1 :] else ""
        )
        for number, piece in enumerate(kept)
    ]
    if not any(piece.picture or piece.text.strip() for piece in pieces):
        pieces = []
    elif not pieces[0].picture:
        pieces[0] = pieces[0]._replace(text=pieces[0].text.lstrip())
    return replace(paragraph, pieces=tuple(pieces))


def _placed(text: str, where: BlockPlace) -> Message:
    text = text if len(text) <= _EXCERPT else text[:_EXCERPT] + "…"
    page = Message(f"第{where.page}页", f"page {where.page}, ") if where.page else Message("", "")
    line = Message(f"第{where.line}段", f"paragraph {where.line}") if where.line else Message("", "")
    if not where.page and not where.line:
        return Message(f"“{text}”", f"“{text}”")
    return Message(f"“{text}”（{page.zh}{line.zh}）", f"“{text}” ({(page.en + line.en).rstrip(', ')})")


def _written(piece: Piece, before: str, behind: str) -> Piece:
    """Write a raised or lowered text in characters of that kind, or in brackets where it would join a number."""
    text = piece.text.strip()
    if piece.mark is None or piece.picture or not text:
        return piece
    if piece.mark is Mark.RUBY:
        return piece._replace(text=f"（{text}）")
    table = _TABLES.get(piece.mark, {})
    if all(ord(char) in table for char in text):
        return piece._replace(text=text.translate(table))
    glued = (_digit(before) and _digit(text[0])) or (_digit(text[-1]) and _digit(behind))
    return piece._replace(text=f"〔{text}〕") if glued else piece


def _digit(char: str) -> bool:
    return char.isdigit() or char in (".", ",", "%", "％")


def _finding(struck: list[Message], file: str) -> list[Finding]:
    if not struck:
        return []
    zh, en = listed(struck)
    return [
        warn(
            "IMP-STRUCK",
            file,
            f"划去的文字{len(struck)}处没有收入正文：{zh}。要公开的请在原文件里去掉删除线后重新导入。",
            f"Struck-out text was left out of the narrative: {en}. "
            "To publish it, remove the line through it in the file and import again.",
        )
    ]
