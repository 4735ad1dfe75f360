"""Settles marked text in the narrative: struck text goes and is listed, raised text joins no number."""

from __future__ import annotations

import pytest

from generator.readers.document import BlockPlace, Document, Mark, Paragraph, Piece
from generator.readers.marked_text import settle
from tests.readers.samples import texts


def settled(*pieces: Piece) -> Document:
    return settle(Document("a.docx", "docx", (Paragraph(pieces, BlockPlace(page=2, line=4)),)))


def test_struck_text_is_left_out_and_listed_with_its_place() -> None:
    document = settled(
        Piece("收到申请"), Piece("99", mark=Mark.STRUCK), Piece("2293件。"), Piece("删", mark=Mark.DELETED)
    )
    (finding,) = document.findings
    assert texts(document) == ["收到申请2293件。"] and finding.rule == "IMP-STRUCK"
    assert "2处" in finding.message.zh and "“99”（第2页第4段）" in finding.message.zh and "“删”" in finding.message.zh


def test_a_paragraph_of_struck_text_is_gone() -> None:
    assert settled(Piece("（此句已删）收到申请99件。", mark=Mark.STRUCK)).blocks == ()


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        ((Piece("收到申请13"), Piece("1", mark=Mark.RAISED), Piece("件")), "收到申请13¹件"),
        ((Piece("CO"), Piece("2", mark=Mark.LOWERED)), "CO₂"),
        ((Piece("收到申请13"), Piece("[1]", mark=Mark.RAISED), Piece("件")), "收到申请13[1]件"),
        ((Piece("收到申请13"), Piece("1注", mark=Mark.RAISED), Piece("件")), "收到申请13〔1注〕件"),
        ((Piece("办结"), Piece("注1", mark=Mark.RAISED), Piece("3件")), "办结〔注1〕3件"),
        ((Piece("胶"), Piece("jiāo", mark=Mark.RUBY), Piece("州")), "胶（jiāo）州"),
        ((Piece("示例局"), Piece("①", mark=Mark.RAISED)), "示例局①"),
    ],
)
def test_raised_lowered_and_small_text_stays_beside_the_text_it_stands_with(
    pieces: tuple[Piece, ...], text: str
) -> None:
    document = settled(*pieces)
    assert texts(document) == [text] and document.findings == ()


def test_an_unmarked_document_is_returned_as_it_is() -> None:
    document = Document("a.docx", "docx", (Paragraph((Piece("甲"),)),))
    assert settle(document) is document
