"""A report against the organ's own of the year before."""

from __future__ import annotations

import pytest

from generator.diagnostic import Level
from generator.library import Entry
from generator.rules import continuity
from tests.example import entry, findings, tables

IDS = {name for rule in continuity.RULES for name in (rule.id, *rule.also)}


def last_year(year: int, **rows: list[object]) -> Entry:
    read, _ = entry(year, tables(year, **rows))
    assert read is not None
    return read


CASES: list[tuple[str, int, dict[str, list[object]], dict[str, list[object]], str, Level, str]] = [
    ("T3-YOY-CARRY", 2022, {"表三_结转下年度": [2, 0, 0, 0, 0, 0, 2]}, {}, "表三.上年结转.总计", Level.ERROR, "0 ≠ 2"),
    ("T3-YOY-CARRY", 2021, {"表三_结转下年度": [1, 1, 0, 0, 0, 0, 2]}, {"表三_上年结转": [2, 0, 0, 0, 0, 0, 2]}, "表三.上年结转.自然人", Level.WARNING, "2 ≠ 1"),
    ("T2-19-YOY", 2020, {"表二_行政处罚": [10, -3, 0]}, {"表二_行政处罚": [8, 0, 0]}, "表二.行政处罚.上一年项目数量", Level.WARNING, "8 ≠ 7"),
    (
        "T2-21-VALID", 2023, {"表二_行政规范性文件": [0, 0, 698]}, {"表二_行政规范性文件": [77, 132, 470]},
        "表二.行政规范性文件.现行有效件数", Level.WARNING, "470 ≠ 643",
    ),
    ("T2-21-LE", 2022, {"表二_行政规范性文件": [0, 0, 1]}, {"表二_行政规范性文件": [0, 3, 0]}, "表二.行政规范性文件.本年废止件数", Level.WARNING, "3 > 1 + 0"),
    ("T2-JUMP", 2022, {"表二_行政处罚": [4000]}, {"表二_行政处罚": [3]}, "表二.行政处罚.本年处理决定数量", Level.NOTE, "4000 3"),
    ("T4-YOY-PEND", 2022, {"表四_件数": [0, 0, 0, 2, 2, *[0] * 10]}, {}, "表四.行政复议.总计", Level.NOTE, "0 < 2"),
    ("T4-AFTER-LE", 2022, {}, {"表四_件数": [*[0] * 10, 1, 0, 0, 0, 1]}, "表四.复议后起诉.总计", Level.NOTE, "1 > 0"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "year", "before", "now", "subject", "level", "values"), CASES, ids=[f"{case[0]}-{case[1]}" for case in CASES])
def test_a_break_between_two_years_is_found_and_points_at_both(
    rule: str, year: int, before: dict[str, list[object]], now: dict[str, list[object]], subject: str, level: Level, values: str
) -> None:
    found = [f for f in findings(year, tables(year, **now), previous=last_year(year - 1, **before)) if f.rule == rule]
    assert (subject, level, values) in [(f.subject, f.level, f.values) for f in found]
    assert all(f.place.file == f"{year}/shili/tables.yaml" for f in found)
    assert all(f.related[0].file == f"{year - 1}/shili/tables.yaml" for f in found)


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
