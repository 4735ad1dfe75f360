"""Resolves what Word keeps apart from the text: styles with their inheritance, and automatic numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple
from xml.etree.ElementTree import Element

from generator.narrative import numerals
from generator.readers.docx_look import NO_LOOK, Look, look, shade, value
from generator.readers.docx_table_parts import dressing_parts

_CHAIN = 20  # styles a style may be based on, one on another


class Style(NamedTuple):
    """Holds a style after inheritance: outline `level` 1-9 or 0 for none, `number` as (list id, list level).

    `ground` is the background of its paragraphs or cells, "?" where a table style paints some of them; `parts` are
    those of a table style that strike out, move or hide their text; `cut` where its lines are too low to be seen, or
    indented out of a cell.
    """

    name: str = ""
    level: int = 0
    look: Look = NO_LOOK
    number: tuple[str, int] | None = None
    ground: str | None = None
    parts: frozenset[str] = frozenset()
    cut: bool = False


class Styles:
    """Resolves the styles of a document by their id."""

    def __init__(self, root: Element | None) -> None:
        elements = [] if root is None else root.findall("style")
        self._raw = {item.get("styleId", ""): item for item in elements}
        self._known: dict[str, Style] = {}
        defaults = [
            item.get("styleId", "")
            for item in elements
            if item.get("type") == "paragraph" and item.get("default") in ("1", "true")
        ]
        self.default = defaults[0] if defaults else ""
        self.look = look(None if root is None else root.find("docDefaults/rPrDefault/rPr"))

    def get(self, style: str) -> Style:
        if style not in self._known:
            self._known[style] = self._resolved(style)
        return self._known[style]

    def _resolved(self, style: str) -> Style:
        chain: list[Element] = []
        while style in self._raw and len(chain) < _CHAIN:
            chain.append(self._raw[style])
            style = value(chain[-1], "basedOn")
        result = Style()
        for item in reversed(chain):
            result = _over(result, item)
        return self._linked(chain[0], result) if chain else result

    def _linked(self, item: Element, style: Style) -> Style:
        """Doubt a character style without the dressing of the paragraph style it is one with (ECMA-376 part 1,
        17.7.4.6): Word keeps the two alike, other programs write what they like."""
        other = self._raw.get(value(item, "link")) if item.get("type") == "character" else None
        if other is None or _dressed(style.look) or not _dressed(look(other.find("rPr"))):
            return style
        return style._replace(look=style.look._replace(unsure=True))


def _dressed(made: Look) -> bool:
    return made.mark(1) is not None or made.unseen("")


def _over(base: Style, item: Element) -> Style:
    paragraph, run = item.find("pPr"), item.find("rPr")
    name = value(item, "name").lower()
    level = outline(paragraph, base.level)
    if name == "title":
        level = 1
    elif name.startswith(("heading ", "标题 ")) and name[-1:].isdigit():
        level = int(name[-1])
    ground = shade(paragraph) or shade(item.find("tcPr")) or shade(item.find("tblPr")) or base.ground
    parts = dressing_parts(item, ground)
    if any(part.find("tcPr/shd") is not None for part in item.findall("tblStylePr")):
        ground = "?"
    number = numbered(paragraph) or base.number
    return Style(name, level, look(run).over(base.look), number, ground, parts | base.parts, cut(paragraph, base.cut))


_LOWEST_LINE, _FARTHEST_INDENT = 60, 600  # twentieths of a point


def cut(paragraph: Element | None, otherwise: bool = False) -> bool:
    """Tell paragraph properties that leave nothing of a line to be seen, or move it out of its cell to the left."""
    spacing, indent = (None if paragraph is None else paragraph.find(name) for name in ("spacing", "ind"))
    low = spacing is not None and spacing.get("lineRule") == "exact" and _twips(spacing, "line") < _LOWEST_LINE
    moved = indent is not None and min(_twips(indent, name) for name in ("left", "start")) < -_FARTHEST_INDENT
    hung = indent is not None and _twips(indent, "hanging") - _twips(indent, "left") > _FARTHEST_INDENT
    return low or moved or hung or (otherwise and spacing is None and indent is None)


def _twips(element: Element, name: str) -> int:
    text = element.get(name, "0")[:8]
    return int(text) if text.removeprefix("-").isdecimal() and text.isascii() else 0


def outline(paragraph: Element | None, otherwise: int) -> int:
    """Read the outline level from 1, 0 for body text (9 in the file); `otherwise` when none is set."""
    text = value(paragraph, "outlineLvl")
    if not text.isdecimal():
        return otherwise
    return int(text[:3]) + 1 if int(text[:3]) < 9 else 0


def numbered(paragraph: Element | None) -> tuple[str, int] | None:
    """Read (list id, list level from 0) of paragraph properties, None when it is not in a list."""
    element = None if paragraph is None else paragraph.find("numPr")
    if element is None:
        return None
    level = value(element, "ilvl")
    return value(element, "numId"), min(8, int(level[:2])) if level.isdecimal() else 0


class _Level(NamedTuple):
    """Describes one level of a list: numbering style, text such as "%1、", first number."""

    style: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass
class Numbering:
    """Computes automatic numbers as a reader sees them; must be asked in reading order, for it counts."""

    root: Element | None
    _lists: dict[str, tuple[str, dict[int, _Level]]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _restarts: dict[tuple[str, int], int] = field(default_factory=dict)  # by list and level, until it is used

    def __post_init__(self) -> None:
        if self.root is None:
            return
        abstract = _abstract(self.root)
        for item in self.root.findall("num"):
            name = value(item, "abstractNumId")
            levels = dict(abstract.get(name, {}))
            for override in item.findall("lvlOverride"):
                levels |= _levels(override)
                level, first = override.get("ilvl", ""), value(override, "startOverride")
                if level.isdecimal() and first.isdecimal():
                    self._restarts[item.get("numId", ""), int(level[:2])] = int(first[:6])
            self._lists[item.get("numId", "")] = (name, levels)

    def marker(self, number: tuple[str, int]) -> str:
        """Return the marker of the next paragraph of this list and level: "•" for any bullet, "" for none."""
        name, level = number
        if name not in self._lists:
            return ""
        abstract, levels = self._lists[name]
        counts = self._counts.setdefault(abstract, {})
        first = self._restarts.pop((name, level), None)  # what is numbered anew goes on from there
        counts[level] = first if first is not None else counts.get(level, levels.get(level, _Level()).start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        definition = levels.get(level, _Level())
        text = definition.text
        if definition.style in ("bullet", "none") and not any(map(str.isdecimal, _COUNTER.sub("", text))):
            return "•" if definition.style == "bullet" else ""
        if definition.style in ("bullet", "none"):
            text = _COUNTER.sub("", text)
        for other in range(9):
            if f"%{other + 1}" in text:
                outer = levels.get(other, _Level())
                text = text.replace(f"%{other + 1}", spell(counts.get(other, outer.start), outer.style))
        return text.strip()


_COUNTER = re.compile(r"%[1-9]")


def _abstract(root: Element) -> dict[str, dict[int, _Level]]:
    """Read the lists by their id; one that only names a style of lists has the levels of the list that has that style
    (ECMA-376 part 1, 17.9.21 and 17.9.27)."""
    items = root.findall("abstractNum")
    styled = {name: _levels(item) for item in items if (name := value(item, "styleLink"))}
    return {
        item.get("abstractNumId", ""): _levels(item) or styled.get(value(item, "numStyleLink"), {}) for item in items
    }


def _levels(item: Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for level in item.findall("lvl"):
        number, start = level.get("ilvl", "0"), value(level, "start")
        if number.isdecimal():
            levels[int(number[:2])] = _Level(
                value(level, "numFmt") or "decimal",
                value(level, "lvlText")[:50],
                int(start[:6]) if start.isdecimal() else 1,
            )
    return levels


_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "ideographTraditional",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "japaneseCounting",
}


def spell(number: int, style: str) -> str:
    """Write a number in a numbering style of Word; plain digits for styles not known here."""
    if style in _CHINESE and 0 < number < 100:
        return numerals.write(Decimal(number))
    if style.startswith("decimalEnclosedCircle") and 0 < number <= 20:
        return chr(0x245F + number)
    if style in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        return chr((0x40 if style == "upperLetter" else 0x60) + number)
    if style in ("upperRoman", "lowerRoman") and 0 < number < 40:
        roman = "X" * (number // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]
        return roman if style == "upperRoman" else roman.lower()
    return str(number)
