"""What was read of a statutory table: each figure with its certainty and where it stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from generator.finding import Message
from generator.forms.model import Form, Table
from generator.readers.document import NOWHERE, BlockPlace


class Certainty(StrEnum):
    CERTAIN = "certain"  # one cell of the file, read as it stands
    INFERRED = "inferred"  # a reading that something else proves; a person should look
    UNDECIDED = "undecided"  # left blank, the raw text beside it


class SourcePlace(NamedTuple):
    """Where in the file: its block, and row and column of the table from 1 (0 = does not apply); in running text `at`,
    the character of its paragraph from 1, spaces counted once."""

    where: BlockPlace = NOWHERE
    row: int = 0
    column: int = 0
    at: int = 0

    def describe(self) -> Message:
        zh, en = [], []
        for value, one, other in (
            (self.where.sheet, f"工作表“{self.where.sheet}”", f"sheet “{self.where.sheet}”"),
            (self.where.page, f"第{self.where.page}页", f"page {self.where.page}"),
            (self.where.table, f"第{self.where.table}个表", f"table {self.where.table}"),
            (
                self.where.line and not self.where.table and not self.row,
                f"第{self.where.line}行文字",
                f"line {self.where.line}",
            ),
            (self.at, f"第{self.at}字起", f"from character {self.at}"),
            (self.row, f"第{self.row}行", f"row {self.row}"),
            (self.column and not self.at, f"第{self.column}列", f"column {self.column}"),
        ):
            if value:
                zh.append(one)
                en.append(other)
        return Message("".join(zh) or "文中", ", ".join(en) or "in the text")


class Reading(NamedTuple):
    """One value cell. `text` is what tables.yaml takes ("" for blank); `raw` what the file shows; `why` it is not certain."""

    text: str
    raw: str
    certainty: Certainty
    spot: SourcePlace
    why: Message | None = None


class Ignored(NamedTuple):
    """A cell of a statutory table that has no place in the form."""

    text: str
    spot: SourcePlace
    why: Message


@dataclass(frozen=True, slots=True)
class TableRead:
    """Readings by slot; a slot without one did not appear in the file."""

    table: Table
    readings: Mapping[int, Reading]
    labels: int = 0  # cells that are headers and row names

    @property
    def missing(self) -> tuple[int, ...]:
        return tuple(index for index in range(len(self.table.slots)) if index not in self.readings)


class AddedRow(NamedTuple):
    """A row of a statutory table that the form does not have, with its place: right `after` a row, or `inside` a group
    (a key or a printed label; "" = at the end). `labels` counts its cells that are no figures."""

    table: Table
    label: str
    unit: str
    after: str
    inside: str
    readings: tuple[Reading, ...]
    labels: int


class Account(NamedTuple):
    """read = labels + mapped + ignored + kept (cells of tables that stay tables in the narrative)."""

    read: int
    labels: int
    mapped: int
    ignored: int
    kept: int


@dataclass(frozen=True, slots=True)
class TablesRead:
    """All statutory tables of a document read by one form."""

    form: Form
    tables: tuple[TableRead, ...]
    ignored: tuple[Ignored, ...]
    extras: tuple[AddedRow, ...] = ()

    @property
    def mapped(self) -> int:
        return sum(len(read.readings) for read in self.tables) + sum(len(extra.readings) for extra in self.extras)
