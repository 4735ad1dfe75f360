"""Prepares the labels of a form for comparison: the titles, headers and row names that its tables print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from generator.forms.model import Block, Form, Group, Table
from generator.importer.label_match import NearLabel, bare, index, label, nearest, tolerance, variants
from generator.narrative.edit_distance import edit_distance

_YEAR = re.compile(r"20\d\d\s?年")


@dataclass(frozen=True, slots=True, eq=False)
class BlockLabels:
    """Holds the labels of one block: `heads` are all its header labels (bare → printed), `rows` its row names
    (bare → key), `groups` the names above them; `columns` the variants of each column's leaf label, `above` of its
    parent.

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
        """Tell whether the form leaves the only row of the block unnamed."""
        return all(row.hidden for row in self.block.rows)

    @property
    def width(self) -> int:
        """Count the columns of figures."""
        return len(self.block.columns)

    def head(self, text: str) -> bool:
        """Tell whether a text is a header label of the block."""
        name = label(_this_year(text)).bare
        return bool(name) and nearest(name, self.heads) is not None

    def row(self, text: str) -> NearLabel | None:
        """Return the key of the row that a text names; None for no row or several."""
        name = label(text).bare
        return nearest(name, self.rows) if name else None

    def crossing(self, one: str, other: str) -> int | None:
        """Return the column of which one text is the leaf label and the other that above it; None for none."""
        names = label(one).bare, label(other).bare
        ways = (names, names[::-1])
        return next(
            (
                n
                for n in range(self.width)
                for leaf, above in ways
                if leaf in self.columns[n] and above in self.above[n]
            ),
            None,
        )

    def column_of(self, path: tuple[str, ...]) -> int | None:
        """Return the column whose labels these header texts are, outermost first; None for no column or several."""
        names = [label(_this_year(text)).bare for text in path if text]
        if not names:
            return None
        *parents, leaf = names
        slips = [_slips(leaf, printed) for printed in self.columns]
        least = min(slips)
        fits = [n for n, number in enumerate(slips) if number == least and number <= tolerance(len(leaf))]
        if len(fits) > 1:
            fits = [n for n in fits if any(_slips(name, self.above[n]) <= tolerance(len(name)) for name in parents)]
        return fits[0] if len(fits) == 1 else None


def _this_year(text: str) -> str:
    """Return a header with 本年 for the year that it names."""
    return _YEAR.sub("本年", text)


def _slips(text: str, printed: frozenset[str]) -> int:
    """Return the least edit distance of a text to the variants of a label."""
    distances = (edit_distance(text, variant, tolerance(max(len(text), len(variant)))) for variant in printed)
    return min(distances, default=99)


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
    """Return the names that several rows bear, with the rows' keys."""
    rows: dict[str, list[str]] = {}
    for row in block.rows:
        for name in variants(row.path[-1]) if row.path[-1] else ():
            rows.setdefault(name, []).append(row.key)
    return {name: tuple(keys) for name, keys in rows.items() if len(keys) > 1}


def _paths(block: Block) -> dict[str, tuple[str, ...]]:
    """Return the printed labels down to each group and row."""
    groups = {
        name: row.path[: depth + 1]
        for row in block.rows
        for depth, printed in enumerate(row.path[:-1])
        for name in variants(printed)
    }
    return {**groups, **{row.key: row.path for row in block.rows}}


def _block_labels(table: Table, number: int) -> BlockLabels:
    block = table.blocks[number]
    printed = (*_labels(block.column_tree), block.corner, block.unit_label)
    heads = [
        (text, text) for text in (*printed, *(alias for column in block.columns for alias in column.aliases)) if text
    ]
    return BlockLabels(
        table,
        number,
        block,
        bare(block.title),
        index(heads),
        index((text, row.key) for row in block.rows for text in (row.path[-1] or row.hidden, *row.aliases)),
        index((text, text) for text in _inner(block.row_tree)),
        tuple(frozenset().union(*map(variants, (column.path[-1], *column.aliases))) for column in block.columns),
        tuple(variants(column.path[-2]) if len(column.path) > 1 else frozenset() for column in block.columns),
        _twins(block),
        _paths(block),
    )


@lru_cache(maxsize=64)
def labels_of(form: Form) -> tuple[BlockLabels, ...]:
    """Prepare the labels of all blocks of all tables of a form, in official order."""
    return tuple(_block_labels(table, number) for table in form.tables for number in range(len(table.blocks)))
