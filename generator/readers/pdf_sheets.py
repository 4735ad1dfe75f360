"""Joins the parts of a printed worksheet that is too wide for its pages.

A spreadsheet prints the columns that fit, all rows of them, then the next columns on further pages: the labels stand on
the first pages, most figures on the others. Rows of one worksheet stand at the same height on the pages of all its
columns. What was brought together so is uncertain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.finding import Message
from generator.readers.pdf_cells import PdfSlot, is_figure
from generator.readers.pdf_page import PdfPage
from generator.readers.pdf_tables import Ruled, index, steps

_NEAR = 3.0  # points
_SHARED = 0.8  # of the rules between the rows of one part are also those of the other
_HEADER = 4  # rows with words in a part; more are names of rows
_LOOKED_AT = 60  # tables before one, among which its first columns are looked for
_SPREADSHEETS = re.compile(r"\bcalc\b|excel|表格|spreadsheet|gnumeric", re.IGNORECASE)


@dataclass
class _Begun:
    """Holds a table whose further columns may come: where it stands, where its last part ends, how many were joined."""

    page: PdfPage
    number: int  # among the tables of its page
    end: float
    parts: int = 0


def is_spreadsheet(info: Mapping[str, str]) -> bool:
    """Tell by its metadata whether a spreadsheet program printed the file."""
    return any(_SPREADSHEETS.search(info.get(name, "")) for name in ("Creator", "Producer"))


def join_columns(pages: Sequence[PdfPage], tables: dict[int, list[Ruled]]) -> None:
    """Put parts with further columns beside the tables that they belong to; they are taken off their own pages."""
    begun: list[_Begun] = []
    for page in pages:
        kept: list[Ruled] = []
        for part in tables[page.number]:
            # the pages of one strip of columns come in order: the first table with the fewest parts is due
            due = sorted(begun[-_LOOKED_AT:], key=lambda one: one.parts)
            first = next((one for one in due if _goes_on(one, tables, part, page)), None)
            if first is None:
                begun.append(_Begun(page, len(kept), part.box.x1))
                kept.append(part)
                continue
            whole = tables[first.page.number]
            whole[first.number] = _beside(whole[first.number], first.end, part, page.number)
            first.end, first.parts = part.box.x1, first.parts + 1
        tables[page.number] = kept


def _goes_on(first: _Begun, tables: Mapping[int, Sequence[Ruled]], part: Ruled, page: PdfPage) -> bool:
    """Tell whether a part has the next columns of a table: its rows stand at the same height, its first column had no
    room any more, and it has neither names of rows nor the table's own header."""
    if first.page.number == page.number or first.page.width != page.width or first.page.height != page.height:
        return False
    table = tables[first.page.number][first.number]
    if first.end + part.across[1] - part.across[0] < page.width - part.box.x0 - _NEAR:
        return False
    if not _level(table, part):
        return False
    names, heads = ([slot for slot in one.slots if slot.text and not is_figure(slot.text)] for one in (table, part))
    if heads and [slot.text for slot in heads] == [slot.text for slot in names[: len(heads)]]:
        return False
    if len({slot.row for slot in heads}) > _HEADER:
        return False
    middles = [(table.down[slot.row] + table.down[slot.row + 1]) / 2 for slot in table.slots if is_figure(slot.text)]
    return not any(part.down[s.row] < y < part.down[s.row + s.rowspan] for s in heads for y in middles)


def _level(table: Ruled, part: Ruled) -> bool:
    """Tell whether the rows of two parts stand at the same height: they end together, and the rules of one are among
    those of the other. A part may lack header rows above, whose title runs over the edge of its page."""
    if abs(table.down[-1] - part.down[-1]) > _NEAR:
        return False
    top = max(table.down[0], part.down[0]) - _NEAR
    ways = [([y for y in one.down if y >= top], other.down) for one, other in ((table, part), (part, table))]
    shared = [sum(abs(rules[index(rules, y)] - y) <= _NEAR for y in ys) / len(ys) for ys, rules in ways]
    above = (slot.text for one in (table, part) for slot in one.slots if one.down[slot.row + 1] <= top + 2 * _NEAR)
    return max(shared) >= _SHARED and not any(map(is_figure, above))


def _beside(table: Ruled, end: float, part: Ruled, page: int) -> Ruled:
    """Put a part to the right of a table, whose last part ends there on its own page, on the rules of both; the figures
    of the part are in doubt, which names their page."""
    why = Message(
        f"原文这一格印在第{page}页，按行的高度与前面各列拼在一起",
        f"the cell is printed on page {page} and was put beside the other columns by the height of its row",
    )
    down = steps([*table.down, *part.down])
    shift = table.box.x1 - part.box.x0
    across = [*table.across, *(x + shift for x in part.across[1:])]
    seam = len(table.across) - 1
    slots = [_moved(slot, table, down, 0) for slot in table.slots]
    ends = {(slot.row, slot.rowspan): slot for slot in slots if slot.column + slot.colspan == seam}
    for slot in part.slots:
        moved = _moved(slot, part, down, seam)
        if not slot.text or is_figure(slot.text):
            moved.doubt = moved.doubt or why
        before = ends.get((moved.row, moved.rowspan)) if moved.column == seam else None
        if before is not None and _is_cut(before, end, moved, part.box.x0):
            before.text, before.colspan = before.text + moved.text, before.colspan + moved.colspan
            before.raw, before.doubt = before.raw or moved.raw, before.doubt or moved.doubt
        else:
            slots.append(moved)
    return Ruled(table.box._replace(x1=across[-1]), across, down, slots)


def _is_cut(before: PdfSlot, right: float, after: PdfSlot, left: float) -> bool:
    """Tell the halves of a header over several columns that the edge of the page cuts: its words reach both edges."""
    if before.last is None or after.last is None or max(before.colspan, after.colspan) < 2:
        return False
    reach = right - before.last.x1 < before.last.size and after.last.x0 - left < after.last.size
    return reach and not is_figure(before.text) and not is_figure(after.text)


def _moved(slot: PdfSlot, table: Ruled, down: Sequence[float], column: int) -> PdfSlot:
    row, end = (index(down, table.down[at]) for at in (slot.row, slot.row + slot.rowspan))
    uncertain = slot.uncertain or (column > 0 and bool(slot.text))
    return replace(slot, row=row, column=slot.column + column, rowspan=max(1, end - row), uncertain=uncertain)
