"""Joins the thin shapes of a PDF page to bars: a rule is one line, one thin area, or a row of dashes or dots."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from generator.readers.pdf_page import PdfBox, box_of

THIN = 3.0  # points; a shape this thin is a rule, else a background; rules this close touch
_GAP = 4.0  # points between dashes or dots of one rule
_OFF = 0.4  # points that dashes of one rule may lie off its middle
_DOTS = 3  # fewer dots in a row are full stops


class Bar(NamedTuple):
    """Holds a straight bar, and the numbers of the shapes it is made of."""

    box: PdfBox
    level: bool
    things: frozenset[int]


class _Thin(NamedTuple):
    middle: float  # of its thickness
    start: float
    end: float
    dot: bool
    thing: int


def bars(things: Iterable[dict[str, Any]]) -> list[Bar]:
    """Join what is thin and lies in one line; what is not thin is left out."""
    ways: tuple[list[_Thin], list[_Thin]] = ([], [])  # level, upright
    for number, thing in enumerate(things):
        box = box_of(thing)
        wide, high = box.x1 - box.x0, box.bottom - box.top
        if min(wide, high) > THIN:
            continue
        dot = max(wide, high) <= THIN and max(wide, high) < 2 * min(wide, high)
        if dot or wide >= high:
            ways[0].append(_Thin((box.top + box.bottom) / 2, box.x0, box.x1, dot, number))
        if dot or high > wide:
            ways[1].append(_Thin((box.x0 + box.x1) / 2, box.top, box.bottom, dot, number))
    return [*_joined(ways[0], True), *_joined(ways[1], False)]


def _joined(pieces: list[_Thin], level: bool) -> list[Bar]:
    found: list[Bar] = []
    rows: list[list[_Thin]] = []
    for piece in sorted(pieces):
        if rows and piece.middle - rows[-1][0].middle <= _OFF:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        run: list[_Thin] = []
        end = 0.0
        for piece in sorted(row, key=lambda piece: piece.start):
            if run and piece.start - end > _GAP:
                found += _bar(run, level)
                run = []
            end = max(end, piece.end) if run else piece.end
            run.append(piece)
        found += _bar(run, level)
    return found


def _bar(run: Sequence[_Thin], level: bool) -> list[Bar]:
    if not run or (all(piece.dot for piece in run) and len(run) < _DOTS):
        return []
    middle = sum(piece.middle for piece in run) / len(run)
    start, end = min(piece.start for piece in run), max(piece.end for piece in run)
    box = PdfBox(start, middle, end, middle) if level else PdfBox(middle, start, middle, end)
    return [Bar(box, level, frozenset(piece.thing for piece in run))]
