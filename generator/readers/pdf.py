"""Reads PDF files with a text layer into a Document: ruled tables, and the lines between them as paragraphs.

A table that runs over several pages stays in parts, each with its page; the importer joins them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.finding import Message
from generator.readers.document import Block, BlockPlace, Document, DocumentTable, Limits, Paragraph, Picture, Piece
from generator.readers.notes import refuse
from generator.readers.pdf_columns import offset, rows_of_leaves, strip
from generator.readers.pdf_ink import doubt_drawn_blanks
from generator.readers.pdf_left import doubts, left_behind, picture_notes
from generator.readers.pdf_marks import shift
from generator.readers.pdf_open import Opened, pages
from generator.readers.pdf_page import UNKNOWN, PdfBox, PdfChar, PdfLine, PdfPage, lines
from generator.readers.pdf_parts import rejoin, with_its_head
from generator.readers.pdf_sheets import is_spreadsheet, join_columns
from generator.readers.pdf_tables import Ruled, doubt_blanks, fill, ruled
from generator.readers.pdf_text import Placed, continues, in_heading, marginal, measured, page_numbers, paragraph
from generator.readers.pictures import Budget, clean
from generator.readers.rectangle import rectangle

_COLUMNS = Message(
    "原文这一页分栏，表格并排，空着的格是不是在另一栏里，看不出来",
    "tables stand side by side on the page; whether a blank goes on in the other column cannot be told",
)
_LEANS = Message(
    "原文这一页稍稍歪斜，格线和数字对不齐，空着的格看不准",
    "the page leans a little, its rules and figures are not in line; whether a cell is blank is unclear",
)

_OPEN = 0.3  # of the lines of a table without upright rules have gaps between columns


class _Item(NamedTuple):
    """Holds what stands on a page in reading order: a line, a table or a picture (by its name)."""

    page: PdfPage
    top: float
    what: PdfLine | Ruled | str
    leaf: int = 0  # its number on a page of several, row by row


def _cut(table: Ruled, page: PdfPage) -> bool:
    """Tell whether a table runs off the page at its sides, where its text is lost, or the page shows a part of it."""
    box, shown = table.box, page.shown or PdfBox(0, float("-inf"), page.width, float("inf"))
    return box.x0 < shown.x0 + 2 or box.x1 > shown.x1 - 2 or box.top < shown.top - 2 or box.bottom > shown.bottom + 2


def _lacks_columns(table: Ruled, chars: Sequence[PdfChar]) -> bool:
    """Tell a table that has rules between its rows only: its columns are those of the text."""
    if len(table.across) > 2:
        return False
    found = lines((char for char in chars if table.box.holds(char.x, char.y)), tabs=True)
    return sum("\t" in line.text for line in found) > max(1, _OPEN * len(found))


def _is_beside(table: Ruled, tables: Sequence[Ruled]) -> bool:
    """Tell whether another table stands beside one, as in columns of text: what goes on where is unclear."""
    box = table.box
    others = (other.box for other in tables if other is not table)
    return any(
        min(box.bottom, other.bottom) - max(box.top, other.top) > 0 and (other.x0 >= box.x1 or other.x1 <= box.x0)
        for other in others
    )


class _Columns(NamedTuple):
    """Holds where the strip between two columns of a page lies, how far the right one stands from the left, and where
    the strips between rows of leaves lie."""

    at: float
    offset: float
    rows: tuple[float, ...] = ()

    @property
    def last(self) -> int:
        return 2 * len(self.rows) + 1

    def leaf(self, x: float, y: float) -> int:
        return 2 * sum(y > row for row in self.rows) + self.half(x)

    def half(self, x: float) -> int:
        return int(x > self.at)


_Split = dict[int, _Columns]  # by the number of the page


def _filled(data: bytes, opened: Opened) -> tuple[dict[int, list[Ruled]], _Split]:
    """Return the tables of each page with their text, and the pages of two columns."""
    tables = {
        page.number: [
            table for cells in page.tables if (table := ruled(cells)) and not _lacks_columns(table, page.chars)
        ]
        for page in opened.pages
    }
    printed = is_spreadsheet(opened.info)  # one table may stand in several parts
    split: _Split = {}
    for page in opened.pages:
        here = tables[page.number]
        boxes = [table.box for table in here]
        at = None if printed or page.scanned else strip(page, boxes)
        if at is not None:
            split[page.number] = _Columns(at, offset(at, page, boxes), rows_of_leaves(page, boxes))
        for table in here:
            beside = _is_beside(
                table, [other for other in here if at is None or (other.box.x0 > at) == (table.box.x0 > at)]
            )
            beside = beside or (at is not None and bool(split[page.number].rows))
            doubtful = page.scanned or page.leans or _cut(table, page) or beside
            fill(table, page.chars, doubtful, page.hidden, page.covered, page.shapes)
            if page.leans:
                doubt_blanks(table, _LEANS)
            if beside:
                doubt_blanks(table, _COLUMNS)
    doubt_drawn_blanks(data, opened.pages, tables)
    if printed:
        join_columns(opened.pages, tables)
    return tables, split


def _running(page: PdfPage, tables: Sequence[Ruled], columns: _Columns | None, gaps: bool) -> list[PdfLine]:
    """Return the lines outside the tables of a page, those of a left column first."""
    outside = [char for char in page.chars if not any(table.box.holds(char.x, char.y) for table in tables)]
    halves = [outside]
    if columns is not None:
        leaves = range(columns.last + 1)
        halves = [[char for char in outside if columns.leaf(char.x, char.y) == leaf] for leaf in leaves]
    return [shift(line) for half in halves for line in lines(half, tabs=True, gaps=gaps)]


def _items(
    data: bytes, opened: Opened, album: dict[tuple[int, int], str], exact: bool
) -> tuple[list[_Item], list[str]]:
    """List what stands on the pages in reading order, and the running heads, which are not among it."""
    tables, split = _filled(data, opened)
    text = {
        page.number: _running(page, tables[page.number], split.get(page.number), not exact) for page in opened.pages
    }
    dropped, heads = marginal(opened.pages, text)
    if exact:  # nothing but page numbers repeats
        dropped, heads = page_numbers(opened.pages, text), []
    items: list[_Item] = []
    for page in opened.pages:
        here = [
            _Item(page, line.top, line)
            for number, line in enumerate(text[page.number])
            if (page.number, number) not in dropped
        ]
        here += [
            _Item(page, table.box.top, table)
            for table in tables[page.number]
            if any(slot.text or slot.raw for slot in table.slots)
        ]
        here += [
            _Item(page, top, album[page.number, number])
            for number, (top, _) in enumerate(page.pictures)
            if (page.number, number) in album
        ]
        columns = split.get(page.number)
        items += _in_columns(here, columns) if columns is not None else sorted(here, key=lambda item: item.top)
    return _whole_rows(items), heads


def _in_columns(items: Sequence[_Item], columns: _Columns) -> list[_Item]:
    """Put what stands in the right column behind the left one, as if it stood on the next page at the same place."""
    found: list[_Item] = []
    for item in items:
        x = 0.0 if isinstance(item.what, str) else item.what.x0 if isinstance(item.what, PdfLine) else item.what.box.x0
        what = _moved(item.what, -columns.offset) if columns.half(x) else item.what
        found.append(_Item(item.page._replace(width=columns.at), item.top, what, columns.leaf(x, item.top)))
    return sorted(found, key=lambda item: (item.leaf, item.top))


def _moved(what: PdfLine | Ruled | str, across: float) -> PdfLine | Ruled | str:
    if isinstance(what, PdfLine):
        return PdfLine(tuple(char._replace(x0=char.x0 + across, x1=char.x1 + across) for char in what.chars))
    if isinstance(what, Ruled):
        return what._replace(box=what.box.moved(across, 0), across=[x + across for x in what.across])
    return what


def _whole_rows(items: Sequence[_Item]) -> list[_Item]:
    """Join rows that a page break cut in two, in tables with nothing between their parts."""
    whole: list[_Item] = []
    first: Ruled | None = None
    last: _Item | None = None  # the part before
    for item in items:
        before = whole[-1].what if whole else None
        if not isinstance(item.what, Ruled):
            first = None
        elif isinstance(before, Ruled) and first is not None and last is not None and _is_next(last, item):
            last = item
            if before is first and (joined := with_its_head(before, item.what)) is not None:
                first = joined
                whole[-1] = whole[-1]._replace(what=joined)
                continue
            if rejoin(first, before, item.what):
                continue
        else:
            first, last = item.what, item
        whole.append(item)
    return whole


def _is_next(before: _Item, item: _Item) -> bool:
    """Tell whether an item stands on the next leaf, or on the next page."""
    pages, leaves = item.page.number - before.page.number, item.leaf - before.leaf
    return (pages, leaves) == (0, 1) or (pages == 1 and item.leaf in (0, before.leaf))


def _blocks(items: Sequence[_Item], limits: Limits, headings: Mapping[str, int] | None) -> list[Block]:
    running = [Placed(item.what, item.page) for item in items if isinstance(item.what, PdfLine)]
    measure = measured(running)
    blocks: list[Block] = []
    group: list[Placed] = []
    paragraphs = tables = 0

    def finish() -> None:
        nonlocal paragraphs
        if group:
            paragraphs += 1
            blocks.append(paragraph(group, paragraphs, headings))
            group.clear()

    for item in items:
        if isinstance(item.what, PdfLine):
            line = Placed(item.what, item.page)
            titled = in_heading(group, line, headings) if group and headings else None
            if group and not (continues(group[-1], line, measure) if titled is None else titled):
                finish()
            group.append(line)
            continue
        finish()
        if isinstance(item.what, str):
            blocks.append(Paragraph((Piece("", picture=item.what),), BlockPlace(page=item.page.number)))
        else:
            tables += 1
            cells = rectangle([*item.what.slots], limits)
            blocks.append(DocumentTable(cells, BlockPlace(page=item.page.number, table=tables)))
    finish()
    return blocks


def _album(opened: Opened, limits: Limits) -> tuple[dict[tuple[int, int], str], list[Picture], list[str], int]:
    """Return names by (page, number), the pictures, the names of those that lost metadata, the count not read."""
    names: dict[tuple[int, int], str] = {}
    kept: dict[bytes, Picture] = {}
    stripped: list[str] = []
    budget = Budget()
    lost = sum(page.lost for page in opened.pages)
    for page in opened.pages:
        for number, (_, data) in enumerate(page.pictures):
            if data not in kept:
                cleaned = clean(data, budget) if len(kept) < limits.pictures else None
                if cleaned is None:
                    lost += 1
                    continue
                kept[data] = Picture(f"图{len(kept) + 1}{cleaned.suffix}", cleaned.data)
                stripped += [kept[data].name] if cleaned.stripped else []
            names[page.number, number] = kept[data].name
    return names, list(kept.values()), stripped, lost


_KEYS = {
    "Title": "title",
    "Author": "author",
    "Creator": "application",
    "Company": "company",
    "Subject": "subject",
    "Keywords": "keywords",
    "CreationDate": "created",
    "ModDate": "modified",
    "Producer": "producer",
}


def read(data: bytes, file: str, limits: Limits) -> Document:
    """Read tables and paragraphs page by page; raises Unreadable for scans, damage, passwords and large files."""
    opened = pages(data, limits)
    if not any(page.chars for page in opened.pages):
        raise refuse(
            "PDF 里没有文字（多半是扫描件），读不出数字：请换用 Word、WPS 导出的 PDF，或照原件填写。",
            "The PDF has no text layer (probably a scan); use a PDF exported from Word or WPS, or type in the figures.",
        )
    unknown = sum(char.text == UNKNOWN for page in opened.pages for char in page.chars)
    if unknown * 5 > sum(len(page.chars) for page in opened.pages):
        raise refuse(
            "PDF 的字体没有带文字编码，读出来是乱码：请换用 Word、WPS 重新导出的 PDF，或用原来的 Word 文件。",
            "The fonts of the PDF do not tell which characters they draw; "
            "use a PDF exported again from Word or WPS, or the original Word file.",
        )
    names, pictures, stripped, lost = _album(opened, limits)
    # set by Typst, as our own files are: blanks are typed ones, and no line repeats on other pages by itself
    exact = opened.info.get("Creator", "").startswith("Typst ")
    items, heads = _items(data, opened, names, exact)
    blocks = _blocks(items, limits, opened.headings if exact else None)
    properties = {key: opened.info[name] for name, key in _KEYS.items() if opened.info.get(name)}
    findings = [
        *left_behind(opened, file, heads, properties),
        *picture_notes(stripped, lost, file),
        *doubts(opened, blocks, file),
    ]
    return Document(file, "pdf", tuple(blocks), tuple(pictures), properties, findings=tuple(findings))
