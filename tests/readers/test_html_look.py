"""Works out how text on a page looks, from elements, attributes and declarations."""

from __future__ import annotations

import pytest

from generator.readers.colours import BLACK, WHITE
from generator.readers.document import Mark
from generator.readers.html_declarations import declared
from generator.readers.html_look import Look, look_of


def inside(tag: str = "span", style: str = "", outer: Look | None = None, **attributes: str) -> Look:
    return look_of(outer or Look(), tag, attributes, declared(style))


@pytest.mark.parametrize(
    ("tag", "style", "mark"),
    [
        ("s", "", Mark.STRUCK),
        ("strike", "", Mark.STRUCK),
        ("del", "", Mark.DELETED),
        ("sup", "", Mark.RAISED),
        ("sub", "", Mark.LOWERED),
        ("rt", "", Mark.RUBY),
        ("span", "text-decoration:underline line-through red", Mark.STRUCK),
        ("span", "text-decoration-line:line-through", Mark.STRUCK),
        ("span", "vertical-align:super", Mark.RAISED),
        ("span", "vertical-align:-3px", Mark.LOWERED),
        ("span", "vertical-align:30%", Mark.RAISED),
        ("span", "vertical-align:top;font-size:60%", Mark.RAISED),
        ("span", "position:relative;top:-4.0pt;mso-text-raise:4.0pt", Mark.RAISED),
        ("span", "mso-list:Ignore", Mark.NUMBER),
        ("span", "vertical-align:middle", None),
        ("span", "vertical-align:top", None),
        ("td", "vertical-align:super", None),
        ("u", "text-decoration:underline", None),
    ],
)
def test_marks(tag: str, style: str, mark: Mark | None) -> None:
    assert inside(tag, style).mark == mark


def test_a_line_through_text_goes_on_into_what_is_inside_whatever_that_declares() -> None:
    struck = inside("s")
    assert inside("b", "text-decoration:none", struck).mark is Mark.STRUCK
    assert inside("sup", outer=struck).mark is Mark.STRUCK and inside("s", outer=inside("sup")).mark is Mark.STRUCK


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "display:none!important",
        "visibility:hidden",
        "visibility:collapse",
        "opacity:0",
        "opacity:0%",
        "filter:alpha(opacity=0)",
        "font-size:0",
        "font-size:1px",
        "font-size:1%",
        "font:0/0 serif",
        "color:#fff",
        "color:#fefefe",
        "color:transparent",
        "color:rgba(0,0,0,0)",
        "background:#000",
        "background-color:rgb(0,0,0);color:black",
        "position:absolute;left:-9999px",
        "display:block;text-indent:-9999px",
        "display:inline-block;overflow:hidden;width:1px;height:1px",
        "float:left;overflow:hidden;max-height:0",
        "position:absolute;clip:rect(0,0,0,0)",
        "display:block;clip-path:inset(50%)",
        "display:inline-block;transform:scale(0)",
    ],
)
def test_what_nobody_sees(style: str) -> None:
    assert inside(style=style).hidden


@pytest.mark.parametrize(
    "style",
    [
        "",
        "display:inline",
        "visibility:visible",
        "opacity:0.9",
        "font-size:9pt",
        "font-size:small",
        "color:red",
        "color:#fff;background:#036",
        "color:#fff;background:url(x.png)",
        "color:var(--ink)",
        "background:none",
        "overflow:hidden;width:100px",
        "text-indent:2em",
        "position:relative;left:3px",
        "position:absolute;clip:auto",
    ],
)
def test_what_is_seen(style: str) -> None:
    assert not inside(style=style).hidden


def test_attributes_of_old_pages() -> None:
    assert inside(hidden="").gone and not inside(style="display:inline", hidden="").gone
    assert inside("font", color="white").hidden and not inside("font", color="white", outer=Look(ground=BLACK)).hidden
    assert inside("td", bgcolor="#000000").ground == BLACK and inside("font", size="1").size == 10


def test_what_is_visible_inside_something_hidden_shows_and_what_is_inside_something_not_displayed_does_not() -> None:
    assert not inside(style="visibility:visible", outer=inside(style="visibility:hidden")).hidden
    assert not inside(style="font-size:16px", outer=inside(style="font-size:0")).hidden
    assert inside(style="display:block", outer=inside(style="display:none")).hidden
    assert inside("b", outer=Look(ink=WHITE, ground=BLACK)).bold
