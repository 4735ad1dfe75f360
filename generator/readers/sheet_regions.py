"""Splits the cells of a worksheet at empty rows into blocks: tables, headings and running text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from generator.finding import Message
from generator.readers.document import Block, BlockPlace, DocumentTable, Limits, Paragraph, Piece
from generator.readers.rectangle import SpannedCell, rectangle, squeeze
from generator.readers.sheet_cells import Merge, WorksheetCells
from generator.readers.text_cleanup import heading, plain


class _Slots:
    """Lays out a sheet's cells: those that can be seen (`shown`), and those of hidden rows and columns, by row.

    A merge is shown from its first visible row and column on; `merges` has its whole extent by that place."""

    def __init__(self, sheet: WorksheetCells) -> None:
        self.shown: list[SpannedCell] = []
        self.hidden: dict[int, list[SpannedCell]] = {}
        self.merges: dict[tuple[int, int], Merge] = {}
        covered: set[tuple[int, int]] = set()
        for merge in sheet.merges:
            self._merge(sheet, merge)
            covered |= {
                (row, column)
                for row in range(merge.row, merge.last_row + 1)
                for column in range(merge.column, merge.last_column + 1)
            }
        for place in dict.fromkeys((*sheet.texts, *sheet.unset, *sheet.doubts)):
            if place not in covered:
                self._put(sheet, _slot(sheet, place, *place, 1, 1))

    def _merge(self, sheet: WorksheetCells, merge: Merge) -> None:
        rows = [row for row in range(merge.row, merge.last_row + 1) if row not in sheet.hidden_rows]
        columns = [column for column in range(merge.column, merge.last_column + 1) if not sheet.column_hidden(column)]
        anchor = merge.row, merge.column
        if not (rows and columns):
            height, width = merge.last_row - merge.row + 1, merge.last_column - merge.column + 1
            self._put(sheet, _slot(sheet, anchor, *anchor, height, width))
            return
        sheet.shown.add(anchor)
        height, width = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
        self.merges[rows[0], columns[0]] = merge
        self.shown.append(_slot(sheet, anchor, rows[0], columns[0], height, width))

    def _put(self, sheet: WorksheetCells, slot: SpannedCell) -> None:
        if slot.row in sheet.hidden_rows:
            self._hide(slot, Message("隐藏行", "a hidden row"))
        elif sheet.column_hidden(slot.column):
            self._hide(slot, Message("隐藏列", "a hidden column"))
        else:
            self.shown.append(slot)

    def _hide(self, slot: SpannedCell, kind: Message) -> None:
        """Keep a hidden cell, in doubt; an empty one is nothing."""
        if _has_content(slot):
            slot.raw = f"〔{kind.zh}：{slot.raw or slot.text}〕"
            slot.doubt = slot.doubt or Message(
                f"此格在{kind.zh}里，看不见", f"the cell is in {kind.en}; nobody sees it"
            )
            self.hidden.setdefault(slot.row, []).append(slot)

    def whole(self, slot: SpannedCell) -> Merge:
        """Return all that a cell covers, hidden rows and columns too."""
        return self.merges.get((slot.row, slot.column)) or Merge(
            slot.row, slot.column, slot.row + slot.rowspan - 1, slot.column + slot.colspan - 1
        )


def blocks(sheet: WorksheetCells, first_table: int, limits: Limits) -> list[Block]:
    """Split the visible cells into blocks: paragraphs for regions of a single column, tables for the others.

    Tables keep the numbers of their rows and columns in the file, and are numbered from `first_table`; hidden rows and
    columns within them are read, in doubt. Raises Unreadable when they have more cells together than the limit.
    """
    slots = _Slots(sheet)
    result: list[Block] = []
    number = first_table
    for region in _regions(slots.shown, sheet.hidden_rows):
        for block in _region(sheet, slots, region, number, limits):
            result.append(block)
            if isinstance(block, DocumentTable):
                number += 1  # and leave the rest of the limit to the other regions
                limits = limits._replace(cells=limits.cells - len(block.rows) * len(block.rows[0]))
    return result


def _slot(
    sheet: WorksheetCells, anchor: tuple[int, int], row: int, column: int, rowspan: int, colspan: int
) -> SpannedCell:
    uncertain = anchor in sheet.errors or anchor in sheet.unset
    raw, doubt = sheet.raws.get(anchor, ""), sheet.doubts.get(anchor)
    return SpannedCell(sheet.texts.get(anchor, ""), row, column, rowspan, colspan, uncertain, raw, doubt)


def _has_content(slot: SpannedCell) -> bool:
    return bool(slot.text) or slot.uncertain or slot.doubt is not None


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


def _region(
    sheet: WorksheetCells, slots: _Slots, region: list[SpannedCell], number: int, limits: Limits
) -> Iterator[Block]:
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
            yield from _closed(sheet, slots, pending, number, limits)
            number += bool(pending) and not _running(pending)
            pending = []
            yield from _paragraphs(sheet, first)
        else:
            pending.append(row)
    yield from _closed(sheet, slots, pending, number, limits)


def _running(rows: list[list[SpannedCell]]) -> bool:
    """Tell whether rows are running text: at most one cell with content each, none uncertain."""
    return all(sum(map(_has_content, row)) <= 1 and not any(slot.uncertain for slot in row) for row in rows)


def _closed(
    sheet: WorksheetCells, slots: _Slots, rows: list[list[SpannedCell]], number: int, limits: Limits
) -> Iterator[Block]:
    inside = [slot for row in rows for slot in row]
    if _running(rows):
        for slot in inside:
            yield from _paragraphs(sheet, slot)
    else:
        yield _grid(sheet, slots, inside, number, limits)


def _paragraphs(sheet: WorksheetCells, slot: SpannedCell) -> Iterator[Block]:
    for line in _lines(sheet.pieces.get((slot.row, slot.column)) or (Piece(slot.text),)):
        text = "".join(piece.text for piece in line)
        if text.strip():
            yield Paragraph(line, BlockPlace(line=slot.row + 1, sheet=sheet.name), heading(text))


def _lines(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Split pieces at line breaks, and take blanks off both ends of each line."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = plain(piece.text.replace("\r\n", "\n")).split("\n")
        lines[-1].append(piece._replace(text=first))
        lines += [[piece._replace(text=text)] for text in others]
    for line in lines:
        filled = [piece for piece in line if piece.text.strip()]
        if filled:
            start, end = line.index(filled[0]), len(line) - line[::-1].index(filled[-1])
            shown = [piece for piece in line[start:end] if piece.text]
            shown[0] = shown[0]._replace(text=shown[0].text.lstrip())
            yield (*shown[:-1], shown[-1]._replace(text=shown[-1].text.rstrip()))


def _grid(
    sheet: WorksheetCells, slots: _Slots, inside: list[SpannedCell], number: int, limits: Limits
) -> DocumentTable:
    """Make a table of cells; hidden rows and columns stay where something is in them. It keeps their numbers."""
    area, hidden = _area(sheet, slots, inside)
    rows = _kept(area.row, area.last_row, sheet.hidden_rows.__contains__, {slot.row for slot in hidden})
    columns = _kept(area.column, area.last_column, sheet.column_hidden, {slot.column for slot in hidden})
    moved = []
    for slot in [*inside, *hidden]:
        whole = slots.whole(slot)
        top, bottom = bisect_left(rows, whole.row), bisect_left(rows, whole.last_row + 1)
        left, right = bisect_left(columns, whole.column), bisect_left(columns, whole.last_column + 1)
        moved.append(replace(slot, row=top, column=left, rowspan=bottom - top, colspan=right - left))
    sheet.taken |= {(slot.row, slot.column) for slot in hidden}
    moved, kept_rows, kept_columns = squeeze(sorted(moved, key=_place))
    rows, columns = [rows[at] for at in kept_rows], [columns[at] for at in kept_columns]
    return DocumentTable(
        rectangle(moved, limits),
        BlockPlace(table=number, line=inside[0].row + 1, sheet=sheet.name),
        lines=tuple(row + 1 for row in rows),
        columns=tuple(column + 1 for column in columns),
        hidden_rows=tuple(at for at, row in enumerate(rows) if row in sheet.hidden_rows),
        hidden_columns=tuple(at for at, column in enumerate(columns) if sheet.column_hidden(column)),
    )


def _kept(first: int, last: int, hidden: Callable[[int], bool], filled: set[int]) -> list[int]:
    return [number for number in range(first, last + 1) if not hidden(number) or number in filled]


def _area(sheet: WorksheetCells, slots: _Slots, inside: list[SpannedCell]) -> tuple[Merge, list[SpannedCell]]:
    """Return the extent of a table, and the hidden cells in it. Hidden rows right above or below belong to it where
    they hold more than one cell, as rows that a filter hides do."""
    wholes = [slots.whole(slot) for slot in inside]
    top, left = min(whole.row for whole in wholes), min(whole.column for whole in wholes)
    bottom, right = max(whole.last_row for whole in wholes), max(whole.last_column for whole in wholes)

    def beside(row: int) -> bool:
        cells = slots.hidden.get(row, []) if row in sheet.hidden_rows else []
        free = [slot for slot in cells if left <= slot.column <= right and (row, slot.column) not in sheet.taken]
        return len(free) > 1

    while beside(top - 1):
        top -= 1
    while beside(bottom + 1):
        bottom += 1
    hidden = [
        slot
        for row in range(top, bottom + 1)
        for slot in slots.hidden.get(row, ())
        if left <= slot.column and slot.column + slot.colspan - 1 <= right and slot.row + slot.rowspan - 1 <= bottom
    ]
    return Merge(top, left, bottom, right), hidden
