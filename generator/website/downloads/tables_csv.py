"""tables.csv: every cell of one report, one row a cell; and the same rows for the whole collection."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from generator.collection.summary import IndicatorLine
from generator.forms.model import Table
from generator.report.model import Report, address, machine

_END = "\r\n"
HEADER = ("表", "行", "列", "数值", "原表文字", "单位")
COLLECTION_HEADER = ("year", "organ", "organ_name", "format", "table", "row", "column", "value", "text", "unit")
INDICATOR_HEADER = ("year", "organ", "organ_name", "section", "name", "value", "text", "unit", "approximate")


def line(fields: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator=_END).writerow([guard(field) for field in fields])
    return out.getvalue()


# what a spreadsheet may take for the start of a formula; some read the full-width forms as well
_FORMULA = frozenset("=+@\t\r\n＝＋－＠")


def guard(field: str) -> str:
    """Keep spreadsheets from running a text as a formula; numbers, also negative ones, pass."""
    if field[:1] in _FORMULA or (field[:1] == "-" and not _is_number(field) and field != "-"):
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
    """The table's lines, but for absent rows, with a %s where value, text and unit go."""
    lines = []
    for slot in table.slots:
        if slot.row.key in absent:
            continue
        cell = address(table, slot)
        lines.append(
            line((table.key, "/".join(cell.row), "/".join(cell.column))).replace("%", "%%").rstrip(_END) + ",%s"
        )
    return "".join(lines)


@lru_cache(maxsize=1024)
def _tail(text: str, unit: str) -> str:
    number = machine(text, unit)
    return line((number, text, unit if number else ""))


def rows(report: Report) -> str:
    """One CSV line a cell, in official order."""
    return "".join(_skeleton(sheet.table, sheet.absent) % tuple(map(_tail, *sheet.printed)) for sheet in report.sheets)


def tables_csv(lines: str) -> bytes:
    return ("\ufeff" + line(HEADER) + lines).encode()


def collection_rows(report: Report, organ_name: str, lines: str) -> bytes:
    """The report's rows for data/reports.csv: the same, each led by year, organ and format."""
    lead = line((str(report.year), report.organ, organ_name, report.form.id)).rstrip(_END) + ","
    # no figure holds a line break, so every one of them ends a row
    return (lead + lines.removesuffix(_END).replace(_END, _END + lead) + _END).encode() if lines else b""


def indicator_rows(year: int, organ: str, organ_name: str, items: Sequence[IndicatorLine]) -> str:
    return "".join(
        line(
            (
                str(year),
                organ,
                organ_name,
                i.section,
                i.name,
                i.value,
                i.text,
                i.unit,
                "true" if i.approximate else "false",
            )
        )
        for i in items
    )
