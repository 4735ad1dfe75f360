"""Places the cells of a web page's table, and tells tables from those that only arrange a page."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from selectolax.lexbor import LexborNode

from generator.finding import Message
from generator.readers.document import Limits, Unreadable
from generator.readers.html_content import children
from generator.readers.rectangle import SpannedCell

_MAX_SPAN = 1000
# a table within a table is a part of a cell where it is that small among so many
_CELLS, _WORDS, _ROWS = 8, 60, 4
_LEADING = re.compile(r"\s*\+?(\d{1,9})", re.ASCII)
# what scripts that count up to a figure keep with it: until they have run, the page shows 0 or nothing
_COUNTS = ("data-to", "data-count", "data-target", "data-end", "data-number", "data-num", "data-value", "data-final")
_COUNTED = ",".join(f"[{name}]" for name in _COUNTS)
_NUMBER = re.compile(r"[-+]?\d{1,18}(?:\.\d{1,20})?(?:[eE][-+]?\d{1,2})?", re.ASCII)
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
    nests = [nested for nested in table.css("table") if nested.mem_id != table.mem_id]
    inner = [nested for nested in nests if len(nested.css("td, th")) > 1]  # one of a single cell is its text
    cells = table.css("td, th")
    small = len(inner) * _CELLS < len(cells) and all(len(nested.text()) <= _WORDS for nested in inner)
    if inner and not (small and len(sections(table)) and len(table.css("tr")) >= _ROWS):
        return True
    if len(cells) < 2:
        return True
    return any(len(cell.text()) > 600 for cell in cells[:200])


def stored_otherwise(cell: LexborNode, lines: list[str]) -> Message | None:
    """Doubt what a page of a spreadsheet shows where it keeps another number with the cell: 0 for 0.4, 22 for 220,000,
    or nothing."""
    stored = cell.attributes.get("sdval") or cell.attributes.get("x:num") or ""
    shown = "".join(lines).replace(",", "").strip() or "0"
    waiting = [node.attributes.get(name) or "" for node in (cell, *cell.css(_COUNTED)) for name in _COUNTS]
    stored = stored or next((text for text in waiting if _NUMBER.fullmatch(text)), "")
    if not (_NUMBER.fullmatch(stored) and _NUMBER.fullmatch(shown)):
        return None
    number, figure = Decimal(stored), Decimal(shown)
    if abs(number - figure) <= abs(number) / 10**9 and (lines or not number):
        return None
    return Message(
        f"网页里这一格存的是{stored[:20]}，与显示的不同",
        f"the page keeps {stored[:20]} in this cell, and shows something else",
    )


def span(cell: LexborNode, name: str) -> int:
    """Read how many rows or columns a cell takes, as browsers do; a `rowspan` of 0 is for all rows of its group."""
    match = _LEADING.match(cell.attributes.get(name) or "")
    if match is None:
        return 1
    number = int(match[1])
    return min(number, _MAX_SPAN) if number else _MAX_SPAN if name == "rowspan" else 1
