"""Adds up the figures of the tables that the narrative speaks of: sums by role, blanks left open, never read as 0."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from generator.finding import Finding
from generator.forms import equivalents
from generator.forms.model import Form
from generator.narrative.numerals import plain
from generator.report.model import Report, TableFigures
from generator.wordlists.figure_patterns import Roles, shipped_patterns

_ZERO = Decimal(0)
CellAt = tuple[TableFigures, int]


class Extent(NamedTuple):
    """Holds the least and the most a sum can be; `high` is None where a blank leaves it open. `parts` are the sums of
    its roles as printed."""

    low: Decimal
    high: Decimal | None
    parts: tuple[str, ...]
    cells: tuple[CellAt, ...]

    def allows(self, value: Decimal, at_most: bool) -> bool:
        return (at_most or self.low <= value) and (self.high is None or value <= self.high)

    @property
    def printed(self) -> str:
        """Prints the sum; where a blank leaves it open, what it is at least."""
        return plain(self.low)


def cell_of(report: Report, name: str) -> CellAt | None:
    table, index = report.form.by_name[name]
    return next(((sheet, index) for sheet in report.sheets if sheet.table.id == table), None)


def _least(sheet: TableFigures, index: int) -> tuple[Decimal, bool]:
    """Returns what a cell is at least, and whether that is all: a blank total is the sum of its row where that is
    full."""
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
    """Adds up all cells of some roles; None where the form has no such role or the table is missing."""
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
    """Returns the sum where every cell is a figure, else None."""
    total = extent(report, roles)
    return None if total is None else total.high


def named(roles: Roles) -> tuple[str, str]:
    """Names a sum in both languages, in quotes."""
    names = [shipped_patterns().roles[role] for role in roles]
    return f"“{' + '.join(zh for zh, _ in names)}”", f"“{' + '.join(en for _, en in names)}”"


def part_of(total: Extent, value: Decimal) -> str:
    """Names the cell that alone has this value, "" where none has: the most likely source of a wrong sum."""
    names = (
        sheet.table.slots[index].name for sheet, index in total.cells if value and _least(sheet, index)[0] == value
    )
    return next(names, "")


def with_cells(finding: Finding, report: Report, cells: Sequence[CellAt]) -> Finding:
    """Adds the cells that a finding rests on, and their places."""
    names = tuple(sheet.cell(index) for sheet, index in cells)
    places = dict.fromkeys(report.place(sheet, index) for sheet, index in cells)
    return replace(finding, cells=names, related=tuple(places))


@lru_cache(maxsize=512)
def phrase(form: Form, roles: Roles) -> str:
    """Writes a sum as a placeholder does: names joined by +, a printed group by 合计."""
    terms: list[str] = []
    for role in roles:
        slots = form.role(role)
        label = _group_label(form, slots) if len(slots) > 1 else ""
        terms += [f"合计 {label}"] if label else slots
    return " + ".join(terms)


def _group_label(form: Form, slots: tuple[str, ...]) -> str:
    """Returns `表三.不予公开` where the form prints exactly these rows under one label, else ""."""
    table_id, index = form.by_name[slots[0]]
    table = next(table for table in form.tables if table.id == table_id)
    for label in table.slots[index].row.path:
        name = f"{table.key}.{equivalents.unnumbered(label)}"
        if equivalents.group(form, name) == slots:
            return name
    return ""
