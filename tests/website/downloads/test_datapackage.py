"""The description of the data files as a Data Package: field by field what the files hold."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from generator.website.downloads.columns import cell_columns, heads, indicator_columns
from generator.website.downloads.datapackage import datapackage
from generator.website.downloads.dataset import dataset_of
from generator.website.words import load_words
from tests.example import SETTINGS

WORDS = load_words()


def package(years: list[int], **settings: Any) -> Any:
    return json.loads(datapackage(dataset_of(replace(SETTINGS, **settings)), years, WORDS))


def test_every_year_has_its_two_files_with_every_column_in_order() -> None:
    resources = package([2021, 2020])["resources"]
    assert [item["path"] for item in resources] == [
        f"{year}{kind}.csv" for year in (2020, 2021) for kind in ("", "-indicators")
    ]
    for resource, columns in zip(resources, (cell_columns(WORDS), indicator_columns(WORDS)) * 2, strict=True):
        fields = resource["schema"]["fields"]
        assert tuple(field["name"] for field in fields) == heads(columns)
        assert [field["key"] for field in fields] == [column.key for column in columns]
        assert set(resource["schema"]["primaryKey"]) < set(heads(columns))


def test_it_is_version_two_with_publisher_and_licence_where_stated() -> None:
    plain = package([])
    assert plain["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert plain["contributors"] == [{"title": "示例区人民政府", "roles": ["publisher"]}]
    assert "licenses" not in plain and "homepage" not in plain
    stated = package([], licence={"名称": "示例许可", "网址": "https://www.example.gov.cn/x"}, base_url="https://a.cn/")
    assert stated["licenses"] == [{"title": "示例许可", "path": "https://www.example.gov.cn/x"}]
    assert stated["homepage"] == "https://a.cn/"
