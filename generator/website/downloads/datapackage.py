"""data/datapackage.json describes the collection's CSV files by the Data Package standard, version 2."""

from __future__ import annotations

import json
from collections.abc import Iterable

from generator.website.downloads.collection import cells_path, indicators_path
from generator.website.downloads.columns import Column, cell_columns, indicator_columns
from generator.website.downloads.dataset import Dataset
from generator.website.words import Words

_PROFILES = "https://datapackage.org/profiles/2.0"
_KEY_OF_CELL = ("year", "organ", "row_key", "column_key")
_KEY_OF_INDICATOR = ("year", "organ", "part", "name")


def datapackage(dataset: Dataset, years: Iterable[int], words: Words) -> bytes:
    """Write the description: for each year a resource of cells and one of indicators.

    A field's `name` is the head that stands in the file; `key`, which the standard does not know, is the column's name
    for programs."""
    resources: list[dict[str, object]] = []
    for year in sorted(set(years)):
        cells, indicators = cell_columns(words), indicator_columns(words)
        title = words("dataset.cells", year=year)
        resources.append(_resource(f"cells-{year}", cells_path(year), title, cells, _KEY_OF_CELL))
        title = words("dataset.indicators", year=year)
        path = indicators_path(year)
        resources.append(_resource(f"indicators-{year}", path, title, indicators, _KEY_OF_INDICATOR))
    package: dict[str, object] = {"$schema": f"{_PROFILES}/datapackage.json", "name": dataset.name}
    package |= {"title": dataset.title, "description": dataset.description, "version": dataset.version}
    if dataset.url:
        package["homepage"] = dataset.url
    if dataset.licence:
        package["licenses"] = [
            {"title": dataset.licence} | ({"path": dataset.licence_url} if dataset.licence_url else {})
        ]
    if dataset.publisher:
        package["contributors"] = [{"title": dataset.publisher, "roles": ["publisher"]}]
    return (json.dumps(package | {"resources": resources}, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(
    name: str, path: str, title: str, columns: tuple[Column, ...], primary_key: tuple[str, ...]
) -> dict[str, object]:
    heads = {column.key: column.head for column in columns}
    fields = [{"name": c.head, "key": c.key, "type": c.kind, "description": c.meaning} for c in columns]
    return {
        "name": name,
        "type": "table",
        "path": path.removeprefix("data/"),
        "title": title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"$schema": f"{_PROFILES}/tabledialect.json", "lineTerminator": "\r\n"},
        "schema": {
            "$schema": f"{_PROFILES}/tableschema.json",
            "fields": fields,
            "missingValues": [""],
            "primaryKey": [heads[key] for key in primary_key],
        },
    }
