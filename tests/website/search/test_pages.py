"""The search page: its table of organs and years, its index, and what it is without a script."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lxml import html  # type: ignore[import-untyped]

from generator.report.entry import Files, ReportRef, read_entry
from generator.website.search import pages
from generator.website.search.index import SEGMENT
from generator.website.search.report_text import script
from generator.website.site import open_site
from generator.website.words import load_words
from tests.example import FORMS, SETTINGS, prose, tables

WORDS = load_words()
REFS = [ReportRef(year, organ, f"{year}/{organ}") for year in (2020, 2021) for organ in ("shili", "jiaju")]


def drawn() -> dict[str, bytes]:
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


def by_year() -> dict[str, bytes]:
    """The same as a section with many reports is indexed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "_FEW", len(REFS) - 1)
        return drawn()


MADE, BY_YEAR = drawn(), by_year()


def page(made: dict[str, bytes] = MADE) -> Any:
    return html.document_fromstring(made["search/index.html"].decode())


def table(made: dict[str, bytes]) -> list[list[Any]]:
    loaded: list[list[Any]] = json.loads(page(made).xpath("//form/@data-table")[0])
    return loaded


def test_without_reports_the_index_says_so_instead_of_standing_empty() -> None:
    empty = open_site(SETTINGS, [], forms=FORMS).search.page([], [], "示例").data.decode()
    plain = html.document_fromstring(empty).xpath("//div[@id='plain']")[0]
    assert "本栏目还没有报告。" in plain.text_content() and [h.text for h in plain.xpath(".//h2")] == ["名词解释"]
    assert "本栏目还没有报告。" not in MADE["search/index.html"].decode()


def test_the_page_knows_years_newest_first_and_organs_by_number() -> None:
    assert [(*row[:4], row[5]) for row in table(MADE)] == [("all", [2021, 2020], 0, 2, "*Dw")]
    assert [(*row[:4], row[5]) for row in table(BY_YEAR)] == [
        ("2021-0", [2021], 0, SEGMENT, "*Aw"),
        ("2020-0", [2020], 0, SEGMENT, "*Aw"),
    ]
    links = page().xpath("//ul[contains(@class, 'organs')]//a/@href")
    assert [link.split("/")[2] for link in links] == ["shili", "jiaju"]
    assert "三安全一稳定" in [term.text for term in page().xpath("//div[@id='plain']//dt")]


@pytest.mark.parametrize("made", [MADE, BY_YEAR])
def test_there_is_a_file_for_every_rest_of_every_part(made: dict[str, bytes]) -> None:
    wanted = {f"search/{row[0]}/{n}.js" for row in table(made) for n in range(row[4])}
    assert wanted == set(made) - {"search/index.html"}


def test_a_small_section_is_indexed_in_fewer_files_that_are_no_larger_than_three_of_each_year_may_be() -> None:
    assert len(MADE) * 4 < len(BY_YEAR)
    assert max(len(data) for path, data in MADE.items() if path != "search/index.html") * 3 < 35_000


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
