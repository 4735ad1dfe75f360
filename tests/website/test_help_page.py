"""The page that says how to use the section: its links lead somewhere, and it promises only what there is."""

from __future__ import annotations

from dataclasses import replace

from lxml import html  # type: ignore[import-untyped]

from generator.collection.settings import Link
from generator.website.help_page import help_page
from generator.website.site import open_site
from tests.example import SETTINGS
from tests.website.test_listings import REPORTS, pages


def test_its_links_lead_to_pages_and_parts_that_exist() -> None:
    page = html.document_fromstring(help_page(open_site(SETTINGS, []).shell).data)
    links = [link.get("href").removeprefix("../") for link in page.xpath("//div[@class='help']//a")]
    assert links == [
        "index.html#by-year",
        "index.html#by-organ",
        "search/index.html",
        "compare/index.html",
        "index.html#data",
    ]
    ids = html.document_fromstring(pages(REPORTS)["index.html"]).xpath("//@id")
    assert {link.partition("#")[2] for link in links if "#" in link} <= set(ids)


def test_the_feed_and_the_way_to_apply_are_named_where_they_are() -> None:
    nav = (*SETTINGS.nav, Link("依申请公开", "http://www.example.gov.cn/shenqing/"))
    shell = open_site(replace(SETTINGS, base_url="http://www.example.gov.cn/n/", nav=nav), []).shell
    text = help_page(shell).data.decode()
    assert "../feed.xml" in text and 'href="http://www.example.gov.cn/shenqing/"' in text
    assert "feed.xml" not in help_page(open_site(SETTINGS, []).shell).data.decode()
