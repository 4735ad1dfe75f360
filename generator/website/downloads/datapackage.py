"""data/datapackage.json describes the collection's CSV files (Frictionless Data Package)."""

from __future__ import annotations

import json

from generator.website.words import Words

_Field = tuple[str, str, str]


def datapackage(name: str, title: str, words: Words) -> bytes:
    """Writes the description of data/reports.csv and data/indicators.csv: fields, types and what they mean."""
    resources = [_resource("reports", _cells(words)), _resource("indicators", _indicators(words))]
    package = {"profile": "tabular-data-package", "name": name, "title": title, "resources": resources}
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def _report(words: Words) -> tuple[_Field, ...]:
    """The fields that say which report a row belongs to."""
    return (
        ("year", "integer", words("data.year")),
        ("organ", "string", words("data.organ")),
        ("organ_name", "string", words("data.organ_name")),
    )


def _cells(words: Words) -> tuple[_Field, ...]:
    return (
        *_report(words),
        ("format", "string", words("data.format")),
        ("table", "string", words("data.table")),
        ("row", "string", words("data.row_path")),
        ("column", "string", words("data.column_path")),
        ("value", "number", words("data.value_or_none")),
        ("text", "string", words("data.text_or_blank")),
        ("unit", "string", words("data.unit")),
    )


def _indicators(words: Words) -> tuple[_Field, ...]:
    return (
        *_report(words),
        ("section", "string", words("data.part")),
        ("name", "string", words("data.indicator")),
        ("value", "number", words("data.value")),
        ("text", "string", words("data.printed_number")),
        ("unit", "string", words("data.unit")),
        ("approximate", "boolean", words("data.approximate")),
    )


def _resource(name: str, fields: tuple[_Field, ...]) -> dict[str, object]:
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\r\n"},
        "schema": {
            "fields": [{"name": field, "type": kind, "title": title} for field, kind, title in fields],
            "missingValues": [""],
        },
    }
