"""Parts of the Word reader without a state of their own: a paragraph being read, what is passed over, rows and cells in their wrappings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple
from xml.etree.ElementTree import Element

from generator.finding import Message
from generator.readers.document import Block, Piece
from generator.readers.docx_styles import value
from generator.readers.text_cleanup import plain

_WIDEST = 500  # columns one cell may span


class RunFormat(NamedTuple):
    bold: bool = False
    hidden: bool = False
    link: str = ""
    tracked: bool = False  # inside an insertion already told


@dataclass
class Passed:
    """What was not taken over, as excerpts with their place."""

    inserted: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    embedded: list[Message] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    symbols: list[Message] = field(default_factory=list)
    contents: int = 0
    notes: dict[tuple[str, str], int] = field(
        default_factory=dict
    )  # (footnote|endnote, id) to its number, in order of reference


@dataclass
class ParagraphBuilder:
    """A paragraph being read: finished lines, the running one, and blocks anchored in it."""

    lines: list[list[Piece]] = field(default_factory=lambda: [[]])
    anchored: list[Block] = field(default_factory=list)
    shaded: bool = False
    fields: list[list[str]] = field(default_factory=list)  # [state, code, link] of fields still open

    def add(self, piece: Piece) -> None:
        self.lines[-1].append(piece)


def in_code(line: ParagraphBuilder) -> bool:
    return any(entry[0] == "code" for entry in line.fields)


def white(properties: Element | None) -> bool:
    """Whether a run is written in the paper's colour, on no ground of its own."""
    if properties is None or properties.find("shd") is not None or properties.find("highlight") is not None:
        return False
    return value(properties, "color").upper() == "FFFFFF"


def excerpt(text: str) -> str:
    text = plain(text).strip()
    return text if len(text) <= 20 else text[:20] + "…"


def chosen(alternate: Element) -> Element:
    """One of the alternatives, never two: the first choice that has content, else the fallback."""
    for child in alternate:
        if child.tag == "Choice" and len(child):
            return child
    fallback = alternate.find("Fallback")
    return fallback if fallback is not None else Element("none")


def rows(table: Element) -> Iterator[Element]:
    yield from _inside(table, "tr")


def cells(row: Element) -> Iterator[Element]:
    yield from _inside(row, "tc")


def _inside(element: Element, wanted: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also those wrapped in content controls."""
    for child in element:
        if child.tag == wanted:
            yield child
        elif child.tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _inside(child, wanted)
        elif child.tag == "AlternateContent":
            yield from _inside(chosen(child), wanted)


def span(properties: Element | None, name: str) -> int:
    text = value(properties, name)
    return min(_WIDEST, int(text[:6])) if text.isdecimal() else 0


def trimmed(pieces: list[Piece]) -> list[Piece]:
    """Without blanks at both ends, without empty pieces, neighbours of one dress joined."""
    found: list[Piece] = []
    for dress, group in groupby(
        (piece for piece in pieces if piece.text or piece.picture), key=lambda piece: piece[1:]
    ):
        members = list(group)
        found += members if members[0].picture else [Piece("".join(piece.text for piece in members), *dress)]
    first = next((number for number, piece in enumerate(found) if piece.picture or piece.text.strip()), len(found))
    last = next(
        (
            number
            for number in range(len(found), first, -1)
            if found[number - 1].picture or found[number - 1].text.strip()
        ),
        first,
    )
    found = found[first:last]
    if found and not found[0].picture:
        found[0] = found[0]._replace(text=found[0].text.lstrip())
    if found and not found[-1].picture:
        found[-1] = found[-1]._replace(text=found[-1].text.rstrip())
    return found
