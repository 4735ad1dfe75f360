"""Groups characters into lines; tells white and places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.readers.pdf_page import PdfBox, PdfChar, lines, white


def char(text: str, x: float, y: float) -> PdfChar:
    """A character of 12 points with its top left here."""
    return PdfChar(text, x, y, x + 12, y + 12, 12)


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(0, 800), st.sampled_from("甲a1 ")), max_size=60))
def test_no_character_is_lost_in_lines(places: list[tuple[float, float, str]]) -> None:
    chars = [PdfChar(char, x, y, x + 12, y + 12, 12) for x, y, char in places]
    joined = "".join(line.text for line in lines(chars, tabs=True))
    kept = sorted(char.text for char in chars if char.text.strip())
    assert sorted(joined.replace(" ", "").replace("\t", "")) == kept


@pytest.mark.parametrize(
    ("color", "is_white"),
    [
        (1, True),
        ((1.0,), True),
        ((1, 1, 1), True),
        ((0, 0, 0, 0), True),
        ((1, 1, 0), False),
        ((0, 0, 0, 1), False),
        (0, False),
        (None, False),
        ((), False),
    ],
)
def test_white_in_gray_rgb_and_cmyk(color: object, is_white: bool) -> None:
    assert white(color) == is_white


def test_lines_are_grouped_by_their_middle_and_read_from_left_to_right() -> None:
    chars = [char("乙", 40, 101), char("甲", 20, 100), char("丙", 20, 130)]
    assert [line.text for line in lines(chars)] == ["甲 乙", "丙"]


def test_wide_gaps_become_tabs_where_asked_for() -> None:
    chars = [char("甲", 20, 100), char("1", 90, 100)]
    assert [line.text for line in lines(chars)] == ["甲 1"]
    assert [line.text for line in lines(chars, tabs=True)] == ["甲\t1"]


def test_a_line_knows_its_edges() -> None:
    (line,) = lines([char("甲", 20, 100), char("乙", 32, 102)])
    assert (line.x0, line.x1, line.top, line.bottom, line.size) == (20, 44, 100, 114, 12)


def test_a_box_holds_the_points_on_its_edges() -> None:
    box = PdfBox(10, 20, 30, 40)
    assert box.area == 400 and box.holds(10, 40) and not box.holds(9, 30) and not box.holds(20, 41)


def test_gaps_are_blanks_unless_the_file_has_its_own() -> None:
    chars = [char("甲", 0, 0), char("乙", 20, 0)]
    assert [line.text for line in lines(chars)] == ["甲 乙"] and [line.text for line in lines(chars, gaps=False)] == [
        "甲乙"
    ]


@pytest.mark.parametrize("mark", "“《（【")
def test_an_opening_mark_stays_behind_a_narrow_character_that_it_lies_over(mark: str) -> None:
    """Its left half is blank: Typst and others lay it over what is before it where a line is tight."""
    chars = [
        PdfChar("1", 104.4, 100, 108, 112, 12),
        PdfChar(mark, 102, 100, 114, 112, 12),
        PdfChar("甲", 114, 100, 126, 112, 12),
    ]
    assert [line.text for line in lines(chars)] == [f"1{mark}甲"]
    assert [line.text for line in lines([chars[1], chars[2], char("）", 126, 100)])] == [f"{mark}甲）"]
