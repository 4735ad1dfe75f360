"""Rejoins the lines of a PDF into paragraphs; drops page numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from generator.readers.document import BlockPlace, Paragraph, Piece
from generator.readers.pdf_page import PdfChar, PdfLine, PdfPage
from generator.readers.text_cleanup import close, cut_address, heading, wide

_MARGIN = 0.09  # of the page's height: where page numbers and running heads stand
_OUTSIDE = 0.2  # of the page's height: where they may stand if they repeat
_OUTER = 2  # lines at each edge of a page that may be running heads
_SAME_HEIGHT = 4.0  # points
_DIGITS = re.compile(r"[0-9]{1,9}")
# what browsers print at the edges: the date and the page's title above, its address and "1/2" below
_BROWSER = re.compile(
    r"^\d{1,4}[/.年-]\d{1,2}[/.月-]\d{1,4}日?,? ?(?:[上下]午)?\d{1,2}:\d{2}(?: ?[AP]M)?(?=\t|$)"
    r"|^(?:https?|file)://\S{1,2000}\t\d{1,4}/\d{1,4}$"
)
_NUMBER = re.compile(r"^[\s\-—–－·.|]*第?\s*\d{1,4}\s*页?(\s*[/／共]\s*(共\s*)?\d{1,4}\s*页?)?[\s\-—–－·.|]*$")


class Placed(NamedTuple):
    """Holds a line of running text with its page."""

    line: PdfLine
    page: PdfPage


def marginal(pages: Sequence[PdfPage], text: dict[int, list[PdfLine]]) -> tuple[set[tuple[int, int]], list[str]]:
    """Find (page, line) of page numbers and running heads, and the words of the running heads.

    A running head is a line at the edge of the page as browsers print it, or one that stands at the same place of at
    least half the pages of its side; the numbers in it may count the pages.
    """
    edge = {
        (page.number, number): line
        for page in pages
        for number, line in enumerate(text[page.number])
        if line.bottom < page.height * _MARGIN or line.top > page.height * (1 - _MARGIN)
    }
    numbers = {place for place, line in edge.items() if _NUMBER.match(line.text)}
    heads = {place for place, line in edge.items() if _BROWSER.search(close(line.text))}
    for places in _repeated(pages, text):
        texts = [text[page][number].text for page, number in places]
        if not _NUMBER.match(texts[0]):
            heads |= set(places)
        elif len(set(texts)) == len(texts):
            numbers |= set(places)
    heads -= numbers
    words = dict.fromkeys(" ".join(close(text[page][number].text).split()) for page, number in sorted(heads))
    return numbers | heads, list(words)


def page_numbers(pages: Sequence[PdfPage], text: dict[int, list[PdfLine]]) -> set[tuple[int, int]]:
    """Find (page, line) of the lines below the text that are nothing but the number of their page between dashes."""
    found = set()
    for page in pages:
        lines = text[page.number]
        last = max(range(len(lines)), key=lambda number: lines[number].top, default=-1)
        if last >= 0 and "".join(lines[last].text.split()) == f"—{page.number}—":
            found.add((page.number, last))
    return found


def _repeated(pages: Sequence[PdfPage], text: dict[int, list[PdfLine]]) -> list[list[tuple[int, int]]]:
    """Group the first and last lines of pages that say the same at the same height, counted pages aside."""
    groups: dict[tuple[str, bool, int], list[tuple[int, int]]] = {}
    for page in pages:
        found = text[page.number]
        outer = sorted(range(len(found)), key=lambda number: found[number].top)
        for number in {*outer[:_OUTER], *outer[-_OUTER:]}:
            line = found[number]
            upper, share = line.top < page.height / 2, min(line.bottom, page.height - line.top) / page.height
            if share < _MARGIN or (share < _OUTSIDE and line.text.count("\t") < 2):
                key = _DIGITS.sub("0", close(line.text)), upper, round(line.top / _SAME_HEIGHT)
                groups.setdefault(key, []).append((page.number, number))
    return [
        places
        for places in groups.values()
        if len(places) >= 2 and 3 * len(places) >= len(pages) and _counts_pages(places, text)
    ]


def _counts_pages(places: Sequence[tuple[int, int]], text: dict[int, list[PdfLine]]) -> bool:
    """Tell whether lines differ in nothing but numbers that grow with their pages as fast as they do."""
    rows = [[int(digits) for digits in _DIGITS.findall(text[page][number].text)] for page, number in places]
    for (page, _), (later, _), row, next_row in zip(places, places[1:], rows, rows[1:], strict=False):
        if any(after - before not in (0, later - page) for before, after in zip(row, next_row, strict=True)):
            return False
    return True


class Measure(NamedTuple):
    """Describes a text column in points: edges, line pitch, and whether indents or gaps mark its paragraphs."""

    left: float
    right: float
    pitch: float
    indented: bool
    spaced: bool


def measured(placed: Sequence[Placed]) -> Measure:
    """Measure the text column from the lines of a document."""
    starts = Counter(round(item.line.x0 / 4) for item in placed)
    common = [start * 4.0 for start, count in starts.items() if count * 5 >= len(placed)]
    gaps = Counter(
        round(after.line.top - before.line.top)
        for before, after in pairwise(placed)
        if before.page.number == after.page.number
    )
    positive = [gap for gap, count in gaps.most_common() if gap > 0]
    left = min(common, default=0.0)
    indents = sum(1.2 * item.line.size < item.line.x0 - left < 3 * item.line.size for item in placed)
    pitch = float(positive[0]) if positive else 20.0
    wider = sum(count for gap, count in gaps.items() if 1.25 * pitch < gap < 2.5 * pitch)
    return Measure(left, _right(placed, left), pitch, indents * 12 >= len(placed), wider * 20 >= len(placed))


def _right(placed: Sequence[Placed], left: float) -> float:
    """Find where full lines end: where the two widest do; with short lines only, a margin as wide as the left one."""
    ends = sorted((item.line.x1 for item in placed), reverse=True)
    width = max((item.page.width for item in placed), default=0.0)
    full = len(ends) > 1 and ends[0] - ends[1] < 20 and ends[0] - left > 0.5 * width
    return ends[0] if full else max([width - left, *ends[:1]])


def continues(before: Placed, after: Placed, measure: Measure) -> bool:
    """Tell whether a line continues a paragraph: the line before is full, this one starts at the margin in its size."""
    first, second = before.line, after.line
    size = first.size
    if "\t" in first.text or "\t" in second.text or abs(size - second.size) > 1.5 or heading(close(first.text)):
        return False
    if second.x0 > measure.left + 0.9 * size or first.x1 < measure.right - 2.2 * size:
        return False
    ended = close(first.text).endswith(("。", "：", "！", "？"))
    turned = before.page.number != after.page.number
    marked = measure.indented or (measure.spaced and not turned)
    if ended and (heading(close(second.text)) or not marked):
        return False  # nothing else marks paragraphs here, so a full line that ends a sentence does
    return turned or second.top - first.top <= 1.25 * measure.pitch


def in_heading(group: Sequence[Placed], line: Placed, headings: Mapping[str, int]) -> bool | None:
    """Tell whether a line continues a heading that the file names: False behind its last line, None where the lines
    before are no heading."""
    before = _squeezed(item.line.text for item in group)
    if before in headings:
        return False
    more = before + _squeezed([line.line.text])
    return True if any(name.startswith(more) for name in headings) else None


def _squeezed(texts: Iterable[str]) -> str:
    return "".join("".join(texts).split())


def paragraph(group: Sequence[Placed], number: int, headings: Mapping[str, int] | None = None) -> Paragraph:
    """Join lines into the paragraph of this number; a heading by its look has no formatting of its own. Where
    `headings` are given, the file says what is one, and its blanks are those that were typed, also where lines end."""
    exact = headings is not None
    chars: list[PdfChar] = []
    for item in group:
        if chars and not exact and _apart(chars, item.line):
            chars.append(chars[-1]._replace(text=" "))
        chars += item.line.chars
    text = close("".join(char.text for char in chars if char.mark is None))
    where = BlockPlace(page=group[0].page.number, line=number)
    level = (headings or {}).get("".join(text.split()), 0) or heading(text)
    marker = _marker(chars) if exact and not level else ""
    if marker:
        bullet = marker if marker[:-1].isdecimal() else "-"
        return Paragraph(_pieces(chars[len(marker) :]), where, 0, bullet)
    if level and all(char.mark is None for char in chars):
        return Paragraph((Piece(_typed(chars) if exact else text),), where, level)
    return Paragraph(_pieces(chars if exact else _tight(chars)), where, level)


_REACH = 80  # characters before a line's end that may belong to an address


def _apart(chars: Sequence[PdfChar], line: PdfLine) -> bool:
    """Tell whether a blank stands between what was read and the next line: between words, not within an address."""
    last = chars[-1].text[-1:]
    if not last.isascii() or not line.text[:1].isascii():
        return False
    cut = cut_address("".join(char.text for char in chars[-_REACH:]), line.text)
    return last.isalnum() and not cut


def _marker(chars: Sequence[PdfChar]) -> str:
    """Return the number or point that stands apart from the words behind it, as a list item's does; "" for none."""
    match = _ITEM.match("".join(char.text for char in chars[:8]))
    if match is None or len(match[0]) >= len(chars):
        return ""
    last, first = chars[len(match[0]) - 1], chars[len(match[0])]
    return match[0] if first.x0 - last.x1 > _APART * first.size else ""


_ITEM = re.compile(r"\d{1,4}\.|•", re.ASCII)
_APART = 0.3  # of the size: what stands behind the number of an item


def _typed(chars: Sequence[PdfChar]) -> str:
    return " ".join("".join(char.text for char in chars).split())


def _pieces(chars: Iterable[PdfChar]) -> tuple[Piece, ...]:
    return tuple(
        Piece("".join(char.text for char in group), bold, link, mark=mark)
        for (bold, link, mark), group in groupby(chars, key=lambda char: (char.bold, char.link, char.mark))
    )


def _tight(chars: Sequence[PdfChar]) -> list[PdfChar]:
    """Keep blanks only between characters that are both narrow."""
    kept: list[PdfChar] = []
    for number, char in enumerate(chars):
        if char.text.strip(" "):
            kept.append(char)
        elif kept and kept[-1].text.strip(" ") and not wide(kept[-1].text[-1]):
            after = next((other.text for other in chars[number + 1 :] if other.text.strip(" ")), "")
            kept += [char._replace(text=" ")] if after and not wide(after[0]) else []
    return kept
