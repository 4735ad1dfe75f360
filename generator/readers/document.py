"""What every reader makes of a file: blocks in reading order, and what it left behind.

Nothing is interpreted here: no reader knows a statutory label. Tables are full rectangles with their spans kept,
so that matching them to a format is the same work whatever file they came from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from generator.finding import Finding, UserError


class Limits(NamedTuple):
    """Bounds on untrusted files; what exceeds them is refused with a sentence."""

    file_bytes: int = 50_000_000
    unpacked_bytes: int = 200_000_000  # all members of an archive together
    ratio: int = 200  # unpacked to packed, of one member
    members: int = 5_000
    cells: int = 200_000  # of one file
    pages: int = 300
    depth: int = 200  # of nested markup
    pictures: int = 500
    seconds: int = 120  # to read one file
    memory: int = 2_000_000_000  # bytes of the process that reads


class BlockPlace(NamedTuple):
    """Where a block stands in its file, from 1; 0 = does not apply. `sheet` is a worksheet's name; `start` is how far
    into its paragraph a part of one begins."""

    page: int = 0
    table: int = 0
    line: int = 0
    sheet: str = ""
    start: int = 0


NOWHERE = BlockPlace()


class Piece(NamedTuple):
    """A stretch of text in one dress. `link` is its address; `picture` names a Picture instead of text."""

    text: str
    bold: bool = False
    link: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`level` 1-6 when the file marks it as a heading, 0 otherwise; `bullet` when it is a list item ("" = none,
    else its marker: "-" or "1.")."""

    pieces: tuple[Piece, ...]
    where: BlockPlace = NOWHERE
    level: int = 0
    bullet: str = ""

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


class DocumentCell(NamedTuple):
    """One position of a full rectangle. A merged block repeats its text at each of its positions; only its first
    (top left) one has `first`."""

    text: str
    first: bool = True
    rowspan: int = 1
    colspan: int = 1
    uncertain: bool = False  # the reader itself had to guess (a cell split, a line joined)


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """A table as a full rectangle: rows of equally many cells. `lines` and `columns` are a worksheet's own numbers of
    its rows and columns, from 1 (hidden ones are missing); empty when they are simply 1, 2, 3 …"""

    rows: tuple[tuple[DocumentCell, ...], ...]
    where: BlockPlace = NOWHERE
    caption: str = ""
    lines: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """`data` without EXIF or other metadata."""

    name: str
    data: bytes
    alt: str = ""


Block = Paragraph | DocumentTable


@dataclass(frozen=True, slots=True)
class Document:
    """`properties` are what the file says of itself (title, author …), for recognising and for hygiene notes;
    `stamp` is what nianbao's own forms carry (year, organ, format id, form version), empty otherwise, and `cells` are
    then all their visible cells that hold anything, by sheet, row and column from 0;
    `findings` are IMP-… notes: what was left behind, what was refused."""

    file: str
    kind: str
    blocks: tuple[Block, ...]
    pictures: tuple[Picture, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    stamp: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[tuple[str, int, int], str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


class Unreadable(UserError):
    """A reader cannot or will not read a file."""


class Reader(Protocol):
    """A kind of file. `read` takes bytes and gives a Document or raises Unreadable, nothing else."""

    @property
    def kind(self) -> str: ...

    @property
    def suffixes(self) -> tuple[str, ...]: ...

    @property
    def read(self) -> Callable[[bytes, str, Limits], Document]: ...
