"""Rows that a file's table has beyond the form: where a line stands in it, and whether it is such a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator.drafts.readings import AddedRow, Certainty, Reading, SourcePlace
from generator.finding import Message
from generator.forms.model import FormColumn, plain_label
from generator.importer.cell_figures import looks_like_figure, read_cell
from generator.importer.form_labels import BlockLabels
from generator.importer.grid_lines import LineCell, TableLine
from generator.importer.label_match import NearLabel, label, nearest
from generator.readers.document import DocumentTable

_LONGEST = 80  # letters of a row's name; more is a sentence
_LONGEST_UNIT = 6
_BEYOND = Message("这个格式没有的行，按本地增加的行写入", "a row the form does not have, written as an added row")
_TWIN = Message(
    "这个行名在表中有两处，按前后的行认定", "the form has two rows of this name; told apart by the rows around"
)


@dataclass(frozen=True, slots=True)
class Trail:
    """What was recognised last in the table at hand: the labels down to it, and where an added row would stand."""

    path: tuple[str, ...] = ()
    after: str = ""
    inside: str = ""
    lost: bool = False  # since then a line was not recognised

    @property
    def doubt(self) -> Message | None:
        """Why a name that the table has twice is not beyond doubt here."""
        return _TWIN if self.lost else None

    def at(self, words: BlockLabels, row: str) -> Trail:
        """Behind a row of the form."""
        return Trail(words.paths.get(row, ()), row)

    def behind(self, added: str) -> Trail:
        """Behind an added row."""
        return replace(self, after=plain_label(added), inside="", lost=True)

    def past(self, words: BlockLabels, groups: Sequence[str], named: bool) -> Trail:
        """Behind a line of group names, or behind one that was not recognised (and has a name)."""
        for group in groups:
            path = words.paths.get(group)
            if path is not None:
                return Trail(path, "", path[-1])
        return replace(self, lost=self.lost or (named and not groups))

    def twin(self, words: BlockLabels, text: str) -> NearLabel | None:
        """The row of a name that the block has twice: the one of the group at hand."""
        near = nearest(label(text).bare, {way: way for way in words.twins})
        if near is None:
            return None
        parents = {key: words.paths[key][:-1] for key in words.twins[near.name]}
        fits = [key for key, parent in parents.items() if parent and self.path[: len(parent)] == parent]
        return NearLabel(fits[0], near.slips) if len(fits) == 1 else None


class _Named(NamedTuple):
    name: LineCell
    unit: str
    figures: Sequence[LineCell]
    group: str


def extra_of(
    words: BlockLabels,
    line: TableLine,
    grid: DocumentTable,
    trail: Trail,
    known: Sequence[str],
    place: Callable[[Sequence[LineCell]], Mapping[int, LineCell]],
) -> AddedRow | None:
    """The added row that a line is; None where it has another shape than the block's rows, or a name of the form or of the
    added rows `known`. `place` gives cells their columns."""
    parts = _parts(words, line)
    if parts is None or _taken(words, parts.name.text, known):
        return None
    placed = place(parts.figures)
    if sorted(placed) != list(range(words.width)):
        return None
    columns = [_own(column, parts.unit, words.block.listed) for column in words.block.columns]
    spots = [SourcePlace(grid.where, line.number, placed[n].start + 1) for n in range(words.width)]
    readings = tuple(_marked(read_cell(placed[n].text, column, spots[n])) for n, column in enumerate(columns))
    if not any(reading.text for reading in readings):
        return None
    elsewhere = parts.group and parts.group not in trail.path
    after, inside = ("", parts.group) if elsewhere else (trail.after, trail.inside)
    labels = sum(not item.above and item.text != "" for item in line.items) - sum(
        item.text != "" for item in parts.figures
    )
    return AddedRow(words.table, parts.name.text, parts.unit, after, inside, readings, labels)


def _parts(words: BlockLabels, line: TableLine) -> _Named | None:
    """Group names, the row's name, a list's unit, then nothing but figures. In a list each group has a line of its own."""
    own = (
        n
        for n, item in enumerate(line.items)
        if item.text and not item.above and (words.block.listed or _group(words, item) is None)
    )
    at = next(own, -1)
    if at < 0 or looks_like_figure(line.items[at].text) or len(line.items[at].text) > _LONGEST:
        return None
    before = [_group(words, item) for item in line.items[:at] if item.text]
    rest = line.items[at + 1 :]
    unit = ""
    if (
        words.block.listed
        and len(rest) == 2
        and not looks_like_figure(rest[0].text)
        and len(rest[0].text) <= _LONGEST_UNIT
    ):
        unit, rest = rest[0].text, rest[1:]
    if None in before or not rest or not all(looks_like_figure(item.text) for item in rest):
        return None
    return _Named(line.items[at], unit, rest, next((group for group in reversed(before) if group), ""))


def _group(words: BlockLabels, item: LineCell) -> str | None:
    return words.groups.get(label(item.text).bare)


def _taken(words: BlockLabels, name: str, known: Sequence[str]) -> bool:
    """Whether the table has a row or a group of that name, or it is none at all."""
    said = plain_label(name)
    rows = [row for block in words.table.blocks for row in block.rows]
    names = {plain_label(text) for row in rows for text in (row.key, *row.path)}
    return not said or said in names or said in map(plain_label, known)


def _own(column: FormColumn, unit: str, listed: bool) -> FormColumn:
    """An added row of a list is in its own unit; money may have decimals."""
    return replace(column, unit=unit, decimal=unit.endswith("元")) if listed else column


def _marked(reading: Reading) -> Reading:
    return (
        reading._replace(certainty=Certainty.INFERRED, why=_BEYOND)
        if reading.certainty is Certainty.CERTAIN
        else reading
    )
