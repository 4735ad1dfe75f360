"""Finds the ruled tables of a PDF page: its rules, and the cells they enclose."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from generator.readers.pdf_bars import THIN, bars
from generator.readers.pdf_lone import lone
from generator.readers.pdf_page import PdfBox, PdfChar, box_of, ink, white

_SPACING = 9.5  # points that may lie between the boxes of cells, with no text there
_OFF = 1.0  # points by which the edges of a drawing lie beyond its box, which was merged from them
_LONE = 20  # rules alone on one page
_EDGES, _CROSSINGS = 2_000, 500_000  # of one page; a table of 100 rows and 20 columns has 120 and 2,000


def tables(
    things: Sequence[dict[str, Any]], page: Any, chars: Sequence[PdfChar]
) -> tuple[list[tuple[PdfBox, ...]], bool]:
    """Find the cells of each table among the shapes drawn on a page, also where a page break or a sloppy writer left
    its outer rules open, and where each cell has a box of its own.

    The second value tells that there are too many rules to look for tables.
    """
    edges = _edges(things)
    merged = merged_edges(edges)
    upright = sum(edge["orientation"] == "v" for edge in merged)
    level = sum(edge["orientation"] == "h" for edge in merged)
    if upright * level > _CROSSINGS or max(len(merged), len(edges) // 3) > _EDGES:
        return [], True
    edges = _without(edges, lone(merged))
    frames = [
        side for group in _with_lone_sides(_connected([box_of(edge) for edge in edges])) for side in _frame(group)
    ]
    merged = merged_edges(_closed_up(edges + frames, chars))
    vertical, horizontal = ([edge for edge in merged if edge["orientation"] == way] for way in "vh")
    if len(vertical) < 2 or len(horizontal) < 2:
        return [], False
    explicit = {
        "vertical_strategy": "explicit",
        "horizontal_strategy": "explicit",
        "explicit_vertical_lines": vertical,
        "explicit_horizontal_lines": horizontal,
    }
    return [tuple(PdfBox(*cell) for cell in table.cells) for table in page.find_tables(explicit)], False


def _edges(things: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what may be a rule among drawn shapes: bars, and the sides of outlined rectangles; nothing in white."""
    dark = [thing for thing in things if not white(ink(thing))]
    edges = [_edge("h" if bar.level else "v", bar.box) for bar in bars(dark)]
    for thing in dark:
        box = box_of(thing)
        if thing["object_type"] == "rect" and thing.get("stroke") and min(box.x1 - box.x0, box.bottom - box.top) > THIN:
            edges += _sides(box)
    return edges


def _without(edges: list[dict[str, Any]], drawings: Sequence[PdfBox]) -> list[dict[str, Any]]:
    """Leave out the edges that belong to drawings within cells."""
    if not drawings:
        return edges
    boxes = [box_of(edge) for edge in edges]
    return [
        edge
        for edge, box in zip(edges, boxes, strict=True)
        if not any(
            drawing.x0 - _OFF <= box.x0
            and box.x1 <= drawing.x1 + _OFF
            and drawing.top - _OFF <= box.top
            and box.bottom <= drawing.bottom + _OFF
            for drawing in drawings
        )
    ]


def _closed_up(edges: list[dict[str, Any]], chars: Sequence[PdfChar]) -> list[dict[str, Any]]:
    """Close the gaps between cells that have boxes of their own: rules that face one another closely, with no text
    between them, become one."""
    moved = [dict(edge) for edge in edges]
    for group in _connected([box_of(edge) for edge in edges], _SPACING):
        inside = [char for char in chars if group.holds(char.x, char.y)]
        within = [edge for edge in moved if group.holds(edge["x0"], edge["top"])]
        places = {
            "v": _merged_places(_spans(within, "v"), sorted((char.x, char.y) for char in inside)),
            "h": _merged_places(_spans(within, "h"), sorted((char.y, char.x) for char in inside)),
        }
        for edge in within:
            for way, sides in (("v", ("x0", "x1")), ("h", ("top", "bottom"))):
                for side in sides:
                    edge[side] = _nearest(places[way], edge[side])
    return [_edge(edge["orientation"], box_of(edge)) for edge in moved]


def _spans(edges: Iterable[dict[str, Any]], way: str) -> dict[float, list[tuple[float, float]]]:
    """Map the positions of rules that run this way to where they begin and end, in order and joined."""
    place, start, end = ("x0", "top", "bottom") if way == "v" else ("top", "x0", "x1")
    spans: dict[float, list[tuple[float, float]]] = {}
    found = ((round(edge[place], 1), edge[start], edge[end]) for edge in edges if edge["orientation"] == way)
    for position, begin, stop in sorted(found):
        row = spans.setdefault(position, [])
        if row and begin <= row[-1][1]:
            row[-1] = row[-1][0], max(row[-1][1], stop)
        else:
            row.append((begin, stop))
    return spans


def _merged_places(
    spans: dict[float, list[tuple[float, float]]], middles: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    """Pair the positions of rules in order with those they move to; `middles` are those of characters, in order."""
    runs: list[list[float]] = []
    for place in sorted(spans):
        near = runs and place - runs[-1][-1] <= _SPACING and place - runs[-1][0] <= 2 * _SPACING
        if near and (place - runs[-1][-1] <= THIN or _face(runs[-1][-1], place, spans, middles)):
            runs[-1].append(place)
        else:
            runs.append([place])
    return [(place, (run[0] + run[-1]) / 2) for run in runs for place in run]


def _face(
    before: float, after: float, spans: dict[float, list[tuple[float, float]]], middles: Sequence[tuple[float, float]]
) -> bool:
    """Tell whether rules at two positions run beside one another somewhere, and no text stands between them there."""
    shared = _shared(spans[before], spans[after])
    starts = [start for start, _ in shared]
    for at in range(bisect_left(middles, (before, float("-inf"))), bisect_left(middles, (after, float("-inf")))):
        span = bisect_right(starts, middles[at][1]) - 1
        if span >= 0 and middles[at][1] <= shared[span][1]:
            return False
    return bool(shared)


def _shared(one: Sequence[tuple[float, float]], other: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return where two rows of spans, each in order, overlap."""
    shared, at, near = [], 0, 0
    while at < len(one) and near < len(other):
        start, end = max(one[at][0], other[near][0]), min(one[at][1], other[near][1])
        if end - start > THIN:
            shared.append((start, end))
        if one[at][1] < other[near][1]:
            at += 1
        else:
            near += 1
    return shared


def _nearest(places: Sequence[tuple[float, float]], value: float) -> float:
    """Move a position as the rule within reach of it was moved."""
    at = bisect_left(places, (value, value))
    near = min(places[max(0, at - 1) : at + 1], key=lambda place: abs(place[0] - value), default=None)
    return near[1] if near is not None and abs(near[0] - value) <= THIN else value


def merged_edges(edges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Merge rules on one line into one; drops specks."""
    from pdfplumber.table import merge_edges

    merged = merge_edges(edges, THIN, THIN, THIN, THIN)
    return [edge for edge in merged if max(edge["x1"] - edge["x0"], edge["bottom"] - edge["top"]) >= THIN]


def _connected(boxes: list[PdfBox], reach: float = THIN) -> list[PdfBox]:
    """Return the bounding boxes of rules that touch one another; groups that grow into each other become one."""
    groups: list[PdfBox] = []
    for box in sorted(boxes, key=lambda box: box.top):
        grown = box
        while touching := [group for group in groups if _touch(group, grown, reach)]:
            groups = [group for group in groups if group not in touching]
            parts = [*touching, grown]
            grown = PdfBox(
                min(part.x0 for part in parts),
                min(part.top for part in parts),
                max(part.x1 for part in parts),
                max(part.bottom for part in parts),
            )
        groups.append(grown)
    return groups


_ASIDE = 250.0  # points beside a table within which a rule alone may be its side


def _with_lone_sides(groups: list[PdfBox]) -> list[PdfBox]:
    """Add to tables the upright rules alone beside them, as high as they are: between stands a cell that began on the
    page before and ends on the next, so that it has no rule above or below."""
    alone = [group for group in groups if group.x1 - group.x0 <= THIN]
    tables = [group for group in groups if group.x1 - group.x0 > THIN]
    return [
        PdfBox(min([table.x0, *sides]), table.top, max([table.x1, *sides]), table.bottom)
        for table in tables
        for sides in [[rule.x0 for rule in alone[:_LONE] if _beside(rule, table)]]
    ]


def _beside(rule: PdfBox, table: PdfBox) -> bool:
    level = abs(rule.top - table.top) <= THIN and abs(rule.bottom - table.bottom) <= THIN
    return level and _SPACING < max(table.x0 - rule.x0, rule.x0 - table.x1) < _ASIDE


def _touch(a: PdfBox, b: PdfBox, reach: float) -> bool:
    across = a.x0 - reach <= b.x1 and b.x0 - reach <= a.x1
    return across and a.top - reach <= b.bottom and b.top - reach <= a.bottom


def _frame(box: PdfBox) -> list[dict[str, Any]]:
    """Draw the four outer rules of a group that is wide and high enough to be a table, none otherwise."""
    return _sides(box) if box.x1 - box.x0 >= 30 and box.bottom - box.top >= 10 else []


def _sides(box: PdfBox) -> list[dict[str, Any]]:
    return [
        _edge("h", PdfBox(box.x0, box.top, box.x1, box.top)),
        _edge("h", PdfBox(box.x0, box.bottom, box.x1, box.bottom)),
        _edge("v", PdfBox(box.x0, box.top, box.x0, box.bottom)),
        _edge("v", PdfBox(box.x1, box.top, box.x1, box.bottom)),
    ]


def _edge(way: str, box: PdfBox) -> dict[str, Any]:
    """Describe an edge as pdfplumber does."""
    sides = {"x0": box.x0, "x1": box.x1, "top": box.top, "bottom": box.bottom}
    return {
        "object_type": "rect_edge",
        "orientation": way,
        **sides,
        "width": box.x1 - box.x0,
        "height": box.bottom - box.top,
    }
