"""Marks what is struck out, raised or lowered."""

from __future__ import annotations

from typing import Any

import pytest

from generator.readers.document import Mark, Piece
from generator.readers.pdf import read
from generator.readers.pdf_marks import Stroke, overprinted, pieces_of, shift, strike, strokes
from generator.readers.pdf_page import PdfChar, PdfLine
from tests.readers.pdf_samples import box, pdf, rule, text
from tests.readers.samples import LIMITS, grids


def chars(words: str, x: float, base: float, size: float = 10) -> list[PdfChar]:
    """Characters half as wide as high, on this base."""
    wide = size / 2
    return [
        PdfChar(char, x + wide * n, base - 0.8 * size, x + wide * (n + 1), base + 0.2 * size, size, base=base)
        for n, char in enumerate(words)
    ]


def marks(found: list[PdfChar] | tuple[PdfChar, ...]) -> list[Mark | None]:
    return [char.mark for char in found]


@pytest.mark.parametrize(("y", "struck"), [(97, True), (94.5, True), (101, False), (102, False), (91, False)], ids=str)
def test_a_line_through_the_middle_strikes_out_and_one_below_underlines(y: float, struck: bool) -> None:
    found, strikers = strike(chars("22", 10, 100), [Stroke(10, y, 20, y, frozenset({7}))])
    assert marks(found) == [Mark.STRUCK if struck else None] * 2
    assert strikers == ({7} if struck else set())


def test_a_line_strikes_out_only_what_it_runs_through() -> None:
    found, _ = strike(chars("2223", 10, 100), [Stroke(10, 97, 20, 97)])
    assert pieces_of(found) == [Piece("22", mark=Mark.STRUCK), Piece("23")]


def test_a_rule_of_the_table_that_runs_through_a_long_label_is_kept() -> None:
    found, strikers = strike(
        [*chars("规范性文件", 10, 100), *chars("2", 200, 100)], [Stroke(0, 97, 500, 97, frozenset({0}))]
    )
    assert marks(found) == [None] * 5 + [Mark.STRUCK] and not strikers


def test_a_line_through_a_row_of_figures_is_no_rule() -> None:
    found, strikers = strike([*chars("12", 10, 100), *chars("2", 200, 100)], [Stroke(0, 97, 500, 97, frozenset({0}))])
    assert marks(found) == [Mark.STRUCK] * 3 and strikers == {0}


def test_slanting_and_upright_lines_cross_figures_out() -> None:
    for line in (Stroke(8, 101, 22, 92), Stroke(12.5, 0, 12.5, 500)):
        assert marks(strike(chars("2", 10, 100), [line])[0]) == [Mark.STRUCK]
        assert marks(strike(chars("2", 30, 100), [line])[0]) == [None]


def test_thin_bars_and_the_pieces_of_polygons_are_strokes() -> None:
    bar: dict[str, Any] = {"object_type": "rect", "x0": 10, "x1": 30, "top": 96, "bottom": 97}
    area = {**bar, "bottom": 120}
    zigzag = {**area, "object_type": "curve", "pts": [(10, 96), (20, 120), (30, 96)]}
    assert strokes([bar, area, zigzag]) == [
        Stroke(10, 96.5, 30, 96.5, frozenset({0})),
        Stroke(10, 96, 20, 120),
        Stroke(20, 120, 30, 96),
    ]


def test_what_stands_off_the_base_of_its_line_is_raised_or_lowered() -> None:
    line = PdfLine((*chars("2293", 10, 100), *chars("1", 30, 96, 6), *chars("2", 33, 103, 6)))
    assert pieces_of(shift(line).chars) == [Piece("2293"), Piece("1", mark=Mark.RAISED), Piece("2", mark=Mark.LOWERED)]
    plain = PdfLine((*chars("规章", 10, 100, 12), *chars("2293", 30, 100.5)))
    assert shift(plain) == plain


def test_figures_upon_one_another_are_struck_out() -> None:
    line = PdfLine((*chars("12", 10, 100), *chars("X", 16, 100)))
    assert marks(overprinted(line).chars) == [None, Mark.STRUCK, Mark.STRUCK]


@pytest.mark.parametrize(
    "over", [rule(150, 117, 250, 117), rule(158, 117, 178, 117), rule(158, 122, 176, 112)], ids=str
)
def test_a_struck_figure_of_a_table_is_left_out_and_its_cell_in_doubt(over: str) -> None:
    """Also by a line that runs from rule to rule as a rule of the table would."""
    grid = box(50, 100, 150, 130) + box(150, 100, 250, 130) + text(60, 120, "规章") + text(160, 120, "2")
    (table,) = grids(read(pdf(grid + over), "a.pdf", LIMITS))
    ((label, cell),) = table.rows
    assert (label.text, label.doubt) == ("规章", None)
    assert (cell.text, cell.raw) == ("", "〔划去：2〕") and cell.doubt is not None
