"""A statutory table as printed: header nesting turned into rows of cells with spans, ids and headers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from generator.forms.model import Block, Group, Table, label_columns


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A printed cell; `hole` is the slot index of a value cell, -1 for a header; a `spine` names a whole run of rows.
    `level` is how deep the line of a listed table stands, from 1; 0 elsewhere."""

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
    cells: tuple[PrintedCell, ...]


@dataclass(frozen=True, slots=True)
class PrintedBody:
    rows: tuple[PrintedRow, ...]


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """`labels` and `values` count the physical columns that hold row labels and figures."""

    id: str
    caption: str
    head: tuple[PrintedRow, ...]
    bodies: tuple[PrintedBody, ...]
    labels: int = 0
    values: int = 0


def _place(
    groups: tuple[Group, ...], level: int, depth: int, prefix: str, out: list[list[tuple[Group, str, int]]]
) -> None:
    """Lay a label tree out by level; a leaf above the last level reaches down to it."""
    for number, group in enumerate(groups):
        name = f"{prefix}{number}"
        out[level].append((group, name, 1 if group.parts else depth - level))
        _place(group.parts, level + 1, depth, name + "-", out)


def _column_rows(table: Table, number: int, block: Block, labels: int) -> tuple[list[list[PrintedCell]], list[str]]:
    """Header rows of a block and, for each leaf column, the ids of the headers above it."""
    depth = max(group.depth for group in block.column_tree)
    levels: list[list[tuple[Group, str, int]]] = [[] for _ in range(depth)]
    _place(block.column_tree, 0, depth, f"{table.id}c{number}-", levels)
    spare = table.width - labels - bool(block.unit_label) - len(block.columns)
    above: list[list[str]] = [[] for _ in block.columns]
    rows: list[list[PrintedCell]] = []
    for level in levels:
        cells = []
        for group, name, rowspan in level:
            for leaf in _leaf_numbers(group):
                above[leaf].append(name)
            last = _leaf_numbers(group)[-1] == len(block.columns) - 1
            cells.append(
                PrintedCell(
                    "th",
                    group.label,
                    name,
                    scope="colgroup" if group.parts else "col",
                    rowspan=rowspan,
                    colspan=group.breadth + (spare if last else 0),
                )
            )
        rows.append(cells)
    if labels:
        # scope would claim the label column below the corner; the corner describes no column
        # of a listed block the corner is the head of the column of labels
        kind, scope = ("th", "col") if block.title or block.listed else ("td", "")
        heads = [PrintedCell(kind, block.corner, scope=scope, rowspan=depth, colspan=labels)]
        if block.unit_label:
            heads.append(PrintedCell("th", block.unit_label, scope="col", rowspan=depth))
        rows[0][:0] = heads
    return rows, [" ".join(ids) for ids in above]


def _leaf_numbers(group: Group) -> list[int]:
    return [group.leaf] if not group.parts else [leaf for part in group.parts for leaf in _leaf_numbers(part)]


def _body_rows(table: Table, number: int, block: Block, labels: int, above: list[str]) -> list[list[PrintedCell]]:
    """Data rows of a block: the label cells that start on the row, then its value cells."""
    starts: list[list[PrintedCell]] = [[] for _ in block.rows]
    beside: list[list[str]] = [[] for _ in block.rows]

    def walk(groups: tuple[Group, ...], level: int, prefix: str) -> None:
        for index, group in enumerate(groups):
            name = f"{prefix}{index}"
            leaves = _leaf_numbers(group)
            for leaf in leaves:
                beside[leaf].append(name)
            starts[leaves[0]].append(
                PrintedCell(
                    "th",
                    group.label,
                    name,
                    scope="rowgroup" if group.parts else "row",
                    rowspan=len(leaves),
                    colspan=1 if group.parts else max(1, labels - level),
                    spine=bool(group.parts) and level == 0,
                )
            )
            walk(group.parts, level + 1, name + "-")

    if labels:
        walk(block.row_tree, 0, f"{table.id}r{number}-")
    spare = table.width - labels - len(block.columns)
    rows = []
    for line in range(len(block.rows)):
        first = block.first + line * len(block.columns)
        values = [
            PrintedCell(
                "td",
                headers=" ".join([*beside[line], above[column]]),
                hole=first + column,
                colspan=1 + (spare if column == len(block.columns) - 1 else 0),
            )
            for column in range(len(block.columns))
        ]
        rows.append([*starts[line], *values])
    return rows


def _lines(table: Table, block: Block, above: list[str], absent: frozenset[str]) -> list[list[list[PrintedCell]]]:
    """The lines of a listed block, by its outermost groups: label, unit, figures (none of a mere heading). Rows that are
    absent have no line, nor has a heading of nothing else."""
    lines: list[list[PrintedCell]] = []

    def printed(group: Group) -> bool:
        return (group.leaf >= 0 and block.rows[group.leaf].key not in absent) or any(map(printed, group.parts))

    def walk(group: Group, name: str, over: str, level: int) -> None:
        figures = group.leaf >= 0 and block.rows[group.leaf].key not in absent
        kind = "row" if figures else "rowgroup" if level == 1 else ""
        cells = [
            PrintedCell("th", group.label, name, over, kind, level=level),
            PrintedCell("td", group.unit, level=level),
        ]
        first = block.first + group.leaf * len(block.columns)
        for column in range(len(block.columns)):
            headers = " ".join(filter(None, (over, name, above[column])))
            cells.append(
                PrintedCell("td", headers=headers, hole=first + column) if figures else PrintedCell("td", level=level)
            )
        lines.append(cells)
        for number, part in enumerate(part for part in group.parts if printed(part)):
            walk(part, f"{name}-{number}", f"{over} {name}".lstrip(), level + 1)

    bodies = []
    for number, group in enumerate(group for group in block.row_tree if printed(group)):
        lines = []
        walk(group, f"{table.id}r{number}", "", 1)
        bodies.append(lines)
    return bodies


def grid(table: Table, absent: frozenset[str] = frozenset()) -> PrintedTable:
    """The whole table; the header of a single-block table is its thead, other blocks carry theirs inside. Of a list, the
    rows whose keys are `absent` are left out."""
    head: list[list[PrintedCell]] = []
    bodies: list[PrintedBody] = []
    for number, block in enumerate(table.blocks):
        labels = label_columns(block)
        header, above = _column_rows(table, number, block, labels)
        if block.listed:
            head = header
            bodies += (
                PrintedBody(tuple(PrintedRow(tuple(row)) for row in rows))
                for rows in _lines(table, block, above, absent)
            )
            continue
        rows = _body_rows(table, number, block, labels, above)
        if block.title:
            title = PrintedCell(
                "th", block.title, f"{table.id}b{number}", scope="rowgroup", colspan=table.width, title_row=True
            )
            rows = [[title], *header, *rows]
        else:
            head = header
        bodies.append(PrintedBody(tuple(PrintedRow(tuple(row)) for row in rows)))
    labels = max((label_columns(block) for block in table.blocks), default=0)
    return PrintedTable(
        table.id,
        table.caption,
        tuple(PrintedRow(tuple(row)) for row in head),
        tuple(bodies),
        labels,
        table.width - labels,
    )


class CoveredArea(NamedTuple):
    """A cell and what it covers: rows top…bottom, columns left…right, ends excluded."""

    cell: PrintedCell
    top: int
    left: int
    bottom: int
    right: int


def laid(drawn: PrintedTable) -> list[CoveredArea]:
    """Every cell at its place, as HTML's table model lays it."""
    found: list[CoveredArea] = []
    taken: set[tuple[int, int]] = set()
    rows = [*drawn.head, *(row for body in drawn.bodies for row in body.rows)]
    for top, row in enumerate(rows):
        left = 0
        for cell in row.cells:
            while (top, left) in taken:
                left += 1
            box = CoveredArea(cell, top, left, top + cell.rowspan, left + cell.colspan)
            taken |= {(r, c) for r in range(box.top, box.bottom) for c in range(box.left, box.right)}
            found.append(box)
    return found
