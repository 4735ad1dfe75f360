"""What a file says is what the page shows, word for word."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.importer.markdown_writer import blocks_as_markdown
from generator.narrative.html import read_prose
from generator.readers.document import DocumentCell, DocumentTable, Paragraph, Piece


def said(*pieces: Piece, level: int = 0, bullet: str = "") -> str:
    return blocks_as_markdown(
        [Paragraph(pieces, level=level, bullet=bullet)], lambda piece: f"![{piece.text}]({piece.picture})"
    )


def shown(markdown: str) -> str:
    prose = read_prose(markdown, "report.md", lambda key: None)
    assert not prose.placeholders
    return " ".join(unescape(re.sub("<[^>]*>", "", prose.preface)).split())


@given(st.text("甲乙。，1 .#>|*_[]()<>&{}`~+-=!\\\"'：:/a", min_size=1, max_size=40), st.booleans())
def test_any_text_is_shown_as_it_stands(text: str, bold: bool) -> None:
    assert shown(said(Piece(text, bold))) == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("（一）主动公开方面", "### （一）主动公开方面"),
        ("（一）主动公开。全年示例。", "（一）主动公开。全年示例。"),
        ("1.健全机制", "#### 1.健全机制"),
        ("1、健全机制，落实责任。", "1、健全机制，落实责任。"),
        ("1. 健全机制，落实。", "1\\. 健全机制，落实。"),
        ("2021年", "2021年"),
        ("- 甲", "\\- 甲"),
        ("{{表三.本年新收.总计}}", "\\{{表三.本年新收.总计}}"),
        ("<b>甲</b>", "\\<b\\>甲\\</b\\>"),
    ],
)
def test_headings_and_escapes(text: str, markdown: str) -> None:
    assert said(Piece(text)) == markdown


def test_bold_links_lists_and_pictures() -> None:
    pieces = (
        Piece("甲"),
        Piece("注意：", bold=True),
        Piece("乙"),
        Piece("网站", link="http://www.example.gov.cn/a b"),
        Piece("丙", link="javascript:x"),
    )
    assert said(*pieces) == "甲**注意：**乙[网站](http://www.example.gov.cn/a%20b)丙"
    assert said(Piece("甲"), bullet="-") == "- 甲" and said(Piece("甲"), bullet="1.") == "1. 甲"
    assert said(Piece("示例图", picture="a.png"), Piece("甲。")) == "![示例图](a.png)\n\n甲。"


def test_running_text_is_parted_before_its_numbered_heads() -> None:
    text = "开头。" + "示例" * 160 + "。（一）甲方面。示例。（二）乙方面。示例。"
    assert [line[:4] for line in said(Piece(text)).split("\n\n")] == ["开头。示", "（一）甲", "（二）乙"]


def test_no_line_is_longer_than_content_may_have() -> None:
    assert max(len(line.encode()) for line in said(Piece("示例。" * 30_000)).split("\n")) < 65_536


def test_tables_keep_merged_texts_once() -> None:
    merged = DocumentCell("合并", True, 1, 2)
    grid = DocumentTable(
        (
            (DocumentCell("甲|乙"), merged, merged._replace(first=False)),
            (DocumentCell("1"), DocumentCell("2"), DocumentCell("3")),
        ),
        caption="示例表",
    )
    assert (
        blocks_as_markdown([grid], lambda piece: "")
        == "示例表\n\n| 甲\\|乙 | 合并 |  |\n| --- | --- | --- |\n| 1 | 2 | 3 |"
    )


def test_rows_and_columns_that_the_file_hides_are_not_printed() -> None:
    rows = tuple(tuple(DocumentCell(f"{row}{column}") for column in "甲乙丙") for row in range(3))
    grid = DocumentTable(rows, hidden_rows=(1,), hidden_columns=(2,))
    assert blocks_as_markdown([grid], lambda piece: "") == "| 0甲 | 0乙 |\n| --- | --- |\n| 2甲 | 2乙 |"


def test_what_a_cell_shows_beside_its_text_is_not_lost() -> None:
    cell = DocumentCell("2293", raw="2293〔上标：1〕")
    written = blocks_as_markdown([DocumentTable(((DocumentCell("甲"), cell),))], lambda piece: "")
    assert "2293〔上标：1〕" in written
