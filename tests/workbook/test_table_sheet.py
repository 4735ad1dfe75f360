"""A statutory table as a worksheet: what its cells take, and what marks them."""

from __future__ import annotations

import pytest

from generator.workbook.cell_names import address
from generator.workbook.layout import Filling
from generator.workbook.table_sheet import number
from tests.workbook.samples import MAIN, YEARS, form, layout, opened, sheet_xml, spot, validations

pytestmark = pytest.mark.slow


@YEARS
def test_every_figure_is_validated_and_tells_what_it_takes(year: int) -> None:
    data = form(year)
    for one in layout(year).tables:
        found = validations(data, one.sheet)
        assert set(found) == {address(*cell) for cell in one.cells}
        for rule in found.values():
            assert (
                0 < len(rule.get("promptTitle", "")) <= 32
                and 0 < len(rule.get("prompt", "")) <= 255
                and 0 < len(rule.get("error", "")) <= 255
            )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("year", "name", "kind", "told"),
    [
        (2025, "表三.本年新收.自然人", "whole", "填不小于0的整数"),
        (2025, "表二.行政事业性收费.本年收费金额", "decimal", "可以有小数"),
        (2025, "表二.规章.本年制发件数", "custom", "不适用填 /"),
        (2020, "表二.行政许可.本年增/减", "whole", "减少的填负数"),
        (2020, "表二.政府集中采购.采购总金额", "custom", "如 16284万元"),
    ],
)
def test_what_a_cell_takes_follows_the_declaration(year: int, name: str, kind: str, told: str) -> None:
    sheet, row, column = spot(year, name)
    rule = validations(form(year), sheet)[address(row, column)]
    assert rule.get("type", "") == kind and told in rule.get("prompt", "")
    low = rule.findtext(f"{MAIN}formula1", "")
    assert kind == "custom" or low == ("-999999999999" if "增/减" in name else "0")


def test_every_identity_marks_its_cells() -> None:
    data = form(2025)
    marked = [set(one.get("sqref", "").split()) for one in sheet_xml(data, "表三").iter(f"{MAIN}conditionalFormatting")]
    one = next(one for one in layout(2025).tables if one.sheet == "表三")
    assert len(marked) == len(one.table.equations) + 1 == 40  # and the line that sums them up
    row = one.table.row_ranges["本年新收"][0]
    assert {address(*one.cells[row + number]) for number in range(7)} in marked


@pytest.mark.parametrize(
    ("text", "value"), [("5", 5), ("2.02", 2.02), ("/", "/"), ("16284万元", "16284万元"), ("", "")]
)
def test_a_figure_is_a_number_to_the_spreadsheet_and_other_texts_stay(text: str, value: object) -> None:
    assert number(text) == value and type(number(text)) is type(value)


@pytest.mark.slow
@YEARS
def test_the_line_above_the_table_says_what_is_still_to_do(year: int) -> None:
    table_plan = layout(year).tables[0]
    names = [slot.name for slot in table_plan.table.slots]
    blank, filled = (
        opened(form(year, Filling(dict.fromkeys(names[:count], "0")))).cells[table_plan.sheet, 2, 0]
        for count in (0, len(names))
    )
    assert blank == f"还有{len(names)}格未填" and filled == "已填完"


def test_a_row_of_the_list_prints_wide_enough_for_its_longest_name() -> None:
    columns = sheet_xml(form(2016), layout(2016).tables[0].sheet).iter(f"{MAIN}col")
    assert float(next(columns).get("width", "0")) > 50
