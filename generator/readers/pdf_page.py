"""Defines a PDF page as plain values: characters, the cells its rules enclose, links, pictures.

Positions are in points from the top left.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from generator.readers.document import Mark

UNKNOWN = "〓"  # stands for a character whose font does not tell what it is


class PdfBox(NamedTuple):
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def area(self) -> float:
        return (self.x1 - self.x0) * (self.bottom - self.top)

    def holds(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def moved(self, x: float, y: float) -> PdfBox:
        return PdfBox(self.x0 + x, self.top + y, self.x1 + x, self.bottom + y)


def box_of(thing: dict[str, Any]) -> PdfBox:
    return PdfBox(float(thing["x0"]), float(thing["top"]), float(thing["x1"]), float(thing["bottom"]))


def ink(thing: dict[str, Any]) -> object:
    """Return the colour of a drawn shape: that of its outline where it has one, else that of its area."""
    outlined = thing.get("stroke") or thing["object_type"] == "line"
    return thing.get("stroking_color") if outlined else thing.get("non_stroking_color")


def white(color: object) -> bool:
    """Tell whether a colour is white: gray or RGB 1, CMYK 0."""
    values = color if isinstance(color, tuple | list) else (color,)
    if not values or not all(isinstance(value, int | float) for value in values):
        return False
    return all(value <= 0.02 for value in values) if len(values) == 4 else all(value >= 0.98 for value in values)


class Glyph(NamedTuple):
    """Names a glyph: the number of its font within the file, and its code there."""

    font: int
    code: int


class PdfChar(NamedTuple):
    """Holds a character; `base` is how far down the line stands on which it was written, None for turned text;
    `color` is red, green, blue, None where unknown."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool = False
    link: str = ""
    base: float | None = None
    mark: Mark | None = None
    color: tuple[float, float, float] | None = None
    unsure: bool = False  # something of another shape than its own was drawn over it, or it is turned over
    glyph: Glyph | None = None
    untold: bool = False  # its font is not in the file and says two things of it
    turn: int = 0  # degrees clockwise by which it must be turned to stand upright
    at_clip: bool = False  # drawing ends beside it: writers leave out the characters that would stand beyond

    @property
    def x(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2


class PdfPage(NamedTuple):
    """Holds a page: `tables` the cells of each ruled table, `hidden` what nobody sees, `remarks` its annotations,
    `slanted` the text of watermarks, which runs neither across nor down."""

    number: int
    width: float
    height: float
    chars: tuple[PdfChar, ...]
    tables: tuple[tuple[PdfBox, ...], ...] = ()
    hidden: tuple[PdfChar, ...] = ()
    remarks: tuple[str, ...] = ()
    pictures: tuple[tuple[float, bytes], ...] = ()  # top, bytes
    lost: int = 0  # pictures that could not be extracted
    scanned: bool = False  # a picture covers the page: its text comes from OCR
    tangled: bool = False  # has so many lines or areas that no table was looked for
    slanted: str = ""
    rotation: int = 0  # degrees that the page was turned clockwise to be read
    covered: tuple[PdfBox, ...] = ()  # by annotations that may show something, fields of forms among them
    shown: PdfBox | None = None  # what viewers show of the page; None = all of it
    shapes: tuple[PdfBox, ...] = ()  # drawn ones as small as letters, which may be digits
    tinted: tuple[PdfBox, ...] = ()  # by annotations that usually hide nothing, but have a face of their own
    leans: bool = False  # its text runs a little up or down, or leans within its tables as no italics do

    def moved(self, x: float, y: float) -> PdfPage:
        """Return the page with all places moved; of page boxes that do not begin at 0, 0."""
        return self._replace(
            chars=tuple(_moved_char(char, x, y) for char in self.chars),
            hidden=tuple(_moved_char(char, x, y) for char in self.hidden),
            tables=tuple(tuple(box.moved(x, y) for box in table) for table in self.tables),
            pictures=tuple((top + y, data) for top, data in self.pictures),
            covered=tuple(box.moved(x, y) for box in self.covered),
            shown=self.shown and self.shown.moved(x, y),
            shapes=tuple(box.moved(x, y) for box in self.shapes),
            tinted=tuple(box.moved(x, y) for box in self.tinted),
        )


def _moved_char(char: PdfChar, x: float, y: float) -> PdfChar:
    base = None if char.base is None else char.base + y
    box = PdfBox(char.x0, char.top, char.x1, char.bottom).moved(x, y)
    return char._replace(x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom, base=base)


class PdfLine(NamedTuple):
    """Holds the characters of one line, with blanks where gaps show them."""

    chars: tuple[PdfChar, ...]

    @property
    def text(self) -> str:
        return "".join(char.text for char in self.chars)

    @property
    def x0(self) -> float:
        return min(char.x0 for char in self.chars)

    @property
    def x1(self) -> float:
        return max(char.x1 for char in self.chars)

    @property
    def top(self) -> float:
        return min(char.top for char in self.chars)

    @property
    def bottom(self) -> float:
        return max(char.bottom for char in self.chars)

    @property
    def size(self) -> float:
        return max(char.size for char in self.chars)


_TAB = 3.0  # gaps wider than so many characters separate columns


def lines(chars: Iterable[PdfChar], tabs: bool = False, gaps: bool = True) -> list[PdfLine]:
    """Group characters into lines by their middle, each from left to right; `tabs` turns wide gaps into tabs, `gaps`
    lesser ones into blanks."""
    groups: list[list[PdfChar]] = []
    for char in sorted(chars, key=lambda char: (char.y, char.x0)):
        if groups and abs(char.y - groups[-1][-1].y) <= 0.35 * max(char.size, groups[-1][-1].size):
            groups[-1].append(char)
        else:
            groups.append([char])
    spaced = (PdfLine(tuple(_spaced(sorted(group, key=_begins), tabs, gaps))) for group in groups)
    return [line for line in spaced if line.text.strip()]


_OPENING = frozenset("“‘（《〈「『【〔［｛")


def _begins(char: PdfChar) -> float:
    """Tell where a character begins to be seen: the left half of opening marks is blank, and where a line is tight it
    lies over the character before, however narrow that is."""
    return char.x if char.text in _OPENING else char.x0


def _spaced(chars: list[PdfChar], tabs: bool, gaps: bool) -> list[PdfChar]:
    """Insert blanks where the page shows gaps but the file has no space."""
    out: list[PdfChar] = []
    for char in chars:
        if out:
            before = out[-1]
            gap = char.x0 - before.x1
            if tabs and gap > _TAB * max(char.size, before.size) and out[-1].text != "\t":
                out.append(char._replace(text="\t", x0=before.x1, x1=char.x0))
            elif gaps and gap > 0.25 * char.size and not before.text.isspace() and not char.text.isspace():
                out.append(char._replace(text=" ", x0=before.x1, x1=char.x0))
        out.append(char)
    return out
