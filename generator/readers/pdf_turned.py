"""Finds pages of a PDF whose text runs up, down, on its head or askew, and turns them as a person would hold them.

A wide table is often set sideways on an upright page. pdfplumber reads cells from left to right whatever way their
letters run, so that 2293 would be 3922 (pdfplumber 0.11.10, findings/pdfplumber-turned-tables.sh).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import atan2, cos, sin
from statistics import median
from typing import Any

from generator.readers.pdf_page import PdfChar

_FEW = 8  # characters below which a page says nothing of how it is held
_MOST = 0.8  # of the characters of a page, that run one way
_LEVEL = 0.0005  # radians: a third of a point across a page
_LEANING, _ITALIC = 0.005, 0.18  # of the height of letters; italics lean by a fifth and more
_STEEP = 0.09  # 5 degrees; watermarks rise more steeply


def quarter_turn(chars: Iterable[Mapping[str, Any]]) -> int:
    """Return by how many degrees clockwise a page must be turned for its text to run across: 0, 90, 180 or 270."""
    ways = Counter(turn_of(char["matrix"]) for char in chars if str(char["text"]).strip())
    if ways.total() < _FEW:
        return 0
    way, count = ways.most_common(1)[0]
    return way if count >= _MOST * ways.total() else 0


def lean(chars: Iterable[Mapping[str, Any]]) -> float:
    """Return by how many radians the lines of a page rise that was copied askew; 0 for one that stands straight."""
    pairs = [tuple(map(float, char["matrix"][:2])) for char in chars if str(char["text"]).strip()]
    rises = [atan2(b, a) for a, b in pairs if a > 0 and abs(b) < _STEEP * a]
    if len(rises) < max(_FEW, _MOST * len(pairs)):
        return 0.0
    rise = median(rises)
    return rise if abs(rise) > _LEVEL else 0.0


def sheared(chars: Iterable[Mapping[str, Any]]) -> bool:
    """Tell a page whose letters lean, and by less than italics do: its upright rules may lean too."""
    leans = [abs(float(c)) / (abs(float(d)) or 1) for char in chars for c, d in [char["matrix"][2:4]]]
    return sum(_LEANING < lean < _ITALIC for lean in leans) > _MOST * len(leans) > 0


def straightened(matrix: Any, rise: float, page: Any) -> Any:
    """Turn the matrix of a page about its middle, so that lines that rise so much run level."""
    from pdfminer.utils import mult_matrix

    x, y = float(page.width) / 2, float(page.height) / 2
    a, b = cos(rise), sin(rise)
    turn = (a, -b, b, a, x - a * x - b * y, y + b * x - a * y)
    return mult_matrix(matrix, turn)


def turned(page: Any, degrees: int) -> Any:
    """Make a pdfplumber page of the same contents, turned clockwise by so many degrees; it is not laid out yet."""
    from pdfplumber.page import Page

    source = page.page_obj
    source.rotate = (int(source.rotate) + degrees) % 360
    source.attrs["Rotate"] = source.rotate  # pdfplumber reads this one, pdfminer the other
    return Page(page.pdf, source, page_number=page.page_number, initial_doctop=page.initial_doctop)


def upright(chars: Sequence[PdfChar]) -> list[PdfChar]:
    """Turn the places of letters that run up or down, all of them one way, so that they run across; others stay."""
    turns = {char.turn for char in chars if char.text.strip()}
    if turns not in ({90}, {270}):
        return list(chars)
    sign = 1 if turns == {270} else -1
    return [_laid(char, sign) for char in chars]


def _laid(char: PdfChar, sign: int) -> PdfChar:
    x0, x1 = sorted((sign * char.top, sign * char.bottom))
    top, bottom = sorted((-sign * char.x0, -sign * char.x1))
    return char._replace(x0=x0, x1=x1, top=top, bottom=bottom)


def turn_of(matrix: Any) -> int:
    """Tell the turn that a character needs to stand upright; 0 too for slanting and mirrored ones."""
    a, b, c, d = (float(value) for value in matrix[:4])
    if abs(b) > abs(a) and abs(c) > abs(d) and (b > 0) != (c > 0):
        return 90 if b > 0 else 270
    return 180 if a < 0 and d < 0 and abs(a) > abs(b) else 0
