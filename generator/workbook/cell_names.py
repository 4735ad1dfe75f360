"""Names of cells as Excel writes them: column letters, A1 addresses."""

from __future__ import annotations


def address(row: int, column: int) -> str:
    """`C7` for (6, 2)."""
    return f"{letters(column)}{row + 1}"


def letters(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
