"""Takes style sheets apart: imports, layers, blocks in blocks, first values of variables."""

from __future__ import annotations

import pytest

from generator.readers.html_rules import Sheets, uncommented

SAVED = {"x.css": b"@import 'y.css'; b{color:blue}", "y.css": b"i{color:red}", "loop.css": b"@import 'loop.css';"}


def bodies(css: str, sheets: Sheets | None = None) -> list[tuple[str, bool]]:
    return [(rule.body.strip(), rule.certain) for rule in (sheets or Sheets(SAVED.get)).rules(css)]


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("@import 'x.css'; u{x:y}", [("color:red", True), ("color:blue", True), ("x:y", True)]),
        ("@charset 'utf-8'; @layer q; @import url(y.css) layer(q);", [("color:red", True)]),
        ('@import url("y.css") supports(x:y);', [("color:red", False)]),
        ("@import 'y.css' (hover:hover);", [("color:red", False)]),
        ("@import 'y.css' print; u{x:y}", [("x:y", True)]),
        ("@import url(data:text/css,i{x:y});", [("x:y", True)]),
        ("@import url(data:text/css,i%7Bx:y%7D);", [("x:y", True)]),
    ],
)
def test_imported_sheets_come_first(css: str, expected: list[tuple[str, bool]]) -> None:
    sheets = Sheets(SAVED.get)
    assert bodies(css, sheets) == expected and not sheets.missing


@pytest.mark.parametrize("css", ["@import 'gone.css';", "@import 'loop.css';", "i{x:y} @import 'y.css';"])
def test_a_sheet_that_is_not_here_or_imported_too_deep_is_missing(css: str) -> None:
    sheets = Sheets(SAVED.get)
    assert len(bodies(css, sheets)) < 2 and sheets.missing


def test_strings_and_comments_open_no_block() -> None:
    assert bodies(r"""i{x:"a\"}b{";y:z} /* { */""") == [(r'x:"a\" b ";y:z', True)]
    assert uncommented("<!-- a/*b*/c -->").split() == ["a", "c"]


def test_the_order_of_layers_goes_on_from_sheet_to_sheet() -> None:
    sheets = Sheets()
    first = [rule.layer for rule in sheets.rules("@layer a,b; @layer b{i{x:y}} i{x:y}")]
    second = [rule.layer for rule in sheets.rules("@layer a{i{x:y}} @layer b.c{i{x:y}}")]
    assert second[0] < second[1] < first[0] < first[1]


def test_registered_variables_have_their_first_value() -> None:
    sheets = Sheets()
    assert bodies("@property --h{syntax:'*';inherits:false;initial-value:none} i{x:y}", sheets) == [("x:y", True)]
    assert sheets.variables == {"--h": "none"}
