"""Compares the digits of a PDF's fonts with what they draw.

A font says itself which character each of its glyphs is (ToUnicode); where it says 1 and draws 7, a person sees 7. Each
digit of each font is drawn once or twice by pdfium and looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from generator.readers.digit_shapes import possible_digits
from generator.readers.document import Mark
from generator.readers.pdf_page import Glyph, PdfChar, PdfPage

_PIXELS = 64  # of the size of letters
_SAMPLES = 2  # of each digit of each font
_MOST = 400  # digits of fonts; a report has some thirty
_SMALLEST, _LARGEST = 5.0, 72.0  # points
_ABOVE, _BELOW = 0.95, 0.15  # sizes from the base

Samples = dict[Glyph, list[tuple[int, PdfChar]]]


def compared(data: bytes, pages: Sequence[PdfPage]) -> list[PdfPage]:
    """Mark the digits that are drawn as other characters; all of a font in which more than one is."""
    samples, beyond = _samples(pages)
    wrong = {*beyond, *_mistaken(data, samples)} if samples else beyond
    if not wrong:
        return list(pages)
    fonts = {font for font, count in Counter(glyph.font for glyph in wrong).items() if count > 1}
    return [page._replace(chars=tuple(_marked(page.chars, wrong, fonts))) for page in pages]


def _marked(chars: Iterable[PdfChar], wrong: set[Glyph], fonts: set[int]) -> Iterable[PdfChar]:
    for char in chars:
        glyph = char.glyph if char.text.isdecimal() and char.mark is None else None
        taken = glyph is not None and (glyph in wrong or glyph.font in fonts)
        yield char._replace(mark=Mark.OTHER) if taken else char


def _samples(pages: Sequence[PdfPage]) -> tuple[Samples, set[Glyph]]:
    """Choose digits to look at by their glyph, and return those for which there is no room."""
    found: Samples = {}
    beyond: set[Glyph] = set()
    for number, page in enumerate(pages):
        for char in () if page.scanned else page.chars:
            plain = char.mark is None and not char.unsure and char.base is not None
            if char.glyph is None or not (plain and char.text.isdecimal() and char.text.isascii()):
                continue
            if char.glyph not in found and len(found) >= _MOST:
                beyond.add(char.glyph)
            elif _SMALLEST <= char.size <= _LARGEST and len(found.setdefault(char.glyph, [])) < _SAMPLES:
                found[char.glyph].append((number, char))
    return found, beyond


def _mistaken(data: bytes, samples: Samples) -> set[Glyph]:
    """Return the glyphs all samples of which show another digit than their font says, or nothing."""
    import pypdfium2  # type: ignore[import-untyped]

    by_page: dict[int, list[tuple[Glyph, PdfChar]]] = {}
    for glyph, found in samples.items():
        for number, char in found:
            by_page.setdefault(number, []).append((glyph, char))
    seen: dict[Glyph, list[bool]] = {}
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return set()  # what pdfminer reads nevertheless
    with document:
        for number, asked in by_page.items():
            for glyph, right in _looked_at(document, number, asked):
                seen.setdefault(glyph, []).append(right)
    return {glyph for glyph, rights in seen.items() if not any(rights)}


def _looked_at(document: Any, number: int, asked: Sequence[tuple[Glyph, PdfChar]]) -> Iterable[tuple[Glyph, bool]]:
    """Yield whether each glyph of a page may be the digit that it is called; nothing of a page that is turned."""
    page = document[number]
    wide, high = page.get_size()
    if page.get_rotation() == 0 and page.get_mediabox()[:2] == (0, 0):
        for glyph, char in asked:
            top, bottom = _edges(char)
            crop = (char.x0, high - bottom, wide - char.x1, top)
            if min(crop) >= 0 and char.x1 - char.x0 >= 1:
                bitmap = page.render(scale=_PIXELS / char.size, crop=crop, grayscale=True, may_draw_forms=False)
                yield glyph, char.text in possible_digits(_rows(bitmap))
                bitmap.close()
    page.close()


def _edges(char: PdfChar) -> tuple[float, float]:
    base = char.base or 0.0
    return base - _ABOVE * char.size, base + _BELOW * char.size


def _rows(bitmap: Any) -> list[bytes]:
    data = bytes(bitmap.buffer)
    return [data[at : at + bitmap.width] for at in range(0, bitmap.height * bitmap.stride, bitmap.stride)]
