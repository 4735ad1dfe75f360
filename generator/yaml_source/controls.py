"""Knows the characters that nobody sees and that must not reach a page: controls and marks of writing direction."""

from __future__ import annotations

import re

# C0 without tab and line feed, DEL, C1, line and paragraph separators, bidi marks, embeddings and isolates, a byte
# order mark inside, interlinear marks, surrogates, non-characters, tags
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def code_of(character: str) -> str:
    """Write a character as U+202E."""
    return f"U+{ord(character):04X}"
