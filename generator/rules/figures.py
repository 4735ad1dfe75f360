"""Figures by role: rules never name a row or a column, the form says which cells play which part."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from generator.diagnostic import Finding, Level, Text
from generator.format import Form
from generator.library import Entry
from generator.repair import total
from generator.report import Report, Sheet, Value
from generator.rules.rule import at_cell


class Spot(NamedTuple):
    """One cell of a report."""

    sheet: Sheet
    slot: int

    @property
    def value(self) -> Value:
        return self.sheet.values[self.slot]

    @property
    def text(self) -> str:
        return self.sheet.texts[self.slot]

    @property
    def name(self) -> str:
        return self.sheet.table.slots[self.slot].name


@lru_cache(maxsize=1024)
def _addresses(form: Form, role: str) -> tuple[tuple[str, int], ...]:
    return tuple(form.by_name[name] for name in form.role(role))


@lru_cache(maxsize=1024)
def _rows(form: Form, role: str) -> tuple[tuple[str, int, int], ...]:
    """(table id, first slot, number of cells) of the rows that play a role."""
    ranges = {table.id: table.row_ranges for table in form.tables}
    return tuple((table, *ranges[table][row]) for table, row in form.row_roles.get(role, ()))


def _sheet(report: Report, table: str) -> Sheet | None:
    for sheet in report.sheets:
        if sheet.table.id == table:
            return sheet
    return None


def spots(report: Report, role: str) -> tuple[Spot, ...]:
    """The cells of a role (of a row: its total) in the order the form lists them; none where it has none."""
    found = ((_sheet(report, table), index) for table, index in _addresses(report.form, role))
    return tuple(Spot(sheet, index) for sheet, index in found if sheet is not None)


def row_spots(report: Report, role: str) -> tuple[Spot, ...]:
    """All cells of the rows that play a role."""
    found = ((_sheet(report, table), first, length) for table, first, length in _rows(report.form, role))
    return tuple(Spot(sheet, index) for sheet, first, length in found if sheet for index in range(first, first + length))


def figure(report: Report, role: str) -> Decimal | None:
    """The sum of a role's cells; None where the form has none, or one is blank or "/": then nothing can be said."""
    addresses = _addresses(report.form, role)
    if not addresses:
        return None
    sheet = _sheet(report, addresses[0][0])
    return total(sheet.values, tuple(index for _, index in addresses)) if sheet else None


def at_spot(entry: Entry, spot: Spot, rule: str, level: Level, message: Text, values: str = "") -> Finding:
    return at_cell(entry, spot.sheet, spot.slot, rule, level, message, values)
