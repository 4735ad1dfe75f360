"""Figures that the law or common sense does not allow, each once allowed and once found, at its cell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.collection.context import Context
from generator.finding import Level
from generator.report.entry import LoadedReport
from generator.rules import plausibility
from generator.rules.runner import check_entry
from tests.example import SETTINGS, entry, findings, prose, tables

IDS = {name for rule in plausibility.RULES for name in (rule.id, *rule.also)}

CASES = [
    ("T2-RULES-POWER", 2021, {"表二_规章": [1, 0, "/"]}, "表二.规章.本年制发件数", Level.ERROR, "没有规章制定权"),
    (
        "T2-DECIMALS",
        2021,
        {"表二_行政事业性收费": ["0.1234567"]},
        "表二.行政事业性收费.本年收费金额",
        Level.ERROR,
        "超过六位",
    ),
    (
        "T2-19-PAIR",
        2020,
        {"表二_政府集中采购": [0, "12万元"]},
        "表二.政府集中采购.采购总金额",
        Level.WARNING,
        "同时有数",
    ),
    (
        "T2-19-STOCK",
        2020,
        {"表二_规范性文件": [7, 7, 7]},
        "表二.规范性文件.对外公开总数量",
        Level.WARNING,
        "通常包含历年",
    ),
    (
        "T2-21-FEEUNIT",
        2021,
        {"表二_行政事业性收费": ["1234567"]},
        "表二.行政事业性收费.本年收费金额",
        Level.WARNING,
        "以元为单位",
    ),
    (
        "T3-CAP",
        2021,
        {"表三_重复申请": [5, 0, 0, 0, 0, 0, 5]},
        "表三.重复申请.自然人",
        Level.NOTE,
        "大于 表三.总计.自然人 的3",
    ),
    ("T3-ZEROSTATE", 2021, {"表三_本年新收": [0] * 7}, "表三.予以公开.自然人", Level.ERROR, "没有新收也没有结转"),
    (
        "T3-OPENONLY",
        2021,
        {"表四_件数": [1, 0, 0, 0, 1, *[0] * 10]},
        "表三.予以公开.总计",
        Level.WARNING,
        "3件申请全部予以公开",
    ),
    (
        "T3-MASSIVE",
        2021,
        {"表三_无正当理由大量反复申请": [3, 0, 0, 0, 0, 0, 3]},
        "表三.无正当理由大量反复申请.总计",
        Level.NOTE,
        "只有3件",
    ),
    ("T3-UNPAID", 2021, {"表三_逾期不缴费": [1, 0, 0, 0, 0, 0, 1]}, "表三.逾期不缴费.总计", Level.WARNING, "收费通知"),
    ("T4-RATIO", 2021, {"表四_件数": [4, 0, 0, 0, 4, *[0] * 10]}, "表四.行政复议.总计", Level.WARNING, "多于"),
    (
        "T4-PRE",
        2024,
        {"表四_件数": [*[0] * 5, 1, 0, 0, 0, 1, *[0] * 5]},
        "表四.未经复议直接起诉.总计",
        Level.NOTE,
        "须先复议",
    ),
]


@pytest.mark.parametrize(("rule", "year", "rows", "subject", "level", "words"), CASES, ids=[case[0] for case in CASES])
def test_it_is_found_at_its_cell(
    rule: str, year: int, rows: dict[str, list[object]], subject: str, level: Level, words: str
) -> None:
    text = tables(year, **rows)
    hits = [f for f in findings(year, text) if f.rule == rule]
    assert hits[0].subject == subject and hits[0].level is level and words in hits[0].message.zh
    line = text.splitlines()[hits[0].place.line - 1]
    assert line[: hits[0].place.column].count("[") == 1, "the place is within the row's brackets"
    assert line.strip().startswith(subject.split(".")[1]) or line.strip().startswith("件数")


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2025])
def test_a_plausible_report_is_left_alone(year: int) -> None:
    assert not IDS & {f.rule for f in findings(year)}


@pytest.mark.parametrize(
    ("rule", "year", "rows"),
    [
        ("T2-RULES-POWER", 2021, {"表二_规章": ["/", "/", "/"]}),
        ("T2-DECIMALS", 2021, {"表二_行政事业性收费": ["24252.311082"]}),
        ("T2-19-PAIR", 2020, {"表二_政府集中采购": [2, "12万元"]}),
        ("T2-19-STOCK", 2020, {"表二_规范性文件": [7, 7, 9]}),
        ("T2-21-FEEUNIT", 2021, {"表二_行政事业性收费": ["24252.31"]}),
        (
            "T3-OPENONLY",
            2021,
            {
                "表三_予以公开": [2, 0, 0, 0, 0, 0, 2],
                "表三_部分公开": [1, 0, 0, 0, 0, 0, 1],
                "表四_件数": [1, 0, 0, 0, 1, *[0] * 10],
            },
        ),
        ("T4-PRE", 2023, {"表四_件数": [*[0] * 5, 1, 0, 0, 0, 1, *[0] * 5]}),
        ("T4-RATIO", 2021, {"表四_件数": [3, 0, 0, 0, 3, *[0] * 10]}),
    ],
)
def test_what_may_well_be_is_not_found(rule: str, year: int, rows: dict[str, list[object]]) -> None:
    assert rule not in {f.rule for f in findings(year, tables(year, **rows))}


def test_a_fee_notice_in_the_narrative_explains_unpaid_requests() -> None:
    text = tables(2021, 表三_逾期不缴费=[1, 0, 0, 0, 0, 0, 1])
    assert "T3-UNPAID" not in {f.rule for f in findings(2021, text, prose(2021) + "\n本年度发出收费通知1件。\n")}


def test_cases_in_a_year_without_requests_are_told_apart_from_a_year_after_some() -> None:
    nothing = {row: [0] * 7 for row in ("表三_本年新收", "表三_予以公开", "表三_总计")}
    text = tables(2022, **nothing, 表四_件数=[1, 0, 0, 0, 1, *[0] * 10])
    assert "T4-NOTAPPLIED" in {f.rule for f in findings(2022, text)}
    before, _ = entry(2021)
    assert not {"T4-NOTAPPLIED", "T4-RATIO"} & {f.rule for f in findings(2022, text, previous=before)}


def test_a_blank_operand_says_nothing() -> None:
    text = tables(2021, 表三_本年新收=["~"] * 7, 表四_件数=["~"] * 15, 表二_行政事业性收费=["~"])
    assert not IDS & {f.rule for f in findings(2021, text)}


# ---------------------------------------------------------------- where each begins, and what it tells

LEVELS = {case[0]: case[4] for case in CASES} | {"T4-NOTAPPLIED": Level.WARNING}


def findings_of(
    rule: str, year: int, previous: LoadedReport | None = None, narrative: str | None = None, /, **rows: list[object]
) -> list[tuple[str, str]]:
    """Returns (cell, figures) of each finding of a rule on a report that is consistent but for the rows given."""
    hits = [f for f in findings(year, tables(year, **rows), narrative, previous=previous) if f.rule == rule]
    assert {f.level for f in hits} <= {LEVELS[rule]}
    return [(f.subject, f.values) for f in hits]


def read(year: int, /, **rows: list[object]) -> LoadedReport:
    report, _ = entry(year, tables(year, **rows))
    assert report is not None
    return report


def judged(level: str, year: int, name: str = "示例区人民政府", **rows: list[object]) -> set[str]:
    """Returns the rules with findings where the organ is of this level; "-": it is not registered."""
    organs = {} if level == "-" else {"shili": replace(SETTINGS.organs[0], level=level, name=name)}
    rules = {f.rule for f in check_entry(read(year, **rows), Context(organs=organs))}
    assert "TOOL-FAULT" not in rules
    return rules


@pytest.mark.parametrize("level", ["国务院部门", "省", "自治区", "直辖市", "设区的市", "市", "自治州", "", "-"])
def test_bodies_with_rule_making_power_and_unknown_ones_may_have_rules(level: str) -> None:
    assert "T2-RULES-POWER" not in judged(level, 2021, 表二_规章=[1, 0, 1])


@pytest.mark.parametrize("level", ["区", "县", "县级市", "部门", "镇", "乡", "街道"])
def test_bodies_without_it_may_not(level: str) -> None:
    assert "T2-RULES-POWER" in judged(level, 2021, 表二_规章=[1, 0, 1])


def test_each_cell_of_rules_is_reported_with_its_figure() -> None:
    assert findings_of("T2-RULES-POWER", 2021, 表二_规章=[1, 0, 23]) == [
        ("表二.规章.本年制发件数", "1"),
        ("表二.规章.现行有效件数", "23"),
    ]


def rules_of(name: str, above: str) -> list[tuple[Level, str]]:
    """Returns level and end of the message of what T2-RULES-POWER finds for a department of a government."""
    organs = {
        "shili": replace(SETTINGS.organs[0], level="部门", name=name, parent="zf"),
        "zf": replace(SETTINGS.organs[0], id="zf", level=above, name="示例人民政府"),
    }
    hits = check_entry(read(2021, 表二_规章=[1, 0, 0]), Context(organs=organs))
    return [(f.level, f.message.zh.rpartition("，")[2]) for f in hits if f.rule == "T2-RULES-POWER"]


def test_an_office_of_a_government_reports_the_rules_of_that_government() -> None:
    assert rules_of("示例市人民政府办公厅", "市") == []
    assert rules_of("示例区人民政府办公室", "区") == [(Level.ERROR, "此格应为0或“/”")]
    assert rules_of("示例市甲局", "市") == [(Level.WARNING, "此格应为0或“/”；是示例人民政府的规章吗？")]


def test_a_body_with_the_power_may_not_leave_the_row_out() -> None:
    loaded, _ = entry(2021, tables(2021).replace("  规章: [0, 0, 0]\n", ""))
    assert loaded is not None

    def told(level: str) -> list[tuple[str, Level, str]]:
        organs = {"shili": replace(SETTINGS.organs[0], level=level)}
        hits = check_entry(loaded, Context(organs=organs))
        return [(f.subject, f.level, f.message.zh) for f in hits if f.rule == "T2-RULES-POWER"]

    assert told("区") == told("") == []
    assert told("市") == [
        ("表二.规章", Level.ERROR, "表二没有规章一行：示例区人民政府（市）有规章制定权，请补上（没有发生填0）")
    ]


FEES = [
    ("区", 100_000),
    ("县", 100_000),
    ("县级市", 100_000),
    ("部门", 1000),
    ("镇", 1000),
    ("乡", 1000),
    ("街道", 1000),
]


@pytest.mark.parametrize(("level", "limit"), FEES)
def test_a_fee_is_enormous_beyond_what_such_a_body_takes_in(level: str, limit: int) -> None:
    assert "T2-21-FEEUNIT" not in judged(level, 2021, 表二_行政事业性收费=[limit])
    assert "T2-21-FEEUNIT" in judged(level, 2021, 表二_行政事业性收费=[limit + 1])


def test_a_bureau_of_finance_collects_for_all() -> None:
    assert "T2-21-FEEUNIT" not in judged("部门", 2021, "示例区财政局", 表二_行政事业性收费=[24252])
    assert "T2-21-FEEUNIT" in judged("部门", 2021, "示例区教育局", 表二_行政事业性收费=[24252])


@pytest.mark.parametrize("level", ["省", "-"])
def test_where_no_limit_is_known_no_fee_is_enormous(level: str) -> None:
    assert "T2-21-FEEUNIT" not in judged(level, 2021, 表二_行政事业性收费=[999_999_999])


def test_the_office_may_set_the_limit_of_fees() -> None:
    text = tables(2021, 表二_行政事业性收费=["200.5"])
    report = entry(2021, text)[0]
    assert report is not None
    for limit, values in (("200", ["200.5"]), ("201", []), ("200.5", [])):
        hits = check_entry(report, Context(options={"T2-21-FEEUNIT": limit}))
        assert [f.values for f in hits if f.rule == "T2-21-FEEUNIT"] == values


def test_amounts_of_both_forms_have_six_decimals_at_most() -> None:
    assert findings_of("T2-DECIMALS", 2021, 表二_行政事业性收费=["0.123456"]) == []
    assert findings_of("T2-DECIMALS", 2020, 表二_政府集中采购=[1, "0.1234567万元"]) == [
        ("表二.政府集中采购.采购总金额", "0.1234567万元")
    ]


PROCURED: list[tuple[list[object], list[tuple[str, str]]]] = [
    ([0, "12万元"], [("表二.政府集中采购.采购总金额", "0 12万元")]),
    ([2, "0万元"], [("表二.政府集中采购.采购总金额", "2 0万元")]),
    ([0, "0万元"], []),
    ([1, "1万元"], []),
    (["~", "12万元"], []),
    ([2, "~"], []),
]


@pytest.mark.parametrize(("figures", "expected"), PROCURED)
def test_procurement_has_a_number_and_an_amount_or_neither(
    figures: list[object], expected: list[tuple[str, str]]
) -> None:
    assert findings_of("T2-19-PAIR", 2020, 表二_政府集中采购=figures) == expected


STOCK: list[tuple[list[object] | None, list[object], list[str]]] = [
    (None, [7, 7, 7], ["7 = 7"]),
    (None, [7, 7, 8], []),
    (None, [0, 0, 0], []),
    (None, [7, "~", 7], []),
    (None, [7, 7, "~"], []),
    ([0, 0, 0], [7, 7, 7], []),
    ([5, 5, 5], [7, 7, 7], ["7 = 7"]),
    ([5, 5, 9], [1, 1, 8], ["8 < 9"]),
    ([5, 5, 9], [0, 0, 9], []),
]


@pytest.mark.parametrize(("before", "now", "expected"), STOCK)
@pytest.mark.parametrize("row", ["规章", "规范性文件"])
def test_what_is_disclosed_in_all_is_more_than_this_years_and_never_less_than_before(
    row: str, before: list[object] | None, now: list[object], expected: list[str]
) -> None:
    previous = None if before is None else read(2019, **{f"表二_{row}": before})
    assert findings_of("T2-19-STOCK", 2020, previous, **{f"表二_{row}": now}) == [
        (f"表二.{row}.对外公开总数量", values) for values in expected
    ]


def test_every_result_above_its_columns_total_is_reported_with_both() -> None:
    hits = findings_of("T3-CAP", 2021, 表三_重复申请=[4, 0, 0, 0, 0, 1, 3], 表三_部分公开=[3, 0, 0, 0, 0, 0, 3])
    assert hits == [("表三.重复申请.自然人", "4 > 3"), ("表三.重复申请.其他", "1 > 0")]


def test_a_result_against_a_blank_total_says_nothing() -> None:
    assert findings_of("T3-CAP", 2021, 表三_重复申请=[4, 0, 0, 0, 0, 0, 4], 表三_总计=["~", 0, 0, 0, 0, 0, "/"]) == []
    other = findings_of("T3-CAP", 2021, 表三_重复申请=[4, 0, 0, 0, 0, 1, 5], 表三_总计=["~", 0, 0, 0, 0, 0, 3])
    assert other == [("表三.重复申请.其他", "1 > 0"), ("表三.重复申请.总计", "5 > 3")]


NOTHING: dict[str, list[object]] = {"表三_本年新收": [0] * 7, "表三_予以公开": [0] * 7, "表三_总计": [0] * 7}


def test_without_requests_each_figure_of_table_three_is_reported() -> None:
    rows = NOTHING | {
        "表三_部分公开": [1, 0, 0, 0, 0, 0, 0],
        "表三_总计": [0, 2, 0, 0, 0, 0, 0],
        "表三_结转下年度": [0, 0, 0, 0, 0, 0, 4],
    }
    assert findings_of("T3-ZEROSTATE", 2021, **rows) == [
        ("表三.部分公开.自然人", "1"),
        ("表三.总计.商业企业", "2"),
        ("表三.结转下年度.总计", "4"),
    ]
    carried: dict[str, list[object]] = {"表三_上年结转": [1, 0, 0, 0, 0, 0, 1]}
    assert findings_of("T3-ZEROSTATE", 2021, **rows | carried) == []
    assert findings_of("T3-ZEROSTATE", 2021, **rows | {"表三_上年结转": ["~"] * 7}) == []


def test_all_granted_and_yet_gone_to_court() -> None:
    review: list[object] = [1, 0, 0, 0, 1, *[0] * 10]
    assert findings_of("T3-OPENONLY", 2021, 表四_件数=review) == [("表三.予以公开.总计", "3 1")]
    both: list[object] = [1, 0, 0, 0, 1, 0, 2, 0, 0, 2, 0, 0, 0, 0, 0]
    assert findings_of("T3-OPENONLY", 2021, 表四_件数=both) == [("表三.予以公开.总计", "3 3")]
    assert findings_of("T3-OPENONLY", 2021, 表四_件数=[*review[:5], *["~"] * 10]) == []
    assert findings_of("T3-OPENONLY", 2021, **NOTHING, 表四_件数=review) == []


def test_excessive_repeated_requests_presuppose_thirty() -> None:
    few: dict[str, list[object]] = {"表三_无正当理由大量反复申请": [2, 0, 0, 0, 0, 0, 2]}
    assert findings_of("T3-MASSIVE", 2021, **few, 表三_本年新收=[29, 0, 0, 0, 0, 0, 29]) == [
        ("表三.无正当理由大量反复申请.总计", "2 29")
    ]
    assert findings_of("T3-MASSIVE", 2021, **few, 表三_本年新收=[30, 0, 0, 0, 0, 0, 30]) == []
    assert findings_of("T3-MASSIVE", 2021, **few, 表三_本年新收=["~"] * 7) == []


def test_unpaid_requests_are_reported_with_their_number() -> None:
    assert findings_of("T3-UNPAID", 2021, 表三_逾期不缴费=[2, 0, 0, 0, 0, 0, 2]) == [("表三.逾期不缴费.总计", "2")]


def test_more_cases_than_requests() -> None:
    four: list[object] = [0, 0, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 0, 0]
    assert findings_of("T4-RATIO", 2021, 表四_件数=four) == [("表四.未经复议直接起诉.总计", "4 3")]
    assert findings_of("T4-RATIO", 2021, 表四_件数=four, 表三_上年结转=[1, 0, 0, 0, 0, 0, 1]) == []
    one: dict[str, list[object]] = {f"表三_{row}": [1, 0, 0, 0, 0, 0, 1] for row in ("本年新收", "予以公开", "总计")}
    assert findings_of("T4-RATIO", 2021, **one, 表四_件数=four) == [("表四.未经复议直接起诉.总计", "4 1")]
    assert (
        findings_of("T4-RATIO", 2021, 表四_件数=four, 表三_上年结转=["~"] * 7)
        == findings_of("T4-NOTAPPLIED", 2021, 表四_件数=four)
        == []
    )


def test_cases_in_a_year_without_requests() -> None:
    one: list[object] = [1, 0, 0, 0, 1, *[0] * 10]
    assert findings_of("T4-NOTAPPLIED", 2022, **NOTHING, 表四_件数=one) == [("表四.行政复议.总计", "1 0")]
    assert findings_of("T4-NOTAPPLIED", 2022, read(2021, **NOTHING), **NOTHING, 表四_件数=one) == [
        ("表四.行政复议.总计", "1 0")
    ]
    assert findings_of("T4-RATIO", 2022, **NOTHING, 表四_件数=one) == []


def test_direct_lawsuits_are_reported_with_their_number() -> None:
    direct: list[object] = [*[0] * 5, 2, 0, 0, 0, 2, *[0] * 5]
    assert (
        findings_of("T4-PRE", 2024, 表四_件数=direct)
        == findings_of("T4-PRE", 2025, 表四_件数=direct)
        == [("表四.未经复议直接起诉.总计", "2")]
    )
    assert findings_of("T4-PRE", 2024) == []


def test_a_blank_total_of_reviews_or_lawsuits_leaves_cases_open() -> None:
    for blank in (4, 9, 14):
        figures: list[object] = [1, 0, 0, 0, 1] * 3
        figures[blank] = "~"
        assert not {"T4-NOTAPPLIED", "T4-RATIO"} & judged("区", 2021, 表四_件数=figures)


@pytest.mark.parametrize(("notices", "expected"), [(1, []), (0, [("表三.逾期不缴费.总计", "2 0")])])
def test_an_unpaid_fee_is_held_against_the_notices_that_tables_yaml_gives(
    notices: int, expected: list[tuple[str, str]]
) -> None:
    text = (
        tables(2021, 表三_逾期不缴费=[2, 0, 0, 0, 0, 0, 2])
        + f"信息处理费: {{发出通知: {notices}, 总金额: {notices * 100}, 实际收取: 0}}\n"
    )
    assert [(f.subject, f.values) for f in findings(2021, text) if f.rule == "T3-UNPAID"] == expected
