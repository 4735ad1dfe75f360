"""Figures carried over from last year's report: its 结转下年度 becomes this year's 上年结转, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from generator.collection.settings import Organ
from generator.forms.model import Form
from generator.report.model import Report


def sources(organ: Organ, organs: Sequence[Organ], year: int) -> tuple[str, ...]:
    """Return whose reports of the year before count: its own, and of organs it took over if they existed then."""
    known = {item.id: item for item in organs}
    before = [name for name in organ.before if name in known and known[name].valid_in(year - 1)]
    return (*before, *((organ.id,) if organ.valid_in(year - 1) or not before else ()))


def carried(form: Form, reports: Sequence[Report]) -> dict[str, str]:
    """Sum the figures to carry over, by slot name as content takes them; a cell blank in any report is left out."""
    sums = {}
    columns = [dict(_carried_out(report)) for report in reports]
    for table_id, key in form.row_roles.get("carried_in", ()) if columns else ():
        table = next(table for table in form.tables if table.id == table_id)
        for slot in table.slots:
            values = [figures.get(slot.column.key) for figures in columns] if slot.row.key == key else [None]
            numbers = [value for value in values if value is not None]
            if len(numbers) == len(values):
                sums[slot.name] = str(sum(numbers, Decimal(0)))
    return sums


def _carried_out(report: Report) -> Iterator[tuple[str, Decimal]]:
    """List column and figure of the rows that go on next year; blanks and "/" are left out."""
    rows = report.form.row_roles.get("carried_out", ())
    for sheet in report.sheets:
        for slot, value in zip(sheet.table.slots, sheet.values, strict=True):
            if (sheet.table.id, slot.row.key) in rows and isinstance(value, Decimal):
                yield slot.column.key, value


def contact(report: Report | None) -> Mapping[str, str]:
    """Return last year's contact details as printed, by key (联系.电话), without blanks."""
    typed = report.typed if report else {}
    return {key: item.text for key, item in typed.items() if key.startswith("联系.") and item.text}
