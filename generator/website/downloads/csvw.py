"""data/csv-metadata.json describes the collection's CSV files by the W3C's CSV on the Web."""

from __future__ import annotations

import json
from collections.abc import Iterable

from generator.website.downloads.collection import cells_path, indicators_path
from generator.website.downloads.columns import Column, cell_columns, indicator_columns
from generator.website.downloads.dataset import Dataset
from generator.website.words import Words

# Its "number" is a double, which has 15 digits.
_TYPES = {"number": "decimal"}


def csvw(dataset: Dataset, years: Iterable[int], words: Words) -> bytes:
    """Write the description: a group of tables, two a year.

    Titles are plain texts: readers lose a column whose titles carry a language."""
    tables = []
    for year in sorted(set(years)):
        title = words("dataset.cells", year=year)
        tables.append(_table(cells_path(year), title, cell_columns(words)))
        title = words("dataset.indicators", year=year)
        tables.append(_table(indicators_path(year), title, indicator_columns(words)))
    group: dict[str, object] = {"@context": "http://www.w3.org/ns/csvw", "dc:title": dataset.title}
    if dataset.licence_url:
        group["dc:license"] = {"@id": dataset.licence_url}
    if dataset.publisher:
        group["dc:publisher"] = dataset.publisher
    return (json.dumps(group | {"tables": tables}, ensure_ascii=False, indent=1) + "\n").encode()


def _table(path: str, title: str, columns: tuple[Column, ...]) -> dict[str, object]:
    described = [
        {"name": c.key, "titles": c.head, "datatype": _TYPES.get(c.kind, c.kind), "dc:description": c.meaning}
        for c in columns
    ]
    return {"url": path.removeprefix("data/"), "dc:title": title, "tableSchema": {"columns": described}}
