"""The index of the search: which reports of a year hold which two characters in a row.

A word is in a report only where all pairs of its characters are; the search page then looks into the text itself. So
every place is found and nothing else, whatever the words, without splitting Chinese into words. One year at a time is
held in memory.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.website.search.report_text import call
from generator.website.shell import SitePage

CALL = "nianbaoSearch.pairs("
# Organs in one segment; two digits number them.
SEGMENT = 4096
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
_CODES = [first + second for first in _DIGITS for second in _DIGITS]
_CAPITALS = re.compile("[A-Z]+")
_NEWLINE, _END = 10, "\t"
# How many files a year's pairs are spread over; a prime, since a pair goes where its first character leaves a rest.
_PRIMES = (1, 7, 13, 31, 61, 97, 127, 163, 211, 251, 331, 419, 509, 677, 1021, 1361, 2039)
_WISHED = 1_500  # characters in a file


class YearFiles(NamedTuple):
    """A segment of a year: its number, over how many files its pairs are spread, and the codes of its organs."""

    year: int
    segment: int
    files: int
    organs: str


def folded(text: str) -> str:
    """The text as it is compared: Latin capitals count as small letters, nothing else is changed."""
    return _CAPITALS.sub(lambda found: found[0].lower(), text)


def pairs(text: str) -> set[int]:
    """All pairs of UTF-16 units in a row: the first in the lower 16 bits. A line's end counts as a unit."""
    units = (folded(text) + "\n").encode("utf-16-le", "surrogatepass")
    found: set[int] = set()
    for start in (0, 2):
        row = array("I", units[start : start + (len(units) - start) // 4 * 4])
        if sys.byteorder == "big":  # pragma: no cover
            row.byteswap()
        found.update(row)
    return found


def year_files(year: int, segment: int, texts: Iterable[tuple[int, str]]) -> tuple[YearFiles, Iterator[SitePage]]:
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
    rows = {pair: _row(known, codes) for pair, known in index.items()}
    size = sum(map(len, rows.values())) + len(rows) * 3
    count = next((prime for prime in _PRIMES if prime * _WISHED >= size), _PRIMES[-1])
    return YearFiles(year, segment, count, "".join(codes)), _pages(year, segment, count, rows)


def _row(having: list[str], codes: list[str]) -> str:
    """The codes of the reports that have a pair or, behind `!`, of those that have not, where these are fewer."""
    if len(having) * 2 <= len(codes):
        return "".join(having)
    known = frozenset(having)
    return "!" + "".join([code for code in codes if code not in known])


def _pages(year: int, segment: int, count: int, index: dict[int, str]) -> Iterator[SitePage]:
    lines: list[list[str]] = [[] for _ in range(count)]
    for pair in sorted(index):
        first, second = pair & 0xFFFF, pair >> 16
        if first != _NEWLINE:
            end = _END if second == _NEWLINE else chr(second)
            lines[first % count].append(chr(first) + end + index[pair])
    for number, rows in enumerate(lines):
        key = f"{year}-{segment}/{number}"
        yield SitePage(f"search/{key}.js", call(CALL, key, "\n".join(["", *rows, ""])))
