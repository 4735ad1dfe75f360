"""The section in one language: the words handed in are those of every page."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import html  # type: ignore[import-untyped]

from generator.collection.summary import ReportSummary, summarise
from generator.forms.declared import declared_trends
from generator.website.site import Site, open_site
from generator.website.words import Words, load_words
from tests.example import FORMS, SETTINGS, built, entry

# Every text says its own key.
ECHO = Words("en", {key: f"[{key}]" for key in load_words().texts})


def test_without_words_the_pages_are_in_chinese() -> None:
    site = open_site(SETTINGS, [])
    home, error, *_ = (page for item in site.listings.listings(built([])) for page in item.draw())
    assert b'<html lang="zh-CN">' in home.data and "页面不存在".encode() in error.data


BILINGUAL = replace(SETTINGS, english={"网站名称": "Example District"}, base_url="https://www.example.gov.cn/nianbao/")


def test_there_are_english_pages_where_site_yaml_asks_for_them_and_each_leads_to_the_other() -> None:
    report, _ = entry(2021)
    assert report is not None and open_site(SETTINGS, [report.ref]).english is None
    site = open_site(BILINGUAL, [report.ref], declared_trends(FORMS), forms=FORMS)
    assert site.english is not None and len(site.all_listings) == 2
    summary = summarise(report)
    drawn = (item.draw() for listings in site.all_listings for item in listings.listings(built([summary])))
    pages = {page.path: page.data.decode() for of_item in drawn for page in of_item}
    pages |= {page.path: page.data.decode() for page in site.report_page.files(report, summary, [])[:1]}
    english = site.english.report_page.beside(report, summary, [], [("2021/shili/tables.csv", b"x")])
    pages[english.path] = english.data.decode()
    assert english.path == "en/2021/shili/index.html" and "Page not found" in pages["en/404.html"]
    pages |= found(site, summary)
    for path in ("index.html", "2021/index.html", "2021/shili/index.html", *EVERYWHERE):
        up = "../" * path.count("/")
        assert f'<p class="language"><a href="{up}en/{path}" lang="en" hreflang="en">English</a>' in pages[path]
        assert f'<a href="{up}../{path}" lang="zh-CN" hreflang="zh-CN">' in pages[f"en/{path}"]
        for page in (pages[path], pages[f"en/{path}"]):
            shown = path.removesuffix("index.html")
            for language, folder in (("zh-CN", ""), ("en", "en/"), ("x-default", "")):
                address = f"https://www.example.gov.cn/nianbao/{folder}{shown}"
                assert f'<link rel="alternate" hreflang="{language}" href="{address}">' in page
    assert '<a href="/nianbao/en/index.html" lang="en"' in pages["404.html"]
    assert '<a href="/nianbao/en/../index.html" lang="zh-CN"' in pages["en/404.html"]
    assert 'href="/nianbao/en/../assets/nianbao.' in pages["en/404.html"]
    assert 'hreflang="x-default"' not in pages["404.html"]
    for path in ("2021/shili/", "compare/", "search/", "help/"):
        assert f"<loc>https://www.example.gov.cn/nianbao/en/{path}</loc>" in pages["sitemap.xml"]


EVERYWHERE = ("compare/index.html", "compare/received/index.html", "search/index.html", "help/index.html")


def found(site: Site, summary: ReportSummary) -> dict[str, str]:
    """The pages for finding and comparing, in every language."""
    compared = (page for comparison in site.all_comparisons for page in comparison.pages([summary], []))
    searched = (search.page([(summary.year, summary.organ)], [], "") for search in site.all_searches)
    return {page.path: page.data.decode() for page in (*compared, *searched)}


def test_english_pages_print_no_chinese_word_of_the_interface() -> None:
    report, _ = entry(2021)
    assert report is not None
    site = open_site(BILINGUAL, [report.ref], declared_trends(FORMS), forms=FORMS)
    assert site.english
    pages = found(site, summarise(report)) | {
        page.path: page.data.decode()
        for item in site.english.listings.listings(built([summarise(report)]))
        for page in item.draw()
    }
    chinese = {
        text for text in load_words("zh").texts.values() if "{" not in text and re.search("[\u4e00-\u9fff]", text)
    }
    for path in (*EVERYWHERE, "404.html", "index.html"):
        texts = {" ".join(text.split()) for text in html.document_fromstring(pages[f"en/{path}"]).xpath("//text()")}
        assert texts & chinese == set(), path
    figure = pages["en/compare/received/index.html"]
    assert "Compare: Requests received" in figure and "新收申请" not in figure
    assert 'data-base="../../search/"' in pages["en/search/index.html"] and 'data-base=""' in pages["search/index.html"]


def test_the_words_of_another_language_reach_pages_and_downloads() -> None:
    report, _ = entry(2021)
    assert report is not None
    site = open_site(SETTINGS, [report.ref], words=ECHO)
    page, csv, *_ = (file.data.decode() for file in site.report_page.files(report, summarise(report), []))
    for key in ("page.language", "page.skip", "report.contents", "report.file", "page.data_view", "tools.copied"):
        assert f"[{key}]" in page
    assert csv.startswith("\ufeff[head.table],[head.row],")
    (page_of_home,) = next(site.listings.listings(built([summarise(report)]))).draw()
    home = page_of_home.data.decode()
    assert '<html lang="[page.language]">' in home and '<h2 id="latest">[home.latest]</h2>' in home
