"""A statutory format (格式): what one decree prints, read from its declaration in formats/.

No row or column is named in Python: parsing, checks, pages and exports all follow these values.
Forms, tables and columns compare by identity, so that they are cheap keys of caches.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml


@dataclass(frozen=True, slots=True, eq=False)
class Column:
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
class Row:
    """A leaf row; `path` are the labels printed to its left; `hidden` names a row the form leaves unnamed."""

    key: str
    path: tuple[str, ...]
    slash: bool = False
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A node of a label tree: a group has `parts`, a leaf has none and the index of its Row or Column."""

    label: str
    parts: tuple[Group, ...]
    leaf: int = -1

    @property
    def breadth(self) -> int:
        return sum(part.breadth for part in self.parts) if self.parts else 1

    @property
    def depth(self) -> int:
        return 1 + max((part.depth for part in self.parts), default=0)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a table with its own header; tables 三 and 四 are one block each."""

    title: str
    corner: str
    column_tree: tuple[Group, ...]
    row_tree: tuple[Group, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    first: int


@dataclass(frozen=True, slots=True)
class Slot:
    """One value cell of a table, in official order; `name` is how content and prose call it."""

    name: str
    row: Row
    column: Column
    block: int


@dataclass(frozen=True, slots=True)
class Equation:
    """An identity laid on concrete cells: sum of `left` against sum of `right` (indexes of slots)."""

    rule: str
    relation: str
    left: tuple[int, ...]
    right: tuple[int, ...]
    along: str


@dataclass(frozen=True, eq=False)
class Table:
    """`total` is the key of the column that sums a row up, where there is one."""

    id: str
    key: str
    caption: str
    width: int
    blocks: tuple[Block, ...]
    slots: tuple[Slot, ...]
    equations: tuple[Equation, ...]
    total: str = ""

    @cached_property
    def row_ranges(self) -> Mapping[str, tuple[int, int]]:
        """Row key → (first slot, number of cells)."""
        ranges: dict[str, tuple[int, int]] = {}
        for block in self.blocks:
            for number, row in enumerate(block.rows):
                ranges[row.key] = (block.first + number * len(block.columns), len(block.columns))
        return ranges

    @cached_property
    def row_columns(self) -> Mapping[str, tuple[Column, ...]]:
        return {row.key: block.columns for block in self.blocks for row in block.rows}

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


@dataclass(frozen=True, slots=True)
class SectionForm:
    title: str
    aliases: tuple[str, ...]
    table: str


@dataclass(frozen=True, slots=True)
class Term:
    term: str
    text: str
    article: str


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


@dataclass(frozen=True, eq=False)
class Form:
    """One decree's form. `roles` and `row_roles` are what rules go by: slot names, and (table id, row key), of each role."""

    id: str
    document: str
    title: str
    first_year: int
    last_year: int | None
    closed: bool
    sections: tuple[SectionForm, ...]
    tables: tuple[Table, ...]
    glossary: tuple[Term, ...]
    series: tuple[Series, ...]
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    row_roles: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def role(self, name: str) -> tuple[str, ...]:
        """Slot names that play a role in this form; none where the form has nothing of the kind."""
        return self.roles.get(name, ())

    @cached_property
    def by_name(self) -> Mapping[str, tuple[str, int]]:
        """Slot name → (table id, slot index), over all tables."""
        return {slot.name: (table.id, index) for table in self.tables for index, slot in enumerate(table.slots)}

    def governs(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


def _leaves(nodes: Sequence[Mapping[str, Any]], part: str, path: tuple[str, ...]) -> Iterator[tuple[Any, tuple[str, ...]]]:
    for node in nodes:
        label = str(node.get("label", node.get("key", "")))
        if part in node:
            yield from _leaves(node[part], part, (*path, label))
        else:
            yield node, (*path, label)


def _tree(nodes: Sequence[Mapping[str, Any]], part: str, counter: Iterator[int]) -> tuple[Group, ...]:
    groups = []
    for node in nodes:
        label = str(node.get("label", node.get("key", "")))
        if part in node:
            groups.append(Group(label, _tree(node[part], part, counter)))
        else:
            groups.append(Group(label, (), next(counter)))
    return tuple(groups)


def _count() -> Iterator[int]:
    number = 0
    while True:
        yield number
        number += 1


def _block(data: Mapping[str, Any], unit: str, first: int) -> Block:
    columns = tuple(
        Column(
            str(node["key"]), path, str(node.get("unit", unit)),
            bool(node.get("signed")), bool(node.get("decimal")), bool(node.get("unit_in_cell")), bool(node.get("additive", True)),
        )
        for node, path in _leaves(data["columns"], "columns", ())
    )  # fmt: skip
    rows = tuple(
        Row(str(node["key"]), path, bool(node.get("slash")), str(node.get("hidden", "")))
        for node, path in _leaves(data["rows"], "rows", ())
    )
    return Block(
        str(data.get("title", "")), str(data.get("corner", "")),
        _tree(data["columns"], "columns", _count()), _tree(data["rows"], "rows", _count()),
        columns, rows, first,
    )  # fmt: skip


def _slots(key: str, blocks: Sequence[Block]) -> tuple[Slot, ...]:
    single = sum(len(block.rows) for block in blocks) == 1
    return tuple(
        Slot(f"{key}.{column.key}" if single else f"{key}.{row.key}.{column.key}", row, column, number)
        for number, block in enumerate(blocks)
        for row in block.rows
        for column in block.columns
    )


def _equations(identity: Mapping[str, Any], slots: Sequence[Slot]) -> Iterator[Equation]:
    by_row = identity["each"] == "row"
    wanted = set(identity.get("rows", ())) or None
    lines: dict[tuple[int, str], dict[str, int]] = {}
    for index, slot in enumerate(slots):
        if wanted is not None and slot.row.key not in wanted:
            continue
        line, cross = (slot.row.key, slot.column.key) if by_row else (slot.column.key, slot.row.key)
        lines.setdefault((slot.block, line), {})[cross] = index
    for (_, line), cells in lines.items():
        left = tuple(cells[str(key)] for key in identity["left"])
        right = tuple(cells[str(key)] for key in identity.get("right", ()))
        yield Equation(str(identity["rule"]), str(identity["relation"]), left, right, line)


def _table(data: Mapping[str, Any], identities: Sequence[Mapping[str, Any]]) -> Table:
    blocks: list[Block] = []
    first = 0
    for raw in data["blocks"]:
        block = _block(raw, str(data.get("unit", "")), first)
        first += len(block.rows) * len(block.columns)
        blocks.append(block)
    slots = _slots(str(data["key"]), blocks)
    equations = tuple(
        equation for identity in identities if identity["table"] == data["id"] for equation in _equations(identity, slots)
    )
    width = int(data.get("width", 0)) or max(_width(block) for block in blocks)
    return Table(
        str(data["id"]), str(data["key"]), str(data["caption"]), width, tuple(blocks), slots, equations, str(data.get("total", ""))
    )


def label_columns(block: Block) -> int:
    """How many physical columns hold row labels; none where the form leaves its only row unnamed."""
    return 0 if all(row.hidden for row in block.rows) else max(group.depth for group in block.row_tree)


def _width(block: Block) -> int:
    return label_columns(block) + len(block.columns)


def _role(said: Sequence[Any], tables: Sequence[Table]) -> Role:
    """A role from what the declaration lists: a cell (`表.行.列`), a row or a printed group of rows (`表.行`)."""
    rows: list[tuple[str, str]] = []
    slots: list[str] = []
    for name in map(str, said):
        table = next(table for table in tables if name.startswith(table.key + "."))
        if name in table.names:
            slots.append(name)
            continue
        wanted = name.removeprefix(table.key + ".")
        found = [row for block in table.blocks for row in block.rows if wanted == row.key or wanted in row.path]
        if not found:
            raise KeyError(name)
        rows += ((table.id, row.key) for row in found)
        slots += (slot.name for row in found for slot in table.slots if slot.row is row and slot.column.key == table.total)
    return Role(tuple(rows), tuple(slots))


def _roles(raw: Mapping[str, Any], tables: Sequence[Table]) -> dict[str, Role]:
    return {str(name): _role(said, tables) for name, said in raw.items()}


def read_form(data: bytes) -> Form:
    """Read one declaration of formats/ (trusted: it ships with the program). KeyError names what it lacks."""
    raw = yaml.load(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    first, last = raw["years"]
    tables = tuple(_table(table, raw.get("identities", ())) for table in raw["tables"])
    roles = _roles(raw.get("roles", {}), tables)
    return Form(
        id=str(raw["id"]), document=str(raw["document"]), title=str(raw["title"]),
        first_year=int(first), last_year=None if last is None else int(last), closed=bool(raw["closed"]),
        sections=tuple(
            SectionForm(str(s["title"]), tuple(map(str, s.get("aliases", ()))), str(s.get("table", "")))
            for s in raw["sections"]
        ),
        tables=tables,
        glossary=tuple(Term(str(t["term"]), str(t["text"]), str(t.get("article", ""))) for t in raw.get("glossary", ())),
        series=tuple(Series(str(s["name"]), tuple(map(str, s["cells"]))) for s in raw.get("series", ())),
        roles={name: role.slots for name, role in roles.items() if role.slots},
        row_roles={name: role.rows for name, role in roles.items() if role.rows},
    )  # fmt: skip


def form_for(forms: Sequence[Form], year: int) -> Form | None:
    """The form in force for a report year; None where none is declared."""
    return next((form for form in forms if form.governs(year)), None)
