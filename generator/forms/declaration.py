"""Parses a declaration (`declared/*.yaml`) into a Form.

No module but this one and `extension`, which adds rows to a declaration, knows how declarations are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from generator.finding import Level, Message
from generator.forms.model import (
    Block,
    Equation,
    Evidence,
    FigureCell,
    Form,
    FormColumn,
    FormRow,
    Group,
    Role,
    Table,
    label_columns,
)
from generator.forms.sections import GlossaryTerm, RequiredSentence, SectionForm, SentenceFigure
from generator.yaml_source.shipped import load_yaml

_Raw = Mapping[str, Any]


def read_text(raw: _Raw) -> Message:
    """Read a text that a declaration gives in both languages, as `{zh: …, en: …}`."""
    return Message(str(raw["zh"]), str(raw["en"]))


# ---------------------------------------------------------------- tables


def label_of(node: _Raw) -> str:
    """Return the label that a declaration prints for a row, column or group."""
    return str(node.get("label", node.get("key", "")))


def _leaves(nodes: Sequence[_Raw], part: str, path: tuple[str, ...] = ()) -> Iterator[tuple[_Raw, tuple[str, ...]]]:
    """Yield every node that has a key, with the labels it stands under."""
    for node in nodes:
        here = (*path, label_of(node))
        if "key" in node:
            yield node, here
        yield from _leaves(node.get(part, ()), part, here)


def _tree(nodes: Sequence[_Raw], part: str, counter: Iterator[int]) -> tuple[Group, ...]:
    groups = []
    for node in nodes:
        leaf = next(counter) if "key" in node else -1
        parts = _tree(node.get(part, ()), part, counter)
        groups.append(Group(label_of(node), parts, leaf, str(node.get("unit", "")), str(node["id"])))
    return tuple(groups)


def _column(node: _Raw, path: tuple[str, ...], unit: str) -> FormColumn:
    return FormColumn(
        str(node["key"]),
        path,
        str(node.get("unit", unit)),
        bool(node.get("signed")),
        bool(node.get("decimal")),
        bool(node.get("unit_in_cell")),
        bool(node.get("additive", True)),
        tuple(map(str, node.get("aliases", ()))),
        str(node["id"]),
    )


def _row(node: _Raw, path: tuple[str, ...]) -> FormRow:
    return FormRow(
        str(node["key"]),
        path,
        bool(node.get("slash")),
        str(node.get("hidden", "")),
        bool(node.get("added")),
        tuple(map(str, node.get("aliases", ()))),
        str(node["id"]),
    )


def _cells(columns: tuple[FormColumn, ...], nodes: Sequence[_Raw]) -> tuple[tuple[FormColumn, ...], ...]:
    """Return the columns of each row; rows counted in the same unit share theirs."""
    by_unit: dict[tuple[str, bool], tuple[FormColumn, ...]] = {}
    cells = []
    for node in nodes:
        if "unit" not in node:
            cells.append(columns)
            continue
        key = str(node["unit"]), bool(node.get("decimal"))
        if key not in by_unit:
            by_unit[key] = tuple(replace(column, unit=key[0], decimal=key[1]) for column in columns)
        cells.append(by_unit[key])
    return tuple(cells)


def _block(data: _Raw, unit: str, first: int) -> Block:
    columns = tuple(_column(node, path, unit) for node, path in _leaves(data["columns"], "columns"))
    leaves = list(_leaves(data["rows"], "rows"))
    return Block(
        str(data.get("title", "")),
        str(data.get("corner", "")),
        _tree(data["columns"], "columns", count()),
        _tree(data["rows"], "rows", count()),
        columns,
        tuple(_row(*leaf) for leaf in leaves),
        first,
        _cells(columns, [node for node, _ in leaves]),
        bool(data.get("listed")),
        str(data.get("unit_label", "")),
        str(data.get("id", "")),
    )


def _slots(key: str, blocks: Sequence[Block]) -> tuple[FigureCell, ...]:
    """Name every cell by row and column, or by one of them where the other is the same for all cells."""
    one_row = sum(not row.added for block in blocks for row in block.rows) == 1
    one_column = all(len(block.columns) == 1 and block.listed for block in blocks)
    slots = []
    for number, block in enumerate(blocks):
        for row, columns in zip(block.rows, block.cells, strict=True):
            for column in columns:
                if one_row and not row.added:
                    name = column.key
                elif one_column:
                    name = row.key
                else:
                    name = f"{row.key}.{column.key}"
                slots.append(FigureCell(f"{key}.{name}", row, column, number))
    return tuple(slots)


def _table(data: _Raw, identities: Sequence[_Raw]) -> Table:
    blocks: list[Block] = []
    first = 0
    for raw in data["blocks"]:
        block = _block(raw, str(data.get("unit", "")), first)
        first += len(block.rows) * len(block.columns)
        blocks.append(block)
    slots = _slots(str(data["key"]), blocks)
    of_table = (identity for identity in identities if identity["table"] == data["id"])
    equations = tuple(equation for identity in of_table for equation in _equations(identity, slots))
    return Table(
        str(data["id"]),
        str(data["key"]),
        str(data["caption"]),
        int(data.get("width", 0)) or max(map(_width, blocks)),
        tuple(blocks),
        slots,
        equations,
        str(data.get("total", "")),
        bool(data.get("optional")),
    )


def _width(block: Block) -> int:
    return label_columns(block) + bool(block.unit_label) + len(block.columns)


# ---------------------------------------------------------------- identities


def _equations(identity: _Raw, slots: Sequence[FigureCell]) -> Iterator[Equation]:
    """Apply an identity to each row or column it covers. Rows that a report adds take part in no identity."""
    by_row = identity["each"] == "row"
    wanted = set(identity.get("rows", ())) or None
    lines: dict[tuple[int, str], dict[str, int]] = {}
    for index, slot in enumerate(slots):
        if slot.row.added or (wanted is not None and slot.row.key not in wanted):
            continue
        line, cross = (slot.row.key, slot.column.key) if by_row else (slot.column.key, slot.row.key)
        lines.setdefault((slot.block, line), {})[cross] = index
    for (_, line), cells in lines.items():
        for left, right in _sides(identity):
            yield Equation(
                str(identity["rule"]),
                str(identity["relation"]),
                tuple(cells[key] for key in left),
                tuple(cells[key] for key in right),
                str(identity.get("along", line)),
                Level(identity.get("level", "error")),
            )


def _sides(identity: _Raw) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the left and right keys of an identity: `left` is one sum, `each_of` gives one identity for each key.

    ("The greatest is at most …" means that each is at most ….)"""
    right = [str(key) for key in identity.get("right", ())]
    if "each_of" in identity:
        yield from (([str(key)], right) for key in identity["each_of"])
    else:
        yield [str(key) for key in identity["left"]], right


# ---------------------------------------------------------------- roles


def _role(members: Sequence[Any], tables: Sequence[Table]) -> Role:
    """Resolve the members of a role: a cell (`表.行.列`), a column (`表.*.列`), a row or a printed group (`表.行`).

    KeyError names a member that no table has."""
    rows: list[tuple[str, str]] = []
    slots: list[str] = []
    for name in map(str, members):
        table = next(table for table in tables if name.startswith(table.key + "."))
        wanted = name.removeprefix(table.key + ".")
        if wanted.startswith("*."):
            column = [slot.name for slot in table.slots if slot.column.key == wanted.removeprefix("*.")]
            if not column:
                raise KeyError(name)
            slots += column
            continue
        if name in table.names:
            slots.append(name)
            rows += ((table.id, wanted),) if wanted in table.row_ranges else ()
            continue
        matches = [row for block in table.blocks for row in block.rows if wanted == row.key or wanted in row.path]
        if not matches:
            raise KeyError(name)
        rows += ((table.id, row.key) for row in matches)
        totals = [slot for slot in table.slots if slot.column.key == table.total]
        slots += (slot.name for row in matches for slot in totals if slot.row is row)
    return Role(tuple(rows), tuple(slots))


# ---------------------------------------------------------------- the whole form


def _section(raw: _Raw) -> SectionForm:
    return SectionForm(
        str(raw["title"]),
        tuple(map(str, raw.get("aliases", ()))),
        str(raw.get("table", "")),
        tuple(map(str, raw.get("keywords", ()))),
        str(raw.get("prompt", "")),
        bool(raw.get("optional")),
        str(raw.get("needs", "")),
    )


def _statement(raw: _Raw | None) -> RequiredSentence | None:
    if raw is None:
        return None
    figures = (
        SentenceFigure(*(str(item[name]) for name in ("key", "role", "label", "unit", "hint")))
        for item in raw["figures"]
    )
    key, section, sentence = (str(raw[name]) for name in ("key", "section", "sentence"))
    return RequiredSentence(key, section, sentence, tuple(figures), bool(raw["required"]), str(raw["id"]))


def _term(raw: _Raw) -> GlossaryTerm:
    return GlossaryTerm(str(raw["term"]), str(raw["text"]), str(raw.get("article", "")))


def tables_of(raw: _Raw) -> tuple[Table, ...]:
    """Parse the tables of a declaration."""
    return tuple(_table(table, raw.get("identities", ())) for table in raw["tables"])


def read_form(data: bytes) -> Form:
    """Parse one declaration. KeyError names what it lacks; its `series` are set afterwards (`with_series`)."""
    raw = load_yaml(data)
    first, last = raw["years"]
    tables = tables_of(raw)
    roles = {str(name): _role(members, tables) for name, members in raw.get("roles", {}).items()}
    return Form(
        id=str(raw["id"]),
        document=str(raw["document"]),
        title=str(raw["title"]),
        first_year=int(first),
        last_year=None if last is None else int(last),
        closed=bool(raw["closed"]),
        sections=tuple(map(_section, raw["sections"])),
        tables=tables,
        glossary=tuple(map(_term, raw.get("glossary", ()))),
        series=(),
        roles={name: role.slots for name, role in roles.items() if role.slots},
        row_roles={name: role.rows for name, role in roles.items() if role.rows},
        evidence=Evidence(str(raw["confidence"]), bool(raw["verified"]), read_text(raw["source"])),
        strict=bool(raw.get("strict", True)),
        extensible=bool(raw.get("extensible")),
        declared=raw,
        statement=_statement(raw.get("statement")),
        local=bool(raw.get("local")),
    )
