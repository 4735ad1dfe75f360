"""site.yaml and organs.yaml: what is read."""

from __future__ import annotations

import pytest

from generator.collection.settings import Organ, Settings, read_settings
from generator.yaml_source.reader import read
from tests.example import ORGANS, SETTINGS, SITE


def settings(site: str) -> Settings:
    return read_settings(read(site.encode(), "site.yaml")[0], read(ORGANS.encode(), "organs.yaml")[0])


def test_the_example_is_read_whole() -> None:
    assert [organ.id for organ in SETTINGS.organs] == ["shili", "jiaju", "yizhen"]
    assert SETTINGS.organ("jiaju") == Organ("jiaju", "示例区甲局", "甲局", "部门", "shili", "", "", "", (), 3)
    assert SETTINGS.organ("nobody") is None
    assert [(item.year, item.organ, item.reason) for item in SETTINGS.excuses] == [
        (2021, "yizhen", "示例：当年没有报告")
    ]
    assert [(link.label, link.current) for link in SETTINGS.nav] == [("政府信息公开年报", True)]


@pytest.mark.parametrize(("url", "base"), [("http://a.gov.cn/x", "http://a.gov.cn/x/"), ("~", "")])
def test_the_address_of_the_section_ends_in_a_slash(url: str, base: str) -> None:
    assert settings(SITE + f"网址: {url}\n").base_url == base


@pytest.mark.parametrize(
    "site", ["[]", "甲", "导航: 甲\n联系: []\n原页面: {}\n", "导航: [甲, [乙]]\n规则级别: [错误]\n"]
)
def test_misshapen_settings_are_read_as_empty(site: str) -> None:
    read_in = settings(site)
    assert (read_in.nav, read_in.legacy, read_in.contact, read_in.levels) == ((), (), {}, {})


@pytest.mark.parametrize(
    ("since", "until", "year", "valid"),
    [("", "", 2020, True), ("2019", "", 2018, False), ("2019", "2020", 2020, True), ("", "2019", 2020, False)],
)
def test_an_organ_exists_from_its_first_to_its_last_year(since: str, until: str, year: int, valid: bool) -> None:
    assert Organ("a", "甲", "甲", "", "", "", since, until).valid_in(year) is valid


@pytest.mark.parametrize(
    ("year", "name"), [(2010, "甲局"), (2012, "甲局"), (2013, "乙局"), (2018, "乙局"), (2019, "丙局"), (2030, "丙局")]
)
def test_an_organ_that_was_renamed_goes_by_the_name_of_the_year(year: int, name: str) -> None:
    text = "机关:\n  - {编号: a, 名称: 丙局, 简称: 丙, 曾用名: {乙局: 2018, 甲局: 2012}}\n"
    (organ,) = read_settings(None, read(text.encode(), "organs.yaml")[0]).organs
    named = organ.named_in(year)
    assert (named.name, named.short, named.id) == (name, "丙" if name == "丙局" else name, "a")
