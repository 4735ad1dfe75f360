"""Helps the Word reader: a paragraph being built, a record of what is left out, rows and cells in their wrappings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple
from xml.etree.ElementTree import Element

from generator.finding import Message
from generator.readers.document import Block, Mark, Piece
from generator.readers.docx_fields import OpenField
from generator.readers.docx_look import NO_LOOK, Look, switch, value
from generator.readers.text_cleanup import plain

_EXTENSION = re.compile(
    r"w1\d(?:\w*)|w16\w*|wp[sgci]|wp1\d\w*|a1\d\w*|c1\d\w*|cx\d?|am3d|aink|adec|asvg|v|o|m|w|wne|oel|wpsCustomData"
)
_WIDEST = 500  # columns one cell may span


class RunFormat(NamedTuple):
    """Holds the formatting of a run, inherited by what is inside it."""

    look: Look = NO_LOOK
    ground: str = ""  # the background of its paragraph; "" white, "?" not known
    link: str = ""
    tracked: bool = False  # inside an insertion that is already recorded
    mark: Mark | None = None  # of ruby text and deletions, whatever their look

    @property
    def bold(self) -> bool:
        return bool(self.look.bold)

    @property
    def hidden(self) -> bool:
        return self.look.unseen(self.ground)

    @property
    def partly_seen(self) -> bool:
        return self.look.partly_seen(self.ground)


@dataclass
class Passed:
    """Records what was not imported, as excerpts or with their place."""

    inserted: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    embedded: list[Message] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    symbols: list[Message] = field(default_factory=list)
    contents: int = 0
    # (footnote|endnote, id) to its number, in order of reference
    notes: dict[tuple[str, str], int] = field(default_factory=dict)


@dataclass
class ParagraphBuilder:
    """Builds a paragraph: its lines, of which the last is still open, and the blocks anchored in it."""

    lines: list[list[Piece]] = field(default_factory=lambda: [[]])
    anchored: list[Block] = field(default_factory=list)
    position: int = 0  # half-points by which the whole line is moved up
    fields: list[OpenField] = field(default_factory=list)

    def add(self, piece: Piece) -> None:
        self.lines[-1].append(piece)


def in_code(line: ParagraphBuilder) -> bool:
    """Tell whether the position is inside a field's code, which is not text."""
    return any(entry.in_code for entry in line.fields)


def excerpt(text: str) -> str:
    """Shorten a text to 20 characters for a message."""
    text = plain(text).strip()
    return text if len(text) <= 20 else text[:20] + "…"


def chosen(alternate: Element) -> Element:
    """Choose one alternative as Word does: the first choice that has content and asks only for extensions that Word
    has, else the fallback, else an empty element."""
    for child in alternate:
        if child.tag == "Choice" and len(child) and all(map(_EXTENSION.fullmatch, child.get("Requires", "").split())):
            return child
    fallback = alternate.find("Fallback")
    return fallback if fallback is not None else Element("none")


def prompting_cells(body: Element) -> frozenset[Element]:
    """Return the cells within content controls (around a cell or a row) that show what they ask for."""
    controls = (sdt for sdt in body.iter("sdt") if switch(sdt.find("sdtPr"), "showingPlcHdr"))
    return frozenset(cell for sdt in controls for cell in sdt.iter("tc"))


def rows(table: Element) -> Iterator[Element]:
    """Yield a table's rows, also those wrapped in content controls."""
    yield from _inside(table, "tr")


def cells(row: Element) -> Iterator[Element]:
    """Yield a row's cells, also those wrapped in content controls."""
    yield from _inside(row, "tc")


def _inside(element: Element, wanted: str) -> Iterator[Element]:
    """Yield children of a tag, also inside content controls, insertions and alternatives."""
    for child in element:
        if child.tag == wanted:
            yield child
        elif child.tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _inside(child, wanted)
        elif child.tag == "AlternateContent":
            yield from _inside(chosen(child), wanted)


def span(properties: Element | None, name: str) -> int:
    """Read a number of columns, at most 500; 0 when it is absent or not a number."""
    text = value(properties, name)
    return min(_WIDEST, int(text[:6])) if text.isdecimal() else 0


def trimmed(pieces: list[Piece]) -> list[Piece]:
    """Join neighbouring pieces of one formatting and strip blanks at both ends; drops empty pieces."""
    joined: list[Piece] = []
    visible = (piece for piece in pieces if piece.text or piece.picture)
    for formatting, group in groupby(visible, key=lambda piece: piece[1:]):
        members = list(group)
        joined += members if members[0].picture else [Piece("".join(piece.text for piece in members), *formatting)]
    filled = [number for number, piece in enumerate(joined) if piece.picture or piece.text.strip()]
    if not filled:
        return []
    joined = joined[filled[0] : filled[-1] + 1]
    if not joined[0].picture:
        joined[0] = joined[0]._replace(text=joined[0].text.lstrip())
    if not joined[-1].picture:
        joined[-1] = joined[-1]._replace(text=joined[-1].text.rstrip())
    return joined
