"""The collection for catalogues and search engines."""

from __future__ import annotations

import json
from dataclasses import replace

from generator.website.downloads.catalog import catalog_json
from generator.website.downloads.dataset import dataset_of
from generator.website.words import load_words
from tests.example import SETTINGS

ONLINE = dataset_of(replace(SETTINGS, base_url="https://www.example.gov.cn/nianbao/"))


def test_every_file_is_a_distribution_with_its_address() -> None:
    described = json.loads(catalog_json(ONLINE, [2021, 2020], load_words()))
    addresses = [part["contentUrl"] for part in described["distribution"]]
    assert addresses[0] == "https://www.example.gov.cn/nianbao/data/2020.csv" and len(addresses) == 5
    assert described["temporalCoverage"] == "2020/2021" and "license" not in described
    assert described["@type"] == ["Dataset", "dcat:Dataset"]


def test_addresses_are_relative_while_the_section_has_none() -> None:
    described = json.loads(catalog_json(dataset_of(SETTINGS), [], load_words()))
    (index,) = described["distribution"]
    assert index["contentUrl"] == "index.json" and "temporalCoverage" not in described
