"""Single cells: blank, sign, “/” and unit, each at its cell and its level."""

from __future__ import annotations

import pytest

from generator.finding import Finding, Level
from tests.example import findings, tables

NOUGHTS: list[object] = [0] * 15


def only(year: int, rule: str, /, **rows: list[object]) -> Finding:
    """Returns the only finding of a rule on a report that is consistent but for the rows given."""
    (finding,) = [f for f in findings(year, tables(year, **rows)) if f.rule == rule]
    return finding


def place(finding: Finding) -> tuple[str, int, int, Level, str]:
    return finding.subject, finding.place.line, finding.place.column, finding.level, finding.values


BLANKS = [
    (2021, "T2-BLANK", "表二_规章", [0, "~", 0], ("表二.规章.本年废止件数", 6, 11)),
    (2021, "T3-BLANK", "表三_上年结转", [0, 0, 0, 0, 0, 0, "~"], ("表三.上年结转.总计", 14, 28)),
    (2021, "T4-BLANK", "表四_件数", ["~", *NOUGHTS[1:]], ("表四.行政复议.结果维持", 39, 8)),
    (2016, "A-BLANK", "统计表_培训人数", ["~"], ("统计表.培训人数", 63, 10)),
]


@pytest.mark.parametrize(("year", "rule", "row", "figures", "expected"), BLANKS, ids=[case[1] for case in BLANKS])
def test_a_blank_is_an_error_at_its_cell(
    year: int, rule: str, row: str, figures: list[object], expected: tuple[str, int, int]
) -> None:
    assert place(only(year, rule, **{row: figures})) == (*expected, Level.ERROR, "")


def test_a_blank_that_an_identity_gives_is_reported() -> None:
    message = only(2021, "T3-BLANK", 表三_上年结转=[0, 0, 0, 0, 0, 0, "~"]).message
    assert message.zh == "表三.上年结转.总计 空白：请确认是0还是漏填；按勾稽关系应为0" and message.en.endswith(
        "left out?; by the identities it is 0"
    )
    untold = only(2021, "T2-BLANK", 表二_规章=[0, "~", 0]).message
    assert untold.zh == "表二.规章.本年废止件数 空白：请确认是0还是漏填" and untold.en.endswith("left out?")


NEGATIVE = [
    (2021, "T2-INT", "表二_行政许可", [-1], ("表二.行政许可.本年处理决定数量", 8, 10)),
    (2021, "T3-NEG", "表三_重复申请", [-1, 1, 0, 0, 0, 0, 0], ("表三.重复申请.自然人", 29, 10)),
    (2021, "T4-NEG", "表四_件数", [-1, 1, *NOUGHTS[2:]], ("表四.行政复议.结果维持", 39, 8)),
    (2016, "A-NEG", "统计表_会议次数", [-1], ("统计表.会议次数", 61, 10)),
    (2020, "T2-INT", "表二_行政处罚", [-1, 3, 0], ("表二.行政处罚.上一年项目数量", 10, 10)),
]


@pytest.mark.parametrize(
    ("year", "rule", "row", "figures", "expected"), NEGATIVE, ids=[f"{case[1]}-{case[0]}" for case in NEGATIVE]
)
def test_a_count_below_nought_is_an_error(
    year: int, rule: str, row: str, figures: list[object], expected: tuple[str, int, int]
) -> None:
    finding = only(year, rule, **{row: figures})
    assert place(finding) == (*expected, Level.ERROR, "-1")
    assert "是-1：数量不得为负" in finding.message.zh


def test_a_plus_sign_is_told_where_no_change_is_meant() -> None:
    """It was published as typed, +5 among counts, without a word."""
    finding = only(2021, "T2-INT", 表二_行政许可=["+5"])
    assert place(finding) == ("表二.行政许可.本年处理决定数量", 8, 10, Level.WARNING, "+5")
    assert not [found for found in findings(2020, tables(2020, 表二_行政处罚=[1, "+3", 0])) if found.rule == "T2-INT"]


def test_the_change_on_last_year_may_be_negative_and_nought_is_not_negative() -> None:
    assert findings(2020, tables(2020, 表二_行政处罚=[10, -3, 0])) == []
    assert findings(2020, tables(2020, 表二_行政处罚=[3, -3, 0])) == []


SLASHES = [
    (2021, "T2-SLASH", "表二_行政许可", ["/"], ("表二.行政许可.本年处理决定数量", 8, 10)),
    (2021, "T3-SLASH", "表三_重复申请", ["/", 0, 0, 0, 0, 0, 0], ("表三.重复申请.自然人", 29, 10)),
    (2021, "T4-SLASH", "表四_件数", ["/", *NOUGHTS[1:]], ("表四.行政复议.结果维持", 39, 8)),
    (2016, "A-SLASH", "统计表_查阅点数", ["/"], ("统计表.查阅点数", 56, 10)),
]


@pytest.mark.parametrize(("year", "rule", "row", "figures", "expected"), SLASHES, ids=[case[1] for case in SLASHES])
def test_not_applicable_where_a_figure_is_due(
    year: int, rule: str, row: str, figures: list[object], expected: tuple[str, int, int]
) -> None:
    assert place(only(year, rule, **{row: figures})) == (*expected, Level.WARNING, "")


def test_a_body_without_rule_making_power_writes_a_slash() -> None:
    assert findings(2021, tables(2021, 表二_规章=["/", "/", "/"])) == []


def test_an_amount_without_its_unit_is_an_error() -> None:
    finding = only(2020, "T2-19-UNIT", 表二_政府集中采购=[1, 12])
    assert place(finding) == ("表二.政府集中采购.采购总金额", 13, 15, Level.ERROR, "12")
    assert "是“12”：请写明元或万元" in finding.message.zh


@pytest.mark.parametrize("amount", ["~", "/"])
def test_an_amount_that_is_no_figure_needs_no_unit(amount: str) -> None:
    assert "T2-19-UNIT" not in [f.rule for f in findings(2020, tables(2020, 表二_政府集中采购=[1, amount]))]


def test_rows_whose_group_is_printed_as_one_added_row_are_not_missing() -> None:
    blank = {f"表三_{key}": ["~"] * 7 for key in ("逾期不补正", "逾期不缴费", "其他")}
    text = tables(2021, **blank)
    added = text + "增加行:\n  - {表: 表三, 行: （六）其他处理, 之后: 其他处理, 数: [0, 0, 0, 0, 0, 0, 0]}\n"
    assert [f.rule for f in findings(2021, text) if f.rule == "T3-BLANK"] == ["T3-BLANK"]
    assert [f.rule for f in findings(2021, added) if f.rule == "T3-BLANK"] == []
