"""Rolls up (汇总) the reports of the units below an organ and compares their sums with its own figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from generator.collection.context import Context
from generator.collection.facts import CollectionFacts, ParentFigures, ReportFacts, UnitTotals, facts_by_year, slots_of
from generator.collection.settings import Organ
from generator.finding import Message
from generator.forms.model import FigureCell, Form


class UnitStatus(Enum):
    """Says where a unit's report of the year is."""

    HERE = "here"
    EXCUSED = "excused"
    ORIGINAL = "original"  # on its original page only
    MISSING = "missing"


class UnitReport(NamedTuple):
    organ: Organ
    state: UnitStatus
    reason: str = ""


class Difference(NamedTuple):
    """A cell whose sum over the units is not the organ's own figure; amounts are in 元 where the unit stands in the
    cell."""

    at: int
    slot: FigureCell
    own: Decimal
    added: Decimal


def units(
    organs: Mapping[str, Organ],
    parent: str,
    year: int,
    there: Mapping[str, ReportFacts],
    excused: Mapping[tuple[int, str], str],
    originals: frozenset[tuple[int, str]],
) -> list[UnitReport]:
    """Lists the registered units of one organ that existed in the year, and where their reports are."""
    return [
        _unit(organ, year, there, excused, originals)
        for organ in organs.values()
        if organ.parent == parent and organ.valid_in(year)
    ]


def _unit(
    organ: Organ,
    year: int,
    there: Mapping[str, ReportFacts],
    excused: Mapping[tuple[int, str], str],
    originals: frozenset[tuple[int, str]],
) -> UnitReport:
    key = (year, organ.id)
    if organ.id in there:
        return UnitReport(organ, UnitStatus.HERE)
    if key in excused:
        return UnitReport(organ, UnitStatus.EXCUSED, excused[key])
    return UnitReport(organ, UnitStatus.ORIGINAL if key in originals else UnitStatus.MISSING)


def complete(reports: Sequence[UnitReport]) -> bool:
    """Tells whether every unit's report is here or excused."""
    return all(unit.state in (UnitStatus.HERE, UnitStatus.EXCUSED) for unit in reports)


def differences(figures: ParentFigures, totals: UnitTotals, form: Form) -> Iterator[Difference]:
    """Finds cells that differ; cells that are blank anywhere, or do not add up by their nature, are not compared."""
    for index, slot in enumerate(slots_of(form)):
        value = figures.value(index)
        if not slot.column.additive or value is None or index in totals.blank:
            continue
        if abs(value - totals.sums[index]) > _tolerance(slot, totals.units):
            yield Difference(index, slot, value, totals.sums[index])


def _tolerance(slot: FigureCell, number: int) -> Decimal:
    """Bounds what rounding to two decimals of 万元 may add up to."""
    if not slot.column.decimal:
        return Decimal(0)
    return Decimal("0.005") * number * (10_000 if slot.column.unit_in_cell else 1)


class RollupView(NamedTuple):
    """A roll-up as people ask for it: `summed` is the number of reports added up, `differences` is empty where nothing
    differs or nothing can be compared, `texts` are the organ's own figures as printed, by cell."""

    year: int
    organ: Organ
    has_own: bool
    units: list[UnitReport]
    summed: int
    differences: list[Difference]
    texts: tuple[str, ...]


def view(facts: CollectionFacts, context: Context, year: int, organ: str) -> RollupView | Message:
    """Makes the roll-up asked for, or says why there is none."""
    parents = [
        name for name in dict.fromkeys(item.parent for item in context.organs.values()) if name in context.organs
    ]
    if not organ and len(parents) != 1:
        return Message(
            f"请用 --organ 指明上级机关：{'、'.join(parents)}",
            f"name the organ above with --organ: {', '.join(parents)}",
        )
    organ = organ or parents[0]
    if organ not in parents:
        return Message(f"“{organ}”在 organs.yaml 中没有下级机关", f"“{organ}” has no units in organs.yaml")
    there = facts_by_year(facts.reports).get(year, {})
    listed = units(context.organs, organ, year, there, context.excused, context.originals)
    figures = facts.parents.get((year, organ))
    form = context.forms[figures.form] if figures else None
    totals = facts.unit_totals.get((year, organ, figures.form)) if figures else None
    return RollupView(
        year,
        context.organs[organ],
        figures is not None,
        listed,
        totals.units if totals else 0,
        list(differences(figures, totals, form)) if figures and totals and form and complete(listed) else [],
        figures.texts if figures else (),
    )
