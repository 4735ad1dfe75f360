"""The Document that every reader returns."""

from __future__ import annotations

from generator.finding import Message, UserError
from generator.readers.document import Limits, Paragraph, Piece, Unreadable


def test_a_paragraphs_text_joins_its_pieces() -> None:
    paragraph = Paragraph((Piece("共"), Piece("22", bold=True), Piece("件", link="https://a.gov.cn/")))
    assert paragraph.text == "共22件" and Paragraph(()).text == ""


def test_a_refusal_carries_its_message_in_both_languages() -> None:
    error = Unreadable(Message("读不了", "cannot be read"))
    assert isinstance(error, UserError) and error.message == ("读不了", "cannot be read")


def test_one_limit_can_be_changed_alone() -> None:
    assert Limits(pages=3)._replace(pages=Limits().pages) == Limits()
