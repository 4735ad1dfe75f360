"""Reads the report on web pages: expands spans, leaves out what is hidden, refuses hostile pages quickly."""

from __future__ import annotations

import base64
import struct
import time
import zlib

import pytest

from generator.readers.document import Document, DocumentTable, Limits, Paragraph, Unreadable
from generator.readers.html import read

LONG = "示例" * 900


def doc(html: str | bytes, limits: Limits | None = None) -> Document:
    return read(html if isinstance(html, bytes) else html.encode(), "示例.html", limits or Limits())


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def grid(document: Document) -> DocumentTable:
    return next(block for block in document.blocks if isinstance(block, DocumentTable))


def test_spans_make_a_full_rectangle() -> None:
    made = grid(
        doc("<table><tr><td rowspan=2 colspan='2'>甲</td><td>1</td></tr><tr><td>2</td></tr><tr><td>3<td>4<td>5</table>")
    )
    assert [[cell.text for cell in row] for row in made.rows] == [["甲", "甲", "1"], ["甲", "甲", "2"], ["3", "4", "5"]]
    first = [[cell.first for cell in row] for row in made.rows]
    assert first == [[True, False, True], [False, False, True], [True, True, True]]


def test_numbers_that_word_counted_and_saved_as_text_are_no_part_of_a_figure() -> None:
    counted = "<p><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;</span></span><![endif]>22</p>"
    cell = grid(doc(f"<table><tr><td>收<td>{counted}</table>")).rows[0][1]
    assert cell.text == "22" and cell.doubt is not None and "自动编号" in cell.doubt.zh


def test_spans_end_with_their_group() -> None:
    made = grid(
        doc(
            "<table><tbody><tr><td>收<td>1</tr><tr><td rowspan=4>办<td>2</tr></tbody><tbody><tr><td>结<td>3</tr>"
            "<tr><td rowspan=0>转<td>4</tr><tr><td>5</tr></tbody></table>"
        )
    )
    rows = [[cell.text for cell in row] for row in made.rows]
    assert rows == [["收", "1"], ["办", "2"], ["结", "3"], ["转", "4"], ["转", "5"]]


def test_short_rows_are_filled_and_breaks_in_cells_are_the_papers() -> None:
    made = grid(doc("<table><tr><td>本年新<br />制作数量</td><td>&nbsp;</td></tr><tr><td>1</td></tr></table>"))
    assert [[cell.text for cell in row] for row in made.rows] == [["本年新制作数量", ""], ["1", ""]]


def test_the_text_of_a_portal_page_is_found_among_its_furniture() -> None:
    page = (
        f"<body><div class=nav><a href=/>首页</a></div><div id=zoom><p>一、示例</p><p>{LONG}</p></div>"
        "<div class=footer>主办单位</div><script>alert(1)</script></body>"
    )
    assert texts(doc(page)) == ["一、示例", LONG]


def test_without_a_known_container_what_surrounds_the_text_is_left() -> None:
    furniture = "<header>某网</header><div class='breadcrumb'>当前位置</div>"
    page = f"<body>{furniture}<div><div><p>{LONG}</p><p>示例</p></div></div></body>"
    assert texts(doc(page)) == [LONG, "示例"]


def test_tables_that_only_arrange_the_page_are_walked_into() -> None:
    inner = "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    page = f"<table><tr><td><p>一、示例</p>{inner}</td></tr></table>"
    document = doc(page)
    assert texts(document) == ["一、示例"]
    assert [[c.text for c in row] for row in grid(document).rows] == [["甲", "1"], ["乙", "2"]]


def test_dress_headings_lists_and_links() -> None:
    page = (
        "<h2>标题</h2><p>甲<b>乙</b><a href='http://www.example.gov.cn/'>丙</a><a href='javascript:x()'>丁</a></p>"
        "<ul><li>戊</li></ul><ol><li>己</li></ol>"
    )
    heading, words, item, counted = (block for block in doc(page).blocks if isinstance(block, Paragraph))
    assert (heading.level, item.bullet, counted.bullet) == (2, "-", "1.")
    assert [(p.text, p.bold, p.link) for p in words.pieces] == [
        ("甲", False, ""),
        ("乙", True, ""),
        ("丙", False, "http://www.example.gov.cn/"),
        ("丁", False, ""),
    ]


def test_hidden_text_is_left_behind_and_reported() -> None:
    document = doc("<p>甲<span style='display: none'>隐藏</span></p><div hidden>也隐藏</div>")
    assert texts(document) == ["甲"] and [finding.rule for finding in document.findings] == ["IMP-HIDDEN"]


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"tEXt", b"Author\0x")
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


def test_embedded_pictures_are_kept_without_metadata_others_are_lost() -> None:
    uri = "data:image/png;base64," + base64.b64encode(png()).decode()
    document = doc(f"<p><img src='{uri}' alt='示例图'><img src='a.jpg' alt='外部图'></p>")
    (kept,) = document.pictures
    assert kept.name == "picture-1.png" and kept.alt == "示例图" and b"tEXt" not in kept.data and b"IDAT" in kept.data
    assert [finding.rule for finding in document.findings] == ["IMP-PICTURE"]


def test_gbk_declared_or_not() -> None:
    assert texts(doc("<meta charset=gb2312><p>政府信息公开</p>".encode("gbk"))) == ["政府信息公开"]
    assert texts(doc("<p>政府信息公开</p>".encode("gbk"))) == ["政府信息公开"]
    assert texts(doc("<meta charset=gb2312><p>实为 UTF-8</p>".encode())) == ["实为 UTF-8"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000,
        "<b></i>" * 100_000,
        "<table><tr><td>" * 3000,
        "<div " + " ".join(f"a{n}=1" for n in range(60_000)) + ">",
        "<table><tr><td colspan=1000 rowspan=65000>甲</td></tr>" + "<tr><td>1</td></tr>" * 3000 + "</table>",
        "<p>" + "甲" * 700_000,
    ],
)
def test_hostile_pages_are_refused_quickly(page: str) -> None:
    begun = time.process_time()
    with pytest.raises(Unreadable):
        doc("<html><body>" + page)
    assert time.process_time() - begun < 5


def test_a_deep_page_within_the_bounds_is_read_without_recursion() -> None:
    assert texts(doc("<div>" * 150 + "甲" + "</div>" * 150)) == ["甲"]


def test_a_row_that_lacks_a_cell_is_not_certain() -> None:
    made = grid(doc("<table><tr><td>甲</td><td>1</td><td>2</td></tr><tr><td>乙</td><td>3</td></tr></table>"))
    assert [[cell.uncertain for cell in row] for row in made.rows] == [[False] * 3, [True] * 3]


def cells(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid(document).rows]


def test_cells_and_rows_that_are_not_displayed_take_no_place_and_are_reported_once() -> None:
    document = doc(
        "<style>.gone{display:none}</style><table><tr><td>甲<td class=gone>9<td>1</tr>"
        "<tr style='display:none'><td>8<td>8</tr><tr style='visibility:hidden'><td>7<td>7</tr></table>"
    )
    assert cells(document) == [["甲", "1"], ["", ""]]
    (finding,) = document.findings
    assert finding.rule == "IMP-HIDDEN" and "“9”" in finding.message.zh and "4处" in finding.message.zh


def test_white_text_is_unseen_on_white_and_seen_where_a_sheet_that_is_not_here_may_paint_behind_it() -> None:
    table = "<table><tr class=head><td><font color=white>表头</font><td>1</tr><tr><td>甲<td><font color=#fff>9</font>2"
    assert cells(doc(table)) == [["", "1"], ["甲", "2"]]
    assert cells(doc("<link rel=stylesheet href=a.css>" + table)) == [["表头", "1"], ["甲", "2"]]
    painted = "<style>.head{background:#036}</style>"
    assert cells(doc(painted + table)) == [["表头", "1"], ["甲", "2"]]


def test_a_page_that_waits_for_its_scripts_is_not_hidden() -> None:
    assert texts(doc("<body style='visibility:hidden;opacity:0'><p>甲</p></body>")) == ["甲"]


def test_figures_on_two_lines_are_not_joined_and_list_numbers_are_no_digits() -> None:
    lines = cells(doc("<table><tr><td>甲<td>22<br>93<tr><td>乙<td><p>22</p><p>93</p></table>"))
    assert [row[1] for row in lines] == ["22\n93", "22\n93"]
    (row,) = grid(doc("<table><tr><td>丙<td><ol><li>93</ol></table>")).rows
    assert row[1].text == "93" and row[1].raw == "〔自动编号：1.〕93"


def test_a_line_through_a_whole_row_strikes_its_cells() -> None:
    (row,) = grid(doc("<table><tr style='text-decoration:line-through'><td>甲<td>1</table>")).rows
    assert [cell.text for cell in row] == ["", ""] and all(cell.doubt for cell in row)


def test_items_of_numbered_lists_keep_the_numbers_that_a_page_shows() -> None:
    text = "<ol start=3><li>甲<li>乙<ol><li>小</ol><li value=9>丙<li>丁</ol><ul><li>点</ul><ol><li value=x>一</ol>"
    blocks = read(f"<html><body>{text}</body></html>".encode(), "a.html", Limits()).blocks
    assert [(block.bullet, block.text) for block in blocks if isinstance(block, Paragraph)] == [
        ("3.", "甲"),
        ("4.", "乙"),
        ("1.", "小"),
        ("9.", "丙"),
        ("10.", "丁"),
        ("-", "点"),
        ("1.", "一"),
    ]


@pytest.mark.parametrize(
    "inside", ['<img src="a.png" alt="13">', "<object data='a'></object>", "<p><canvas></canvas></p>"]
)
def test_what_is_drawn_in_a_cell_puts_it_in_doubt(inside: str) -> None:
    """The figure may be in the picture; a cell without any text is then no blank."""
    (grid,) = (
        block
        for block in doc(f"<table><tr><td>甲<td>乙<tr><td>丙<td>{inside}</table>").blocks
        if isinstance(block, DocumentTable)
    )
    cell = grid.rows[1][1]
    assert cell.text == "" and cell.raw.startswith("〔图片或对象：") and cell.doubt is not None


def test_page_heads_and_feet_that_libreoffice_writes_are_left_out() -> None:
    """Its own HTML export puts the last page's number behind the text: — 3 — was published as a sentence."""
    foot = '<div title="footer"><p>— <span>3</span> —</p></div>'
    head = '<div title="header"><p>示例区人民政府文件</p></div>'
    made = doc(f"<body>{head}<p>示例正文</p>{foot}</body>")
    assert texts(made) == ["示例正文"]
    assert [(finding.rule, "示例区人民政府文件" in finding.message.zh) for finding in made.findings] == [
        ("IMP-HEADER", True)
    ]


@pytest.mark.parametrize(
    "hiding", ["<col><col style='visibility:collapse'>", "<style>col{visibility:collapse}</style><col>"]
)
def test_a_column_that_may_be_collapsed_puts_the_table_in_doubt(hiding: str) -> None:
    rows = "<tr><td>新收<td>9<td>22<tr><td>结转<td>1<td>2"
    made = grid(doc(f"<!DOCTYPE html><table>{hiding}{rows}</table>"))
    assert [[cell.text for cell in row] for row in made.rows] == [["新收", "9", "22"], ["结转", "1", "2"]]
    assert all((cell.doubt is not None) == cell.text.isdigit() for row in made.rows for cell in row)
    plain = grid(doc(f"<!DOCTYPE html><table><col span=3 width=9>{rows}</table>"))
    assert [cell.doubt for row in plain.rows for cell in row] == [None] * 6


def test_white_figures_in_a_painted_column_are_not_taken_for_unseen() -> None:
    rows = "<tr><td>新收<td style='color:#fff'>22<tr><td>结转<td>1"
    made = grid(doc(f"<!DOCTYPE html><table><col><col style='background:#036'>{rows}</table>"))
    assert made.rows[0][1].text == "22"


def test_frames_of_a_page_without_tables_are_told() -> None:
    page = f"<body><p>{LONG}</p><iframe src='report.html'></iframe>{{}}</body>"
    assert "IMP-EMBEDDED" in {finding.rule for finding in doc(page.format("")).findings}
    table = "<table><tr><td>新收<td>22<tr><td>结转<td>1</table>"
    assert not doc(page.format(table)).findings
