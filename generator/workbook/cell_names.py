"""Converts rows and columns, counted from 0, to cell names as Excel writes them."""

from __future__ import annotations


def address(row: int, column: int) -> str:
    """Return the A1 address of a cell: `C7` for (6, 2)."""
    return f"{letters(column)}{row + 1}"


def letters(column: int) -> str:
    """Return the letters of a column: `A` for 0, `AA` for 26."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
