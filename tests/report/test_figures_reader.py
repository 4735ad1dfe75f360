"""Figures in either notation, and what is left of a row with a mistake."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.finding import Level
from tests.example import entry, findings, prose, report, tables


def test_figures_of_a_list_may_stand_without_brackets() -> None:
    text = tables(2016).replace("[", "").replace("]", "")
    assert "收到申请数: 3\n" in text and findings(2016, text) == []
    made = report(2016, text)
    index = [slot.name for slot in made.sheets[0].table.slots].index("统计表.收到申请数")
    line, column = made.sheets[0].mark(index)
    assert text.splitlines()[line - 1][column - 1 :] == "3"


def test_a_list_without_some_rows_or_left_out_never_blocks() -> None:
    """Its labels are unproven, and offices did publish local tables instead."""
    short = "\n".join(line for line in tables(2016).splitlines() if "微博微信回应数" not in line)
    made, found = entry(2016, short)
    assert [(f.rule, f.level) for f in found] == [("ROW-MISSING", Level.NOTE)]
    assert made is not None and made.report.sheets[0].absent == {"微博微信回应数"}
    none = tables(2016).split("统计表:")[0]
    assert [(f.rule, f.level) for f in entry(2016, none, prose(2010))[1]] == [("STR-MISSING", Level.NOTE)]


def test_a_row_reads_the_same_as_a_list_or_by_column_name() -> None:
    listed = report(2021, tables(2021, 表二_规章=[7, "~", "/"]))
    text = tables(2021).replace("规章: [0, 0, 0]", '规章: {现行有效件数: "/", 本年废止件数: ~, 本年制发件数: 7}')
    named = report(2021, text)
    assert named.findings == listed.findings == ()
    assert (named.sheets[0].values, named.sheets[0].texts) == (listed.sheets[0].values, listed.sheets[0].texts)


def test_of_a_row_with_a_mistake_the_other_cells_are_kept() -> None:
    made = report(2021, tables(2021, 表二_规章=[7, "三", 9]))
    assert made.sheets[0].values[:3] == (Decimal(7), None, Decimal(9)) and made.sheets[0].texts[:3] == ("7", "", "9")
    assert [(f.rule, f.place.line, f.place.column) for f in made.findings] == [("FIG-NUMBER", 6, 11)]
    assert made.findings[0].cells[0].row[-1] == "规章" and made.findings[0].message.zh.startswith(
        "表二.规章.本年废止件数："
    )


def test_a_row_that_does_not_match_its_columns_is_blank() -> None:
    made = report(2021, tables(2021, 表二_规章=[7, 8]))
    assert made.sheets[0].values[:3] == (None, None, None) and [f.rule for f in made.findings] == ["ROW-LENGTH"]


INDICATORS = """\
指标:
  热线办结率: {值: 98.5, 单位: "%", 部分: 一, 约数: 是, 分子: 指标.甲, 分母: 指标.乙}
  公开信息数: {值: 1200}
"""


def test_an_indicator_has_its_unit_section_and_parts() -> None:
    rate, number = report(2021, tables(2021) + INDICATORS).indicators
    assert (rate.name, rate.value, rate.unit, rate.section) == ("热线办结率", Decimal("98.5"), "%", "一")
    assert rate.approximate and rate.parts == ("指标.甲", "指标.乙")
    assert (number.text, number.unit, number.approximate, number.parts) == ("1200", "", False, None)


@pytest.mark.parametrize(
    ("typed", "charged"),
    [("1200元", "1200"), ("0.12万元", "1200"), ("1200", "1200"), ("0", "0"), ('"1200 元"', "1200")],
)
def test_a_stated_amount_is_in_yuan_whatever_its_unit(typed: str, charged: str) -> None:
    stated = report(2021, tables(2021) + f"信息处理费: {{总金额: {typed}}}\n").stated
    assert stated is not None and stated.figures["总金额"].text == charged
    assert [name for name, _, _ in stated.missing] == ["信息处理费.发出通知", "信息处理费.实际收取"]


def test_rows_whose_group_is_printed_as_one_may_be_left_out() -> None:
    """A report of 2021 that prints 「（六）其他处理」 as 2019 did: the page shows that row alone."""
    text = tables(2021)
    for key in ("逾期不补正", "逾期不缴费", "其他"):
        text = "\n".join(line for line in text.split("\n") if not line.startswith(f"  {key}: "))
    added = '增加行:\n  - {表: 表三, 行: "（六）其他处理", 之后: 重复申请, 数: [0, 0, 0, 0, 0, 0, 0]}\n'
    for said, level, absent in (
        (text, Level.ERROR, set[str]()),
        (text + added, Level.NOTE, {"逾期不补正", "逾期不缴费", "其他"}),
    ):
        made, found = entry(2021, said)
        assert made is not None and made.report.sheets[1].absent == absent
        assert [f.level for f in found if f.rule == "ROW-MISSING"] == [level]
