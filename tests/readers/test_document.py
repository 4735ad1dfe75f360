"""The Document that every reader returns."""

from __future__ import annotations

from generator.finding import Message, UserError
from generator.readers.document import Limits, Mark, Paragraph, Piece, Unreadable, plain_and_marked


def test_a_paragraphs_text_joins_its_pieces() -> None:
    paragraph = Paragraph((Piece("共"), Piece("22", bold=True), Piece("件", link="https://a.gov.cn/")))
    assert paragraph.text == "共22件" and Paragraph(()).text == ""


def test_a_refusal_carries_its_message_in_both_languages() -> None:
    error = Unreadable(Message("读不了", "cannot be read"))
    assert isinstance(error, UserError) and error.message == ("读不了", "cannot be read")


def test_one_limit_can_be_changed_alone() -> None:
    assert Limits(pages=3)._replace(pages=Limits().pages) == Limits()


def test_marked_characters_are_no_part_of_a_cells_text() -> None:
    pieces = [Piece("99", mark=Mark.STRUCK), Piece("2293"), Piece("1", mark=Mark.RAISED)]
    text, raw, doubt = plain_and_marked(pieces)
    assert (text, raw) == ("2293", "〔划去：99〕2293〔上标：1〕")
    assert doubt is not None and doubt.zh == "原文此格有划去“99”、上标“1”，没有算作数的一部分"


def test_a_cell_without_marks_is_not_in_doubt() -> None:
    assert plain_and_marked([Piece("22"), Piece("93", bold=True)]) == ("2293", "", None)
    assert plain_and_marked([Piece("2293"), Piece(" ", mark=Mark.STRUCK)]) == ("2293", "", None)
