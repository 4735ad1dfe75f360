"""Reads the conditional formats of an .xls ([MS-XLS] CondFmt, CF, CF12, CFEx): those that change how a figure reads.

Excel from 2007 on writes what older programs do not know, such as a number format, into CF12 and CFEx.
"""

from __future__ import annotations

import struct

from generator.readers.sheet_conditions import Area, Condition

_OPERATORS = {
    1: "between",
    2: "notBetween",
    3: "equal",
    4: "notEqual",
    5: "greaterThan",
    6: "lessThan",
    7: "greaterThanOrEqual",
    8: "lessThanOrEqual",
}
_NUMBER, _FONT, _ALIGNMENT, _BORDER, _PATTERN = (1 << bit for bit in range(25, 30))
_FONT_SIZE, _UNSET = 118, 0xFFFFFFFF
_BLACK, _WHITE, _AUTOMATIC = 8, 9, (64, 65)  # of the palette
_MOST = 2000
_HEADER = 12  # bytes at the beginning of the newer records
_CF12_LOOK, _CFEX_LOOK = _HEADER + 6, _HEADER + 14  # where the looks begin


class XlsConditions:
    """Collects the conditions of one sheet into `found`, record by record."""

    def __init__(self, found: list[Condition]) -> None:
        self._found = found
        self._areas: list[Area] = []
        self._by_number: dict[int, list[Area]] = {}

    def record(self, kind: int, body: bytes) -> None:
        """Take in a record; one that is cut off counts as a condition that may hold."""
        if kind in (0x01B0, 0x0879):
            self._place(body[_HEADER:] if kind == 0x0879 else body)
        elif len(self._found) >= _MOST:
            return
        elif kind == 0x01B1 and len(body) >= 12:
            if _dresses(body):
                self._found.append(_condition(body, self._areas))
        elif kind == 0x087A and len(body) > _HEADER:
            # a bar or an icon may stand in place of the figure
            if body[_HEADER] in (4, 6) or _newly_dressed(body[_CF12_LOOK:]):
                self._found.append(Condition(self._areas))
        elif kind == 0x087B and len(body) >= _HEADER + 6:
            self._extend(body)

    def _place(self, body: bytes) -> None:
        """Take in where the rules that follow apply, under a number by which others refer to it."""
        self._areas = _areas(body)
        if len(body) >= 4 and len(self._by_number) < _MOST:
            self._by_number[struct.unpack_from("<H", body, 2)[0] >> 1] = self._areas

    def _extend(self, body: bytes) -> None:
        """Take in more looks of a rule, or where the rule behind this record applies."""
        of_newer, number = struct.unpack_from("<LH", body, _HEADER)
        self._areas = self._by_number.get(number, [])
        if not of_newer and len(body) > _CFEX_LOOK and body[_CFEX_LOOK - 1] and _newly_dressed(body[_CFEX_LOOK:]):
            self._found.append(Condition(self._areas))


def _areas(body: bytes) -> list[Area]:
    """Read where the conditions apply: the areas behind the one around all of them."""
    if len(body) < 14:
        return []
    (count,) = struct.unpack_from("<H", body, 12)
    found = []
    for at in range(14, min(len(body) - 7, 14 + 8 * count), 8):
        top, bottom, left, right = struct.unpack_from("<HHHH", body, at)
        found.append((top, left, bottom, right))
    return found


def _condition(body: bytes, areas: list[Area]) -> Condition:
    first, second = struct.unpack_from("<HH", body, 2)
    formulas = body[len(body) - first - second :]
    texts = [_constant(part) for part in (formulas[:first], formulas[first:]) if part]
    if body[0] != 1 or "" in texts:
        return Condition(areas)
    return Condition(areas, _OPERATORS.get(body[1], ""), texts)


def _constant(formula: bytes) -> str:
    """Return the number that a formula is, "" for one that is worked out."""
    if len(formula) == 3 and formula[0] == 0x1E:
        return str(struct.unpack_from("<H", formula, 1)[0])
    if len(formula) == 9 and formula[0] == 0x1F:
        return repr(struct.unpack_from("<d", formula, 1)[0])
    return ""


def _newly_dressed(look: bytes) -> bool:
    """Tell whether the look of a newer record, behind its length, changes how a figure reads."""
    if len(look) < 4:
        return False
    (length,) = struct.unpack_from("<L", look)
    return length >= 6 and (len(look) < 10 or _dresses(bytes(6) + look[4 : 4 + length]))


def _dresses(body: bytes) -> bool:
    """Tell whether a rule strikes, raises or hides a figure or gives it another number format."""
    (flags,) = struct.unpack_from("<L", body, 6)
    if flags & _NUMBER:
        return True
    at, ink = 12, _BLACK
    if flags & _FONT:
        if len(body) < at + _FONT_SIZE:
            return True
        style, _, script = struct.unpack_from("<LHH", body, at + 68)
        colour, _, style_unset, script_unset = struct.unpack_from("<LLLL", body, at + 80)
        if (style & 0x80 and not style_unset & 0x80 and style != _UNSET) or (script in (1, 2) and not script_unset):
            return True
        ink = ink if colour == _UNSET else _basic(colour)
        at += _FONT_SIZE
    at += 8 * bool(flags & _ALIGNMENT) + 8 * bool(flags & _BORDER)
    if not flags & _PATTERN or len(body) < at + 4:
        return ink == _WHITE
    (colours,) = struct.unpack_from("<H", body, at + 2)
    # which of the two fills the cell depends on the program that wrote it
    painted = {_basic(colour) for colour in (colours & 0x7F, colours >> 7 & 0x7F) if colour not in _AUTOMATIC}
    return ink in (painted or {_WHITE})


def _basic(colour: int) -> int:
    """Return one number for colours of the palette that have two; automatic ink is black."""
    return colour + 8 if colour < 8 else _BLACK if colour in (64, 0x7FFF) else _WHITE if colour == 65 else colour
