"""Recognises added rows: lines of a file's table that the form does not have, and where they stand in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator.drafts.readings import AddedRow, Certainty, Reading, spot_in
from generator.finding import Message
from generator.forms.model import FormColumn, plain_label
from generator.importer.cell_figures import looks_like_figure, read_cell
from generator.importer.form_labels import BlockLabels
from generator.importer.grid_lines import LineCell, TableLine
from generator.importer.label_match import NearLabel, label, nearest
from generator.readers.document import DocumentTable

_LONGEST = 80  # letters of a row's name; more is a sentence
_LONGEST_UNIT = 6
BEYOND = Message("这个格式没有的行，按本地增加的行写入", "the form has no such row; written as an added row")
AS_ONE_ROW = Message("这个格式分几行印的，这里只印了一行", "printed as one row where the form has several")
_TWIN = Message(
    "这个行名在表中有两处，按前后的行认定", "the form has two rows of this name; chosen by the rows around it"
)


@dataclass(frozen=True, slots=True)
class Trail:
    """Remembers what was recognised last in a table: the labels down to it, and where an added row would stand."""

    path: tuple[str, ...] = ()
    after: str = ""
    inside: str = ""
    lost: bool = False  # since then a line was not recognised

    @property
    def doubt(self) -> Message | None:
        """Say why a name that the table has twice is doubtful here; None where it is not."""
        return _TWIN if self.lost else None

    def at(self, words: BlockLabels, row: str) -> Trail:
        """Return the trail behind a row of the form."""
        return Trail(words.paths.get(row, ()), row)

    def behind(self, added: str) -> Trail:
        """Return the trail behind an added row."""
        return replace(self, after=plain_label(added), inside="", lost=True)

    def past(self, words: BlockLabels, groups: Sequence[str], named: bool) -> Trail:
        """Return the trail behind a line of group names, or one that was not recognised (`named`: it has a name)."""
        for group in groups:
            path = words.paths.get(group)
            if path is not None:
                return Trail(path, "", path[-1])
        return replace(self, lost=self.lost or (named and not groups))

    def twin(self, words: BlockLabels, text: str) -> NearLabel | None:
        """Return the row of a name that the block has twice: that of the current group; None where it is unclear."""
        near = nearest(label(text).bare, {name: name for name in words.twins})
        if near is None:
            return None
        parents = {key: words.paths[key][:-1] for key in words.twins[near.name]}
        fits = [key for key, parent in parents.items() if parent and self.path[: len(parent)] == parent]
        return NearLabel(fits[0], near.slips) if len(fits) == 1 else None


class _RowParts(NamedTuple):
    """Holds what a line of an added row consists of."""

    name: LineCell
    unit: str
    figures: Sequence[LineCell]
    group: str
    whole: bool = False  # it bears the name of a group, all of whose rows were printed as one


def read_added_row(
    words: BlockLabels,
    line: TableLine,
    grid: DocumentTable,
    trail: Trail,
    known: Sequence[str],
    place: Callable[[Sequence[LineCell]], Mapping[int, LineCell]],
) -> AddedRow | None:
    """Read a line as an added row; None where its shape is not that of the block's rows, or its name is one of the form
    or of the added rows `known`. `place` assigns cells to columns."""
    parts = _parts(words, line)
    if parts is None or (_taken(words, parts.name.text, known) and not parts.whole):
        return None
    placed = place(parts.figures)
    everything = {cell.start for cell in placed.values()} >= {cell.start for cell in parts.figures if cell.shown}
    if sorted(placed) != list(range(words.width)) or not everything:
        return None
    readings = []
    for number, column in enumerate(words.block.columns):
        cell = placed[number]
        spot = spot_in(grid, line.number, cell.start + 1)
        as_printed = in_unit(column, parts.unit, words.block.listed)
        reading = read_cell(cell.text, as_printed, spot, cell.uncertain, cell.raw, cell.doubt)
        readings.append(_marked(reading, AS_ONE_ROW if parts.whole else BEYOND))
    if not any(reading.raw for reading in readings):
        return None
    if parts.whole:
        return AddedRow(words.table, parts.name.text, parts.unit, plain_label(parts.name.text), "", tuple(readings), 1)
    elsewhere = parts.group and parts.group not in trail.path
    after, inside = ("", parts.group) if elsewhere else (trail.after, trail.inside)
    filled = sum(not item.above and item.text != "" for item in line.items)
    labels = filled - sum(item.text != "" for item in parts.figures)
    return AddedRow(words.table, parts.name.text, parts.unit, after, inside, tuple(readings), labels)


def _parts(words: BlockLabels, line: TableLine) -> _RowParts | None:
    """Split a line into group names, the row's name, a list's unit, and nothing but figures; None if it has more.

    In a list each group has a line of its own, so there a name is the row's even where a group has it."""
    at = next((number for number, item in enumerate(line.items) if _names_row(words, item)), -1)
    if at < 0 or looks_like_figure(line.items[at].text):
        return _group_as_row(words, line)
    if len(line.items[at].text) > _LONGEST:
        return None
    before = [_group(words, item) for item in line.items[:at] if item.text]
    rest = line.items[at + 1 :]
    unit = ""
    if words.block.listed and len(rest) == 2 and _is_unit(rest[0].text):
        unit, rest = rest[0].text, rest[1:]
    if None in before or not rest or not all(looks_like_figure(item.text) for item in rest):
        return None
    return _RowParts(line.items[at], unit, rest, next((group for group in reversed(before) if group), ""))


def _group_as_row(words: BlockLabels, line: TableLine) -> _RowParts | None:
    """Split a line that names nothing but groups and has figures behind the last: that group printed as one row."""
    at = max((n for n, item in enumerate(line.items) if item.text and _group(words, item) is not None), default=-1)
    figures = line.items[at + 1 :]
    if at < 0 or line.items[at].above or not all(looks_like_figure(item.text) for item in figures):
        return None
    if not any(any(map(str.isdigit, item.shown)) for item in figures):
        return None
    return _RowParts(line.items[at], "", figures, "", True)


def _names_row(words: BlockLabels, item: LineCell) -> bool:
    return item.text != "" and not item.above and (words.block.listed or _group(words, item) is None)


def _is_unit(text: str) -> bool:
    return not looks_like_figure(text) and len(text) <= _LONGEST_UNIT


def _group(words: BlockLabels, item: LineCell) -> str | None:
    return words.groups.get(label(item.text).bare)


def _taken(words: BlockLabels, name: str, known: Sequence[str]) -> bool:
    """Tell whether the table has a row or a group of that name, or the name is empty."""
    plain = plain_label(name)
    rows = [row for block in words.table.blocks for row in block.rows]
    names = {plain_label(text) for row in rows for text in (row.key, *row.path)}
    return not plain or plain in names or plain in map(plain_label, known)


def in_unit(column: FormColumn, unit: str, listed: bool) -> FormColumn:
    """Return the column with the unit of an added row: rows of a list have their own, and money may have decimals."""
    return replace(column, unit=unit, decimal=unit.endswith("元")) if listed else column


def _marked(reading: Reading, why: Message) -> Reading:
    if reading.certainty is not Certainty.CERTAIN:
        return reading
    return reading._replace(certainty=Certainty.INFERRED, why=why)
