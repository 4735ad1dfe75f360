"""Knows the header above the rows of a grid, and which of a row's cells belongs to which column of the form.

A row with as many cells as the form has columns is read in order, another by where its cells stand below the headers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.finding import Message
from generator.importer.form_labels import BlockLabels
from generator.importer.grid_lines import LineCell, TableLine

_ORDER = Message(
    "表头的列次与格式不同，没有全部认出",
    "the columns are in another order than the form's, and not all were recognised",
)
_BY_PLACE = Message(
    "这一行的格数与表头不同，按上下位置对应", "the row has another number of cells than the header; matched by position"
)
_ALONE = Message("表没有表头，按次序对列", "the table has no header; its columns were taken in order")
_JOINED = Message("没有表头，按上一个表的续表读取", "there is no header; read as the continuation of the table before")


@dataclass
class Heading:
    """The header above the rows that are being read."""

    words: BlockLabels | None = None
    lines: list[TableLine] = field(default_factory=list)
    foreign: bool = False  # a header that is not the form's
    joined: bool = False  # carried over from the grid before
    beyond: bool = False  # with columns that the form does not have
    alone: bool = False  # there is none at all: the rows alone show which list it is
    _known: tuple[BlockLabels, int, dict[int, tuple[int, int]]] | None = None  # what `columns` last gave, and for what

    def span(self, at: int, width: int) -> Iterator[str]:
        """Return the header texts above a cell of the grid, the last line first."""
        for line in reversed(self.lines):
            yield from (item.text for item in line.items if item.start < at + width and at < item.end and item.text)

    def columns(self, words: BlockLabels) -> dict[int, tuple[int, int]]:
        """Return first and last + 1 column of the grid, by number of those columns whose header was recognised."""
        if self._known is None or self._known[:2] != (words, len(self.lines)):
            self._known = words, len(self.lines), self._recognised(words)
        return self._known[2]

    def _recognised(self, words: BlockLabels) -> dict[int, tuple[int, int]]:
        """Work out `columns`, each path of header texts once: a hostile header repeats one label without end."""
        paths: dict[int, list[str]] = {}
        for line in self.lines:
            for item in line.items:
                if not item.above:
                    for at in range(item.start, item.end):
                        paths.setdefault(at, []).append(item.text)
        numbers: dict[tuple[str, ...], int | None] = {}
        columns: dict[int, tuple[int, int]] = {}
        for at in sorted(paths):
            path = tuple(paths[at])
            if path not in numbers:
                numbers[path] = words.column_of(path)
            number = numbers[path]
            if number is not None:
                start, end = columns.get(number, (at, at))
                if end == at:
                    columns[number] = (start, at + 1)
        return columns

    def assigned(self, words: BlockLabels, items: Sequence[LineCell]) -> tuple[dict[int, LineCell], Message | None]:
        """Assign cells to the block's columns by number, and say why that is doubtful (None where it is not)."""
        headers = self.columns(words) if self.lines else {}
        if not self.lines:
            # no header of its own: by order, where the count leaves no choice and the table is known
            known = len(items) == words.width and not self.foreign
            return (dict(enumerate(items)), _ALONE if self.alone else _JOINED) if known else ({}, None)
        if len(headers) * 2 < words.width and not (words.hidden and headers):
            return {}, None
        starts = [headers[number][0] for number in sorted(headers)]
        if len(items) == words.width and not self.beyond:
            if starts == sorted(starts):
                return dict(enumerate(items)), None
            if len(headers) == words.width:
                order = sorted(headers, key=lambda number: headers[number])
                return dict(zip(order, items, strict=True)), None
            return dict(enumerate(items)), _ORDER
        # where cells stand says nothing below a header of another grid
        own_header = (len(headers) in (words.width, len(items)) or self.beyond) and not self.joined
        return (self._by_place(headers, items), _BY_PLACE) if own_header else ({}, None)

    def _by_place(self, headers: dict[int, tuple[int, int]], items: Sequence[LineCell]) -> dict[int, LineCell]:
        """Assign cells that stand below exactly one header, which has no other filled cell below it."""
        matched: dict[int, LineCell] = {}
        for number, span in headers.items():
            below = [item for item in items if _overlaps(item, span)]
            filled = [item for item in below if item.shown] or below[:1]
            if len(filled) == 1 and sum(_overlaps(filled[0], other) for other in headers.values()) == 1:
                matched[number] = filled[0]
        return matched


def _overlaps(item: LineCell, span: tuple[int, int]) -> bool:
    return item.start < span[1] and span[0] < item.end
