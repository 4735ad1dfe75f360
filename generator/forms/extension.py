"""Adds rows that a report prints beyond its form (增加行): the form's declaration is parsed again with them."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from generator.forms.declaration import label_of, tables_of
from generator.forms.model import Form, plain_label


class NewRow(NamedTuple):
    """Describes a row that a report prints beyond the form, in the table with the key `table`.

    It stands right `after` a row, or last `inside` a row or group, else at the table's end; both are given by row key
    or printed label."""

    table: str
    key: str
    label: str
    unit: str
    after: str = ""
    inside: str = ""


@lru_cache(maxsize=256)
def extended(form: Form, rows: tuple[NewRow, ...]) -> Form:
    """Return the form with added rows; equal rows give the same form. KeyError names a place that the form lacks."""
    raw = dict(form.declared)
    raw["tables"] = deepcopy(raw["tables"])
    for row in rows:
        table = next(table for table in raw["tables"] if table["key"] == row.table)
        node = {"key": row.key, "label": row.label, "added": True, "id": f"added.{_id_of(row.key)}"}
        if table["blocks"][-1].get("listed"):
            node["unit"] = row.unit
            # The form says nothing about an added row: one counted in money may have decimals.
            node["decimal"] = row.unit.endswith("元")
        _insert(table, node, row)
    return replace(form, tables=tables_of(raw), declared=raw)


def _id_of(key: str) -> str:
    """Make an id of the words that a clerk typed for a row: never equal for two keys, and valid in an address."""
    return "".join(letter if letter.isalnum() else f"_{ord(letter):x}" for letter in key)


def knows_row(form: Form, table: str, name: str) -> bool:
    """Tell whether the table with this key prints a row or group under this key or label."""
    blocks = next(raw["blocks"] for raw in form.declared["tables"] if raw["key"] == table)
    return any(_find(block["rows"], name) is not None for block in blocks)


def _insert(table: dict[str, Any], node: dict[str, Any], row: NewRow) -> None:
    place = row.after or row.inside
    if not place:
        table["blocks"][-1]["rows"].append(node)
        return
    for block in table["blocks"]:
        position = _find(block["rows"], place)
        if position is None:
            continue
        siblings, at = position
        if row.after or ("rows" not in siblings[at] and not block.get("listed")):
            siblings.insert(at + 1, node)
        else:
            siblings[at].setdefault("rows", []).append(node)
        return
    raise KeyError(place)


def _find(nodes: list[dict[str, Any]], name: str) -> tuple[list[dict[str, Any]], int] | None:
    """Find a row or group by key or label (`plain_label`); return the list that holds it and its index there."""
    words = plain_label(name)
    for number, node in enumerate(nodes):
        if name in (node.get("key"), node.get("label")) or (words and words == plain_label(label_of(node))):
            return nodes, number
        position = _find(node.get("rows", []), name)
        if position is not None:
            return position
    return None
