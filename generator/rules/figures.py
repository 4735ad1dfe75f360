"""Figures by role: rules never name a row or a column, the form says which cells play which part."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from generator.finding import Finding, Level, Message
from generator.forms.model import Form, Picked, picked
from generator.report.entry import LoadedReport
from generator.report.figure import Value
from generator.report.model import Report, TableFigures
from generator.rules.rule import at_cell

_ZERO = Decimal(0)


class ReportCell(NamedTuple):
    """One cell of a report."""

    sheet: TableFigures
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


def _sheet(report: Report, table: str) -> TableFigures | None:
    for sheet in report.sheets:
        if sheet.table.id == table:
            return sheet
    return None


def spots(report: Report, role: str) -> tuple[ReportCell, ...]:
    """The cells of a role (of a row: its total) in the order the form lists them; none where it has none."""
    found = ((_sheet(report, table), index) for table, index in _addresses(report.form, role))
    return tuple(ReportCell(sheet, index) for sheet, index in found if sheet is not None)


def row_spots(report: Report, role: str) -> tuple[ReportCell, ...]:
    """All cells of the rows that play a role."""
    found = ((_sheet(report, table), first, length) for table, first, length in _rows(report.form, role))
    return tuple(
        ReportCell(sheet, index) for sheet, first, length in found if sheet for index in range(first, first + length)
    )


@lru_cache(maxsize=1024)
def _picked_rows(form: Form, role: str) -> tuple[tuple[str, Picked], ...]:
    """By table: what takes the cells of `row_spots` out of its values."""
    found: dict[str, list[int]] = {}
    for table, first, length in _rows(form, role):
        found.setdefault(table, []).extend(range(first, first + length))
    return tuple((table, picked(indexes)) for table, indexes in found.items())


def row_values(report: Report, role: str) -> tuple[Value, ...]:
    """What stands in the cells of `row_spots`, in the same order. A rule that looks at every cell starts from these:
    most cells need no word, and a spot for each of them costs more than all else the rule does."""
    values: tuple[Value, ...] = ()
    for table, pick in _picked_rows(report.form, role):
        sheet = _sheet(report, table)
        if sheet is not None:
            values += pick(sheet.values)
    return values


@lru_cache(maxsize=1024)
def _picked(form: Form, role: str) -> tuple[str, Picked] | None:
    addresses = _addresses(form, role)
    return (addresses[0][0], picked([index for _, index in addresses])) if addresses else None


def values(report: Report, role: str) -> tuple[Value, ...]:
    """What stands in the cells of `spots`; none where the form or the report has none."""
    found = _picked(report.form, role)
    sheet = _sheet(report, found[0]) if found else None
    return found[1](sheet.values) if found and sheet else ()


def figure(report: Report, role: str) -> Decimal | None:
    """The sum of a role's cells; None where the form has none, or one is blank or "/": then nothing can be said."""
    sums = report.sums
    if role not in sums:
        sums[role] = _sum(report, role)
    return sums[role]


def _sum(report: Report, role: str) -> Decimal | None:
    picked_out = _picked(report.form, role)
    if picked_out is not None:
        for sheet in report.sheets:
            if sheet.table.id == picked_out[0]:
                try:
                    return sum(picked_out[1](sheet.values), _ZERO)
                except TypeError:  # a blank does not add up
                    return None
    return None


def at_spot(
    entry: LoadedReport, spot: ReportCell, rule: str, level: Level, message: Message, values: str = ""
) -> Finding:
    return at_cell(entry, spot.sheet, spot.slot, rule, level, message, values)
