"""Holds a worksheet's cells, whatever the file type, and splits them into blocks at empty rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, Protocol

from generator.narrative import numerals
from generator.readers.document import Block, BlockPlace, DocumentTable, Limits, Paragraph, Piece
from generator.readers.rectangle import SpannedCell, rectangle, squeeze
from generator.readers.text_cleanup import heading, plain, unstack


class Moment(Protocol):
    """Matches a date, a time of day or both."""

    def isoformat(self) -> str: ...


class Duration(Protocol):
    """Matches a length of time."""

    def total_seconds(self) -> float: ...


Value = str | int | float | bool | Moment | Duration
_COLUMNS = 65_536
ERRORS = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "Err:")


class Merge(NamedTuple):
    """Locates a merged block: rows and columns from 0, both ends included."""

    row: int
    column: int
    last_row: int
    last_column: int


@dataclass
class WorksheetCells:
    """Holds a worksheet's cells by (row, column) from 0.

    `texts` are those that are not empty, `errors` formula errors, `unset` formulas without a stored result.
    """

    name: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)  # ranges, both ends included
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    unset: set[tuple[int, int]] = field(default_factory=set)

    @cached_property
    def _columns(self) -> set[int]:
        """Expand the hidden ranges into single columns, walking over overlaps once."""
        hidden: set[int] = set()
        reached = 0
        for first, last in sorted(self.hidden_columns):
            hidden |= set(range(max(first, reached), min(last, _COLUMNS) + 1))
            reached = max(reached, min(last, _COLUMNS) + 1)
        return hidden

    def column_hidden(self, column: int) -> bool:
        """Tell whether a column is hidden; valid once the whole sheet is read."""
        return column in self._columns


def as_printed(value: Value, percent: bool = False) -> str:
    """Write a value as a reader of the sheet sees it: 22 not 22.0, exact amounts, ISO dates without midnight."""
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
    digits = repr(value) if isinstance(value, int) else f"{value:.15g}"  # a spreadsheet shows no more than 15
    number = Decimal(digits)
    if not number.is_finite():
        return ""
    number = number * 100 if percent else number
    return numerals.plain(number) + ("%" if percent else "")


def blocks(sheet: WorksheetCells, first_table: int, limits: Limits) -> list[Block]:
    """Split the visible cells into blocks: paragraphs for regions of a single column, tables for the others.

    Tables keep the numbers of their rows and columns in the file, and are numbered from `first_table`.
    Raises Unreadable when they have more cells together than the limit.
    """
    slots = list(_slots(sheet))
    result: list[Block] = []
    number = first_table
    for region in _regions(slots, sheet.hidden_rows):
        for block in _region(sheet, region, number, limits):
            result.append(block)
            if isinstance(block, DocumentTable):
                number += 1  # and leave the rest of the limit to the other regions
                limits = limits._replace(cells=limits.cells - len(block.rows) * len(block.rows[0]))
    return result


def _slots(sheet: WorksheetCells) -> Iterator[SpannedCell]:
    """Yield visible cells with text or a merge, by their place in the file; cells covered by a merge are not shown."""
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


def _has_content(slot: SpannedCell) -> bool:
    return bool(slot.text) or slot.uncertain


def _regions(slots: list[SpannedCell], hidden: set[int]) -> Iterator[list[SpannedCell]]:
    """Group cells into regions, which empty visible rows separate."""
    blanks = sorted((slot for slot in slots if not _has_content(slot)), key=_row)
    region: list[SpannedCell] = []
    end = -1
    for slot in sorted(filter(_has_content, slots), key=_place):
        if region and any(row not in hidden for row in range(end, slot.row)):
            yield _with_blanks(region, blanks)
            region = []
        region.append(slot)
        end = max(end, slot.row + slot.rowspan)
    if region:
        yield _with_blanks(region, blanks)


def _row(slot: SpannedCell) -> int:
    return slot.row


def _place(slot: SpannedCell) -> tuple[int, int]:
    return slot.row, slot.column


def _with_blanks(region: list[SpannedCell], blanks: list[SpannedCell]) -> list[SpannedCell]:
    """Add the empty merged blocks inside a region; `blanks` must be sorted by row."""
    top, bottom = region[0].row, max(slot.row + slot.rowspan for slot in region)
    left, right = min(slot.column for slot in region), max(slot.column + slot.colspan for slot in region)
    empty = [
        slot
        for slot in blanks[bisect_left(blanks, top, key=_row) : bisect_left(blanks, bottom, key=_row)]
        if slot.row + slot.rowspan <= bottom and left <= slot.column and slot.column + slot.colspan <= right
    ]
    return sorted([*region, *empty], key=_place)


def _region(sheet: WorksheetCells, region: list[SpannedCell], number: int, limits: Limits) -> Iterator[Block]:
    """Split a region at headings and sentences across its whole width; rows of one cell each are running text."""
    left, right = min(slot.column for slot in region), max(slot.column + slot.colspan for slot in region)
    by_row: dict[int, list[SpannedCell]] = {}
    for slot in region:
        by_row.setdefault(slot.row, []).append(slot)
    pending: list[list[SpannedCell]] = []
    for row in by_row.values():
        first = row[0]
        full_width = first.column == left and first.column + first.colspan == right
        alone = len(row) == 1 and first.rowspan == 1 and full_width
        if alone and (heading(first.text) == 1 or first.text.endswith("。")):
            yield from _closed(sheet, pending, number, limits)
            number += bool(pending) and not _running(pending)
            pending = []
            yield from _paragraphs(sheet, first)
        else:
            pending.append(row)
    yield from _closed(sheet, pending, number, limits)


def _running(rows: list[list[SpannedCell]]) -> bool:
    """Tell whether rows are running text: at most one cell with content each, none uncertain."""
    return all(sum(map(_has_content, row)) <= 1 and not any(slot.uncertain for slot in row) for row in rows)


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
    """Make a table of cells without hidden rows and columns; it keeps their numbers in the file."""
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
