"""site.yaml and organs.yaml: what is read, and what is reported at its line."""

from __future__ import annotations

import pytest

from generator.collection.settings import Organ, Settings, check_settings, read_settings
from generator.yaml_source.reader import read
from tests.example import ORGANS, SETTINGS, SITE


def settings(site: str) -> Settings:
    return read_settings(read(site.encode(), "site.yaml")[0], read(ORGANS.encode(), "organs.yaml")[0])


def slips(site: str) -> list[tuple[str, int, str]]:
    node, _ = read(site.encode(), "site.yaml")
    return [(f.rule, f.place.line, f.subject) for f in check_settings(settings(site), node, "site.yaml")]


def test_the_example_is_read_whole() -> None:
    assert [organ.id for organ in SETTINGS.organs] == ["shili", "jiaju", "yizhen"]
    assert SETTINGS.organ("jiaju") == Organ("jiaju", "示例区甲局", "甲局", "部门", "shili", "", "", "", (), 3)
    assert SETTINGS.organ("nobody") is None
    assert [(item.year, item.organ, item.reason) for item in SETTINGS.excuses] == [
        (2021, "yizhen", "示例：当年没有报告")
    ]
    assert [(link.label, link.current) for link in SETTINGS.nav] == [("政府信息公开年报", True)] and slips(SITE) == []


@pytest.mark.parametrize("key", ["网站名称", "栏目名称", "域名", "主办单位"])
def test_a_required_key_that_is_missing_is_reported(key: str) -> None:
    site = "\n".join(line for line in SITE.splitlines() if not line.startswith(key))
    assert slips(site) == [("SITE-REQUIRED", 0, key)]


def test_what_publishing_needs_is_only_a_note_and_stands_at_its_line() -> None:
    assert slips(SITE.replace("示例ICP备00000000号", "~")) == [("PUB-FOOTER", 9, "ICP备案号")]
    assert slips(SITE.replace('"1234567890"', '"12345"')) == [("PUB-META", 8, "网站标识码")]


def test_a_legacy_page_needs_a_known_organ_and_a_web_address() -> None:
    site = SITE + "原页面:\n  - {机关: wu, 年度: 2019, 标题: 示例, 网址: 'javascript:alert(1)'}\n"
    assert slips(site) == [("SITE-LEGACY", 17, "wu"), ("SITE-LEGACY", 17, "javascript:alert(1)")]


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


def downloads(typed: str) -> tuple[tuple[str, ...] | None, list[tuple[str, str]]]:
    """The formats of downloads that a line of site.yaml asks for, and what is wrong with it."""
    node, _ = read(SITE.replace("下载: []\n", typed).encode(), "site.yaml")
    settings = read_settings(node, None)
    slips = [(f.rule, f.message.zh) for f in check_settings(settings, node, "site.yaml") if f.rule == "SITE-DOWNLOAD"]
    return settings.downloads, slips


def test_downloads_are_chosen_in_any_case_and_order() -> None:
    assert downloads("") == (None, []) and downloads("下载: ~\n") == (None, []) and downloads("下载: []\n") == ((), [])
    assert downloads("下载: [excel, word]\n") == (("Word", "Excel"), []) and downloads("下载: pdf\n") == (("PDF",), [])


def test_a_format_that_does_not_exist_is_an_error_that_names_those_that_do() -> None:
    chosen, ((rule, said),) = downloads("下载: [PDF, ODT]\n")
    assert chosen == ("PDF",) and rule == "SITE-DOWNLOAD" and "ODT" in said and "Word、PDF、Excel" in said


@pytest.mark.parametrize(
    ("year", "name"), [(2010, "甲局"), (2012, "甲局"), (2013, "乙局"), (2018, "乙局"), (2019, "丙局"), (2030, "丙局")]
)
def test_an_organ_that_was_renamed_goes_by_the_name_of_the_year(year: int, name: str) -> None:
    text = "机关:\n  - {编号: a, 名称: 丙局, 简称: 丙, 曾用名: {乙局: 2018, 甲局: 2012}}\n"
    (organ,) = read_settings(None, read(text.encode(), "organs.yaml")[0]).organs
    named = organ.named_in(year)
    assert (named.name, named.short, named.id) == (name, "丙" if name == "丙局" else name, "a")
