"""Looks up figures by role: rules never name a row or a column, the form says which cells play which part."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from generator.finding import Finding, Level, Message, Place
from generator.forms.model import Form, Picked, picked
from generator.report.entry import LoadedReport
from generator.report.figure import Value
from generator.report.model import Report, TableFigures
from generator.rules.rule import at_cell

_ZERO = Decimal(0)


class ReportCell(NamedTuple):
    """Names one cell of a report."""

    sheet: TableFigures
    slot: int

    @property
    def value(self) -> Value:
        return self.sheet.values[self.slot]

    @property
    def number(self) -> Decimal | None:
        """The value where it is a figure: neither blank nor "/"."""
        return self.value if isinstance(self.value, Decimal) else None

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
    """Returns (table id, first slot, number of cells) of the rows that play a role."""
    ranges = {table.id: table.row_ranges for table in form.tables}
    return tuple((table, *ranges[table][row]) for table, row in form.row_roles.get(role, ()))


def _sheet(report: Report, table: str) -> TableFigures | None:
    for sheet in report.sheets:
        if sheet.table.id == table:
            return sheet
    return None


def spots(report: Report, role: str) -> tuple[ReportCell, ...]:
    """Returns the cells of a role (of a row: its total) in the order the form lists them; none where it has none."""
    places = ((_sheet(report, table), index) for table, index in _addresses(report.form, role))
    return tuple(ReportCell(sheet, index) for sheet, index in places if sheet is not None)


def row_spots(report: Report, role: str) -> tuple[ReportCell, ...]:
    """Returns all cells of the rows that play a role."""
    rows = ((_sheet(report, table), first, length) for table, first, length in _rows(report.form, role))
    return tuple(
        ReportCell(sheet, index) for sheet, first, length in rows if sheet for index in range(first, first + length)
    )


@lru_cache(maxsize=1024)
def _picked_rows(form: Form, role: str) -> tuple[tuple[str, Picked], ...]:
    """Returns, by table, what takes the cells of `row_spots` out of its values."""
    by_table: dict[str, list[int]] = {}
    for table, first, length in _rows(form, role):
        by_table.setdefault(table, []).extend(range(first, first + length))
    return tuple((table, picked(indexes)) for table, indexes in by_table.items())


def row_values(report: Report, role: str) -> tuple[Value, ...]:
    """Returns the values of the cells of `row_spots`, in the same order. A rule that looks at every cell starts from
    these: few cells end in a finding, and a spot for each of them costs more than all else the rule does."""
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
    """Returns the values of the cells of `spots`; none where the form or the report has none."""
    table_and_pick = _picked(report.form, role)
    if table_and_pick is None:
        return ()
    table, pick = table_and_pick
    sheet = _sheet(report, table)
    return pick(sheet.values) if sheet else ()


def figure(report: Report, role: str) -> Decimal | None:
    """Returns the sum of a role's cells; None where the form has none, or one is blank or "/": then it is unknown."""
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
    """Makes a finding about a cell."""
    return at_cell(entry, spot.sheet, spot.slot, rule, level, message, values)


def place_of(report: Report, spot: ReportCell) -> Place:
    return report.place(spot.sheet, spot.slot)
