"""Flattens a statutory table for the data view: no spans, one header row, safe to sort."""

from __future__ import annotations

from typing import NamedTuple

from generator.forms.model import FormColumn, Table
from generator.forms.table_layout import PrintedCell


class FlatColumn(NamedTuple):
    label: str
    kind: str


class FlatRow(NamedTuple):
    """Holds a row of the data view; `key` is that of the row in the table as printed, `column` the column of its only
    cell, None where it is the whole row."""

    labels: tuple[str, ...]
    cells: tuple[PrintedCell, ...]
    unit: str = ""
    key: str = ""
    column: FormColumn | None = None


class Flat(NamedTuple):
    id: str
    caption: str
    columns: tuple[FlatColumn, ...]
    rows: tuple[FlatRow, ...]


def _hole(index: int) -> PrintedCell:
    return PrintedCell("td", hole=index)


def flat(table: Table, absent: frozenset[str] = frozenset()) -> Flat:
    """Flatten a table: one block with several rows keeps its columns, any other table becomes one row a cell.

    Rows whose keys are `absent` are left out."""
    if len(table.blocks) == 1 and len(table.blocks[0].rows) > 1:
        return _wide(table, absent)
    return _long(table, absent)


def _wide(table: Table, absent: frozenset[str]) -> Flat:
    block = table.blocks[0]
    columns = [FlatColumn("类别", "text"), FlatColumn("项目", "text")]
    columns += [FlatColumn(column.path[-1], "number") for column in block.columns]
    columns += [FlatColumn(block.unit_label, "text")] if block.unit_label else []
    rows = []
    for number, row in enumerate(block.rows):
        if row.key in absent:
            continue
        first = block.first + number * len(block.columns)
        labels = (row.path[-2] if len(row.path) > 1 else "", row.path[-1])
        unit = block.cells[number][0].unit if block.unit_label else ""
        cells = tuple(_hole(first + column) for column in range(len(block.columns)))
        rows.append(FlatRow(labels, cells, unit, row.key))
    return Flat(table.id, table.caption, tuple(columns), tuple(rows))


def _long(table: Table, absent: frozenset[str]) -> Flat:
    titled = any(block.title for block in table.blocks)
    names = ("依据", "信息内容", "指标") if titled else ("类别", "结果")
    columns = [FlatColumn(name, "text") for name in names] + [FlatColumn("数值", "number"), FlatColumn("单位", "text")]
    rows = []
    for index, slot in enumerate(table.slots):
        if slot.row.key in absent:
            continue
        if titled:
            labels: tuple[str, ...] = (table.blocks[slot.block].title, slot.row.path[-1], slot.column.path[-1])
        else:
            labels = ("·".join(slot.column.path[:-1]), slot.column.path[-1])
        rows.append(FlatRow(labels, (_hole(index),), slot.column.unit, slot.row.key, slot.column))
    return Flat(table.id, table.caption, tuple(columns), tuple(rows))
