"""Marks what is struck out, raised or lowered."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.drafts.readings import Certainty, SourcePlace
from generator.forms.model import FormColumn
from generator.importer.cell_figures import read_cell
from generator.readers.document import Mark, Piece
from generator.readers.pdf import read
from generator.readers.pdf_marks import Stroke, overprinted, pieces_of, shift, strike, strokes
from generator.readers.pdf_page import PdfChar, PdfLine
from tests.readers.pdf_samples import HEIGHT, box, pdf, rule, text
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
    zigzag = {**area, "object_type": "curve", "path": [("m", (10, 96)), ("l", (20, 120)), ("l", (30, 96)), ("h",)]}
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


def test_each_column_of_a_line_stands_on_a_base_of_its_own() -> None:
    gap = PdfChar("\t", 30, 92, 90, 102, 10)
    line = PdfLine((*chars("规章", 10, 100), gap, *chars("22", 90, 97)))
    assert shift(line) == line


def test_text_recognised_on_a_scan_has_no_marks() -> None:
    line = PdfLine(tuple(char._replace(base=None) for char in (*chars("2293", 10, 100), *chars("1", 30, 96, 6))))
    assert shift(line) == line


def test_a_slanting_line_through_one_digit_puts_the_whole_figure_in_doubt() -> None:
    figure = [*chars("2293", 10, 100), *chars("5", 60, 100)]
    assert marks(strike(figure, [Stroke(8, 101, 17, 92)])[0]) == [Mark.STRUCK] * 4 + [None]


def test_figures_with_something_printed_upon_them_are_struck_out_as_a_whole() -> None:
    line = PdfLine((*chars("12", 10, 100), *chars("X", 16, 100)))
    assert marks(overprinted(line).chars) == [Mark.STRUCK] * 3
    beside = PdfLine((*chars("12", 10, 100), *chars("X", 19, 100)))
    assert overprinted(beside) == beside


@pytest.mark.parametrize(("apart", "upon"), [(2.5, True), (2.0, True), (3.5, False), (4.9, False)])
def test_a_digit_halfway_upon_another_is_no_digit_between_them(apart: float, upon: bool) -> None:
    """As a 9 printed in the middle of 41, which was 491; digits set close stay a figure."""
    line = PdfLine((*chars("4", 10, 100), *chars("9", 10 + apart, 100)))
    assert (overprinted(line) != line) is upon


def test_turned_characters_beside_upright_ones_are_no_part_of_the_figure() -> None:
    turned = chars("1", 30, 100)[0]._replace(base=None)
    assert marks(shift(PdfLine((*chars("2293", 10, 100), turned))).chars) == [None] * 4 + [Mark.LOWERED]


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


def picture(x0: float, y0: float, x1: float, y1: float) -> str:
    """A picture of one black point, as wide and as high as this."""
    return f"q {x1 - x0} 0 0 {y1 - y0} {x0} {HEIGHT - y1} cm BI /W 1 /H 1 /IM true /BPC 1 ID \x00 EI Q\n"


def test_pictures_as_thin_as_lines_are_rules_and_strokes() -> None:
    """A figure struck out by one was certain, and a table ruled by them was none."""
    words = text(60, 120, "规章") + text(160, 120, "12") + text(260, 120, "7")
    rules = "".join(picture(50, y, 350, y + 0.5) for y in (100, 130))
    rules += "".join(picture(x, 100, x + 0.5, 130) for x in (50, 150, 250, 349.5))
    (table,) = grids(read(pdf(words + rules + picture(158, 115, 186, 115.6)), "a.pdf", LIMITS))
    ((label, struck, cell),) = table.rows
    assert (label.text, struck.text, struck.raw, cell.text) == ("规章", "", "〔划去：12〕", "7")
    assert struck.doubt is not None and cell.doubt is None and not cell.uncertain


def dress(look: str, x: float, y: float, true: str, other: str) -> str:
    """Draw the true figure at this place with another number beside, above or upon it, in this look."""
    wide = 12 * len(other)
    behind = x + 12 * len(true)
    white = f"q 1 1 1 rg {x} {HEIGHT - y - 2} {wide} 14 re f Q\n"
    return {
        "struck": text(x, y, other) + rule(x, y - 4, x + wide, y - 4) + text(x + wide, y, true),
        "raised": text(x, y, true) + text(behind, y - 5, other, 6),
        "lowered": text(x, y, true) + text(behind, y + 2, other, 6),
        "high": text(x, y, true) + text(behind, y - 6, other),
        "tiny": text(x, y, true) + text(behind, y, other, 3),
        "zero": text(x, y, true) + text(behind, y, other, 0),
        "white": f"q {text(x, y, other, extra='1 g')} Q " + text(x + wide, y, true),
        "grey": f"q {text(x, y, other, extra='0.8 g')} Q " + text(x + wide, y, true),
        "no trace": f"q {text(x, y, other, extra='3 Tr')} Q " + text(x + wide, y, true),
        "clipped": f"q 0 0 9 9 re W n {text(x, y, other)} Q " + text(x + wide, y, true),
        "covered": text(x, y, other) + white + text(x, y, true),
        "off the page": text(x - 900, y, other) + text(x, y, true),
        "crossed": text(x, y, true) + rule(x - 2, y + 1, x + 12 * len(true), y - 10),
        "printed upon": text(x, y, other) + text(x + 3, y, "X" * len(other)) + text(x + wide + 4, y, true),
        "slanting": text(x, y, true) + text(behind, y, other).replace("1 0 0 1", "0.8 0.6 -0.6 0.8"),
        "turned": text(x, y, true) + text(behind + 12, y, other).replace("1 0 0 1", "0 1 -1 0"),
        "above": text(x, y - 14, other, 6) + text(x, y, true),
        "below": text(x, y - 14, true) + text(x, y, other),
    }[look]


LOOKS = [
    *("struck", "raised", "lowered", "high", "tiny", "zero", "white", "grey", "no trace", "clipped", "covered"),
    *("off the page", "crossed", "printed upon", "slanting", "turned", "above", "below"),
]


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from(LOOKS),
    st.integers(0, 9_999).map(str),
    st.integers(1, 99).map(str),
    st.integers(0, 3),
    st.integers(0, 2),
)
def test_a_dressed_figure_is_true_or_doubted_whatever_its_look(
    look: str, true: str, other: str, row: int, column: int
) -> None:
    """A table of the statutory kind with one cell dressed: no cell is ever another figure."""
    drawn = ""
    for at in range(4):
        top = 100 + 32 * at
        drawn += box(50, top, 180, top + 32) + text(56, top + 22, "规范性文件")
        for place in range(3):
            left = 180 + 120 * place
            drawn += box(left, top, left + 120, top + 32)
            here = (at, place) == (row, column)
            drawn += dress(look, left + 8, top + 22, true, other) if here else text(left + 8, top + 22, "17")
    (grid,) = grids(read(pdf(drawn), "a.pdf", LIMITS))
    for at, (label, *cells) in enumerate(grid.rows):
        assert (label.text, len(cells)) == ("规范性文件", 3)
        for place, cell in enumerate(cells):
            reading = read_cell(cell.text, FormColumn("", ()), SourcePlace(), cell.uncertain, cell.raw, cell.doubt)
            if (at, place) != (row, column):
                assert (reading.text, reading.certainty) == ("17", Certainty.CERTAIN)
            elif reading.certainty is Certainty.CERTAIN:
                assert reading.text == true and look in ("off the page", "slanting")
            else:
                assert reading.text in ("", true)
