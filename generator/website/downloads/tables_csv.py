"""tables.csv holds the statutory tables of one report, one row a cell; the files of a year hold the same rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from generator.collection.settings import Organ
from generator.collection.summary import ReportSummary
from generator.forms.model import Table
from generator.report.entry import LoadedReport, fact
from generator.report.model import address, machine
from generator.website.downloads.columns import heads, table_columns
from generator.website.downloads.materials import NOTHING, Materials
from generator.website.words import Words

_END = "\r\n"


def line(fields: Sequence[str]) -> str:
    """Writes one CSV line, safe to open in a spreadsheet."""
    out = io.StringIO()
    csv.writer(out, lineterminator=_END).writerow([guard(field) for field in fields])
    return out.getvalue()


# What a spreadsheet may take for the start of a formula; some read the full-width forms as well
_FORMULA = frozenset("=+@\t\r\n＝＋－＠")


def guard(field: str) -> str:
    """Keeps spreadsheets from running a text as a formula; numbers, also negative ones, pass. Blanks in front do not
    hide a formula from all of them."""
    first = field[:1]
    if first.isspace() and first not in _FORMULA:
        first = field.lstrip()[:1]
    if first in _FORMULA or (first == "-" and not _is_number(field) and field != "-"):
        return "'" + field
    return field


def _is_number(text: str) -> bool:
    try:
        Decimal(text)
    except ArithmeticError:
        return False
    return True


@lru_cache(maxsize=64)
def _skeleton(table: Table, absent: frozenset[str]) -> str:
    """Writes a table's lines without its absent rows, with a %s where value, text and unit go."""
    lines = []
    for slot, key in zip(table.slots, table.keys, strict=True):
        if slot.row.key in absent:
            continue
        cell = address(table, slot)
        labels, keys = line((table.key, "/".join(cell.row), "/".join(cell.column))), line(key)
        lines.append(f"{labels.rstrip(_END)},\0,{keys}".replace("%", "%%").replace("\0", "%s"))
    return "".join(lines)


@lru_cache(maxsize=1024)
def _tail(text: str, unit: str) -> str:
    number = machine(text, unit)
    return line((number, text, unit if number else "")).removesuffix(_END)


@fact
def rows(entry: LoadedReport) -> str:
    """Writes one CSV line a cell, in official order."""
    sheets = entry.report.sheets
    return "".join(_skeleton(sheet.table, sheet.absent) % tuple(map(_tail, *sheet.printed)) for sheet in sheets)


class TablesCsv:
    """The statutory tables, one row a cell."""

    file, kind, extra = "tables.csv", "CSV", ""
    modules: tuple[str, ...] = ()

    def label(self, words: Words) -> str:
        return words("report.tables")

    def data(self, entry: LoadedReport, organ: Organ, words: Words, materials: Materials = NOTHING) -> bytes:
        return _head(words) + rows(entry).encode()


@lru_cache(maxsize=8)
def _head(words: Words) -> bytes:
    return first_line(heads(table_columns(words)))


def first_line(names: Sequence[str]) -> bytes:
    """The first line of every CSV file, with the byte-order mark without which Chinese Excel garbles it."""
    return ("\ufeff" + line(names)).encode()


def _lead(year: int, organ_id: str, organ: Organ) -> tuple[str, ...]:
    """Write the fields that say which report a row belongs to, as `columns.report_columns` names them."""
    return (str(year), organ_id, organ.name, organ.level, organ.parent)


def cell_rows(entry: LoadedReport, organ: Organ) -> bytes:
    """Write a report's rows for the file of its year: those of tables.csv, each led by the report and its form."""
    report, lines = entry.report, rows(entry)
    lead = line((*_lead(report.year, report.organ, organ), report.form.id)).rstrip(_END) + ","
    # no figure holds a line break, so every one of them ends a row
    return (lead + lines.removesuffix(_END).replace(_END, _END + lead) + _END).encode() if lines else b""


def indicator_rows(summary: ReportSummary, organ: Organ) -> bytes:
    """Write a report's rows for the indicators of its year."""
    lead = _lead(summary.year, summary.organ, organ)
    lines = (
        line((*lead, i.key, i.section, i.name, i.value, i.text, i.unit, "true" if i.approximate else "false"))
        for i in summary.indicators
    )
    return "".join(lines).encode()
