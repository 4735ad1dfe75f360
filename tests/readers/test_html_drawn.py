"""Cells that show a figure without having it as text (form controls, style sheets, drawings) are never certain."""

from __future__ import annotations

import pytest

from generator.readers.document import DocumentCell, Mark, Paragraph
from generator.readers.html import read
from generator.readers.html_drawn import content_text
from tests.readers.samples import LIMITS, grids, texts


def cell(inside: str, css: str = "") -> DocumentCell:
    page = f"<meta charset=utf-8><style>{css}</style><table><tr><td>新收<td>{inside}<tr><td>上年<td>0</table>"
    (grid,) = grids(read(page.encode(), "示例.html", LIMITS))
    return grid.rows[0][1]


@pytest.mark.parametrize(
    ("inside", "css", "text", "raw"),
    [
        ('<input value="22">', "", "", "〔控件或样式显示：22〕"),
        ('<input type="number" value="22">件', "", "件", "〔控件或样式显示：22〕件"),
        ("<textarea>22</textarea>", "", "", "〔控件或样式显示：22〕"),
        ("<select><option>21<option selected>22</select>", "", "", "〔控件或样式显示：22〕"),
        ("<select><option>21<option>22</select>", "", "", "〔控件或样式显示：21〕"),
        ("<math><mn>22</mn></math>", "", "", "〔控件或样式显示：22〕"),
        ("<svg><text>22</text></svg>", "", "", "〔控件或样式显示：22〕"),
        ("<b>22</b>", "b::before{content:'9'}", "22", "〔控件或样式显示：9〕22"),
        ("<b>22</b>", "td > b:after{content:'①'}", "22", "22〔控件或样式显示：①〕"),
        (
            "22",
            "td + td::before, td:last-child::before{content:'9'} td::before{content:'8'}",
            "22",
            "〔控件或样式显示：9〕22",
        ),
        ("<b data-n=22></b>", "b::before{content:attr(data-n)}", "", "〔控件或样式显示：22〕"),
        ("<b>22</b>", "b::before{content:counter(rows)}", "22", "〔控件或样式显示：〓〕22"),
        ("<b>22</b>", r"b::before{content:'\39'}", "22", "〔控件或样式显示：9〕22"),
        ("<bdo dir=rtl>12</bdo>", "", "", "〔控件或样式显示：12〕"),
        ("<b>12</b>", "b{direction:rtl;unicode-bidi:bidi-override}", "", "〔控件或样式显示：12〕"),
        ("22<small>1</small>", "", "22", "22〔小字：1〕"),
        ('<font size="4">22</font><font size="1">1</font>', "", "22", "22〔小字：1〕"),
        ("2293<b>1</b>", "b{font-variant-position:super}", "2293", "2293〔上标：1〕"),
    ],
)
def test_what_is_only_shown_is_told_and_never_part_of_a_figure(inside: str, css: str, text: str, raw: str) -> None:
    read_cell = cell(inside, css)
    assert (read_cell.text, read_cell.raw) == (text, raw)
    assert read_cell.doubt is not None


@pytest.mark.parametrize(
    ("inside", "css"),
    [
        ("22<input type=hidden value=9>", ""),
        ("22<input type=checkbox value=9 checked>", ""),
        ("22<input type=submit value=9>", ""),
        ("22<input value=''>", ""),
        ("22<input value=9 style='display:none'>", ""),
        ("<b>22</b>", "b::before{content:''}"),
        ("<b>22</b>", "b::before{content:none}"),
        ("<b>22</b>", r"b::before{content:'\e601'}"),  # a letter of an icon font
        ("<b>22</b>", "b::after{content:'。'}"),
        ("<b>22</b>", "b::after{content:'9';display:none}"),
        ("<b>22</b>", "b::after{content:'.';visibility:hidden;height:0}"),  # clears floats
        ("<b>22</b>", "b{content:'9'}"),  # does nothing to an ordinary element
        ("<b>22</b>", "i::before{content:'9'}"),
        ("<b>22</b>", "@media print{b::before{content:'9'}}"),
        ("<bdo dir=ltr>22</bdo>", ""),
        (
            "<b>22</b>",
            "b:hover{display:none} b:nth-child(1){color:#fff;font-weight:700} tr:nth-child(odd){background:#eee}",
        ),
        ("<b>22</b>", "i:first-child{display:none}"),
    ],
)
def test_what_shows_nothing_leaves_a_figure_certain(inside: str, css: str) -> None:
    read_cell = cell(inside, css)
    assert (read_cell.text, read_cell.raw, read_cell.doubt) == ("22", "", None)


def test_controls_outside_tables_are_no_text() -> None:
    page = "<meta charset=utf-8><p>收到申请22件。<input value='查询'><button>打印</button></p>"
    assert texts(read(page.encode(), "示例.html", LIMITS)) == ["收到申请22件。"]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("受理<input value=57>件", "受理〓57〓件"),
        ("受理<select><option>57</select>件", "受理〓57〓件"),
        ("受理<math><mn>57</mn></math>件", "受理〓57〓件"),
        ("受理<svg><text>57</text></svg>件", "受理〓57〓件"),
        ("受理<i class=n></i>件", "受理〓57〓件"),
        ("经费57<i class=w></i>元", "经费57〓万〓元"),
        ("受理57件<i class=w></i>", "受理57件"),
        ("受理57件<svg><title>图</title></svg>", "受理57件"),
    ],
)
def test_figures_that_are_drawn_within_a_sentence_are_kept_and_marked(inside: str, text: str) -> None:
    css = "<style>.n::before{content:'57'}.w::after{content:'万'}</style>"
    page = f"<!DOCTYPE html><meta charset=utf-8>{css}<p>{inside}</p>"
    (line,) = (block for block in read(page.encode(), "示例.html", LIMITS).blocks if isinstance(block, Paragraph))
    assert "".join(f"〓{p.text}〓" if p.mark is Mark.DRAWN else p.text for p in line.pieces) == text


def test_a_note_in_a_caption_is_a_line_of_the_text() -> None:
    rows = "<tr><td>新收<td>22<tr><td>上年<td>0"
    page = f"<!DOCTYPE html><meta charset=utf-8><table><caption>注：另有7件</caption>{rows}</table>"
    assert texts(read(page.encode(), "示例.html", LIMITS)) == ["注：另有7件"]


def test_a_code_that_is_no_character_draws_nothing() -> None:
    assert content_text(r'"\d800\110000\0"', {}) == ""
