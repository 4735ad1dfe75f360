"""data/catalog.jsonld describes the collection for catalogues and search engines: DCAT and schema.org in one file."""

from __future__ import annotations

import json
from collections.abc import Iterable

from generator.website.downloads.collection import INDEX, cells_path, indicators_path
from generator.website.downloads.dataset import Dataset
from generator.website.words import Words

_CONTEXT = {
    "@vocab": "https://schema.org/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}


def catalog(dataset: Dataset, years: Iterable[int], words: Words) -> dict[str, object]:
    """Describe the data set with every file as a distribution.

    Addresses are absolute where the section's own is known, otherwise relative to the folder data/."""
    given = sorted(set(years))
    parts: list[dict[str, object]] = []
    for year in given:
        parts.append(_file(dataset, cells_path(year), words("dataset.cells", year=year), "text/csv"))
        parts.append(_file(dataset, indicators_path(year), words("dataset.indicators", year=year), "text/csv"))
    parts.append(_file(dataset, INDEX, words("dataset.index"), "application/json"))
    described: dict[str, object] = {
        "@context": _CONTEXT,
        "@type": ["Dataset", "dcat:Dataset"],
        "@id": f"{dataset.url}data/" if dataset.url else "./",
        "name": dataset.title,
        "dct:title": dataset.title,
        "description": dataset.description,
        "dct:description": dataset.description,
        "inLanguage": "zh-CN",
        "version": dataset.version,
        "isAccessibleForFree": True,
    }
    if given:
        described["temporalCoverage"] = f"{given[0]}/{given[-1]}"
    if dataset.publisher:
        described["publisher"] = {"@type": ["GovernmentOrganization", "foaf:Agent"], "name": dataset.publisher}
    if dataset.licence_url or dataset.licence:
        described["license"] = dataset.licence_url or dataset.licence
    return described | {"distribution": parts}


def _file(dataset: Dataset, path: str, title: str, media_type: str) -> dict[str, object]:
    address = dataset.url + path if dataset.url else path.removeprefix("data/")
    return {
        "@type": ["DataDownload", "dcat:Distribution"],
        "name": title,
        "contentUrl": address,
        "encodingFormat": media_type,
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": media_type,
    }


def catalog_json(dataset: Dataset, years: Iterable[int], words: Words) -> bytes:
    """Write the description as a file."""
    return (json.dumps(catalog(dataset, years, words), ensure_ascii=False, indent=1) + "\n").encode()
