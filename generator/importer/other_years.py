"""Tells what a file says of another year than the report's: workbooks and annexes repeat last year's tables beside it.

A table is of the year that the title nearest to it names: its own first row, a line above it, its caption, its sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.finding import Message
from generator.importer.grid_lines import LineCell, TableLine
from generator.readers.document import Block, DocumentTable, Paragraph

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)(?!\s*年\s*\d{1,2}\s*月|[-./]\d)")
_LAST = re.compile(r"(?:上一?|去|前)年(?:度|数|同期)*(?!结转)")
_COLUMN = re.compile(r"(?:(20\d\d)年|(本|今|上一?|去)年)(?:度|数|数据|件数|同期)*")
_TITLE_LINES, _HEAD_LINES = 2, 6  # of a grid
_ABOVE, _LONGEST = 4, 60  # paragraphs above a table that may be its title, and letters of one

OTHER_COLUMNS = Message("这一栏标的是另一年，没有读入", "the header names another year; the column was not read")
OTHER_TITLE = Message(
    "表的标题或工作表名标的是另一年", "the title of the table or the name of its sheet is that of another year"
)


def other_table(year: int) -> Message:
    """Say why a table of another year was left out."""
    return Message(
        f"这张表标的不是{year}年，而{year}年的表另有一张；没有读入，需要那一年的报告请加 --year 另行导入",
        f"the table is not labelled {year}, and the file has another that is; it was not read. For a report of its own "
        "year import the file again with --year",
    )


def other_year(text: str, year: int) -> bool:
    """Tell whether a title names a year, but not this one."""
    named = {int(found) for found in _YEAR.findall(text)}
    return year not in named and bool(named or _LAST.search(text)) if year else False


def labels_of_other_years(blocks: Sequence[Block], year: int) -> dict[int, str]:
    """Return the titles of the tables that are of another year, by the number of the block."""
    found: dict[int, str] = {}
    for at, block in enumerate(blocks):
        if isinstance(block, DocumentTable):
            title = next((text for text in _titles(blocks, at, block) if _YEAR.search(text) or _LAST.search(text)), "")
            follows = at - 1 if at - 1 in found and block.where.page else -1
            if other_year(title, year):
                found[at] = title
            elif not title and follows in found:  # goes on behind a page break
                found[at] = found[follows]
    return found


def _titles(blocks: Sequence[Block], at: int, grid: DocumentTable) -> Iterator[str]:
    """Yield what may be the title of a table, the nearest first."""
    for row in reversed(grid.rows[:_TITLE_LINES]):
        texts = {cell.text.strip() for cell in row if cell.text.strip()}
        if len(texts) == 1:
            yield from texts
    for block in reversed(blocks[max(0, at - _ABOVE) : at]):
        if not isinstance(block, Paragraph) or len(block.text) > _LONGEST or "。" in block.text:
            break
        yield block.text
    yield grid.caption
    yield grid.where.sheet


class OwnYear(NamedTuple):
    """The lines of a grid for the report's year alone: without the `labels` that name it, and the columns below the
    header cells `others`."""

    lines: tuple[TableLine, ...]
    labels: int = 0
    others: tuple[tuple[TableLine, LineCell], ...] = ()


def of_own_year(lines: Sequence[TableLine], year: int) -> OwnYear:
    """Leave out the columns that a header gives to another year, where it gives others to this one."""
    heads: list[tuple[TableLine, LineCell]] = []
    ours: set[tuple[int, int]] = set()
    for line in lines[:_HEAD_LINES]:
        years = [(item, match) for item in line.items if (match := _COLUMN.fullmatch("".join(item.text.split())))]
        own = {(line.number, item.start) for item, match in years if match[1] == str(year) or match[2] in ("本", "今")}
        if year and 0 < len(own) < len(years):
            heads += [(line, item) for item, _ in years if (line.number, item.start) not in own]
            ours |= own
    if not heads:
        return OwnYear(tuple(lines))
    gone = {column for _, item in heads for column in range(item.start, item.end)}
    kept = [
        line._replace(items=tuple(i for i in line.items if i.start not in gone and (line.number, i.start) not in ours))
        for line in lines
    ]
    return OwnYear(tuple(kept), len(ours), tuple((line, item) for line, item in heads if not item.above))
