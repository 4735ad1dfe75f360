"""A statutory format (格式): what one decree prints. `declaration` reads it from formats/.

No row or column is named in Python: parsing, checks, pages and exports all follow these values.
Forms, tables and columns compare by identity, so that they are cheap keys of caches.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any

from generator.finding import Level, Message


@dataclass(frozen=True, slots=True, eq=False)
class FormColumn:
    """A leaf column; `path` are the labels printed above it, outermost first.

    `additive` is False where a district's figure need not be the sum of its units' (shared item catalogues)."""

    key: str
    path: tuple[str, ...]
    unit: str = ""
    signed: bool = False
    decimal: bool = False
    unit_in_cell: bool = False
    additive: bool = True


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of figures; `path` are the labels it stands under, outermost first; `hidden` names a row the form leaves
    unnamed; `added` is a row that this report prints beyond the form."""

    key: str
    path: tuple[str, ...]
    slash: bool = False
    hidden: str = ""
    added: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A node of a label tree: a leaf has the index of its Row or Column, a group has `parts`; a line of a listed block
    may have both. `unit` is what a listed block prints beside it."""

    label: str
    parts: tuple[Group, ...]
    leaf: int = -1
    unit: str = ""

    @property
    def breadth(self) -> int:
        return sum(part.breadth for part in self.parts) if self.parts else 1

    @property
    def depth(self) -> int:
        return 1 + max((part.depth for part in self.parts), default=0)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a table with its own header; tables 三 and 四 are one block each.

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


@dataclass(frozen=True, slots=True)
class FigureCell:
    """One value cell of a table, in official order; `name` is how content and prose call it."""

    name: str
    row: FormRow
    column: FormColumn
    block: int


Picked = Callable[[Sequence[Any]], tuple[Any, ...]]


def picked(indexes: Sequence[int]) -> Picked:
    """Takes these out of a tuple; several times as fast as asking for one after another."""
    if len(indexes) > 1:
        return itemgetter(*indexes)
    return itemgetter(slice(indexes[0], indexes[0] + 1) if indexes else slice(0, 0))


@dataclass(frozen=True, slots=True)
class Equation:
    """An identity laid on concrete cells: sum of `left` against sum of `right` (indexes of slots).

    `along` is the row or column it runs along; `level` how grave it is when a new report breaks it."""

    rule: str
    relation: str
    left: tuple[int, ...]
    right: tuple[int, ...]
    along: str
    level: Level = Level.ERROR


@dataclass(frozen=True, eq=False)
class Table:
    """`total` is the key of the column that sums a row up, where there is one; a report may leave an `optional` table out."""

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
        """Row key → (first slot, number of cells)."""
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
    def own_units(self) -> tuple[int, ...]:
        """Slots whose unit is printed inside the cell."""
        return tuple(index for index, slot in enumerate(self.slots) if slot.column.unit_in_cell)

    @cached_property
    def by_rule(self) -> Mapping[str, tuple[Equation, ...]]:
        rules = dict.fromkeys(equation.rule for equation in self.equations)
        return {rule: tuple(e for e in self.equations if e.rule == rule) for rule in rules}

    @cached_property
    def sides(self) -> tuple[tuple[Equation, Picked, Picked, Picked], ...]:
        """The equations, each with what takes all its cells, its left and its right ones out of a tuple of values."""
        return tuple((e, picked((*e.left, *e.right)), picked(e.left), picked(e.right)) for e in self.equations)


@dataclass(frozen=True, slots=True)
class SectionForm:
    """A section the form asks for; `keywords` find it where titles are not prescribed to the letter; `prompt` tells its
    writer what belongs there."""

    title: str
    aliases: tuple[str, ...]
    table: str
    keywords: tuple[str, ...] = ()
    prompt: str = ""

    def meant(self, title: str) -> bool:
        """Whether a title as written is this section's, going by its keywords."""
        return any(word in re.sub(r"\s", "", title) for word in self.keywords)


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    term: str
    text: str
    article: str


@dataclass(frozen=True, slots=True)
class SentenceFigure:
    """A figure of a statement: `role` is what rules call it, `label` what listings do, `hint` what to type."""

    key: str
    role: str
    label: str
    unit: str
    hint: str


@dataclass(frozen=True, slots=True)
class RequiredSentence:
    """What a report states in one sentence beside its tables, in a section of its narrative (信息处理费, 六): `sentence`
    has `{key}` where the figures go.

    `required`: every report of this form owes it, so that new folders and workbooks ask for it."""

    key: str
    section: str
    sentence: str
    figures: tuple[SentenceFigure, ...]
    required: bool

    def find(self, name: str) -> SentenceFigure | None:
        """The figure that content and prose call by this name (信息处理费.总金额)."""
        group, _, key = name.partition(".")
        return next((item for item in self.figures if group == self.key and item.key == key), None)


@dataclass(frozen=True, slots=True)
class Series:
    """A figure followed through the years in listings: the sum of its cells, by slot name."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """What a rule may call cells by, whatever the form names them: whole rows as (table id, row key), and slot names
    (of a row: its total)."""

    rows: tuple[tuple[str, str], ...]
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """How well the declaration is known: A official text, B real published reports, C unproven; `verified` only when
    compared word by word with the official annex."""

    confidence: str
    verified: bool
    note: Message


@dataclass(frozen=True, eq=False)
class Form:
    """One decree's form. `roles` and `row_roles` are what rules go by: slot names, and (table id, row key), of each role.

    `strict`: titles and tables are prescribed; where not, what differs is only pointed out. `extensible`: local rows
    may be added. `declared` is the declaration itself, which `declaration.extended` reads again with added rows.
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

    def role(self, name: str) -> tuple[str, ...]:
        """Slot names that play a role in this form; none where the form has nothing of the kind."""
        return self.roles.get(name, ())

    @cached_property
    def by_name(self) -> Mapping[str, tuple[str, int]]:
        """Slot name → (table id, slot index), over all tables."""
        return {slot.name: (table.id, index) for table in self.tables for index, slot in enumerate(table.slots)}

    def governs(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


def label_columns(block: Block) -> int:
    """How many physical columns hold row labels; none where the form leaves its only row unnamed."""
    if block.listed:
        return 1
    return 0 if all(row.hidden for row in block.rows) else max(group.depth for group in block.row_tree)


_NUMERAL = "[一二三四五六七八九十\\d]+"
_LEAD = re.compile(rf"(?:其中[:：])?(?:[（(]{_NUMERAL}[)）]|{_NUMERAL}[、.．,，:：])?(?:其中[:：])?")
_NOT_WORDS = re.compile(r"[\s“”\"'‘’《》、，,。.:：]|[（(][^（）()]*[)）]")


@lru_cache(maxsize=4096)
def plain_label(label: str) -> str:
    """A printed label for comparing: without its number, 其中：, blanks, marks and what stands in parentheses."""
    words = _LEAD.sub("", re.sub(r"\s", "", label), count=1)
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", words))


def form_for(forms: Sequence[Form], year: int) -> Form | None:
    """The form in force for a report year; None where none is declared."""
    return next((form for form in forms if form.governs(year)), None)
