"""A worksheet as every spreadsheet format gives it, and the blocks it becomes: regions between empty rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, Protocol

from generator.readers.document import Block, BlockPlace, DocumentTable, Limits, Paragraph, Piece
from generator.readers.rectangle import SpannedCell, rectangle, squeeze
from generator.readers.text_cleanup import heading, plain, unstack


class Moment(Protocol):
    """A date, a time of day or both."""

    def isoformat(self) -> str: ...


class Duration(Protocol):
    def total_seconds(self) -> float: ...


Value = str | int | float | bool | Moment | Duration
_COLUMNS = 65_536
ERRORS = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "Err:")


class Merge(NamedTuple):
    """A merged block, rows and columns from 0, both ends within."""

    row: int
    column: int
    last_row: int
    last_column: int


@dataclass
class WorksheetCells:
    """`texts` are the non-empty cells by (row, column) from 0. `doubtful` are errors and formulas without a result."""

    name: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)  # ranges, both ends within
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    unset: set[tuple[int, int]] = field(default_factory=set)

    @cached_property
    def _columns(self) -> set[int]:
        """The hidden columns one by one; overlapping ranges are counted once."""
        found: set[int] = set()
        reached = 0
        for first, last in sorted(self.hidden_columns):
            found |= set(range(max(first, reached), min(last, _COLUMNS) + 1))
            reached = max(reached, min(last, _COLUMNS) + 1)
        return found

    def column_hidden(self, column: int) -> bool:
        """To be asked once everything is read."""
        return column in self._columns


def spoken(value: Value, percent: bool = False) -> str:
    """A value as a reader of the sheet sees it: 22 not 22.0, exact amounts, ISO dates, no midnight, no idle seconds."""
    if isinstance(value, str):
        return unstack(plain(value.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")).strip())
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, percent)
    if hasattr(value, "total_seconds"):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    text = value.isoformat().removesuffix("T00:00:00").replace("T", " ")
    return text.removesuffix(":00") if text.count(":") == 2 else text


def _number(value: float, percent: bool) -> str:
    number = Decimal(
        repr(value) if isinstance(value, int) else f"{value:.15g}"
    )  # 15 digits are all a spreadsheet shows
    if not number.is_finite():
        return ""
    number = number * 100 if percent else number
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + ("%" if percent else "")


def blocks(sheet: WorksheetCells, first_table: int, limits: Limits) -> list[Block]:
    """The visible regions of a sheet, together within the limit of cells: one of a single column as paragraphs, others as grids that keep their file rows and columns."""
    slots = list(_slots(sheet))
    found: list[Block] = []
    number = first_table
    for region in _regions(slots, sheet.hidden_rows):
        for block in _region(sheet, region, number, limits):
            found.append(block)
            if isinstance(block, DocumentTable):
                number += 1  # and what is left for the other regions
                limits = limits._replace(cells=limits.cells - len(block.rows) * len(block.rows[0]))
    return found


def _slots(sheet: WorksheetCells) -> Iterator[SpannedCell]:
    """Visible cells with text or a merge, by their own rows and columns; what a merge covers is not shown and not read."""
    covered: set[tuple[int, int]] = set()
    for merge in sheet.merges:
        rows = [row for row in range(merge.row, merge.last_row + 1) if row not in sheet.hidden_rows]
        columns = [column for column in range(merge.column, merge.last_column + 1) if not sheet.column_hidden(column)]
        covered |= {
            (row, column)
            for row in range(merge.row, merge.last_row + 1)
            for column in range(merge.column, merge.last_column + 1)
        }
        if rows and columns:
            yield _slot(
                sheet,
                (merge.row, merge.column),
                rows[0],
                columns[0],
                rows[-1] - rows[0] + 1,
                columns[-1] - columns[0] + 1,
            )
    for row, column in {**sheet.texts, **dict.fromkeys(sheet.unset, "")}:
        if (row, column) not in covered and row not in sheet.hidden_rows and not sheet.column_hidden(column):
            yield _slot(sheet, (row, column), row, column, 1, 1)


def _slot(
    sheet: WorksheetCells, anchor: tuple[int, int], row: int, column: int, rowspan: int, colspan: int
) -> SpannedCell:
    return SpannedCell(
        sheet.texts.get(anchor, ""), row, column, rowspan, colspan, anchor in sheet.errors or anchor in sheet.unset
    )


def _said(slot: SpannedCell) -> bool:
    return bool(slot.text) or slot.uncertain


def _regions(slots: list[SpannedCell], hidden: set[int]) -> Iterator[list[SpannedCell]]:
    """Slots between visible rows in which nothing stands."""
    blanks = sorted((slot for slot in slots if not _said(slot)), key=lambda one: one.row)
    region: list[SpannedCell] = []
    end = -1
    for slot in sorted((slot for slot in slots if _said(slot)), key=lambda one: (one.row, one.column)):
        if region and any(row not in hidden for row in range(end, slot.row)):
            yield _with_blanks(region, blanks)
            region = []
        region.append(slot)
        end = max(end, slot.row + slot.rowspan)
    if region:
        yield _with_blanks(region, blanks)


def _row(slot: SpannedCell) -> int:
    return slot.row


def _with_blanks(region: list[SpannedCell], blanks: list[SpannedCell]) -> list[SpannedCell]:
    """A region with the empty merged blocks inside it; those are sorted by their row."""
    top, bottom = region[0].row, max(slot.row + slot.rowspan for slot in region)
    left, right = min(slot.column for slot in region), max(slot.column + slot.colspan for slot in region)
    empty = [
        slot
        for slot in blanks[bisect_left(blanks, top, key=_row) : bisect_left(blanks, bottom, key=_row)]
        if slot.row + slot.rowspan <= bottom and left <= slot.column and slot.column + slot.colspan <= right
    ]
    return sorted([*region, *empty], key=lambda one: (one.row, one.column))


def _region(sheet: WorksheetCells, region: list[SpannedCell], number: int, limits: Limits) -> Iterator[Block]:
    """Heading rows across the whole width stand between tables; rows of one cell each are running text."""
    left, right = min(slot.column for slot in region), max(slot.column + slot.colspan for slot in region)
    by_row: dict[int, list[SpannedCell]] = {}
    for slot in region:
        by_row.setdefault(slot.row, []).append(slot)
    pending: list[list[SpannedCell]] = []
    for row in by_row.values():
        whole = (
            len(row) == 1 and row[0].column == left and row[0].column + row[0].colspan == right and row[0].rowspan == 1
        )
        if whole and (heading(row[0].text) == 1 or row[0].text.endswith("。")):
            yield from _closed(sheet, pending, number, limits)
            number += bool(pending) and not _running(pending)
            pending = []
            yield from _paragraphs(sheet, row[0])
        else:
            pending.append(row)
    yield from _closed(sheet, pending, number, limits)


def _running(rows: list[list[SpannedCell]]) -> bool:
    """Rows of one cell each: text, no table."""
    return all(sum(map(_said, row)) <= 1 and not any(slot.uncertain for slot in row) for row in rows)


def _closed(sheet: WorksheetCells, rows: list[list[SpannedCell]], number: int, limits: Limits) -> Iterator[Block]:
    slots = [slot for row in rows for slot in row]
    if _running(rows):
        for slot in slots:
            yield from _paragraphs(sheet, slot)
    else:
        yield _grid(sheet, slots, number, limits)


def _paragraphs(sheet: WorksheetCells, slot: SpannedCell) -> Iterator[Block]:
    for line in slot.text.split("\n"):
        if line.strip():
            yield Paragraph((Piece(line.strip()),), BlockPlace(line=slot.row + 1, sheet=sheet.name), heading(line))


def _grid(sheet: WorksheetCells, slots: list[SpannedCell], number: int, limits: Limits) -> DocumentTable:
    """Hidden rows and columns and empty outer columns are left out; `lines` and `columns` tell the file's own numbers."""
    top, bottom = min(slot.row for slot in slots), max(slot.row + slot.rowspan for slot in slots)
    left, right = min(slot.column for slot in slots), max(slot.column + slot.colspan for slot in slots)
    rows = [row for row in range(top, bottom) if row not in sheet.hidden_rows]
    columns = [column for column in range(left, right) if not sheet.column_hidden(column)]
    row_at = {row: place for place, row in enumerate(rows)}
    column_at = {column: place for place, column in enumerate(columns)}
    moved = []
    for slot in slots:
        rowspan = sum(row in row_at for row in range(slot.row, slot.row + slot.rowspan))
        colspan = sum(column in column_at for column in range(slot.column, slot.column + slot.colspan))
        moved.append(SpannedCell(slot.text, row_at[slot.row], column_at[slot.column], rowspan, colspan, slot.uncertain))
    moved, kept_rows, kept_columns = squeeze(moved)
    lines = tuple(rows[number] + 1 for number in kept_rows)
    where = BlockPlace(table=number, line=top + 1, sheet=sheet.name)
    return DocumentTable(
        rectangle(moved, limits), where, lines=lines, columns=tuple(columns[number] + 1 for number in kept_columns)
    )
