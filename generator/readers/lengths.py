"""Reads lengths of style sheets in pixels."""

from __future__ import annotations

import re

_LENGTH = re.compile(r"([+-]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9}))(px|pt|em|ex|ch|rem|%|in|cm|mm|pc|vw|vh)?")
_PIXELS = {
    "px": 1.0,
    "": 1.0,
    "pt": 4 / 3,
    "rem": 16.0,
    "in": 96.0,
    "cm": 37.8,
    "mm": 3.78,
    "pc": 16.0,
    "vw": 14.4,
    "vh": 9.0,
}
_LETTERS = {"em": 1.0, "%": 100.0, "ex": 2.0, "ch": 2.0}


def pixels(text: str, size: float) -> float | None:
    """Read a length in pixels; `size` is what em and % refer to. None for what is no length."""
    match = _LENGTH.fullmatch(text.strip())
    if match is None:
        return None
    number, unit = float(match[1]), match[2] or ""
    return number * size / _LETTERS[unit] if unit in _LETTERS else number * _PIXELS[unit]
