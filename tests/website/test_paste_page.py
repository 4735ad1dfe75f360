"""The page beside a fragment, and the list of fragments."""

from __future__ import annotations

from lxml import html  # type: ignore[import-untyped]

from generator.website.fragment import fragment
from generator.website.paste_page import PastePage, list_header, list_row
from generator.website.words import load_words
from tests.example import entry


def test_the_page_holds_the_code_shows_it_and_says_how_to_check() -> None:
    report, _ = entry(2021)
    assert report is not None
    body = fragment(report)
    tree = html.document_fromstring(PastePage(load_words()).draw(report, body, ["tables.csv"]))
    assert tree.xpath("string(//textarea)") == body and len(tree.xpath("//main//table")) == 3
    assert "源代码" in tree.xpath("string(//ol)") and "tables.csv" in tree.xpath("string(//ol)")
    assert tree.xpath("string(//code)") == "nianbao verify content/2021/shili --page 存下的网页.html"
    assert "示例区人民政府2021年政府信息公开工作年度报告" in tree.xpath("string(//h1)")


def test_the_list_names_year_organ_title_date_and_file() -> None:
    report, _ = entry(2021)
    assert report is not None
    assert list_header(load_words()).decode("utf-8-sig") == "年度,机关,标题,发文日期,文件\r\n"
    row = list_row(report, "示例区人民政府", "2021/shili/正文.html").decode()
    assert row == "2021,示例区人民政府,示例区人民政府2021年政府信息公开工作年度报告,,2021/shili/正文.html\r\n"
