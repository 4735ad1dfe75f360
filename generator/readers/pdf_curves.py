"""Follows the curves of drawn shapes, of which pdfplumber keeps no more than the ends."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

_PARTS = 8  # straight sides that stand for a curve
_LONGEST = 1_000  # steps of a path; a longer one is no ring or line that someone drew about a figure

Point = tuple[float, float]


def sides(thing: dict[str, Any]) -> Iterator[tuple[Point, Point]]:
    """Yield the straight sides of a shape, several for each curve."""
    path = thing.get("path", ())
    last: Point | None = None
    for step, *points in path if len(path) <= _LONGEST else ():
        if not points:
            continue
        if last is not None and step == "c" and len(points) == 3:
            yield from pairwise(_at(last, points[0], points[1], points[2], part / _PARTS) for part in range(_PARTS + 1))
        elif last is not None and step != "m":
            yield last, points[-1]
        last = points[-1]


def _at(start: Point, one: Point, two: Point, end: Point, at: float) -> Point:
    """Return the point of a Bézier curve at this part of its way."""
    weights = ((1 - at) ** 3, 3 * at * (1 - at) ** 2, 3 * at**2 * (1 - at), at**3)
    x, y = (sum(w * p[axis] for w, p in zip(weights, (start, one, two, end), strict=True)) for axis in (0, 1))
    return x, y


def measured(thing: dict[str, Any]) -> dict[str, Any]:
    """Return a shape with the box around its curves instead of that around their ends."""
    points = [point for side in sides(thing) for point in side]
    if not points:
        return thing
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return {**thing, "x0": min(xs), "x1": max(xs), "top": min(ys), "bottom": max(ys)}
