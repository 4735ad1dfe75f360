"""The statutory formats as plain data for the peers: what nianbao reads from its declarations, they get ready-made.

A peer so starts with the header nesting resolved (spans, ids, headers), which is more than it would have by itself.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from generator.flat import flat
from generator.format import Form, Table
from generator.grid import GridCell, GridRow, grid
from generator.report import address


def form_data(form: Form) -> dict[str, Any]:
    return {
        "id": form.id,
        "tables": [_table(table) for table in form.tables],
        "sections": [{"title": s.title, "table": s.table} for s in form.sections],
        "glossary": [asdict(term) for term in form.glossary],
        "series": [{"name": s.name, "cells": list(s.cells)} for s in form.series],
        "names": _names(form),
    }


def _table(table: Table) -> dict[str, Any]:
    drawn, plain = grid(table), flat(table)
    return {
        "id": table.id, "key": table.key, "caption": table.caption, "rows": [{"key": key, "first": first, "cells": cells} for key, (first, cells) in table.row_ranges.items()],
        # whether a cell may be anything but a plain figure, apart from blanks
        "odd": any(slot.row.slash or slot.column.unit_in_cell for slot in table.slots),
        "head": [_row(row) for row in drawn.head],
        "bodies": [[_row(row) for row in body.rows] for body in drawn.bodies],
        "flat": {
            "columns": [column._asdict() for column in plain.columns],
            "rows": [{"labels": list(row.labels), "cells": len(row.cells), "unit": row.unit} for row in plain.rows],
            "units": len(plain.columns) > len(plain.rows[0].labels) + len(plain.rows[0].cells),
        },
        "cells": [_cell(table, index) for index in range(len(table.slots))],
    }  # fmt: skip


def _row(row: GridRow) -> list[dict[str, Any]]:
    return [_grid_cell(cell) for cell in row.cells]


def _grid_cell(cell: GridCell) -> dict[str, Any]:
    return {
        "tag": cell.kind, "text": cell.text, "id": cell.id, "headers": cell.headers, "scope": cell.scope,
        "rowspan": cell.rowspan, "colspan": cell.colspan, "value": cell.hole >= 0,
        "css": "block" if cell.title_row else "corner" if cell.kind == "td" and cell.hole < 0 else "",
    }  # fmt: skip


def _cell(table: Table, index: int) -> dict[str, Any]:
    """A value cell as the data files name it; an amount carries its unit inside the cell, so `unit` is empty."""
    slot, place = table.slots[index], address(table, table.slots[index])
    unit = "" if slot.column.unit_in_cell else slot.column.unit
    return {"row": list(place.row), "column": list(place.column), "unit": unit}


def _names(form: Form) -> dict[str, list[Any]]:
    """What a placeholder may name → table key, row key, number of the cell in its row."""
    names: dict[str, list[Any]] = {}
    tables = {table.id: table for table in form.tables}
    for name, (table_id, index) in form.by_name.items():
        table = tables[table_id]
        row = table.slots[index].row.key
        names[name] = [table.key, row, index - table.row_ranges[row][0]]
    return names
