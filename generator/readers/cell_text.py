"""Makes the text of a table's cell from its lines: the plain part, what a person sees, and why they may differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.finding import Message
from generator.readers.document import Mark, Piece, plain_and_marked

_SMALL = 0.85  # of the largest digits; a person sees that these are another kind
_DIGITS = "0123456789０１２３４５６７８９"
_FIGURE = re.compile(r"[-+]?[\d０-９][\d０-９.,，。 ]{0,40}(?:亿元|万元|元|件|项|条|笔|次|个|宗|份|起|例|篇|人)?")


UNSEEN = Message(
    "此格的数看不见（隐藏、与底色同色或极小），没有读入",
    "the figure of the cell cannot be seen (hidden, tiny or in the colour of its ground); it was not read",
)


class CellText(NamedTuple):
    """Holds the lines of a cell's plain text, with `raw` and `doubt` as in DocumentCell."""

    lines: list[str]
    raw: str = ""
    doubt: Message | None = None


def cell_text(lines: Iterable[Sequence[Piece]]) -> CellText:
    """Split the lines of a cell into plain and marked text; lines without plain text are left out."""
    pieces: list[Piece] = []
    for line in lines:
        pieces += [Piece("\n"), *line] if pieces else line
    plain, raw, doubt = plain_and_marked(small_marked(pieces))
    kept = [line.strip() for line in plain.split("\n") if line.strip()]
    return CellText(kept, raw.strip(), doubt)


def small_marked(pieces: Sequence[Piece]) -> list[Piece]:
    """Mark the digits of a figure that are clearly smaller than its others: a small 1 behind 22 may be a note."""
    plain = [piece for piece in pieces if piece.mark is None]
    sizes = [piece.size for piece in plain if any(letter.isdigit() for letter in piece.text)]
    if len(set(sizes)) < 2 or 0 in sizes or not figure("".join(piece.text for piece in plain)):
        return list(pieces)
    least = _SMALL * max(sizes)
    return [
        piece._replace(mark=Mark.SMALL) if piece.mark is None and piece.size < least and piece.text.strip() else piece
        for piece in pieces
    ]


def small_beside(pieces: Iterable[Piece]) -> list[Piece]:
    """Mark, in running text, the digits that touch clearly larger ones; sizes are dropped, for words may have any."""
    kept: list[Piece] = []
    for piece in pieces:
        touching = kept and kept[-1].text[-1:].isdigit() and piece.text[:1].isdigit()
        if touching and not (piece.mark or kept[-1].mark) and piece.size and kept[-1].size:
            before = kept[-1]
            if piece.size < _SMALL * before.size:
                digits = piece.text[: len(piece.text) - len(piece.text.lstrip(_DIGITS))]
                kept += [piece._replace(text=digits, mark=Mark.SMALL), piece._replace(text=piece.text[len(digits) :])]
                continue
            if before.size < _SMALL * piece.size:
                words = before.text.rstrip(_DIGITS)
                kept[-1:] = [
                    before._replace(text=words),
                    before._replace(text=before.text[len(words) :], mark=Mark.SMALL),
                ]
        kept.append(piece)
    return [piece._replace(size=0.0) for piece in kept if piece.text or piece.picture]


def figure(text: str) -> bool:
    """Tell a text that is nothing but a number, perhaps with a unit."""
    return bool(_FIGURE.fullmatch(text.strip()))


def picture_line(pictures: Iterable[Piece], objects: int = 0) -> list[Piece]:
    """Return what a cell shows of its pictures and embedded objects: a figure may be in one, so it is in doubt."""
    names = [piece.text.strip() or "没有说明" for piece in pictures if piece.picture]
    names += ["嵌入的对象"] * bool(objects)
    return [Piece("、".join(names)[:100], mark=Mark.PICTURE)] if names else []
