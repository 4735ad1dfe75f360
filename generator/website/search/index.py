"""The index of the search: which reports of a year hold which two characters in a row.

A word is in a report only where all pairs of its characters are; the search page then looks into the text itself. So
every place is found and nothing else, whatever the words, without splitting Chinese into words. One year at a time is
held in memory.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from generator.website.search.report_text import call
from generator.website.shell import SitePage

CALL = "nianbaoSearch.pairs("
# Organs in one segment; two digits number them.
SEGMENT = 4096
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
_CODES = [first + second for first in _DIGITS for second in _DIGITS]
_CAPITALS = re.compile("[A-Z]+")
NEWLINE, END = 10, "\t"
# How many files a year's pairs are spread over; a prime, since a pair goes where its first character leaves a rest.
_PRIMES = (1, 7, 13, 31, 61, 97, 127, 163, 211, 251, 331, 419, 509, 677, 1021, 1361, 2039)
_WISHED = 1_500  # characters in a file


class YearFiles(NamedTuple):
    """A segment of a year: its number, over how many files its pairs are spread, and the codes of its organs."""

    year: int
    segment: int
    files: int
    organs: str


class Indexed(NamedTuple):
    """The index of a segment: `size` is what its rows take, by which the number of files is chosen."""

    files: YearFiles
    size: int
    pages: Iterator[SitePage]


def folded(text: str) -> str:
    """The text as it is compared: Latin capitals count as small letters, nothing else is changed."""
    return _CAPITALS.sub(lambda found: found[0].lower(), text)


def pairs(text: str) -> set[int]:
    """All pairs of UTF-16 units in a row: the first in the lower 16 bits. A line's end counts as a unit, a tab as a
    space: in the index it stands for the end of a line."""
    units = (folded(text).replace("\t", " ") + "\n").encode("utf-16-le", "surrogatepass")
    found: set[int] = set()
    for start in (0, 2):
        row = array("I", units[start : start + (len(units) - start) // 4 * 4])
        if sys.byteorder == "big":  # pragma: no cover
            row.byteswap()
        found.update(row)
    return found


def year_files(year: int, segment: int, texts: Iterable[tuple[int, str]]) -> Indexed:
    """Indexes one year: `texts` are (number of the organ within the segment, text of its report), ascending."""
    index: dict[int, list[str]] = {}
    get, codes = index.get, []
    for number, text in texts:
        code = _CODES[number]
        codes.append(code)
        for pair in pairs(text):
            known = get(pair)
            if known is None:
                index[pair] = [code]
            else:
                known.append(code)
    rows = {pair: row_of(known, codes) for pair, known in index.items() if pair & 0xFFFF != NEWLINE}
    size = sum(map(len, rows.values())) + len(rows) * 3
    count = spread(size)
    return Indexed(YearFiles(year, segment, count, "".join(codes)), size, _pages(year, segment, count, rows))


def spread(size: int) -> int:
    """Over how many files rows of this size are spread."""
    return next((prime for prime in _PRIMES if prime * _WISHED >= size), _PRIMES[-1])


def code_of(number: int) -> str:
    """The two digits of an organ within its segment."""
    return _CODES[number]


def row_of(having: list[str], codes: Sequence[str]) -> str:
    """The codes of the reports that have a pair or, behind `!`, of those that have not, where these are fewer."""
    if len(having) * 2 <= len(codes):
        return "".join(having)
    known = frozenset(having)
    return "!" + "".join([code for code in codes if code not in known])


def _pages(year: int, segment: int, count: int, index: dict[int, str]) -> Iterator[SitePage]:
    lines: list[list[str]] = [[] for _ in range(count)]
    for pair in sorted(index):
        first, second = pair & 0xFFFF, pair >> 16
        end = END if second == NEWLINE else chr(second)
        lines[first % count].append(chr(first) + end + index[pair])
    for number, rows in enumerate(lines):
        yield page_of(year, segment, number, rows)


def path_of(year: int, segment: int, number: int) -> str:
    """Names a file of the index."""
    return f"search/{year}-{segment}/{number}.js"


def page_of(year: int, segment: int, number: int, lines: Iterable[str]) -> SitePage:
    """A file of the index, a line for each pair."""
    key = f"{year}-{segment}/{number}"
    return SitePage(path_of(year, segment, number), call(CALL, key, "\n".join(["", *lines, ""])))
