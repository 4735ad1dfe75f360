"""Gives rows and cells addresses in words, which stand behind “#” in links: t3-不予公开-属于国家秘密."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from generator.forms.model import Block, FormColumn, FormRow, Group, Table, plain_label

_NO_WORD = re.compile(r"[^\w·]+")


@lru_cache(maxsize=256)
def row_addresses(table: Table) -> Mapping[str, str]:
    """Map the key of each row to its address on the page of a report: the table, the groups above the row but the
    outermost, and the row's key.

    The table must have the labels of the declaration, whatever the language of the page, so that a link holds in both.
    Addresses are the same in all years of a form; those of added rows never change one of the form's, and none differs
    from another, or from that of a cell or the id of a column, by case alone."""
    taken = {f"{table.id}-{name}".casefold() for block in table.blocks for name in _column_ids(block.column_tree)}
    rows = [(block, row) for block in table.blocks for row in block.rows]
    made = {}
    for block, row in sorted(rows, key=lambda pair: pair[1].added):
        cells = [cell_address("", column) for column in table.row_columns[row.key]]
        made[row.key] = _free("-".join([table.id, *filter(None, _words(block, row))]), cells, taken)
    return MappingProxyType(made)


def cell_address(row: str, column: FormColumn) -> str:
    """Return the address of a cell in the row with this address."""
    return f"{row}-{_word(column.key)}"


def _column_ids(groups: tuple[Group, ...]) -> list[str]:
    return [name for group in groups for name in (group.id, *_column_ids(group.parts))]


def _words(block: Block, row: FormRow) -> list[str]:
    above = () if block.listed else row.path[1:-1]
    return [*(_word(plain_label(label)) for label in above), _word(row.key) or row.id]


def _word(text: str) -> str:
    """Return a text as part of an address: without blanks, and signs that links have a use for."""
    return _NO_WORD.sub("-", text).strip("-")


def _free(wanted: str, cells: list[str], taken: set[str]) -> str:
    """Take an address and those of its cells, which end in `cells`, with a number behind it where another has one."""
    name, number = wanted, 1
    while not taken.isdisjoint(names := [f"{name}{end}".casefold() for end in ("", *cells)]):
        number += 1
        name = f"{wanted}-{number}"
    taken.update(names)
    return name
