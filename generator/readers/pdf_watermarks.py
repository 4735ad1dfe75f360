"""Finds words printed across a page that run level: far larger than its text, and lying over it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from statistics import median

from generator.readers.pdf_page import PdfChar

_LARGER = 1.5  # times the size of the page's text
_PALE = 0.6  # of each colour at least; darker words must lie over text with half of their letters
_BAND = 12.0  # points of height in which characters are looked up
_MOST = 400  # large characters of a page that are compared


def without_watermarks(chars: Sequence[PdfChar]) -> tuple[list[PdfChar], str]:
    """Return the characters that are no watermark, in order, and the text of watermarks."""
    sizes = [char.size for char in chars]
    least = _LARGER * median(sizes) if sizes else 0.0
    if not sizes or max(sizes) < least:
        return list(chars), ""
    bands: dict[int, list[PdfChar]] = {}
    for char in chars:
        if char.size < least and char.text.strip():
            bands.setdefault(int(char.y // _BAND), []).append(char)
    runs = [list(group) for _, group in groupby(chars, key=lambda char: (round(char.size, 1), char.color))]
    large = [run for run in runs if run[0].size >= least]
    if sum(map(len, large)) > _MOST:
        return list(chars), ""
    across = {_look(run) for run in large if _lies_over(run, bands)}
    marks = [run for run in large if _look(run) in across]
    gone = {id(char) for run in marks for char in run}
    return [char for char in chars if id(char) not in gone], "".join(char.text for run in marks for char in run)


def _look(run: Sequence[PdfChar]) -> tuple[str, float, object]:
    return "".join(char.text for char in run), round(run[0].size, 1), run[0].color


def _lies_over(run: Sequence[PdfChar], bands: dict[int, list[PdfChar]]) -> bool:
    letters = [char for char in run if char.text.isalnum()]  # a ring around a digit is none
    over = sum(_covers(char, bands) for char in letters)
    color = run[0].color
    pale = color is not None and min(color) >= _PALE
    return over > 0 if pale else over > 0 and 2 * over >= len(letters)


def _covers(large: PdfChar, bands: dict[int, list[PdfChar]]) -> bool:
    """Tell whether the middle of a smaller character lies within the box of a large one."""
    reached = range(int(large.top // _BAND), int(large.bottom // _BAND) + 1)
    small = (char for band in reached for char in bands.get(band, ()))
    return any(large.x0 < char.x < large.x1 and large.top < char.y < large.bottom for char in small)
