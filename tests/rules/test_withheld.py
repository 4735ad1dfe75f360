"""A report that is withheld from the site blocks nothing, and a draft's many blanks are told in a few lines."""

from __future__ import annotations

from generator.finding import Finding, Level, Message, Place
from generator.report.entry import DRAFT, ERRORS, ReportRef
from generator.rules.withheld import ease, state

REF = ReportRef(2022, "shili", "2022/shili")


def finding(number: int, rule: str = "T3-BLANK", accepted: str | None = None) -> Finding:
    place = Place("2022/shili/tables.yaml", number, 1)
    return Finding(rule, Level.ERROR, place, Message(f"第{number}格", f"cell {number}"), accepted=accepted)


def test_errors_become_warnings_and_the_state_comes_first() -> None:
    first, second = ease([finding(1)], REF._replace(withheld=ERRORS))
    assert (first.rule, second.rule, second.level) == ("HELD-BACK", "T3-BLANK", Level.WARNING)


def test_of_a_draft_more_than_a_few_of_a_rule_are_told_together() -> None:
    findings = [*(finding(number) for number in range(1, 171)), finding(9, "T3-SUM")]
    eased = ease(findings, REF._replace(withheld=DRAFT))
    assert [(item.rule, item.message.zh) for item in eased] == [
        ("DRAFT-STATE", state(REF._replace(withheld=DRAFT)).message.zh),
        ("T3-BLANK", "第1格；同类的还有169处"),
        ("T3-SUM", "第9格"),
    ]
    assert [place.line for place in eased[1].related] == [2, 3, 4]


def test_a_few_and_accepted_ones_stay_by_themselves() -> None:
    few = [finding(1), finding(2), finding(3)]
    accepted = [finding(number, accepted="示例") for number in range(4, 9)]
    assert len(ease([*few, *accepted], REF._replace(withheld=DRAFT))) == 1 + 3 + 5


def test_a_report_held_back_keeps_every_finding() -> None:
    assert len(ease([finding(number) for number in range(9)], REF._replace(withheld=ERRORS))) == 10
