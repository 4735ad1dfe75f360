"""Tags the names of rows in a PDF's statutory tables as headers of their rows.

Typst tags heads of columns alone; what it has for names of rows (`pdf.header-cell`) its Python package does not switch
on. So the structure elements that it wrote are completed here (ISO 32000-1, 14.8.5.7): a name becomes a TH with the
scope of its row, and the cells beside it refer to it as they do to the heads of their columns.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from generator.website.downloads.paper_tables import PaperTable

_ELEMENT = re.compile(
    rb"\n(\d+) 0 obj\n<</Type/StructElem/S/(Table|THead|TBody|TR|TH|TD)(/P \d+ 0 R)([^\n]*)>>\nendobj"
)
_CHILDREN = re.compile(rb"/K\[((?:\d+ 0 R ?)+)\]")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_LOOK, _HEADERS = b"/A[<</O/Table", b"/Headers["  # how what is said of a cell begins
_IDS = b"/IDTree<</Names["
_END = re.compile(rb"startxref\n(\d+)\n%%EOF\s*\Z")
_ENTRY = re.compile(rb"(\d{10})( \d{5} n)")


class _Cell(NamedTuple):
    """What is to be said of a cell: its own mark where it names a row, and the marks of the names beside it."""

    own: bytes
    beside: tuple[bytes, ...]


@lru_cache(maxsize=64)
def _cells(table: PaperTable) -> tuple[_Cell, ...]:
    """Lists the cells in the order of the file: row by row, each where it begins."""
    names = [cell for cell in table.cells if cell.head and not cell.keeps and not cell.figure]
    marks = {cell: b"x%dy%d" % (cell.left, cell.top) for cell in names}
    return tuple(
        _Cell(
            marks.get(cell, b""),
            tuple(
                marks[name]
                for name in names
                if name.left < cell.left and name.top <= cell.top < name.top + name.rows and not cell.keeps
            ),
        )
        for row in table.rows()
        for cell in row
    )


def name_rows(pdf: bytes, tables: Sequence[PaperTable | None]) -> bytes:
    """Tags the names of rows of the file's `tables`, in their order; None for a table of the narrative. Returns the
    file as it is where it is not built as Typst builds it."""
    structure = pdf[: max(0, pdf.find(b"stream\n"))]  # all elements stand before the first stream
    elements = {int(match[1]): match for match in _ELEMENT.finditer(structure)}
    found = [number for number, match in elements.items() if match[2] == b"Table"]
    end, ids = _END.search(pdf), structure.find(_IDS)
    if end is None or ids < 0 or len(found) != len(tables):
        return pdf
    named: dict[bytes, int] = {}
    changes: list[tuple[int, int, bytes]] = []
    for at, (number, table) in enumerate(zip(found, tables, strict=True)):
        leaves = list(_leaves(number, elements))
        cells = _cells(table) if table is not None else ()
        if len(leaves) != len(cells) or not all(map(_can_be_tagged, (elements[leaf] for leaf in leaves), cells)):
            continue
        prefix = b"R%d" % at
        for leaf, cell in zip(leaves, cells, strict=True):
            match = elements[leaf]
            if cell.own:
                named[prefix + cell.own] = leaf
            if cell.own or cell.beside:
                changes.append((*match.span(), _tagged(match, cell, prefix)))
    listed = b"".join(b"(%b)%d 0 R" % item for item in sorted(named.items()))
    changes.append((ids + len(_IDS), ids + len(_IDS), listed))
    return _changed(pdf, sorted(changes), int(end[1]))


def _leaves(number: int, elements: Mapping[int, re.Match[bytes]]) -> Iterator[int]:
    """Yields the cells below an element in order."""
    match = elements.get(number)
    if match is not None and match[2] in (b"TH", b"TD"):
        yield number
        return
    children = _CHILDREN.search(match[4]) if match is not None else None
    for child in _REFERENCE.findall(children[1]) if children else ():
        yield from _leaves(int(child), elements)


def _can_be_tagged(match: re.Match[bytes], cell: _Cell) -> bool:
    return not cell.own or (match[2] == b"TD" and match[4].startswith(_LOOK + _HEADERS))


def _tagged(match: re.Match[bytes], cell: _Cell, prefix: bytes) -> bytes:
    number, kind, parent, rest = match.groups()
    look, begins, more = rest.partition(_HEADERS)
    if kind != b"TD" or look != _LOOK or not begins:
        return match[0]
    headers, closing, behind = more.partition(b"]")
    headers += b"".join([b"(%b%b)" % (prefix, mark) for mark in cell.beside])
    if cell.own:
        kind, look, parent = b"TH", look + b"/Scope/Row", b"%b/ID(%b%b)" % (parent, prefix, cell.own)
    said = (b"\n", number, b" 0 obj\n<</Type/StructElem/S/", kind, parent, look, begins, headers, closing, behind)
    return b"".join((*said, b">>\nendobj"))


def _changed(pdf: bytes, changes: Sequence[tuple[int, int, bytes]], table: int) -> bytes:
    """Replaces stretches of a file, each from its start to its end, and moves the places in its table of objects."""
    parts, done = [], 0
    for start, end, new in changes:
        parts += [pdf[done:start], new]
        done = end
    starts = [start for start, *_ in changes]
    moved = [0, *accumulate(len(new) - (end - start) for start, end, new in changes)]

    def place(old: int) -> int:
        return old + moved[bisect_left(starts, old - 1)]  # a stretch begins with the line end before its object

    listed, _, _ = pdf[table:].rpartition(b"startxref")
    entries = _ENTRY.sub(lambda match: b"%010d%b" % (place(int(match[1])), match[2]), listed)
    return b"".join((*parts, pdf[done:table], entries, b"startxref\n%d\n%%%%EOF" % place(table)))
