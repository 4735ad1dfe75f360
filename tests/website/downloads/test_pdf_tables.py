"""What Typst is told of statutory tables: every figure in its place, and heights where they are known."""

from __future__ import annotations

import json

import pytest

from generator.website.downloads.paper_tables import blank
from generator.website.downloads.pdf_tables import figures, form_table, row_heights
from tests.example import tables
from tests.website.downloads.samples import FORM_IDS, every_form, loaded

SHEETS = [sheet for name in FORM_IDS for sheet in every_form()[name].report.sheets]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.table.id)
def test_labels_and_figures_stand_in_the_order_of_the_cells(sheet: object) -> None:
    form = form_table(sheet.table, sheet.absent)  # type: ignore[attr-defined]
    texts = iter(figures(sheet))  # type: ignore[arg-type]
    drawn: list[object] = []
    for part in json.loads(form.said)["parts"]:
        for labels, count in part["rows"]:
            drawn += [text if isinstance(text, str) else "".join(text) for text, *_ in labels]
            drawn += [next(texts) for _ in range(count)]
    cells = [cell for row in blank(sheet.table, sheet.absent).rows() for cell in row]  # type: ignore[attr-defined]
    expected = [sheet.texts[cell.hole] if cell.figure else cell.text for cell in cells]  # type: ignore[attr-defined]
    told = [item if isinstance(item, str) else "".join(item["words"]) for item in drawn]  # type: ignore[index]
    assert told == expected and next(texts, None) is None


def test_the_height_of_most_rows_is_known() -> None:
    told = [height for sheet in SHEETS for height in row_heights(sheet)]
    assert sum(height is not None for height in told) >= len(told) / 2


@pytest.mark.parametrize(
    ("figure", "words", "breakable"),
    [
        ("1234", None, None),  # four digits fit where four Chinese characters would not
        ("123456789", list("123456789"), False),
        ("9" * 18 + "," + "9" * 80, list("9" * 18 + "," + "9" * 80), True),
    ],
)
def test_a_figure_that_may_not_fit_is_told_with_where_it_breaks(
    figure: str, words: list[str] | None, breakable: bool | None
) -> None:
    sheet = loaded(2021, tables(2021, 表三_本年新收=[0] * 7)).report.sheets[1]
    at = next(number for number, slot in enumerate(sheet.table.slots) if slot.row.key == "本年新收")
    sheet = type(sheet)(
        sheet.table, sheet.values, (*sheet.texts[:at], figure, *sheet.texts[at + 1 :]), sheet.units, sheet.rows, (1, 1)
    )
    form = form_table(sheet.table, sheet.absent)
    place = next(number for number, (cell, _) in enumerate(form.figures) if cell.hole == at)
    told = figures(sheet)[place]
    row = form.figures[place][0].top
    if words is None:
        assert told == figure and row_heights(sheet)[row] is not None
    else:
        assert isinstance(told, dict) and (told["words"], told["breakable"]) == (words, breakable)
        assert row_heights(sheet)[row] is None


def test_a_corrected_figure_has_its_mark_and_no_told_height() -> None:
    sheet = loaded().report.sheets[1]
    form = form_table(sheet.table, sheet.absent)
    cell = form.figures[3][0]
    told = figures(sheet, {cell.hole}, "〔更正〕")
    assert [at for at, item in enumerate(told) if isinstance(item, dict)] == [3]
    assert isinstance(told[3], dict) and told[3]["mark"] == "〔更正〕"
    assert row_heights(sheet, {cell.hole})[cell.top] is None
