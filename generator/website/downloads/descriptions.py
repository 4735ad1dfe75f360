"""The small files in data/ that describe the collection to programs."""

from __future__ import annotations

from collections.abc import Iterator, Set
from pathlib import Path

from generator.collection.settings import Settings
from generator.website.downloads.catalog import catalog_json
from generator.website.downloads.csvw import csvw
from generator.website.downloads.datapackage import datapackage
from generator.website.downloads.dataset import dataset_of
from generator.website.words import load_words

_SCHEMAS = Path(__file__).parent / "schemas"


def descriptions(settings: Settings, years: Set[int]) -> Iterator[tuple[str, bytes]]:
    """Yield (address, content) of each, in Chinese as the data files are; `years` are those with reports."""
    dataset, words = dataset_of(settings), load_words("zh")
    yield "data/datapackage.json", datapackage(dataset, years, words)
    yield "data/csv-metadata.json", csvw(dataset, years, words)
    yield "data/catalog.jsonld", catalog_json(dataset, years, words)
    for path in sorted(_SCHEMAS.glob("*.json")):
        yield f"data/schema/{path.name}", path.read_bytes()
