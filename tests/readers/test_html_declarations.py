"""Declarations are taken, dropped or doubted as a browser would; an important one is covered by no other."""

from __future__ import annotations

import pytest

from generator.readers.html_declarations import declared, weighed


def test_only_declarations_that_hide_or_mark_are_read() -> None:
    assert declared("COLOR: Red; cursor:none; font-size:0 ;;x") == {"color": "red", "font-size": "0"}
    assert declared("color:red !important; color:blue") == {"color": "red !important"}
    assert declared("color:red ! important; color:blue") == {"color": "red !important"}


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("display:none;display:-ms-grid", {"display": "none"}),
        (r"display:inline;display:none\9", {"display": "inline"}),
        ("color:white !ie", {}),
        ("*display:none;_display:none", {}),
        ("(display:inline;) display:none", {}),
        ("display:none;display:shown", {"display": "none", "maybe-hidden": "1"}),
        ("visibility:hidden;visibility:no", {"visibility": "hidden", "maybe-hidden": "1"}),
        ("opacity:0;opacity:var(--o)", {"opacity": "var(--o)"}),
        (r"d\69splay:n\6f ne", {"display": "none"}),
        ("color:red;content:';display:none'", {"color": "red", "content": "';display:none'"}),
        ("background-image:url(a;display:none)", {"background-image": "url(a;display:none)"}),
    ],
)
def test_what_no_browser_takes_is_passed_over(style: str, expected: dict[str, str]) -> None:
    assert declared(style) == expected


@pytest.mark.parametrize("style", ["font-size:1", "color:ffffff", "background-color:fff", "width:5"])
def test_bare_numbers_hold_only_on_pages_without_a_doctype(style: str) -> None:
    assert declared(style, quirks=True) and not declared(style, quirks=False)
    assert declared("font-size:0", quirks=False) == {"font-size": "0"}


@pytest.mark.parametrize(
    ("style", "name", "value"),
    [
        ("font-size:0;font:16px serif", "font-size", "16px serif"),
        ("font:16px serif;font-size:0", "font-size", "0"),
        ("font-size:0;font:caption", "font-size", "caption"),
        ("background-color:#000;background:none", "background-color", "none"),
        ("text-decoration:line-through;text-decoration-line:none", "text-decoration-line", "none"),
        ("overflow:hidden", "overflow-y", "hidden"),
        ("flex-flow:row-reverse", "flex-direction", "row-reverse"),
    ],
)
def test_the_later_of_a_shorthand_and_its_part_holds(style: str, name: str, value: str) -> None:
    assert declared(style)[name] == value


def test_important_declarations_lie_on_top() -> None:
    layers = [{"display": "none !important", "color": "red"}, {"display": "inline", "color": "blue"}]
    assert weighed(layers) == {"display": "none !important", "color": "blue"}
    assert weighed([*layers, {"display": "block !important"}])["display"] == "block !important"
