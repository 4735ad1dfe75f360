"""Figures that the law or common sense does not allow, each once allowed and once found, at its cell."""

from __future__ import annotations

import pytest

from generator.diagnostic import Level
from generator.rules import plausibility
from tests.example import entry, findings, prose, tables

IDS = {name for rule in plausibility.RULES for name in (rule.id, *rule.also)}

CASES = [
    ("T2-RULES-POWER", 2021, {"表二_规章": [1, 0, "/"]}, "表二.规章.本年制发件数", Level.ERROR, "没有规章制定权"),
    ("T2-DECIMALS", 2021, {"表二_行政事业性收费": ["0.1234567"]}, "表二.行政事业性收费.本年收费金额", Level.ERROR, "超过六位"),
    ("T2-19-PAIR", 2020, {"表二_政府集中采购": [0, "12万元"]}, "表二.政府集中采购.采购总金额", Level.WARNING, "同时有数"),
    ("T2-19-STOCK", 2020, {"表二_规范性文件": [7, 7, 7]}, "表二.规范性文件.对外公开总数量", Level.WARNING, "通常包含历年"),
    ("T2-21-FEEUNIT", 2021, {"表二_行政事业性收费": ["1234567"]}, "表二.行政事业性收费.本年收费金额", Level.WARNING, "以元为单位"),
    ("T3-CAP", 2021, {"表三_重复申请": [5, 0, 0, 0, 0, 0, 5]}, "表三.重复申请.自然人", Level.NOTE, "大于 表三.总计.自然人 的3"),
    ("T3-ZEROSTATE", 2021, {"表三_本年新收": [0] * 7}, "表三.予以公开.自然人", Level.ERROR, "没有新收也没有结转"),
    ("T3-OPENONLY", 2021, {"表四_件数": [1, 0, 0, 0, 1, *[0] * 10]}, "表三.予以公开.总计", Level.WARNING, "3件申请全部予以公开"),
    ("T3-MASSIVE", 2021, {"表三_无正当理由大量反复申请": [3, 0, 0, 0, 0, 0, 3]}, "表三.无正当理由大量反复申请.总计", Level.NOTE, "只有3件"),
    ("T3-UNPAID", 2021, {"表三_逾期不缴费": [1, 0, 0, 0, 0, 0, 1]}, "表三.逾期不缴费.总计", Level.WARNING, "收费通知"),
    ("T4-RATIO", 2021, {"表四_件数": [4, 0, 0, 0, 4, *[0] * 10]}, "表四.行政复议.总计", Level.WARNING, "多于"),
    ("T4-PRE", 2024, {"表四_件数": [*[0] * 5, 1, 0, 0, 0, 1, *[0] * 5]}, "表四.未经复议直接起诉.总计", Level.NOTE, "须先复议"),
]


@pytest.mark.parametrize(("rule", "year", "rows", "subject", "level", "words"), CASES, ids=[case[0] for case in CASES])
def test_it_is_found_at_its_cell(rule: str, year: int, rows: dict[str, list[object]], subject: str, level: Level, words: str) -> None:
    text = tables(year, **rows)
    found = [f for f in findings(year, text) if f.rule == rule]
    assert found[0].subject == subject and found[0].level is level and words in found[0].message.zh
    line = text.splitlines()[found[0].place.line - 1]
    assert line[: found[0].place.column].count("[") == 1, "the place is within the row's brackets"
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
        ("T3-OPENONLY", 2021, {"表三_予以公开": [2, 0, 0, 0, 0, 0, 2], "表三_部分公开": [1, 0, 0, 0, 0, 0, 1], "表四_件数": [1, 0, 0, 0, 1, *[0] * 10]}),
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
    assert "T4-NOTAPPLIED" not in {f.rule for f in findings(2022, text, previous=before)}


def test_a_blank_operand_says_nothing() -> None:
    text = tables(2021, 表三_本年新收=["~"] * 7, 表四_件数=["~"] * 15, 表二_行政事业性收费=["~"])
    assert not IDS & {f.rule for f in findings(2021, text)}
