"""Finds the rows of a Word file's tables over which something may lie that is anchored elsewhere.

A line, a patch or a text box stands where its offset puts it, whatever paragraph holds it. How high lines and rows are
is known to Word alone; they are taken to be as low as they can be, so that rather more rows are found than covered.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple
from xml.etree.ElementTree import Element

from generator.readers.docx_marks import cells, chosen, rows
from generator.readers.lengths import pixels

_EMU, _TWIPS, _PIXELS = 12_700, 20, 4 / 3  # of a point
_LOWEST = 10.0  # points of a line or a row
_FARTHEST = 1e6  # points; no document is as long
_OF_TEXT = frozenset({"paragraph", "line", "text", "column", "character", "char", ""})
_WORDS = frozenset({"txbxContent", "textpath"})
_WRAPS = frozenset({"wrapSquare", "wrapTight", "wrapThrough", "wrapTopAndBottom"})
_ALONG = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo"})
_STYLE = re.compile(r"([a-z-]{1,40})\s*:\s*([^;]{0,60})")
_LONGEST = 2_000  # characters of a style
_WHOLE = re.compile(r"-?[0-9]{1,10}")


class _Float(NamedTuple):
    """Holds where a drawing begins and ends, in points from the paragraph that holds it: down, and to the right."""

    top: float
    bottom: float
    left: float
    right: float


class Overlays(NamedTuple):
    """Holds the rows that may be covered, and how many drawings may lie anywhere on their page."""

    rows: frozenset[Element]
    anywhere: int


def overlays(body: Element) -> Overlays:
    """Look for what lies over tables without being anchored in the cells that it covers."""
    page = _Page()
    for element in _flow(body):
        if element.tag == "tbl":
            page.table(list(rows(element)))
        else:
            page.paragraph(element)
    return Overlays(page.covered(), page.anywhere if page.tables else 0)


class _Page:
    """Counts lines down the document, a row of a table as one, and which of them drawings reach."""

    def __init__(self) -> None:
        self.lines: list[Element | None] = []  # the row of a table; None for a paragraph
        self.reached: list[tuple[int, int]] = []  # first and last + 1 line
        self.anywhere = self.tables = 0

    def paragraph(self, element: Element) -> None:
        """Take in a paragraph: its drawings reach lines above and below it."""
        at = len(self.lines)
        self.lines.append(None)
        for drawn in self._placed(element):
            self.reached.append((at - _lines(-drawn.top), at + 1 + _lines(drawn.bottom - _LOWEST)))

    def table(self, lines: list[Element]) -> None:
        """Take in a table: drawings of its cells reach no further than its rows."""
        start, end = len(self.lines), len(self.lines) + len(lines)
        self.tables += 1
        self.lines += lines
        for at, line in enumerate(lines, start):
            for cell in cells(line):
                around = (_around(cell, drawn) for drawn in self._placed(cell))
                self.reached += [(max(start, at - up), min(end, at + down + 1)) for up, down in filter(None, around)]

    def _placed(self, element: Element) -> Iterator[_Float]:
        """Yield the drawings of an element; count those that may lie anywhere."""
        for drawn in _floats(element):
            if drawn is None:
                self.anywhere += 1
            else:
                yield drawn

    def covered(self) -> frozenset[Element]:
        """Return the rows that are reached, in time that grows with lines and drawings, not with both at once."""
        change = [0] * (len(self.lines) + 1)
        for first, end in self.reached:
            change[max(0, first)] += 1
            change[min(len(self.lines), end)] -= 1
        depths = accumulate(change)
        return frozenset(row for row, depth in zip(self.lines, depths, strict=False) if row is not None and depth > 0)


def _lines(distance: float) -> int:
    """Return over how many lines a distance reaches."""
    return max(0, math.ceil(min(distance, _FARTHEST) / _LOWEST))


def _flow(container: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables of the body in order, also those in wrappings."""
    for child in container:
        if child.tag in ("p", "tbl"):
            yield child
        elif child.tag == "AlternateContent":
            yield from _flow(chosen(child))
        elif child.tag in _ALONG:
            yield from _flow(child)


def _around(cell: Element, drawn: _Float) -> tuple[int, int] | None:
    """Return how many rows above and below a drawing of a cell may lie over other cells, None if over none."""
    width = _number(cell.find("tcPr/tcW"), "w") / _TWIPS
    above, below = -min(0.0, drawn.top) / _LOWEST, max(0.0, drawn.bottom - _LOWEST) / _LOWEST
    aside = drawn.left < -_LOWEST or (width > 0 and drawn.right > width)
    if not aside and above < 1 and below < 1:
        return None
    return _lines(above * _LOWEST), _lines(below * _LOWEST)


def _floats(element: Element) -> Iterator[_Float | None]:
    """Yield the drawings in front of the text, None for each whose place does not depend on its paragraph."""
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        if child.tag == "AlternateContent":
            child = chosen(child)
        if child.tag == "anchor":
            behind = child.get("behindDoc", "0") in ("1", "true")
            if _lies_over(child, behind):
                yield _anchored(child)
        elif child.tag in ("pict", "object"):
            yield from (_styled(shape, style) for shape in child if "absolute" in (style := _style(shape))["position"])
        elif child.tag != "tbl":
            waiting += reversed(child)


def _lies_over(drawing: Element, behind: bool) -> bool:
    """Tell a drawing around which text does not flow; one behind the text only where it has words of its own."""
    tags = {item.tag for item in drawing.iter()}
    return not tags & _WRAPS and (not behind or bool(tags & _WORDS))


def _anchored(anchor: Element) -> _Float | None:
    down, along, size = anchor.find("positionV"), anchor.find("positionH"), anchor.find("extent")
    if down is None or down.get("relativeFrom", "") not in _OF_TEXT:
        return None
    top, left = (_number(where, "posOffset") for where in (down, along))
    wide, high = (_number(size, name) for name in ("cx", "cy"))
    return _Float(*(length / _EMU for length in (top, top + high, left, left + wide)))


def _styled(shape: Element, style: dict[str, str]) -> _Float | None:
    """Place a shape of the older kind, which says all in its style; a line says where it begins and ends instead."""
    if style["mso-position-vertical-relative"] not in _OF_TEXT:
        return None
    if shape.tag == "line":
        ends = [_pair(shape.get("from", "")), _pair(shape.get("to", ""))]
        return _Float(*sorted(y for _, y in ends), *sorted(x for x, _ in ends))
    top, left, wide, high = (_points(style[name]) for name in ("margin-top", "margin-left", "width", "height"))
    return _Float(top, top + high, left, left + wide)


def _style(shape: Element) -> defaultdict[str, str]:
    """Read the style of a shape; nothing where text flows around it or it lies behind the text without words."""
    style = defaultdict(str, _STYLE.findall(shape.get("style", "")[:_LONGEST].lower()))
    flows = any(item.tag == "wrap" and item.get("type", "none") != "none" for item in shape)
    silent = style["z-index"].startswith("-") and not {item.tag for item in shape.iter()} & _WORDS
    return defaultdict(str) if flows or silent else style


def _pair(text: str) -> tuple[float, float]:
    x, _, y = text.partition(",")
    return _points(x), _points(y)


def _points(text: str) -> float:
    return (pixels(text, 0.0) or 0.0) / _PIXELS


def _number(element: Element | None, name: str) -> float:
    """Read an attribute, or the text of a child, as a whole number; 0 where there is none."""
    text = "" if element is None else element.get(name) or element.findtext(name) or ""
    return float(text) if _WHOLE.fullmatch(text.strip()) else 0.0
