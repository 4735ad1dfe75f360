"""Holds a worksheet's cells, whatever the file type, and writes their values as a person sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, Protocol

from generator.finding import Message
from generator.narrative import numerals
from generator.readers.document import Piece
from generator.readers.sheet_conditions import Area, Condition, doubtful
from generator.readers.sheet_covers import covered
from generator.readers.sheet_formats import Look, Seen, look_of_text
from generator.readers.sheet_looks import CellLook, read_look
from generator.readers.text_cleanup import plain, unstack


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

    `texts` are those that are not empty, `errors` formula errors, `unset` formulas without a stored result; `looks` are
    what is unusual about cells and `conditions` what may be, of which `apply_looks` makes `raws`, `doubts`, `pieces`.
    `covers` are the areas that drawings reach, `notes` what notes on cells say.
    `unseen` are cells with text that nobody sees, `taken` hidden cells that were read because they lie within a table,
    `shown` hidden ones that begin a merge of which the rest can be seen.
    """

    name: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)  # ranges, both ends included
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    unset: set[tuple[int, int]] = field(default_factory=set)
    looks: dict[tuple[int, int], CellLook] = field(default_factory=dict)
    conditions: list[Condition] = field(default_factory=list)
    covers: list[Area] = field(default_factory=list)
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    raws: dict[tuple[int, int], str] = field(default_factory=dict)
    doubts: dict[tuple[int, int], Message] = field(default_factory=dict)
    pieces: dict[tuple[int, int], tuple[Piece, ...]] = field(default_factory=dict)
    unseen: set[tuple[int, int]] = field(default_factory=set)
    taken: set[tuple[int, int]] = field(default_factory=set)
    shown: set[tuple[int, int]] = field(default_factory=set)

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


def apply_looks(sheet: WorksheetCells) -> None:
    """Read the cells with an unusual look: only their plain text stays, with a raw text and a doubt beside it."""
    for place, look in sheet.looks.items():
        text = sheet.texts.pop(place, "")
        if look.number is None and look.seen is None and text:
            shown = look_of_text(look.code, text)
            look.seen = None if shown == text else Look(Seen.TEXT, shown)
        cell = read_look(text, look)
        plain_text = as_printed(cell.text)
        if plain_text:
            sheet.texts[place] = plain_text
        if cell.doubt is not None:
            sheet.raws[place], sheet.doubts[place] = as_printed(cell.raw), cell.doubt
        if cell.pieces:
            sheet.pieces[place] = cell.pieces
        if text and (look.unseen or look.partly or look.seen == Look(Seen.TEXT)):
            sheet.unseen.add(place)
    for place, doubt in doubtful(sheet.texts, sheet.conditions).items():
        sheet.doubts.setdefault(place, doubt)


def apply_covers(sheet: WorksheetCells) -> None:
    """Doubt the cells below drawings, and blank ones with a figure in their note; the sheet's merges must be known."""
    if sheet.covers or sheet.notes:
        merged = {(merge.row, merge.column) for merge in sheet.merges}
        for place, doubt in covered(sheet.texts, merged, sheet.covers, sheet.notes).items():
            sheet.doubts.setdefault(place, doubt)
