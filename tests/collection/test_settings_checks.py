"""site.yaml: what it lacks and what cannot be, reported at its line."""

from __future__ import annotations

import pytest

from generator.collection.settings import read_settings
from generator.collection.settings_checks import check_settings
from generator.yaml_source.reader import read
from tests.example import ORGANS, SITE


def slips(site: str) -> list[tuple[str, int, str]]:
    node, _ = read(site.encode(), "site.yaml")
    settings = read_settings(node, read(ORGANS.encode(), "organs.yaml")[0])
    return [(f.rule, f.place.line, f.subject) for f in check_settings(settings, node, "site.yaml")]


def test_of_the_example_nothing_is_said() -> None:
    assert slips(SITE) == []


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
