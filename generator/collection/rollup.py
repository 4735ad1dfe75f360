"""汇总: what the organs below one report, and how their sum compares with its own figures. Computed apart from both."""

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
    """Where a unit's report of the year is."""

    HERE = "here"
    EXCUSED = "excused"
    ORIGINAL = "original"  # on its original page only
    MISSING = "missing"


class UnitReport(NamedTuple):
    organ: Organ
    state: UnitStatus
    reason: str = ""


class Difference(NamedTuple):
    """A cell whose sum over the units is not the organ's own figure; amounts in 元 where the unit stands in the cell."""

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
    """The registered units of one organ that existed in the year, and where their reports are."""
    found = []
    for organ in organs.values():
        if organ.parent == parent and organ.valid_in(year):
            found.append(_unit(organ, year, there, excused, originals))
    return found


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


def complete(found: Sequence[UnitReport]) -> bool:
    """Every unit's report is here, or excused."""
    return all(unit.state in (UnitStatus.HERE, UnitStatus.EXCUSED) for unit in found)


def differences(own: ParentFigures, tally: UnitTotals, form: Form) -> Iterator[Difference]:
    """Cells that differ; nothing is said of cells that are blank anywhere, or that do not add up by their nature."""
    for index, slot in enumerate(slots_of(form)):
        value = own.value(index)
        if not slot.column.additive or value is None or index in tally.blank:
            continue
        if abs(value - tally.sums[index]) > _tolerance(slot, tally.units):
            yield Difference(index, slot, value, tally.sums[index])


def _tolerance(slot: FigureCell, number: int) -> Decimal:
    """What rounding to two decimals of 万元 may add up to."""
    if not slot.column.decimal:
        return Decimal(0)
    return Decimal("0.005") * number * (10_000 if slot.column.unit_in_cell else 1)


def plain(value: Decimal) -> str:
    """A sum as people write it: no exponent, no idle zeros."""
    return f"{value.normalize():f}" if value else "0"


class RollupView(NamedTuple):
    """`summed` is the number of reports added up; `found` is empty where nothing differs or nothing can be said;
    `texts` are the organ's own figures as printed, by slot."""

    year: int
    organ: Organ
    has_own: bool
    units: list[UnitReport]
    summed: int
    found: list[Difference]
    texts: tuple[str, ...]


def view(gathered: CollectionFacts, context: Context, year: int, organ: str) -> RollupView | Message:
    """The roll-up asked for, or why there is none."""
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
    there = facts_by_year(gathered.reports).get(year, {})
    found = units(context.organs, organ, year, there, context.excused, context.originals)
    own = gathered.parents.get((year, organ))
    form = context.forms[own.form] if own else None
    tally = gathered.unit_totals.get((year, organ, own.form)) if own else None
    known = bool(own and tally and complete(found))
    return RollupView(
        year,
        context.organs[organ],
        own is not None,
        found,
        tally.units if tally else 0,
        list(differences(own, tally, form)) if own and tally and form and known else [],
        own.texts if own else (),
    )
