"""Tells which rules of a style sheet apply where a report is read: on the screen of a desk computer."""

from __future__ import annotations

import re

_WIDTH, _HEIGHT = 1440.0, 900.0  # pixels of the screen that questions about its size are answered for
_FEATURE = re.compile(r"\(\s*(min|max)-(?:device-)?(width|height)\s*:\s*([\d.]{1,9})(px|em|rem)?\s*\)")
# what every browser of today has
_SUPPORTED = re.compile(
    r"\(\s*(?:display\s*:\s*(?:grid|flex|inline-flex|inline-grid|flow-root|contents)|position\s*:\s*(?:-webkit-)?sticky|"
    r"--[\w-]+\s*:[^()]*|(?:aspect-ratio|gap|inset)\s*:[^()]*)\)"
)
_ORIENTATION = re.compile(r"\(\s*orientation\s*:\s*(landscape|portrait)\s*\)")


def applies(head: str) -> bool | None:
    """Tell whether a block (`@media screen and (min-width: 900px)`, or a selector) applies; None where it may."""
    if not head.startswith("@"):
        return True
    name, _, condition = head.partition(" ")
    name, condition = name.lower().partition("(")[0], condition if "(" not in name else head[head.index("(") :]
    if name == "@layer":
        return True
    if name == "@supports":
        return True if _SUPPORTED.fullmatch(condition.strip().lower()) else None
    if name in ("@container", "@scope"):
        return None
    return medium(condition) if name == "@media" else False


def medium(condition: str) -> bool | None:
    """Tell whether a list of media queries holds for a desk computer's screen; None where that cannot be told."""
    answers = [_query(query.strip().lower()) for query in condition.split(",")]
    if True in answers:
        return True
    return None if None in answers else False


def _query(query: str) -> bool | None:
    words = re.sub(r"^only\s+", "", query)
    turned = words.startswith("not ")
    answers = [_holds(part.strip()) for part in re.split(r"\band\b", words.removeprefix("not "))]
    answer = False if False in answers else None if None in answers else True
    return (not answer if answer is not None else None) if turned else answer


def _holds(part: str) -> bool | None:
    if part in ("", "all", "screen"):
        return True
    if part in ("print", "speech", "aural", "braille", "handheld", "projection", "tty", "tv", "embossed"):
        return False
    if match := _ORIENTATION.fullmatch(part):
        return match[1] == "landscape"
    match = _FEATURE.fullmatch(part)
    if match is None:
        return None
    number = float(match[3]) * (1 if match[4] in (None, "px") else 16) if match[3].count(".") < 2 else 0.0
    have = _WIDTH if match[2] == "width" else _HEIGHT
    return have >= number if match[1] == "min" else have <= number
