"""Statutory tables on paper: as wide as the text, every figure in its place."""

from __future__ import annotations

import pytest

from generator.forms.table_layout import grid, laid
from generator.website.downloads.page_style import TEXT_WIDTH
from generator.website.downloads.paper_tables import blank, halves
from tests.website.downloads.samples import FORM_IDS, every_form, loaded

SHEETS = [sheet for name in FORM_IDS for sheet in every_form()[name].report.sheets]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.table.id)
def test_a_table_is_as_wide_as_the_text_and_no_column_is_too_narrow(sheet: object) -> None:
    table = blank(sheet.table, sheet.absent)  # type: ignore[attr-defined]
    assert sum(table.widths) == pytest.approx(TEXT_WIDTH)
    # two characters at least, so that punctuation, which begins no line, has room behind the first
    assert min(table.widths) / 25.4 * 72 >= 2.2 * table.size


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.table.id)
def test_every_cell_covers_what_the_form_says(sheet: object) -> None:
    table = blank(sheet.table, sheet.absent)  # type: ignore[attr-defined]
    areas = laid(grid(sheet.table, sheet.absent))  # type: ignore[attr-defined]
    covers = [(area.top, area.left, area.bottom - area.top, area.right - area.left) for area in areas]
    assert [(cell.top, cell.left, cell.rows, cell.columns) for cell in table.cells] == covers
    assert sum(len(row) for row in table.rows()) == len(covers)


def test_names_of_rows_stand_at_the_left_and_figures_in_the_middle() -> None:
    sheet = loaded().report.sheets[1]
    table = blank(sheet.table, sheet.absent)
    left = {cell.text for cell in table.cells if cell.left_side}
    assert "1.属于国家秘密" in left and "（三）不予公开" in left and "三、本年度办理结果" not in left
    assert not any(cell.left_side for cell in table.cells if cell.figure) and table.head == 3


def test_the_title_of_a_block_stays_with_its_first_row() -> None:
    sheet = loaded().report.sheets[0]
    table = blank(sheet.table, sheet.absent)
    kept = [row for row, cells in enumerate(table.rows()) if cells and cells[0].keeps]
    assert kept[:2] == [0, 1] and 2 not in kept and table.head == 0


def test_only_heads_of_two_full_lines_are_cut_in_the_middle() -> None:
    sheet = loaded().report.sheets[1]
    table = blank(sheet.table, sheet.absent)
    cut = {"|".join(halves(cell, table)) for cell in table.cells} - {""}
    assert {"商业|企业", "科研|机构"} <= cut
    assert not any(set("（、1") & set(text) or "自然" in text for text in cut)  # signs, and what fits into a line
