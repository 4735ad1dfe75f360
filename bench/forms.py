"""The statutory formats as plain data for the peers: what nianbao reads from its declarations, they get ready-made.

A peer so starts with the header nesting resolved (spans, ids, headers), with labels that link to the terms in them and
with the cells of each composition named, which is more than it would have by itself.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from generator.forms.flat_table import flat
from generator.forms.model import Form, Table
from generator.forms.table_layout import PrintedCell, PrintedRow, grid
from generator.report.model import address
from generator.website.charts import Composition, composition_of
from generator.website.glossary import explained, term_id, uses
from generator.website.line_breaks import bare


def form_data(form: Form) -> dict[str, Any]:
    return {
        "id": form.id,
        "tables": [_table(form, table) for table in form.tables],
        "sections": [{"title": s.title, "table": s.table} for s in form.sections],
        "glossary": _glossary(form),
        # the figures at the head of a report: nianbao lists and draws more of them, which the peers are spared
        "series": [{"name": s.name, "cells": list(s.cells)} for s in form.series if s.headline],
        "names": _names(form),
    }


def _glossary(form: Form) -> list[dict[str, str]]:
    back = uses(form)
    return [{**asdict(term), "id": term_id(n), "back": back.get(n, "")} for n, term in enumerate(form.glossary, 1)]


def _table(form: Form, table: Table) -> dict[str, Any]:
    drawn, plain, parts = grid(table), flat(table), composition_of(form)
    return {
        "id": table.id,
        "key": table.key,
        "caption": table.caption,
        "rows": [{"key": key, "first": first, "cells": cells} for key, (first, cells) in table.row_ranges.items()],
        # whether a cell may be anything but a plain figure, apart from blanks
        "odd": any(slot.row.slash or slot.column.unit_in_cell for slot in table.slots),
        "labels": list(range(1, drawn.labels + 1)),
        "values": drawn.values,
        "head": [_row(form, row) for row in drawn.head],
        "bodies": [[_row(form, row) for row in body.rows] for body in drawn.bodies],
        "composition": _composition(table, parts) if parts and parts.table == table.id else None,
        "flat": {
            "wide": len(plain.columns) > 5,
            "columns": [column._asdict() for column in plain.columns],
            "rows": [{"labels": list(row.labels), "cells": len(row.cells), "unit": row.unit} for row in plain.rows],
            "units": len(plain.columns) > len(plain.rows[0].labels) + len(plain.rows[0].cells),
        },
        "cells": [_cell(table, index) for index in range(len(table.slots))],
    }


def _composition(table: Table, parts: Composition) -> dict[str, Any]:
    """What the parts and their printed total are sums of: row key, number of the cell in its row."""
    parted = [
        {"label": bare(part.label), "cells": [_place(table, cell) for cell in part.cells]} for part in parts.parts
    ]
    return {"parts": parted, "total": [_place(table, cell) for cell in parts.total]}


def _place(table: Table, index: int) -> list[Any]:
    row = table.slots[index].row.key
    return [row, index - table.row_ranges[row][0]]


def _row(form: Form, row: PrintedRow) -> list[dict[str, Any]]:
    return [_grid_cell(form, cell) for cell in row.cells]


def _grid_cell(form: Form, cell: PrintedCell) -> dict[str, Any]:
    """A cell as templates/table.html draws it; `html` is its label, with the break points and the link to a term."""
    return {
        "tag": cell.kind,
        "html": str(explained(form, cell.text)),
        "id": cell.id,
        "headers": cell.headers,
        "scope": cell.scope,
        "rowspan": cell.rowspan,
        "colspan": cell.colspan,
        "value": cell.hole >= 0,
        "css": _css(cell),
    }


def _css(cell: PrintedCell) -> str:
    if cell.title_row or cell.spine:
        return "block" if cell.title_row else "spine"
    if cell.level:
        return f"l{cell.level}" if cell.kind == "th" else ""
    return "corner" if cell.kind == "td" else ""


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
        names[name] = [tables[table_id].key, *_place(tables[table_id], index)]
    return names
