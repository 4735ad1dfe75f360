"""Marks in running text: struck words are left out and told, raised digits are never glued to a figure."""

from __future__ import annotations

import pytest

from generator.importer.marked_text import settle_marks, settled_cell
from generator.readers.document import Document, DocumentCell, Mark, Paragraph, Piece, plain_and_marked


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


@pytest.mark.parametrize(
    ("pieces", "shown"),
    [
        ((Piece("22"), Piece("1", mark=Mark.RAISED)), "22¹"),
        ((Piece("99", mark=Mark.STRUCK), Piece("22")), "22"),
        ((Piece("22"), Piece("〔注1〕", mark=Mark.RAISED), Piece("件")), "22〔注1〕件"),
        ((Piece("22"), Piece("廿二", mark=Mark.RUBY)), "22（廿二）"),
        ((Piece("99", mark=Mark.DELETED),), ""),
        ((Piece("见〔2022〕1号"), Piece("2", mark=Mark.LOWERED)), "见〔2022〕1号₂"),
    ],
)
def test_a_cell_of_a_table_reads_like_running_text(pieces: tuple[Piece, ...], shown: str) -> None:
    text, raw, doubt = plain_and_marked(pieces)
    assert settled_cell(DocumentCell(text, raw=raw, doubt=doubt)) == shown


def test_a_plain_cell_that_looks_like_a_mark_stays() -> None:
    assert settled_cell(DocumentCell("22〔上标：1〕")) == "22〔上标：1〕"


def test_plain_paragraphs_stay_as_they_are() -> None:
    document = Document("示例.docx", "docx", (Paragraph((Piece("收到"), Piece("16", bold=True))),))
    assert settle_marks(document) == document


def test_a_picture_in_struck_words_stays() -> None:
    made = settled(Piece("旧图", picture="a.png", mark=Mark.STRUCK))
    (block,) = made.blocks
    assert isinstance(block, Paragraph) and block.pieces == (Piece("旧图", picture="a.png"),)


def test_a_picture_in_a_cell_of_the_narrative_follows_the_table() -> None:
    text, raw, doubt = plain_and_marked([Piece("22"), Piece("示例图", mark=Mark.PICTURE)])
    assert settled_cell(DocumentCell(text, raw=raw, doubt=doubt)) == "22"
