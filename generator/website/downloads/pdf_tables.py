"""Tells Typst what a statutory table holds: the words of the form once, and each report's figures in their order."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from math import ceil
from typing import NamedTuple

from generator.forms.model import Table
from generator.report.model import TableFigures
from generator.website.downloads.paper_tables import ASIDE, PaperCell, PaperTable, blank, halves, room

_INSET = (ASIDE, 2.5)  # points between a cell's text and its edges: across, down
_LINES_APART = 1.22  # in sizes of the text
_LONG = 80  # characters of a figure that may go on over the page
_DIGITS = re.compile(r"[0-9.]")

Figure = str | dict[str, object]


class FormTable(NamedTuple):
    """A table of a form on paper: `said` is what Typst is told of it, `figures` are the cells of the figures in the
    order they are drawn, each with the number of characters that surely fit into it, `heights` are those of the rows
    as long as every figure does."""

    table: PaperTable
    said: str
    figures: tuple[tuple[PaperCell, int], ...]
    heights: tuple[float | None, ...]


@lru_cache(maxsize=64)
def form_table(form: Table, absent: frozenset[str]) -> FormTable:
    """Lays out a table for all reports that leave out the same rows."""
    table = blank(form, absent)
    parts, figures = [], []
    for kept, group in groupby(filter(None, table.rows()), key=lambda row: row[0].keeps):
        rows = list(group)  # rows that must stay on the page of the row below, as heads do, or a run of others
        cells = [cell for row in rows for cell in row]
        figures += [(cell, _surely(cell, table)) for cell in cells if cell.figure]
        parts.append({"head": kept, "again": rows[0][0].top < table.head, "rows": list(_rows(cells, table))})
    told = {"size": table.size, "columns": table.widths, "inset": _INSET, "parts": parts}
    heights: list[float | None] = [table.size + 2 * _INSET[1]] * table.height
    for cell in table.cells:
        _loosen(heights, cell, table, marked=False)
    return FormTable(table, json.dumps(told, ensure_ascii=False), tuple(figures), tuple(heights))


def _rows(cells: Sequence[PaperCell], table: PaperTable) -> Iterator[tuple[list[object], int]]:
    """Groups cells into words of the form and the number of figures behind them."""
    labels: list[object] = []
    for figure, run in groupby(cells, key=lambda cell: cell.figure):
        if figure:
            yield labels, len(list(run))
            labels = []
        else:
            labels = [_label(cell, table) for cell in run]
    if labels:
        yield labels, 0


def _surely(cell: PaperCell, table: PaperTable) -> int:
    """Counts the characters of a figure that fit into a line whatever they are; 0 where a cell is more than one."""
    return int(room(cell, table) / table.size) if cell.rows == cell.columns == 1 else 0


def _label(cell: PaperCell, table: PaperTable) -> list[object]:
    """Tells text, rows, columns, side and indent in characters; a list of texts is one that lines may end between."""
    text = cell.text if _in_a_line(cell, table) else halves(cell, table) or cell.text
    side = "left" if cell.left_side else "center"
    return [text, cell.rows, cell.columns, side, max(0, cell.level - 1) if cell.left_side else 0]


def figures(sheet: TableFigures, corrected: Container[int] = (), mark: str = "") -> list[Figure]:
    """Tells the figures in the order they are drawn; `mark` stands behind `corrected` ones. A figure that may not fit
    into a line is broken where its cell ends, lest it lie in the neighbour's."""
    form = form_table(sheet.table, sheet.absent)
    told: list[Figure] = [sheet.texts[cell.hole] for cell, _ in form.figures]
    for at, cell in _odd(form, sheet, corrected):
        fits, marked = _in_a_line(cell, form.table), cell.hole in corrected
        if fits and not marked and cell.rows == cell.columns == 1:
            continue
        told[at] = {
            "words": cell.text if fits else list(cell.text),
            "rows": cell.rows,
            "columns": cell.columns,
            "breakable": cell.rows > 1 or len(cell.text) >= _LONG,  # its halves would be read as two
            "mark": mark if marked else "",
        }
    return told


def _odd(form: FormTable, sheet: TableFigures, corrected: Container[int]) -> Iterator[tuple[int, PaperCell]]:
    """Yields the figures that are not known to be one line of a cell of their own, with their numbers."""
    for at, (cell, most) in enumerate(form.figures):
        text = sheet.texts[cell.hole]
        if len(text) > most or "\n" in text or cell.hole in corrected:
            yield at, cell._replace(text=text)


def row_heights(sheet: TableFigures, corrected: Container[int] = ()) -> list[float | None]:
    """Tells the height in points of each row that is known to be one line high, None for others, such as those with
    `corrected` figures: Typst sets the cells of rows whose height it has to find out twice. What is told is what Typst
    would find."""
    form = form_table(sheet.table, sheet.absent)
    heights = list(form.heights)
    for _, cell in _odd(form, sheet, corrected):
        _loosen(heights, cell, form.table, cell.hole in corrected)
    return heights


def _loosen(heights: list[float | None], cell: PaperCell, table: PaperTable, marked: bool) -> None:
    """Takes back the height of the last row of a cell that may need more."""
    down = _INSET[1]
    if cell.rows == 1:
        fits = _in_a_line(cell, table) and not marked
    else:
        # punctuation that begins no line takes a character along
        in_line = max(1, int(room(cell, table) / table.size) - 1)
        most = ceil(len(cell.text) / in_line) * _LINES_APART * table.size + 2 * down
        fits = most <= (table.size + 2 * down) * cell.rows
    if not fits:
        heights[cell.top + cell.rows - 1] = None


def _in_a_line(cell: PaperCell, table: PaperTable) -> bool:
    """Tells whether a text surely fits into one line: no digit of the fonts in question is wider than 0.65 of its
    size."""
    widest = len(cell.text) - 0.35 * len(_DIGITS.findall(cell.text))
    return widest * table.size <= room(cell, table) and "\n" not in cell.text
