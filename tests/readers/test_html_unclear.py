"""Figures of web pages are the true ones or doubted, however a style sheet hides, moves or covers what is beside."""

from __future__ import annotations

import random

import pytest

from generator.readers.document import DocumentCell
from generator.readers.html import read
from generator.readers.html_unclear import resolved, unclear
from tests.readers.samples import LIMITS, grids, rules

GLUED = "<i class=x>9</i>22"


def cell(inside: str, css: str = "", head: str = "") -> DocumentCell:
    page = (
        f"<!DOCTYPE html><meta charset=utf-8><style>{css}</style>{head}"
        f"<table><tr><td>新收<td>{inside}<tr><td>上年<td>0</table>"
    )
    (grid,) = grids(read(page.encode(), "示例.html", LIMITS))
    return grid.rows[0][1]


# which elements a selector is for is worked out, so what it hides is not read and the figure is certain
FOLLOWED = [
    "td i:nth-child(1){%}",
    "i:first-child{%}",
    "i:first-of-type{%}",
    "tr:nth-child(odd) td:nth-child(2) i{%}",
    "td + td i{%}",
    "td ~ td > i{%}",
    "i:not(.shown){%}",
    "i:not(.a, .b):not(#c){%}",
    ":is(i, b).x{%}",
    ":where(.x){%}",
    "td:has(i) i{%}",
    "td:has(> i) > i{%}",
    "[class='x']{%}",
    "[class|=x]{%}",
    "[CLASS=X i]{%}",
    "i:not(:hover){%}",
    "tr:first-child td:last-child i:empty, i:only-of-type{%}",
    r".\78 {%}",
    "td{ i{%} }",
    "td{ & > i{%} color:#000 }",
    "td,th{ b,i{%} }",
    "@media (min-width:900px){ i{%} }",
    "@media screen and (max-width:600px){ b{%} } i{%}",
    "@media not print{ i{%} }",
    "@supports (display:grid){ i{%} }",
    "@layer base{ i{%} }",
    "b, td > .x:nth-last-child(1 of i){%}",
]
HIDING = [
    "display:none",
    r"d\69splay:none",
    "visibility:hidden",
    "color:#fff",
    "color:var(--paper)",
    "font-size:var(--none, 0)",
    "opacity:.01",
]


@pytest.mark.parametrize("selector", FOLLOWED)
def test_a_selector_by_place_is_followed(selector: str) -> None:
    variables = ":root{--paper:white}"
    for hiding in HIDING:
        dressed = cell(GLUED, variables + selector.replace("%", hiding))
        assert (dressed.text, dressed.doubt) == ("22", None), hiding


@pytest.mark.parametrize(
    ("css", "inside"),
    [
        ("i:lang(zh){display:none}", GLUED),
        ("i:dir(ltr){color:#fff}", GLUED),
        ("i:defined{display:none}", GLUED),
        ("@media (hover:hover){i{display:none}}", GLUED),
        ("@media (prefers-color-scheme:light){i{color:white}}", GLUED),
        ("@container (min-width:1px){i{display:none}}", GLUED),
        ("@supports not (x:y){i{display:none}}", GLUED),
        ("i{display:none} @supports not (x:y){i{display:inline}}", GLUED),
        ("td::first-letter{font-size:0}", "922"),
        ("td::first-letter{color:#fff}", "922"),
        ("td:first-line{visibility:hidden}", "922"),
        ("i:lang(zh)::before{content:'9'}", "<i>22</i>"),
        ("", "<details><summary>22</summary>9</details>"),
        ("", "22<details>9</details>"),
        *(
            (f"i{{{declaration}}}", GLUED)
            for declaration in (
                "opacity:calc(0)",
                "font-size:calc(0px)",
                "color:color-mix(in srgb, white, white)",
                "color:lab(100% 0 0)",
                "display:if(style(--a:b): none)",
                "float:right",
                "order:3",
                "position:absolute",
                "position:fixed;top:0",
                "margin-left:-8px",
                "margin:0 -1em",
                "letter-spacing:-1em",
                "transform:rotate(180deg)",
                "transform:translateX(-100px)",
                "-webkit-transform:scale(.01)",
                "rotate:180deg",
                "scale:-1 1",
                "translate:-400px",
                "zoom:.01",
                "offset-path:path('M0 0L99 0')",
                "filter:blur(9px)",
                "filter:contrast(0) brightness(3)",
                "mask:linear-gradient(transparent,transparent)",
                "mix-blend-mode:screen",
                "-webkit-text-security:disc",
                "writing-mode:vertical-rl",
                "display:inline-block;overflow:hidden;width:4px",
                "display:block;overflow:hidden;line-height:0",
                "overflow:hidden;text-indent:-3em",
                "clip-path:circle(1px)",
                "background:linear-gradient(#000,#000)",
                "all:unset",
                "display:inline-block;scale:0",
                "display:inline-block;scale:0%",
                "position:relative;z-index:-1",
                "display:revert-layer",
                "text-decoration:underline;text-underline-offset:-.5em",
                "text-decoration-line:underline;text-decoration-thickness:2em",
                "display:ruby-text",
            )
        ),
        ("td{background:linear-gradient(#fff,#fff)} i{color:#fff}", GLUED),
    ],
)
def test_what_cannot_be_worked_out_is_doubted(css: str, inside: str) -> None:
    dressed = cell(inside, css)
    assert dressed.doubt is not None and dressed.text in ("", "22", "2293")


def test_a_legend_is_a_line_of_its_own() -> None:
    assert cell("<fieldset><legend>9</legend>22</fieldset>").text == "9\n22"


def test_a_note_beside_a_figure_is_a_line_of_its_own() -> None:
    assert cell("<aside>9</aside>22").text == "9\n22"
    assert cell("<dialog>9</dialog>22").text == "22" == cell("<i popover>9</i>22").text


def test_digits_of_several_classes_are_doubted_where_their_style_sheet_is_missing() -> None:
    sheet = '<link rel=stylesheet href="x.css">'
    assert cell(GLUED, head=sheet).doubt is not None
    assert cell(GLUED, "@import 'x.css';").doubt is not None
    for plain in ("<p class=a><span class=b>2</span><span class=b>2</span></p>", "<i class=x>22</i>", "<b>2</b>2"):
        assert (cell(plain, head=sheet).text, cell(plain, head=sheet).doubt) == ("22", None)


PORTAL = """
html{font-size:calc(12px + .2vw)}
*{margin:0;padding:0;box-sizing:border-box} :root{--ink:#333;--w:1200px}
body{position:relative;color:var(--ink);float:left;transform:translate(0,0);background:#fff url(bg.png) repeat-x}
.wrap{width:var(--w);margin:0 auto;overflow:hidden;position:absolute;left:calc(50% - 600px);
filter:drop-shadow(0 0 2px #ccc)}
table{border-collapse:collapse;float:left;margin:-1px}
td,th{padding:3px;position:relative;vertical-align:middle;line-height:1.5}
tr:nth-child(even){background:#f5f5f5}
tr:hover td{color:#fff;background:#036} td:not(:last-child){border-right:1px solid}
td>p{text-indent:-21pt;margin-left:21pt;letter-spacing:-.5px} td span{font-family:simsun;color:rgb(51 51 51);float:none}
a:visited{color:#fff}
.nav li:hover>ul{display:block}
.nav ul ul{display:none;position:absolute} ::selection{color:#fff}
input::placeholder{color:transparent}
.clear::after{content:"";display:block;height:0;clear:both;visibility:hidden}
@media (max-width:768px){td:nth-child(2){display:none}
.hide{display:none}} @media print{td{display:none} body{color:#fff}}
@media (prefers-reduced-motion:reduce){*{transition:none}} @font-face{font-family:x;src:url(x.woff)}
@keyframes in{from{opacity:0}
to{opacity:1}}
.fade:not(.show){opacity:0} .modal{display:none} i[class^=icon-]{font-style:normal}
"""


def test_a_portal_s_large_style_sheet_leaves_figures_certain() -> None:
    plain = '<p class="MsoNormal" style="text-align:center"><span style="font-size:10.5pt">22</span></p>'
    page = (
        f"<!DOCTYPE html><meta charset=utf-8><style>{PORTAL * 20}</style><body><div class=wrap>"
        f"<table><tr><td>新收<td>{plain}<tr><td>上年<td>{plain}</table></div>"
    )
    document = read(page.encode(), "示例.html", LIMITS)
    assert [(c.text, c.doubt) for row in grids(document)[0].rows for c in row[1:]] == [("22", None)] * 2
    assert not rules(document)


def test_any_mixture_of_dressings_is_the_true_figure_or_a_doubt() -> None:
    chance = random.Random(12)
    heads = [head for head in FOLLOWED if head.count("%") == 1 and head.startswith(("i", "td", ":", "["))]
    for _ in range(200):
        hiding, showing = (
            chance.choice(HIDING),
            chance.choice(["font-weight:700", "color:red", "padding:1px", "order:2"]),
        )
        css = chance.choice(heads).replace("%", hiding + " !important") + chance.choice(heads).replace("%", showing)
        dressed = cell(GLUED, ":root{--paper:white}" + css)
        assert dressed.text == "22" or dressed.doubt is not None, css


def test_variables_take_their_values_and_fallbacks() -> None:
    style = {
        "--a": "none",
        "--b": "var(--a)",
        "display": "var(--b)",
        "color": "var(--c, var(--d, red))",
        "top": "var(--e)",
    }
    plain, known = resolved(style, {"--d": "#fff"})
    assert plain == {"display": "none", "color": "#fff"} and known["--b"] == "var(--a)"
    assert resolved({"--a": "var(--a)", "opacity": "var(--a)"}, {})[0] == {"opacity": "var(--a)"}


@pytest.mark.parametrize(
    "style",
    [
        {},
        {"position": "relative"},
        {"transform": "translate(0, 0)"},
        {"filter": "grayscale(100%)"},
        {"margin": "0 auto -2px"},
        {"letter-spacing": "-0.5px"},
        {"overflow": "hidden", "width": "38px"},
        {"float": "none"},
    ],
)
def test_ordinary_declarations_are_clear(style: dict[str, str]) -> None:
    assert not unclear(style, 16)


COUNTER = (
    "<style>.g{display:grid}.f{display:flex}.c{flex-direction:column}.x{-webkit-text-decoration:line-through}</style>"
)
TWO = "<span>22</span><span>9</span>"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        # stacked by a grid or a column: two figures, not one
        (f"<div class=g>{TWO}</div>", "22\n9"),
        (f"<div style='display:inline-grid'>{TWO}</div>", "22\n9"),
        (f"<div class='f c'>{TWO}</div>", "22\n9"),
        # side by side without room between
        (f"<div class=f>{TWO}</div>", "229"),
        ("<table><tr><td>22</table>", "22"),
        ("22<template>9</template>", "22"),
        ("22<noscript><img alt=''></noscript>", "22"),
        ("<b data-v-1f>22</b>", "22"),
        ("<b v-cloak>22</b>", "22"),
        ("<b data-to=22>22</b>", "22"),
        ("<b data-to=0></b>", ""),
        ("<b data-value='自然人'>22</b>", "22"),
        ("<input type=hidden value=9>22", "22"),
        ("<b ng-bind=a>22</b>", "22"),
        ("<div style='width:38px;overflow:hidden'>22</div>", "22"),
        ("<a href='#n1'>22</a>", "22"),
        ("<span style='border:1px solid'>22</span>", "22"),
        ("<span style='border:none'>2</span>2", "22"),
    ],
)
def test_what_a_browser_shows_as_a_figure_is_read_without_a_doubt(inside: str, text: str) -> None:
    made = cell(inside, head=COUNTER)
    assert (made.text, made.doubt) == (text, None)


@pytest.mark.parametrize(
    "inside",
    [
        f"<div class=f style='gap:1em'>{TWO}</div>",
        f"<div class=f style='column-gap:9px'>{TWO}</div>",
        f"<div class=f style='justify-content:space-between'>{TWO}</div>",
        "<span style='margin:0 1em'>22</span><span style='margin:0 1em'>9</span>",
        "<b style='display:inline-block;width:4em'>22</b><b>9</b>",
        "<b class=x>9</b>22",
        "22<noscript>9</noscript>",
        "<noscript>22</noscript>",
        "<b><template shadowrootmode=open><i>22</i></template></b>",
        "<b><template shadowrootmode=open><i>22</i></template>9</b>",
        "<b v-if=a>9</b>22",
        "<b v-show=a>9</b>22",
        "<b ng-bind=a></b>",
        "<b x-text=a> </b>",
        "<b data-to=22>0</b>",
        "<b class=count data-count=22></b>",
        "<input placeholder=22>",
        "<textarea placeholder=22></textarea>",
        "<ol><li class=m>22</ol><style>.m::marker{content:'9 '}</style>",
        "<style>q{quotes:'9' ''}</style><q>22</q>",
        "<style>b{quotes:'9' ''} b::before{content:open-quote}</style><b>22</b>",
        "<font face=Wingdings>22</font>",
        "<style>table{font-family:Webdings}</style>22",
        "<input type=password value=22>",
        "<input type=date value=2021-01-01>22",
        # a box shows the first digits only
        "<div style='width:1em;overflow:hidden'>2293</div>",
        "<div style='max-width:2ch;overflow:clip'><p>22939</p></div>",
        # the mark of a note, its style not declared here, or in a box
        "22<a href='#n1'>1</a>",
        "22<span class=MsoFootnoteReference>1</span>",
        "22<span style='border:1px solid;border-radius:50%'>1</span>",
        "<div><template shadowrootmode=open><slot name=a></slot></template><i slot=a>22</i><i>9</i></div>",
        "<font size='-7'>9</font>22",
    ],
)
def test_a_figure_that_may_not_be_what_is_read_is_in_doubt(inside: str) -> None:
    assert cell(inside, head=COUNTER).doubt is not None


FONT = "@font-face{font-family:n;src:url(n.woff)}"
PART = "@font-face{font-family:n;src:url(n.woff);unicode-range:"


@pytest.mark.parametrize(
    ("css", "doubted"),
    [
        (FONT + " td{font-family:n,SimSun}", True),
        (FONT + " table{font:12px/1.5 'N'}", True),
        (PART + "U+4??,U+30-35} td{font-family:n}", True),
        ("@font-face{font-family:n;src:url(data:font/woff;base64,AAAA)} b{font-family:x,n}", True),
        (PART + "U+41-5A,U+E000-F8FF} td{font-family:n}", False),
        ("@font-face{font-family:n;src:local(SimSun)} td{font-family:n}", False),
        (FONT + " td{font-family:'Microsoft YaHei',n}", False),
        (FONT + " i{font-family:n}", False),
        (FONT + " td{font-family:n} b{font-family:SimSun}", False),
    ],
)
def test_digits_in_a_font_that_the_page_brings_along_are_in_doubt(css: str, doubted: bool) -> None:
    """Such a font may draw 3304 as 2293; nothing in the text tells."""
    made = cell("<b>22</b>", css)
    assert (made.text, made.doubt is not None) == ("22", doubted)


@pytest.mark.parametrize("dress", ["tr{display:flex;flex-direction:row-reverse}", "tbody{transform:rotate(9deg)}"])
def test_a_row_in_doubt_keeps_its_label_and_its_figure(dress: str) -> None:
    page = f"<!DOCTYPE html><style>{dress}</style><table><tr><td>新收<td>22<tr><td>上年<td>0</table>"
    (grid,) = grids(read(page.encode(), "示例.html", LIMITS))
    assert [[(c.text, c.doubt is not None) for c in row] for row in grid.rows] == [
        [("新收", False), ("22", True)],
        [("上年", False), ("0", True)],
    ]


LONG = "本年度收到政府信息公开申请二十二件，均按时办结。" * 10


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        (f"<textarea>{LONG}</textarea>", True),
        (f"<svg><foreignObject><p>{LONG}</p></foreignObject></svg>", True),
        (f"<noscript><p>{LONG}</p></noscript>", True),
        (f"<iframe srcdoc='{LONG}'></iframe>", True),
        (
            "<noscript>请开启脚本</noscript><svg><text>图</text></svg><iframe src=a></iframe><textarea></textarea>",
            False,
        ),
        (f"<template>{LONG}</template>", False),
    ],
)
def test_long_texts_that_are_passed_over_are_told(inside: str, told: bool) -> None:
    page = f"<!DOCTYPE html><p>正文</p>{inside}<table><tr><td>新收<td>22<tr><td>上年<td>0</table>"
    assert ("IMP-EMBEDDED" in rules(read(page.encode(), "示例.html", LIMITS))) == told


@pytest.mark.parametrize(
    ("script", "table", "told"),
    [
        ('<script>var t = "<table><tr><td>22";</script>', "", True),
        ('<script type=application/json>{"t": "\\u003ctd>22"}</script>', "", True),
        ('<script>var t = "<table><tr><td>22";</script>', "<table><tr><td>新收<td>22</table>", False),
        ("<script>share()</script>", "", False),
    ],
)
def test_tables_that_only_scripts_have_are_told(script: str, table: str, told: bool) -> None:
    page = f"<!DOCTYPE html><p>正文</p>{table}{script}"
    assert ("IMP-MACRO" in rules(read(page.encode(), "示例.html", LIMITS))) == told
