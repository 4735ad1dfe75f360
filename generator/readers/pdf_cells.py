"""Writes the text of one cell of a PDF table from its characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.finding import Message
from generator.readers.document import Mark, plain_and_marked
from generator.readers.pdf_marks import SMALL, overprinted, pieces_of, shift
from generator.readers.pdf_page import PdfChar, PdfLine, lines
from generator.readers.pdf_turned import upright
from generator.readers.rectangle import SpannedCell
from generator.readers.text_cleanup import close, joined, unstack

_STACKED = Message("原文此格有几行数", "the cell has figures on several lines")
_MOTLEY = Message("原文此格的数字有两种颜色", "the digits of the cell are of two colours")
_CONTRAST = 0.25
_PADDING = 12.0  # points beside the text of a cell, both sides together
_WRAPPED = Message("原文的数字在格内折行，连起来读作一个数", "a figure broken over lines in its cell, read as one")
_BROKEN_AT = 3  # digits of the shortest line at whose end a figure may be broken


@dataclass
class PdfSlot(SpannedCell):
    """Holds a cell and the last line of its text."""

    last: PdfLine | None = None


def write(slot: PdfSlot, chars: list[PdfChar], width: float) -> None:
    """Write one cell's text: unstack a stacked label, join wrapped lines, leave out what is marked.

    Figures on several lines stay apart and make the cell uncertain, also where they may be one that was too long.
    """
    laid = upright(chars)
    found = [overprinted(shift(line)) for line in lines(_noted(laid))]
    _, slot.raw, slot.doubt = plain_and_marked(piece for line in found for piece in pieces_of(line.chars))
    slot.last = found[-1] if found else None
    parts = ("".join(char.text for char in line.chars if char.mark is None) for line in found)
    texts = [close(part) for part in parts if part.strip()]
    stacked = unstack("\n".join(texts))
    if "\n" not in stacked:
        slot.text = stacked
        slot.uncertain = slot.uncertain or (is_figure(stacked) and laid != list(chars))
        if is_figure(stacked) and _motley(char for line in found for char in line.chars):
            slot.text, slot.raw, slot.doubt = "", slot.raw or stacked, _MOTLEY
    elif sum(map(is_figure, texts)) > 1:
        wrapped = len(texts) == len(found) and all(map(_breaks, found, texts[:-1], [width] * (len(texts) - 1)))
        slot.text, slot.uncertain = "".join(texts) if wrapped else stacked, True
        slot.raw, slot.doubt = slot.raw or stacked, slot.doubt or (_WRAPPED if wrapped else _STACKED)
    else:
        slot.text = joined(texts)


def _breaks(line: PdfLine, text: str, width: float) -> bool:
    """Tell whether a line of digits is so long that another digit had no room in the cell."""
    digits = sum(map(str.isdecimal, text))
    taken = line.x1 - line.x0
    return digits >= _BROKEN_AT and taken + taken / len(line.chars) > width - _PADDING


def _motley(chars: Iterable[PdfChar]) -> bool:
    """Tell whether digits that are read together are of two colours: some may be crossed off, or not belong."""
    colors = [char.color for char in chars if char.color and char.mark is None and any(map(str.isdigit, char.text))]
    return any(max(channel) - min(channel) > _CONTRAST for channel in zip(*colors, strict=True))


def _noted(chars: Sequence[PdfChar]) -> list[PdfChar]:
    """Mark figures far smaller than the cell's others as raised or lowered, also those on a line of their own."""
    upright = (char for char in chars if char.mark is None and char.base is not None)
    figures = [char for char in upright if any(map(str.isdigit, char.text))]
    largest = max(figures, key=lambda char: char.size, default=None)
    if largest is None:
        return list(chars)
    return [
        char._replace(mark=Mark.RAISED if char.y < largest.y else Mark.LOWERED)
        if char.mark is None and char.base is not None and char.size < SMALL * largest.size and char.text.strip()
        else char
        for char in chars
    ]


def is_figure(text: str) -> bool:
    """Tell a text that is a figure, perhaps with signs, and no word."""
    return any(char.isdigit() for char in text) and not any(char.isalpha() for char in text)
