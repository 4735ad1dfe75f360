"""Parts a grid that holds one table several times side by side, as workbooks do that set two years beside each other.

The row names of all copies stand in each line, so that a figure could be read as another copy's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from generator.importer.cell_figures import looks_like_figure
from generator.importer.grid_lines import owners_of
from generator.importer.label_match import bare
from generator.readers.document import DocumentCell, DocumentTable

_LEAST = 6  # labels that a copy repeats
_SHARE = 0.8  # of the labels of the first copy that each other copy has
_COPIES = 4  # more are no tables of their own
_NEXT = 24  # cells of one text in a row that one is compared with; copies of a table have fewer between them


def copies(grid: DocumentTable) -> tuple[DocumentTable, ...]:
    """Return the copies of a table that a grid holds side by side; the grid itself where it holds one."""
    width = len(grid.rows[0]) if grid.rows else 0
    labels = _labels(grid)
    places = set(labels)
    alike: dict[tuple[int, str], list[int]] = {}
    for row, text, column in labels:
        alike.setdefault((row, text), []).append(column)
    offsets = Counter(
        after - before
        for columns in alike.values()
        for at, before in enumerate(columns)
        for after in columns[at + 1 : at + 1 + _NEXT]
    )
    for offset, count in sorted(offsets.items(), key=lambda pair: (-pair[1], pair[0])):
        number = -(-(width - (left := min(column for _, _, column in labels))) // offset)
        if count >= _LEAST and 1 < number <= _COPIES and _repeats(labels, places, left, offset, number):
            starts = [0, *(left + offset * at for at in range(1, number)), width]
            return tuple(_part(grid, *ends) for ends in pairwise(starts))
    return (grid,)


_Label = tuple[int, str, int]  # row, text, column


def _labels(grid: DocumentTable) -> list[_Label]:
    return [
        (r, text, c)
        for r, row in enumerate(grid.rows)
        for c, cell in enumerate(row)
        if cell.first and len(text := bare(cell.text)) > 1 and not looks_like_figure(cell.text)
    ]


def _repeats(labels: Sequence[_Label], places: set[_Label], left: int, offset: int, number: int) -> bool:
    """Tell whether every copy has nearly all labels of the first, and hardly any of its own."""
    first = [label for label in labels if label[2] < left + offset]
    again = [sum((row, text, column + offset * at) in places for row, text, column in first) for at in range(1, number)]
    return min(again) >= max(_LEAST, _SHARE * len(first)) and len(labels) * _SHARE <= len(first) + sum(again)


def _part(grid: DocumentTable, start: int, end: int) -> DocumentTable:
    """Cut the columns from `start` to `end` out of a grid, without empty ones at their right."""
    owners = owners_of(grid)
    while end > start + 1 and not any(row[end - 1].text or row[end - 1].raw for row in grid.rows):
        end -= 1

    def cut(r: int, c: int) -> DocumentCell:
        cell, (top, begun) = grid.rows[r][c], owners.get((r, c), (r, c))
        whole = grid.rows[top][begun]
        across = min(begun + whole.colspan, end) - max(begun, start)
        is_first = (r, c) == (top, max(begun, start))
        return cell._replace(first=is_first, rowspan=whole.rowspan, colspan=across)

    rows = tuple(tuple(cut(r, c) for c in range(start, end)) for r in range(len(grid.rows)))
    columns = grid.columns or tuple(range(1, len(grid.rows[0]) + 1))
    hidden = tuple(at - start for at in grid.hidden_columns if start <= at < end)
    return replace(grid, rows=rows, columns=columns[start:end], hidden_columns=hidden)
