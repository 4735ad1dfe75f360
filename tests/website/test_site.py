"""The section in one language: the words handed in are those of every page."""

from __future__ import annotations

from generator.collection.summary import summarise
from generator.website.site import open_site
from generator.website.words import Words, load_words
from tests.example import SETTINGS, entry

# Every text says its own key.
ECHO = Words("en", {key: f"[{key}]" for key in load_words().texts})


def test_without_words_the_pages_are_in_chinese() -> None:
    site = open_site(SETTINGS, [])
    home, error, *_ = site.listings.pages([])
    assert b'<html lang="zh-CN">' in home.data and "页面不存在".encode() in error.data


def test_the_words_of_another_language_reach_pages_and_downloads() -> None:
    report, _ = entry(2021)
    assert report is not None
    site = open_site(SETTINGS, [report.ref], words=ECHO)
    page, csv, *_ = (file.data.decode() for file in site.report_page.files(report, summarise(report), []))
    for key in ("page.language", "page.skip", "report.contents", "report.file", "page.data_view"):
        assert f"[{key}]" in page
    assert csv.startswith("\ufeff[head.table],[head.row],")
    home = next(site.listings.pages([summarise(report)])).data.decode()
    assert '<html lang="[page.language]">' in home and '<h2 id="latest">[home.latest]</h2>' in home
