"""Finds the cells of another year's form that mean the same, and the cells that a group's name stands for."""

from __future__ import annotations

import re
from functools import lru_cache

from generator.forms.model import FigureCell, Form, Table

_NUMBERED = re.compile(r"^(?:[（(][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、|\d+[.．、])\s*")


@lru_cache(maxsize=1024)
def group(form: Form, name: str) -> tuple[str, ...]:
    """Return the slot names of a group: a role, or `表.所印组名[.列]`, the label with or without its number.

    Of a group of rows it is the total column unless another is named. Empty where the form has no such group."""
    if name in form.roles:
        return form.roles[name]
    for table in form.tables:
        if not name.startswith(table.key + "."):
            continue
        label, _, column = name.removeprefix(table.key + ".").partition(".")
        column = column or table.total
        rows = {
            row.key for block in table.blocks for row in block.rows if label == row.key or _printed(label, row.path)
        }
        return tuple(slot.name for slot in table.slots if slot.row.key in rows and slot.column.key == column)
    return ()


def unnumbered(label: str) -> str:
    """Remove the number from a printed label: （三）不予公开 → 不予公开."""
    return _NUMBERED.sub("", label)


def _printed(label: str, path: tuple[str, ...]) -> bool:
    return any(label in (words, unnumbered(words)) for words in path)


@lru_cache(maxsize=1024)
def counterparts(form: Form, other: Form, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the slots of another form whose sum means the same; none where the two may not be compared.

    They are those of the same role within the same tables, or else the counterpart of each cell."""
    for role, slots in form.roles.items():
        theirs = other.role(role)
        if slots == names and theirs and {form.by_name[s][0] for s in slots} == {other.by_name[s][0] for s in theirs}:
            return theirs
    cells = tuple(counterpart(form, other, name) for name in names)
    return cells if all(cells) else ()


@lru_cache(maxsize=4096)
def counterpart(form: Form, other: Form, name: str) -> str:
    """Return the slot of another form with the same printed labels, or the one cell of the same role; else ""."""
    if name.startswith("指标.") or (_is_stated(form, name) and _is_stated(other, name)):
        return name
    if name not in form.by_name:
        return ""
    table, slot = _slot(form, name)
    theirs = next((item for item in other.tables if item.id == table.id), None)
    if theirs is None:
        return ""
    for candidate in theirs.slots:
        if (candidate.row.path, candidate.column.path) == (slot.row.path, slot.column.path):
            return candidate.name
    for role, rows in form.row_roles.items():
        their_rows = other.row_roles.get(role, ())
        if rows == ((table.id, slot.row.key),) and len(their_rows) == 1 and their_rows[0][0] == theirs.id:
            cells = (cell for cell in theirs.slots if cell.row.key == their_rows[0][1])
            return next((cell.name for cell in cells if cell.column.path == slot.column.path), "")
    return ""


def _is_stated(form: Form, name: str) -> bool:
    """Tell whether a name is a figure of the form's statement (信息处理费.总金额)."""
    return form.statement is not None and form.statement.find(name) is not None


def _slot(form: Form, name: str) -> tuple[Table, FigureCell]:
    table_id, index = form.by_name[name]
    table = next(table for table in form.tables if table.id == table_id)
    return table, table.slots[index]
