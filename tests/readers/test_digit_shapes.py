"""Tells digits by their shape."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PIL import Image, ImageDraw, ImageFont

from generator.readers.digit_shapes import possible_digits


def drawn(word: str, size: int = 64, ink: int = 0, paper: int = 255) -> list[bytes]:
    """A character in the typeface that comes with Pillow."""
    picture = Image.new("L", (size, size + 8), paper)
    ImageDraw.Draw(picture).text((8, size - 8), word, font=ImageFont.load_default(size), fill=ink, anchor="ls")
    data = picture.tobytes()
    return [data[at : at + picture.width] for at in range(0, len(data), picture.width)]


@pytest.mark.parametrize(
    ("digit", "possible"),
    list(zip("0123456789", ("0", "13", "123457", "13", "0469", "5", "6", "7", "8", "49"), strict=True)),
)
def test_a_digit_is_told_by_its_holes_and_sides(digit: str, possible: str) -> None:
    assert possible_digits(drawn(digit)) == possible_digits(drawn(digit, ink=230, paper=60)) == {*possible}
    assert digit in possible_digits(drawn(digit, 80))


def picture(lines: Sequence[str]) -> list[bytes]:
    """A drawing of letters, eight pixels high and wide each, on paper."""
    wide = [" " * (len(lines[0]) + 2), *(f" {line} " for line in lines), " " * (len(lines[0]) + 2)]
    return [bytes(0 if letter == "#" else 255 for letter in line for _ in range(8)) for line in wide for _ in range(8)]


@pytest.mark.parametrize(
    ("lines", "digits"),
    [
        (["#", "#", "#", "#"], "1"),
        (["###", "# #", "###", "# #", "###"], "8"),
        (["#####", "#  ##", "# # #", "##  #", "#####"], "0"),  # with a stroke through it
        (["###", "# #", "# #", "# #", "# #", "# #", "###"], "0"),
        (["###", "# #", "# #", "# #", "###"], "0469"),
        (["#  ", "#  ", "###", "# #", "###"], "6"),
        (["###", "# #", "###", "  #", "  #"], "49"),
        (["#####", "# # #", "#####", "# # #", "#####"], "0123456789"),  # four holes
        (["###", "###"], "0123456789"),  # too low
        (["   ", "   "], ""),
    ],
)
def test_shapes_that_are_clear_and_shapes_that_are_not(lines: list[str], digits: str) -> None:
    assert possible_digits(picture(lines)) == {*digits}


def test_nothing_to_look_at_is_no_digit() -> None:
    assert possible_digits([]) == possible_digits([b""]) == possible_digits([b"\xff\xf0"] * 40) == frozenset()
