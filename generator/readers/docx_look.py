"""Reads how a run of a Word file looks: what styles and the run itself set, and what that makes of its text."""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import Element

from generator.readers.colours import WHITE, Colour, colour, unseen
from generator.readers.document import Mark
from generator.readers.text_cleanup import of_pictures

_OFF = {"0", "false", "off", "none"}
_TINY = 4  # half-points: letters of 2 points are dots
_NARROW = 5  # per cent of a letter's width
_CLEAR = 95_000  # of 100,000: how far a text fill may be transparent
_HIGHLIGHTS = {"darkYellow": "808000", "darkCyan": "008080", "darkMagenta": "800080"}


def switch(properties: Element | None, name: str) -> bool | None:
    """Read a toggle such as bold: True, False, or None when the properties do not set it."""
    element = None if properties is None else properties.find(name)
    return None if element is None else element.get("val", "1") not in _OFF


def value(properties: Element | None, name: str) -> str:
    """Read the `val` of a property, "" when it is absent."""
    element = None if properties is None else properties.find(name)
    return "" if element is None else element.get("val", "")


class Look(NamedTuple):
    """Holds what run properties set; None for what they leave as it is."""

    bold: bool | None = None
    hidden: bool | None = None
    struck: bool | None = None
    double_struck: bool | None = None
    shift: str | None = None  # superscript, subscript or baseline
    position: int | None = None  # half-points above the line
    size: int | None = None  # half-points
    width: int | None = None  # per cent
    ink: str | None = None
    clear: bool | None = None  # filled with nothing
    ground: str | None = None  # behind the letters; "?" for a pattern
    pictures: bool | None = None  # in a font of pictures, where 2 is a folder
    combined: bool | None = None  # 双行合一: two lines of half size in the place of one

    def over(self, base: Look) -> Look:
        """Return the look where these properties are set on top of a base."""
        if self is NO_LOOK:
            return base
        return base._replace(**{name: value for name, value in self._asdict().items() if value is not None})

    def mark(self, least: int, base: int = 0) -> Mark | None:
        """Return the mark of such text; `least` half-points above or below `base` make it raised or lowered."""
        if self.struck or self.double_struck:
            return Mark.STRUCK
        if self.shift in ("superscript", "subscript"):
            return Mark.RAISED if self.shift == "superscript" else Mark.LOWERED
        if self.combined:
            return Mark.SMALL
        shift = (self.position or 0) - base
        if abs(shift) < least:
            return None
        return Mark.RAISED if shift > 0 else Mark.LOWERED

    def unseen(self, behind: str) -> bool:
        """Tell text that nobody sees; `behind` is the background of its paragraph, cell or page."""
        if self.hidden or self.clear or (self.size is not None and self.size <= _TINY):
            return True
        if self.width is not None and self.width <= _NARROW:
            return True
        return bool(self.ink) and unseen(colour(self.ink or ""), _known(self.ground or behind))


def _known(ground: str) -> Colour | None:
    return colour(ground) if ground else WHITE


NO_LOOK = Look()


def look(properties: Element | None) -> Look:
    """Read run properties."""
    if properties is None or not len(properties):
        return NO_LOOK
    return Look(
        switch(properties, "b"),
        switch(properties, "vanish") or switch(properties, "specVanish"),
        switch(properties, "strike"),
        switch(properties, "dstrike"),
        value(properties, "vertAlign") or None,
        _number(value(properties, "position")),
        _number(value(properties, "sz")),
        _number(value(properties, "w")),
        _ink(properties.find("color")),
        _filled_with_nothing(properties),
        _highlight(value(properties, "highlight")) or shade(properties),
        _pictures(properties.find("rFonts")),
        _combined(properties.find("eastAsianLayout")),
    )


def _pictures(fonts: Element | None) -> bool | None:
    names = [] if fonts is None else [fonts.get(name, "") for name in ("ascii", "hAnsi") if fonts.get(name)]
    return of_pictures(names[0]) if names else None


def _combined(layout: Element | None) -> bool | None:
    return None if layout is None else layout.get("combine", "0") in ("1", "true", "on")


def common_position(paragraph: Element) -> int:
    """Return the position that all runs of a paragraph share: it moves the line, and raises nothing above another."""
    runs = (run for run in paragraph.iter("r") if any(item.text for item in run.iter("t")))
    positions = {_number(value(run.find("rPr"), "position")) or 0 for run in runs}
    return positions.pop() if len(positions) == 1 else 0


def _number(text: str) -> int | None:
    digits = text[1:] if text[:1] in ("-", "+") else text
    return int(text[:7]) if digits.isascii() and digits.isdigit() else None


def _ink(element: Element | None) -> str | None:
    """Read a text colour; "" for the automatic one, which always differs from its background."""
    if element is None:
        return None
    text = element.get("val", "auto")
    if text != "auto":
        return text
    return "FFFFFF" if element.get("themeColor") in ("background1", "light1") else ""


def _filled_with_nothing(properties: Element) -> bool | None:
    """Tell letters whose fill (of Word 2010 and later) is none or transparent."""
    fill = properties.find("textFill")
    if fill is None:
        return None
    alpha = next((_number(item.get("val", "")) for item in fill.iter("alpha")), None)
    return fill.find("noFill") is not None or (alpha or 0) >= _CLEAR


def _highlight(name: str) -> str | None:
    if not name or name == "none":
        return None
    return _HIGHLIGHTS.get(name, name if colour(name) else "?")


def shade(properties: Element | None) -> str | None:
    """Read the background that properties of a run, paragraph, cell or table set; "?" for a pattern, None for none."""
    element = None if properties is None else properties.find("shd")
    if element is None:
        return None
    pattern, fill, ink = element.get("val", "clear"), element.get("fill", "auto"), element.get("color", "auto")
    if pattern == "solid":
        return "000000" if ink == "auto" else ink
    if pattern not in ("clear", "nil"):
        return "?"
    return None if fill == "auto" else fill
