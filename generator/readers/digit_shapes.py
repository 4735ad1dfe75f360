"""Tells by its shape which digits a small picture of a glyph may be.

Fonts name their glyphs themselves, rightly or not. What is told here holds for every ordinary typeface: how many holes
a digit has and where, and on which side its ink lies. Where a shape leaves it open, all digits are possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

_ALL = frozenset("0123456789")
_OPEN = frozenset("123457")  # a 4 may be open at its top
_SMALLEST_HOLE = 0.012  # of the box
_CONTRAST = 48  # of 255, between ink and paper
_FEWEST = 24  # pixels of height; a smaller picture tells nothing

Points = set[tuple[int, int]]


class _Hole(NamedTuple):
    """Holds the middle and the height of a hole, as parts of the box around the glyph."""

    x: float
    y: float
    high: float


def possible_digits(rows: Sequence[bytes]) -> frozenset[str]:
    """Return the digits that a glyph in shades of grey may be; none where there is no ink."""
    ink = _ink(rows)
    if not ink:
        return frozenset()
    xs, ys = [x for x, _ in ink], [y for _, y in ink]
    left, top, wide, high = min(xs), min(ys), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1
    if high < _FEWEST:
        return _ALL
    holes = _holes({(x - left, y - top) for x, y in ink}, wide, high)
    if len(holes) > 2:
        return _ALL
    if len(holes) == 2:
        aside = abs(holes[0].x - holes[1].x)
        return frozenset("8") if abs(holes[0].y - holes[1].y) > aside else frozenset("0")
    if holes:
        return _by_hole(holes[0])
    return _without_hole({(x - left, y - top) for x, y in ink}, wide, high)


def _by_hole(hole: _Hole) -> frozenset[str]:
    if hole.high > 0.5:
        return frozenset("0") if hole.high > 0.68 else frozenset("0469")
    if hole.y > 0.62:
        return frozenset("6")
    return frozenset("49") if hole.y < 0.42 else frozenset("4069")


def _without_hole(ink: Points, wide: int, high: int) -> frozenset[str]:
    """Look at which side the ink of the upper and of the lower half lies, and how broad the foot is."""
    if wide < 0.28 * high:
        return frozenset("1")
    upper, lower = (_side(ink, wide, high, band) for band in ((0.22, 0.4), (0.6, 0.78)))
    foot = [x for x, y in ink if y >= 0.93 * high]
    broad = (max(foot) - min(foot) + 1) / wide if foot else 0.0
    if upper < 0.42 and lower > 0.58:
        return frozenset("5")
    if upper > 0.58 and lower < 0.45:
        return frozenset("2") if broad > 0.75 else frozenset("7") if broad < 0.45 else frozenset("27")
    if upper > 0.58 and lower > 0.58:
        return frozenset("13")
    return _OPEN


def _side(ink: Points, wide: int, high: int, band: tuple[float, float]) -> float:
    xs = [x for x, y in ink if band[0] * high <= y < band[1] * high]
    return (sum(xs) / len(xs) + 0.5) / wide if xs else 0.5


def _ink(rows: Sequence[bytes]) -> Points:
    """Return the largest piece of ink: what differs from the paper at the edge of the picture."""
    if not rows or not rows[0]:
        return set()
    edge = sorted((*rows[0], *rows[-1], *(row[0] for row in rows), *(row[-1] for row in rows)))
    paper = edge[len(edge) // 2]
    most = max(abs(value - paper) for row in rows for value in row)
    if most < _CONTRAST:
        return set()
    dark = {(x, y) for y, row in enumerate(rows) for x, value in enumerate(row) if abs(value - paper) * 3 > most}
    return max(_pieces(dark, corners=True), key=len, default=set())


def _holes(ink: Points, wide: int, high: int) -> list[_Hole]:
    """Return the stretches of paper that ink encloses."""
    paper = {(x, y) for x in range(-1, wide + 1) for y in range(-1, high + 1)} - ink
    found = []
    for piece in _pieces(paper, corners=False):
        if (-1, -1) in piece or len(piece) < _SMALLEST_HOLE * wide * high:
            continue
        ys = [y for _, y in piece]
        middle = sum(x for x, _ in piece) / len(piece), sum(ys) / len(piece)
        found.append(_Hole(middle[0] / wide, middle[1] / high, (max(ys) - min(ys) + 1) / high))
    return found


def _pieces(points: Points, corners: bool) -> Iterable[Points]:
    """Part points into pieces that hang together, over corners too where these count."""
    near = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if (x or y) and (corners or not (x and y))]
    left = set(points)
    while left:
        piece, waiting = set[tuple[int, int]](), [left.pop()]
        while waiting:
            x, y = waiting.pop()
            piece.add((x, y))
            reached = {(x + a, y + b) for a, b in near} & left
            left -= reached
            waiting += reached
        yield piece
