"""Tells what a person sees of a page, and which characters are replaced."""

from __future__ import annotations

import pytest

from generator.readers.pdf_looks import Looks, outlines, placed, read_as, replacement, rgb
from generator.readers.pdf_page import UNKNOWN, PdfBox

BLACK, WHITE, BLUE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (0.0, 0.0, 1.0)
GLYPH = PdfBox(10, 10, 16, 22)


def square(x0: float, y0: float, x1: float, y1: float) -> list[tuple[float, float]]:
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def test_text_is_seen_against_its_ground() -> None:
    looks = Looks()
    looks.glyph(GLYPH, 0, WHITE, BLACK)
    looks.fill(square(0, 100, 50, 150), BLUE)
    below = PdfBox(10, 110, 16, 122)
    looks.glyph(below, 0, WHITE, BLACK)
    looks.glyph(below, 0, BLUE, BLACK)
    looks.glyph(below, 2, BLUE, BLACK)  # with an outline
    looks.glyph(below, 0, None, None)  # in a pattern
    assert looks.visible() == [False, True, False, True, True]


def test_what_is_painted_over_clipped_or_transparent_is_not_seen() -> None:
    looks = Looks()
    looks.glyph(GLYPH, 0, BLACK, BLACK)
    looks.fill(square(0, 0, 50, 50), WHITE)
    before = looks.state()
    looks.narrow([square(100, 100, 200, 200)])
    looks.glyph(GLYPH, 0, BLACK, BLACK)
    looks.restore(before)
    looks.style({"ca": 0})
    looks.glyph(GLYPH, 0, BLACK, BLACK)
    looks.restore(before)
    looks.glyph(GLYPH, 0, BLACK, BLACK)
    assert looks.visible() == [False, False, False, True]


def test_what_a_clip_or_a_patch_leaves_of_a_glyph_may_be_another() -> None:
    looks = Looks()
    for paths in (
        [square(0, 0, 50, 50)],
        [square(0, 0, 50, 15)],  # its foot only
        [square(0, 0, 13, 50)],  # the left half
        [square(0, 0, 50, 50), square(11, 11, 15, 21)],  # all but its middle
        [[(0, 0), (50, 0), (25, 90)]],
        [[(0, 0), (12, 30), (0, 60)]],
        [[(0, 0), (50, 0), (25, 90)]] * 40,  # more corners than are looked at
    ):
        before = looks.state()
        looks.narrow(paths)
        looks.glyph(GLYPH, 0, BLACK, BLACK)
        looks.restore(before)
    assert looks.visible() == [True, False, True, False, True, False, True]
    assert looks.covered() == [False, True, True, True, False, True, True]
    looks.glyph(GLYPH, 0, BLACK, BLACK)
    looks.fill(square(0, 0, 50, 15), WHITE)
    covered = looks.covered()
    assert covered is not None and covered[-1] and (looks.visible() or [])[-1]


def test_letters_that_clip_leave_what_follows_in_doubt() -> None:
    looks = Looks()
    looks.glyph(GLYPH, 7, BLACK, BLACK)
    looks.glyph(GLYPH, 0, BLACK, BLACK)
    looks.end_text()
    looks.end_text()  # of a text without such letters
    looks.glyph(GLYPH, 0, BLACK, BLACK)
    looks.glyph(PdfBox(90, 10, 96, 22), 0, BLACK, BLACK)
    assert [(look.clipped, look.cut) for look in looks.glyphs] == [
        (False, False),
        (False, False),
        (False, True),
        (True, True),
    ]


def test_what_shines_through_hides_nothing() -> None:
    looks = Looks()
    looks.glyph(GLYPH, 0, BLACK, BLACK)
    looks.style({"ca": 0.5})
    looks.fill(square(0, 0, 50, 50), BLUE)
    looks.picture(PdfBox(0, 0, 50, 50))
    assert looks.visible() == [True]


def test_rendering_modes_three_and_seven_leave_no_trace() -> None:
    looks = Looks()
    for mode in range(8):
        looks.glyph(GLYPH, mode, BLACK, BLACK)
    assert [mode for mode, look in enumerate(looks.glyphs) if not look.traced] == [3, 7]


def test_a_page_too_full_to_compare_is_left_undecided() -> None:
    looks = Looks()
    for _ in range(2_001):
        looks.glyph(GLYPH, 0, BLACK, BLACK)
        looks.fill(square(0, 0, 50, 50), WHITE)
    assert looks.visible() is None


@pytest.mark.parametrize(
    ("color", "space", "expected"),
    [
        (1, "DeviceGray", WHITE),
        ((0, 0, 1), "DeviceRGB", BLUE),
        ((0, 0, 0, 1), "DeviceCMYK", BLACK),
        ((0, 0, 0, 0), None, WHITE),
        ((1.0,), "Separation", None),  # all of an ink, which may be black
        (("P1",), None, None),
    ],
)
def test_colours_are_compared_where_their_space_says_what_they_are(
    color: object, space: object, expected: object
) -> None:
    assert rgb(color, space) == expected


def test_paths_are_placed_by_their_matrix() -> None:
    path = [("m", 1, 2), ("c", 1, 2, 3, 4, 5, 6), ("h",), ("l", "x", 3)]
    assert placed((2, 0, 0, 2, 10, 0), path) == [(12, 4), (12, 4), (16, 8), (20, 12)]
    assert outlines((1, 0, 0, 1, 0, 0), [*path, ("m", 7, 8), ("m",)]) == [[(1, 2), (1, 2), (3, 4), (5, 6)], [(7, 8)]]


def test_glyphs_of_a_span_take_its_text_one_each() -> None:
    looks = Looks()
    for text, count in (("胶母", 2), ("fi", 1), ("全文", 3), ("", 1)):
        looks.open_span(text)
        for _ in range(count):
            looks.glyph(GLYPH, 0, BLACK, BLACK)
        looks.close_span()
    looks.close_span()  # one more than was opened
    assert [look.replaced for look in looks.glyphs] == ["胶", "母", "fi", "", "", "", ""]


@pytest.mark.parametrize(
    ("value", "text"), [(b"\xfe\xff\x80\xf6", "胶"), (b"\xef\xbb\xbf\xe8\x83\xb6", "胶"), (b"fi", "fi"), (3, "")]
)
def test_replacement_texts_are_decoded(value: object, text: str) -> None:
    assert replacement({"ActualText": value}) == text
    assert replacement(None) == replacement({}) == ""


@pytest.mark.parametrize(
    ("glyph", "replaced", "text"),
    [
        ("㬵", "胶", "胶"),
        ("⺟", "母", "母"),
        ("⾏", "", "行"),
        ("∕", "／", "／"),
        ("∕", "", "/"),
        ("(cid:7)", "母", "母"),
        ("(cid:7)", "", UNKNOWN),
        ("\ue005", "", UNKNOWN),
        ("1", "9", UNKNOWN),
        ("甲", "9", UNKNOWN),
        ("1", "", "1"),
        ("1", "１", "１"),
    ],
)
def test_a_replacement_is_taken_unless_it_changes_a_figure(glyph: str, replaced: str, text: str) -> None:
    assert read_as(glyph, replaced) == text


def test_the_opacity_of_a_drawing_lies_upon_that_of_the_drawing_around() -> None:
    looks = Looks()
    looks.opacity = 0.2
    outer = looks.state()
    looks.enter()
    looks.opacity = 0.2
    looks.glyph(PdfBox(0, 0, 6, 12), 0, (0, 0, 0), None)
    looks.restore(outer)
    looks.glyph(PdfBox(8, 0, 14, 12), 0, (0, 0, 0), None)
    assert looks.visible() == [False, True]


@pytest.mark.parametrize(("height", "covered"), [(14, True), (60, False)])
def test_a_run_of_colours_no_higher_than_a_line_may_strike_it_out(height: int, covered: bool) -> None:
    looks = Looks()
    looks.fill([(0, 0), (40, 0), (40, height), (0, height)], None)
    looks.glyph(PdfBox(4, 1, 10, 13), 0, (0, 0, 0), None)
    assert looks.covered() == [covered] and looks.visible() == [True]


def test_what_is_drawn_on_a_hidden_layer_neither_shows_nor_covers() -> None:
    looks = Looks()
    looks.glyph(PdfBox(0, 0, 6, 12), 0, (0, 0, 0), None)
    looks.layer_hidden = True
    looks.open_span("")
    looks.fill([(0, 0), (40, 0), (40, 14), (0, 14)], (1, 1, 1))
    looks.glyph(PdfBox(8, 0, 14, 12), 0, (0, 0, 0), None)
    looks.close_span()
    looks.glyph(PdfBox(16, 0, 22, 12), 0, (0, 0, 0), None)
    assert looks.visible() == [True, False, True]
