"""Corrections on the page: at its top, at the cell, and in the data."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from lxml import html  # type: ignore[import-untyped]

from generator.collection.summary import summarise
from generator.readers.document import DocumentTable, Limits
from generator.readers.html import read
from generator.website.site import open_site
from generator.website.words import load_words
from tests.example import SETTINGS, entry, tables

ITEM = "  - {日期: 2022-03-0%d, 位置: %s, 原值: %s, 更正为: %s, 原因: 示例漏计, 批准人: 示例}\n"
TEXT = (
    tables(2021) + "更正:\n" + ITEM % (1, "表三.本年新收.总计", "2", "3") + ITEM % (2, "表三.上年结转.总计", "~", "0")
)


def files(text: str) -> dict[str, bytes]:
    report, _ = entry(2021, text)
    assert report is not None
    made = open_site(SETTINGS, [report.ref]).report_page.files(report, summarise(report), ())
    return {page.path.rpartition("/")[2]: page.data for page in made}


def test_the_list_stands_at_the_top_newest_first_and_leads_to_the_cells() -> None:
    page = html.document_fromstring(files(TEXT)["index.html"])
    told = [item.text_content() for item in page.xpath("//section[@class='corrections']//li")]
    assert told == [
        "表三·上年结转·总计：2022-03-02更正，原为空白，更正为0。原因：示例漏计",
        "表三·本年新收·总计：2022-03-01更正，原为2，更正为3。原因：示例漏计",
    ]
    for link in page.xpath("//section[@class='corrections']//li/a"):
        (cell,) = page.xpath(f"//td[@id='{link.get('href')[1:]}']")
        (back,) = cell.xpath(".//sup[@class='correction']/a")
        assert page.xpath(f"//li[@id='{back.get('href')[1:]}']") and back.get("title").startswith("已更正，原为")


def test_the_english_page_names_cells_by_their_english_labels() -> None:
    report, _ = entry(2021, TEXT)
    assert report is not None
    site = open_site(replace(SETTINGS, english={"网站名称": "Example District"}), [report.ref]).english
    assert site is not None
    page = html.document_fromstring(site.report_page.beside(report, summarise(report), (), []).data)
    assert [link.text_content() for link in page.xpath("//section[@class='corrections']//li/a")] == [
        "Table 3, 2. Requests carried over from the previous year, Applicants, Total",
        "Table 3, 1. Requests newly received this year, Applicants, Total",
    ]


def test_no_date_of_a_correction_is_broken_at_its_hyphens() -> None:
    page = html.document_fromstring(files(TEXT)["index.html"])
    items = page.xpath("//section[@class='corrections']//li")
    assert items and all(re.fullmatch(r"\d{4}-\d\d-\d\d", item.xpath("string(.//*[@class='when'])")) for item in items)


def test_a_mark_is_no_wider_than_a_column_of_figures() -> None:
    assert max(len(load_words("en")("correction.mark")), 2 * len(load_words()("correction.mark"))) <= 6


def test_without_corrections_nothing_is_shown() -> None:
    made = files(tables(2021))
    assert b"correction" not in made["index.html"] and "corrections" not in json.loads(made["report.json"])


def test_the_mark_is_no_part_of_the_figure_where_our_own_page_is_read_back() -> None:
    document = read(files(TEXT)["index.html"], "index.html", Limits())
    cells = [cell for b in document.blocks if isinstance(b, DocumentTable) for row in b.rows for cell in row]
    assert cells and not any("更正" in cell.text or cell.doubt for cell in cells)


def test_the_data_carry_them_and_the_summary_knows_the_last_day() -> None:
    (first, second) = json.loads(files(TEXT)["report.json"])["corrections"]
    assert first == {
        "date": "2022-03-01",
        "name": "表三.本年新收.总计",
        "old": "2",
        "new": "3",
        "reason": "示例漏计",
        "approved_by": "示例",
    }
    report, _ = entry(2021, TEXT)
    assert report is not None and summarise(report).corrected == second["date"] == "2022-03-02"
