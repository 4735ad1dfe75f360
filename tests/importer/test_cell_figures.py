"""One cell's text: what it is, or why it is left blank."""

from __future__ import annotations

import pytest

from generator.drafts.readings import SourcePlace
from generator.forms.model import FormColumn
from generator.importer.cell_figures import looks_like_figure, read_cell

COUNT = FormColumn("件数", ("件数",), "件")
AMOUNT = FormColumn("金额", ("金额",), "万元", decimal=True)
OWN_UNIT = FormColumn("总金额", ("总金额",), decimal=True, unit_in_cell=True)
CHANGE = FormColumn("增减", ("增减",), "项", signed=True)


@pytest.mark.parametrize(
    ("text", "column", "read", "certainty"),
    [
        ("22", COUNT, "22", "certain"),
        ("２２", COUNT, "22", "certain"),
        (" 2 2 ", COUNT, "22", "certain"),
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
        ("无", COUNT, "", "undecided"),
        ("约300", COUNT, "", "undecided"),
        ("~", COUNT, "", "undecided"),
        ("空", COUNT, "", "undecided"),
    ],
)
def test_what_a_cell_reads_as(text: str, column: FormColumn, read: str, certainty: str) -> None:
    reading = read_cell(text, column, SourcePlace())
    assert (reading.text, reading.certainty.value) == (read, certainty)
    assert (reading.why is None) == (certainty == "certain")


def test_a_cell_the_reader_guessed_at_is_never_certain() -> None:
    assert read_cell("22", COUNT, SourcePlace(), uncertain=True).certainty.value == "inferred"


@pytest.mark.parametrize(
    ("text", "figure"),
    [("22", True), ("", True), ("2笔", True), ("/", True), ("1,000", True), ("行政许可", False), ("第2项", False)],
)
def test_labels_and_figures(text: str, figure: bool) -> None:
    assert looks_like_figure(text) is figure
