"""Notes what pdfminer drops of a page's drawing instructions: clips, opacity, the order of drawing, replaced text.

Only with these can a reader tell which characters a person sees, and which ones a font calls by another's name.
All positions are pdfminer's: points from the bottom left of the page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from generator.readers.pdf_page import UNKNOWN, Glyph, PdfBox
from generator.readers.text_cleanup import plain

_SPAN = 4  # characters of a replacement text that need not have one character for each glyph
_FAINT, _OPAQUE = 0.05, 0.95
_SAME_COLOR = 0.06  # colours nearer than this cannot be told apart on paper
_CORNERS = 100  # of a shape that are looked at
_SMALLEST_FILL = 3.0  # points; thinner areas are rules
_COMPARED = 4_000_000  # glyphs × areas of one page
_CLIPPED = 8_000_000  # glyphs × corners of clips of one page
_INNER = tuple((x, y) for x in (0.25, 0.75) for y in (0.3, 0.7))  # of a glyph's box: where a digit leaves its trace
_PROCESS_SPACES = ("DeviceGray", "DeviceRGB", "DeviceCMYK", "CalGray", "CalRGB", "ICCBased")
_WHITE = (1.0, 1.0, 1.0)
_SLASHES = str.maketrans("∕⁄", "//")
_COUNTING = frozenset("0123456789+-.,/%")

Color = tuple[float, float, float] | None  # red, green, blue from 0 to 1; None = unknown (a pattern, a picture, an ink)
Outline = Sequence[tuple[float, float]]


@dataclass(slots=True)
class Look:
    """Holds how one glyph was drawn: when, where, whether it leaves a trace, and the text that replaces it."""

    order: int
    box: PdfBox
    colors: tuple[Color, ...]  # of its filling, its outline or both
    traced: bool = True  # False: rendering mode 3 or 7, which draws nothing; text recognised on a scan has it
    clipped: bool = False  # outside the clip, or fully transparent
    cut: bool = False  # a part of it may be outside the clip
    replaced: str = ""
    glyph: Glyph | None = None
    untold: bool = False  # a digit that a viewer may draw as another (see pdf_fonts)
    room: float = 0.0  # between it and the next edge of the clip, to its left or right

    @property
    def inner(self) -> Iterator[tuple[float, float]]:
        wide, high = self.box.x1 - self.box.x0, self.box.bottom - self.box.top
        return ((self.box.x0 + x * wide, self.box.top + y * high) for x, y in _INNER)


class _Fill(NamedTuple):
    order: int
    box: PdfBox
    color: Color
    covers: bool  # is a plain rectangle, so all of its box is painted
    outline: Outline = ()  # of another shape, which may cover what is inside


class _Clip(NamedTuple):
    """Holds where drawing is shown: in a box, and within all of these outlines; `lettered` where letters or too many
    corners bound it, so that nobody can tell."""

    box: PdfBox = PdfBox(float("-inf"), float("-inf"), float("inf"), float("inf"))
    outlines: tuple[tuple[Outline, ...], ...] = ()
    lettered: bool = False

    @property
    def corners(self) -> int:
        return sum(len(path) for paths in self.outlines for path in paths)

    def shows(self, x: float, y: float) -> bool:
        return self.box.holds(x, y) and all(_inside(paths, x, y) for paths in self.outlines)


class Looks:
    """Collects the looks of a page's glyphs in the order of drawing, and its painted areas."""

    def __init__(self) -> None:
        self.glyphs: list[Look] = []
        self.clip = _Clip()
        self._letters: list[PdfBox] = []  # that the current text adds to the clip
        self._clipped = 0  # comparisons of glyphs with the corners of clips
        self.opacity, self.blended = 1.0, False
        self.group = 1.0  # opacity of the drawings around
        self._fills: list[_Fill] = []
        self._order = 0
        self._spans: list[tuple[str, int, bool]] = []  # replacement text, number of the first glyph, whether hidden
        self.layer_hidden = False  # the next span is on a layer that is switched off
        self.hidden = 0  # spans and forms around that are not shown

    def state(self) -> tuple[_Clip, float, bool, float]:
        return self.clip, self.opacity, self.blended, self.group

    def restore(self, state: tuple[_Clip, float, bool, float]) -> None:
        self.clip, self.opacity, self.blended, self.group = state

    def enter(self) -> None:
        """Go into a drawing within the page: its own opacity lies upon that with which it is drawn."""
        self.group, self.opacity = self.group * self.opacity, 1.0

    def narrow(self, paths: Sequence[Outline]) -> None:
        """Clip what follows to these paths; one without points clips nothing here."""
        box = around(point for path in paths for point in path)
        if box is None:
            return
        clip = self.clip._replace(box=common(self.clip.box, box))
        if len(paths) > 1 or not _is_square(paths[0]):
            clip = clip._replace(outlines=(*clip.outlines, tuple(paths)))
        self.clip = clip if clip.corners <= _CORNERS else clip._replace(outlines=(), lettered=True)

    def end_text(self) -> None:
        """Clip what follows to the letters that the text which ends here added to the clip."""
        box = around(corner for letter in self._letters for corner in corners(letter))
        if box is not None:
            self.clip = _Clip(common(self.clip.box, box), lettered=True)
        self._letters = []

    def glyph(
        self, box: PdfBox, render: int, fill: Color, outline: Color, glyph: Glyph | None = None, untold: bool = False
    ) -> None:
        """Note a glyph drawn in this rendering mode (0 filled, 1 outlined, 2 both, 3 neither; 4-7 clip as well)."""
        self._order += 1
        colors = ((fill,), (outline,), (fill, outline), (fill,))[render % 4]
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        clipped = not self.clip.box.holds(x, y) or self.opacity * self.group <= _FAINT or self.hidden > 0
        look = Look(self._order, box, colors, render % 4 != 3, clipped, glyph=glyph, untold=untold)
        look.room = min(box.x0 - self.clip.box.x0, self.clip.box.x1 - box.x1)
        self._clipped += 5 * self.clip.corners
        if self.clip.lettered or self._clipped > _CLIPPED:
            look.cut = True
        else:
            look.clipped = clipped or not self.clip.shows(x, y)
            look.cut = not all(self.clip.shows(*point) for point in look.inner)
        self.glyphs.append(look)
        if render >= 4:
            self._letters.append(box)

    def fill(self, points: Sequence[tuple[float, float]], color: Color) -> None:
        """Note a painted area; one that lets what lies beneath shine through is none."""
        self._order += 1
        box = around(points)
        if box is None or self.opacity * self.group < _OPAQUE or self.blended or self.hidden:
            return
        square = _is_square(points)
        seen = common(box, self.clip.box)
        if min(seen.x1 - seen.x0, seen.bottom - seen.top) >= _SMALLEST_FILL:
            outline = () if square else tuple(points[:_CORNERS])
            self._fills.append(_Fill(self._order, seen, color if square else None, square, outline))

    def picture(self, box: PdfBox) -> None:
        """Note a picture: whatever its colours are, text upon it may be seen."""
        self._order += 1
        if not self.hidden:
            seen = common(box, self.clip.box)
            self._fills.append(_Fill(self._order, seen, None, False, corners(seen)))

    def style(self, settings: object) -> None:
        """Take opacity and blending from a dictionary of graphics settings."""
        from pdfminer.pdftypes import resolve1

        if not isinstance(settings, dict):
            return
        opacity = resolve1(settings.get("ca"))
        if isinstance(opacity, int | float):
            self.opacity = float(opacity)
        if "BM" in settings:
            self.blended = getattr(resolve1(settings["BM"]), "name", "") not in ("Normal", "Compatible")

    def open_span(self, replacement: str) -> None:
        hidden, self.layer_hidden = self.layer_hidden, False
        self._spans.append((replacement, len(self.glyphs), hidden))
        self.hidden += hidden

    def close_span(self) -> None:
        """Give the glyphs of the span their replacement text, each its character where there are equally many."""
        if not self._spans:
            return
        text, first, hidden = self._spans.pop()
        self.hidden -= hidden
        glyphs = self.glyphs[first:] if text else []
        if len(text) == len(glyphs):
            for look, char in zip(glyphs, text, strict=True):
                look.replaced = look.replaced or char
        elif len(glyphs) == 1 and len(text) <= _SPAN:
            glyphs[0].replaced = text

    def visible(self) -> list[bool] | None:
        """Tell for each glyph whether a person sees it: not clipped, not painted over, not in the colour of its ground.

        None where the page has too many of both to be compared. Whether a glyph leaves a trace is another question.
        """
        if len(self.glyphs) * len(self._fills) > _COMPARED:
            return None
        return [not look.clipped and self._stands_out(look) for look in self.glyphs]

    def covered(self) -> list[bool] | None:
        """Tell for each glyph whether a picture or a shape other than a rectangle was drawn over it, or a part of it
        may be covered or clipped; None where there is too much to be compared."""
        shapes = [fill for fill in self._fills if fill.outline]
        if len(self.glyphs) * (len(self._fills) + sum(len(fill.outline) for fill in shapes)) > _COMPARED:
            return None
        patterns = [fill for fill in self._fills if fill.covers and fill.color is None]
        areas = [fill for fill in self._fills if fill.covers]
        return [
            look.cut
            or any(_over(fill, look) for fill in shapes)
            or any(_beneath(fill, look) for fill in patterns)
            or any(_cuts(fill, look) for fill in areas)
            for look in self.glyphs
        ]

    def _stands_out(self, look: Look) -> bool:
        x, y = (look.box.x0 + look.box.x1) / 2, (look.box.top + look.box.bottom) / 2
        ground: Color = _WHITE
        for fill in self._fills:
            if not fill.box.holds(x, y):
                continue
            if fill.order < look.order:
                ground = fill.color
            elif fill.covers:
                return False
        return any(not _alike(color, ground) for color in look.colors)


def _beneath(fill: _Fill, look: Look) -> bool:
    """Tell a glyph on a run of colours no higher than its line, which may draw a line through it."""
    x, y = (look.box.x0 + look.box.x1) / 2, (look.box.top + look.box.bottom) / 2
    low = fill.box.bottom - fill.box.top < 2 * (look.box.bottom - look.box.top)
    return low and fill.order < look.order and fill.box.holds(x, y)


def _cuts(fill: _Fill, look: Look) -> bool:
    """Tell an area that was painted over a part of a glyph."""
    return fill.order > look.order and any(fill.box.holds(x, y) for x, y in look.inner)


def _over(fill: _Fill, look: Look) -> bool:
    x, y = (look.box.x0 + look.box.x1) / 2, (look.box.top + look.box.bottom) / 2
    return fill.order > look.order and fill.box.holds(x, y) and _inside((fill.outline,), x, y)


def _inside(paths: Iterable[Outline], x: float, y: float) -> bool:
    """Tell a point within an odd number of outlines."""
    inside = False
    for path in paths:
        for (x0, y0), (x1, y1) in pairwise((*path, *path[:1])):
            if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
                inside = not inside
    return inside


def _is_square(points: Outline) -> bool:
    return len({round(x, 1) for x, _ in points}) == 2 == len({round(y, 1) for _, y in points})


def corners(box: PdfBox) -> Outline:
    return ((box.x0, box.top), (box.x1, box.top), (box.x1, box.bottom), (box.x0, box.bottom))


def _alike(color: Color, ground: Color) -> bool:
    if color is None or ground is None:
        return False
    return all(abs(a - b) < _SAME_COLOR for a, b in zip(color, ground, strict=True))


def common(a: PdfBox, b: PdfBox) -> PdfBox:
    return PdfBox(max(a.x0, b.x0), max(a.top, b.top), min(a.x1, b.x1), min(a.bottom, b.bottom))


def around(points: Iterable[tuple[float, float]]) -> PdfBox | None:
    """Return the box around points, lower edge first; None without any."""
    points = list(points)
    if not points:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return PdfBox(min(xs), min(ys), max(xs), max(ys))


def rgb(color: object, space: object = None) -> Color:
    """Return a colour of pdfminer as red, green, blue; None where its space gives the numbers another meaning."""
    name = getattr(space, "name", space)
    values = color if isinstance(color, tuple | list) else (color,)
    if (name is not None and name not in _PROCESS_SPACES) or not all(isinstance(v, int | float) for v in values):
        return None
    if len(values) == 1:
        return (float(values[0]),) * 3
    if len(values) == 3:
        return float(values[0]), float(values[1]), float(values[2])
    if len(values) == 4:
        red, green, blue = ((1 - float(ink)) * (1 - float(values[3])) for ink in values[:3])
        return red, green, blue
    return None


def placed(matrix: Sequence[float], path: Iterable[Any]) -> list[tuple[float, float]]:
    """List the points of a path on the page, those that steer its curves among them, for they enclose it."""
    return [point for outline in outlines(matrix, path) for point in outline]


def outlines(matrix: Sequence[float], path: Iterable[Any]) -> list[list[tuple[float, float]]]:
    """List the points on the page of each part of a path, as `placed` does."""
    a, b, c, d, e, f = matrix
    found: list[list[tuple[float, float]]] = []
    for step in path:
        if step[0] == "m" or not found:
            found.append([])
        for at in range(1, len(step) - 1, 2):
            x, y = step[at : at + 2]
            if isinstance(x, int | float) and isinstance(y, int | float):
                found[-1].append((a * x + c * y + e, b * x + d * y + f))
    return [points for points in found if points]


def replacement(properties: object) -> str:
    """Read the ActualText of a marked-content property list, "" where it has none."""
    from pdfminer.pdftypes import resolve1

    properties = resolve1(properties)
    value = resolve1(properties.get("ActualText")) if isinstance(properties, dict) else None
    if isinstance(value, str):
        return value
    if not isinstance(value, bytes):
        return ""
    for mark, codec in ((b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"), (b"\xef\xbb\xbf", "utf-8")):
        if value.startswith(mark):
            return value[len(mark) :].decode(codec, "ignore")
    return value.decode("latin-1")


def read_as(glyph: str, replaced: str) -> str:
    """Choose between the character that a font names and the one that replaces it.

    Browsers share a glyph between characters that look the same (母 and ⺟) and name the right one as its replacement.
    A replacement may not turn a figure into another one: where the two differ in what counts, the character is unknown.
    """
    undefined = glyph.startswith("(cid:") or "\ue000" <= glyph[:1] <= "\uf8ff"
    named = "" if undefined else plain(glyph).translate(_SLASHES)
    meant = plain(replaced).translate(_SLASHES)
    if not meant.strip() or meant == named:
        return UNKNOWN if undefined else named
    folded, other = unicodedata.normalize("NFKC", named), unicodedata.normalize("NFKC", meant)
    if folded != other and any(char in _COUNTING or char.isdecimal() for char in folded + other):
        return UNKNOWN
    return meant
