"""Reads the style sheets inside a page: simple selectors, the weightiest rule wins, hostile sheets end."""

from __future__ import annotations

import time
from collections import deque

import pytest

from generator.readers.document import Unreadable
from generator.readers.html_selectors import Tag
from generator.readers.html_style import Sheet


def tag(name: str, classes: str = "", identity: str = "", **attributes: str) -> Tag:
    return Tag(name, identity, frozenset(classes.split()), attributes)


PATH = (tag("div", "main", "zoom"), tag("table", "t"), tag("tr"), tag("td", "n old", style="x"))


def matched(css: str) -> dict[str, str]:
    sheet = Sheet()
    sheet.add(css)
    return sheet.declarations(PATH)


@pytest.mark.parametrize(
    "selector",
    [
        ".old",
        "td.old",
        "TD.n.old",
        "*",
        "#zoom td",
        "div.main .t .old",
        "tr>td",
        "table > tr > td",
        "p, td",
        "[style]",
        "td[style=x]",
        'td[style*="x"]',
    ],
)
def test_selectors_that_fit(selector: str) -> None:
    assert matched(selector + " {text-decoration : Line-Through}") == {"text-decoration-line": "line-through"}


@pytest.mark.parametrize(
    "selector",
    [".new", "th", "table > td", "#other td", "td .old", "tr + td", "td::before", "td:hover", "", ">", "td >"],
)
def test_selectors_that_do_not_fit(selector: str) -> None:
    assert "display" not in matched(selector + " {display:none}")


@pytest.mark.parametrize(
    ("css", "display"),
    [
        ("td{display:none} td{display:block}", "block"),
        (".old{display:none} td{display:block}", "none"),
        ("#zoom .old{display:none} td.n.old{display:block}", "none"),
        (".old{display:block} td{display:none !important}", "none !important"),
        ("@media print{td{display:none}}", None),
        ("@media screen{td{display:none}}", "none"),
        ("@font-face{x:y} @page{margin:0} td{display:none}", "none"),
        ("<!-- /* td{display:block} */ td{display:none} -->", "none"),
        ('a{content:"}td{display:block}"} td{display:none}', "none"),
        ("@import 'x.css'; td{display:none}", "none"),
        ("td{display:none", "none"),
        ("} td{display:none}", None),
        ("td{display:block} td, :bogus{display:none}", "block"),
        ("td, td::-webkit-scrollbar{display:none}", "none"),
        ("td, td:hover{display:none}", "none"),
        ("@layer a{td{display:none}} @layer b{td{display:block}}", "block"),
        ("@layer b, a; @layer a{td{display:none}} @layer b{td{display:block}}", "none"),
        ("@layer a{#zoom td{display:none}} td{display:block}", "block"),
        ("@layer a{td{display:none!important}} td{display:block!important}", "none !important"),
        ("@layer a{td{display:none!important}} @layer b{td{display:block!important}}", "none !important"),
        ("@layer a.b{td{display:none}} @layer a{td{display:block}}", "block"),
        ("@layer{td{display:block}} @layer{td{display:none}}", "none"),
        ("th{td,b{display:none}} td{display:block}", "block"),
    ],
)
def test_of_several_rules_the_weightiest_wins(css: str, display: str | None) -> None:
    assert matched(css).get("display") == display


@pytest.mark.parametrize("css", ["@scope (tr)", "@container (width>1px)", "@supports (x:y)", "@media (hover:hover)"])
def test_a_rule_that_may_apply_hides_nothing_for_certain(css: str) -> None:
    assert matched(f"{css}{{td{{display:none}}}}") == {"maybe-hidden": "1"}
    assert matched(f"{css}{{td{{color:red}}}}") == {"maybe-shown": "1"}


def test_classes_and_ids_in_any_case_fit_on_a_page_without_a_doctype() -> None:
    for quirks, fits in ((True, True), (False, False)):
        sheet = Sheet(quirks=quirks)
        sheet.add(".OLD{display:none} #ZOOM td{visibility:hidden}")
        assert bool(sheet.declarations(PATH)) == fits


@pytest.mark.slow
@pytest.mark.parametrize(
    "css",
    [
        "/*" * 500_000,
        "{" * 1_000_000,
        '"' * 999_999,
        "div " * 200_000 + "{color:red}",
        "a,a" * 300_000 + "{color:red}",
        "a{" * 300_000 + "b{color:red}",
        ("&" * 99 + "{") * 9 + "b{color:red}" * 9000,
    ],
)
def test_hostile_sheets_end_soon(css: str) -> None:
    begun = time.process_time()
    matched(css)
    assert time.process_time() - begun < 3


@pytest.mark.slow
def test_selectors_that_cost_too_much_are_refused() -> None:
    sheet = Sheet()
    sheet.add("".join(f"b{n} div div div div td{{color:red}}" for n in range(2000)))
    above = tuple(tag("div") for _ in range(300))
    sheet.budget = 1_000_000
    with pytest.raises(Unreadable, match="too complex"):
        deque((sheet.declarations((*above, tag("td", str(number)))) for number in range(1000)), maxlen=0)


def test_elements_with_the_same_path_are_worked_out_once() -> None:
    sheet = Sheet()
    sheet.add("td.old{color:red} td[style]{display:none}")
    spent = [(sheet.declarations(PATH), sheet.budget) for _ in range(3)]
    assert spent[0] == spent[2] and spent[0][0] == {"color": "red", "display": "none"}
    assert sheet.declarations((*PATH[:-1], tag("td", "n old"))) == {"color": "red"}
