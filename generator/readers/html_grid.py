"""Places the cells of a web page's table, and tells tables from those that only arrange a page."""

from __future__ import annotations

import re
from dataclasses import replace

from selectolax.lexbor import LexborNode

from generator.finding import Message
from generator.readers.document import Limits, Unreadable
from generator.readers.html_content import children
from generator.readers.rectangle import SpannedCell

_MAX_SPAN = 1000
_LEADING = re.compile(r"\s*\+?(\d{1,9})", re.ASCII)
_MANY = Message("网页的表格太大，未读取", "the tables of the page are too large; not read")


def sections(table: LexborNode) -> list[LexborNode]:
    """Return the rows and groups of rows of a table in the order in which a browser shows them."""
    parts = [child for child in children(table) if child.tag in ("tr", "thead", "tbody", "tfoot")]
    head = next((part for part in parts if part.tag == "thead"), None)
    foot = next((part for part in parts if part.tag == "tfoot"), None)
    between = [part for part in parts if part is not head and part is not foot]
    return [*([head] if head is not None else []), *between, *([foot] if foot is not None else [])]


def placed(
    rows: list[list[SpannedCell]], ends: list[int], limits: Limits, spent: int = 0
) -> tuple[list[SpannedCell], int]:
    """Place each cell, given those that reach down from above, by the algorithm of HTML's table model.

    `ends` has for each row the first row after its group, beyond which no cell reaches. `spent` counts the cells of
    tables before. Returns the cells, with what fills short rows, and the new count; raises Unreadable for too many.
    """
    slots: list[SpannedCell] = []
    reach: dict[int, int] = {}  # column → first row that is free again
    for r, row in enumerate(rows):
        at = 0
        for cell in row:
            while reach.get(at, 0) > r:
                at += 1
            tall = min(cell.rowspan, ends[r] - r)
            spent += tall * cell.colspan
            if spent > limits.cells:
                raise Unreadable(_MANY)
            slots.append(replace(cell, row=r, column=at, rowspan=tall))
            for column in range(at, at + cell.colspan):
                reach[column] = max(reach.get(column, 0), r + tall)
            at += cell.colspan
    return slots + _holes(slots, len(rows)), spent


def _holes(slots: list[SpannedCell], height: int) -> list[SpannedCell]:
    """Fill short rows at their end and mark all their cells uncertain, for any of them may be the missing one."""
    ends = [0] * height
    for slot in slots:
        for row in range(slot.row, slot.row + slot.rowspan):
            ends[row] = max(ends[row], slot.column + slot.colspan)
    width = max(ends, default=0)
    for slot in slots:
        slot.uncertain = slot.uncertain or ends[slot.row] < width
    return [SpannedCell("", row, end, 1, width - end, True) for row, end in enumerate(ends) if 0 < end < width]


def arranges(table: LexborNode) -> bool:
    """Tell a layout table: one that contains other tables or long text, or has a single cell only."""
    if len(table.css("table")) > 1:
        return True
    cells = table.css("td, th")
    if len(cells) < 2:
        return True
    return any(len(cell.text()) > 600 for cell in cells[:200])


def span(cell: LexborNode, name: str) -> int:
    """Read how many rows or columns a cell takes, as browsers do; a `rowspan` of 0 is for all rows of its group."""
    match = _LEADING.match(cell.attributes.get(name) or "")
    if match is None:
        return 1
    number = int(match[1])
    return min(number, _MAX_SPAN) if number else _MAX_SPAN if name == "rowspan" else 1
