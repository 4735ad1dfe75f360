"""Turns a grid into lines of the cells that were printed: a merged cell stands once in each line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.drafts.readings import Ignored, spot_in
from generator.finding import Message
from generator.importer.cell_figures import looks_like_figure
from generator.readers.document import GONE, DocumentTable, only_pictures, pieces_of

_SHOWN = 120


class LineCell(NamedTuple):
    """A printed cell on one row. `above`: it began on a row before, `below`: it goes on in the next; columns count from
    0, `end` is behind the last.

    `raw` and `doubt` are those of its DocumentCell."""

    text: str
    start: int
    end: int
    above: bool
    uncertain: bool
    raw: str = ""
    doubt: Message | None = None
    below: bool = False

    @property
    def shown(self) -> str:
        """Return what a person sees in the cell."""
        return self.raw or self.text


class TableLine(NamedTuple):
    """The cells of one row; `number` is the row in its grid, from 1."""

    number: int
    items: tuple[LineCell, ...]


def lines_of(grid: DocumentTable) -> tuple[TableLine, ...]:
    """Return the rows of a grid, the columns of a merged cell joined into one."""
    owners = owners_of(grid)
    lines = []
    for r, row in enumerate(grid.rows):
        items: list[LineCell] = []
        last: tuple[int, int] | None = None
        for c, cell in enumerate(row):
            owner = owners.get((r, c), (r, c))
            if owner == last and items:
                items[-1] = items[-1]._replace(end=c + 1)
            else:
                above, below = owner[0] < r, owners.get((r + 1, c)) == owner
                items.append(LineCell(cell.text.strip(), c, c + 1, above, cell.uncertain, cell.raw, cell.doubt, below))
            last = owner
        lines.append(TableLine(r + 1, tuple(items)))
    return tuple(lines)


def transposed(grid: DocumentTable) -> DocumentTable:
    """Return a grid with its rows and columns exchanged."""
    rows = tuple(
        tuple(cell._replace(rowspan=cell.colspan, colspan=cell.rowspan) for cell in column)
        for column in zip(*grid.rows, strict=False)  # readers make rectangles
    )
    return DocumentTable(rows, grid.where, grid.caption, grid.columns, grid.lines)


_NUMBERING = frozenset({"序号", "编号", "行次", "序", "行号", "次序"})


def without_numbering(lines: Sequence[TableLine]) -> tuple[tuple[TableLine, ...], int]:
    """Return the lines without a column that only numbers them (序号), and how many cells that had."""
    column = next((item.start for line in lines[:4] for item in line.items if _numbers(item, lines)), None)
    if column is None:
        return tuple(lines), 0
    kept = [line._replace(items=tuple(item for item in line.items if item.start != column)) for line in lines]
    return tuple(kept), sum(item.start == column and item.text != "" for line in lines for item in line.items)


def _numbers(head: LineCell, lines: Sequence[TableLine]) -> bool:
    """Tell whether a header cell stands above nothing but numbers, each a little greater than the one before."""
    if "".join(head.text.split()) not in _NUMBERING or head.end - head.start != 1:
        return False
    below = [item for line in lines for item in line.items if item.start == head.start and item.text != head.text]
    numbers = [item.text for item in below if item.text and not item.above]
    counted = [int(text) for text in numbers if text.isdecimal() and len(text) < 4]
    return len(counted) == len(numbers) > 0 and all(one < two <= one + 5 for one, two in pairwise(counted))


def is_struck(item: LineCell) -> bool:
    """Tell whether a part of a row's name is struck out: the row itself may be meant."""
    return item.doubt is not None and any(p.mark in GONE for p in pieces_of(item.raw))


def may_be_figure(item: LineCell) -> bool:
    """Tell whether a cell is a figure, or something in doubt that stands where one should be (22万, TRUE)."""
    return item.doubt is not None or looks_like_figure(item.text)


def only_figures(items: Sequence[LineCell]) -> bool:
    """Tell whether cells are a row of figures, a few of which may be in doubt or written in another way (二十二)."""
    plainly = sum(looks_like_figure(item.text) for item in items)
    odd = sum(not may_be_figure(item) for item in items)
    return plainly * 2 >= len(items) and odd * 3 <= len(items) - (odd > 0)


_SPREAD = Message(
    "合并的单元格盖住了几行，不知是哪一行的数", "a merged cell covers several rows; whose figure it is is unclear"
)


def doubt_spread(name: LineCell, items: Sequence[LineCell]) -> list[LineCell]:
    """Doubt figures that a merged cell shares with rows above or below of another name."""
    return [
        item._replace(doubt=_SPREAD)
        if item.text and item.doubt is None and (item.above > name.above or item.below > name.below)
        else item
        for item in items
    ]


def marked_labels(lines: Sequence[TableLine], grid: DocumentTable) -> Iterator[Ignored]:
    """List the cells that show more than their plain text and are no figures."""
    for line in lines:
        for item in line.items:
            marked = any(piece.mark is not None for piece in pieces_of(item.raw))
            told = not marked or item.above or only_pictures(item.raw)
            if item.doubt is not None and not told and not looks_like_figure(item.text):
                yield Ignored(item.shown[:_SHOWN], spot_in(grid, line.number, item.start + 1), item.doubt)


def owners_of(grid: DocumentTable) -> dict[tuple[int, int], tuple[int, int]]:
    """Map each place of the grid to the place where the cell that covers it begins; of two that overlap, the first."""
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(grid.rows):
        for c, cell in enumerate(row):
            if cell.first:
                for down in range(min(cell.rowspan, len(grid.rows) - r)):
                    for right in range(min(cell.colspan, len(row) - c)):
                        owners.setdefault((r + down, c + right), (r, c))
    return owners
