"""What a rule may know, and how its findings name their places."""

from __future__ import annotations

import pytest

from generator.collection.context import Context
from generator.collection.facts import ReportFacts
from generator.finding import CellName, Finding, Level, Message, Place
from generator.rules.rule import CollectionRule, Rule, at_cell, at_line, at_text, at_typed, documented, of_report
from tests.example import entry
from tests.rules.words import with_paragraph

OPTIONS = [("0.85", 0.85), ("1000", 1000), (" 3 ", 3), ("多", 7), ("", 7), (None, 7)]


@pytest.mark.parametrize(("setting", "value"), OPTIONS)
def test_a_setting_that_is_no_number_is_as_good_as_none(setting: str | None, value: float) -> None:
    assert Context(options={} if setting is None else {"甲": setting}).option("甲", 7) == value


def test_by_default_nothing_is_known() -> None:
    context = Context()
    assert context.historical_until == 0 and context.previous is None and not context.excused and not context.originals
    assert not (
        context.organs
        or context.levels
        or context.historical_levels
        or context.options
        or context.forms
        or context.words.words
    )


def without_doc(*_: object) -> tuple[Finding, ...]:
    return ()


def with_doc(*_: object) -> tuple[Finding, ...]:
    """示例"""
    return ()


def test_by_default_a_rule_softens_and_is_not_on_probation() -> None:
    for rule in (Rule("X", with_doc), CollectionRule("X", with_doc)):
        assert (rule.also, rule.softens, rule.probation, rule.doc) == ((), True, False, "示例")
    for rule in (Rule("X", without_doc), CollectionRule("X", without_doc)):
        assert rule.doc == ""


def test_findings_name_organ_year_and_place() -> None:
    report, _ = entry(2021, None, with_paragraph("示例甲"))
    assert report is not None
    message = Message("示例", "example")
    cell = at_cell(report, report.report.sheets[0], 1, "X", Level.NOTE, message, "3")
    line = at_line(report, "report.md", 1, 2, "X", Level.NOTE, message, "甲", "3")
    text = at_text(report, report.passages[-1], 2, "X", Level.NOTE, message, "甲", "3")
    assert {(f.rule, f.level, f.message, f.organ, f.year, f.values) for f in (cell, line, text)} == {
        ("X", Level.NOTE, message, "shili", 2021, "3")
    }
    assert (cell.place.file, cell.subject, len(cell.cells)) == (
        "2021/shili/tables.yaml",
        report.report.sheets[0].table.slots[1].name,
        1,
    )
    assert (line.place.file, line.place.line, line.place.column, line.subject, line.cells) == (
        "2021/shili/report.md",
        1,
        2,
        "甲",
        (),
    )
    assert (text.place.file, text.place.line, text.place.column) == (
        "2021/shili/report.md",
        report.passages[-1].line,
        3,
    )
    bare = (
        at_cell(report, report.report.sheets[0], 1, "X", Level.NOTE, message),
        at_line(report, "report.md", 1, 2, "X", Level.NOTE, message, "甲"),
        at_text(report, report.passages[-1], 2, "X", Level.NOTE, message, "甲"),
    )
    assert [finding.values for finding in bare] == ["", "", ""], "unless told, no figures lie at its bottom"


def test_a_rule_built_for_its_function_carries_its_text() -> None:
    def check(*_: object) -> tuple[Finding, ...]:
        return ()

    def ids(*_: object) -> frozenset[str]:
        return frozenset({"X"})

    rule = documented("X", check, "示例\n---\nAn example.", ids)
    assert (rule.id, rule.check, rule.doc, rule.among) == ("X", check, "示例\n---\nAn example.", ids)
    assert documented("X", check, "别的").among is None and check.__doc__ == "别的"


def test_a_finding_about_words_of_the_tables_file_stands_where_they_do() -> None:
    report, _ = entry(2021)
    assert report is not None
    hit = at_typed(report, report.report.typed["标题"], "X", Level.WARNING, Message("示例", "example"), "标题", "3")
    assert hit.place == Place("2021/shili/tables.yaml", 3, 5)
    assert (hit.rule, hit.level, hit.subject, hit.values) == ("X", Level.WARNING, "标题", "3")


def test_a_finding_of_all_reports_belongs_to_one_of_them() -> None:
    report = ReportFacts(2021, "shili", "gbkbh-2021-30", "2021/shili", "示例", ())
    place, cell, message = Place("organs.yaml", 4, 5), CellName("t2", ("甲",), ("乙",)), Message("示例", "example")
    hit = of_report(report, place, "X", Level.ERROR, message, "甲", "3", (cell,))
    assert hit == Finding("X", Level.ERROR, place, message, (cell,), "shili", 2021, "甲", values="3")
    bare = of_report(report, place, "X", Level.ERROR, message, "甲")
    assert (bare.cells, bare.values) == ((), "")
