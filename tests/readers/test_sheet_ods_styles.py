"""Reads the look of cells and spans of an OpenDocument spreadsheet."""

from __future__ import annotations

import pytest

from generator.readers.document import Mark
from generator.readers.sheet_looks import Face
from generator.readers.sheet_ods_styles import RUBY, OdsStyles


def styles(*parts: tuple[str, str, dict[str, str]]) -> OdsStyles:
    """Styles of (family, name, text properties); `parent` and `background-color` go where they belong."""
    made = OdsStyles()
    for family, name, properties in parts:
        parent = {"parent-style-name": properties["parent"]} if "parent" in properties else {}
        made.start("style", {"family": family, "name": name, **parent})
        made.start("table-cell-properties", properties)
        made.start("text-properties", properties)
    return made


@pytest.mark.parametrize(
    ("properties", "mark"),
    [
        ({"text-line-through-style": "solid"}, Mark.STRUCK),
        ({"text-line-through-type": "single"}, Mark.STRUCK),
        ({"text-line-through-style": "none", "text-line-through-type": "none"}, None),
        ({"text-position": "33% 58%"}, Mark.RAISED),
        ({"text-position": "super 58%"}, Mark.RAISED),
        ({"text-position": "-8% 58%"}, Mark.LOWERED),
        ({"text-position": "sub"}, Mark.LOWERED),
        ({"text-position": "0% 100%"}, None),
        ({"text-position": ""}, None),
    ],
)
def test_text_properties_give_marks_to_cells_and_spans(properties: dict[str, str], mark: Mark | None) -> None:
    made = styles(("table-cell", "ce1", properties), ("text", "T1", properties))
    assert made.cell("ce1")[0].mark is mark and made.span(Face(), ["T1"]).mark is mark


def test_a_span_may_take_the_line_of_its_cell_away() -> None:
    struck = {"text-line-through-style": "solid"}
    made = styles(
        ("table-cell", "ce1", struck), ("text", "T1", {"text-line-through-style": "none"}), ("text", "T2", {})
    )
    face = made.cell("ce1")[0]
    assert made.span(face, ["T1"]).mark is None and made.span(face, ["T2"]).mark is Mark.STRUCK
    assert made.span(face, [RUBY]).mark is Mark.RUBY


@pytest.mark.parametrize(
    ("properties", "unseen"),
    [
        ({"color": "#ffffff"}, True),
        ({"color": "#ffffff", "background-color": "transparent"}, True),
        ({"color": "#ffffff", "background-color": "#000080"}, False),
        ({"background-color": "#000000"}, True),
        ({"color": "#ffffff", "use-window-font-color": "true"}, False),
        ({"font-size": "1pt"}, True),
        ({"font-size": "11pt"}, False),
        ({"display": "none"}, True),
        ({"color": "white"}, False),
    ],
)
def test_text_of_the_colour_behind_it_is_unseen(properties: dict[str, str], unseen: bool) -> None:
    face, background = styles(("table-cell", "ce1", properties)).cell("ce1")
    assert face.unseen(background) is unseen


def test_styles_inherit_and_a_circle_of_parents_ends() -> None:
    made = styles(
        ("table-cell", "Default", {"text-line-through-style": "solid", "background-color": "#ff0000"}),
        ("table-cell", "ce1", {"parent": "Default", "color": "#0000ff"}),
        ("table-cell", "ce2", {"parent": "ce3"}),
        ("table-cell", "ce3", {"parent": "ce2"}),
    )
    assert made.cell("ce1") == (Face(Mark.STRUCK, "0000FF"), "FF0000")
    assert made.cell("ce2") == (Face(), "FFFFFF") and made.cell("unknown") == (Face(), "FFFFFF")
