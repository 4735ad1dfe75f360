"""Defines the Document that every reader returns: blocks in reading order, and findings on what was left behind.

Nothing is interpreted here: no reader knows a statutory label. Tables are full rectangles with their spans kept,
so that matching them to a form is the same work whatever file they came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from generator.finding import Finding, Message, UserError


class Limits(NamedTuple):
    """Limits how large an untrusted file may be; a reader refuses a file that exceeds one."""

    file_bytes: int = 50_000_000
    unpacked_bytes: int = 200_000_000  # all members of an archive together
    ratio: int = 200  # unpacked to packed size, of one member
    members: int = 5_000
    cells: int = 200_000  # of one file
    pages: int = 300
    depth: int = 200  # of nested markup
    pictures: int = 500
    seconds: int = 120  # to read one file
    memory: int = 2_000_000_000  # bytes, of the worker process


class BlockPlace(NamedTuple):
    """Locates a block in its file, counting from 1; 0 means it does not apply.

    `sheet` is a worksheet's name; `start` is the offset in its paragraph at which a part of one begins.
    """

    page: int = 0
    table: int = 0
    line: int = 0
    sheet: str = ""
    start: int = 0


NOWHERE = BlockPlace()


class Mark(StrEnum):
    """Names a look that tells a person that characters are not part of the text around them."""

    STRUCK = "struck"  # a line through them
    RAISED = "raised"
    LOWERED = "lowered"
    RUBY = "ruby"  # small characters above others
    DELETED = "deleted"  # a tracked change, shown
    REPLACED = "replaced"  # stored in a content control that shows other data
    STALE = "stale"  # the result of a field that the file itself asks to calculate anew
    NUMBER = "number"  # counted by the program that shows it, as list items are
    PICTURE = "picture"  # a picture or an embedded object, named by its description: a figure may be in it
    SMALL = "small"  # digits clearly smaller than others beside them
    OTHER = "other"  # drawn as another character than the font calls it
    DRAWN = "drawn"  # shown by a form control, a style sheet or a drawing, not written as text


GONE = (Mark.STRUCK, Mark.DELETED, Mark.REPLACED)  # text that holds no longer
_MARKS = {
    Mark.STRUCK: Message("划去", "struck out"),
    Mark.RAISED: Message("上标", "raised"),
    Mark.LOWERED: Message("下标", "lowered"),
    Mark.RUBY: Message("注音", "ruby"),
    Mark.DELETED: Message("修订删除", "deleted"),
    Mark.REPLACED: Message("内容控件里已被绑定数据取代", "replaced by a content control's data"),
    Mark.STALE: Message("待更新的域", "the result of a field to be updated"),
    Mark.NUMBER: Message("自动编号", "automatically numbered"),
    Mark.PICTURE: Message("图片或对象", "a picture or object"),
    Mark.SMALL: Message("小字", "smaller"),
    Mark.OTHER: Message("字形与文字编码不符", "drawn as another character"),
    Mark.DRAWN: Message("控件或样式显示", "drawn"),
}


class Piece(NamedTuple):
    """Holds a stretch of text of one formatting. `link` is its address; `picture` names a Picture instead of text;
    `mark` is set where its look says that it is not part of the text around it. What nobody sees is no piece at all.
    `size` is that of the letters where a reader knows it, in a unit of its own, and only in cells; 0 elsewhere."""

    text: str
    bold: bool = False
    link: str = ""
    picture: str = ""
    mark: Mark | None = None
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Holds a paragraph, heading or list item.

    `level` is 1-6 when the file marks it as a heading, 0 otherwise; `bullet` is a list item's marker ("-" or "1."),
    "" when it is none.
    """

    pieces: tuple[Piece, ...]
    where: BlockPlace = NOWHERE
    level: int = 0
    bullet: str = ""

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


class DocumentCell(NamedTuple):
    """Holds one position of a table. A merged cell repeats its text at each position; only its top left has `first`.

    `text` is the plain part. Where the file shows more, or something else could be meant, `raw` is what a person sees
    and `doubt` says why the plain part may not be the figure: such a cell is never certain."""

    text: str
    first: bool = True
    rowspan: int = 1
    colspan: int = 1
    uncertain: bool = False  # the reader had to guess (a cell split, a line joined)
    raw: str = ""
    doubt: Message | None = None


CLOSED = "〕"  # ends what `opened` begins


def opened(mark: Mark) -> str:
    """Return what stands before marked characters in the raw text of a cell."""
    return f"〔{_MARKS[mark].zh}："


_NOTED = re.compile(f"〔({'|'.join(mark.zh for mark in _MARKS.values())})：((?:〔[^〕]*〕|[^〔〕])*)〕")


def pieces_of(raw: str) -> Iterator[Piece]:
    """Split the raw text of a cell (`2293〔上标：1〕`) into the pieces that plain_and_marked made it of."""
    kinds, at = {message.zh: mark for mark, message in _MARKS.items()}, 0
    for match in _NOTED.finditer(raw):
        yield Piece(raw[at : match.start()])
        yield Piece(match[2], mark=kinds[match[1]])
        at = match.end()
    yield Piece(raw[at:])


def only_pictures(raw: str) -> bool:
    """Tell whether pictures are all that the raw text of a cell has besides its plain text: no doubt about words."""
    marks = {piece.mark for piece in pieces_of(raw) if piece.mark is not None}
    return marks == {Mark.PICTURE}


def plain_and_marked(pieces: Iterable[Piece]) -> tuple[str, str, Message | None]:
    """Splits a cell's pieces for a DocumentCell: the plain text, what a person sees (`22931` with a raised 1 becomes
    `2293〔上标：1〕`), and the doubt; raw "" and no doubt where nothing is marked."""
    pieces = [piece for piece in pieces if piece.text]
    text = "".join(piece.text for piece in pieces if piece.mark is None)
    marked = [piece for piece in pieces if piece.mark is not None and piece.text.strip()]
    if not marked:
        return text, "", None
    raw = "".join(f"{opened(piece.mark)}{piece.text}{CLOSED}" if piece.mark else piece.text for piece in pieces)
    kinds = list(dict.fromkeys(_MARKS[piece.mark] for piece in marked if piece.mark))
    zh = "、".join(f"{_MARKS[piece.mark].zh}“{piece.text}”" for piece in marked if piece.mark)
    en = ", ".join(kind.en for kind in kinds)
    return (
        text,
        raw,
        Message(f"原文此格有{zh}，没有算作数的一部分", f"the cell also shows {en} text, which was not taken"),
    )


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """Holds a table as a full rectangle: rows of equally many cells.

    `lines` and `columns` are the numbers of its rows and columns in the worksheet, from 1; empty when they are simply
    1, 2, 3 … `hidden_rows` and `hidden_columns` are those of them that the worksheet hides, from 0: their cells are in
    doubt, and where the table is printed they are left out.
    """

    rows: tuple[tuple[DocumentCell, ...], ...]
    where: BlockPlace = NOWHERE
    caption: str = ""
    lines: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()


class CellDoubt(NamedTuple):
    """Holds the `raw` text and the `doubt` of a DocumentCell."""

    raw: str
    doubt: Message


@dataclass(frozen=True, slots=True)
class Picture:
    """Holds a picture whose `data` carries no EXIF or other metadata."""

    name: str
    data: bytes
    alt: str = ""


Block = Paragraph | DocumentTable


@dataclass(frozen=True, slots=True)
class Document:
    """Holds what a reader made of one file.

    `properties` are the file's metadata (title, author …), for identifying it and for hygiene notes;
    `stamp` is the signature of nianbao's own workbooks (year, organ, form id, version), empty for other files, and
    `cells` are then all their non-empty visible cells, by sheet, row and column from 0, and `doubts` say of any of
    these places why what is in `cells` may not be the figure, with what a person sees;
    `findings` are the IMP-… notes: what was left behind, what was refused.
    """

    file: str
    kind: str
    blocks: tuple[Block, ...]
    pictures: tuple[Picture, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    stamp: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[tuple[str, int, int], str] = field(default_factory=dict)
    doubts: Mapping[tuple[str, int, int], CellDoubt] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


class Unreadable(UserError):
    """Signals that a reader cannot or will not read a file; its message is written for the clerk."""
