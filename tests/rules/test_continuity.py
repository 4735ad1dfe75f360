"""A report against the organ's own of the year before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.collection.context import Context
from generator.finding import Level
from generator.report.entry import LoadedReport
from generator.rules import continuity
from generator.rules.runner import check_entry
from tests.example import FORMS, SETTINGS, entry, findings, tables

IDS = {name for rule in continuity.RULES for name in (rule.id, *rule.also)}


def last_year(year: int, **rows: list[object]) -> LoadedReport:
    read, _ = entry(year, tables(year, **rows))
    assert read is not None
    return read


CASES: list[tuple[str, int, dict[str, list[object]], dict[str, list[object]], str, Level, str]] = [
    ("T3-YOY-CARRY", 2022, {"表三_结转下年度": [2, 0, 0, 0, 0, 0, 2]}, {}, "表三.上年结转.总计", Level.ERROR, "0 ≠ 2"),
    (
        "T3-YOY-CARRY",
        2021,
        {"表三_结转下年度": [1, 1, 0, 0, 0, 0, 2]},
        {"表三_上年结转": [2, 0, 0, 0, 0, 0, 2]},
        "表三.上年结转.自然人",
        Level.WARNING,
        "2 ≠ 1",
    ),
    (
        "T2-19-YOY",
        2020,
        {"表二_行政处罚": [10, -3, 0]},
        {"表二_行政处罚": [8, 0, 0]},
        "表二.行政处罚.上一年项目数量",
        Level.WARNING,
        "8 ≠ 7",
    ),
    (
        "T2-21-VALID",
        2023,
        {"表二_行政规范性文件": [0, 0, 698]},
        {"表二_行政规范性文件": [77, 132, 470]},
        "表二.行政规范性文件.现行有效件数",
        Level.WARNING,
        "470 ≠ 643",
    ),
    (
        "T2-21-LE",
        2022,
        {"表二_行政规范性文件": [0, 0, 1]},
        {"表二_行政规范性文件": [0, 3, 0]},
        "表二.行政规范性文件.本年废止件数",
        Level.WARNING,
        "3 > 1 + 0",
    ),
    (
        "T2-JUMP",
        2022,
        {"表二_行政处罚": [4000]},
        {"表二_行政处罚": [3]},
        "表二.行政处罚.本年处理决定数量",
        Level.NOTE,
        "4000 3",
    ),
    ("T4-YOY-PEND", 2022, {"表四_件数": [0, 0, 0, 2, 2, *[0] * 10]}, {}, "表四.行政复议.总计", Level.NOTE, "0 < 2"),
    ("T4-AFTER-LE", 2022, {}, {"表四_件数": [*[0] * 10, 1, 0, 0, 0, 1]}, "表四.复议后起诉.总计", Level.NOTE, "1 > 0"),
]


@pytest.mark.parametrize(
    ("rule", "year", "before", "now", "subject", "level", "values"),
    CASES,
    ids=[f"{case[0]}-{case[1]}" for case in CASES],
)
def test_a_break_between_two_years_is_found_and_points_at_both(
    rule: str,
    year: int,
    before: dict[str, list[object]],
    now: dict[str, list[object]],
    subject: str,
    level: Level,
    values: str,
) -> None:
    hits = [f for f in findings(year, tables(year, **now), previous=last_year(year - 1, **before)) if f.rule == rule]
    assert (subject, level, values) in [(f.subject, f.level, f.values) for f in hits]
    assert all(f.place.file == f"{year}/shili/tables.yaml" for f in hits)
    assert all(f.related[0].file == f"{year - 1}/shili/tables.yaml" for f in hits)


@pytest.mark.parametrize("year", [2020, 2021, 2022])
def test_two_years_that_agree_are_left_alone(year: int) -> None:
    assert not IDS & {f.rule for f in findings(year, previous=last_year(year - 1))}


@pytest.mark.parametrize("year", [2020, 2021, 2022])
def test_without_last_years_report_nothing_is_compared(year: int) -> None:
    text = tables(year, 表三_上年结转=[9, 0, 0, 0, 0, 0, 9])
    assert not (IDS - {"T2-21-LE"}) & {f.rule for f in findings(year, text)}


def test_documents_in_force_follow_from_last_year() -> None:
    """665 + 88 - 55 = 698"""
    before = last_year(2021, 表二_行政规范性文件=[0, 0, 665])
    assert not IDS & {f.rule for f in findings(2022, tables(2022, 表二_行政规范性文件=[88, 55, 698]), previous=before)}


def test_a_blank_on_either_side_says_nothing() -> None:
    before = last_year(2021, 表三_结转下年度=["~"] * 7, 表二_行政规范性文件=["~"] * 3, 表四_件数=["~"] * 15)
    assert not IDS & {f.rule for f in findings(2022, previous=before)}
    now = tables(2022, 表三_上年结转=["~"] * 7, 表二_行政规范性文件=["~"] * 3, 表四_件数=["~"] * 15)
    assert not IDS & {f.rule for f in findings(2022, now, previous=last_year(2021))}


def test_not_applicable_on_either_side_says_nothing() -> None:
    slashes: list[object] = ["/"] * 7
    assert not IDS & {
        f.rule for f in findings(2022, previous=last_year(2021, 表三_结转下年度=slashes, 表四_件数=["/"] * 15))
    }
    assert not IDS & {
        f.rule
        for f in findings(2022, tables(2022, 表三_上年结转=slashes), previous=last_year(2021, 表三_结转下年度=[1] * 7))
    }


@pytest.mark.parametrize("year", [2019, 2014, 2012])
def test_forms_that_share_no_cells_are_not_compared(year: int) -> None:
    assert not IDS & {f.rule for f in findings(year, previous=last_year(year - 1))}


def compared(
    rule: str, year: int, before: dict[str, list[object]], now: dict[str, list[object]]
) -> list[tuple[str, str, str]]:
    """Returns (cell, figures, place of last year's figure) of each finding of a rule."""
    previous = last_year(year - 1, **before)
    lines = tables(year - 1, **before).splitlines()
    hits = [f for f in findings(year, tables(year, **now), previous=previous) if f.rule == rule]
    return [(f.subject, f.values, lines[f.related[0].line - 1].strip().partition(":")[0]) for f in hits]


def test_each_column_carried_over_is_compared_and_blanks_are_passed_by() -> None:
    hits = compared(
        "T3-YOY-CARRY", 2022, {"表三_结转下年度": [1, "~", 2, 0, 0, 0, 3]}, {"表三_上年结转": ["~", 1, 1, 0, 0, 0, 3]}
    )
    assert hits == [("表三.上年结转.科研机构", "1 ≠ 2", "结转下年度")]


ITEMS: list[tuple[list[object], list[object], list[tuple[str, str]]]] = [
    ([10, -3, 0], [7, 0, 0], []),
    ([10, 3, 0], [12, 0, 0], [("表二.行政处罚.上一年项目数量", "12 ≠ 13")]),
    (["~", 3, 0], [12, 0, 0], []),
    ([10, "~", 0], [12, 0, 0], []),
    ([10, 3, 0], ["~", 0, 0], []),
]


@pytest.mark.parametrize(("before", "now", "expected"), ITEMS)
def test_items_follow_from_last_years_and_their_change(
    before: list[object], now: list[object], expected: list[tuple[str, str]]
) -> None:
    hits = compared("T2-19-YOY", 2020, {"表二_行政处罚": before}, {"表二_行政处罚": now})
    assert [(subject, values) for subject, values, _ in hits] == expected
    both: dict[str, list[object]] = {"表二_行政处罚": [10, 3, 0], "表二_行政强制": [1, 1, 0]}
    assert [subject for subject, _, _ in compared("T2-19-YOY", 2020, both, {})] == [
        "表二.行政处罚.上一年项目数量",
        "表二.行政强制.上一年项目数量",
    ]


@pytest.mark.parametrize("row", ["规章", "行政规范性文件"])
def test_documents_in_force_are_reported_with_their_sum(row: str) -> None:
    before: dict[str, list[object]] = {f"表二_{row}": [0, 0, 665]}
    hits = [
        f
        for f in findings(2022, tables(2022, **{f"表二_{row}": [88, 55, 700]}), previous=last_year(2021, **before))
        if f.rule == "T2-21-VALID"
    ]
    assert [(f.subject, f.values) for f in hits] == [(f"表二.{row}.现行有效件数", "700 ≠ 698")]
    assert "按上一年度报告应为 665 + 88 - 55 = 698，相差2" in hits[0].message.zh and hits[0].message.en.endswith(
        "665 + 88 - 55 = 698, difference 2"
    )


@pytest.mark.parametrize("figures", [["~", 0, 5], [0, "~", 5], [0, 0, "~"]])
def test_a_blank_among_the_documents_says_nothing(figures: list[object]) -> None:
    now = tables(2022, 表二_规章=figures, 表二_行政规范性文件=[0, 0, 8])
    hits = findings(2022, now, previous=last_year(2021, 表二_规章=[0, 0, 3], 表二_行政规范性文件=[0, 0, 9]))
    assert [(f.rule, f.subject) for f in hits if f.rule in IDS] == [("T2-21-VALID", "表二.行政规范性文件.现行有效件数")]


FLOW: list[tuple[list[object], list[object] | None, list[tuple[str, str]]]] = [
    ([5, 2, 3], None, []),
    ([6, 2, 3], None, [("本年制发件数", "6 > 3 + 2")]),
    ([1, 4, 3], [0, 0, 3], []),
    ([1, 5, 3], [0, 0, 3], [("本年废止件数", "5 > 3 + 1")]),
    ([9, 13, 1], [0, 0, 3], [("本年废止件数", "13 > 3 + 9")]),
    ([6, 12, "~"], [0, 0, 3], []),
    ([1, 12, 3], ["~"] * 3, []),
    ([1, 12, 3], None, []),
]


@pytest.mark.parametrize(("now", "before", "expected"), FLOW)
@pytest.mark.parametrize("row", ["规章", "行政规范性文件"])
def test_documents_made_and_repealed(
    row: str, now: list[object], before: list[object] | None, expected: list[tuple[str, str]]
) -> None:
    previous = None if before is None else last_year(2021, **{f"表二_{row}": before})
    hits = [f for f in findings(2022, tables(2022, **{f"表二_{row}": now}), previous=previous) if f.rule == "T2-21-LE"]
    assert [(f.subject, f.values) for f in hits] == [(f"表二.{row}.{column}", values) for column, values in expected]
    assert all(f.level is Level.WARNING for f in hits)
    repealed = [f for f in hits if "废止件数" in f.subject]
    assert all(
        f.related == (previous.report.place(previous.report.sheets[0], 2 if row == "规章" else 5),)
        for f in repealed
        if previous
    )


JUMPS = [
    (3, 4000, True),
    (4000, 3, True),
    (10, 100, False),
    (9, 100, True),
    (9, 99, False),
    (0, 99, False),
    (0, 100, True),
    (100, 0, True),
    (50, 500, False),
    (50, 501, True),
]


@pytest.mark.parametrize(("then", "now", "reported"), JUMPS)
def test_a_jump_is_more_than_tenfold_and_to_or_from_a_hundred(then: int, now: int, reported: bool) -> None:
    expected = [("表二.行政强制.本年处理决定数量", f"{then} {now}", "行政强制")] if reported else []
    assert compared("T2-JUMP", 2022, {"表二_行政强制": [then]}, {"表二_行政强制": [now]}) == expected


@pytest.mark.parametrize("row", ["行政许可", "行政处罚", "行政强制", "行政事业性收费"])
def test_each_of_the_figures_that_may_jump_is_looked_at(row: str) -> None:
    before: dict[str, list[object]] = {
        f"表二_{name}": ["~"] for name in ("行政许可", "行政处罚", "行政强制", "行政事业性收费") if name != row
    }
    assert [where for _, _, where in compared("T2-JUMP", 2022, before, {f"表二_{row}": [400]})] == [row]


def test_documents_in_force_may_jump_too() -> None:
    hits = compared("T2-JUMP", 2022, {"表二_行政规范性文件": [0, 0, 5]}, {"表二_行政规范性文件": [600, 0, 605]})
    assert hits == [("表二.行政规范性文件.现行有效件数", "5 605", "行政规范性文件")]


def test_cases_pending_come_back_in_their_own_kind() -> None:
    pending: list[object] = [0, 0, 0, 1, 1, 0, 0, 0, 2, 2, 0, 0, 0, 3, 3]
    hits = compared(
        "T4-YOY-PEND", 2022, {"表四_件数": pending}, {"表四_件数": [1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0]}
    )
    assert [(subject, values) for subject, values, _ in hits] == [
        ("表四.未经复议直接起诉.总计", "1 < 2"),
        ("表四.复议后起诉.总计", "0 < 3"),
    ]


def test_a_negative_total_is_reported_as_such_and_not_against_last_year() -> None:
    assert compared("T4-YOY-PEND", 2022, {}, {"表四_件数": [-1, 0, 0, 0, -1, *[0] * 10]}) == []


AFTER: list[tuple[list[object], list[object], int, list[str]]] = [
    ([1, 0, 0, 1, 2], [2, 0, 0, 0, 2], 3, []),
    ([1, 0, 0, 1, 2], [2, 0, 0, 0, 2], 4, ["4 > 3"]),
    ([0, 0, 0, 2, 2], [0, 0, 0, 3, 3], 1, ["1 > 0"]),
    ([1, 0, 0, 1, "~"], [2, 0, 0, 0, 2], 9, []),
    ([1, 0, 0, "~", 2], [2, 0, 0, 0, 2], 9, []),
    ([1, 0, 0, 1, 2], [2, 0, 0, "~", 2], 9, []),
]


@pytest.mark.parametrize(("before", "now", "after", "expected"), AFTER)
def test_lawsuits_after_review_are_no_more_than_the_reviews_closed(
    before: list[object], now: list[object], after: int, expected: list[str]
) -> None:
    rest: list[object] = [0] * 5
    hits = compared(
        "T4-AFTER-LE", 2022, {"表四_件数": [*before, *rest, *rest]}, {"表四_件数": [*now, *rest, after, 0, 0, 0, after]}
    )
    assert [(subject, values) for subject, values, _ in hits] == [
        ("表四.复议后起诉.总计", values) for values in expected
    ]


def test_in_the_year_an_organ_takes_over_others_its_own_past_is_no_measure() -> None:
    previous = last_year(2021, 表三_结转下年度=[2, 0, 0, 0, 0, 0, 2])
    now, _ = entry(2022)
    assert now is not None
    plain = SETTINGS.organs[0]
    for organ, hits in (
        (plain, True),
        (replace(plain, before=("甲",), since="2022"), False),
        (replace(plain, before=("甲",), since="2021"), True),
        (replace(plain, since="2022"), True),
    ):
        rules = {f.rule for f in check_entry(now, Context(previous=previous, organs={"shili": organ}))}
        assert ("T3-YOY-CARRY" in rules) is hits
    assert "T3-YOY-CARRY" in {f.rule for f in check_entry(now, Context(previous=previous))}


# ---------------------------------------------------------------- the lists of one province


def listed(year: int, **rows: list[object]) -> str:
    """A 示例 report on the list of Fujian: this year, and the sum of all years."""
    (local,) = (form for form in FORMS if form.local and form.governs(year))
    lines = [f"年度: {year}", "机关: shili", f"格式: {local.id}", f"标题: 示例区{year}年年报", "地方统计表:"]
    for key in local.tables[0].row_ranges:
        lines.append(f"  {key}: [{', '.join(map(str, rows.get(key, [0, 0])))}]")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("year", "then", "now", "told"),
    [
        (2016, [5, 100], [7, 107], ""),
        (2016, [5, 100], [7, 106], "106 ≠ 107"),
        (2016, [5, 100], [7, 7], "7 ≠ 107"),
        (2016, [5, "~"], [7, 107], ""),  # where one is blank nothing can be said
        (2016, [5, 100], ["~", 107], ""),
        (2016, [5, 100], [7, "~"], ""),
        (2014, [5, 100], [7, 106], "106 ≠ 107"),  # 2013 on the older version of the list
    ],
)
def test_the_sum_of_all_years_goes_on_from_last_years(
    year: int, then: list[object], now: list[object], told: str
) -> None:
    last, _ = entry(year - 1, listed(year - 1, 受理申请总数=then, 当面申请数=then))
    assert last is not None
    text = listed(year, 受理申请总数=now, 当面申请数=now)
    hits = [f for f in findings(year, text, previous=last) if f.rule == "A-YOY-CUM"]
    assert [f.values for f in hits] == [told] * 2 * bool(told)
    if told:
        assert hits[0].level is Level.WARNING and hits[0].subject == "地方统计表.受理申请总数.历年累计"
        assert "应为 100 + 7 = 107" in hits[0].message.zh and hits[0].related[0].file == f"{year - 1}/shili/tables.yaml"
