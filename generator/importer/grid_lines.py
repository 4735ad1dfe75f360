"""A grid as lines of the cells that were printed: a merged block stands once."""

from __future__ import annotations

from typing import NamedTuple

from generator.readers.document import DocumentTable


class LineCell(NamedTuple):
    """A printed cell on one row. `above` when it began on a row before; columns count from 0, `end` behind the last."""

    text: str
    start: int
    end: int
    above: bool
    uncertain: bool


class TableLine(NamedTuple):
    """`number` is the row in its grid, from 1."""

    number: int
    items: tuple[LineCell, ...]


def lines_of(grid: DocumentTable) -> tuple[TableLine, ...]:
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    lines = []
    for r, row in enumerate(grid.rows):
        items: list[LineCell] = []
        last: tuple[int, int] | None = None
        for c, cell in enumerate(row):
            if cell.first:
                for down in range(min(cell.rowspan, len(grid.rows) - r)):
                    for right in range(min(cell.colspan, len(row) - c)):
                        owners.setdefault((r + down, c + right), (r, c))
            owner = owners.get((r, c), (r, c))
            if owner == last and items:
                items[-1] = items[-1]._replace(end=c + 1)
            else:
                items.append(LineCell(cell.text.strip(), c, c + 1, owner[0] < r, cell.uncertain))
            last = owner
        lines.append(TableLine(r + 1, tuple(items)))
    return tuple(lines)
