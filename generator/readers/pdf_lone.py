"""Finds what is drawn within the cells of a PDF table and is no rule: dashes, short lines, the boxes of form controls.

Taken for rules, they would cut their cells in pieces and move the rows of the table.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from generator.readers.pdf_bars import THIN
from generator.readers.pdf_page import PdfBox, box_of

_LEVEL = 2  # level edges of a row of boxes; a part of a table has more
_HIGHEST = 30.0  # points; a drawing within a cell is no higher than two lines of text
_ONE_LINE = 6.0  # points by which the middles of drawings in one line of text differ
_FEW = 2  # drawings in a cell that may stand above one another


class _Group(NamedTuple):
    """Holds edges that touch one another, upright and level ones, and the box around them."""

    box: PdfBox
    upright: tuple[PdfBox, ...]
    level: tuple[PdfBox, ...]

    @property
    def is_small(self) -> bool:
        return len(self.level) <= _LEVEL and self.box.bottom - self.box.top <= _HIGHEST

    @property
    def is_table(self) -> bool:
        """Tell edges of which one parts the others' area: a mere frame has none within."""
        within = any(self.box.x0 + THIN < edge.x0 < self.box.x1 - THIN for edge in self.upright)
        return within or any(self.box.top + THIN < edge.top < self.box.bottom - THIN for edge in self.level)


def lone(edges: Iterable[dict[str, Any]]) -> list[PdfBox]:
    """Return the boxes around edges that lie within a single cell of a table and touch none of its rules.

    Boxes one below another in a frame are the cells of a table that have boxes of their own, and are kept."""
    groups = _groups(list(edges))
    small = [group for group in groups if group.is_small]
    tables = [group for group in groups if group.is_table] if small else []
    inside: dict[PdfBox, list[PdfBox]] = {}
    for group in small:
        face = next((face for table in tables if (face := _face(table, group.box))), None)
        if face is not None:
            inside.setdefault(face, []).append(group.box)
    return [box for boxes in inside.values() if _is_drawing(boxes) for box in boxes]


def _is_drawing(boxes: Sequence[PdfBox]) -> bool:
    middles = [(box.top + box.bottom) / 2 for box in boxes]
    return len(boxes) <= _FEW or max(middles) - min(middles) <= _ONE_LINE


def _face(table: _Group, box: PdfBox) -> PdfBox | None:
    """Return the cell of a table that holds a box, away from all four of its rules; None without."""
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    if table.box == box or not table.box.holds(x, y):
        return None
    beside = [edge.x0 for edge in table.upright if edge.top - THIN <= y <= edge.bottom + THIN]
    above = [edge.top for edge in table.level if edge.x0 - THIN <= x <= edge.x1 + THIN]
    left = max((at for at in beside if at < box.x0), default=None)
    right = min((at for at in beside if at > box.x1), default=None)
    top = max((at for at in above if at < box.top), default=None)
    bottom = min((at for at in above if at > box.bottom), default=None)
    if left is None or right is None or top is None or bottom is None:
        return None
    return PdfBox(left, top, right, bottom)


def _groups(edges: Sequence[dict[str, Any]]) -> list[_Group]:
    """Group edges by what touches what, those of one way by the others that they touch."""
    level = [box_of(edge) for edge in edges if edge["orientation"] == "h"]
    upright = sorted(box_of(edge) for edge in edges if edge["orientation"] == "v")
    starts = [box.x0 for box in upright]
    owners = list(range(len(upright)))  # each upright edge's group, by the number of one of its edges
    rows: list[tuple[PdfBox, int]] = []  # each level edge with an upright one that it touches, -1 without
    for box in level:
        first = -1
        for at in range(bisect_left(starts, box.x0 - THIN), len(upright)):
            edge = upright[at]
            if edge.x0 > box.x1 + THIN:
                break
            if edge.top - THIN <= box.top <= edge.bottom + THIN:
                first = _joined(owners, first, at)
        rows.append((box, first))
    found: dict[int, tuple[list[PdfBox], list[PdfBox]]] = {}
    for at, edge in enumerate(upright):
        found.setdefault(_root(owners, at), ([], []))[0].append(edge)
    for number, (box, at) in enumerate(rows):
        found.setdefault(_root(owners, at) if at >= 0 else -1 - number, ([], []))[1].append(box)
    return [_Group(_around([*ups, *flats]), tuple(ups), tuple(flats)) for ups, flats in found.values()]


def _joined(owners: list[int], first: int, at: int) -> int:
    """Make the groups of two upright edges one, and return one of its edges."""
    if first >= 0:
        owners[_root(owners, at)] = _root(owners, first)
    return at


def _root(owners: list[int], at: int) -> int:
    while owners[at] != at:
        owners[at] = owners[owners[at]]
        at = owners[at]
    return at


def _around(boxes: Sequence[PdfBox]) -> PdfBox:
    return PdfBox(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )
