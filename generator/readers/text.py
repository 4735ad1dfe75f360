"""Reads plain text: Word dumps with one tab-indented cell per line, separated values, collected portal pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.finding import Message
from generator.readers.delimited import read_delimited
from generator.readers.document import (
    Block,
    BlockPlace,
    Document,
    DocumentCell,
    DocumentTable,
    Limits,
    Paragraph,
    Piece,
    Unreadable,
)
from generator.readers.encoding import damage, decode
from generator.readers.pipe_tables import begins, has_pipe_table, inline_pieces, pipe_table, ruled_as_pipes, unescaped

_HEAD_END = re.compile(r"={4,} ?正文 ?={4,}")
_HEAD_LINE = re.compile(r"([^\s:：]{2,12})[:：] *(.*)")
_IMAGE = re.compile(r"\[image: ?([^\[\]\n]{0,300})\]")
_BULLET = re.compile(r"[•●○■◆▪·‣][ \t]*")
_LIST_ITEM = re.compile(r"[-*+] +")
_TITLE = re.compile(r"(#{1,6}) +(.*?)[ #]*")
_LARGE = Message(
    "文字超过 600000 字，不像一份报告；未读取",
    "the text has more than 600,000 characters, too many for one report; not read",
)
MAX_CHARACTERS = 600_000


def read(data: bytes, file: str, limits: Limits) -> Document:
    """Read a text file; raises Unreadable for what is not text or far too long."""
    text = decode(data)
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(_LARGE)
    if file.lower().endswith(".csv") and (only := read_delimited(text, limits)) is not None:
        return Document(file, "txt", (only,), findings=tuple(damage(text, file)))
    lines = text.split("\n")
    properties, start = _head(lines)
    markdown = file.lower().endswith((".md", ".markdown")) or has_pipe_table(lines)
    blocks: list[Block] = []
    tables = 0
    for run in _runs(ruled_as_pipes(lines), start):
        for part in [run] if run.tabbed else _pipe_runs(run):
            grid = _table(part, tables + 1, limits)
            if grid is not None:
                tables += 1
                blocks.append(grid)
            else:
                blocks.extend(_paragraphs(part, markdown))
    return Document(file, "txt", tuple(blocks), properties=properties, findings=tuple(damage(text, file)))


class _Run(NamedTuple):
    """Holds lines that belong together: all tabbed (with the lines that continue them), or none."""

    tabbed: bool
    first: int
    lines: list[str]


def _head(lines: list[str]) -> tuple[dict[str, str], int]:
    """Read the `标题: …` lines above a 正文 rule, as scrapers of portal pages write them; and the line after it."""
    for number, line in enumerate(lines[:40]):
        if _HEAD_END.fullmatch(line.strip()):
            matches = (_HEAD_LINE.fullmatch(above.strip()) for above in lines[:number])
            return {match[1]: match[2].strip() for match in matches if match}, number + 1
    return {}, 0


def _runs(lines: list[str], start: int) -> Iterator[_Run]:
    """Split lines into runs: a tabbed line opens one, a bare line right below continues its cell, blanks part rows."""
    run = _Run(False, start + 1, [])
    for number in range(start, len(lines)):
        line = lines[number]
        goes_on = run.tabbed and line.strip() != "" and run.lines[-1] != ""
        tabbed = "\t" in line.rstrip(" ") or (run.tabbed and (not line.strip() or goes_on))
        if tabbed != run.tabbed:
            if run.lines:
                yield run
            run = _Run(tabbed, number + 1, [])
        run.lines.append(line if line.strip(" ") else "")
    yield run


def _pipe_runs(run: _Run) -> Iterator[_Run]:
    """Split lines into Markdown's pipe tables and what is between them."""
    begun = at = 0
    while at + 1 < len(run.lines):
        if not begins(run.lines[at], run.lines[at + 1]):
            at += 1
            continue
        end = at + 2
        while end < len(run.lines) and "|" in run.lines[end]:
            end += 1
        yield _Run(False, run.first + begun, run.lines[begun:at])
        yield _Run(False, run.first + at, run.lines[at:end])
        begun = at = end
    yield _Run(False, run.first + begun, run.lines[begun:])


def _table(run: _Run, number: int, limits: Limits) -> DocumentTable | None:
    if run.tabbed:
        return _grid(run, number, limits)
    if len(run.lines) > 1 and begins(run.lines[0], run.lines[1]):
        return pipe_table(run.lines, BlockPlace(table=number, line=run.first), limits)
    return None


def _grid(run: _Run, number: int, limits: Limits) -> DocumentTable | None:
    """Turn a run into a table; None when it is indented prose."""
    rows = _rows(run)
    width = max(map(len, rows), default=0)
    if sum(len(row) > 1 for row in rows) < 2 or width < 2:
        return None
    if width * len(rows) > limits.cells:
        raise _too_many(limits)
    return DocumentTable(tuple(_widen(row, width) for row in rows), BlockPlace(table=number, line=run.first))


def _too_many(limits: Limits) -> Unreadable:
    return Unreadable(
        Message(f"表格超过{limits.cells}格：不读取", f"the table has more than {limits.cells} cells; not read")
    )


def _rows(run: _Run) -> list[list[str]]:
    """Split a run into cells by rows: rows end at blank lines, or each line is a row where tabs are inside lines."""
    if sum("\t" in line.strip("\t ") for line in run.lines) * 2 > sum(bool(line) for line in run.lines):
        return [[cell.strip() for cell in line.split("\t")] for line in run.lines if line]
    rows: list[list[str]] = [[]]
    for line in run.lines:
        if not line:
            rows.append([])
        elif line.startswith("\t"):
            rows[-1].append(line.strip())
        elif rows[-1]:
            rows[-1][-1] += line.strip()
        else:
            rows[-1].append(line.strip())
    return [row for row in rows if row]


def _widen(row: list[str], width: int) -> tuple[DocumentCell, ...]:
    """Widen the first cell of a short row: it had merged cells, and statutory tables merge labels, at the left."""
    span = width - len(row) + 1
    first = [DocumentCell(row[0], number == 0, 1, span) for number in range(span)]
    return (*first, *(DocumentCell(text) for text in row[1:]))


def _paragraphs(run: _Run, markdown: bool) -> Iterator[Paragraph]:
    for number, line in enumerate(run.lines, run.first):
        words = line.strip()
        if not words:
            continue
        where = BlockPlace(line=number)
        if markdown and (title := _TITLE.fullmatch(words)):
            yield Paragraph((Piece(unescaped(title[2])),), where, level=len(title[1]))
            continue
        bullet = _BULLET.match(words) or (_LIST_ITEM.match(words) if markdown else None)
        if bullet:
            words = words[bullet.end() :]
        pieces = tuple(_pieces(words, number))
        if markdown:
            pieces = tuple(
                inner for piece in pieces for inner in ([piece] if piece.picture else inline_pieces(piece.text))
            )
            pieces = tuple(piece for piece in pieces if piece.text or piece.picture)
        if pieces:
            yield Paragraph(pieces, where, bullet="-" if bullet else "")


def _pieces(words: str, line: int) -> Iterator[Piece]:
    """Yield text and the places of pictures in turn; a picture that is not in the file has only a name."""
    last = 0
    for number, match in enumerate(_IMAGE.finditer(words)):
        if words[last : match.start()].strip():
            yield Piece(words[last : match.start()])
        yield Piece(match[1], picture=f"lost-{line}-{number}")
        last = match.end()
    if words[last:].strip():
        yield Piece(words[last:])
