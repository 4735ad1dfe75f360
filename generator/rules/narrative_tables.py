"""What the tables say where the narrative speaks of them: sums by role, blanks left open, never read as 0."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from generator.finding import CellName, Place
from generator.forms import equivalents
from generator.forms.model import Form
from generator.narrative.numerals import plain
from generator.report.model import Report, TableFigures
from generator.wordlists.figure_patterns import Roles, shipped_patterns

_ZERO = Decimal(0)
CellAt = tuple[TableFigures, int]


class Extent(NamedTuple):
    """The least and the most a sum can be; `high` is None where a blank leaves it open. `parts` are the figures as
    printed, "" where blank."""

    low: Decimal
    high: Decimal | None
    parts: tuple[str, ...]
    cells: tuple[CellAt, ...]

    def allows(self, value: Decimal, at_most: bool) -> bool:
        return (at_most or self.low <= value) and (self.high is None or value <= self.high)

    @property
    def printed(self) -> str:
        """275, or 至少275（空白格未计）."""
        return plain(self.low)


def cell_of(report: Report, name: str) -> CellAt | None:
    table, index = report.form.by_name[name]
    return next(((sheet, index) for sheet in report.sheets if sheet.table.id == table), None)


def _least(sheet: TableFigures, index: int) -> tuple[Decimal, bool]:
    """What a cell is at least, and whether that is all: a blank total is what its row adds up to where that is full."""
    value = sheet.values[index]
    if isinstance(value, Decimal):
        return value, True
    slot = sheet.table.slots[index]
    if slot.column.key != sheet.table.total:
        return _ZERO, False
    first, length = sheet.table.row_ranges[slot.row.key]
    parts = [sheet.values[number] for number in range(first, first + length) if number != index]
    known = [part for part in parts if isinstance(part, Decimal)]
    return sum(known, _ZERO), len(known) == len(parts)


def extent(report: Report, roles: Iterable[str]) -> Extent | None:
    """The sum of all cells of some roles; None where the form has no such role or the table is missing."""
    low, open_ended = _ZERO, False
    parts: list[str] = []
    cells: list[CellAt] = []
    for role in roles:
        names = report.form.role(role)
        if not names:
            return None
        part = _ZERO
        for name in names:
            cell = cell_of(report, name)
            if cell is None:
                return None
            value, full = _least(*cell)
            open_ended = open_ended or not full
            part += value
            cells.append(cell)
        parts.append(plain(part))
        low += part
    return Extent(low, None if open_ended else low, tuple(parts), tuple(cells))


def exact(report: Report, roles: Iterable[str]) -> Decimal | None:
    """The sum where every cell is a figure, else None."""
    found = extent(report, roles)
    return None if found is None else found.high


def named(roles: Roles) -> tuple[str, str]:
    """What a sum is called, in both languages."""
    known = shipped_patterns().roles
    return "“" + " + ".join(known[role][0] for role in roles) + "”", "“" + " + ".join(
        known[role][1] for role in roles
    ) + "”"


def part_of(found: Extent, value: Decimal) -> str:
    """The row that alone has this value, "" where none has: what a wrong sum was most likely taken from."""
    names = (
        sheet.table.slots[index].name for sheet, index in found.cells if value and _least(sheet, index)[0] == value
    )
    return next(names, "")


def named_cells(cells: Iterable[CellAt]) -> tuple[CellName, ...]:
    return tuple(sheet.cell(index) for sheet, index in cells)


def places(report: Report, cells: Iterable[CellAt]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(report.place(sheet, index) for sheet, index in cells))


@lru_cache(maxsize=512)
def phrase(form: Form, roles: Roles) -> str:
    """How a placeholder writes this sum: names joined by +, a printed group by 合计."""
    terms: list[str] = []
    for role in roles:
        slots = form.role(role)
        label = _group_label(form, slots) if len(slots) > 1 else ""
        terms += [f"合计 {label}"] if label else slots
    return " + ".join(terms)


def _group_label(form: Form, slots: tuple[str, ...]) -> str:
    """`表三.不予公开` where the form prints exactly these rows under one label."""
    table_id, index = form.by_name[slots[0]]
    table = next(table for table in form.tables if table.id == table_id)
    for label in table.slots[index].row.path:
        name = f"{table.key}.{equivalents.unnumbered(label)}"
        if equivalents.group(form, name) == slots:
            return name
    return ""
