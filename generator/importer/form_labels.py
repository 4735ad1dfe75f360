"""The words of a form, ready for comparing: what its tables print as titles, headers and row names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from generator.forms.model import Block, Form, Group, Table
from generator.importer.label_match import NearLabel, bare, forms_of, index, label, nearest, tolerance
from generator.narrative.edit_distance import edit_distance


@dataclass(frozen=True, slots=True, eq=False)
class BlockLabels:
    """One block: `heads` are all its header labels (bare → printed), `rows` its row names (bare → key),
    `groups` the names above them; `columns` the set of ways each column's leaf label may stand.

    `twins` are row names that stand under several groups (bare → keys); `paths` where each row and group stands: the
    printed labels down to it, by row key and by bare group name."""

    table: Table
    number: int
    block: Block
    title: str
    heads: Mapping[str, str]
    rows: Mapping[str, str]
    groups: Mapping[str, str]
    columns: tuple[frozenset[str], ...]
    above: tuple[frozenset[str], ...]
    twins: Mapping[str, tuple[str, ...]]
    paths: Mapping[str, tuple[str, ...]]

    @property
    def hidden(self) -> bool:
        """The form leaves its only row unnamed."""
        return all(row.hidden for row in self.block.rows)

    @property
    def width(self) -> int:
        return len(self.block.columns)

    def head(self, text: str) -> bool:
        said = label(text)
        return bool(said.bare) and nearest(said.bare, self.heads) is not None

    def row(self, text: str) -> NearLabel | None:
        said = label(text).bare
        return nearest(said, self.rows) if said else None

    def column_of(self, path: tuple[str, ...]) -> int | None:
        """The column whose printed labels these header texts are, outermost first; None when none or two."""
        said = [label(text).bare for text in path if text]
        if not said:
            return None
        slips = [_slips(said[-1], ways) for ways in self.columns]
        least = min(slips)
        fits = [n for n, number in enumerate(slips) if number == least and number <= tolerance(len(said[-1]))]
        if len(fits) > 1:
            fits = [n for n in fits if any(_slips(text, self.above[n]) <= tolerance(len(text)) for text in said[:-1])]
        return fits[0] if len(fits) == 1 else None


def _slips(text: str, ways: frozenset[str]) -> int:
    return min((edit_distance(text, way, tolerance(max(len(text), len(way)))) for way in ways), default=99)


def _labels(groups: tuple[Group, ...]) -> Iterator[str]:
    for group in groups:
        yield group.label
        yield from _labels(group.parts)


def _inner(groups: tuple[Group, ...]) -> Iterator[str]:
    for group in groups:
        if group.parts:
            yield group.label
            yield from _inner(group.parts)


def _twins(block: Block) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in block.rows:
        for way in forms_of(row.path[-1]) if row.path[-1] else ():
            found.setdefault(way, []).append(row.key)
    return {way: tuple(keys) for way, keys in found.items() if len(keys) > 1}


def _paths(block: Block) -> dict[str, tuple[str, ...]]:
    found = {
        way: row.path[: n + 1] for row in block.rows for n, name in enumerate(row.path[:-1]) for way in forms_of(name)
    }
    return {**found, **{row.key: row.path for row in block.rows}}


def _words(table: Table, number: int) -> BlockLabels:
    block = table.blocks[number]
    heads = [(text, text) for text in (*_labels(block.column_tree), block.corner, block.unit_label) if text]
    return BlockLabels(
        table,
        number,
        block,
        bare(block.title),
        index(heads),
        index((row.path[-1] or row.hidden, row.key) for row in block.rows),
        index((text, text) for text in _inner(block.row_tree)),
        tuple(forms_of(column.path[-1]) for column in block.columns),
        tuple(forms_of(column.path[-2]) if len(column.path) > 1 else frozenset() for column in block.columns),
        _twins(block),
        _paths(block),
    )


@lru_cache(maxsize=64)
def words_of(form: Form) -> tuple[BlockLabels, ...]:
    """All blocks of all tables of a form, in official order."""
    return tuple(_words(table, number) for table in form.tables for number in range(len(table.blocks)))
