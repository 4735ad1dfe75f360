"""Finds pages of two columns: two leaves of a report side by side on one sheet, or text set in columns.

They are read one behind the other; leaves in several rows, four to a sheet, row by row, as printers lay them. What is
one table over the whole width of a page has rows that begin in its left half only: in the right one they would begin
with figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from statistics import median

from generator.readers.pdf_page import PdfBox, PdfChar, PdfPage, lines

_FIRST, _LAST = 0.35, 0.65  # of the width: where the blank strip between the columns lies
_WIDTH = 10  # points of that strip
_MARGIN = 0.09  # of the height: heads and page numbers may stand in the strip
_FEWEST = 20  # characters of a column
_ROWS = 4  # lines of a column
_LEAVES = (2, 4)  # rows of leaves on one sheet
_PAPER = (0.707, 1.414)  # width by height
_ASKEW = 0.1  # by which leaves differ from that
_REDUCED = 8.1  # points of letters where four leaves share a sheet
_START = 4  # characters at the start of a line, among which is a letter: “1.属于”, not “12 30”
_NAMED = 0.6  # of a column's lines begin with words


def strip(page: PdfPage, boxes: Sequence[PdfBox]) -> float | None:
    """Return where the strip between the columns of a page has its middle; None for a page of one column.

    `boxes` are those of its ruled tables.
    """
    at = _blank(page, boxes)
    if at is None:
        return None
    halves: tuple[list[PdfChar], list[PdfChar]] = ([], [])
    for char in page.chars:
        if char.text.strip() and _is_inner(page, char):
            halves[char.x > at].append(char)
    return at if all(map(_is_column, halves)) else None


def rows_of_leaves(page: PdfPage, boxes: Sequence[PdfBox]) -> tuple[float, ...]:
    """Return where the strips between the rows of leaves on a page of two columns lie; () for one row.

    Leaves are as broad or as high as paper is, and their letters small: text set in two columns has neither."""
    sizes = [char.size for char in page.chars if char.text.strip()]
    if not sizes or median(sizes) > _REDUCED:
        return ()
    spans = [(char.top, char.bottom) for char in page.chars if char.text.strip()]
    blanks = _blanks([*spans, *((box.top, box.bottom) for box in boxes)])
    for count in _LEAVES:
        shape = page.width / 2 / (page.height / count)
        cuts = [page.height * number / count for number in range(1, count)]
        cut = all(any(start < at < end for start, end in blanks) for at in cuts)
        if cut and any(abs(shape / paper - 1) < _ASKEW for paper in _PAPER):
            return tuple(cuts)
    return ()


def _blanks(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """List the gaps between spans."""
    found: list[tuple[float, float]] = []
    end = float("inf")
    for start, stop in sorted(spans):
        if start > end:
            found.append((end, start))
        end = max(end, stop) if end < float("inf") else stop
    return found


def offset(at: float, page: PdfPage, boxes: Sequence[PdfBox]) -> float:
    """Return how far the right column stands from the left one, by their tables or else by their text."""
    sides: list[float] = []
    for right in (False, True):
        starts = [box.x0 for box in boxes if (box.x0 > at) == right]
        starts = starts or [char.x0 for char in page.chars if (char.x > at) == right and char.text.strip()]
        sides.append(min(starts, default=at))
    return sides[1] - sides[0]


def _is_inner(page: PdfPage, char: PdfChar) -> bool:
    return page.height * _MARGIN < char.y < page.height * (1 - _MARGIN)


def _blank(page: PdfPage, boxes: Sequence[PdfBox]) -> float | None:
    """Return the middle of the widest upright strip about the middle of a page in which nothing stands."""
    size = int(page.width) + 2
    steps = [0] * (size + 1)
    spans = [(char.x0, char.x1) for char in page.chars if char.text.strip() and _is_inner(page, char)]
    for x0, x1 in (*spans, *((box.x0, box.x1) for box in boxes)):
        start, end = (min(max(0, int(x)), size - 1) for x in (x0, x1))
        steps[start] += 1
        steps[end + 1] -= 1
    best, run = (0, 0), 0
    for x, covered in enumerate(accumulate(steps)):
        run = 0 if covered else run + 1
        if _FIRST * page.width < x < _LAST * page.width:
            best = max(best, (run, x))
    wide, end = best
    return end - wide / 2 if wide >= _WIDTH else None


def _is_column(chars: Sequence[PdfChar]) -> bool:
    if len(chars) < _FEWEST:
        return False
    starts = [line.text[:_START] for line in lines(chars)]
    return len(starts) >= _ROWS and sum(any(map(str.isalpha, text)) for text in starts) >= _NAMED * len(starts)
