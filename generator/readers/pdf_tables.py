"""Lays the cells of a ruled PDF table on the lattice of its rules and fills them with their text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.finding import Message
from generator.readers.pdf_cells import PdfSlot, is_figure, write
from generator.readers.pdf_marks import follows
from generator.readers.pdf_page import UNKNOWN, PdfBox, PdfChar

_NEAR = 3.0  # points: rules this close are one
_HIDDEN = Message("原文此格还有看不见的数字，没有读入", "the cell also holds invisible digits, which were not read")
_COVERED = Message(
    "原文此格没有文字，上面有表单域或批注，里面填写的读不出来",
    "the cell has no text, but a form field or an annotation; what is typed there cannot be read",
)
_DRAWN = Message("原文此格的数字旁边画着东西，可能也是数字", "something is drawn beside the figure, perhaps a digit")
_CLEAR = 5.0  # points between a drawing and the rules of its cell, or the sides of a box around it
_SHIFTED = Message(
    "原文这一行有数字越过或紧贴格线，是哪一格的数看不准",
    "figures of this row touch or cross the rules; whose cells they stand in is unclear",
)
_TOUCHES = 0.8  # points between a figure and a rule; cells have paddings
_APART = re.compile(r"\d\s+\d")
_SAME = 0.1  # points between the ends of figures that are flush
_BEYOND = 20.0  # points beside a table within which a figure belongs to it
_ON = 0.5  # points by which a digit lies on both sides of a rule
_OVERFLOW = Message("原文的数字超出了格子", "a figure runs over the border of the cell")


def steps(values: Iterable[float]) -> list[float]:
    """Sort the positions of rules, taking near ones as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def index(rules: Sequence[float], value: float) -> int:
    """Return the number of the rule next to a position."""
    return min(range(len(rules)), key=lambda number: abs(rules[number] - value))


class Ruled(NamedTuple):
    """Holds a ruled table: its outer box, the positions of its rules, its cells on that lattice."""

    box: PdfBox
    across: list[float]
    down: list[float]
    slots: list[PdfSlot]


def ruled(cells: Sequence[PdfBox]) -> Ruled | None:
    """Lay a table's cells on the lattice of their edges; None for a mere frame.

    Positions without a cell, where rules are missing, become uncertain cells of their own.
    """
    across = steps([value for cell in cells for value in (cell.x0, cell.x1)])
    down = steps([value for cell in cells for value in (cell.top, cell.bottom)])
    if len(across) < 2 or len(down) < 2 or len(cells) < 2:
        return None
    taken: set[tuple[int, int]] = set()
    slots = []
    for slot in sorted((_slot(cell, across, down) for cell in cells), key=_order):
        if (slot.row, slot.column) in taken:
            continue  # a frame within a cell
        slots.append(slot)
        taken |= _places(slot)
    for row in range(len(down) - 1):
        slots += [
            PdfSlot("", row, column, uncertain=True) for column in range(len(across) - 1) if (row, column) not in taken
        ]
    return Ruled(PdfBox(across[0], down[0], across[-1], down[-1]), across, down, slots)


def _slot(cell: PdfBox, across: Sequence[float], down: Sequence[float]) -> PdfSlot:
    row, column = index(down, cell.top), index(across, cell.x0)
    return PdfSlot("", row, column, max(1, index(down, cell.bottom) - row), max(1, index(across, cell.x1) - column))


def _order(slot: PdfSlot) -> tuple[int, int, int]:
    return slot.row, slot.column, -slot.rowspan * slot.colspan


def _places(slot: PdfSlot) -> set[tuple[int, int]]:
    rows, columns = range(slot.row, slot.row + slot.rowspan), range(slot.column, slot.column + slot.colspan)
    return {(row, column) for row in rows for column in columns}


def fill(
    table: Ruled,
    chars: Iterable[PdfChar],
    doubtful: bool = False,
    hidden: Iterable[PdfChar] = (),
    covered: Iterable[PdfBox] = (),
    shapes: Iterable[PdfBox] = (),
) -> None:
    """Give each cell the text inside it; `doubtful` marks all of it uncertain, as on a scanned page.

    Figures among what nobody sees (`hidden`) are not read, but put the cell in doubt, and so does what lies over a cell
    without text (`covered`), and small shapes drawn beside figures (`shapes`).
    """
    chars = list(chars)
    owner = _owners(table)
    inside: dict[int, list[PdfChar]] = {}
    placed, overflown = _gathered(table, list(_placed(table, owner, chars)))
    for number, char in placed:
        inside.setdefault(number, []).append(char)
    for number, cell_chars in inside.items():
        slot = table.slots[number]
        write(slot, cell_chars, table.across[slot.column + slot.colspan] - table.across[slot.column])
    for number in overflown:
        table.slots[number].doubt = table.slots[number].doubt or _OVERFLOW
    unseen = [char for char in hidden if any(map(str.isdigit, char.text))]
    for number in {*(number for number, _ in _placed(table, owner, unseen)), *_cut_off(placed, unseen)}:
        table.slots[number].doubt = table.slots[number].doubt or _HIDDEN
    _doubt_shifted(table, inside, [char for char in chars if not table.box.holds(char.x, char.y)])
    _doubt_covered(table, owner, covered)
    _doubt_drawn(table, owner, inside, shapes)
    for slot in table.slots:
        slot.uncertain = bool(slot.text) and (slot.uncertain or doubtful or UNKNOWN in slot.text)


def _doubt_covered(table: Ruled, owner: dict[tuple[int, int], int], covered: Iterable[PdfBox]) -> None:
    """Doubt the cells without text in the middle of which something lies, or that hold the middle of it."""
    for box in covered:
        reached = {owner.get(_at(table, *_centre(box)), -1)}
        rows, columns = (
            range(bisect_right(rules, start) - 1, bisect_right(rules, end))
            for rules, start, end in ((table.down, box.top, box.bottom), (table.across, box.x0, box.x1))
        )
        reached |= {owner.get((row, column), -1) for row in rows for column in columns}
        for number in reached - {-1}:
            slot = table.slots[number]
            middle = _middle(table, slot)
            held = _at(table, *_centre(box)) in _places(slot)
            if not slot.text and not slot.raw and (held or box.holds(*middle)):
                slot.doubt = slot.doubt or _COVERED


def _doubt_drawn(
    table: Ruled,
    owner: Mapping[tuple[int, int], int],
    inside: Mapping[int, Sequence[PdfChar]],
    shapes: Iterable[PdfBox],
) -> None:
    """Doubt the figures beside which a shape as high as a digit is drawn, away from the rules."""
    for box in shapes:
        number = owner.get(_at(table, *_centre(box)), -1)
        chars = inside.get(number, ())
        if not chars or not is_figure(table.slots[number].text):
            continue
        slot, (x, y) = table.slots[number], _centre(box)
        left, right = table.across[slot.column], table.across[slot.column + slot.colspan]
        level = any(char.top < y < char.bottom for char in chars)
        beside = not min(char.x0 for char in chars) < x < max(char.x1 for char in chars)
        if level and beside and left + _CLEAR < box.x0 and box.x1 < right - _CLEAR:
            slot.doubt = slot.doubt or _DRAWN


def _middle(table: Ruled, slot: PdfSlot) -> tuple[float, float]:
    across = table.across[slot.column] + table.across[slot.column + slot.colspan]
    return across / 2, (table.down[slot.row] + table.down[slot.row + slot.rowspan]) / 2


def _centre(box: PdfBox) -> tuple[float, float]:
    return (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2


def _cut_off(placed: Iterable[tuple[int, PdfChar]], unseen: Iterable[PdfChar]) -> Iterator[int]:
    """Yield the numbers of slots whose figures go on in digits that nobody sees: the edge of a cell cut them off."""
    digits = [(number, char) for number, char in placed if char.text.isdecimal()]
    row = sorted([*digits, *((-1, char) for char in unseen)], key=lambda pair: (round(pair[1].y), pair[1].x0))
    for (number, char), (other, after) in pairwise(row):
        if (number < 0) != (other < 0) and follows(char, after):
            yield max(number, other)


def _doubt_shifted(table: Ruled, inside: Mapping[int, Sequence[PdfChar]], outside: Iterable[PdfChar]) -> None:
    """Doubt the rows in which figures touch the rule that parts them from an empty cell, or stand beyond the table:
    tabs and indents push figures into the next cell."""
    box = table.box
    near_by = (char for char in outside if -_BEYOND < char.x - box.x0 < box.x1 - box.x0 + _BEYOND)
    digits = (char for char in near_by if char.text.isdecimal() and box.top < char.y < box.bottom)
    beyond = {bisect_right(table.down, char.y) - 1 for char in digits}
    ends = {(slot.row, slot.column + slot.colspan): number for number, slot in enumerate(table.slots)}
    starts = {(slot.row, slot.column): number for number, slot in enumerate(table.slots)}
    rows = set(beyond)
    gaps = {
        number: _gaps(table, number, chars) for number, chars in inside.items() if is_figure(table.slots[number].text)
    }
    flush = _flush((gap, table.slots[number].text) for number, (_, gap) in gaps.items())
    for number, (left, right) in gaps.items():
        slot = table.slots[number]
        touching = right < _TOUCHES and round(right / _SAME) not in flush
        cut = touching or any(char.at_clip for char in inside[number] if char.text.isdecimal())
        slot.uncertain = slot.uncertain or cut  # further digits may have been cut off
        several = _APART.search(slot.text) is not None  # one of them may be that of the cell beside
        near = [ends.get((slot.row, slot.column))] if left < _TOUCHES or several else []
        near += [starts.get((slot.row, slot.column + slot.colspan))] if touching or several else []
        if any(at is not None and not table.slots[at].text and not table.slots[at].raw for at in near):
            rows.add(slot.row)
    for slot in table.slots:
        if slot.row in rows and slot.rowspan == 1 and (not slot.text or is_figure(slot.text)):
            slot.doubt = slot.doubt or _SHIFTED


def _gaps(table: Ruled, number: int, chars: Sequence[PdfChar]) -> tuple[float, float]:
    """Return how far the text of a slot stands from the rules to its left and right."""
    slot = table.slots[number]
    left, right = table.across[slot.column], table.across[slot.column + slot.colspan]
    return min(char.x0 for char in chars) - left, right - max(char.x1 for char in chars)


def _flush(ends: Iterable[tuple[float, str]]) -> set[int]:
    """Return the gaps at which figures of several lengths end: these are set flush right, and nothing was cut off."""
    lengths: dict[int, set[int]] = {}
    for gap, text in ends:
        for at in (-1, 0, 1):
            lengths.setdefault(round(gap / _SAME) + at, set()).add(len(text))
    return {at for at, found in lengths.items() if len(found) > 1}


def doubt_blanks(table: Ruled, why: Message) -> None:
    """Doubt the cells of a table that have no text."""
    for slot in table.slots:
        if not slot.text and not slot.raw:
            slot.doubt = slot.doubt or why


def _owners(table: Ruled) -> dict[tuple[int, int], int]:
    """Map each place of the lattice to the number of the slot that covers it."""
    owners: dict[tuple[int, int], int] = {}
    for number, slot in enumerate(table.slots):
        for place in _places(slot):
            owners.setdefault(place, number)
    return owners


def _placed(table: Ruled, owner: dict[tuple[int, int], int], chars: Iterable[PdfChar]) -> Iterator[tuple[int, PdfChar]]:
    """Yield each character in a slot with the number of that slot."""
    for char in chars:
        place = _at(table, char.x, char.y)
        if place in owner:
            yield owner[place], char


def _at(table: Ruled, x: float, y: float) -> tuple[int, int]:
    """Return the place of the lattice at a point."""
    return bisect_right(table.down, y) - 1, bisect_right(table.across, x) - 1


def _gathered(table: Ruled, placed: list[tuple[int, PdfChar]]) -> tuple[list[tuple[int, PdfChar]], set[int]]:
    """Give a figure too wide for its cell to the slot that holds most of it; return also all slots it lies in.

    Where no digit lies on the rule between, there may be two figures that touch: these stay apart."""
    gathered: list[tuple[int, PdfChar]] = []
    doubted: set[int] = set()
    run: list[tuple[int, PdfChar]] = []
    for number, char in [*placed, (-1, PdfChar("", 0, 0, 0, 0, 0))]:
        if run and not _touch(run[-1][1], char):
            gathered += _given(table, run, doubted)
            run = []
        run.append((number, char))
    return gathered, doubted


def _given(table: Ruled, run: list[tuple[int, PdfChar]], doubted: set[int]) -> list[tuple[int, PdfChar]]:
    slots = Counter(number for number, _ in run)
    if len(slots) < 2:
        return run
    doubted |= set(slots)
    across = [any(char.x0 + _ON < rule < char.x1 - _ON for rule in table.across) for _, char in run]
    return [(slots.most_common(1)[0][0], char) for _, char in run] if any(across) else run


def _touch(before: PdfChar, char: PdfChar) -> bool:
    near = abs(char.x0 - before.x1) < 0.1 * before.size and abs(char.y - before.y) < 0.2 * before.size
    return near and all(any(map(str.isdigit, one.text)) for one in (before, char))
