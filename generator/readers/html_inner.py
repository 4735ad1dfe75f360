"""Puts the pages inside a page in their place: `srcdoc` of frames, and shadow trees written as templates.

Browsers show them as if they stood there; a parser keeps them apart. Only those with a table are taken in.
"""

from __future__ import annotations

import html
import re

_FRAME = re.compile(
    r"<iframe\b[^<>]{0,2000}?\bsrcdoc\s*=\s*(?:\"([^\"]*)\"|'([^']*)')[^<>]{0,2000}>(?:[^<]{0,1000}</iframe\s*>)?",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(r"<(/?)template\b([^<>]{0,1000})>", re.IGNORECASE)
_SHADOW = re.compile(r"\bshadowroot(?:mode)?\b", re.IGNORECASE)
_TABLE = re.compile(r"<table\b", re.IGNORECASE)


def taken_in(text: str) -> str:
    """Return a page with the pages inside it that have tables as parts of its own text."""
    lower = text.lower()
    if "srcdoc" in lower:
        text = _FRAME.sub(_framed, text)
    return _unfolded(text) if "shadowroot" in lower else text


def _framed(match: re.Match[str]) -> str:
    inside = html.unescape(match[1] or match[2] or "")
    return f"<div>{inside}</div>" if _TABLE.search(inside) else match[0]


def _unfolded(text: str) -> str:
    """Make elements of the templates that are shadow trees with a table; others stay as they are."""
    parts: list[str] = []
    opened: list[tuple[int, int, bool]] = []  # where it stands among the parts, where its inside begins, is it a tree
    at = 0
    for match in _TEMPLATE.finditer(text):
        parts += [text[at : match.start()], match[0]]
        at = match.end()
        if not match[1]:
            opened.append((len(parts) - 1, at, bool(_SHADOW.search(match[2]))))
        elif opened:
            place, start, shadow = opened.pop()
            if shadow and _TABLE.search(text, start, match.start()):
                parts[place], parts[-1] = "<div>", "</div>"
    return "".join([*parts, text[at:]])
