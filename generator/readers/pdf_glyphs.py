"""Compares the digits of a PDF's fonts with what they draw.

A font says itself which character each of its glyphs is (ToUnicode); where it says 1 and draws 7, a person sees 7. Each
digit of each font is drawn once or twice by pdfium and looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from unicodedata import category

from generator.readers.digit_shapes import possible_digits
from generator.readers.document import Mark
from generator.readers.pdf_drawn import drawing, shades, sheet
from generator.readers.pdf_page import UNKNOWN, Glyph, PdfChar, PdfPage

_PIXELS = 64  # of the size of letters
_SAMPLES = 2  # of each digit of each font
_MOST = 400  # digits of fonts; a report has some thirty
_PALE = 0.7  # of each colour at least
_SMALLEST, _LARGEST = 5.0, 72.0  # points
_NARROWEST = 0.5  # points of a digit that its font gives a width
_ABOVE, _BELOW = 0.95, 0.15  # sizes from the base

Samples = dict[Glyph, list[tuple[int, PdfChar]]]


def compared(data: bytes, pages: Sequence[PdfPage]) -> list[PdfPage]:
    """Mark the digits that are drawn as other characters; all of a font in which more than one is."""
    samples, beyond = _samples(pages)
    wrong = {*beyond, *_mistaken(data, pages, samples)} if samples else beyond
    if not wrong:
        return list(pages)
    empty = {glyph for glyph, found in samples.items() if found and _is_empty(found[0][1].text)}
    fonts = {font for font, count in Counter(glyph.font for glyph in wrong - empty).items() if count > 1}
    return [page._replace(chars=tuple(_marked(page.chars, wrong, fonts))) for page in pages]


def _marked(chars: Iterable[PdfChar], wrong: set[Glyph], fonts: set[int]) -> Iterable[PdfChar]:
    for char in chars:
        glyph = char.glyph if char.mark is None else None
        if glyph is not None and glyph in wrong and _is_empty(char.text):
            yield char._replace(text=UNKNOWN)
        elif glyph is not None and char.text.isdecimal() and (glyph in wrong or glyph.font in fonts):
            yield char._replace(mark=Mark.OTHER)
        else:
            yield char


def _samples(pages: Sequence[PdfPage]) -> tuple[Samples, set[Glyph]]:
    """Choose digits to look at by their glyph, and return those for which there is no room."""
    found: Samples = {}
    beyond: set[Glyph] = set()
    for number, page in enumerate(pages):
        for before, char, after in () if page.scanned else _neighbours(page.chars):
            plain = char.mark is None and not char.unsure and char.base is not None
            asked = _is_digit(char.text) or (_is_empty(char.text) and _is_digit(before) and _is_digit(after))
            if char.glyph is None or not (plain and asked):
                continue
            narrow = char.x1 - char.x0 < _NARROWEST and bool(char.text.strip())
            if len(char.text) > 1 or narrow or char.untold or (char.glyph not in found and len(found) >= _MOST):
                beyond.add(char.glyph)
            elif _SMALLEST <= char.size <= _LARGEST:
                _keep(found.setdefault(char.glyph, []), number, char)
    return found, beyond


def _keep(samples: list[tuple[int, PdfChar]], number: int, char: PdfChar) -> None:
    """Add a sample while there is room for it, or in the place of one so pale that its shape is hard to tell."""
    if len(samples) < _SAMPLES:
        samples.append((number, char))
    elif not _is_pale(char):
        at = next((at for at, (_, sample) in enumerate(samples) if _is_pale(sample)), None)
        if at is not None:
            samples[at] = number, char


def _is_pale(char: PdfChar) -> bool:
    return char.color is not None and min(char.color) > _PALE


def _neighbours(chars: Sequence[PdfChar]) -> Iterator[tuple[str, PdfChar, str]]:
    """Yield each character between the texts of the one before and the one after it."""
    texts = ["", *(char.text for char in chars), ""]
    return zip(texts, chars, texts[2:], strict=False)


def _is_digit(text: str) -> bool:
    return text.isdecimal() and text.isascii()


def _is_empty(text: str) -> bool:
    """Tell what shows nothing; between digits it may be a digit that the font calls a blank."""
    return all(char.isspace() or category(char) == "Cf" for char in text)


def _mistaken(data: bytes, pages: Sequence[PdfPage], samples: Samples) -> set[Glyph]:
    """Return the glyphs all samples of which show another digit than their font says, or nothing."""
    by_page: dict[int, list[tuple[Glyph, PdfChar]]] = {}
    for glyph, found in samples.items():
        for number, char in found:
            by_page.setdefault(number, []).append((glyph, char))
    seen: dict[Glyph, list[bool]] = {}
    with drawing(data) as document:
        for number, asked in by_page.items() if document is not None else ():
            for glyph, right in _looked_at(document, pages[number], asked):
                seen.setdefault(glyph, []).append(right)
    return {glyph for glyph, rights in seen.items() if not any(rights)}


def _looked_at(document: Any, page: PdfPage, asked: Sequence[tuple[Glyph, PdfChar]]) -> Iterator[tuple[Glyph, bool]]:
    """Yield whether each glyph of a page may be the digit that it is called, without annotations upon it."""
    with sheet(document, page) as drawn:
        for glyph, char in asked if drawn is not None else ():
            top, bottom = _edges(char)
            crop = (char.x0, page.height - bottom, page.width - char.x1, top)
            if min(crop) >= 0 and char.x1 - char.x0 >= 1:
                options = {"grayscale": True, "draw_annots": False, "may_draw_forms": False}
                bitmap = drawn.render(scale=_PIXELS / char.size, crop=crop, **options)
                drawn_digits = possible_digits(shades(bitmap))
                yield glyph, not drawn_digits if _is_empty(char.text) else char.text in drawn_digits


def _edges(char: PdfChar) -> tuple[float, float]:
    base = char.base or 0.0
    return base - _ABOVE * char.size, base + _BELOW * char.size
