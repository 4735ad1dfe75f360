"""Reads what an .xlsx says about the look of its cells: number formats, fonts, fills, and the runs of rich text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar
from xml.etree.ElementTree import Element

from generator.readers.bounds import Archive, events, local, xml
from generator.readers.document import Limits, Mark
from generator.readers.sheet_formats import BUILT_IN
from generator.readers.sheet_looks import BASIC_COLOURS, BLACK, WHITE, Face, Run, points_of, tiny
from generator.readers.text_cleanup import of_pictures

_OFF = ("0", "false", "none")
_SCRIPTS = {"superscript": Mark.RAISED, "subscript": Mark.LOWERED}
PLAIN = Face()
_Item = TypeVar("_Item")


class CellStyle(NamedTuple):
    """Holds a cell style: its number format, the face of its text, the colour behind it ("" unknown), and whether a
    diagonal line crosses the cell."""

    code: str = "General"
    face: Face = PLAIN
    background: str = WHITE
    crossed: bool = False
    repeated: bool = False  # the text fills the cell, over and over

    @property
    def usual(self) -> bool:
        """Tell whether nothing about the style changes how a cell reads."""
        seen = (
            self.face.mark is None and not self.crossed and not self.repeated and not self.face.unseen(self.background)
        )
        return seen and self.code.lower() in ("general", "")


def read_styles(package: Archive, part: str, limits: Limits) -> list[CellStyle]:
    """Read the cell styles by their number."""
    root = xml(package.read(part), part, limits)
    colours = _palette(root)
    codes = {**BUILT_IN}
    for item in root.iter("numFmt"):
        if item.get("numFmtId", "").isdecimal():
            codes[int(item.get("numFmtId", "0")[:9])] = item.get("formatCode", "")
    fonts = [face_of(item, colours) for item in root.iterfind("fonts/font")]
    fills = [_background(item, colours) for item in root.iterfind("fills/fill")]
    borders = [_crosses(item) for item in root.iterfind("borders/border")]
    return [
        CellStyle(
            codes.get(_number(item, "numFmtId"), "General"),
            _at(fonts, _number(item, "fontId"), PLAIN),
            _at(fills, _number(item, "fillId"), WHITE),
            _number(item, "borderId") < len(borders) and borders[_number(item, "borderId")],
            any(alignment.get("horizontal") == "fill" for alignment in item.iterfind("alignment")),
        )
        for item in root.iterfind("cellXfs/xf")
    ]


def _crosses(border: Element) -> bool:
    """Tell a border with a line through the cell."""
    line = border.find("diagonal")
    drawn = line is not None and line.get("style", "none") != "none"
    return drawn and any(border.get(name, "0") not in _OFF for name in ("diagonalUp", "diagonalDown"))


def read_dressing(package: Archive, part: str, limits: Limits) -> set[int]:
    """Return the numbers of the conditional formats that strike out, raise, hide or show a figure otherwise."""
    root = xml(package.read(part), part, limits)
    colours = _palette(root)
    return {number for number, item in enumerate(root.iterfind("dxfs/dxf")) if dresses(item, colours)}


def dresses(item: Element, colours: list[str]) -> bool:
    """Tell a format (`dxf`) that strikes out, raises, hides or shows a figure otherwise."""
    font, fill, code = item.find("font"), item.find("fill/patternFill/bgColor"), item.find("numFmt")
    if code is not None and code.get("formatCode", "General").lower() not in ("general", "0", "#,##0", "@"):
        return True
    if font is None:
        return False
    face = face_of(font, colours)
    background = WHITE if fill is None else _colour(fill, colours)
    return face.mark is not None or (font.find("color") is not None and face.unseen(background)) or face.tiny


def _at(items: Sequence[_Item], number: int, otherwise: _Item) -> _Item:
    return items[number] if number < len(items) else otherwise


def _number(item: Element, name: str) -> int:
    text = item.get(name, "0")
    return int(text[:9]) if text.isascii() and text.isdecimal() else 0


def _palette(root: Element) -> list[str]:
    """Return the colours that numbers stand for, up to the first that is not known."""
    own = [item.get("rgb", "")[-6:].upper() for item in root.iterfind("colors/indexedColors/rgbColor")]
    return own or [*BASIC_COLOURS, *BASIC_COLOURS]


def face_of(font: Element, colours: list[str]) -> Face:
    """Read a font, of a cell or of a run of rich text."""
    struck, script, size = font.find("strike"), font.find("vertAlign"), font.find("sz")
    mark = None if script is None else _SCRIPTS.get(script.get("val", ""))
    name = next((item.get("val", "") for item in font if item.tag in ("name", "rFont")), "")
    mark = Mark.DRAWN if of_pictures(name) else mark
    if struck is not None and struck.get("val", "1") not in _OFF:
        mark = Mark.STRUCK
    colour = font.find("color")
    points = "" if size is None else size.get("val", "")
    ink = BLACK if colour is None else _colour(colour, colours)
    return Face(mark, ink, tiny(points), points_of(points))


def _background(fill: Element, colours: list[str]) -> str:
    pattern = fill.find("patternFill")
    if pattern is None:
        return "" if len(fill) else WHITE
    kind, front = pattern.get("patternType", "none"), pattern.find("fgColor")
    if kind == "none":
        return WHITE
    return _colour(front, colours) if kind == "solid" and front is not None else ""


def _colour(item: Element, colours: list[str]) -> str:
    """Return a colour as RGB in hex; "" where it is not known."""
    base = ""
    if item.get("rgb"):
        base = item.get("rgb", "")[-6:].upper()
    elif item.get("theme"):
        base = {"0": WHITE, "1": BLACK}.get(item.get("theme", ""), "")
    elif item.get("indexed"):
        number = _number(item, "indexed")
        base = {64: BLACK, 65: WHITE}.get(number, _at(colours, number, ""))
    elif item.get("auto"):
        base = BLACK
    if len(base) != 6 or not all(character in "0123456789ABCDEF" for character in base):
        return ""
    return _tinted(base, item.get("tint", "0"))


def _tinted(colour: str, tint: str) -> str:
    """Darken or lighten a colour as Excel does: -1 is black, 1 is white."""
    try:
        share = max(-1.0, min(1.0, float(tint)))
    except ValueError:
        return colour
    channels = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    moved = (value * (1 + share) if share < 0 else value + (255 - value) * share for value in channels)
    return "".join(f"{round(value):02X}" for value in moved)


# ---------------------------------------------------------------- rich text


@dataclass
class RichText:
    """Collects the runs of one string (`si` or `is`) while its XML is read."""

    runs: list[Run] = field(default_factory=list)
    _stack: list[Element] = field(default_factory=list)
    _font: Element | None = None
    _ruby: bool = False
    _parts: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "r":
                self._font = None
            case "rPr":
                self._font = Element("font")
            case "rPh":
                self._ruby = True
            case "t":
                self._parts = []
            case _ if self._font is not None:
                self._font.append(Element(name, attributes))

    def end(self, name: str) -> None:
        match name:
            case "t":
                self._close()
            case "rPh":
                self._ruby = False
            case _:
                pass

    def characters(self, text: str) -> None:
        if self._parts is not None:
            self._parts.append(text)

    def _close(self) -> None:
        text = "".join(self._parts or [])
        self._parts = None
        if self._ruby:
            self.runs.append(Run(text, Face(Mark.RUBY)))
        else:
            self.runs.append(Run(text, None if self._font is None else face_of(self._font, _USUAL)))

    @property
    def rich(self) -> bool:
        """Tell whether some of the text has a look of its own."""
        return any(run.face is not None for run in self.runs)


_USUAL = [*BASIC_COLOURS, *BASIC_COLOURS]


class SharedStrings:
    """Reads the strings that cells share; keeps the runs of those with rich text (`rich`), by number."""

    def __init__(self, package: Archive, part: str, limits: Limits) -> None:
        self.rich: dict[int, tuple[Run, ...]] = {}
        self._count = 0
        self._text: RichText | None = None
        events(package.read(part), part, limits, self._start, self._end, self._characters)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag == "si":
            self._text = RichText()
        elif self._text is not None:
            self._text.start(tag, attributes)

    def _end(self, name: str) -> None:
        tag = local(name)
        if tag == "si" and self._text is not None:
            if self._text.rich:
                self.rich[self._count] = tuple(self._text.runs)
            self._count += 1
            self._text = None
        elif self._text is not None:
            self._text.end(tag)

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.characters(text)
