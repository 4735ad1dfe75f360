"""Fits the tables of a form onto paper: widths of columns in the 156 mm of a page's text, and the words of cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from generator.forms.model import Table
from generator.forms.table_layout import CoveredArea, PrintedTable, grid, laid
from generator.website.downloads.page_style import TEXT_WIDTH

POINTS = 72 / 25.4  # in a millimetre
ASIDE = 2.0  # points between the text of a cell and its sides
_SPINE, _MIDDLE, _UNIT = 9.0, 24.5, 18.0  # mm: labels beside many rows, groups of labels, units
_FEW = 3  # columns of figures up to which each is as wide as its longest head
_MANY = 7  # columns of figures from which the text is small


class PaperCell(NamedTuple):
    """A cell with the area it covers, from row `top` and column `left` on; `left_side` is set where its text stands at
    the left, `keeps` where its row may not end a page, `level` is the depth of a line in a listed table.

    `hole` is the number of the figure that stands in it, -1 for words of the form."""

    text: str
    top: int
    left: int
    rows: int
    columns: int
    head: bool
    left_side: bool
    hole: int
    level: int
    keeps: bool

    @property
    def figure(self) -> bool:
        return self.hole >= 0


class PaperTable(NamedTuple):
    """A table of a form on paper, without figures: `widths` in mm, `size` of the text in points, `head` counts the
    rows that repeat on every page."""

    id: str
    caption: str
    widths: tuple[float, ...]
    size: float
    head: int
    height: int
    cells: tuple[PaperCell, ...]

    def rows(self) -> Iterator[list[PaperCell]]:
        """Yields the cells that begin on each row, from left to right."""
        starting: list[list[PaperCell]] = [[] for _ in range(self.height)]
        for cell in self.cells:
            starting[cell.top].append(cell)
        yield from starting


def _widths(table: Table, drawn: PrintedTable, areas: tuple[CoveredArea, ...]) -> tuple[float, ...]:
    """Gives labels what the figures leave: narrow for a label beside many rows, the rest for the names of rows."""
    if not drawn.labels:
        return (TEXT_WIDTH / drawn.values,) * drawn.values
    if any(block.unit_label for block in table.blocks):
        figures = (24.0,) * (drawn.values - 1)
        return (TEXT_WIDTH - _UNIT - sum(figures), _UNIT, *figures)
    figure = 36.0 if drawn.values <= _FEW else TEXT_WIDTH / 2 / drawn.values
    spines = {area.left for area in areas if area.cell.spine}
    labels = [_SPINE if column in spines else _MIDDLE for column in range(drawn.labels - 1)]
    rest = TEXT_WIDTH - sum(labels) - figure * drawn.values
    return (*labels, rest, *(figure,) * drawn.values)


@lru_cache(maxsize=64)
def blank(table: Table, absent: frozenset[str]) -> PaperTable:
    """Lays out a table without its figures, as all reports share it that leave out the same rows."""
    drawn = grid(table, absent)
    areas = tuple(laid(drawn))
    head = len(drawn.head)
    cells = []
    titles = {top for cell, top, *_ in areas if cell.title_row}
    together = {row + step for row in titles for step in (0, 1)} | set(range(head))
    for cell, top, left, bottom, right in areas:
        beside = cell.kind == "th" and top >= head and not cell.title_row and not cell.spine and left < drawn.labels
        named = beside and cell.scope != "col"  # the corner of a block inside the table is a head
        is_head = cell.kind == "th" or top < head
        text = cell.text if cell.hole < 0 else ""
        spans = bottom - top, right - left
        cells.append(PaperCell(text, top, left, *spans, is_head, named, cell.hole, cell.level, top in together))
    height = max((area.bottom for area in areas), default=0)
    size = 9.0 if drawn.values >= _MANY else 10.5
    return PaperTable(table.id, table.caption, _widths(table, drawn, areas), size, head, height, tuple(cells))


def room(cell: PaperCell, table: PaperTable) -> float:
    """Tells how many points wide the text of a cell may be."""
    width = sum(table.widths[cell.left : cell.left + cell.columns]) * POINTS - 2 * ASIDE
    return width - (max(0, cell.level - 1) * table.size if cell.left_side else 0)


def halves(cell: PaperCell, table: PaperTable) -> tuple[str, ...]:
    """Cuts the head of a column that does not fit into a line in two where that fills two lines alike: 商业 | 企业, not
    商业企 | 业; nothing where it does not."""
    half, odd = divmod(len(cell.text), 2)
    narrow = half * table.size <= room(cell, table) < len(cell.text) * table.size
    alike = narrow and not odd and not cell.left_side and _HAN.fullmatch(cell.text)
    return (cell.text[:half], cell.text[half:]) if alike else ()


_HAN = re.compile(r"[\u4e00-\u9fff]+")
