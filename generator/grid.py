"""A statutory table as printed: header nesting turned into rows of cells with spans, ids and headers."""

from __future__ import annotations

from dataclasses import dataclass

from generator.format import Block, Group, Table, label_columns


@dataclass(frozen=True, slots=True)
class GridCell:
    """A printed cell; `hole` is the slot index of a value cell, -1 for a header. `level` is how deep the line of a
    listed table stands, from 1; 0 elsewhere."""

    kind: str
    text: str = ""
    id: str = ""
    headers: str = ""
    scope: str = ""
    rowspan: int = 1
    colspan: int = 1
    title_row: bool = False
    hole: int = -1
    level: int = 0


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
    spare = table.width - labels - bool(block.unit_label) - len(block.columns)
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
        # of a listed block the corner is the head of the column of labels
        kind, scope = ("th", "col") if block.title or block.listed else ("td", "")
        heads = [GridCell(kind, block.corner, scope=scope, rowspan=depth, colspan=labels)]
        if block.unit_label:
            heads.append(GridCell("th", block.unit_label, scope="col", rowspan=depth))
        rows[0][:0] = heads
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


def _lines(table: Table, block: Block, above: list[str]) -> list[list[list[GridCell]]]:
    """The lines of a listed block, by its outermost groups: label, unit, figures (none of a mere heading)."""
    lines: list[list[GridCell]] = []

    def walk(group: Group, name: str, over: str, level: int) -> None:
        kind = "row" if group.leaf >= 0 else "rowgroup" if level == 1 else ""
        cells = [GridCell("th", group.label, name, over, kind, level=level), GridCell("td", group.unit, level=level)]
        first = block.first + group.leaf * len(block.columns)
        for column in range(len(block.columns)):
            headers = " ".join(filter(None, (over, name, above[column])))
            cells.append(GridCell("td", headers=headers, hole=first + column) if group.leaf >= 0 else GridCell("td", level=level))
        lines.append(cells)
        for number, part in enumerate(group.parts):
            walk(part, f"{name}-{number}", f"{over} {name}".lstrip(), level + 1)

    bodies = []
    for number, group in enumerate(block.row_tree):
        lines = []
        walk(group, f"{table.id}r{number}", "", 1)
        bodies.append(lines)
    return bodies


def grid(table: Table) -> Grid:
    """The whole table; the header of a single-block table is its thead, other blocks carry theirs inside."""
    head: list[list[GridCell]] = []
    bodies: list[GridBody] = []
    for number, block in enumerate(table.blocks):
        labels = label_columns(block)
        header, above = _column_rows(table, number, block, labels)
        if block.listed:
            head = header
            bodies += (GridBody(tuple(GridRow(tuple(row)) for row in rows)) for rows in _lines(table, block, above))
            continue
        rows = _body_rows(table, number, block, labels, above)
        if block.title:
            title = GridCell("th", block.title, f"{table.id}b{number}", scope="rowgroup", colspan=table.width, title_row=True)
            rows = [[title], *header, *rows]
        else:
            head = header
        bodies.append(GridBody(tuple(GridRow(tuple(row)) for row in rows)))
    return Grid(table.id, table.caption, tuple(GridRow(tuple(row)) for row in head), tuple(bodies))
