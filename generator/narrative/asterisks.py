"""Tells an asterisk that marks emphasis from one that stands for itself, as in 3*4*5 or 长*宽*高."""

from __future__ import annotations

import re
from functools import cache

_WIDE = (
    "\u2e80-\u2fdf\u2ff0-\u303f\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U0001f200-\U0001f2ff\U00020000-\U0003ffff"
)
# what may end a factor, and what may begin one
_ENDS = frozenset(")）]】}｝〕%％‰℃°′″")
_CLOSED = frozenset("）】」』》”")
_BEGINS = frozenset("(（[【{｛〔")


@cache
def _in(characters: str) -> re.Pattern[str]:
    """Compiles a set of characters when it is asked for: that takes long, and few narratives have asterisks."""
    return re.compile(f"[{characters}]")


def is_chinese(char: str) -> bool:
    """Tell whether a character is a Chinese one."""
    return _in(_WIDE).match(char) is not None


def is_wide(char: str) -> bool:
    """Tell whether a character counts as Chinese next to a line break, as do quotes and dashes shared with Latin."""
    return _in(_WIDE + "“”‘’…—·").match(char) is not None


def flanks(before: str, behind: str, length: int) -> tuple[bool, bool]:
    """Tell whether a run of asterisks between two characters must not open, and must not close, emphasis.

    A single asterisk is emphasis only around whole words: beside a digit, between letters or between brackets it is
    a multiplication. Two and more are literal between Latin letters or digits only (2**3)."""
    if length > 1:
        literal = _is_latin(before) and _is_latin(behind)
        return literal, literal
    not_opening = before.isalnum() or before in _ENDS or behind.isdecimal()
    goes_on = behind.isdecimal() or (behind.isalnum() and not (before in _CLOSED and is_chinese(behind)))
    return not_opening, goes_on or behind in _BEGINS or before.isdecimal()


def _is_latin(char: str) -> bool:
    return char.isdecimal() or (char.isalnum() and not is_chinese(char))
