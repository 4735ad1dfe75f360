"""The search page: its table of organs and years, its index, and what it is without a script."""

from __future__ import annotations

import json
from typing import Any

from lxml import html  # type: ignore[import-untyped]

from generator.report.entry import Files, ReportRef, read_entry
from generator.website.search.report_text import script
from generator.website.site import open_site
from generator.website.words import load_words
from tests.example import FORMS, SETTINGS, prose, tables

WORDS = load_words()
REFS = [ReportRef(year, organ, f"{year}/{organ}") for year in (2020, 2021) for organ in ("shili", "jiaju")]


def pages() -> dict[str, bytes]:
    staged: dict[str, bytes] = {}
    for ref in REFS:
        entry, _ = read_entry(ref, Files(tables(ref.year, ref.organ).encode(), prose(ref.year).encode()), FORMS)
        assert entry is not None
        staged[f"{ref.folder}/text.js"] = script(entry, ref.organ, WORDS)
    search = open_site(SETTINGS, REFS, forms=FORMS).search
    built = [ref[:2] for ref in REFS]
    indexed = [search.index(segment, staged.__getitem__) for segment in search.segments(built)]
    page = search.page(built, [item.files for item in indexed], "示例")
    return {page.path: page.data for page in (*(page for item in indexed for page in item.pages), page)}


MADE = pages()


def page() -> Any:
    return html.document_fromstring(MADE["search/index.html"].decode())


def table() -> list[list[Any]]:
    loaded: list[list[Any]] = json.loads(page().xpath("//form/@data-table")[0])
    return loaded


def test_without_reports_the_index_says_so_instead_of_standing_empty() -> None:
    empty = open_site(SETTINGS, [], forms=FORMS).search.page([], [], "示例").data.decode()
    plain = html.document_fromstring(empty).xpath("//div[@id='plain']")[0]
    assert "本栏目还没有报告。" in plain.text_content() and [h.text for h in plain.xpath(".//h2")] == ["名词解释"]
    assert "本栏目还没有报告。" not in MADE["search/index.html"].decode()


def test_the_page_knows_years_newest_first_and_organs_by_number() -> None:
    assert [(year, segment, organs) for year, segment, _, organs in table()] == [(2021, 0, "*Aw"), (2020, 0, "*Aw")]
    links = page().xpath("//ul[contains(@class, 'organs')]//a/@href")
    assert [link.split("/")[2] for link in links] == ["shili", "jiaju"]
    assert "三安全一稳定" in [term.text for term in page().xpath("//div[@id='plain']//dt")]


def test_there_is_a_file_for_every_rest_of_every_year() -> None:
    wanted = {f"search/{year}-0/{n}.js" for year, _, files, _ in table() for n in range(files)}
    assert wanted == set(MADE) - {"search/index.html"}


def test_without_a_script_the_page_is_an_index_of_years_organs_and_terms() -> None:
    links = [link.get("href") for link in page().xpath("//div[@id='plain']//a")]
    assert links == [
        "../2021/index.html",
        "../2020/index.html",
        "../organs/shili/index.html",
        "../organs/jiaju/index.html",
    ]
    assert page().xpath("//section[@id='results']/@hidden") and len(page().xpath("//div[@id='plain']//dt")) > 5


def test_the_page_asks_for_files_of_its_own_version() -> None:
    assert page().xpath("//form/@data-version") == ["示例"]
