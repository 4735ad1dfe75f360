"""What describes the collection to programs: the files are there, and the schemas are schemas."""

from __future__ import annotations

import json

from jsonschema import Draft202012Validator

from generator.website.downloads.descriptions import descriptions
from tests.example import SETTINGS

MADE = dict(descriptions(SETTINGS, {2021}))


def test_each_file_is_there_and_is_json() -> None:
    assert list(MADE) == [
        "data/datapackage.json",
        "data/csv-metadata.json",
        "data/catalog.jsonld",
        "data/schema/index-1.json",
        "data/schema/report-1.json",
    ]
    assert all(json.loads(data) for data in MADE.values())


def test_schemas_are_valid_schemas() -> None:
    for path, data in MADE.items():
        if path.startswith("data/schema/"):
            Draft202012Validator.check_schema(json.loads(data))
