"""Severities and acceptances: the office's word, history, probation; an acceptance lapses when its figures change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from generator.collection.context import Context
from generator.collection.facts import CollectionFacts
from generator.finding import Finding, Level, Message, Place
from generator.report.entry import LoadedReport
from generator.rules import runner as check
from generator.rules.rule import Rule
from generator.rules.runner import check_entries, check_organ, check_policy, check_year, govern
from tests.example import SETTINGS, brief, entry, findings, tables

FOUND = Finding("T3-SUM", Level.ERROR, Place("t"), Message("错", "wrong"), year=2020)
PLAIN = Rule("T3-SUM", lambda entry, context: ())


@pytest.mark.parametrize(
    ("rule", "context", "level"),
    [
        (PLAIN, Context(), Level.ERROR),
        (PLAIN, Context(historical_until=2020), Level.WARNING),
        (PLAIN, Context(historical_until=2019), Level.ERROR),
        (Rule("T3-SUM", PLAIN.check, softens=False), Context(historical_until=2020), Level.ERROR),
        (Rule("T3-SUM", PLAIN.check, probation=True), Context(), Level.WARNING),
        (PLAIN, Context(levels={"T3-SUM": "提示"}), Level.NOTE),
        (PLAIN, Context(levels={"T3-SUM": "关闭"}), None),
        (
            PLAIN,
            Context(historical_until=2020, levels={"T3-SUM": "关闭"}, historical_levels={"T3-SUM": "错误"}),
            Level.ERROR,
        ),
        (PLAIN, Context(levels={"T3-SUM": "什么"}), Level.ERROR),
    ],
)
def test_the_level_that_applies(rule: Rule, context: Context, level: Level | None) -> None:
    governed = govern(FOUND, rule, context)
    assert (governed.level if governed else None) is level


def sums(accepted: str) -> str:
    return (
        tables(2021, 表三_重复申请=[0, 0, 0, 0, 0, 0, 2])
        + f"接受:\n  - {{规则: T3-ROW, 位置: 表三.重复申请.总计, 原因: 原表如此{accepted}}}\n"
    )


def accepted_or_found(accepted: str, historical_until: int = 0) -> list[tuple[str, bool]]:
    return [
        (f.rule, f.accepted is not None)
        for f in findings(2021, sums(accepted), historical_until=historical_until)
        if f.rule != "T3-SUM"
    ]


def test_an_error_in_a_new_report_needs_a_named_approver_and_a_date() -> None:
    values = "，值: 0 ≠ 2".replace("，", ", ")
    assert accepted_or_found(values) == [("ACC-APPROVER", False), ("T3-ROW", False)]
    assert accepted_or_found(values + ", 批准人: 示例甲") == [("ACC-APPROVER", False), ("T3-ROW", False)]
    assert accepted_or_found(values + ", 批准人: 示例甲, 批准日期: 2022-01-20") == [("T3-ROW", True)]


def test_an_acceptance_lapses_when_the_figures_change() -> None:
    assert accepted_or_found(", 值: 0 ≠ 2", 2021) == [("T3-ROW", True)]
    assert accepted_or_found(", 值: 0 ≠ 3", 2021) == [("ACC-LAPSED", False), ("T3-ROW", False)]


def test_an_acceptance_of_figures_should_say_them() -> None:
    assert accepted_or_found("", 2021) == [("ACC-VALUES", False), ("T3-ROW", True)]


def test_an_acceptance_of_nothing_is_stale() -> None:
    assert brief(findings(2021, tables(2021) + "接受:\n  - {规则: T3-ROW, 位置: 表三.重复申请.总计, 原因: 无}\n")) == [
        "ACC-STALE 表三.重复申请.总计"
    ]


def test_a_misspelt_key_of_an_acceptance_is_named() -> None:
    text = tables(2021) + "接受:\n  - {规则: T3-ROW, 位置: 甲, 原因: 无, 批准: 示例甲}\n"
    assert "KEY-UNKNOWN" in {f.rule for f in findings(2021, text)}


def test_a_collection_of_nothing_has_no_findings() -> None:
    assert check_organ(CollectionFacts(), Context()) == check_year(CollectionFacts(), Context()) == []


def test_a_severity_must_name_a_rule_and_a_level() -> None:
    wrong = replace(SETTINGS, levels={"T3-SUM": "警告", "T3-SUMM": "警告"}, historical_levels={"AGG-CELL": "宽松"})
    assert [(f.rule, f.subject) for f in check_policy(wrong)] == [("SITE-LEVEL", "T3-SUMM"), ("SITE-LEVEL", "AGG-CELL")]
    assert check_policy(SETTINGS) == []


def test_a_rule_that_fails_on_one_report_is_reported_there_and_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(report: LoadedReport, context: Context) -> Iterator[Finding]:
        yield FOUND
        if report.ref.year == 2020:
            raise ValueError("…")
        yield FOUND

    monkeypatch.setattr(
        check, "STEPS", ((None, (Rule("T3-SUM", failing),)), (None, (replace(PLAIN, check=lambda *_: [FOUND]),)))
    )
    reports = [read for read, _ in (entry(2020), entry(2021)) if read]
    rules = [[f.rule for f in hits] for hits in check_entries([(report, Context()) for report in reports])]
    assert rules == [["T3-SUM", "TOOL-FAULT", "T3-SUM"], ["T3-SUM", "T3-SUM", "T3-SUM"]]
