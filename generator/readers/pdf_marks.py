"""Marks the characters of a PDF page that a person does not read as part of the text: struck out, raised, lowered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, islice, pairwise
from typing import Any, NamedTuple

from generator.readers.document import Mark, Piece
from generator.readers.pdf_bars import THIN, bars
from generator.readers.pdf_curves import sides
from generator.readers.pdf_page import PdfChar, PdfLine, box_of

_LOW, _HIGH = 0.1, 0.62  # of the size above the base: a line here strikes a character out, one below underlines it
_COVERED = 0.3  # of a line's length lies on characters: it was drawn for them, not for a table
_BAND = 8.0  # points of height in which characters are looked up
_SEGMENTS, _COMPARED = 20_000, 2_000_000  # of one page
_SHIFT = 0.06  # of the size, off the line's base
SMALL = 0.85  # of the size of the largest: characters smaller than this are notes


class Stroke(NamedTuple):
    """Holds a straight line drawn on a page, and the numbers of the drawn shapes that it is made of."""

    x0: float
    y0: float
    x1: float
    y1: float
    things: frozenset[int] = frozenset()

    @property
    def level(self) -> bool:
        return abs(self.y1 - self.y0) <= THIN


def strokes(things: Sequence[dict[str, Any]]) -> list[Stroke]:
    """List the straight lines among drawn shapes: bars, dotted ones too, and the sides of polygons."""
    found = [Stroke(bar.box.x0, bar.box.top, bar.box.x1, bar.box.bottom, bar.things) for bar in bars(things)]
    for thing in things:
        box = box_of(thing)
        if thing["object_type"] != "rect" and min(box.x1 - box.x0, box.bottom - box.top) > THIN:
            found += [Stroke(*start, *end) for start, end in islice(sides(thing), _SEGMENTS)]
        if len(found) >= _SEGMENTS:
            break
    return found[:_SEGMENTS]


def strike(chars: Sequence[PdfChar], lines: Sequence[Stroke]) -> tuple[list[PdfChar], set[int]]:
    """Mark the characters that a line crosses out; return them, and the numbers of the things drawn to strike out.

    A longer line that runs through words may be a rule of the table whose row is too low for them.
    """
    bands: dict[int, list[int]] = {}
    for number, char in enumerate(chars):
        if char.base is not None and char.text.strip():
            for band in range(int(_top(char) // _BAND), int(_foot(char) // _BAND) + 1):
                bands.setdefault(band, []).append(number)
    crossed: set[int] = set()
    strikers: set[int] = set()
    left = _COMPARED
    for line in lines:
        near = _near(line, bands)
        left -= len(near)
        if left < 0:
            break
        struck = [at for at in near if _crosses(line, chars[at])]
        length = sum(min(line.x1, chars[at].x1) - max(line.x0, chars[at].x0) for at in struck)
        figures = [at for at in struck if any(map(str.isdigit, chars[at].text))]
        if line.level and struck and (length >= _COVERED * (line.x1 - line.x0) or 2 * len(figures) >= len(struck)):
            strikers |= line.things
            crossed.update(struck)
        else:
            crossed.update(at for figure in figures for at in _whole(chars, figure))
    return [char._replace(mark=Mark.STRUCK) if at in crossed else char for at, char in enumerate(chars)], strikers


def _whole(chars: Sequence[PdfChar], at: int) -> range:
    """Return the numbers of the characters that make up the figure of which this one is part."""
    first = last = at
    while first > 0 and follows(chars[first - 1], chars[first]):
        first -= 1
    while last + 1 < len(chars) and follows(chars[last], chars[last + 1]):
        last += 1
    return range(first, last + 1)


def follows(before: PdfChar, after: PdfChar) -> bool:
    """Tell whether two characters stand beside one another as digits of one figure."""
    near = abs(after.x0 - before.x1) < 0.25 * before.size and abs(after.y - before.y) < 0.35 * before.size
    return near and all(any(map(str.isdigit, char.text)) or char.text in ".," for char in (before, after))


def _near(line: Stroke, bands: dict[int, list[int]]) -> set[int]:
    first, last = (int(y // _BAND) for y in sorted((line.y0, line.y1)))
    reached = range(first, last + 1) if last - first < len(bands) else bands
    return {at for band in reached for at in bands.get(band, ())}


def _top(char: PdfChar) -> float:
    return (char.base or 0.0) - _HIGH * char.size


def _foot(char: PdfChar) -> float:
    return (char.base or 0.0) - _LOW * char.size


def _crosses(line: Stroke, char: PdfChar) -> bool:
    """Tell whether a line runs through the middle of a character, over half its width when it is level."""
    if line.level:
        over = min(line.x1, char.x1) - max(line.x0, char.x0)
        return over >= 0.5 * (char.x1 - char.x0) and _top(char) <= (line.y0 + line.y1) / 2 <= _foot(char)
    quarter = (char.x1 - char.x0) / 4
    return _meets(line, char.x0 + quarter, _top(char), char.x1 - quarter, _foot(char))


def _meets(line: Stroke, x0: float, top: float, x1: float, bottom: float) -> bool:
    """Tell whether a line passes through a box: clip its length by each side in turn."""
    begin, end = 0.0, 1.0
    for start, way, low, high in ((line.x0, line.x1 - line.x0, x0, x1), (line.y0, line.y1 - line.y0, top, bottom)):
        if way == 0:
            if not low <= start <= high:
                return False
            continue
        first, last = sorted(((low - start) / way, (high - start) / way))
        begin, end = max(begin, first), min(end, last)
    return begin <= end


def shift(line: PdfLine) -> PdfLine:
    """Mark the characters that stand above or below the base of their line; each column of a line has its own."""
    columns: list[list[PdfChar]] = [[]]
    for char in line.chars:
        if char.text == "\t":
            columns.append([])
        columns[-1].append(char)
    return PdfLine(tuple(char for column in columns for char in _column(column)))


def _column(chars: list[PdfChar]) -> list[PdfChar]:
    solid = [char for char in chars if char.text.strip() and char.base is not None and char.mark is None]
    if not solid or len(chars) < 2:
        return chars
    largest = max(char.size for char in solid)
    base = _base([char for char in solid if char.size >= SMALL * largest])
    return [_shifted(char, base, largest) for char in chars]


def _base(chars: Sequence[PdfChar]) -> float:
    """Find the base on which most of these stand, the lower of two with equally many."""
    counts: dict[int, list[float]] = {}
    for char in chars:
        counts.setdefault(round((char.base or 0.0) * 2), []).append(char.base or 0.0)
    most = max(counts, key=lambda place: (len(counts[place]), place))
    return max(counts[most])


def _shifted(char: PdfChar, base: float, largest: float) -> PdfChar:
    if char.mark is not None or not char.text.strip():
        return char
    if char.base is None:
        return char._replace(mark=Mark.LOWERED)  # turned, beside characters that stand
    rise = base - char.base
    if abs(rise) <= _SHIFT * largest:
        return char
    return char._replace(mark=Mark.RAISED if rise > 0 else Mark.LOWERED)


# of the narrower of two characters: what lies on another; digits of one figure hardly touch
_UPON, _PRESSED = 0.6, 0.4


def overprinted(line: PdfLine) -> PdfLine:
    """Mark figures upon which something else is printed, as those struck out with XXX: nobody can tell what holds."""
    upon = any(_upon(before, char) for before, char in pairwise(line.chars))
    if not upon or not any(map(str.isdigit, line.text)):
        return line
    return PdfLine(tuple(char._replace(mark=char.mark or Mark.STRUCK) for char in line.chars))


def _upon(before: PdfChar, char: PdfChar) -> bool:
    narrow = min(char.x1 - char.x0, before.x1 - before.x0)
    most = _PRESSED if char.text.isdecimal() and before.text.isdecimal() else _UPON
    return bool(char.text.strip() and before.text.strip()) and before.x1 - char.x0 > most * narrow > 0


def pieces_of(chars: Iterable[PdfChar]) -> list[Piece]:
    """Join characters into pieces of one mark."""
    return [
        Piece("".join(char.text for char in group), mark=mark) for mark, group in groupby(chars, key=lambda c: c.mark)
    ]
