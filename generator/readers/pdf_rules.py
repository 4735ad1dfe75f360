"""Finds the ruled tables of a PDF page: its rules, and the cells they enclose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from generator.readers.pdf_page import PdfBox, box_of, white

_THIN = 3.0  # points; a filled rectangle this thin is a rule, else a background; rules this close touch
_EDGES, _CROSSINGS = 2_000, 500_000  # of one page; a table of 100 rows and 20 columns has 120 and 2,000


def _rule(thing: dict[str, Any]) -> bool:
    """Tell whether an object may be a rule of a table: not a background, and not drawn in white."""
    if thing["object_type"] == "rect":
        thin = min(thing["width"], thing["height"]) <= _THIN
        color = thing.get("stroking_color") if thing.get("stroke") else thing.get("non_stroking_color")
        return bool(thin or thing.get("stroke")) and not white(color)
    if thing["object_type"] in ("line", "curve"):
        return thing["object_type"] == "line" and not white(thing.get("stroking_color"))
    return True


def tables(page: Any, others: Sequence[dict[str, Any]] = ()) -> tuple[list[tuple[PdfBox, ...]], bool]:
    """Find the cells of each table of a page, also where a page break or a sloppy writer left its outer rules open.

    `others` are lines drawn for something else, such as to strike text out. The second value tells that there are too
    many rules to look for tables.
    """
    skipped = {id(thing) for thing in others}
    edges = page.filter(lambda thing: id(thing) not in skipped and _rule(thing)).edges + _bars(page.curves)
    merged = merged_edges(edges)
    upright = sum(edge["orientation"] == "v" for edge in merged)
    level = sum(edge["orientation"] == "h" for edge in merged)
    if upright * level > _CROSSINGS or len(merged) > _EDGES:
        return [], True
    for group in _connected([box_of(edge) for edge in merged]):
        merged = merged + _frame(group)
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


def _bars(curves: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the edges of polygons as thin as a rule: browsers draw the slanting ends of a cell's border that way."""
    from pdfplumber.utils.geometry import rect_to_edges

    return [
        edge
        for curve in curves
        if min(curve["width"], curve["height"]) <= _THIN and not white(curve.get("non_stroking_color"))
        for edge in rect_to_edges({**curve, "object_type": "rect"})
    ]


def merged_edges(edges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Merge rules on one line into one; drops specks."""
    from pdfplumber.table import merge_edges

    merged = merge_edges(edges, _THIN, _THIN, _THIN, _THIN)
    return [edge for edge in merged if max(edge["x1"] - edge["x0"], edge["bottom"] - edge["top"]) >= _THIN]


def _connected(boxes: list[PdfBox]) -> list[PdfBox]:
    """Return the bounding boxes of rules that touch one another; groups that grow into each other become one."""
    groups: list[PdfBox] = []
    for box in sorted(boxes, key=lambda box: box.top):
        grown = box
        while touching := [group for group in groups if _touch(group, grown)]:
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


def _touch(a: PdfBox, b: PdfBox) -> bool:
    return a.x0 - _THIN <= b.x1 and b.x0 - _THIN <= a.x1 and a.top - _THIN <= b.bottom and b.top - _THIN <= a.bottom


def _frame(box: PdfBox) -> list[dict[str, Any]]:
    """Draw the four outer rules of a group that is wide and high enough to be a table, none otherwise."""
    if box.x1 - box.x0 < 30 or box.bottom - box.top < 10:
        return []
    sides = [
        ("h", PdfBox(box.x0, box.top, box.x1, box.top)),
        ("h", PdfBox(box.x0, box.bottom, box.x1, box.bottom)),
        ("v", PdfBox(box.x0, box.top, box.x0, box.bottom)),
        ("v", PdfBox(box.x1, box.top, box.x1, box.bottom)),
    ]
    return [
        {
            "object_type": "rect_edge",
            "orientation": way,
            "x0": side.x0,
            "x1": side.x1,
            "top": side.top,
            "bottom": side.bottom,
            "width": side.x1 - side.x0,
            "height": side.bottom - side.top,
        }
        for way, side in sides
    ]
