"""What last year hands over to this: applications carried out there are carried in here, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from generator.collection.settings import Organ
from generator.forms.model import Form
from generator.report.model import Report


def sources(organ: Organ, organs: Sequence[Organ], year: int) -> tuple[str, ...]:
    """Whose reports of the year before count: its own, and those of the organs it took over that still existed then."""
    known = {item.id: item for item in organs}
    before = [name for name in organ.before if name in known and known[name].valid_in(year - 1)]
    return (*before, *((organ.id,) if organ.valid_in(year - 1) or not before else ()))


def carried(form: Form, reports: Sequence[Report]) -> dict[str, str]:
    """Slot name → figure as content takes it, summed over the reports; a cell blank in any of them is left out."""
    found = {}
    given = [dict(_carried_out(report)) for report in reports]
    for table_id, key in form.row_roles.get("carried_in", ()) if given else ():
        table = next(table for table in form.tables if table.id == table_id)
        for slot in table.slots:
            values = [figures.get(slot.column.key) for figures in given] if slot.row.key == key else [None]
            numbers = [value for value in values if value is not None]
            if len(numbers) == len(values):
                found[slot.name] = str(sum(numbers, Decimal(0)))
    return found


def _carried_out(report: Report) -> Iterator[tuple[str, Decimal]]:
    """Column → figure of the rows that go on next year."""
    rows = report.form.row_roles.get("carried_out", ())
    for sheet in report.sheets:
        for slot, value in zip(sheet.table.slots, sheet.values, strict=True):
            if (sheet.table.id, slot.row.key) in rows and isinstance(value, Decimal):
                yield slot.column.key, value


def contact(report: Report | None) -> Mapping[str, str]:
    """How the authors could be reached last year: 联系.电话 → as printed."""
    said = report.typed if report else {}
    return {key: item.text for key, item in said.items() if key.startswith("联系.") and item.text}
