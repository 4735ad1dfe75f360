"""Reads the annotations of a PDF page: links, remarks, and what lies over the figures of its tables.

A viewer shows them on top of the page: a line through a figure, a white patch, a figure typed into a form.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from generator.readers.document import Mark
from generator.readers.pdf_page import PdfBox, PdfChar, box_of

# kinds that cover, cross or replace what is beneath them
_OVER = frozenset("Square Circle Line Polygon PolyLine Ink FreeText Stamp Redact Caret Widget".split())
_HIDDEN, _NO_VIEW = 2, 32
_MOST = 500  # of one page
_LONGEST = 100
_ANCESTORS = 8  # of a field, from which it may have its value


class Over(NamedTuple):
    """Holds an area that an annotation takes, the mark of what is beneath it, and the words that it shows."""

    box: PdfBox
    mark: Mark
    words: str = ""


class Remarks(NamedTuple):
    """Holds the annotations of a page: areas with their addresses, words of remarks, what lies over the page."""

    links: list[tuple[PdfBox, str]]
    words: tuple[str, ...]
    over: list[Over]
    tinted: tuple[PdfBox, ...]  # with a face of their own, though their kind hides nothing


def remarks_of(page: Any) -> Remarks:
    """Read the annotations that a viewer shows."""
    links: list[tuple[PdfBox, str]] = []
    words: list[str] = []
    over: list[Over] = []
    tinted: list[PdfBox] = []
    for annotation in page.annots[: 10 * _MOST]:
        data = annotation.get("data", {})
        kind = str(data.get("Subtype", "")).strip("/'")
        if uri := annotation.get("uri"):
            links.append((box_of(annotation), str(uri)))
        elif kind not in ("Link", "Widget", "Popup"):
            words.append(str(annotation.get("contents") or kind))
        flags = data.get("F", 0)
        hidden = isinstance(flags, int) and bool(flags & (_HIDDEN | _NO_VIEW))
        if hidden or len(over) >= _MOST:
            continue
        if kind == "StrikeOut":
            over.append(Over(box_of(annotation), Mark.STRUCK))
        elif kind in _OVER:
            over.append(Over(box_of(annotation), Mark.DRAWN, _typed(kind, annotation)))
        elif kind != "Popup" and "AP" in data and len(tinted) < _MOST:
            tinted.append(box_of(annotation))
    return Remarks(links, tuple(words), over, tuple(tinted))


def _typed(kind: str, annotation: dict[str, Any]) -> str:
    """Return what a form field or a typed remark shows."""
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    if kind == "FreeText":
        return str(annotation.get("contents") or "")[:_LONGEST]
    field, value = resolve1(annotation.get("data", {})), None
    for _ in range(_ANCESTORS if kind == "Widget" else 0):
        if not isinstance(field, dict):
            break
        value = resolve1(field.get("V"))
        if value is not None:
            break
        field = resolve1(field.get("Parent"))
    return decode_text(value)[:_LONGEST] if isinstance(value, bytes) else ""


def marked(chars: Sequence[PdfChar], over: Sequence[Over], cells: Iterable[Iterable[PdfBox]]) -> list[PdfChar]:
    """Mark the characters of tables that something may lie over, and add what is typed there without being text."""
    boxes = [box for table in cells for box in table]
    if not boxes or not (over or any(char.unsure for char in chars)):
        return list(chars)
    made = []
    for char in chars:
        mark = next((one.mark for one in over if one.box.holds(char.x, char.y)), None)
        mark = mark or (Mark.DRAWN if char.unsure else None)
        inside = mark is not None and char.mark is None and any(box.holds(char.x, char.y) for box in boxes)
        made.append(char._replace(mark=mark) if inside else char)
    for one in over:
        char = PdfChar(one.words.strip(), *one.box, one.box.bottom - one.box.top, mark=one.mark)
        if char.text and any(box.holds(char.x, char.y) for box in boxes):
            made.append(char)
    return made
