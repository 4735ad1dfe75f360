"""One cell's text: what it is, or why it is left blank."""

from __future__ import annotations

import pytest
from hypothesis import example, given, strategies

from generator.drafts.readings import SourcePlace
from generator.finding import Message
from generator.forms.model import FormColumn
from generator.importer.cell_figures import looks_like_figure, plain, read_cell

COUNT = FormColumn("件数", ("件数",), "件")
AMOUNT = FormColumn("金额", ("金额",), "万元", decimal=True)
OWN_UNIT = FormColumn("总金额", ("总金额",), decimal=True, unit_in_cell=True)
CHANGE = FormColumn("增减", ("增减",), "项", signed=True)


@pytest.mark.parametrize(
    ("text", "column", "read", "certainty"),
    [
        ("22", COUNT, "22", "certain"),
        ("２２", COUNT, "22", "certain"),
        (" 22 ", COUNT, "22", "certain"),
        ("2 2", COUNT, "22", "inferred"),
        ("1 234", COUNT, "1234", "inferred"),
        ("2 2 3", COUNT, "223", "inferred"),
        ("13\n1", COUNT, "", "undecided"),
        ("13 1", COUNT, "", "undecided"),
        ("2 22", COUNT, "", "undecided"),
        ("24252.31\n1082", AMOUNT, "", "undecided"),
        ("24252.\n31", AMOUNT, "", "undecided"),
        ("13\n", COUNT, "13", "certain"),
        ("13\n件", COUNT, "13", "inferred"),
        ("", COUNT, "", "certain"),
        ("\u00a0", COUNT, "", "certain"),
        ("/", COUNT, "/", "certain"),
        ("—", COUNT, "/", "certain"),
        ("−82", CHANGE, "-82", "certain"),
        ("－82", CHANGE, "-82", "certain"),
        ("1,234", COUNT, "1234", "inferred"),
        ("2笔", COUNT, "2", "inferred"),
        ("3.5", COUNT, "", "undecided"),
        ("007", COUNT, "", "undecided"),
        ("24252.31", AMOUNT, "24252.31", "certain"),
        ("24252.31万元", AMOUNT, "24252.31", "inferred"),
        ("2000元", AMOUNT, "", "undecided"),
        ("16284万元", OWN_UNIT, "16284万元", "certain"),
        ("2亿元", OWN_UNIT, "", "undecided"),
        ("∕", COUNT, "/", "certain"),
        ("／", COUNT, "/", "certain"),
        ("－", COUNT, "/", "certain"),
        ("１，２３４", COUNT, "1234", "inferred"),
        ("无", COUNT, "0", "inferred"),
        ("零", COUNT, "0", "inferred"),
        ("一无", COUNT, "", "undecided"),
        ("约300", COUNT, "", "undecided"),
        ("~", COUNT, "", "undecided"),
        ("空", COUNT, "", "undecided"),
    ],
)
def test_what_a_cell_reads_as(text: str, column: FormColumn, read: str, certainty: str) -> None:
    reading = read_cell(text, column, SourcePlace())
    assert (reading.text, reading.certainty.value) == (read, certainty)
    assert (reading.why is None) == (certainty == "certain")


@pytest.mark.parametrize(
    "text", ["2293①", "2293¹", "2293⑴", "2293㈠", "2293*", "2293＊", "2293[1]", "2293〔注1〕", "2293※"]
)
def test_a_notes_mark_behind_a_figure_is_no_digit_of_it(text: str) -> None:
    reading = read_cell(text, COUNT, SourcePlace())
    assert (reading.text, reading.raw, reading.certainty.value) == ("2293", text, "inferred")
    assert reading.why is not None and text.removeprefix("2293") in reading.why.zh
    assert looks_like_figure(text)


@given(strategies.text(alphabet=strategies.characters(categories=["N", "S", "P", "M", "Cf"]), min_size=1, max_size=3))
@example("①")
@example("½")
@example("㈠")
@example("𝟐")
@example("٢")
@example("\u0336")
def test_no_other_character_becomes_a_digit(strange: str) -> None:
    """Digits of a cell are the ten of it, in either width; whatever else stands there is never part of a figure."""
    folded = "".join(str("０１２３４５６７８９".index(c)) if c in "０１２３４５６７８９" else c for c in strange)
    for text in (f"7{strange}", f"{strange}7", strange):
        reading = read_cell(text, COUNT, SourcePlace())
        digits = "".join(c for c in text.replace(strange, folded) if c in "0123456789")
        assert reading.text in ("", "/", "0", "7") or reading.text.strip("+-.") == digits or "[" in text or "〔" in text
        if reading.certainty.value == "certain" and reading.text not in ("", "/"):
            assert plain(text) == reading.text


RAISED = Message("原文此格有上标“1”", "the cell also shows raised text")


@pytest.mark.parametrize(
    ("text", "seen", "read", "certainty"),
    [
        ("2293", "2293〔上标：1〕", "2293", "inferred"),
        ("1,234", "1,234〔上标：1〕", "1234", "inferred"),
        ("", "〔划去：99〕", "", "undecided"),
        ("/", "/〔划去：99〕", "", "undecided"),
        ("约3", "约3〔上标：1〕", "", "undecided"),
        ("TRUE", "TRUE", "", "undecided"),
    ],
)
def test_a_cell_that_shows_more_than_its_plain_text_is_never_certain(
    text: str, seen: str, read: str, certainty: str
) -> None:
    reading = read_cell(text, COUNT, SourcePlace(), False, seen, RAISED)
    assert (reading.text, reading.raw, reading.certainty.value) == (read, seen, certainty)
    assert reading.why == RAISED


def test_figures_that_stand_apart_in_a_doubtful_cell_are_not_joined() -> None:
    reading = read_cell("2293\n1", COUNT, SourcePlace(), doubt=RAISED)
    assert (reading.text, reading.raw, reading.certainty.value) == ("", "2293 1", "undecided")


def test_a_cell_the_reader_guessed_at_is_never_certain() -> None:
    assert read_cell("22", COUNT, SourcePlace(), uncertain=True).certainty.value == "inferred"


@pytest.mark.parametrize(
    ("text", "figure"),
    [("22", True), ("", True), ("2笔", True), ("/", True), ("1,000", True), ("行政许可", False), ("第2项", False)],
)
def test_labels_and_figures(text: str, figure: bool) -> None:
    assert looks_like_figure(text) is figure


def test_why_a_figure_cannot_be_filled_in() -> None:
    why = {text: read_cell(text, COUNT, SourcePlace()).why for text in ("3.5", "约3", "无")}
    assert {text: said.zh for text, said in why.items() if said} == {
        "3.5": "这一列应为整数",
        "约3": "不是一个数",
        "无": "“无”当作没有发生",
    }
