"""Scans the records of an .xls ([MS-XLS]) for what calamine does not tell: visibility, errors, comments, extents."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.readers.document import Unreadable
from generator.readers.notes import ENCRYPTED, damaged, refuse
from generator.readers.ole import Compound

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
# Types of records that begin with a row and a column: any of them may extend the sheet.
_CELLS = {
    *(0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x00BD, 0x00D6, 0x00FD),
    *(0x0203, 0x0204, 0x0205, 0x0206, 0x027E, 0x0406),
}
_SHEETS = 256


@dataclass
class XlsTab:
    """Holds what the records tell of one sheet; rows and columns count from 0."""

    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    percent: set[tuple[int, int]] = field(default_factory=set)
    notes: int = 0
    bottom: int = -1
    right: int = -1

    @property
    def area(self) -> int:
        return (self.bottom + 1) * (self.right + 1)


@dataclass
class XlsWorkbook:
    """Holds the sheets in the workbook's order; `stream` is the bytes of its records."""

    stream: bytes
    tabs: list[XlsTab] = field(default_factory=list)
    outside: bool = False
    macros: bool = False


def scan(data: bytes) -> XlsWorkbook:
    """Scan the workbook stream; raises Unreadable when it is encrypted, damaged or lists too many sheets."""
    compound = Compound(data)
    stream = compound.read("Workbook") or compound.read("Book")
    if not stream:
        raise damaged()
    book = XlsWorkbook(stream, macros=bool({"_VBA_PROJECT_CUR", "VBA"} & compound.names))
    places: list[int] = []
    formats: list[int] = []  # the number format of each cell style
    percents = {9, 10}
    for kind, body in _records(stream, 0):
        if kind == 0x0085 and len(body) >= 6:
            places.append(struct.unpack_from("<L", body)[0])
            book.tabs.append(XlsTab(hidden=bool(body[4] & 3)))
        elif kind == 0x00E0 and len(body) >= 4:
            formats.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == 0x041E and len(body) >= 5 and b"%" in body[5:].rstrip(b"\0")[-2:]:
            percents.add(struct.unpack_from("<H", body)[0])
        elif kind == 0x00FC and len(body) >= 8 and struct.unpack_from("<L", body, 4)[0] > len(stream):
            raise damaged()
        elif kind == 0x002F:
            raise Unreadable(ENCRYPTED)
        elif kind == 0x01AE and len(body) >= 4 and body[2:4] not in (b"\x01\x04", b"\x01\x3a"):
            book.outside = True
    if len(places) > _SHEETS:
        raise refuse(f"工作表超过 {_SHEETS} 个，不读取。", f"The workbook has more than {_SHEETS} sheets.")
    styles = {number for number, code in enumerate(formats) if code in percents}
    for place, tab in zip(places, book.tabs, strict=True):
        for kind, body in _records(stream, place):
            _check_dimensions(kind, body)
            _record(tab, kind, body, styles)
    return book


def _check_dimensions(kind: int, body: bytes) -> None:
    """Refuse DIMENSIONS beyond what the format allows, for calamine reserves memory for all cells they declare."""
    if kind == 0x0200 and len(body) >= 10:
        layout = "<LLHH" if len(body) >= 14 else "<HHHH"
        first_row, last_row, first_column, last_column = struct.unpack_from(layout, body)
        if max(first_row, last_row) > 65_536 or max(first_column, last_column) > 256:
            raise damaged()


def _records(stream: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """Yield (type, body) of the records of one substream up to its end."""
    while position + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        yield kind, stream[position + 4 : position + 4 + length]
        if kind == 0x000A:
            return
        position += 4 + length


def _record(tab: XlsTab, kind: int, body: bytes, styles: set[int]) -> None:
    if kind in _CELLS and len(body) >= 4:
        row, column = struct.unpack_from("<HH", body)
        last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == 0x00BD and len(body) >= 6 else column
        tab.bottom, tab.right = max(tab.bottom, row), max(tab.right, column, last)
        _error(tab, kind, body, row, column)
        if len(body) >= 6 and struct.unpack_from("<H", body, 4)[0] in styles and kind in (0x0006, 0x0203, 0x027E):
            tab.percent.add((row, column))
    elif kind == 0x0208 and len(body) >= 14 and struct.unpack_from("<H", body, 12)[0] & 0x20:
        tab.hidden_rows.add(struct.unpack_from("<H", body)[0])
    elif kind == 0x007D and len(body) >= 10 and struct.unpack_from("<H", body, 8)[0] & 1:
        first, last = struct.unpack_from("<HH", body)
        tab.hidden_columns.append((first, last))
    elif kind == 0x001C:
        tab.notes += 1


def _error(tab: XlsTab, kind: int, body: bytes, row: int, column: int) -> None:
    if kind == 0x0205 and len(body) >= 8 and body[7] == 1:
        tab.errors[row, column] = _ERRORS.get(body[6], "#N/A")
    elif kind in (0x0006, 0x0206, 0x0406) and len(body) >= 14 and body[6] == 2 and body[12:14] == b"\xff\xff":
        tab.errors[row, column] = _ERRORS.get(body[8], "#N/A")
