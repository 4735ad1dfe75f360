"""Reads the conditional formats of an .xls ([MS-XLS] CONDFMT, CF, CF12): those that change how a figure reads."""

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


class XlsConditions:
    """Collects the conditions of one sheet into `found`, record by record."""

    def __init__(self, found: list[Condition]) -> None:
        self._found = found
        self._areas: list[Area] = []

    def record(self, kind: int, body: bytes) -> None:
        """Take in a record; one that is cut off counts as a condition that may hold."""
        if kind in (0x01B0, 0x0879):
            self._areas = _areas(body[12:] if kind == 0x0879 else body)
        elif kind == 0x01B1 and len(body) >= 12 and len(self._found) < _MOST:
            if _dresses(body):
                self._found.append(_condition(body, self._areas))
        elif kind == 0x087A and len(body) > 12 and body[12] in (4, 6) and len(self._found) < _MOST:
            self._found.append(Condition(self._areas))  # a bar or an icon, which may stand in place of the figure


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
