"""The index of the search: which reports hold which two characters in a row.

A word is in a report only where all pairs of its characters are; the search page then looks into the text itself. So
every place is found and nothing else, whatever the words, without splitting Chinese into words. The index comes in
parts, each held in memory as a whole: all reports of a small section, else up to `SEGMENT` organs of a year.
"""

from __future__ import annotations

import re
import sys
from array import array
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from generator.website.search.report_text import call
from generator.website.shell import SitePage

CALL = "nianbaoSearch.pairs("
# Reports in one part; two digits number them.
SEGMENT = 4096
# Stands for the second character where a row says who has the first one at all.
ALONE = "\t"
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"  # those of base64
_CODES = [first + second for first in _DIGITS for second in _DIGITS]
_CAPITALS = re.compile("[A-Z]+")
_NEWLINE = 10
# Where texts are cut: their pieces come again and again, in one report and in the next.
_CUTS, _CUT = "\n，。；：", "\0"
# How many files the pairs of a part are spread over; primes, since a pair goes where its number leaves a rest.
_PRIMES = (1, 7, 13, 31, 61, 97, 127, 163, 211, 251, 331, 419, 509, 677, 1021, 1361, 2039)
# Characters in a file: a word takes up to three files of each part, so those of the only one are larger.
_WISHED, _WISHED_ALONE = 800, 3000
_FACTOR = 31
_TOGETHER = 256  # reports whose pieces are in memory


class Part(NamedTuple):
    """A part of the index. Its reports are numbered: the `years` in turn have `width` numbers each, of which the first
    is that of the organ number `first`."""

    name: str
    years: Sequence[int]
    first: int
    width: int


class PartFiles(NamedTuple):
    """A part, over how many files its pairs are spread, and the row of all its reports."""

    name: str
    years: Sequence[int]
    first: int
    width: int
    files: int
    reports: str


class Indexed(NamedTuple):
    """The index of a part: `size` is what its rows take, by which the number of files is chosen."""

    files: PartFiles
    size: int
    pages: Iterator[SitePage]


def folded(text: str) -> str:
    """The text as it is compared: Latin capitals count as small letters, nothing else is changed."""
    return _CAPITALS.sub(lambda found: found[0].lower(), text)


def pairs(text: str) -> set[int]:
    """All pairs of UTF-16 units in a row, the first in the lower 16 bits, and each unit `ALONE`."""
    return {*_holders([(0, text)])[1]}


def part_files(part: Part, texts: Iterable[tuple[int, str]]) -> Indexed:
    """Indexes one part: `texts` are (number of the report within the part, its text), ascending."""
    everyone, index = _holders(texts)
    written = {bits: row_of(bits, everyone) for bits in {*index.values()}}
    rows = {pair: written[bits] for pair, bits in index.items()}
    size = sum(map(len, rows.values())) + len(rows) * 3
    files = PartFiles(*part, spread(size, part.width), row_of(everyone))
    return Indexed(files, size, _pages(files, rows))


def spread(size: int, width: int) -> int:
    """Over how many files the rows of a part are spread: `size` is what they take, `width` that of the part."""
    wished = _WISHED if width == SEGMENT else _WISHED_ALONE
    return next((prime for prime in _PRIMES if prime * wished >= size), _PRIMES[-1])


def file_of(pair: int, files: int) -> int:
    """The number of the file with the row of a pair, of so many."""
    return ((pair & 0xFFFF) * _FACTOR + (pair >> 16)) % files


def row_of(bits: int, everyone: int = 0) -> str:
    """Writes down a set of reports, each a bit: two digits a report, behind `!` those of `everyone` that are not in the
    set, or behind `*` the bits of all in base64, reports 0 to 7 in the first byte, whichever is short."""
    width = (bits.bit_length() + 7) // 8
    digits = 1 + (width * 8 + 5) // 6
    if bits.bit_count() * 2 <= digits:
        return "".join(_codes(bits))
    lacking = everyone & ~bits
    if everyone and lacking.bit_count() * 2 < digits:
        return "!" + "".join(_codes(lacking))
    return "*" + urlsafe_b64encode(bits.to_bytes(width, "little")).decode().rstrip("=")


def bits_of(row: str, everyone: int = 0) -> int:
    """Reads a set of reports back from its row."""
    if row.startswith("*"):
        return int.from_bytes(urlsafe_b64decode(row[1:] + "=" * (-len(row[1:]) % 4)), "little")
    if row.startswith("!"):
        return everyone & ~bits_of(row[1:])
    numbers = (_DIGITS.index(row[at]) * 64 + _DIGITS.index(row[at + 1]) for at in range(0, len(row), 2))
    return sum(1 << number for number in numbers)


def _codes(bits: int) -> Iterator[str]:
    while bits:
        lowest = bits & -bits
        yield _CODES[lowest.bit_length() - 1]
        bits ^= lowest


def _holders(texts: Iterable[tuple[int, str]]) -> tuple[int, dict[int, int]]:
    """Finds who holds each pair and each single unit, each report a bit; first of all, who there is."""
    everyone, index, numbered = 0, dict[int, int](), iter(texts)
    while some := list(islice(numbered, _TOGETHER)):
        first = some[0][0] if index else 0
        everyone |= sum(1 << number for number, _ in some)
        found = _pairs(_pieces((1 << number - first, text) for number, text in some))
        if not index:
            index = found
            continue
        for pair, bits in found.items():
            index[pair] = index.get(pair, 0) | bits << first
    get = index.get
    alone = ord(ALONE) << 16
    for pair, bits in [*index.items()]:
        unit = pair & 0xFFFF
        if pair >> 16 == _NEWLINE or unit == _NEWLINE:
            del index[pair]
        if unit != _NEWLINE:
            index[unit | alone] = get(unit | alone, 0) | bits
    return everyone, index


def _pieces(texts: Iterable[tuple[int, str]]) -> dict[str, int]:
    """Finds who holds each piece of a text; a piece takes the mark on either side of it with it."""
    pieces: dict[str, int] = {}
    get = pieces.get
    for bit, text in texts:
        cut = f"{folded(text)}\n"
        for mark in _CUTS:
            cut = cut.replace(mark, mark + _CUT + mark)
        for piece in cut.split(_CUT):
            pieces[piece] = get(piece, 0) | bit
    return pieces


def _pairs(pieces: dict[str, int]) -> dict[int, int]:
    """Finds who holds each pair of UTF-16 units in a row: the first in the lower 16 bits."""
    index: dict[int, int] = {}
    get = index.get
    for piece, bits in pieces.items():
        units = piece.encode("utf-16-le", "surrogatepass")
        for start in (0, 2):
            row = array("I", units[start : start + (len(units) - start) // 4 * 4])
            if sys.byteorder == "big":  # pragma: no cover
                row.byteswap()
            for pair in row:
                index[pair] = get(pair, 0) | bits
    return index


def _pages(files: PartFiles, index: dict[int, str]) -> Iterator[SitePage]:
    lines: list[list[str]] = [[] for _ in range(files.files)]
    for pair in sorted(index):
        lines[file_of(pair, files.files)].append(chr(pair & 0xFFFF) + chr(pair >> 16) + index[pair])
    for number, rows in enumerate(lines):
        yield page_of(files.name, number, rows)


def path_of(part: str, number: int) -> str:
    """Names a file of the index."""
    return f"search/{part}/{number}.js"


def page_of(part: str, number: int, lines: Iterable[str]) -> SitePage:
    """A file of the index, a line for each pair."""
    return SitePage(path_of(part, number), call(CALL, f"{part}/{number}", "\n".join(["", *lines, ""])))
