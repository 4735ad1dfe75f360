"""Lays the cells of a ruled PDF table on the lattice of its rules and fills them with their text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.readers.pdf_page import UNKNOWN, PdfBox, PdfChar, lines
from generator.readers.rectangle import SpannedCell
from generator.readers.text_cleanup import close, joined, unstack

_NEAR = 3.0  # points: rules this close are one


def _steps(values: Iterable[float]) -> list[float]:
    """Sort the positions of rules, taking near ones as one."""
    steps: list[float] = []
    for value in sorted(values):
        if not steps or value - steps[-1] > _NEAR:
            steps.append(value)
    return steps


def _index(steps: Sequence[float], value: float) -> int:
    return min(range(len(steps)), key=lambda number: abs(steps[number] - value))


class Ruled(NamedTuple):
    """Holds a ruled table: its outer box, the positions of its rules, its cells on that lattice."""

    box: PdfBox
    across: list[float]
    down: list[float]
    slots: list[SpannedCell]


def ruled(cells: Sequence[PdfBox]) -> Ruled | None:
    """Lay a table's cells on the lattice of their edges; None for a mere frame.

    Positions without a cell, where rules are missing, become uncertain cells of their own.
    """
    across = _steps([value for cell in cells for value in (cell.x0, cell.x1)])
    down = _steps([value for cell in cells for value in (cell.top, cell.bottom)])
    if len(across) < 2 or len(down) < 2 or len(cells) < 2:
        return None
    taken: set[tuple[int, int]] = set()
    slots = []
    for cell in sorted(cells, key=lambda box: (box.top, box.x0)):
        row, column = _index(down, cell.top), _index(across, cell.x0)
        rowspan, colspan = max(1, _index(down, cell.bottom) - row), max(1, _index(across, cell.x1) - column)
        slots.append(SpannedCell("", row, column, rowspan, colspan))
        taken |= {(r, c) for r in range(row, row + rowspan) for c in range(column, column + colspan)}
    for row in range(len(down) - 1):
        slots += [
            SpannedCell("", row, column, uncertain=True)
            for column in range(len(across) - 1)
            if (row, column) not in taken
        ]
    return Ruled(PdfBox(across[0], down[0], across[-1], down[-1]), across, down, slots)


def fill(table: Ruled, chars: Iterable[PdfChar], doubtful: bool = False) -> None:
    """Give each cell the text inside it; `doubtful` marks all of it uncertain, as on a scanned page."""
    owner = {
        (row, column): number
        for number, slot in enumerate(table.slots)
        for row in range(slot.row, slot.row + slot.rowspan)
        for column in range(slot.column, slot.column + slot.colspan)
    }
    inside: dict[int, list[PdfChar]] = {}
    for char in chars:
        place = bisect_right(table.down, char.y) - 1, bisect_right(table.across, char.x) - 1
        if place in owner:
            inside.setdefault(owner[place], []).append(char)
    for number, cell_chars in inside.items():
        _write(table.slots[number], cell_chars)
    for slot in table.slots:
        slot.uncertain = bool(slot.text) and (slot.uncertain or doubtful or UNKNOWN in slot.text)


def _write(slot: SpannedCell, chars: list[PdfChar]) -> None:
    """Write one cell's text: unstack a stacked label, join wrapped lines.

    Figures on several lines stay apart and make the cell uncertain.
    """
    texts = [close(line.text) for line in lines(chars)]
    stacked = unstack("\n".join(texts))
    if "\n" not in stacked:
        slot.text = stacked
    elif sum(map(_is_figure, texts)) > 1:
        slot.text, slot.uncertain = stacked, True
    else:
        slot.text = joined(texts)


def _is_figure(text: str) -> bool:
    return any(char.isdigit() for char in text) and not any(char.isalpha() for char in text)
