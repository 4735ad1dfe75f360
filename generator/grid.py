"""A statutory table as printed: header nesting turned into rows of cells with spans, ids and headers."""

from __future__ import annotations

from dataclasses import dataclass

from generator.format import Block, Group, Table, label_columns


@dataclass(frozen=True, slots=True)
class GridCell:
    """A printed cell; `hole` is the slot index of a value cell, -1 for a header."""

    kind: str
    text: str = ""
    id: str = ""
    headers: str = ""
    scope: str = ""
    rowspan: int = 1
    colspan: int = 1
    title_row: bool = False
    hole: int = -1


@dataclass(frozen=True, slots=True)
class GridRow:
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class GridBody:
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    id: str
    caption: str
    head: tuple[GridRow, ...]
    bodies: tuple[GridBody, ...]


def _place(groups: tuple[Group, ...], level: int, depth: int, prefix: str, out: list[list[tuple[Group, str, int]]]) -> None:
    """Lay a label tree out by level; a leaf above the last level reaches down to it."""
    for number, group in enumerate(groups):
        name = f"{prefix}{number}"
        out[level].append((group, name, 1 if group.parts else depth - level))
        _place(group.parts, level + 1, depth, name + "-", out)


def _column_rows(table: Table, number: int, block: Block, labels: int) -> tuple[list[list[GridCell]], list[str]]:
    """Header rows of a block and, for each leaf column, the ids of the headers above it."""
    depth = max(group.depth for group in block.column_tree)
    levels: list[list[tuple[Group, str, int]]] = [[] for _ in range(depth)]
    _place(block.column_tree, 0, depth, f"{table.id}c{number}-", levels)
    spare = table.width - labels - len(block.columns)
    above: list[list[str]] = [[] for _ in block.columns]
    rows: list[list[GridCell]] = []
    for level in levels:
        cells = []
        for group, name, rowspan in level:
            for leaf in _leaf_numbers(group):
                above[leaf].append(name)
            last = _leaf_numbers(group)[-1] == len(block.columns) - 1
            cells.append(
                GridCell(
                    "th", group.label, name, scope="colgroup" if group.parts else "col",
                    rowspan=rowspan, colspan=group.breadth + (spare if last else 0),
                )
            )  # fmt: skip
        rows.append(cells)
    if labels:
        # scope would claim the label column below the corner; the corner describes no column
        kind = "th" if block.title else "td"
        rows[0].insert(0, GridCell(kind, block.corner, scope="col" if block.title else "", rowspan=depth, colspan=labels))
    return rows, [" ".join(ids) for ids in above]


def _leaf_numbers(group: Group) -> list[int]:
    return [group.leaf] if not group.parts else [leaf for part in group.parts for leaf in _leaf_numbers(part)]


def _body_rows(table: Table, number: int, block: Block, labels: int, above: list[str]) -> list[list[GridCell]]:
    """Data rows of a block: the label cells that start on the row, then its value cells."""
    starts: list[list[GridCell]] = [[] for _ in block.rows]
    beside: list[list[str]] = [[] for _ in block.rows]

    def walk(groups: tuple[Group, ...], level: int, prefix: str) -> None:
        for index, group in enumerate(groups):
            name = f"{prefix}{index}"
            leaves = _leaf_numbers(group)
            for leaf in leaves:
                beside[leaf].append(name)
            starts[leaves[0]].append(
                GridCell(
                    "th", group.label, name, scope="rowgroup" if group.parts else "row",
                    rowspan=len(leaves), colspan=1 if group.parts else max(1, labels - level),
                )
            )  # fmt: skip
            walk(group.parts, level + 1, name + "-")

    if labels:
        walk(block.row_tree, 0, f"{table.id}r{number}-")
    spare = table.width - labels - len(block.columns)
    rows = []
    for line in range(len(block.rows)):
        first = block.first + line * len(block.columns)
        values = [
            GridCell(
                "td", headers=" ".join([*beside[line], above[column]]), hole=first + column,
                colspan=1 + (spare if column == len(block.columns) - 1 else 0),
            )
            for column in range(len(block.columns))
        ]  # fmt: skip
        rows.append([*starts[line], *values])
    return rows


def grid(table: Table) -> Grid:
    """The whole table; the header of a single-block table is its thead, other blocks carry theirs inside."""
    head: list[list[GridCell]] = []
    bodies: list[GridBody] = []
    for number, block in enumerate(table.blocks):
        labels = label_columns(block)
        header, above = _column_rows(table, number, block, labels)
        rows = _body_rows(table, number, block, labels, above)
        if block.title:
            title = GridCell("th", block.title, f"{table.id}b{number}", scope="rowgroup", colspan=table.width, title_row=True)
            rows = [[title], *header, *rows]
        else:
            head = header
        bodies.append(GridBody(tuple(GridRow(tuple(row)) for row in rows)))
    return Grid(table.id, table.caption, tuple(GridRow(tuple(row)) for row in head), tuple(bodies))
