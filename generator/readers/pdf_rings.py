"""Finds figures of a PDF page with a box, a ring or a short upright line about some of their digits.

Whoever draws a ring round one digit of 293 means something by it, and a short line beside digits is seen as a 1: what
the figure is cannot be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from generator.readers.pdf_bars import THIN
from generator.readers.pdf_marks import Stroke, follows
from generator.readers.pdf_page import PdfBox, PdfChar, box_of, ink, white

_BAND = 8.0  # points of height in which figures are looked up
_COMPARED = 1_000_000  # figures × shapes of one page
_HIGHEST = 50.0  # points; what is higher is no ring of a digit
_LONGEST = 2.0  # sizes; a longer line is a rule of the table
_BESIDE = 0.4  # sizes beside a figure within which a line as high as a digit is seen as one
_TOP, _FOOT, _SHORTEST = 0.9, 0.2, 0.4  # sizes above and below the base that such a line reaches, and its length


class _Figure(NamedTuple):
    """Holds the digits of a figure by their numbers, where it begins and ends, its base and its size."""

    numbers: tuple[int, ...]
    middles: tuple[float, ...]
    x0: float
    x1: float
    base: float
    size: float


def divided(chars: Sequence[PdfChar], things: Sequence[dict[str, Any]], lines: Sequence[Stroke]) -> set[int]:
    """Return the numbers of the characters of figures that a drawn shape or an upright line divides or adds to."""
    bands: dict[int, list[_Figure]] = {}
    for figure in _figures(chars):
        for band in range(int((figure.base - figure.size) // _BAND), int(figure.base // _BAND) + 1):
            bands.setdefault(band, []).append(figure)
    found: set[int] = set()
    left = _COMPARED
    for box in (*_rings(things), *_upright(lines, things)):
        near = {
            one for band in range(int(box.top // _BAND), int(box.bottom // _BAND) + 1) for one in bands.get(band, ())
        }
        left -= len(near)
        if left < 0:
            break
        test = _joins if box.x1 - box.x0 < THIN else _parts
        found.update(number for figure in near if test(box, figure) for number in figure.numbers)
    return found


def _figures(chars: Sequence[PdfChar]) -> Iterator[_Figure]:
    """Find the digits that follow one another on one base, in whatever order they were drawn."""
    digits = [at for at, char in enumerate(chars) if char.base is not None and char.text.isdecimal()]
    digits.sort(key=lambda at: (chars[at].base, chars[at].x0))
    begun = 0
    starts = [
        begun := begun + (at == 0 or not follows(chars[digits[at - 1]], chars[digit]))
        for at, digit in enumerate(digits)
    ]
    for _, group in groupby(zip(digits, starts, strict=True), key=lambda pair: pair[1]):
        numbers = tuple(number for number, _ in group)
        run = [chars[number] for number in numbers]
        middles = tuple(char.x for char in run)
        yield _Figure(numbers, middles, run[0].x0, run[-1].x1, run[0].base or 0.0, run[0].size)


def _rings(things: Sequence[dict[str, Any]]) -> Iterator[PdfBox]:
    """List the boxes around drawn outlines that are no larger than a ring round some digits; white ones are patches."""
    for thing in things:
        box = box_of(thing)
        outlined = thing["object_type"] == "curve" or thing.get("stroke")
        if (
            outlined
            and not white(ink(thing))
            and min(box.x1 - box.x0, box.bottom - box.top) > THIN
            and box.bottom - box.top <= _HIGHEST
        ):
            yield box


def _upright(lines: Sequence[Stroke], things: Sequence[dict[str, Any]]) -> Iterator[PdfBox]:
    """List the upright bars that are no longer than a digit may be high; white ones are patches."""
    for line in lines:
        bar = line.things and not line.level and line.y1 - line.y0 <= _HIGHEST
        if bar and not all(white(ink(things[number])) for number in line.things):
            yield PdfBox(line.x0, line.y0, line.x1, line.y1)


def _parts(box: PdfBox, figure: _Figure) -> bool:
    """Tell a shape that has some digits of a figure within it and others outside."""
    inside = sum(box.holds(x, figure.base - figure.size / 3) for x in figure.middles)
    return 0 < inside < len(figure.middles)


def _joins(line: PdfBox, figure: _Figure) -> bool:
    """Tell a line that stands between the digits of a figure, or beside them as if it were one."""
    high, x = line.bottom - line.top, (line.x0 + line.x1) / 2
    if not _SHORTEST * figure.size <= high <= _LONGEST * figure.size:
        return False
    if not line.top <= figure.base - figure.size / 3 <= line.bottom:
        return False
    if figure.x0 < x < figure.x1:
        return True
    stands = line.top >= figure.base - _TOP * figure.size and line.bottom <= figure.base + _FOOT * figure.size
    return stands and -_BESIDE * figure.size < x - figure.x0 < figure.x1 - figure.x0 + _BESIDE * figure.size
