"""The description of the data files by CSV on the Web; an independent reader reads the files with it in test_run."""

from __future__ import annotations

import json

from generator.website.downloads.csvw import csvw
from generator.website.downloads.dataset import dataset_of
from generator.website.words import load_words
from tests.example import SETTINGS


def test_columns_are_named_for_programs_and_titled_as_in_the_file_without_a_language() -> None:
    group = json.loads(csvw(dataset_of(SETTINGS), [2020], load_words()))
    cells, indicators = group["tables"]
    assert (cells["url"], indicators["url"]) == ("2020.csv", "2020-indicators.csv")
    columns = cells["tableSchema"]["columns"]
    assert [(c["name"], c["titles"], c["datatype"]) for c in columns][:2] == [
        ("year", "年度", "integer"),
        ("organ", "机关编号", "string"),
    ]
    kinds = {c["name"]: c["datatype"] for c in (*columns, *indicators["tableSchema"]["columns"])}
    assert kinds["value"] == "decimal", "a number of CSV on the Web is a double: 999999999999999999 becomes 1e18"
    assert group["@context"] == "http://www.w3.org/ns/csvw" and all(isinstance(c["titles"], str) for c in columns)
