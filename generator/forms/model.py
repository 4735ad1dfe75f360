"""Defines a statutory form (格式): what one decree prints. `declaration` parses it from `declared/*.yaml`.

No row or column is named in Python: parsing, checks, pages and exports all follow these values. Forms, tables and
columns compare by identity, which makes them cheap cache keys.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from generator.finding import Level, Message
from generator.forms.sections import GlossaryTerm, RequiredSentence, SectionForm


@dataclass(frozen=True, slots=True, eq=False)
class FormColumn:
    """Describes a leaf column; `path` are the labels printed above it, outermost first.

    `additive` is False where a district's figure need not be the sum of its units' (shared item catalogues); `id` names
    it in data files and addresses."""

    key: str
    path: tuple[str, ...]
    unit: str = ""
    signed: bool = False
    decimal: bool = False
    unit_in_cell: bool = False
    additive: bool = True
    aliases: tuple[str, ...] = ()  # other printings of its label, for reading files
    id: str = ""


@dataclass(frozen=True, slots=True)
class FormRow:
    """Describes a row of figures; `path` are the labels it stands under, outermost first.

    `slash` allows "/" (not applicable) in it; `hidden` names a row that the form leaves unnamed; `added` marks a row
    that a report prints beyond the form; `id` names it in data files and addresses."""

    key: str
    path: tuple[str, ...]
    slash: bool = False
    hidden: str = ""
    added: bool = False
    aliases: tuple[str, ...] = ()  # other printings of its label, for reading files
    id: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Holds a node of a label tree: a leaf has the index of its row or column, a group has `parts`.

    A line of a listed block may have both; `unit` is what such a block prints beside it."""

    label: str
    parts: tuple[Group, ...]
    leaf: int = -1
    unit: str = ""
    id: str = ""

    @property
    def breadth(self) -> int:
        return sum(part.breadth for part in self.parts) if self.parts else 1

    @property
    def depth(self) -> int:
        return 1 + max((part.depth for part in self.parts), default=0)


@dataclass(frozen=True, slots=True)
class Block:
    """Describes a part of a table with its own header; tables 三 and 四 are one block each.

    `cells` are the columns of each row, in the row's own unit. A `listed` block prints every group and row as a line of
    its own, deeper ones indented, with the unit in a column headed `unit_label`.
    """

    title: str
    corner: str
    column_tree: tuple[Group, ...]
    row_tree: tuple[Group, ...]
    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...]
    first: int
    cells: tuple[tuple[FormColumn, ...], ...]
    listed: bool = False
    unit_label: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class FigureCell:
    """Describes one value cell of a table; content and narrative refer to it by `name` (表三.本年新收.总计)."""

    name: str
    row: FormRow
    column: FormColumn
    block: int


class CellKey(NamedTuple):
    """Names a cell for good, in data files and addresses: the row with its table (t3.denied.state_secret) and the
    column (company). Neither changes while the figure means the same; both are ASCII, but for rows that a report added.
    """

    row: str
    column: str

    @property
    def address(self) -> str:
        """Return the cell's id on the page of its report."""
        return f"{self.row}-{self.column}"


Picked = Callable[[Sequence[Any]], tuple[Any, ...]]


def picked(indexes: Sequence[int]) -> Picked:
    """Return a function that takes these items out of a tuple, several times as fast as one by one."""
    if len(indexes) > 1:
        return itemgetter(*indexes)
    return itemgetter(slice(indexes[0], indexes[0] + 1) if indexes else slice(0, 0))


@dataclass(frozen=True, slots=True)
class Equation:
    """Applies an identity to cells: the sum of `left` against the sum of `right` (both indexes of slots).

    `relation` is equal, at_most or not_negative; `along` the row or column it runs along; `level` the severity where a
    new report breaks it."""

    rule: str
    relation: str
    left: tuple[int, ...]
    right: tuple[int, ...]
    along: str
    level: Level = Level.ERROR


@dataclass(frozen=True, eq=False)
class Table:
    """Describes a statutory table; `slots` are its value cells in official order.

    `total` is the key of the column that sums a row up, if any. A report may leave out an `optional` table."""

    id: str
    key: str
    caption: str
    width: int
    blocks: tuple[Block, ...]
    slots: tuple[FigureCell, ...]
    equations: tuple[Equation, ...]
    total: str = ""
    optional: bool = False

    @cached_property
    def row_ranges(self) -> Mapping[str, tuple[int, int]]:
        """Map each row key to its first slot and its number of cells."""
        ranges: dict[str, tuple[int, int]] = {}
        for block in self.blocks:
            for number, row in enumerate(block.rows):
                ranges[row.key] = (block.first + number * len(block.columns), len(block.columns))
        return ranges

    @cached_property
    def row_columns(self) -> Mapping[str, tuple[FormColumn, ...]]:
        return {row.key: cells for block in self.blocks for row, cells in zip(block.rows, block.cells, strict=True)}

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(slot.name for slot in self.slots)

    @cached_property
    def keys(self) -> tuple[CellKey, ...]:
        """Return the stable keys of each slot, in official order."""
        return tuple(CellKey(f"{self.id}.{slot.row.id}", slot.column.id) for slot in self.slots)

    @cached_property
    def own_units(self) -> tuple[int, ...]:
        """Return the slots whose unit is printed inside the cell."""
        return tuple(index for index, slot in enumerate(self.slots) if slot.column.unit_in_cell)

    @cached_property
    def printed_as_one(self) -> frozenset[str]:
        """Return the rows whose group is printed as one added row, which has the figures: （六）其他处理 of 2019 in a
        report of 2021."""
        rows = [row for block in self.blocks for row in block.rows]
        added = {plain_label(row.path[-1]) for row in rows if row.added}
        return frozenset(row.key for row in rows if added.intersection(map(plain_label, row.path[:-1])))

    @cached_property
    def may_lack(self) -> frozenset[str]:
        """Return the rows that a report may leave out although the table is prescribed."""
        return self.printed_as_one | {slot.row.key for slot in self.slots if slot.row.slash}

    @cached_property
    def by_rule(self) -> Mapping[str, tuple[Equation, ...]]:
        rules = dict.fromkeys(equation.rule for equation in self.equations)
        return {rule: tuple(e for e in self.equations if e.rule == rule) for rule in rules}

    @cached_property
    def sides(self) -> tuple[tuple[Equation, Picked, Picked, Picked], ...]:
        """Return each equation with the functions that take all its cells, the left ones and the right ones."""
        return tuple((e, picked((*e.left, *e.right)), picked(e.left), picked(e.right)) for e in self.equations)


@dataclass(frozen=True, slots=True)
class Series:
    """Describes a figure that is followed through the years: the sum of its cells, given by slot name. `listed` ones
    show in listings, `headline` ones at the head of a report."""

    name: str
    cells: tuple[str, ...]
    listed: bool = True
    headline: bool = True


@dataclass(frozen=True, slots=True)
class Role:
    """Lists the cells that play a role for rules, whatever the form calls them.

    `rows` are whole rows as (table id, row key), `slots` slot names (of a row: its total)."""

    rows: tuple[tuple[str, str], ...]
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """States what a declaration rests on: A official text, B published reports, C unproven.

    `verified` only when compared word by word with the official annex."""

    confidence: str
    verified: bool
    note: Message


@dataclass(frozen=True, eq=False)
class Form:
    """Describes the form of one decree. Rules go by `roles` (slot names) and `row_roles` ((table id, row key)).

    `strict`: titles and tables are prescribed; where not, differences are only pointed out. `extensible`: local rows
    may be added. `local`: made by one province beside the form of its years, used only where its labels are met.
    `declared` is the declaration itself, which `extension.extended` parses again with added rows.
    """

    id: str
    document: str
    title: str
    first_year: int
    last_year: int | None
    closed: bool
    sections: tuple[SectionForm, ...]
    tables: tuple[Table, ...]
    glossary: tuple[GlossaryTerm, ...]
    series: tuple[Series, ...]
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    row_roles: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    evidence: Evidence = Evidence("C", False, Message("", ""))
    strict: bool = True
    extensible: bool = False
    declared: Mapping[str, Any] = field(default_factory=dict, repr=False)
    statement: RequiredSentence | None = None
    local: bool = False

    def role(self, name: str) -> tuple[str, ...]:
        """Return the slot names that play a role in this form; none where the form has nothing of the kind."""
        return self.roles.get(name, ())

    @cached_property
    def by_name(self) -> Mapping[str, tuple[str, int]]:
        """Map each slot name to its table id and slot index, over all tables."""
        return {slot.name: (table.id, index) for table in self.tables for index, slot in enumerate(table.slots)}

    def governs(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


def label_columns(block: Block) -> int:
    """Count the physical columns that hold row labels; none where the form leaves its only row unnamed."""
    if block.listed:
        return 1
    return 0 if all(row.hidden for row in block.rows) else max(group.depth for group in block.row_tree)


_NUMERAL = "[一二三四五六七八九十\\d]+"
_LEAD = re.compile(rf"(?:其中[:：])?(?:[（(]{_NUMERAL}[)）]|{_NUMERAL}[、.．,，:：])?(?:其中[:：])?")
_NOT_WORDS = re.compile(r"[\s“”\"'‘’《》、，,。.:：]|[（(][^（）()]*[)）]")


@lru_cache(maxsize=4096)
def plain_label(label: str) -> str:
    """Normalise a printed label for comparison: drop its number, 其中：, spaces, punctuation and parentheses."""
    words = _LEAD.sub("", re.sub(r"\s", "", label), count=1)
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", words))


def form_for(forms: Sequence[Form], year: int) -> Form | None:
    """Return the form in force for a report year; None where none is declared. A local form is never that."""
    return next((form for form in forms if form.governs(year) and not form.local), None)
