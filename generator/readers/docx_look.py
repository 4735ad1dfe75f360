"""Reads how a run of a Word file looks: what styles and the run itself set, and what that makes of its text."""

from __future__ import annotations

from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from generator.readers.colours import WHITE, Colour, colour, unseen
from generator.readers.document import Mark
from generator.readers.text_cleanup import of_pictures

_OFF = {"0", "false", "off", "none"}
_TINY = 4  # half-points: letters of 2 points are dots
_NARROW = 5  # per cent of a letter's width
_CLEAR = 95_000  # of 100,000: how far a text fill may be transparent
_PRESSED, _APART = 60, 120  # twentieths of a point: letters half over each other, letters a letter apart
_FITTED = 40  # twentieths of a point for one letter, of 105 that digits of 10.5 points have
_THEME = {
    **dict.fromkeys(("background1", "light1", "bg1", "lt1"), "FFFFFF"),
    **dict.fromkeys(("text1", "dark1", "tx1", "dk1"), "000000"),
}
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
    turned: bool | None = None  # 纵横混排: upright in text that runs down, on its side in text that runs across
    spacing: int | None = None  # twentieths of a point between letters
    boxed: bool | None = None  # in a frame of its own
    fill: str | None = None  # the colour of letters as Word 2010 and later have it; "?" for a run of colours
    relief: bool | None = None  # with an outline or a shadow, which shows white letters
    unsure: bool | None = None  # programs differ in what they show of it

    def over(self, base: Look) -> Look:
        """Return the look where these properties are set on top of a base."""
        if self is NO_LOOK:
            return base
        return base._replace(**{name: value for name, value in self._asdict().items() if value is not None})

    def toggled(self, base: Look) -> Look:
        """Return the look where a style with these properties is set on top of another kind's: what both switch on is
        off for Word, and on for other programs."""
        made = self.over(base)
        both = [name for name in ("bold", "hidden", "struck") if getattr(self, name) and getattr(base, name)]
        if not both:
            return made
        unsure = True if both != ["bold"] else made.unsure
        off: dict[str, Any] = dict.fromkeys(both, False)
        return made._replace(**off, unsure=unsure)

    def squeezed(self, run: Element) -> bool:
        """Tell digits that are pressed together, drawn apart or fitted into next to nothing."""
        text = "".join(item.text or "" for item in run.iter("t"))
        if not any(map(str.isdecimal, text)):
            return False
        fitted = _number(value(run.find("rPr"), "fitText"))
        far = self.spacing is not None and not -_PRESSED < self.spacing < _APART
        return far or (fitted is not None and fitted < _FITTED * len(text))

    def mark(self, least: int, base: int = 0) -> Mark | None:
        """Return the mark of such text; `least` half-points above or below `base` make it raised or lowered."""
        if self.struck or self.double_struck:
            return Mark.STRUCK
        if self.shift in ("superscript", "subscript"):
            return Mark.RAISED if self.shift == "superscript" else Mark.LOWERED
        if self.combined:
            return Mark.SMALL
        if self.boxed or self.unsure or self.fill == "?":
            return Mark.DRAWN
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
        inks = self._unseen_inks(behind)
        return not self.unsure and not self.relief and bool(inks) and all(inks)

    def partly_seen(self, behind: str) -> bool:
        """Tell text that some programs show and others do not."""
        inks = self._unseen_inks(behind)
        return any(inks) and (not all(inks) or bool(self.relief))

    def _unseen_inks(self, behind: str) -> list[bool]:
        """Tell of each colour that letters have, for old programs and for Word since 2010, whether it is unseen."""
        ground = _known(self.ground or behind)
        inks = [self.ink or "", self.fill] if self.fill else [self.ink or ""]
        return [bool(ink) and unseen(colour(ink), ground) for ink in inks]


def _known(ground: str) -> Colour | None:
    return colour(ground) if ground else WHITE


NO_LOOK = Look()


def look(properties: Element | None) -> Look:
    """Read run properties."""
    if properties is None or not len(properties):
        return NO_LOOK
    return Look(
        switch(properties, "b"),
        _hidden(properties),
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
        _layout(properties.find("eastAsianLayout"), "combine"),
        _layout(properties.find("eastAsianLayout"), "vert"),
        _number(value(properties, "spacing")),
        _boxed(properties.find("bdr")),
        _fill(properties.find("textFill")),
        any(switch(properties, name) for name in ("emboss", "imprint", "outline", "shadow", "glow", "textOutline"))
        or None,
        switch(properties, "webHidden") or _unsure(properties.find("color")),
    )


def _hidden(properties: Element) -> bool | None:
    ways = [switch(properties, name) for name in ("vanish", "specVanish")]
    return True if True in ways else None if ways == [None, None] else False


def _boxed(border: Element | None) -> bool | None:
    return None if border is None else border.get("val", "nil") not in ("nil", "none")


def _fill(fill: Element | None) -> str | None:
    """Read the colour that fills letters: six digits, "?" for a run of colours or one of the theme's accents."""
    if fill is None or fill.find("noFill") is not None:
        return None
    solid = fill.find("solidFill")
    if solid is None or not len(solid):
        return "?"
    scheme = solid.find("schemeClr")
    if scheme is None:
        return solid[0].get("val", "?")
    plain = not len(scheme)  # nothing that lightens or darkens it
    return _THEME.get(scheme.get("val", "")) if plain else None


def _unsure(element: Element | None) -> bool | None:
    """Tell a colour of the theme that differs from the one written beside it: Word goes by the theme."""
    if element is None:
        return None
    theme = _THEME.get(element.get("themeColor", ""))
    if theme is None or element.get("themeTint") or element.get("themeShade"):
        return None
    written = colour(element.get("val", "auto"))
    return True if written is not None and unseen(written, WHITE) != (theme == "FFFFFF") else None


def _pictures(fonts: Element | None) -> bool | None:
    names = [] if fonts is None else [fonts.get(name, "") for name in ("ascii", "hAnsi") if fonts.get(name)]
    return of_pictures(names[0]) if names else None


def _layout(layout: Element | None, name: str) -> bool | None:
    return None if layout is None else layout.get(name, "0") in ("1", "true", "on")


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
    if element.get("themeFill") in _THEME and element.get("val", "clear") in ("clear", "nil"):
        written = element.get("fill", "auto")
        return written if written != "auto" and not element.get("themeFillTint") else "?"
    pattern, fill, ink = element.get("val", "clear"), element.get("fill", "auto"), element.get("color", "auto")
    if pattern == "solid":
        return "000000" if ink == "auto" else ink
    if pattern not in ("clear", "nil"):
        return "?"
    return None if fill == "auto" else fill
