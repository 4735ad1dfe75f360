"""The description of the data files: field by field what the files hold."""

from __future__ import annotations

import json
from typing import Any

from generator.website.downloads.datapackage import datapackage
from generator.website.downloads.tables_csv import COLLECTION_HEADER, INDICATOR_HEADER
from generator.website.words import Words, load_words

PACKAGE: dict[str, Any] = json.loads(datapackage("example", "示例年报", load_words()))
FIELDS = {resource["path"]: resource["schema"]["fields"] for resource in PACKAGE["resources"]}


def test_every_column_is_described_in_the_order_of_the_files() -> None:
    names = {path: tuple(field["name"] for field in fields) for path, fields in FIELDS.items()}
    assert names == {"reports.csv": COLLECTION_HEADER, "indicators.csv": INDICATOR_HEADER}


def test_every_field_has_a_type_and_says_what_it_means() -> None:
    types = {field["type"] for fields in FIELDS.values() for field in fields}
    assert types == {"integer", "string", "number", "boolean"}
    titles = [[field["title"] for field in fields] for fields in FIELDS.values()]
    assert all(len(set(row)) == len(row) and all(row) for row in titles)


def test_name_and_title_are_those_given_and_files_are_found_beside_it() -> None:
    assert (PACKAGE["name"], PACKAGE["title"], PACKAGE["profile"]) == ("example", "示例年报", "tabular-data-package")
    assert [resource["name"] for resource in PACKAGE["resources"]] == ["reports", "indicators"]


def test_meanings_are_in_the_language_of_the_words() -> None:
    echo = Words("en", {key: key for key in load_words().texts})
    fields = json.loads(datapackage("example", "", echo))["resources"][0]["schema"]["fields"]
    assert fields[0] == {"name": "year", "type": "integer", "title": "data.year"}
