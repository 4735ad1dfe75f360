"""Turns what is unusual about a worksheet's cell (look, format, formula) into plain text, raw text and doubt.

A number that a person sees differently from what is stored, or that no program has worked out, is never certain.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from generator.finding import Message
from generator.narrative import numerals
from generator.readers.cell_text import small_marked
from generator.readers.document import Mark, Piece, plain_and_marked
from generator.readers.sheet_formats import Look, Seen, moment, same_figure

_ALIKE = 0x10  # two colours that differ by no more in red, green and blue cannot be told apart
_TINY = 1.0  # points; smaller type cannot be seen
_LONG = 60  # characters; no figure is longer
WHITE, BLACK = "FFFFFF", "000000"
BASIC_COLOURS = (BLACK, WHITE, "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")
_CALCULATORS = ("microsoft excel", "microsoft macintosh excel", "microsoftoffice", "wps", "kingsoft", "et", "yozo")


class Trust(IntEnum):
    """Says how far the results that a file stores for its formulas can be trusted."""

    NONE = 0
    NOT_ZERO = 1
    ALL = 2


def trust(program: str) -> Trust:
    """Judge by the program that wrote a file.

    LibreOffice keeps results that another program stored without calculating them, which are then 0."""
    name = program.lower().replace("\xa0", " ").strip()
    if "compatible" in name or "openpyxl" in name:
        return Trust.NONE
    if name.startswith(("libreoffice", "openoffice", "calc")):
        return Trust.NOT_ZERO
    known = name.split("/")[0].split("_")[0].strip()
    return Trust.ALL if known.startswith(_CALCULATORS[:-2]) or known in _CALCULATORS else Trust.NONE


class Face(NamedTuple):
    """Holds how characters look: their mark, and whether they can be seen. Colours are RGB in hex, "" unknown."""

    mark: Mark | None = None
    colour: str = BLACK
    tiny: bool = False
    size: float = 0.0  # of the letters, in the unit of the file; 0 not known

    def unseen(self, background: str) -> bool:
        """Tell whether nobody sees characters of this face on a background."""
        return self.tiny or _alike(self.colour, background)


class Run(NamedTuple):
    """Holds a stretch of a cell's rich text; without a face of its own it has the cell's."""

    text: str
    face: Face | None = None


@dataclass(slots=True)
class CellLook:
    """Collects what is unusual about a cell; `number` is what is stored, `seen` what its format makes of it."""

    pieces: tuple[Piece, ...] = ()  # what is seen of its text, where that is marked
    mark: Mark | None = None  # of all of it
    unseen: bool = False  # white, tiny: nobody sees it
    partly: bool = False  # nobody sees some of it
    code: str = ""  # its number format
    number: Decimal | None = None
    seen: Look | None = None
    truth: bool = False  # TRUE or FALSE
    error: bool = False
    formula: str | None = None  # one that was not worked out, or may not have been


class CellText(NamedTuple):
    """Holds what a DocumentCell takes, and the pieces of a running text."""

    text: str
    raw: str = ""
    doubt: Message | None = None
    pieces: tuple[Piece, ...] = ()


def points_of(text: str) -> float:
    """Read a size in points as typed in a file; 0 where it is none."""
    try:
        return max(0.0, float(text))
    except ValueError:
        return 0.0


def tiny(points: str) -> bool:
    """Tell whether a size in points, as typed in a file, is too small to be seen."""
    try:
        return float(points) <= _TINY
    except ValueError:
        return False


@lru_cache(1_024)
def _alike(one: str, other: str) -> bool:
    """Tell whether two colours look the same; one that is not known does not."""
    if not (one and other):
        return False
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (0, 2, 4))
    return all(abs(a - b) <= _ALIKE for a, b in pairs)


def seen_pieces(runs: Iterable[Run], cell: Face, background: str) -> tuple[tuple[Piece, ...], bool]:
    """Return the pieces of a text that can be seen, and whether some cannot. A mark of the cell counts for all of it
    but for runs of another face."""
    pieces, hidden = [], False
    for text, own in runs:
        face = own or cell
        if face.unseen(background):
            hidden = hidden or bool(text.strip())
        elif text:
            pieces.append(Piece(text, mark=face.mark, size=face.size))
    return tuple(pieces), hidden


def decimal(text: str) -> Decimal | None:
    """Read a number as a file stores it, to the 15 digits that a spreadsheet keeps; None where it is none."""
    try:
        number = Decimal(f"{float(text):.15g}")
    except (ValueError, OverflowError, InvalidOperation):
        return None
    return number if number.is_finite() else None


# General in Chinese; LibreOffice takes its G for an era and stores the cell as a date (findings/
# libreoffice-chinese-general-becomes-dates.sh).
_CHINESE_GENERAL = "/通用格式"


def read_look(text: str, look: CellLook) -> CellText:
    """Read a cell whose text is known and whose look is unusual."""
    if look.error:
        return CellText(
            text, text, Message(f"此格是公式错误{text}，不是数", f"the cell is the error {text}, no figure")
        )
    if look.formula is not None:
        return _uncalculated(text, look)
    if look.truth:
        why = f"此格是逻辑值{text}，不是数", f"the cell is the logical value {text}, not a figure"
        return CellText(text, text, Message(*why))
    if look.unseen:
        return _unseen(text)
    pieces = tuple(small_marked(look.pieces)) or (Piece(text, mark=look.mark),)
    if any(piece.mark for piece in pieces):
        return CellText(*plain_and_marked(pieces), pieces)
    text = "".join(piece.text for piece in pieces)
    if look.seen is not None:
        return _formatted(text, look.number, look.seen, look.code)
    return CellText(text)


def _uncalculated(text: str, look: CellLook) -> CellText:
    """Read a formula without a result, or with one that no program can be trusted to have worked out."""
    stored = f"〔存的是{text}〕" if text else ""
    why = Message(
        "公式未计算，请用表格软件打开并保存后再读",
        "the formula was not calculated; open the file in a spreadsheet program and save it, then import again",
    )
    raw = (f"={look.formula}" if look.formula else "公式") + stored
    return CellText("" if look.number is not None else text, raw, why)


def _unseen(text: str) -> CellText:
    """Leave out what nobody sees; what may be a figure leaves a doubt."""
    if not text or len(text) > _LONG:
        return CellText("")
    why = f"此格的字看不见（白色、极小或被格式隐藏），存的是“{text}”"
    return CellText("", f"〔看不见：{text}〕", Message(why, f"nobody sees the text of the cell, which is “{text}”"))


def _formatted(text: str, number: Decimal | None, look: Look, code: str) -> CellText:
    """Compare what is stored with what is seen; they are one figure, or both are named."""
    stored = text if number is None else numerals.plain(number)
    shown = look.text
    if look.seen is Seen.UNKNOWN:
        why = f"此格存的是{stored}，按格式“{code}”显示，可能是另一个数"
        en = f"the cell stores {stored}, which its format “{code}” may show as another figure"
        return CellText("", f"{stored}〔格式：{code}〕", Message(why, en))
    if look.seen is not Seen.TEXT:
        return _dated(text, stored, number, shown)
    if (number is None and shown == text) or (number is not None and same_figure(shown, number)):
        return CellText(text)
    if not shown:
        return CellText(
            "", f"〔看不见：{stored}〕", Message(f"此格存的是{stored}，显示为空白", f"{stored} shows as blank")
        )
    why = f"此格存的是{stored}，显示为“{shown}”"
    raw = f"{shown}〔存的是{stored}〕"
    return CellText(
        _kept(text, stored, shown, number), raw, Message(why, f"the cell stores {stored} but shows “{shown}”")
    )


def _dated(text: str, stored: str, number: Decimal | None, shown: str) -> CellText:
    """Read a number in a format of dates or times; the date it shows is no figure."""
    if number is not None and _CHINESE_GENERAL in shown and not any(map(str.isdecimal, shown)):
        why = f"此格的格式“G{_CHINESE_GENERAL}”换存时被当成日期，存的数是{stored}"
        en = f"the format “G{_CHINESE_GENERAL}” (General) was taken for a date's when saving; the number is {stored}"
        return CellText(stored, f"{shown}〔存的是{stored}〕", Message(why, en))
    if number is not None and text == stored:
        text = moment(number)
    shown = shown or text
    why = f"此格是日期或时间格式，显示为“{shown}”，存的数是{stored}"
    en = f"the cell has a format of dates or times and shows “{shown}”; the number stored is {stored}"
    return CellText(text, f"{shown}〔存的是{stored}〕", Message(why, en))


def _kept(text: str, stored: str, shown: str, number: Decimal | None) -> str:
    """Choose the plain text of a figure that looks different: what is seen where only words or a sign are added to the
    same digits, what is stored where it is only rounded, else nothing."""
    bare = "".join(shown.split()).replace(",", "")
    if number is None:
        return shown
    if bare.endswith("%"):
        return text
    try:
        seen = Decimal(bare)
    except InvalidOperation:
        digits = "".join(character for character in bare if character.isdecimal() or character in ".-")
        return shown if same_figure(digits, number) else ""
    places = len(bare.partition(".")[2])
    fits = seen.is_finite() and abs(number) < 10**15
    return stored if fits and number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) == seen else ""
