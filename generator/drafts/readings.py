"""Models what was read of a statutory table: each figure with its certainty and its place in the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from generator.finding import Message
from generator.forms.model import Form, Table
from generator.readers.document import NOWHERE, BlockPlace, DocumentTable
from generator.workbook.cell_names import address


class Certainty(StrEnum):
    """Says how far a reading can be relied on."""

    CERTAIN = "certain"  # one cell of the file, read as it stands
    INFERRED = "inferred"  # a reading that something else supports; a person should check it
    UNDECIDED = "undecided"  # left blank, the raw text beside it


class SourcePlace(NamedTuple):
    """Locates a reading in the file: its block, row and column of the table from 1 (0 = does not apply); in running
    text `at`, the character of its paragraph from 1, a run of spaces counted once. `cell` is what a spreadsheet program
    calls it (F12), "" elsewhere."""

    where: BlockPlace = NOWHERE
    row: int = 0
    column: int = 0
    at: int = 0
    cell: str = ""

    def describe(self) -> Message:
        """Say the place for people, in both languages."""
        sheet, page, table, line = self.where.sheet, self.where.page, self.where.table, self.where.line
        if sheet and self.cell:
            return Message(f"{sheet} {self.cell}", f"{sheet} {self.cell}")
        in_table = table and (self.row or self.column)
        parts = (
            (sheet, f"工作表“{sheet}”", f"sheet “{sheet}”"),
            (page, f"第{page}页", f"page {page}"),
            (table, f"第{table}张表{' ' if in_table else ''}", f"table {table}"),
            (line and not table and not self.row, f"第{line}行文字", f"line {line}"),
            (self.at, f"第{self.at}字起", f"from character {self.at}"),
            (self.row, f"第{self.row}行", f"row {self.row}"),
            (self.column and not self.at, f"第{self.column}列", f"column {self.column}"),
        )
        chinese = "".join(zh for known, zh, _ in parts if known)
        english = ", ".join(en for known, _, en in parts if known)
        return Message(chinese or "文中", english or "in the text")


def spot_in(grid: DocumentTable, row: int, column: int, turned: bool = False) -> SourcePlace:
    """Return the place of a grid's cell, counted from 1; in a worksheet with the name that the cell has there. Of a
    grid whose rows and columns were exchanged (`turned`) it is that in the file."""
    if turned:
        grid, row, column = replace(grid, lines=grid.columns, columns=grid.lines), column, row
    if not grid.where.sheet:
        return SourcePlace(grid.where, row, column)
    line = grid.lines[row - 1] if row <= len(grid.lines) else row
    own = grid.columns[column - 1] if column <= len(grid.columns) else column
    return SourcePlace(grid.where, row, column, cell=address(line - 1, own - 1))


class Reading(NamedTuple):
    """Holds one value cell: `text` as tables.yaml takes it ("" = blank), `raw` as in the file, `why` it is doubtful."""

    text: str
    raw: str
    certainty: Certainty
    spot: SourcePlace
    why: Message | None = None


class Ignored(NamedTuple):
    """Reports a cell of a statutory table that has no place in the form."""

    text: str
    spot: SourcePlace
    why: Message


@dataclass(frozen=True, slots=True)
class TableRead:
    """Holds the readings of a table by slot; a slot without one is not in the file."""

    table: Table
    readings: Mapping[int, Reading]
    labels: int = 0  # cells that are headers and row names

    @property
    def missing(self) -> tuple[int, ...]:
        """List the slots that the file does not have."""
        return tuple(index for index in range(len(self.table.slots)) if index not in self.readings)


class AddedRow(NamedTuple):
    """Holds a row that the form does not have, with its place: right `after` a row, or `inside` a group (a key or a
    printed label; "" = at the end). `labels` counts its cells that are not figures."""

    table: Table
    label: str
    unit: str
    after: str
    inside: str
    readings: tuple[Reading, ...]
    labels: int


class Account(NamedTuple):
    """Accounts for every cell: read = labels + mapped + ignored + kept (cells of tables that stay in the narrative)."""

    read: int
    labels: int
    mapped: int
    ignored: int
    kept: int


@dataclass(frozen=True, slots=True)
class TablesRead:
    """Holds all statutory tables of a document as read by one form."""

    form: Form
    tables: tuple[TableRead, ...]
    ignored: tuple[Ignored, ...]
    extras: tuple[AddedRow, ...] = ()
    marked: tuple[Ignored, ...] = ()  # labels that show more than their plain text, and were read by that

    @property
    def mapped(self) -> int:
        """Count the cells that found their place."""
        return sum(len(read.readings) for read in self.tables) + sum(len(extra.readings) for extra in self.extras)
