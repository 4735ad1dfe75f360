"""A report as values: figures by name, where they are typed, rows beyond the form."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.finding import CellName, Place
from generator.report.figure import NA, Value
from generator.report.model import TableFigures, address, machine
from tests.example import form, prose, report, tables
from tests.report.test_form_choice import LOCAL

OF_2014 = form("era-2014-stat")
BESIDE = """\
指标:
  满意率: {值: 86.99, 单位: "%"}
信息处理费: {发出通知: 1件, 总金额: 0.12万元}
"""
MADE = report(2021, tables(2021, 表二_规章=["/", "~", 2]) + BESIDE)


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("表三.本年新收.总计", (Decimal(3), "3")),
        ("表二.规章.本年制发件数", (NA, "/")),
        ("表二.规章.本年废止件数", (None, "")),
        ("指标.满意率", (Decimal("86.99"), "86.99")),
        ("指标.没有", None),
        ("信息处理费.总金额", (Decimal(1200), "1200")),
        ("信息处理费.实际收取", (None, "")),
        ("表三.没有.总计", None),
        ("信息处理费", None),
    ],
)
def test_a_figure_is_found_by_its_name(name: str, figure: tuple[Value, str] | None) -> None:
    assert MADE.figure(name) == figure


def test_figures_beside_the_tables_are_indicators_then_the_statement() -> None:
    assert [item.name for item in MADE.beside] == ["满意率", "信息处理费收费通知", "信息处理费通知总金额"]
    assert report(2021).beside == ()


def typed_at(sheet: TableFigures, name: str, text: str) -> str:
    """What stands in the file where a cell is said to be."""
    line, column = sheet.mark([slot.name for slot in sheet.table.slots].index(name))
    return text.splitlines()[line - 1][column - 1 :]


def test_a_cell_is_where_it_is_typed_be_it_in_a_list_or_by_name() -> None:
    listed = tables(2021, 表二_规章=[7, 8, 9])
    named = listed.replace("规章: [7, 8, 9]", "规章: {现行有效件数: 9, 本年制发件数: 7, 本年废止件数: 8}")
    assert typed_at(report(2021, listed).sheets[0], "表二.规章.本年废止件数", listed) == "8, 9]"
    assert typed_at(report(2021, named).sheets[0], "表二.规章.本年废止件数", named) == "8}"


def test_a_cell_without_a_place_has_that_of_its_row_or_its_table() -> None:
    short = tables(2021).replace("规章: [0, 0, 0]", "规章: [1, 2]")
    assert typed_at(report(2021, short).sheets[0], "表二.规章.现行有效件数", short) == "[1, 2]"
    without = tables(2021).replace("  规章: [0, 0, 0]\n", "")
    made = report(2021, without)
    assert made.sheets[0].mark(0) == made.sheets[0].place == (6, 3)
    assert made.place(made.sheets[0], 0) == Place("2021/shili/tables.yaml", 6, 3)


def test_absent_are_rows_of_a_list_and_one_that_may_be_left_out() -> None:
    text = tables(2016).replace("  微博微信回应数: [0]\n", "")
    sheet = report(2016, text).sheets[0]
    assert sheet.absent == {"微博微信回应数"} and len(sheet.printed[0]) == len(sheet.printed[1]) == 57
    sheet = report(2021, tables(2021).replace("  规章: [0, 0, 0]\n", "")).sheets[0]
    assert sheet.absent == {"规章"} and len(sheet.printed[0]) == len(sheet.texts) - 3
    prescribed = report(2021, tables(2021).replace("  行政许可: [0]\n", "")).sheets[0]
    assert prescribed.absent == frozenset() and prescribed.printed == (prescribed.texts, prescribed.units)


def test_without_its_added_rows_a_report_is_like_every_other() -> None:
    wide, plain = report(2016, tables(2016) + LOCAL, prose(2016)), report(2016)
    assert wide.official.form is OF_2014 and plain.official is plain
    assert (wide.official.sheets[0].values, wide.official.sheets[0].units) == (
        plain.sheets[0].values,
        plain.sheets[0].units,
    )
    index = [slot.name for slot in wide.official.sheets[0].table.slots].index("统计表.培训人数")
    assert wide.official.place(wide.official.sheets[0], index) == plain.place(plain.sheets[0], index)


def test_a_cell_is_named_by_the_labels_around_it() -> None:
    table = MADE.form.tables[0]
    assert address(table, table.slots[0]) == CellName("t2", ("第二十条第（一）项", "规章"), ("本年制发件数",))
    cases = MADE.form.tables[2]
    assert address(cases, cases.slots[0]) == CellName("t4", ("数量（件）",), ("行政复议", "结果维持"))


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [("22", "件", "22"), ("16284万元", "万元", "16284"), ("1.50", "", "1.50"), ("", "件", ""), ("/", "件", "")],
)
def test_a_printed_figure_becomes_a_plain_number(text: str, unit: str, number: str) -> None:
    assert machine(text, unit) == number
