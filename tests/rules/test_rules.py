"""Each rule once satisfied and once broken, with its exact place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.finding import Level
from generator.printers.explain import documentation
from generator.rules import ALL_RULES, RULES
from generator.rules.rule import Rule
from tests.example import brief, findings, form, prose, tables


@pytest.mark.parametrize("year", [2020, 2021])
def test_a_consistent_report_has_no_findings(year: int) -> None:
    assert findings(year) == []


BROKEN = [
    ("T3-ROW", "表三_重复申请", [1, 0, 0, 0, 0, 0, 2], "表三.重复申请.总计"),
    ("T3-SUM", "表三_总计", [4, 0, 0, 0, 0, 0, 4], "表三.总计.自然人"),
    ("T3-BAL", "表三_结转下年度", [1, 0, 0, 0, 0, 0, 1], "表三.总计.自然人"),
    ("T3-NEG", "表三_上年结转", [-1, 0, 0, 0, 0, 0, -1], "表三.上年结转.自然人"),
    ("T3-BLANK", "表三_上年结转", ["~", 0, 0, 0, 0, 0, 0], "表三.上年结转.自然人"),
    ("T4-SUM-REV", "表四_件数", [1, 0, 0, 0, 2, *[0] * 10], "表四.行政复议.总计"),
    ("T4-SUM-DIR", "表四_件数", [*[0] * 5, 1, 0, 0, 0, 0, *[0] * 5], "表四.未经复议直接起诉.总计"),
    ("T4-SUM-AFT", "表四_件数", [*[0] * 10, 0, 1, 0, 0, 0], "表四.复议后起诉.总计"),
    ("T4-BLANK", "表四_件数", ["~", *[0] * 14], "表四.行政复议.结果维持"),
    ("T2-BLANK", "表二_规章", [0, "~", 0], None),
    ("T3-SLASH", "表三_重复申请", ["/", 0, 0, 0, 0, 0, 0], "表三.重复申请.自然人"),
]


@pytest.mark.parametrize(("rule", "row", "figures", "subject"), BROKEN, ids=[case[0] for case in BROKEN])
def test_a_broken_figure_is_found_by_its_rule_at_its_cell(
    rule: str, row: str, figures: list[object], subject: str | None
) -> None:
    text = tables(2021, "shili", **{row: figures})
    hits = [f for f in findings(2021, text) if f.rule == rule]
    assert hits
    if subject:
        assert hits[0].subject == subject
    line = text.splitlines()[hits[0].place.line - 1]
    assert line.strip().startswith(row.split("_")[1]) or rule in ("T3-BAL",)
    assert hits[0].cells and hits[0].organ == "shili" and hits[0].year == 2021


def test_an_unbalanced_row_prints_the_equation_with_its_figures() -> None:
    hits = [f for f in findings(2021, tables(2021, 表三_重复申请=[1, 0, 0, 0, 0, 0, 2])) if f.rule == "T3-ROW"]
    assert "表三“重复申请”：自然人 1 ≠ 总计 2（其余5项为0），相差-1" in hits[0].message.zh
    assert hits[0].values == "1 ≠ 2" and len(hits[0].cells) == 7


def test_a_blank_operand_is_never_taken_for_zero() -> None:
    """The row would add up only if the blank were 0; the rule says neither that it holds nor that it fails."""
    assert brief(findings(2021, tables(2021, 表三_重复申请=["~", 0, 0, 0, 0, 0, 0]))) == [
        "T3-BLANK 表三.重复申请.自然人"
    ]


def test_this_years_change_may_be_negative_but_not_below_what_there_was() -> None:
    assert findings(2020, tables(2020, 表二_行政处罚=[10, -3, 0])) == []
    assert brief(findings(2020, tables(2020, 表二_行政处罚=[2, -3, 0]))) == ["T2-19-DELTA 表二.行政处罚.上一年项目数量"]


def test_newly_disclosed_is_at_most_the_stock() -> None:
    assert brief(findings(2020, tables(2020, 表二_规范性文件=[8, 8, 7]))) == [
        "T2-19-DISC 表二.规范性文件.对外公开总数量"
    ]


def test_an_amount_needs_its_unit() -> None:
    assert brief(findings(2020, tables(2020, 表二_政府集中采购=[1, 12]))) == ["T2-19-UNIT 表二.政府集中采购.采购总金额"]
    assert findings(2020, tables(2020, 表二_政府集中采购=[1, "12万元"])) == []


def test_blanks_of_a_historical_year_are_warnings() -> None:
    text = tables(2020, 表三_上年结转=[0, 0, 0, 0, 0, 0, "~"])
    assert [f.level for f in findings(2020, text)] == [Level.ERROR]
    assert [f.level for f in findings(2020, text, historical_until=2020)] == [Level.WARNING]


def test_a_missing_section_and_a_wrong_number_are_named() -> None:
    narrative = prose(2021).replace("## 二、主动", "## 2、主动").split("## 六、")[0]
    assert brief(findings(2021, narrative=narrative)) == [
        "STR-MISSING 六、其他需要报告的事项",
        "STR-NUM 2、主动公开政府信息情况",
    ]


def test_an_acceptance_quiets_its_finding_and_lapses_when_nothing_is_left_to_accept() -> None:
    accepted = "接受:\n  - {规则: T3-BLANK, 位置: [表三.上年结转.总计], 原因: 原表如此}\n"
    blank = tables(2021, 表三_上年结转=[0, 0, 0, 0, 0, 0, "~"]) + accepted
    assert [(f.rule, f.accepted) for f in findings(2021, blank, historical_until=2021)] == [("T3-BLANK", "原表如此")]
    assert brief(findings(2021, tables(2021) + accepted)) == ["ACC-STALE 表三.上年结转.总计"]


def test_a_ratio_is_computed_from_its_parts() -> None:
    ratio = (
        "指标:\n  甲: {值: 30162, 单位: 件}\n  乙: {值: 34673, 单位: 件}\n"
        '  率: {值: %s, 单位: "%%", 分子: 甲, 分母: 乙}\n'
    )
    narrative = prose(2021) + "\n{{指标.甲}}、{{指标.乙}}、{{指标.率}}。\n"
    assert findings(2021, tables(2021) + ratio % "86.99", narrative) == []
    assert brief(findings(2021, tables(2021) + ratio % "87.99", narrative)) == ["IND-RATIO 率"]


def test_prose_may_only_bind_figures_that_exist_and_are_printed() -> None:
    narrative = prose(2021) + "\n共{{表三.没有.总计}}件，{{表三.上年结转.总计}}件。\n"
    text = tables(2021, 表三_上年结转=[0, 0, 0, 0, 0, 0, "~"])
    hits = [f for f in findings(2021, text, narrative) if f.rule.startswith("BIND")]
    assert [(f.rule, f.place.column) for f in hits] == [("BIND-UNKNOWN", 2), ("BIND-BLANK", 16)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_explains_itself_in_both_languages(rule: Rule) -> None:
    text = documentation(rule.id)
    assert text is not None and text.zh and text.en and text.zh != text.en


NEVER_SOFTENED = (
    {"STR-MISSING", "PUB-LINK"}
    | {f"PRIV-{name}" for name in ("ID18", "MOBILE", "BANK", "MASKWEAK", "EMAIL", "ADDR", "NAME", "ROWS")}
    | {f"LEAK-{name}" for name in ("PATH", "HASH", "NULL", "TEMPLATE", "MSO", "NET", "CTRL")}
    | {"SEC-MARK"}
)


def test_what_must_not_be_public_is_no_more_public_in_an_old_report() -> None:
    assert {rule.id for rule in ALL_RULES if not rule.softens} == NEVER_SOFTENED


@pytest.mark.slow
@given(
    row=st.sampled_from(sorted(form("gbkbh-2021-30").tables[1].row_ranges)),
    column=st.integers(0, 6),
    change=st.sampled_from([-1, 1]),
)
def test_every_single_change_to_table_three_breaks_an_identity(row: str, column: int, change: int) -> None:
    figures: list[object] = [3, 0, 0, 0, 0, 0, 3] if row in ("本年新收", "予以公开", "总计") else [0] * 7
    figures[column] = int(str(figures[column])) + change
    assert any(
        f.rule in ("T3-ROW", "T3-SUM", "T3-BAL")
        for f in findings(2021, tables(2021, "shili", **{f"表三_{row}": figures}))
    )
