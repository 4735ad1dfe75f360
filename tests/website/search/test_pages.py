"""The search page: its table of organs and years, its index, and what it is without a script."""

from __future__ import annotations

import json
from typing import Any

from lxml import html  # type: ignore[import-untyped]

from generator.collection.summary import ReportSummary, summarise
from generator.report.entry import ReportRef, read_entry
from generator.website.search.report_text import script
from generator.website.site import open_site
from generator.website.words import load_words
from tests.example import FORMS, SETTINGS, Files, prose, tables

WORDS = load_words()
REFS = [ReportRef(year, organ, f"{year}/{organ}") for year in (2020, 2021) for organ in ("shili", "jiaju")]


def pages() -> dict[str, bytes]:
    staged: dict[str, bytes] = {}
    summaries: list[ReportSummary] = []
    for ref in REFS:
        entry, _ = read_entry(ref, Files(tables(ref.year, ref.organ).encode(), prose(ref.year).encode()), FORMS)
        assert entry is not None
        summaries.append(summarise(entry))
        staged[f"{ref.folder}/text.js"] = script(entry, ref.organ, WORDS)
    search = open_site(SETTINGS, REFS, forms=FORMS).search
    return {page.path: page.data for page in search.pages(summaries, staged.__getitem__)}


MADE = pages()


def table() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(MADE["search/index.js"].decode()[len("nianbaoSearch.table(") : -2])
    return loaded


def test_the_table_lists_years_newest_first_and_organs_as_registered() -> None:
    assert [year[:2] for year in table()["years"]] == [[2021, 0], [2020, 0]]
    assert [organ[0] for organ in table()["organs"]] == ["shili", "jiaju"]
    assert [term[0] for term in table()["terms"] if term[0].startswith("三安全")] == ["三安全一稳定"]


def test_there_is_a_file_for_every_rest_of_every_year() -> None:
    wanted = {f"search/{year}-0/{n}.js" for year, _, files, _ in table()["years"] for n in range(files)}
    assert wanted == set(MADE) - {"search/index.js", "search/index.html"}


def test_without_a_script_the_page_is_an_index_of_years_organs_and_terms() -> None:
    page = html.document_fromstring(MADE["search/index.html"].decode())
    links = [link.get("href") for link in page.xpath("//div[@id='plain']//a")]
    assert links == [
        "../2021/index.html",
        "../2020/index.html",
        "../organs/shili/index.html",
        "../organs/jiaju/index.html",
    ]
    assert page.xpath("//section[@id='results']/@hidden") and len(page.xpath("//div[@id='plain']//dt")) > 5


def test_the_version_changes_with_a_text() -> None:
    page = html.document_fromstring(MADE["search/index.html"].decode())
    (version,) = page.xpath("//form/@data-version")
    assert len(version) == 8 and pages()["search/index.html"] == MADE["search/index.html"]
