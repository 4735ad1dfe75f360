"""Completes the names of rows and columns of which only the end was printed.

A worksheet prints as much of a name as its row is high: of “3.危及“三安全一稳定”” only the last line is on the paper.
Where a table has exactly the rows of the form and each name is the end of the one due, there is no other reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from generator.forms.model import FormRow
from generator.importer.cell_figures import looks_like_figure
from generator.importer.form_labels import BlockLabels
from generator.importer.grid_lines import LineCell, TableLine
from generator.importer.label_match import bare

_LEAST = 3  # names that are cut: one may be a slip, or another form's
_SURE = 2  # letters that are left of a name

Cut = dict[tuple[int, int], str]  # line and first column of a cell → the whole name


class _Due(NamedTuple):
    """Pairs a line with the row of the form that is due; `at` is the cell with its name."""

    line: TableLine
    at: int
    block: BlockLabels
    row: FormRow


def completed(lines: Sequence[TableLine], words: Sequence[BlockLabels]) -> tuple[tuple[TableLine, ...], frozenset[int]]:
    """Return the lines with names completed, and the numbers of those of whose name hardly a letter is left.

    The lines are returned as they are where the names fit the rows of no table, or of one that is printed in full.
    """
    named = [(line, at) for line in lines if (at := _name_at(line)) is not None]
    for _, blocks in groupby(words, key=lambda block: block.table.id):
        rows = [(block, row) for block in blocks for row in block.block.rows]
        if len(rows) != len(named):
            continue
        due = [_Due(*name, *row) for name, row in zip(named, rows, strict=True)]
        names = _rows_cut(due)
        if names is None:
            continue
        heads = _heads_cut(lines, due)
        if len(names) + len(heads) >= _LEAST:
            unsure = (one.line.number for one in due if _sparse(one, names))
            return tuple(_replaced(lines, names | heads)), frozenset(unsure)
    return tuple(lines), frozenset()


def _name_at(line: TableLine) -> int | None:
    """Return which cell of a line names its figures: the one before the first of them, or before nothing but blanks."""
    items = line.items
    first = next((n for n, item in enumerate(items) if item.shown and looks_like_figure(item.text)), None)
    if first is None:
        first = next((n + 1 for n in reversed(range(len(items))) if items[n].shown), 0)
        first = first if len(items) - first > 1 else 0
    return first - 1 if first and not items[first - 1].above else None


def _rows_cut(due: Sequence[_Due]) -> Cut | None:
    """Return the names that are cut; None where a name is neither that of the row due nor the end of it."""
    cut: Cut = {}
    for line, at, block, row in due:
        item = line.items[at]
        near = block.row(item.text)
        if near is not None and near.name == row.key:
            continue
        if not item.text or not bare(row.path[-1]).endswith(bare(item.text)):
            return None
        cut[line.number, item.start] = row.path[-1]
    return cut


def _sparse(one: _Due, names: Cut) -> bool:
    item = one.line.items[one.at]
    return (one.line.number, item.start) in names and len(bare(item.text)) < _SURE


def _heads_cut(lines: Sequence[TableLine], due: Sequence[_Due]) -> Cut:
    """Return the headers that are cut, of those blocks each of whose columns has the end of its label above it."""
    cut: Cut = {}
    last = 0
    for _, group in groupby(due, key=lambda one: one.block.number):
        ones = list(group)
        above = [line for line in lines if last < line.number < ones[0].line.number]
        figures = ones[0].line.items[ones[0].at + 1 :]
        columns = ones[0].block.block.columns
        found = [_leaf(above, item) for item in figures]
        if len(figures) == len(columns):
            labels = [column.path[-1] for column in columns]
            pairs = [(leaf, printed) for leaf, printed in zip(found, labels, strict=True) if leaf is not None]
            if len(pairs) == len(columns) and all(_ends(item.text, printed) for (_, item), printed in pairs):
                cut |= {
                    (line.number, item.start): printed
                    for (line, item), printed in pairs
                    if bare(item.text) != bare(printed)
                }
        last = ones[-1].line.number
    return cut


def _leaf(above: Sequence[TableLine], figure: LineCell) -> tuple[TableLine, LineCell] | None:
    """Return the lowest header cell above a figure, with the line on which it begins."""
    for line in reversed(above):
        for item in line.items:
            if item.text and not item.above and item.start <= figure.start < item.end:
                return line, item
    return None


def _ends(text: str, printed: str) -> bool:
    return bool(bare(text)) and bare(printed).endswith(bare(text))


def _replaced(lines: Sequence[TableLine], cut: Mapping[tuple[int, int], str]) -> Iterator[TableLine]:
    """Put in the whole names, also where a merged cell reaches down into further lines."""
    reaching: dict[int, str] = {}  # first column → the name that was put in last
    for line in lines:
        items = []
        for item in line.items:
            if not item.above:
                reaching.pop(item.start, None)
                if (name := cut.get((line.number, item.start))) is not None:
                    reaching[item.start] = name
            items.append(item._replace(text=reaching.get(item.start, item.text)))
        yield line._replace(items=tuple(items))
