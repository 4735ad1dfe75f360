"""The collection as catalogues list it: nothing is assumed that site.yaml does not say."""

from __future__ import annotations

from dataclasses import replace

from generator.website.downloads.dataset import dataset_of
from tests.example import SETTINGS


def test_title_publisher_and_address_are_those_of_the_section() -> None:
    dataset = dataset_of(replace(SETTINGS, base_url="https://www.example.gov.cn/nianbao/"))
    assert (dataset.title, dataset.publisher) == ("示例区人民政府政府信息公开年报", "示例区人民政府")
    assert dataset.url == "https://www.example.gov.cn/nianbao/" and dataset.version.count(".") == 2


def test_a_licence_is_only_what_the_office_states() -> None:
    assert (dataset_of(SETTINGS).licence, dataset_of(SETTINGS).licence_url) == ("", "")
    licence = {"名称": "示例许可", "网址": "https://www.example.gov.cn/xuke"}
    dataset = dataset_of(replace(SETTINGS, licence=licence))
    assert (dataset.licence, dataset.licence_url) == ("示例许可", "https://www.example.gov.cn/xuke")
