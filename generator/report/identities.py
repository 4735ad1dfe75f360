"""Finds what may have broken an identity: the cells whose change would satisfy every identity through them.

Works on the printed figures and the form's equations alone; nothing here changes a figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, cast

from generator.forms.model import Equation, Table
from generator.report.figure import Value
from generator.report.model import TableFigures

_ZERO = Decimal(0)


class Change(NamedTuple):
    """Gives the cell `slot` a new value."""

    slot: int
    value: Decimal


class Repair(NamedTuple):
    """Proposes to change one cell, or several of one row; `mends` identities that fail now would then hold.

    `slip`: the printed figure looks like a typing mistake (`is_slip`)."""

    changes: tuple[Change, ...]
    mends: int
    slip: bool


def total(values: Sequence[Value], indexes: tuple[int, ...]) -> Decimal | None:
    """Add up figures; None where one is blank or "/"."""
    try:
        return sum(cast("list[Decimal]", [values[index] for index in indexes]), _ZERO)
    except TypeError:  # checking each operand first would cost more than all sums
        return None


def holds(equation: Equation, values: Sequence[Value]) -> bool | None:
    """Check an identity; None where a figure it needs is blank or "/"."""
    left, right = total(values, equation.left), total(values, equation.right)
    if left is None or right is None:
        return None
    if equation.relation == "at_most":
        return left <= right
    if equation.relation == "not_negative":
        return left >= 0
    return left == right


@lru_cache(maxsize=64)
def _through(table: Table) -> tuple[tuple[Equation, ...], ...]:
    """Return for each slot the identities it takes part in."""
    by_slot: list[list[Equation]] = [[] for _ in table.slots]
    for equation in table.equations:
        for index in {*equation.left, *equation.right}:
            by_slot[index].append(equation)
    return tuple(map(tuple, by_slot))


def repairs(sheet: TableFigures, equation: Equation) -> list[Repair]:
    """Find the changes that mend a broken equality without breaking another identity, the likeliest first.

    The order is: most identities mended, then typing mistakes, then official order. A repair changes a single cell;
    where none works, several cells of one row."""
    if equation.relation != "equal":
        return []
    around = (*equation.right, *equation.left)
    candidates = [repair for index in around if (repair := _repair(sheet, [(equation, index)]))]
    if not candidates:
        candidates = [repair for index in around if (repair := _row_repair(sheet, equation, index))]
    return sorted(candidates, key=lambda repair: (-repair.mends, not repair.slip, repair.changes))


def _row_repair(sheet: TableFigures, equation: Equation, index: int) -> Repair | None:
    """Mend every failing identity of the same rule in the row of `index`."""
    row = sheet.table.slots[index].row
    pairs = []
    for other in sheet.table.by_rule[equation.rule]:
        if holds(other, sheet.values) is False:
            pairs += [(other, cell) for cell in (*other.right, *other.left) if sheet.table.slots[cell].row is row]
    return _repair(sheet, pairs) if len(pairs) > 1 else None


def _repair(sheet: TableFigures, pairs: Sequence[tuple[Equation, int]]) -> Repair | None:
    """Give each cell the value its equality needs; None where it cannot take it or another identity would fail."""
    changed = list(sheet.values)
    changes = []
    for equation, index in pairs:
        value = _needed(equation, sheet.values, index)
        if value is None or not _allowed(sheet, index, value):
            return None
        changed[index] = value
        changes.append(Change(index, value))
    through = {id(other): other for change in changes for other in _through(sheet.table)[change.slot]}.values()
    if any(holds(other, changed) is False for other in through):
        return None
    mends = sum(holds(other, sheet.values) is False for other in through)
    slip = all(is_slip(str(sheet.values[change.slot]), str(change.value)) for change in changes)
    return Repair(tuple(sorted(changes)), mends, slip)


def _needed(equation: Equation, values: Sequence[Value], index: int) -> Decimal | None:
    """Return the value a cell must have for the equality to hold, everything else unchanged."""
    rest = [number for number in equation.left if number != index]
    other = [number for number in equation.right if number != index]
    left, right = total(values, tuple(rest)), total(values, tuple(other))
    if left is None or right is None:
        return None
    return right - left if index in equation.left else left - right


def _allowed(sheet: TableFigures, index: int, value: Decimal) -> bool:
    column = sheet.table.slots[index].column
    return (column.signed or value >= 0) and (column.decimal or value == value.to_integral_value())


def is_slip(now: str, value: str) -> bool:
    """Tell whether one figure may be a typing mistake for another.

    That is one digit typed wrong, left out or added, or two neighbours swapped."""
    if len(now) == len(value):
        differ = [at for at in range(len(now)) if now[at] != value[at]]
        swapped = (
            len(differ) == 2
            and differ[1] == differ[0] + 1
            and now[differ[0]] == value[differ[1]]
            and now[differ[1]] == value[differ[0]]
        )
        return (len(differ) == 1 and len(now) > 1) or swapped
    short, long = sorted((now, value), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def implied(sheet: TableFigures, index: int) -> Decimal | None:
    """Derive the value of a blank cell from the identities through it; None where none applies, where they contradict,
    or where it would be less than 0: then another of their figures is wrong."""
    values = set(_implied(sheet, index))
    value = values.pop() if len(values) == 1 else None
    return value if value is None or value >= 0 else None


def _implied(sheet: TableFigures, index: int) -> Iterator[Decimal]:
    for equation in _through(sheet.table)[index]:
        if equation.relation == "equal":
            value = _needed(equation, sheet.values, index)
            if value is not None:
                yield value
