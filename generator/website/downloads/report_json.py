"""report.json holds one report as data, schema `nianbao.report/1`: `schemas/report-1.json` describes it.

The schema is frozen: members may be added to it, none goes or changes its meaning under this number."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from generator.collection.settings import Organ
from generator.collection.summary import indicator_lines
from generator.forms.model import Table
from generator.narrative.html import NarrativeHtml
from generator.report.entry import LoadedReport
from generator.report.model import Correction, Report, address, machine
from generator.website.downloads.materials import NOTHING, Materials
from generator.website.words import Words

SCHEMA = "nianbao.report/1"


_dumps = json.JSONEncoder(ensure_ascii=False).encode


@lru_cache(maxsize=64)
def _skeleton(table: Table, absent: frozenset[str]) -> str:
    """Writes a table as JSON without its absent rows, with a %s where each cell's value, text and unit go."""
    cells = []
    for slot, key in zip(table.slots, table.keys, strict=True):
        if slot.row.key in absent:
            continue
        cell = address(table, slot)
        keys = f'"row_key":{_dumps(key.row)},"column_key":{_dumps(key.column)}'
        added = '"added":true,' if slot.row.added else ""
        lead = f'{{{keys},"row":{_dumps(list(cell.row))},"column":{_dumps(list(cell.column))},{added}"value":'
        cells.append(lead.replace("%", "%%") + "%s")
    head = f'{{"id":{_dumps(table.id)},"caption":{_dumps(table.caption)},"cells":['
    return head.replace("%", "%%") + ",".join(cells) + "]}"


@lru_cache(maxsize=1024)
def _tail(text: str, unit: str) -> str:
    number = machine(text, unit) or ('"/"' if text else "null")
    return f'{number},"text":{_dumps(text)},"unit":{_dumps(unit) if unit else "null"}}}'


def report_json(entry: LoadedReport, organ_name: str, publisher: str) -> bytes:
    """Writes all of a report as JSON.

    `published` and `publisher` are null where unknown. `indicators` are figures that only the narrative gives, those
    stated in section 六 included; `free_tables` are the narrative's own tables (`section` counts from 1); `added` marks
    cells of rows beyond the form; `corrections` are there where published figures were corrected."""
    head = {**_identity(entry.report, organ_name, publisher), **_narrative(entry.report, entry.prose)}
    sheets = entry.report.sheets
    tables = ",".join(_skeleton(sheet.table, sheet.absent) % tuple(map(_tail, *sheet.printed)) for sheet in sheets)
    return (_dumps(head)[:-1] + ', "tables":[' + tables + "]}\n").encode()


def _identity(report: Report, organ_name: str, publisher: str) -> Mapping[str, object]:
    return {
        "schema": SCHEMA,
        "year": report.year,
        "organ": {"id": report.organ, "name": organ_name},
        "format": report.form.id,
        "title": report.title,
        "published": report.published or None,
        "publisher": publisher or None,
        **({"corrections": [_correction(item) for item in report.corrections]} if report.corrections else {}),
    }


def _correction(item: Correction) -> Mapping[str, str]:
    return {
        "date": item.date,
        "name": item.name,
        "old": item.old,
        "new": item.new,
        "reason": item.reason,
        "approved_by": item.approver,
    }


def _number(text: str) -> float:
    """Return a whole number as one."""
    value = Decimal(text)
    return float(value) if value % 1 else int(value)


def _narrative(report: Report, prose: NarrativeHtml) -> Mapping[str, object]:
    return {
        "preface": prose.preface,
        "sections": [{"title": section.title, "html": section.html} for section in prose.sections],
        "indicators": [
            {
                "key": i.key or None,
                "name": i.name,
                "value": _number(i.value),
                "text": i.text,
                "unit": i.unit,
                "section": i.section,
                "approximate": i.approximate,
            }
            for i in indicator_lines(report)
        ],
        "free_tables": [
            {
                "section": table.section,
                "caption": table.caption or None,
                "head": list(table.head),
                "body": [list(row) for row in table.body],
            }
            for table in prose.tables
        ],
    }


class ReportJson:
    """The whole report as data."""

    file, kind, extra = "report.json", "JSON", ""
    modules: tuple[str, ...] = ()

    def label(self, words: Words) -> str:
        return words("report.full_text")

    def data(self, entry: LoadedReport, organ: Organ, words: Words, materials: Materials = NOTHING) -> bytes:
        return report_json(entry, organ.name, entry.report.meta.get("发布机构", ""))
