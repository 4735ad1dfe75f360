"""Knows which cells of a worksheet a drawing may lie over, and which blank ones have a note with a figure in it.

A picture of a figure, a text box or a seal hides what is stored below it, or stands in the place of a figure that is
not stored at all. Drawings are placed by the cells that they reach from and to.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from generator.finding import Message
from generator.readers.sheet_conditions import Area

COVERED = Message(
    "原表有图形、图片或文本框盖在这一格上：请对照原件",
    "a drawing, a picture or a text box lies over this cell; compare it with the file",
)
NOTED = Message(
    "此格空白，而批注里有数：数是否应在格里，请核对",
    "the cell is blank and its note has a figure: should that stand in the cell?",
)
_MOST_AREAS, _MOST_BLANKS = 1_000, 20_000
_LOWEST_ROW, _NARROWEST_COLUMN = 127_000, 254_000  # EMU; cells are taken to be rather smaller than they are
_FIGURE = 20  # characters
_CONTROL = re.compile(
    r"<x:ClientData\b[^<>]{0,200}ObjectType=\"(\w{1,20})\"[^<>]{0,200}>(.{0,4000}?)</x:ClientData>", re.S
)
_ANCHOR = re.compile(r"<x:Anchor>\s*((?:\d{1,7}\s*,\s*){7}\d{1,7})\s*</x:Anchor>")
_CLIENT_ANCHOR = b"\x10\xf0\x12\x00\x00\x00"  # of Office Art: its type and length
_NOTE = 0x19  # the kind of object that a note is


def anchored(root: Element) -> Iterator[Area]:
    """Yield the cells that the drawings of an .xlsx part reach."""
    for anchor in root.iter():
        if anchor.tag not in ("twoCellAnchor", "oneCellAnchor"):
            continue
        if any(item.get("hidden") in ("1", "true") for item in anchor.iter("cNvPr")):
            continue
        row, column = (_whole(anchor.findtext(f"from/{name}")) for name in ("row", "col"))
        if anchor.tag == "twoCellAnchor":
            last_row, last_column = (_last(anchor, name) for name in ("row", "col"))
        else:
            size = anchor.find("ext")
            wide, high = (_whole(size.get(name) if size is not None else "") for name in ("cx", "cy"))
            last_row, last_column = row + high // _LOWEST_ROW, column + wide // _NARROWEST_COLUMN
        yield row, column, max(row, last_row), max(column, last_column)


def _last(anchor: Element, name: str) -> int:
    """Return the last row or column that a drawing reaches: one that it only touches does not count."""
    return _whole(anchor.findtext(f"to/{name}")) - (_whole(anchor.findtext(f"to/{name}Off")) == 0)


def _whole(text: str | None) -> int:
    text = (text or "")[:12].strip()
    return int(text) if text.isascii() and text.isdecimal() else 0


def controls(text: str) -> Iterator[Area]:
    """Yield the cells that form controls and old shapes of an .xlsx reach; `text` is a part in VML."""
    for kind, inside in _CONTROL.findall(text):
        if kind != "Note" and (match := _ANCHOR.search(inside)):
            numbers = [int(number) for number in match[1].split(",")]
            yield numbers[2], numbers[0], numbers[6] - (not numbers[7]), numbers[4] - (not numbers[5])


@dataclass
class XlsDrawings:
    """Collects the cells that the drawings of an .xls sheet reach, and those with a note, record by record."""

    areas: list[Area] = field(default_factory=list)
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    _anchor: Area | None = None

    def record(self, kind: int, body: bytes) -> None:
        """Take in a record: a drawing's place comes right before the object that says what it is."""
        if kind == 0x00EC:
            at = body.rfind(_CLIENT_ANCHOR)
            if 0 <= at <= len(body) - 24:
                _, column, _, row, _, last_column, right, last_row, down = struct.unpack_from("<9H", body, at + 6)
                self._anchor = row, column, last_row - (not down), last_column - (not right)
        elif kind == 0x005D and self._anchor is not None and len(body) >= 6:
            if struct.unpack_from("<H", body, 4)[0] != _NOTE and len(self.areas) < _MOST_AREAS:
                self.areas.append(self._anchor)
            self._anchor = None
        elif kind == 0x001C and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            self.notes[row, column] = "0"  # what it says stands elsewhere: it may be a figure


_Place = tuple[int, int]  # row and column, from 0


def covered(
    texts: Mapping[_Place, str], merged: Container[_Place], areas: Iterable[Area], notes: Mapping[_Place, str]
) -> dict[_Place, Message]:
    """Return the figures below a drawing, and the blank cells of a table's rows below one or with a figure in their
    note, with the doubt. `merged` are the places where merged cells begin.

    A row with a single text is a title, unless the blank is a merged cell: a logo may stand beside that."""
    found: dict[tuple[int, int], Message] = {}
    rows = Counter(row for row, _ in texts)
    right = max((column for _, column in texts), default=-1)
    bottom = max(rows, default=-1)
    left = _MOST_BLANKS
    for top, first, last_row, last_column in list(areas)[:_MOST_AREAS]:
        for row in range(top, min(last_row, bottom) + 1):
            columns = range(first, min(last_column, right) + 1) if rows[row] else ()
            left -= len(columns) + 1
            if left < 0:
                return found
            for column in columns:
                text = texts.get((row, column), "")
                blank = not text and (rows[row] > 1 or (row, column) in merged)
                if blank or (len(text) <= _FIGURE and any(map(str.isdecimal, text))):
                    found[row, column] = COVERED
    for (row, column), note in notes.items():
        blank = (row, column) not in texts and (rows[row] > 1 or (rows[row] == 1 and (row, column) in merged))
        if blank and column <= right and any(map(str.isdecimal, note)):
            found.setdefault((row, column), NOTED)
    return found
