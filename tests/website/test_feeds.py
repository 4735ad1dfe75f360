"""Sitemap, feed and robots.txt: every date is a date that a report bears."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

from generator.collection.summary import ReportSummary
from generator.website.feeds import feeds, published_on
from generator.website.site import open_site
from tests.example import SETTINGS
from tests.website.compare.samples import report

BASE = "https://www.example.gov.cn/a&b/"
ATOM = {"a": "http://www.w3.org/2005/Atom", "s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
REPORTS = [report(2020, "shili"), report(2021, "shili"), report(2021, "jiaju")._replace(published="")]


def made(reports: list[ReportSummary] = REPORTS, base: str = BASE) -> dict[str, bytes]:
    site = open_site(replace(SETTINGS, base_url=base), [])
    return {page.path: page.data for page in feeds(site.shell, site.directory, reports, ["", "help/", "2021/"])}


def test_without_an_address_of_its_own_a_section_has_none_of_them() -> None:
    assert made(base="") == {} and list(made()) == ["sitemap.xml", "feed.xml", "robots.txt"]


def test_a_page_changed_when_the_newest_report_on_it_came_out() -> None:
    changed = {
        url.findtext("s:loc", namespaces=ATOM): url.findtext("s:lastmod", namespaces=ATOM)
        for url in ElementTree.fromstring(made()["sitemap.xml"])
    }
    assert changed == {
        BASE: "2022-01-20",
        f"{BASE}help/": None,
        f"{BASE}2021/": "2022-01-20",
        f"{BASE}2020/shili/": "2021-01-20",
        f"{BASE}2021/shili/": "2022-01-20",
        f"{BASE}2021/jiaju/": None,
    }


def test_a_correction_changes_the_report_and_all_pages_with_its_figures() -> None:
    corrected = [REPORTS[0]._replace(corrected="2023-05-06"), *REPORTS[1:]]
    sitemap = made(corrected)["sitemap.xml"].decode()
    changed = dict(re.findall("<loc>https://www.example.gov.cn/a&amp;b/(.*?)</loc><lastmod>(.*?)</lastmod>", sitemap))
    assert changed == {
        "": "2023-05-06",
        "2021/": "2022-01-20",
        "2020/shili/": "2023-05-06",
        "2021/shili/": "2022-01-20",
    }


def test_the_feed_lists_dated_reports_latest_first() -> None:
    feed = ElementTree.fromstring(made()["feed.xml"])
    entries = feed.findall("a:entry", ATOM)
    assert [entry.findtext("a:id", namespaces=ATOM) for entry in entries] == [f"{BASE}{y}/shili/" for y in (2021, 2020)]
    assert feed.findtext("a:updated", namespaces=ATOM) == "2022-01-20T00:00:00+08:00"
    assert entries[0].findtext("a:author/a:name", namespaces=ATOM) == "示例区人民政府"


def test_an_old_report_comes_first_when_it_is_corrected_however_many_are_newer() -> None:
    newer = [report(2021, f"ju{number}") for number in range(120)]
    feed = ElementTree.fromstring(made([*newer, report(2018, "shili")._replace(corrected="2022-03-01")])["feed.xml"])
    entries = feed.findall("a:entry", ATOM)
    assert len(entries) == 100 and entries[0].findtext("a:id", namespaces=ATOM) == f"{BASE}2018/shili/"
    assert "2022-03-01" in (entries[0].findtext("a:summary", namespaces=ATOM) or "")
    assert feed.findtext("a:updated", namespaces=ATOM) == "2022-03-01T00:00:00+08:00"


def test_the_feed_is_the_same_whenever_it_is_made() -> None:
    assert made() == made() and not re.search(rb"20(?!20|21|22)\d\d-", made()["feed.xml"])
    assert b"1970-01-01T00:00:00" in made([])["feed.xml"]


def test_a_day_is_taken_from_what_the_report_bears() -> None:
    assert published_on(REPORTS[0]._replace(published="2021-01-20 09:30")) == "2021-01-20"
    assert published_on(REPORTS[0]._replace(published="2021年1月")) == ""
