"""Looks at the drawn page for what is no text: figures that are drawn, pictures, the faces of annotations.

A cell without text is blank only where nothing is seen in it. Pages are drawn by pdfium, with their annotations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.finding import Message
from generator.readers.document import Mark
from generator.readers.pdf_cells import PdfSlot
from generator.readers.pdf_drawn import drawing, shades, sheet
from generator.readers.pdf_page import PdfBox, PdfChar, PdfPage
from generator.readers.pdf_tables import Ruled

_SCALE = 2.0  # pixels to the point
_INSET = 2.5  # points between the middle of a rule and what a cell shows
_CONTRAST = 64  # of 255, between ink and paper
_FEWEST = 6  # pixels of ink that are no dirt
_ALONG, _DOWN = 0.6, 0.9  # of a cell's width and height: ink that runs on is a rule
_LARGEST = 2_000.0  # points; the side of an A0 sheet is 3,370, of an A3 sheet 1,191
_CHANGED = 0.12  # of the box of a digit: what an annotation adds or takes away
_DRAWN = Message(
    "原文此格没有文字，但画着线条、图片或批注，里面的数读不出来",
    "the cell has no text, but lines, a picture or an annotation; a figure drawn in it cannot be read",
)


def doubt_drawn_blanks(data: bytes, pages: Sequence[PdfPage], tables: Mapping[int, Sequence[Ruled]]) -> None:
    """Doubt the cells without text in which something is drawn."""
    blank = {
        page.number: [(table, slot) for table in tables[page.number] for slot in table.slots if _is_blank(slot)]
        for page in pages
    }
    asked = [page for page in pages if blank[page.number] and not page.scanned]
    if not asked:
        return
    with drawing(data) as document:
        for page in asked:
            drawn = _drawn(document, page, notes=True)
            for table, slot in blank[page.number]:
                if _has_ink(_part(drawn, _inner(table, slot))):
                    slot.doubt = _DRAWN


def repainted(data: bytes, pages: Sequence[PdfPage]) -> list[PdfPage]:
    """Mark the digits of which annotations that usually hide nothing (links, highlights) show something else."""
    if not any(page.tinted for page in pages):
        return list(pages)
    with drawing(data) as document:
        return [_repainted(document, page) if page.tinted else page for page in pages]


def _repainted(document: Any, page: PdfPage) -> PdfPage:
    asked = [number for number, char in enumerate(page.chars) if _is_tinted(char, page)]
    if not asked:
        return page
    ways = [_drawn(document, page, notes) for notes in (False, True)]
    changed = {n for n in asked if _differ(*(_part(way, _core(page.chars[n])) for way in ways))}
    chars = (char._replace(mark=Mark.DRAWN) if n in changed else char for n, char in enumerate(page.chars))
    return page._replace(chars=tuple(chars))


def _drawn(document: Any, page: PdfPage, notes: bool) -> list[bytes]:
    """Draw a page in shades of grey; nothing where it cannot be drawn."""
    if document is None or max(page.width, page.height) > _LARGEST:
        return []
    with sheet(document, page) as drawn:
        if drawn is None:
            return []
        return shades(drawn.render(scale=_SCALE, grayscale=True, draw_annots=notes, may_draw_forms=False))


def _part(rows: Sequence[bytes], box: PdfBox) -> list[bytes]:
    x0, x1, top, bottom = (max(0, round(at * _SCALE)) for at in (box.x0, box.x1, box.top, box.bottom))
    return [row[x0:x1] for row in rows[top:bottom]]


def _is_blank(slot: PdfSlot) -> bool:
    return not slot.text and not slot.raw and slot.doubt is None


def _is_tinted(char: PdfChar, page: PdfPage) -> bool:
    plain = char.text.isdecimal() and char.mark is None
    return plain and any(box.holds(char.x, char.y) for box in page.tinted)


def _inner(table: Ruled, slot: PdfSlot) -> PdfBox:
    left, right = table.across[slot.column], table.across[slot.column + slot.colspan]
    top, bottom = table.down[slot.row], table.down[slot.row + slot.rowspan]
    return PdfBox(left + _INSET, top + _INSET, right - _INSET, bottom - _INSET)


def _core(char: PdfChar) -> PdfBox:
    """Return where a digit stands: above its base, not where it is underlined."""
    base = char.base if char.base is not None else char.bottom
    return PdfBox(char.x0, base - 0.75 * char.size, char.x1, base - 0.05 * char.size)


def _has_ink(rows: Sequence[bytes]) -> bool:
    """Tell whether a cell shows anything beside its paper and lines that run all along it."""
    if not rows or not rows[0]:
        return False
    paper = _paper(rows)
    dark = [[abs(value - paper) >= _CONTRAST for value in row] for row in rows]
    dark = [row for row in dark if sum(row) <= _ALONG * len(row)]
    columns = [column for column in zip(*dark, strict=True) if sum(column) <= _DOWN * len(column)]
    return sum(map(sum, columns)) >= _FEWEST


def _paper(rows: Sequence[bytes]) -> int:
    values = sorted(b"".join(rows))
    return values[len(values) // 2]


def _differ(bare: Sequence[bytes], full: Sequence[bytes]) -> bool:
    """Tell whether the ink of a digit is another where annotations are drawn; a tint alone changes its paper only."""
    before, after = (b"".join(rows) for rows in (bare, full))
    cuts = _cut(before), _cut(after)
    changed = sum((a < cuts[0]) != (b < cuts[1]) for a, b in zip(before, after, strict=True))
    return changed > _CHANGED * max(1, len(before))


def _cut(values: bytes) -> float:
    """Return the shade halfway between ink and paper."""
    values = values or b"\xff"
    return (max(values) + min(values)) / 2 if max(values) - min(values) >= _CONTRAST else 0
