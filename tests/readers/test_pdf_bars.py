"""Joins thin shapes to bars."""

from __future__ import annotations

from typing import Any

from generator.readers.pdf_bars import Bar, bars
from generator.readers.pdf_page import PdfBox


def shape(x0: float, top: float, x1: float, bottom: float) -> dict[str, Any]:
    return {"x0": x0, "top": top, "x1": x1, "bottom": bottom}


def test_a_thin_area_is_a_bar_along_its_middle_and_a_wide_one_is_none() -> None:
    assert bars([shape(10, 20, 90, 22), shape(10, 20, 90, 60), shape(40, 5, 41, 90)]) == [
        Bar(PdfBox(10, 21, 90, 21), True, frozenset({0})),
        Bar(PdfBox(40.5, 5, 40.5, 90), False, frozenset({2})),
    ]


def test_dashes_of_one_line_are_one_bar() -> None:
    dashes = [shape(x, 20, x + 6, 21) for x in (30, 10, 20)]
    assert bars(dashes) == [Bar(PdfBox(10, 20.5, 36, 20.5), True, frozenset({0, 1, 2}))]
    assert len(bars([dashes[0], shape(60, 20, 66, 21), shape(30, 22, 36, 23)])) == 3


def test_dots_are_a_bar_where_there_are_three_and_nothing_otherwise() -> None:
    dots = [shape(10, y, 11, y + 1) for y in (20, 22, 24)]
    assert bars(dots) == [Bar(PdfBox(10.5, 20, 10.5, 25), False, frozenset({0, 1, 2}))]
    assert bars(dots[:2]) == []
