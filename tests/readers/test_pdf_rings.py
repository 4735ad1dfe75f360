"""Doubts the figures that a ring, a box or a short line divides or adds to."""

from __future__ import annotations

from typing import Any

import pytest

from generator.readers import pdf_rings
from generator.readers.pdf import read
from generator.readers.pdf_marks import strokes
from generator.readers.pdf_page import PdfChar
from generator.readers.pdf_rings import divided
from tests.readers.pdf_samples import HEIGHT, box, pdf, text
from tests.readers.samples import LIMITS, grids

BASE = 100.0


def digits(words: str, x: float = 10) -> list[PdfChar]:
    """Characters of 10 points, half as wide, on the base."""
    return [PdfChar(char, x + 5 * n, BASE - 8, x + 5 * n + 5, BASE + 2, 10, base=BASE) for n, char in enumerate(words)]


def shape(x0: float, x1: float, top: float, bottom: float, kind: str = "rect", **looks: object) -> dict[str, Any]:
    sides = {"x0": x0, "x1": x1, "top": top, "bottom": bottom}
    return {"object_type": kind, "stroke": True, "stroking_color": 0, "non_stroking_color": 0, **sides, **looks}


@pytest.mark.parametrize(
    ("drawn", "found"),
    [
        (shape(9, 16, 90, 103), True),  # round the first of three
        (shape(19, 26, 90, 103, "curve", stroke=False), True),  # a ring drawn as an area, round the last
        (shape(8, 27, 90, 103), False),  # round all
        (shape(9, 16, 90, 103, stroke=False), False),  # a coloured ground
        (shape(9, 16, 90, 103, stroking_color=1), False),  # in white
        (shape(9, 16, 110, 123), False),  # below
        (shape(15, 15.5, 92, 102), True),  # a bar between digits
        (shape(7, 7.5, 93, 100), True),  # a bar as high as a digit before them
        (shape(27, 27.5, 93, 100), True),  # and behind
        (shape(27, 27.5, 85, 104), False),  # a rule of a low row
        (shape(27, 27.5, 80, 105), False),  # and of a high one
        (shape(15, 15.5, 60, 140), False),
        (shape(40, 40.5, 93, 100), False),
        (shape(27, 27.5, 93, 95), False),  # the foot of something
    ],
)
def test_what_divides_a_figure_or_looks_like_a_digit_of_it(drawn: dict[str, Any], found: bool) -> None:
    assert divided(digits("293"), [drawn], strokes([drawn])) == ({0, 1, 2} if found else set())


def test_digits_are_one_figure_in_whatever_order_they_were_drawn() -> None:
    first, second, third = digits("293")
    apart = digits("7", 60)
    ring = shape(9, 16, 90, 103)
    assert divided([third, *apart, first, second], [ring], []) == {0, 2, 3}


def test_a_page_full_of_shapes_is_looked_at_in_part_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_rings, "_COMPARED", 3)
    ring, frame = shape(9, 16, 90, 103), shape(0, 90, 90, 103)
    assert divided(digits("293"), [frame, frame, ring], []) == {0, 1, 2}
    assert divided(digits("293"), [frame, frame, frame, ring], []) == set()


@pytest.mark.parametrize(
    "drawn",
    [
        box(160, 110, 172, 124),
        f"184 {HEIGHT - 124} 12 14 re S\n",
        f"184 {HEIGHT - 118} m 184 {HEIGHT - 108} 196 {HEIGHT - 108} 196 {HEIGHT - 118} c "
        f"196 {HEIGHT - 128} 184 {HEIGHT - 128} 184 {HEIGHT - 118} c S\n",
        f"156 {HEIGHT - 122} m 156 {HEIGHT - 113} l S\n",
        f"q 160 {HEIGHT - 118} 36 10 re W n {text(160, 122, '293')} Q\n",
        f"BT 4 Tr /F1 12 Tf 1 0 0 1 400 99 Tm <0032> Tj ET {text(160, 122, '293', extra='0 Tr')}",
    ],
    ids=["box of four lines", "box", "ring", "line as a digit", "half clipped", "clipped by letters"],
)
def test_a_figure_about_some_digits_of_which_something_is_drawn_is_in_doubt(drawn: str) -> None:
    grid = box(50, 100, 150, 130) + box(150, 100, 250, 130) + text(60, 122, "规范文件")
    figure = "" if "Tj" in drawn else text(160, 122, "293")
    (table,) = grids(read(pdf(grid + figure + "q " + drawn + "Q\n"), "a.pdf", LIMITS))
    label, cell = table.rows[0][0], table.rows[0][1]
    assert (label.text, label.doubt) == ("规范文件", None)
    assert cell.doubt is not None and cell.text == ""


def test_a_frame_around_a_whole_figure_neither_hides_nor_doubts_it() -> None:
    grid = box(50, 100, 150, 130) + box(150, 100, 250, 130) + text(60, 122, "规范文件") + text(160, 122, "293")
    (table,) = grids(read(pdf(grid + f"158 {HEIGHT - 125} 40 15 re S\n"), "a.pdf", LIMITS))
    assert (table.rows[0][1].text, table.rows[0][1].doubt) == ("293", None)
