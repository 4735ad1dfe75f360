"""Reads what an OpenDocument spreadsheet says about the look of its cells: marks, colours and sizes of its styles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from generator.readers.document import Mark
from generator.readers.sheet_looks import BLACK, WHITE, Face, points_of, tiny
from generator.readers.text_cleanup import of_pictures

_MOST_PARENTS = 20
NUMBER_STYLES = tuple(
    f"{kind}-style" for kind in ("number", "currency", "percentage", "date", "time", "boolean", "text")
)
_OF_CELLS = ("cell-content", "is-true")  # conditions of number formats begin otherwise


class StyleLook(NamedTuple):
    """Holds what a style says; None where it leaves that to its parent."""

    parent: str = ""
    struck: bool | None = None
    script: Mark | None = None
    level: bool = False  # neither raised nor lowered, whatever is around
    colour: str | None = None
    tiny: bool | None = None
    size: float | None = None
    background: str | None = None
    code: str = ""  # the name of its number format
    maps: tuple[tuple[str, str], ...] = ()  # conditions and the styles that they put in its place


class OdsStyles:
    """Collects styles by family and name."""

    def __init__(self) -> None:
        self._styles: dict[tuple[str, str], StyleLook] = {}
        self._names: dict[tuple[str, str], str] = {}  # family and name that people see → name
        self._current = "", ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take in the start of an element; attributes are without their namespaces."""
        if tag in ("style", "default-style"):
            family = attributes.get("family", "")
            self._current = family, attributes.get("name", "") if tag == "style" else ""
            look = StyleLook(attributes.get("parent-style-name", ""), code=attributes.get("data-style-name", ""))
            self._styles[self._current] = look
            if "display-name" in attributes:
                self._names[family, attributes["display-name"]] = self._current[1]
        elif tag in NUMBER_STYLES:
            self._current = "number", attributes.get("name", "")
            self._styles[self._current] = StyleLook()
        elif tag == "map" and attributes.get("condition", "").startswith(_OF_CELLS) and self._current in self._styles:
            look = self._styles[self._current]
            pair = attributes.get("condition", ""), attributes.get("apply-style-name", "")
            self._styles[self._current] = look._replace(maps=(*look.maps[:_MOST_PARENTS], pair))
        elif tag == "text-properties" and self._current in self._styles:
            self._styles[self._current] = _text_look(self._styles[self._current], attributes)
        elif tag == "table-cell-properties" and self._current in self._styles:
            self._styles[self._current] = _cell_look(self._styles[self._current], attributes)

    def cell(self, name: str) -> tuple[Face, str]:
        """Return the face and the background of a cell style."""
        face = self._over(Face(), "table-cell", name)
        code = next((look.code for look in self._line("table-cell", name) if look.code), "")
        if (of_number := self._styles.get(("number", code))) is not None and of_number.colour is not None:
            face = face._replace(colour=of_number.colour)
        backgrounds = (look.background for look in self._line("table-cell", name))
        background = next((colour for colour in backgrounds if colour is not None), WHITE)
        return face, background

    def dresses(self, name: str) -> bool:
        """Tell whether a cell style that a condition puts in place strikes, moves, hides or reformats a figure."""
        line = self._line("table-cell", self._names.get(("table-cell", name), name))
        if not any(line):
            return True
        face, background = self.cell(self._names.get(("table-cell", name), name))
        code = next((look.code for look in line if look.code), "N0")
        return face.mark is not None or face.unseen(background) or code != "N0"

    def conditions(self, name: str) -> list[str]:
        """Return the conditions under which a cell of a style is dressed."""
        return [text for look in self._line("table-cell", name) for text, style in look.maps if self.dresses(style)]

    def span(self, face: Face, names: Iterable[str]) -> Face:
        """Return the face of text in spans of these styles, the outermost first, in a cell of a face."""
        for name in names:
            own = _MARKED.get(name)
            face = Face(own) if own else self._over(face, "text", name)
        return face

    def _line(self, family: str, name: str) -> list[StyleLook]:
        """List a style, its parents and the default of its family."""
        line: list[StyleLook] = []
        while (look := self._styles.get((family, name))) is not None and len(line) < _MOST_PARENTS:
            line.append(look)
            if not name:
                break
            name = look.parent
        return line

    def _over(self, face: Face, family: str, name: str) -> Face:
        """Lay a style over the face around it."""
        for look in reversed(self._line(family, name)):
            mark = face.mark
            if look.struck is not None and (look.struck or mark is Mark.STRUCK):
                mark = Mark.STRUCK if look.struck else None
            if mark is not Mark.STRUCK and (look.script is not None or look.level):
                mark = look.script
            colour = face.colour if look.colour is None else look.colour
            size = face.size if look.size is None else look.size
            face = Face(mark, colour, face.tiny if look.tiny is None else look.tiny, size)
        return face


# these stand among the names of spans for text above other text, and for what a program counts
RUBY, COUNTED = "\0ruby", "\0counted"
_MARKED = {RUBY: Mark.RUBY, COUNTED: Mark.NUMBER}


def _cell_look(look: StyleLook, attributes: dict[str, str]) -> StyleLook:
    """Read cell properties: the background, lines across, and whether the text fills the cell over and over."""
    if attributes.get("repeat-content") == "true":
        look = look._replace(script=Mark.DRAWN)
    if any(attributes.get(f"diagonal-{way}", "none") != "none" for way in ("tl-br", "bl-tr")):
        look = look._replace(struck=True)
    return (
        look._replace(background=_colour(attributes["background-color"])) if "background-color" in attributes else look
    )


def _text_look(look: StyleLook, attributes: dict[str, str]) -> StyleLook:
    """Read text properties. A line through is given by its style, its type or both."""
    lines = [attributes[key] for key in ("text-line-through-style", "text-line-through-type") if key in attributes]
    if lines:
        look = look._replace(struck=any(line != "none" for line in lines))
    if "text-position" in attributes:
        shift = attributes["text-position"].split()[0] if attributes["text-position"].split() else "0%"
        level = shift.strip("-+0%.") == "" and shift not in ("super", "sub")
        lowered = shift == "sub" or shift.startswith("-")
        look = look._replace(level=level, script=None if level else Mark.LOWERED if lowered else Mark.RAISED)
    if of_pictures(attributes.get("font-name", "") or attributes.get("font-family", "")):
        look = look._replace(script=Mark.DRAWN)
    if attributes.get("use-window-font-color") == "true":
        look = look._replace(colour=BLACK)
    elif "color" in attributes:
        look = look._replace(colour=_colour(attributes["color"]))
    if attributes.get("display") == "none":
        return look._replace(tiny=True)
    if attributes.get("font-size", "").endswith("pt"):
        points = attributes["font-size"].removesuffix("pt")
        look = look._replace(tiny=tiny(points), size=points_of(points))
    return look


def _colour(text: str) -> str:
    """Return a colour as RGB in hex, "" where it is not known; transparent is white."""
    if text == "transparent":
        return WHITE
    code = text.removeprefix("#").upper()
    return code if len(code) == 6 and all(character in "0123456789ABCDEF" for character in code) else ""
