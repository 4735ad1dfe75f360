"""Reads comma-separated values (RFC 4180, and what Excel writes with semicolons or tabs) into one table."""

from __future__ import annotations

import csv
import io
import re

from generator.finding import Message
from generator.readers.document import BlockPlace, DocumentCell, DocumentTable, Limits, Unreadable
from generator.readers.rectangle import too_large

_DELIMITERS = ",;\t|"
_LOOKED_AT = 200  # lines
_KEPT = re.compile(r'="([^"]*)"')
_BROKEN = Message(
    "这个 CSV 文件的引号不成对，分不出各格：请用 Excel 打开核对，另存为 .xlsx 再导入",
    "the quotes of this CSV file do not match, its cells cannot be told apart; open it in Excel and save it as .xlsx",
)


def read_delimited(text: str, limits: Limits) -> DocumentTable | None:
    """Read a table of as many columns as the longest line; None when there is not more than one column."""
    rows = _rows(text.lstrip("\ufeff"), limits)
    width = max(map(len, rows), default=0)
    if width < 2:
        return None
    if width * len(rows) > limits.cells:
        raise too_large(limits)
    filled = (tuple(DocumentCell(_text(cell)) for cell in (*row, *[""] * (width - len(row)))) for row in rows)
    return DocumentTable(tuple(filled), BlockPlace(table=1, line=1))


def _text(cell: str) -> str:
    """Return what Excel shows of a cell: `="0022"` keeps 0022 from becoming 22."""
    kept = _KEPT.fullmatch(cell.strip())
    return kept[1] if kept else cell.strip()


def _rows(text: str, limits: Limits) -> list[list[str]]:
    lines = [line for line in text.split("\n") if line.strip()][:_LOOKED_AT]  # the first may be a title alone
    delimiter = max(
        _DELIMITERS, key=lambda sign: (sum(sign in line for line in lines), sum(line.count(sign) for line in lines))
    )
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            cells += len(row)
            if cells > limits.cells:
                raise too_large(limits)
            if any(map(str.strip, row)):
                rows.append(row)
    except csv.Error as error:
        raise Unreadable(_BROKEN) from error
    return rows
