"""PDF files with a text layer to a Document: ruled tables as grids, the lines between them as paragraphs.

A table broken over pages stays in its parts, each with its page: joining is the matcher's work.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.diagnostic import Finding
from generator.readers.document import Block, Document, Grid, Limits, Paragraph, Picture, Piece, Where
from generator.readers.notes import listed, note, quoted, refuse, warn
from generator.readers.pdf_open import Opened, pages
from generator.readers.pdf_page import Box, Char, Line, Page, lines
from generator.readers.pictures import clean
from generator.readers.rectangle import Slot, rectangle
from generator.readers.words import close, heading, joined, unstack

_NEAR = 3.0  # points: rules this close are one
_MARGIN = 0.09  # of the page's height: where page numbers and running heads stand
_NUMBER = re.compile(r"^[\s\-—–－·.|]*第?\s*\d{1,4}\s*页?(\s*[/／共]\s*(共\s*)?\d{1,4}\s*页?)?[\s\-—–－·.|]*$")


# tables


def _steps(values: Iterable[float]) -> list[float]:
    """Positions of rules, near ones taken as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _index(steps: Sequence[float], value: float) -> int:
    return min(range(len(steps)), key=lambda number: abs(steps[number] - value))


class Ruled(NamedTuple):
    """A ruled table of a page: its outer box and its cells laid on the lattice of its rules."""

    box: Box
    across: list[float]
    down: list[float]
    slots: list[Slot]


def ruled(cells: Sequence[Box]) -> Ruled | None:
    """The lattice of a table; None for a mere frame. Positions without a cell (rules missing) become uncertain cells of their own."""
    across = _steps([value for cell in cells for value in (cell.x0, cell.x1)])
    down = _steps([value for cell in cells for value in (cell.top, cell.bottom)])
    if len(across) < 2 or len(down) < 2 or len(cells) < 2:
        return None
    taken: set[tuple[int, int]] = set()
    slots = []
    for cell in sorted(cells, key=lambda box: (box.top, box.x0)):
        row, column = _index(down, cell.top), _index(across, cell.x0)
        rowspan, colspan = max(1, _index(down, cell.bottom) - row), max(1, _index(across, cell.x1) - column)
        slots.append(Slot("", row, column, rowspan, colspan))
        taken |= {(r, c) for r in range(row, row + rowspan) for c in range(column, column + colspan)}
    for row in range(len(down) - 1):
        slots += [Slot("", row, column, uncertain=True) for column in range(len(across) - 1) if (row, column) not in taken]
    return Ruled(Box(across[0], down[0], across[-1], down[-1]), across, down, slots)


def _fill(table: Ruled, chars: Iterable[Char]) -> None:
    """Give each cell the text that stands in it."""
    owner = {
        (row, column): number
        for number, slot in enumerate(table.slots)
        for row in range(slot.row, slot.row + slot.rowspan)
        for column in range(slot.column, slot.column + slot.colspan)
    }
    inside: dict[int, list[Char]] = {}
    for char in chars:
        place = bisect_right(table.down, char.y) - 1, bisect_right(table.across, char.x) - 1
        if place in owner:
            inside.setdefault(owner[place], []).append(char)
    for number, found in inside.items():
        _write(table.slots[number], found)
    for slot in table.slots:
        slot.uncertain = slot.uncertain and bool(slot.text)


def _write(slot: Slot, chars: list[Char]) -> None:
    """One cell's text: a stacked label unstacked, wrapped lines joined; figures on several lines stay apart and uncertain."""
    texts = [close(line.text) for line in lines(chars)]
    stacked = unstack("\n".join(texts))
    if "\n" in stacked and sum(any(char.isdigit() for char in text) and not any(char.isalpha() for char in text) for text in texts) > 1:
        slot.text, slot.uncertain = stacked, True
    else:
        slot.text = stacked if "\n" not in stacked else joined(texts)


# paragraphs


class _Set(NamedTuple):
    """A line of running text with its page."""

    line: Line
    page: Page


def _marginal(every: Sequence[Page], text: dict[int, list[Line]]) -> tuple[set[tuple[int, int]], list[str]]:
    """(page, line) of page numbers and running heads, and the running heads' words."""
    edge = {
        (page.number, number): line
        for page in every
        for number, line in enumerate(text[page.number])
        if line.bottom < page.height * _MARGIN or line.top > page.height * (1 - _MARGIN)
    }
    dropped = {place for place, line in edge.items() if _NUMBER.match(line.text)}
    repeats = Counter(close(line.text) for place, line in edge.items() if place not in dropped)
    heads = [words for words, count in repeats.items() if count >= 3 and count * 2 >= len(every)]
    dropped |= {place for place, line in edge.items() if close(line.text) in heads}
    return dropped, heads


class _Measure(NamedTuple):
    """The text column of a document: its edges and the distance of its lines."""

    left: float
    right: float
    pitch: float


def _measure(found: Sequence[_Set]) -> _Measure:
    starts = Counter(round(item.line.x0 / 4) for item in found)
    widest = max((item.line.x1 for item in found), default=0.0)
    common = [start * 4.0 for start, count in starts.items() if count * 5 >= len(found)]
    gaps = Counter(
        round(after.line.top - before.line.top) for before, after in pairwise(found) if before.page.number == after.page.number
    )
    positive = [gap for gap, count in gaps.most_common() if gap > 0]
    return _Measure(min(common, default=0.0), widest, float(positive[0]) if positive else 20.0)


def _continues(before: _Set, after: _Set, measure: _Measure) -> bool:
    """Whether a line goes on the paragraph of the line before: that was full, this one starts at the margin in the same size."""
    first, second = before.line, after.line
    size = first.size
    if "\t" in first.text or "\t" in second.text or abs(size - second.size) > 1.5 or heading(close(first.text)):
        return False
    if second.x0 > measure.left + 0.9 * size or first.x1 < measure.right - 2.2 * size:
        return False
    return before.page.number != after.page.number or second.top - first.top <= 1.6 * measure.pitch


def _paragraph(group: Sequence[_Set], number: int) -> Paragraph:
    chars: list[Char] = []
    for item in group:
        if chars and chars[-1].text[-1:].isascii() and chars[-1].text[-1:].isalnum() and item.line.text[:1].isascii():
            chars.append(chars[-1]._replace(text=" "))
        chars += item.line.chars
    pieces: list[Piece] = []
    for char in chars:
        if pieces and (pieces[-1].bold, pieces[-1].link) == (char.bold, char.link):
            pieces[-1] = pieces[-1]._replace(text=pieces[-1].text + char.text)
        else:
            pieces.append(Piece(char.text, char.bold, char.link))
    text = close("".join(char.text for char in chars))
    level = heading(text)
    kept = [Piece(text)] if level or len(pieces) == 1 else [piece._replace(text=_tight(piece.text)) for piece in pieces]
    if not level and len(pieces) == 1:
        kept = [pieces[0]._replace(text=text)]
    return Paragraph(tuple(piece for piece in kept if piece.text), Where(page=group[0].page.number, line=number), level)


def _tight(text: str) -> str:
    """Blanks beside wide characters out, those at a piece's ends kept when Latin words meet there."""
    inner = close(text)
    if text[:1] == " " and inner[:1].isascii():
        inner = " " + inner
    return inner + " " if text[-1:] == " " and inner[-1:].isascii() else inner


# the whole


class _Item(NamedTuple):
    """Something on a page in reading order: a line, a table or a picture."""

    page: Page
    top: float
    what: Line | Ruled | str


def _items(opened: Opened, album: dict[tuple[int, int], str]) -> tuple[list[_Item], list[str]]:
    tables = {page.number: [table for cells in page.tables if (table := ruled(cells))] for page in opened.pages}
    text: dict[int, list[Line]] = {}
    for page in opened.pages:
        boxes = [table.box for table in tables[page.number]]
        text[page.number] = lines((char for char in page.chars if not any(box.holds(char.x, char.y) for box in boxes)), tabs=True)
        for table in tables[page.number]:
            _fill(table, (char for char in page.chars if table.box.holds(char.x, char.y)))
    dropped, heads = _marginal(opened.pages, text)
    found: list[_Item] = []
    for page in opened.pages:
        here = [_Item(page, line.top, line) for number, line in enumerate(text[page.number]) if (page.number, number) not in dropped]
        here += [_Item(page, table.box.top, table) for table in tables[page.number] if any(slot.text for slot in table.slots)]
        here += [_Item(page, top, album[page.number, number]) for number, (top, _) in enumerate(page.pictures) if (page.number, number) in album]
        found += sorted(here, key=lambda item: item.top)
    return found, heads


def _blocks(items: Sequence[_Item], limits: Limits) -> list[Block]:
    running = [_Set(item.what, item.page) for item in items if isinstance(item.what, Line)]
    measure = _measure(running)
    found: list[Block] = []
    group: list[_Set] = []
    paragraphs = tables = 0

    def finish() -> None:
        nonlocal paragraphs
        if group:
            paragraphs += 1
            found.append(_paragraph(group, paragraphs))
            group.clear()

    for item in items:
        if isinstance(item.what, Line):
            one = _Set(item.what, item.page)
            if group and not _continues(group[-1], one, measure):
                finish()
            group.append(one)
            continue
        finish()
        if isinstance(item.what, str):
            found.append(Paragraph((Piece("", picture=item.what),), Where(page=item.page.number)))
        else:
            tables += 1
            found.append(Grid(rectangle(item.what.slots, limits), Where(page=item.page.number, table=tables)))
    finish()
    return found


def _album(opened: Opened, limits: Limits) -> tuple[dict[tuple[int, int], str], list[Picture], list[str], int]:
    """Names by (page, number), the pictures, which of them lost metadata, how many were not read."""
    names: dict[tuple[int, int], str] = {}
    kept: dict[bytes, Picture] = {}
    stripped: list[str] = []
    lost = sum(page.lost for page in opened.pages)
    for page in opened.pages:
        for number, (_, data) in enumerate(page.pictures):
            if data not in kept:
                cleaned = clean(data) if len(kept) < limits.pictures else None
                if cleaned is None:
                    lost += 1
                    continue
                kept[data] = Picture(f"图{len(kept) + 1}{cleaned.suffix}", cleaned.data)
                stripped += [kept[data].name] if cleaned.stripped else []
            names[page.number, number] = kept[data].name
    return names, list(kept.values()), stripped, lost


_KEYS = {
    "Title": "title", "Author": "author", "Creator": "application", "Company": "company", "Subject": "subject", "Keywords": "keywords",
    "CreationDate": "created", "ModDate": "modified", "Producer": "producer",
}  # fmt: skip


def read(data: bytes, file: str, limits: Limits) -> Document:
    """A PDF's tables and paragraphs page by page; Unreadable when it is a scan, damaged, encrypted or too large."""
    opened = pages(data, limits)
    if not any(page.chars for page in opened.pages):
        raise refuse(
            "PDF 里没有文字（多半是扫描件），读不出数字：请换用 Word、WPS 导出的 PDF，或照原件填写。",
            "The PDF has no text layer (most likely a scan): use a PDF exported from Word or WPS, or type the figures in.",
        )
    names, pictures, stripped, lost = _album(opened, limits)
    items, heads = _items(opened, names)
    blocks = _blocks(items, limits)
    properties = {key: opened.info[name] for name, key in _KEYS.items() if opened.info.get(name)}
    findings = [*_left(opened, file, heads, properties), *_picture_notes(stripped, lost, file), *_doubts(opened, blocks, file)]
    return Document(file, "pdf", tuple(blocks), tuple(pictures), properties, findings=tuple(findings))


def _left(opened: Opened, file: str, heads: list[str], properties: dict[str, str]) -> list[Finding]:
    found: list[Finding] = []
    for page in opened.pages:
        if page.hidden:
            words = page.hidden[:20]
            found.append(
                warn("IMP-HIDDEN", file, f"第{page.number}页有看不见的文字没有读入：“{words}”。", f"Invisible text on page {page.number} was not read: “{words}”.")
            )
        if page.remarks:
            zh, en = quoted(text[:20] for text in page.remarks)
            found.append(warn("IMP-COMMENT", file, f"第{page.number}页有批注没有读入：{zh}。", f"Comments on page {page.number} were not read: {en}."))
    if heads:
        zh, en = quoted(heads)
        found.append(note("IMP-HEADER", file, f"页眉、页脚没有读入：{zh}。", f"Running heads left behind: {en}."))
    if "script" in opened.marks:
        found.append(warn("IMP-MACRO", file, "PDF 带有脚本，没有运行。", "The PDF carries scripts; they were not run."))
    if "files" in opened.marks:
        found.append(warn("IMP-EMBEDDED", file, "PDF 带有附件，没有读入。", "Files attached to the PDF were not read."))
    if "form" in opened.marks:
        found.append(
            warn(
                "IMP-EMBEDDED", file, "PDF 有可填写的表单域，填写的内容没有读入：请先“打印”成普通 PDF 再导入。",
                "The PDF has form fields; what is filled in was not read. Print it to a plain PDF first.",
            )
        )  # fmt: skip
    told = [(word, properties[key]) for key, word in (("author", "作者"), ("company", "单位")) if key in properties]
    if told:
        zh, _ = listed(f"{word}“{value[:40]}”" for word, value in told)
        found.append(note("IMP-META", file, f"文件属性没有带入：{zh}。", f"Document properties left behind: {quoted(value[:40] for _, value in told)[1]}."))
    return found


def _picture_notes(stripped: list[str], lost: int, file: str) -> list[Finding]:
    found = []
    if stripped:
        zh, en = listed(stripped)
        found.append(note("IMP-EXIF", file, f"图片的附加信息已去掉：{zh}。", f"Metadata removed from pictures: {en}."))
    if lost:
        found.append(warn("IMP-PICTURE", file, f"有{lost}张图片没有读入：请另存后放进报告文件夹。", f"{lost} pictures were not read; save them into the report's folder."))
    return found


def _doubts(opened: Opened, blocks: Sequence[Block], file: str) -> list[Finding]:
    """Pages without text, and cells read by position where rules are missing."""
    found = []
    bare = [page.number for page in opened.pages if not page.chars]
    if bare:
        zh, en = listed(str(number) for number in bare)
        found.append(warn("IMP-NO-TEXT", file, f"第{zh}页没有文字（可能是扫描件），没有读入。", f"Pages without text (perhaps scans) were not read: {en}."))
    for grid in blocks:
        if isinstance(grid, Grid) and (words := [cell.text for row in grid.rows for cell in row if cell.uncertain and cell.first]):
            zh, en = quoted(word.replace("\n", " ")[:20] for word in words)
            page, table = grid.where.page, grid.where.table
            found.append(
                warn("IMP-UNCERTAIN", file, f"第{page}页第{table}个表有{len(words)}格按位置读出，请核对：{zh}。", f"Page {page}, table {table}: verify cells read by position: {en}.")
            )
    return found
