"""Turns cells with spans into the full rectangle that a DocumentTable is, for every file type."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from generator.finding import Message
from generator.readers.document import DocumentCell, Limits
from generator.readers.notes import refuse


@dataclass
class SpannedCell:
    """Holds a cell as printed: its text, its place from 0, how far it reaches; `raw` and `doubt` as in DocumentCell."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    uncertain: bool = False
    raw: str = ""
    doubt: Message | None = None


def too_large(limits: Limits) -> Exception:
    """Word the refusal of tables beyond `limits.cells`."""
    return refuse(f"表格超过 {limits.cells} 格，不读取。", f"The tables have more than {limits.cells} cells.")


def squeeze(slots: list[SpannedCell]) -> tuple[list[SpannedCell], list[int], list[int]]:
    """Drop rows and columns that only merged cells pass through; return the cells and the numbers of those kept."""
    height = max(slot.row + slot.rowspan for slot in slots)
    width = max(slot.column + slot.colspan for slot in slots)
    passed_rows, passed_columns = [0] * height, [0] * width
    for slot in slots:
        for row in range(slot.row + 1, slot.row + slot.rowspan):
            passed_rows[row] += slot.colspan
        for column in range(slot.column + 1, slot.column + slot.colspan):
            passed_columns[column] += slot.rowspan
    rows = [row for row in range(height) if passed_rows[row] < width]
    columns = [column for column in range(width) if passed_columns[column] < height]
    if len(rows) == height and len(columns) == width:
        return slots, rows, columns
    moved = [
        SpannedCell(
            slot.text,
            bisect_left(rows, slot.row),
            bisect_left(columns, slot.column),
            bisect_left(rows, slot.row + slot.rowspan) - bisect_left(rows, slot.row),
            bisect_left(columns, slot.column + slot.colspan) - bisect_left(columns, slot.column),
            slot.uncertain,
            slot.raw,
            slot.doubt,
        )
        for slot in slots
    ]
    return moved, rows, columns


def rectangle(slots: list[SpannedCell], limits: Limits) -> tuple[tuple[DocumentCell, ...], ...]:
    """Lay cells into rows of equal length; where two overlap the earlier keeps its place, holes become empty cells."""
    if not slots:
        return ()
    height = max(slot.row + slot.rowspan for slot in slots)
    width = max(slot.column + slot.colspan for slot in slots)
    if height * width > limits.cells:
        raise too_large(limits)
    rows: list[list[DocumentCell | None]] = [[None] * width for _ in range(height)]
    for slot in slots:
        _lay(rows, slot)
    empty = DocumentCell("")
    return tuple(tuple(cell or empty for cell in row) for row in rows)


def _lay(rows: list[list[DocumentCell | None]], slot: SpannedCell) -> None:
    colspan = 0
    while colspan < slot.colspan and rows[slot.row][slot.column + colspan] is None:
        colspan += 1
    if not colspan:
        return
    rowspan = 1
    while rowspan < slot.rowspan and not any(rows[slot.row + rowspan][slot.column : slot.column + colspan]):
        rowspan += 1
    first = DocumentCell(slot.text, True, rowspan, colspan, slot.uncertain, slot.raw, slot.doubt)
    rest = first._replace(first=False)
    for row in range(slot.row, slot.row + rowspan):
        for column in range(slot.column, slot.column + colspan):
            rows[row][column] = rest
    rows[slot.row][slot.column] = first
