"""Rolls up (汇总) the reports of the units below an organ and compares their sums with its own figures."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
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
    DRAFT = "draft"  # here, but still being written
    EXCUSED = "excused"
    ORIGINAL = "original"  # on its original page only
    UNFILLED = "unfilled"  # here, as a draft or not, but without a single figure
    MISSING = "missing"


class UnitReport(NamedTuple):
    organ: Organ
    state: UnitStatus
    reason: str = ""
    is_draft: bool = False


class Comparison(NamedTuple):
    """Says how an organ's own figures compare with the sums: how many cells were `compared`, how many were not since
    one of the reports leaves them blank, and which differ."""

    compared: int
    blank: int
    differences: list[Difference]


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
    drafts: Container[tuple[int, str]] = (),
) -> list[UnitReport]:
    """Lists the registered units of one organ that existed in the year, and where their reports are.

    A report without a single figure is no report: it counts as missing. `drafts` are reports still being written."""
    return [
        _unit(organ.named_in(year), year, there, excused, originals, drafts)
        for organ in organs.values()
        if organ.parent == parent and organ.valid_in(year)
    ]


def _unit(
    organ: Organ,
    year: int,
    there: Mapping[str, ReportFacts],
    excused: Mapping[tuple[int, str], str],
    originals: frozenset[tuple[int, str]],
    drafts: Container[tuple[int, str]],
) -> UnitReport:
    key = (year, organ.id)
    is_draft = key in drafts
    if organ.id in there and not there[organ.id].unfilled:
        return UnitReport(organ, UnitStatus.DRAFT if is_draft else UnitStatus.HERE, is_draft=is_draft)
    if key in excused:
        return UnitReport(organ, UnitStatus.EXCUSED, excused[key])
    if key in originals:
        return UnitReport(organ, UnitStatus.ORIGINAL)
    state = UnitStatus.UNFILLED if organ.id in there else UnitStatus.MISSING
    return UnitReport(organ, state, is_draft=is_draft)


def complete(reports: Sequence[UnitReport]) -> bool:
    """Tells whether every unit's report is here or excused."""
    return all(unit.state in (UnitStatus.HERE, UnitStatus.EXCUSED) for unit in reports)


def comparable(reports: Sequence[UnitReport]) -> bool:
    """Tells whether the sums can be compared: drafts are compared as far as they are filled in."""
    return all(unit.state in (UnitStatus.HERE, UnitStatus.DRAFT, UnitStatus.EXCUSED) for unit in reports)


def compare(figures: ParentFigures, totals: UnitTotals, form: Form) -> Comparison:
    """Compares cell by cell; cells that do not add up by their nature, or that the organ marks “/”, do not count."""
    compared, blank, found = 0, 0, []
    for index, slot in enumerate(slots_of(form)):
        if not slot.column.additive:
            continue
        value = figures.value(index)
        if not figures.texts[index] or index in totals.blank:
            blank += 1
        elif value is not None:
            compared += 1
            if abs(value - totals.sums[index]) > _tolerance(slot, totals.units):
                found.append(Difference(index, slot, value, totals.sums[index]))
    return Comparison(compared, blank, found)


def differences(figures: ParentFigures, totals: UnitTotals, form: Form) -> Sequence[Difference]:
    """Finds cells that differ; cells that are blank anywhere, or do not add up by their nature, are not compared."""
    return compare(figures, totals, form).differences


def _tolerance(slot: FigureCell, number: int) -> Decimal:
    """Bounds what rounding to two decimals of 万元 may add up to."""
    if not slot.column.decimal:
        return Decimal(0)
    return Decimal("0.005") * number * (10_000 if slot.column.unit_in_cell else 1)


class RollupView(NamedTuple):
    """A roll-up as people ask for it: `summed` is the number of reports added up, `comparison` is None where nothing
    can be compared, `texts` are the organ's own figures as printed, by cell."""

    year: int
    organ: Organ
    has_own: bool
    units: list[UnitReport]
    summed: int
    comparison: Comparison | None
    texts: tuple[str, ...]

    @property
    def differences(self) -> list[Difference]:
        return self.comparison.differences if self.comparison else []


def view(
    facts: CollectionFacts, context: Context, year: int, organ: str, drafts: Container[tuple[int, str]] = ()
) -> RollupView | Message:
    """Makes the roll-up asked for, or says why there is none; `drafts` are reports still being written, by year and
    organ."""
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
        return Message(
            f"“{organ}”在 organs.yaml 中没有下级机关：在下级机关的“上级”里写上它的编号",
            f"“{organ}” has no units in organs.yaml: name it under 上级 of its units",
        )
    there = facts_by_year(facts.reports).get(year, {})
    listed = units(context.organs, organ, year, there, context.excused, context.originals, drafts)
    has_own = organ in there and not there[organ].unfilled
    figures = facts.parents.get((year, organ)) if has_own else None
    form = context.forms[figures.form] if figures else None
    totals = facts.unit_totals.get((year, organ, figures.form)) if figures else None
    comparison = compare(figures, totals, form) if figures and totals and form and comparable(listed) else None
    return RollupView(
        year,
        context.organs[organ].named_in(year),
        has_own,
        listed,
        totals.units if totals else 0,
        comparison,
        figures.texts if figures else (),
    )
