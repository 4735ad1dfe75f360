"""Tells which digits of a font outside the file nobody can vouch for.

A viewer draws such a font from its own system, by the font's encoding. Where what the font calls its characters
(ToUnicode) says another thing, or the encoding means nothing without the very font, what is seen is not what is read.
"""

from __future__ import annotations

from typing import Any


def is_untold(font: Any, code: int, text: str) -> bool:
    """Tell a character of a font outside the file that is a digit by its ToUnicode or its encoding, but not the same by
    both."""
    if getattr(font, "unicode_map", None) is None or _is_inside(font):
        return False
    drawn = _collected(font, code) if font.is_multibyte() else getattr(font, "cid2unicode", {}).get(code)
    if drawn is None:
        return text.isdecimal() and bool(font.is_multibyte())
    return drawn != text and any(map(str.isdecimal, (drawn, text)))


def _is_inside(font: Any) -> bool:
    from pdfminer.pdffont import PDFType3Font

    return isinstance(font, PDFType3Font) or any(name.startswith("FontFile") for name in font.descriptor)


def _collected(font: Any, code: int) -> str | None:
    """Return the character of a glyph in the collection that the font names (Adobe-GB1 …); None for none."""
    from pdfminer.cmapdb import CMapDB
    from pdfminer.pdfexceptions import PDFException

    try:
        found = CMapDB.get_unicode_map(str(font.cidcoding), False).get_unichr(code)
    except (PDFException, KeyError, CMapDB.CMapNotFound):
        return None
    return str(found)
