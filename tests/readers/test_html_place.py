"""Finds out how each element of a page looks; the figures are those that Chromium shows for these pages."""

from __future__ import annotations

import pytest

from generator.readers.document import DocumentCell
from generator.readers.html import read
from generator.readers.html_place import in_quirks
from tests.readers.samples import LIMITS, grids

MODERN = "<!DOCTYPE html>"
LOOSE = '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN"{}>'


@pytest.mark.parametrize(
    ("start", "quirks"),
    [
        ("<html>", True),
        ("", True),
        ("\ufeff <!-- 示例 --> <!doctype HTML>", False),
        ('<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://x">', False),
        (LOOSE.format(' "http://www.w3.org/TR/html4/loose.dtd"'), False),
        (LOOSE.format(""), True),
        ('<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN">', True),
        ('<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">', True),
        ("<!DOCTYPE report>", True),
        ('<!DOCTYPE html SYSTEM "about:legacy-compat">', False),
    ],
)
def test_the_doctype_tells_whether_old_rules_hold(start: str, quirks: bool) -> None:
    assert in_quirks(start) == quirks


def cell(css: str, inside: str, doctype: str = MODERN) -> DocumentCell:
    page = f"{doctype}<style>{css}</style><table><tr><td>新收<td>{inside}<tr><td>上年<td>0</table>"
    return grids(read(page.encode(), "示例.html", LIMITS))[0].rows[0][1]


@pytest.mark.parametrize(
    ("css", "inside", "figure"),
    [
        ("i{display:none!important}", '<i style="display:inline">9</i>22', "22"),
        ("i{display:none!important}", '<i style="display:inline!important">9</i>22', "922"),
        ("", '<i style="/* */display:none">9</i>22', "22"),
        ("", '<i style="display:contents;opacity:0">9</i>22', "922"),
        ("", '<i style="-webkit-text-fill-color:#fff"><b style="color:#000">9</b></i>22', "22"),
        ("", '<i style="opacity:.2"><i style="opacity:.2">9</i></i>22', "22"),
        ("", '<i style="visibility:hidden">1<b style="visibility:initial">9</b></i>22', "922"),
        ("", '<i style="font-size:0">1<b style="font-size:initial">9</b></i>22', "922"),
        ("", "<font color=fffff>9</font>22", "22"),
        ("", '<font color="wheat1">9</font>22', "922"),
        ("", '<i style="background:#000 none">9</i>22', "22"),
        ("", '<i hidden style="display:inline">9</i>22', "922"),
        ("", '<i popover style="display:inline">9</i>22', "22"),
        ("[align=CENTER] i{display:none}", "<p align=center><i>9</i>22</p>", "22"),
        ("", "<noembed>9</noembed>22", "22"),
        ("", '<i style="display:block">9</i>22', "9\n22"),
    ],
)
def test_a_figure_is_what_a_browser_shows(css: str, inside: str, figure: str) -> None:
    made = cell(css, inside)
    assert (made.text, made.doubt) == (figure, None)


@pytest.mark.parametrize(
    ("css", "inside"),
    [
        ("body{font-size:0}", "22"),
        ("", "<i style='color:#fff'>22</i>"),
        ("", "<ol start=22><li></ol>"),
        ("", "<ol start=9><li><p>22</p></ol>"),
        ("", "<big>22</big>9"),
    ],
)
def test_a_figure_that_nobody_sees_or_that_stands_beside_another_is_in_doubt(css: str, inside: str) -> None:
    made = cell(css, inside)
    assert made.doubt is not None and made.text in ("", "22")


def test_a_table_of_a_page_without_a_doctype_has_letters_of_its_own_size() -> None:
    assert cell("body{font-size:0}", "22", "").text == "22"


@pytest.mark.parametrize(
    ("css", "inside"),
    [
        *(
            (f"i{{{declared}}}", "<i>9</i>22")
            for declared in (
                "text-indent:-9999px",
                "overflow:hidden;width:0",
                "transform:scale(0)",
                "content-visibility:hidden",
                "color:transparent;text-shadow:0 0 #000",
                "color:#fff;box-shadow:inset 0 0 0 99px #036",
                "color:transparent;background:#000;background-clip:text",
                "-webkit-text-stroke:9px #fff",
                "backdrop-filter:invert(1)",
                "outline:9px solid #036",
                "font-variant:super",
                "font-feature-settings:'sups'",
                "position:relative;left:20px",
                "margin-left:30px",
                "padding:0 40px",
                "animation:gone 1ms forwards",
                "content:url(x.png)",
                "display:shown",
            )
        ),
        ("", "<i hidden=until-found>9</i>22"),
        ("", "<marquee>9</marquee>22"),
        ("", "<div dir=rtl><bdi>22</bdi><bdi>93</bdi></div>"),
        ("i{display:inline-flex;flex-flow:row-reverse}", "<i><b>9</b><u>3</u></i>"),
        ("b{grid-column:2}", "<i><b>9</b><u>3</u></i>"),
        ("i::before{content:'';position:absolute;top:50%;border-top:1px solid}", "<i>9</i>22"),
        ("i{list-style:'9';display:list-item}", "<i>22</i>"),
        ("", '9<b style="position:absolute;left:0;background:#fff;width:9px;height:99px"></b>22'),
        ("i, b:bogus{display:none}", "<i>9</i>22"),
        ("i{color:#fff} @container (x){i{color:#000}}", "<i>9</i>22"),
    ],
)
def test_what_may_be_seen_otherwise_is_doubted(css: str, inside: str) -> None:
    assert cell(css, inside).doubt is not None


@pytest.mark.parametrize(
    "sheet",
    [
        '<link rel="alternate stylesheet" href="data:text/css,i{display:none}">',
        '<link rel=stylesheet disabled href="data:text/css,i{display:none}">',
        "<style type='text/less'>i{display:none}</style>",
        "<noscript><style>i{display:none}</style></noscript>",
        "<style media=print>i{display:none}</style>",
    ],
)
def test_sheets_that_do_not_apply_hide_nothing(sheet: str) -> None:
    page = f"{MODERN}{sheet}<table><tr><td>新收<td><i>9</i>22<tr><td>上年<td>0</table>"
    assert grids(read(page.encode(), "示例.html", LIMITS))[0].rows[0][1].text == "922"
    applied = page.replace("alternate ", "").replace("disabled ", "").replace("text/less", "text/css")
    applied = applied.replace("noscript", "b").replace("=print", "=screen")
    assert grids(read(applied.encode(), "示例.html", LIMITS))[0].rows[0][1].text == "22"
