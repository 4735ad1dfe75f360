"""Marks in running text: struck words are left out and told, raised digits are never glued to a figure."""

from __future__ import annotations

import pytest

from generator.importer.marked_text import settle_marks
from generator.readers.document import Document, Mark, Paragraph, Piece


def settled(*pieces: Piece) -> Document:
    return settle_marks(Document("示例.docx", "docx", (Paragraph(pieces),)))


def text_of(document: Document) -> str:
    (block,) = document.blocks
    assert isinstance(block, Paragraph) and not any(piece.mark for piece in block.pieces)
    return block.text


@pytest.mark.parametrize("mark", [Mark.STRUCK, Mark.DELETED])
def test_struck_words_are_left_out_and_quoted(mark: Mark) -> None:
    made = settled(Piece("收到申请"), Piece("99", mark=mark), Piece("16件。"))
    assert text_of(made) == "收到申请16件。"
    (finding,) = made.findings
    assert finding.rule == "IMP-STRUCK" and "“99”" in finding.message.zh and "“99”" in finding.message.en


@pytest.mark.parametrize(
    ("marked", "mark", "text"),
    [
        ("1", Mark.RAISED, "16¹件"),
        ("2", Mark.LOWERED, "16₂件"),
        ("〔注1〕", Mark.RAISED, "16〔注1〕件"),
        ("[1]", Mark.RAISED, "16[1]件"),
        ("注", Mark.RAISED, "16注件"),
        ("shiliu", Mark.RUBY, "16（shiliu）件"),
    ],
)
def test_raised_lowered_and_ruby_characters_stay_apart_from_figures(marked: str, mark: Mark, text: str) -> None:
    made = settled(Piece("16"), Piece(marked, mark=mark), Piece("件"))
    assert text_of(made) == text and made.findings == ()


def test_plain_paragraphs_stay_as_they_are() -> None:
    document = Document("示例.docx", "docx", (Paragraph((Piece("收到"), Piece("16", bold=True))),))
    assert settle_marks(document) == document


def test_a_picture_in_struck_words_stays() -> None:
    made = settled(Piece("旧图", picture="a.png", mark=Mark.STRUCK))
    (block,) = made.blocks
    assert isinstance(block, Paragraph) and block.pieces == (Piece("旧图", picture="a.png"),)
