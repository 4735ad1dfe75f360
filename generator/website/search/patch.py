"""Brings a part of the index up to date where a few of its texts changed: only the rows of pairs that a text gained
or lost are made again, byte for byte as `index.part_files` would make them of all texts."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from generator.website.search.index import (
    CALL,
    Indexed,
    PartFiles,
    bits_of,
    file_of,
    page_of,
    pairs,
    path_of,
    row_of,
    spread,
)


class ChangedText(NamedTuple):
    """The text of one report of a part before and after; `number` is its number."""

    number: int
    before: str
    after: str


def patched(
    files: PartFiles, size: int, changed: Iterable[ChangedText], read: Callable[[str], bytes]
) -> Indexed | None:
    """Returns the index with only the files that change; None where the pairs have to be spread over another number of
    files. `files` and `size` are those of the index before, `read` gives its files."""
    by_file: dict[int, dict[int, int]] = {}
    for text in changed:
        for pair in pairs(text.before) ^ pairs(text.after):
            in_file = by_file.setdefault(file_of(pair, files.files), {})
            in_file[pair] = in_file.get(pair, 0) ^ 1 << text.number
    everyone, pages = bits_of(files.reports), []
    for number, changes in sorted(by_file.items()):
        lines = _lines(read(path_of(files.name, number)))
        size += _change(lines, changes, everyone)
        pages.append(page_of(files.name, number, [pair + row for _, pair, row in lines]))
    return Indexed(files, size, iter(pages)) if spread(size, files.width) == files.files else None


def _lines(data: bytes) -> list[tuple[int, str, str]]:
    """The rows of a file in order: the pair as a number to sort by, its two units as they are printed, its reports."""
    _, text = json.loads("[" + data.decode()[len(CALL) : -2] + "]")
    return [_parted(line) for line in text.split("\n")[1:-1]]


def _parted(line: str) -> tuple[int, str, str]:
    first = ord(line[0])
    if first > 0xFFFF:  # two halves that stand in a row are read as one character
        first, second = 0xD7C0 + (first >> 10), 0xDC00 + (first & 0x3FF)
        return second << 16 | first, chr(first) + chr(second), line[1:]
    return ord(line[1]) << 16 | first, line[:2], line[2:]


def _change(lines: list[tuple[int, str, str]], changes: Mapping[int, int], everyone: int) -> int:
    """Changes the rows of some pairs: `changes` are the reports that gained or lost each, as bits. Returns by how much
    the rows take more."""
    more = 0
    for pair, reports in changes.items():
        at = bisect_left(lines, (pair, "", ""))
        there = at < len(lines) and lines[at][0] == pair
        row = lines[at][2] if there else ""
        having = (bits_of(row, everyone) if there else 0) ^ reports
        new = row_of(having, everyone)
        lines[at : at + there] = [(pair, chr(pair & 0xFFFF) + chr(pair >> 16), new)] if having else []
        more += (len(new) + 3 if having else 0) - (len(row) + 3 if there else 0)
    return more
