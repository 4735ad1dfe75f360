"""Scans the records of an .xls ([MS-XLS]) for what calamine does not tell: visibility, errors, comments, extents."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from generator.readers.document import Mark, Unreadable
from generator.readers.notes import ENCRYPTED, damaged, refuse
from generator.readers.ole import Compound, summary
from generator.readers.sheet_conditions import Condition
from generator.readers.sheet_covers import XlsDrawings
from generator.readers.sheet_formats import Look, Seen, look_of_number
from generator.readers.sheet_looks import CellLook, Run, Trust, decimal, seen_pieces, trust
from generator.readers.sheet_styles import CellStyle
from generator.readers.sheet_xls_conditions import XlsConditions
from generator.readers.sheet_xls_styles import XlsStyles

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
# Types of records that begin with a row and a column: any of them may extend the sheet.
_CELLS = {
    *(0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x00BD, 0x00D6, 0x00FD),
    *(0x0203, 0x0204, 0x0205, 0x0206, 0x027E, 0x0406),
}
_FORMULAS = (0x0006, 0x0206, 0x0406)
_SHEETS = 256


@dataclass
class XlsTab:
    """Holds what the records tell of one sheet; rows and columns count from 0."""

    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    percent: set[tuple[int, int]] = field(default_factory=set)
    looks: dict[tuple[int, int], CellLook] = field(default_factory=dict)
    conditions: list[Condition] = field(default_factory=list)
    drawings: XlsDrawings = field(default_factory=XlsDrawings)
    notes: int = 0
    zeros: bool = True  # zeros are shown
    bottom: int = -1
    right: int = -1

    @property
    def area(self) -> int:
        return (self.bottom + 1) * (self.right + 1)


@dataclass
class XlsWorkbook:
    """Holds the sheets in the workbook's order, its cell styles and rich texts, and the trust in its results; `stream`
    is the bytes of its records."""

    stream: bytes
    tabs: list[XlsTab] = field(default_factory=list)
    styles: list[CellStyle] = field(default_factory=list)
    rich: dict[int, tuple[Run, ...]] = field(default_factory=dict)
    trust: Trust = Trust.NONE
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
    program = summary(compound).get("application", "")
    looks = XlsStyles()
    for kind, body in _records(stream, 0):
        looks.record(kind, body)
        if kind == 0x0085 and len(body) >= 6:
            places.append(struct.unpack_from("<L", body)[0])
            book.tabs.append(XlsTab(hidden=bool(body[4] & 3)))
        elif kind == 0x00FC and len(body) >= 8 and struct.unpack_from("<L", body, 4)[0] > len(stream):
            raise damaged()
        elif kind == 0x002F:
            raise Unreadable(ENCRYPTED)
        elif kind == 0x005C and not program and len(body) > 7 and body[3:7] == b"Calc":
            program = "Calc"  # LibreOffice names itself only as whoever wrote the file
        elif kind == 0x01AE and len(body) >= 4 and body[2:4] not in (b"\x01\x04", b"\x01\x3a"):
            book.outside = True
    if len(places) > _SHEETS:
        raise refuse(f"工作表超过 {_SHEETS} 个，不读取。", f"The workbook has more than {_SHEETS} sheets.")
    book.styles, book.rich, book.trust = looks.styles(), looks.rich(), trust(program)
    for place, tab in zip(places, book.tabs, strict=True):
        conditions = XlsConditions(tab.conditions)
        for kind, body in _records(stream, place):
            _check_dimensions(kind, body)
            _record(book, tab, kind, body)
            conditions.record(kind, body)
            tab.drawings.record(kind, body)
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


def _record(book: XlsWorkbook, tab: XlsTab, kind: int, body: bytes) -> None:
    if kind in _CELLS and len(body) >= 4:
        row, column = struct.unpack_from("<HH", body)
        last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == 0x00BD and len(body) >= 6 else column
        tab.bottom, tab.right = max(tab.bottom, row), max(tab.right, column, last)
        _error(tab, kind, body, row, column)
        for number, style, rest in _cells(kind, body):
            _look(book, tab, kind, (row, number), style, rest)
    elif kind == 0x0208 and len(body) >= 14 and struct.unpack_from("<H", body, 12)[0] & 0x20:
        tab.hidden_rows.add(struct.unpack_from("<H", body)[0])
    elif kind == 0x007D and len(body) >= 10:
        first, last, width, _, options = struct.unpack_from("<HHHHH", body)
        if options & 1 or not width:
            tab.hidden_columns.append((first, last))
    elif kind == 0x001C:
        tab.notes += 1
    elif kind == 0x023E and len(body) >= 2 and not struct.unpack_from("<H", body)[0] & 0x10:
        tab.zeros = False
        for look in tab.looks.values():
            _hide_zero(look)


def _cells(kind: int, body: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield column, style and content of the cells of a record; MULRK holds a row of them."""
    column = struct.unpack_from("<H", body, 2)[0]
    if kind == 0x00BD:
        for at in range(4, len(body) - 7, 6):
            yield column + (at - 4) // 6, struct.unpack_from("<H", body, at)[0], body[at + 2 : at + 6]
    elif kind != 0x00BE and len(body) >= 6:
        yield column, struct.unpack_from("<H", body, 4)[0], body[6:]


def _look(book: XlsWorkbook, tab: XlsTab, kind: int, place: tuple[int, int], style_number: int, content: bytes) -> None:
    """Keep what is unusual about a cell."""
    style = book.styles[style_number] if style_number < len(book.styles) else CellStyle()
    number = _number(kind, content)
    logical = (kind == 0x0205 and content[1:2] == b"\0") or (_result(kind, content) == 1)
    look = CellLook(code=style.code, number=number, truth=logical, error=place in tab.errors)
    if kind in _FORMULAS and (book.trust is Trust.NONE or (book.trust is Trust.NOT_ZERO and number == 0)):
        look.formula = ""
    if number is not None:
        if style.code.endswith("%"):
            tab.percent.add(place)
        look.seen = None if style.usual else look_of_number(style.code, number)
    runs = book.rich.get(struct.unpack_from("<L", content)[0], ()) if kind == 0x00FD and len(content) >= 4 else ()
    if runs:
        look.pieces, hidden = seen_pieces(runs, style.face, style.background)
        look.unseen, look.partly = hidden and not look.pieces, hidden and bool(look.pieces)
    else:
        look.unseen, look.mark = style.face.unseen(style.background), style.face.mark
        if style.repeated:
            look.mark = Mark.DRAWN
    if not tab.zeros:
        _hide_zero(look)
    if look != CellLook(code=style.code, number=number) or not style.usual or number == 0:
        tab.looks[place] = look


def _hide_zero(look: CellLook) -> None:
    if look.number == 0:
        look.seen = Look(Seen.TEXT)


def _number(kind: int, content: bytes) -> Decimal | None:
    """Read the number of a cell: a double, or one packed into four bytes; None where it holds something else."""
    if kind in (0x027E, 0x00BD) and len(content) >= 4:
        packed = struct.unpack_from("<l", content)[0]
        value = packed >> 2 if packed & 2 else struct.unpack("<d", bytes(4) + struct.pack("<l", packed & ~3))[0]
        return decimal(str(value / 100 if packed & 1 else value))
    if (kind == 0x0203 or (kind in _FORMULAS and _result(kind, content) is None)) and len(content) >= 8:
        return decimal(str(struct.unpack_from("<d", content)[0]))
    return None


def _result(kind: int, content: bytes) -> int | None:
    """Return what the result of a formula is if it is no number: 0 text, 1 logical, 2 error, 3 empty text."""
    return content[0] if kind in _FORMULAS and len(content) >= 8 and content[6:8] == b"\xff\xff" else None


def _error(tab: XlsTab, kind: int, body: bytes, row: int, column: int) -> None:
    if kind == 0x0205 and len(body) >= 8 and body[7] == 1:
        tab.errors[row, column] = _ERRORS.get(body[6], "#N/A")
    elif kind in _FORMULAS and _result(kind, body[6:]) == 2:
        tab.errors[row, column] = _ERRORS.get(body[8], "#N/A")
