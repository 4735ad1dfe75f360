"""Documents that a Word file takes in as a whole: read where they stand, or told."""

from __future__ import annotations

import pytest

from generator.readers.document import Document
from generator.readers.docx import read
from tests.readers.samples import LIMITS, grids, rules, table, texts
from tests.readers.word_samples import p, tbl, tc, tr, word

PAGE = "<html><body><p>一、总体情况</p><table><tr><td>收件</td><td>22</td></tr></table></body></html>"
MHT = (
    "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\nContent-Location: file:///C:/a.html"
    f"\r\n\r\n{PAGE}\r\n--b--\r\n"
)
OWN = tbl(tr(tc("办结"), tc("21")))


def document(part: str | bytes, name: str = "word/part.mht", outside: bool = False) -> Document:
    target = "http://a.example/a.html" if outside else name.removeprefix("word/")
    body = OWN + '<w:altChunk r:id="r5"/>' + p("后文") + OWN
    return read(word(body, {name: part}, [("r5", "aFChunk", target, outside)]), "a.docx", LIMITS)


@pytest.mark.parametrize(
    ("part", "name"),
    [
        (MHT, "word/part.mht"),
        (PAGE, "word/part.html"),
        (word(p("一、总体情况") + tbl(tr(tc("收件"), tc("22")))), "word/part.docx"),
    ],
)
def test_a_part_is_read_where_it_stands(part: str | bytes, name: str) -> None:
    read_in = document(part, name)
    assert [table(grid) for grid in grids(read_in)] == [[["办结", "21"]], [["收件", "22"]], [["办结", "21"]]]
    assert [grid.where.table for grid in grids(read_in)] == [1, 2, 3]
    assert texts(read_in) == ["一、总体情况", "后文"] and "IMP-EMBEDDED" not in rules(read_in)


def test_the_title_of_a_page_is_the_files_where_it_has_none() -> None:
    page = PAGE.replace("<body>", "<head><title>示例区2020年政府信息公开工作年度报告</title></head><body>")
    assert document(page, "word/part.html").properties["title"] == "示例区2020年政府信息公开工作年度报告"


def test_what_cannot_be_read_is_told() -> None:
    nested = word('<w:altChunk r:id="r5"/>', {"word/in.html": PAGE}, [("r5", "aFChunk", "in.html", False)])
    for read_in in (document(b"%PDF-1.4", "word/part.pdf"), document(PAGE, "word/part.html", outside=True)):
        assert "IMP-EMBEDDED" in rules(read_in) and len(grids(read_in)) == 2
    assert "IMP-EMBEDDED" in rules(document(nested, "word/part.docx"))


def test_its_own_findings_are_kept_and_pictures_told() -> None:
    image = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    page = PAGE.replace("<table>", f"<p><img src='{image}'><span style='display:none'>内情</span></p><table>")
    assert {"IMP-HIDDEN", "IMP-PICTURE"} <= rules(document(page, "word/part.html"))


def test_more_parts_than_a_report_has_are_not_read() -> None:
    chunks = '<w:altChunk r:id="r5"/>' * 25
    read_in = read(word(chunks, {"word/part.html": PAGE}, [("r5", "aFChunk", "part.html", False)]), "a.docx", LIMITS)
    assert len(grids(read_in)) == 20 and "IMP-EMBEDDED" in rules(read_in)
