"""The roll-up of one year: who reported, and which sums differ from the figures of the organ above."""

from __future__ import annotations

from decimal import Decimal

from generator.collection.context import context_of
from generator.collection.facts import CollectionFacts, gather
from generator.collection.rollup import RollupView, UnitStatus, view
from generator.finding import Message
from tests.collection.test_facts import loaded
from tests.example import FORMS, SETTINGS

CONTEXT = context_of(SETTINGS, FORMS)


def rolled_up(received: int, year: int = 2021, organ: str = "") -> RollupView | Message:
    facts = CollectionFacts()
    gather(facts, loaded("shili", 2021, 表三_本年新收=[received, 0, 0, 0, 0, 0, received]), "", True, ())
    gather(facts, loaded("jiaju"), "shili", False, ())
    return view(facts, CONTEXT, year, organ)


def test_units_are_listed_with_where_their_reports_are() -> None:
    result = rolled_up(3)
    assert isinstance(result, RollupView)
    assert [(unit.organ.id, unit.state, unit.reason) for unit in result.units] == [
        ("jiaju", UnitStatus.HERE, ""),
        ("yizhen", UnitStatus.EXCUSED, "示例：当年没有报告"),
    ]


def test_sums_that_agree_leave_no_difference() -> None:
    result = rolled_up(3)
    assert isinstance(result, RollupView) and result.has_own and result.summed == 1 and result.differences == []


def test_a_cell_that_differs_holds_both_figures() -> None:
    result = rolled_up(5)
    assert isinstance(result, RollupView)
    assert [(item.slot.name, item.own, item.added) for item in result.differences] == [
        ("表三.本年新收.自然人", Decimal(5), Decimal(3)),
        ("表三.本年新收.总计", Decimal(5), Decimal(3)),
    ]


def test_while_a_unit_is_missing_nothing_is_compared() -> None:
    result = rolled_up(5, 2020)
    assert isinstance(result, RollupView) and result.differences == [] and not result.has_own
    assert {unit.state for unit in result.units} == {UnitStatus.MISSING}


def test_an_organ_without_units_is_refused_with_a_sentence() -> None:
    result = rolled_up(3, organ="jiaju")
    assert isinstance(result, Message) and "没有下级机关" in result.zh
