"""Lays a statutory table out as printed: nested headers become rows of cells with spans, ids and headers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from generator.forms.model import Block, Group, Table, label_columns


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """Describes a printed cell: `hole` is the slot index of a value cell, -1 for a header.

    A `spine` labels a whole run of rows; `level` is the depth of a line in a listed table, from 1, and 0 elsewhere."""

    kind: str
    text: str = ""
    id: str = ""
    headers: str = ""
    scope: str = ""
    rowspan: int = 1
    colspan: int = 1
    title_row: bool = False
    spine: bool = False
    hole: int = -1
    level: int = 0


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """Holds a printed row; `id` names it where no printed label of its own does, `key` is that of a row of figures."""

    cells: tuple[PrintedCell, ...]
    id: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class PrintedBody:
    rows: tuple[PrintedRow, ...]

    @property
    def id(self) -> str:
        """Return the name of its only row of figures, where no label has it."""
        names = [row.id for row in self.rows if row.key]
        return names[0] if len(names) == 1 else ""


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """Holds a table laid out; `labels` and `values` count the physical columns of row labels and of figures."""

    id: str
    caption: str
    head: tuple[PrintedRow, ...]
    bodies: tuple[PrintedBody, ...]
    labels: int = 0
    values: int = 0


def _place(groups: tuple[Group, ...], level: int, depth: int, out: list[list[tuple[Group, int]]]) -> None:
    """Sort a label tree into levels; a leaf above the last level spans down to it."""
    for group in groups:
        out[level].append((group, 1 if group.parts else depth - level))
        _place(group.parts, level + 1, depth, out)


def _column_rows(table: Table, block: Block, labels: int) -> tuple[list[list[PrintedCell]], list[str]]:
    """Lay out the header rows of a block; return them and, for each leaf column, the ids of the headers above it."""
    depth = max(group.depth for group in block.column_tree)
    levels: list[list[tuple[Group, int]]] = [[] for _ in range(depth)]
    _place(block.column_tree, 0, depth, levels)
    over = f"{table.id}.{block.id}" if block.id else table.id
    spare = table.width - labels - bool(block.unit_label) - len(block.columns)
    above: list[list[str]] = [[] for _ in block.columns]
    rows: list[list[PrintedCell]] = []
    for level in levels:
        cells = []
        for group, rowspan in level:
            name = f"{over}-{group.id}"
            leaves = _leaf_numbers(group)
            for leaf in leaves:
                above[leaf].append(name)
            is_last = leaves[-1] == len(block.columns) - 1
            scope = "colgroup" if group.parts else "col"
            colspan = group.breadth + (spare if is_last else 0)
            cells.append(PrintedCell("th", group.label, name, scope=scope, rowspan=rowspan, colspan=colspan))
        rows.append(cells)
    if labels:
        rows[0][:0] = _corner(block, depth, labels)
    return rows, [" ".join(ids) for ids in above]


def _corner(block: Block, depth: int, labels: int) -> list[PrintedCell]:
    """Lay out what stands above the row labels: the corner and, in a listed block, the head of the units."""
    # A scope claims the label column below the corner, which it describes only in a titled or listed block.
    kind, scope = ("th", "col") if block.title or block.listed else ("td", "")
    cells = [PrintedCell(kind, block.corner, scope=scope, rowspan=depth, colspan=labels)]
    if block.unit_label:
        cells.append(PrintedCell("th", block.unit_label, scope="col", rowspan=depth))
    return cells


def _leaf_numbers(group: Group) -> list[int]:
    return [group.leaf] if not group.parts else [leaf for part in group.parts for leaf in _leaf_numbers(part)]


def _row_labels(
    block: Block, labels: int, table: str, absent: frozenset[str]
) -> tuple[list[list[PrintedCell]], list[list[str]]]:
    """Lay out the labels of the rows that are printed; return for each row the label cells that start on it and the ids
    of all beside it."""
    starts: list[list[PrintedCell]] = [[] for _ in block.rows]
    beside: list[list[str]] = [[] for _ in block.rows]

    def walk(groups: tuple[Group, ...], level: int) -> None:
        for group in groups:
            name = f"{table}.{group.id}"
            leaves = [leaf for leaf in _leaf_numbers(group) if block.rows[leaf].key not in absent]
            if not leaves:
                continue
            for leaf in leaves:
                beside[leaf].append(name)
            is_group = bool(group.parts)
            cell = PrintedCell(
                "th",
                group.label,
                name,
                scope="rowgroup" if is_group else "row",
                rowspan=len(leaves),
                colspan=1 if is_group else max(1, labels - level),
                spine=is_group and level == 0,
            )
            starts[leaves[0]].append(cell)
            walk(group.parts, level + 1)

    if labels:
        walk(block.row_tree, 0)
    return starts, beside


def _body_rows(table: Table, block: Block, labels: int, above: list[str], absent: frozenset[str]) -> list[PrintedRow]:
    """Lay out the data rows of a block: the label cells that start on the row, then its value cells."""
    starts, beside = _row_labels(block, labels, table.id, absent)
    last = len(block.columns) - 1
    spare = table.width - labels - len(block.columns)
    rows = []
    for line, row in enumerate(block.rows):
        if row.key in absent:
            continue
        first = block.first + line * len(block.columns)
        values = []
        for column in range(len(block.columns)):
            headers = " ".join([*beside[line], above[column]])
            colspan = 1 + (spare if column == last else 0)
            hole = first + column
            address = table.keys[hole].address
            values.append(PrintedCell("td", id=address, headers=headers, hole=hole, colspan=colspan))
        rows.append(PrintedRow((*starts[line], *values), "" if labels else f"{table.id}.{row.id}", row.key))
    return rows


class _ListedBlock:
    """Lays out a listed block line by line: label, unit, figures (a mere heading has none).

    Absent rows have no line, nor has a heading above nothing but absent rows."""

    def __init__(self, table: Table, block: Block, above: list[str], absent: frozenset[str]) -> None:
        self.table = table
        self.block = block
        self.above = above
        self.absent = absent

    def bodies(self) -> Iterator[PrintedBody]:
        """Yield one body for each outermost group."""
        for group in filter(self._is_printed, self.block.row_tree):
            yield PrintedBody(tuple(self._lines(group, "", 1)))

    def _has_figures(self, group: Group) -> bool:
        return group.leaf >= 0 and self.block.rows[group.leaf].key not in self.absent

    def _is_printed(self, group: Group) -> bool:
        return self._has_figures(group) or any(map(self._is_printed, group.parts))

    def _lines(self, group: Group, over: str, level: int) -> Iterator[PrintedRow]:
        """Yield the line of a group and those below it; `over` are the ids of the headings above."""
        name = f"{self.table.id}.{group.id}"
        key = self.block.rows[group.leaf].key if self._has_figures(group) else ""
        yield PrintedRow(tuple(self._cells(group, name, over, level)), key=key)
        for part in filter(self._is_printed, group.parts):
            yield from self._lines(part, f"{over} {name}".lstrip(), level + 1)

    def _cells(self, group: Group, name: str, over: str, level: int) -> Iterator[PrintedCell]:
        has_figures = self._has_figures(group)
        scope = "row" if has_figures else "rowgroup" if level == 1 else ""
        yield PrintedCell("th", group.label, name, over, scope, level=level)
        yield PrintedCell("td", group.unit, level=level)
        first = self.block.first + group.leaf * len(self.block.columns)
        for column, above in enumerate(self.above):
            if has_figures:
                headers = " ".join(filter(None, (over, name, above)))
                address = self.table.keys[first + column].address
                yield PrintedCell("td", id=address, headers=headers, hole=first + column)
            else:
                yield PrintedCell("td", level=level)


def grid(table: Table, absent: frozenset[str] = frozenset()) -> PrintedTable:
    """Lay out a whole table: the header of a single block is its thead, several blocks carry theirs inside.

    Rows whose keys are `absent` are left out, and a block or group of nothing else."""
    head: list[list[PrintedCell]] = []
    bodies: list[PrintedBody] = []
    for block in table.blocks:
        labels = label_columns(block)
        header, above = _column_rows(table, block, labels)
        if block.listed:
            head = header
            bodies += _ListedBlock(table, block, above, absent).bodies()
            continue
        rows = _body_rows(table, block, labels, above, absent)
        if not rows:
            continue
        if block.title:
            name = f"{table.id}.{block.id}"
            title = PrintedCell("th", block.title, name, scope="rowgroup", colspan=table.width, title_row=True)
            rows = [PrintedRow((title,)), *_rows(header), *rows]
        else:
            head = header
        bodies.append(PrintedBody(tuple(rows)))
    labels = max((label_columns(block) for block in table.blocks), default=0)
    return PrintedTable(table.id, table.caption, _rows(head), tuple(bodies), labels, table.width - labels)


def _rows(cells: list[list[PrintedCell]]) -> tuple[PrintedRow, ...]:
    return tuple(PrintedRow(tuple(row)) for row in cells)


class CoveredArea(NamedTuple):
    """Holds a cell with the area it covers: rows top…bottom, columns left…right, ends excluded."""

    cell: PrintedCell
    top: int
    left: int
    bottom: int
    right: int


def laid(drawn: PrintedTable) -> list[CoveredArea]:
    """Place every cell as HTML's table model does; spans push later cells to the right."""
    areas: list[CoveredArea] = []
    taken: set[tuple[int, int]] = set()
    rows = [*drawn.head, *(row for body in drawn.bodies for row in body.rows)]
    for top, row in enumerate(rows):
        left = 0
        for cell in row.cells:
            while (top, left) in taken:
                left += 1
            area = CoveredArea(cell, top, left, top + cell.rowspan, left + cell.colspan)
            taken |= {(r, c) for r in range(area.top, area.bottom) for c in range(area.left, area.right)}
            areas.append(area)
    return areas
