"""Checks what a portal's editor made of a pasted report: cells, the layout of tables, paragraphs, links, lines.

The page is read as `import` reads it, and so is the fragment that was pasted; then the two are compared."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from generator.finding import Message, counted
from generator.forms.table_layout import grid, laid
from generator.importer.page_source import bad_links, read_source, without_lines
from generator.readers.document import Document, DocumentTable, Paragraph
from generator.report.entry import LoadedReport
from generator.report.model import TableFigures

CELL, GRID, TEXT, WIDTH, TAG, LINK, LINES = "cell", "grid", "text", "width", "tag", "link", "lines"


class PageFault(NamedTuple):
    """One thing that is not as it was pasted. LINES is a remark: the portal's style sheet may draw the lines."""

    kind: str
    message: Message

    @property
    def grave(self) -> bool:
        return self.kind != LINES


class PageVerdict(NamedTuple):
    """What was found on a page: cells that are there and right, of how many; the same of paragraphs."""

    cells: int
    all_cells: int
    paragraphs: int
    all_paragraphs: int
    faults: tuple[PageFault, ...]


def check_page(entry: LoadedReport, pasted: Document, page: Document, html: str) -> PageVerdict:
    """Compares a public page with the report: `pasted` is the fragment as read, `page` the page, `html` its source."""
    tables = [block for block in page.blocks if isinstance(block, DocumentTable)]
    faults: list[PageFault] = []
    right = total = 0
    for sheet in entry.report.sheets:
        found = _best(sheet, tables)
        count = len(sheet.printed[0])
        total += count
        wrong = list(_table_faults(sheet, found))
        faults += wrong
        right += count - sum(fault.kind == CELL for fault in wrong)
    faults += _free_tables(entry, pasted, tables)
    wanted, there = _texts(pasted), _texts(page)
    missing = list(_paragraph_faults(wanted, there))
    source = read_source(html)
    faults += [*missing, *_tags(page), *(PageFault(LINK, text) for text in bad_links(source))]
    faults += [PageFault(LINES, text) for text in without_lines(source)]
    return PageVerdict(right, total, len(wanted) - len(missing), len(wanted), tuple(faults))


# ---------------------------------------------------------------- tables

_Area = tuple[int, int, int, int]


def _cells(table: DocumentTable) -> dict[_Area, str]:
    """Cells by row, column, rowspan, colspan."""
    return {
        (top, left, cell.rowspan, cell.colspan): _folded(cell.raw or cell.text)
        for top, row in enumerate(table.rows)
        for left, cell in enumerate(row)
        if cell.first
    }


def _printed(sheet: TableFigures) -> dict[_Area, tuple[str, int]]:
    """What the form prints where: text, and the number of the slot (-1 for a label)."""
    areas = laid(grid(sheet.table, sheet.absent))
    return {
        (a.top, a.left, a.bottom - a.top, a.right - a.left): (
            _folded(sheet.texts[a.cell.hole] if a.cell.hole >= 0 else a.cell.text),
            a.cell.hole,
        )
        for a in areas
    }


def _best(sheet: TableFigures, tables: Sequence[DocumentTable]) -> DocumentTable | None:
    """The table of the page that has most of a statutory table's labels; None where none has a third of them."""
    labels = {text for text, hole in _printed(sheet).values() if hole < 0 and text}

    def known(table: DocumentTable) -> int:
        return len(labels & {_folded(cell.text) for row in table.rows for cell in row})

    best = max(tables, key=known, default=None)
    return best if best is not None and known(best) * 3 >= len(labels) else None


def _table_faults(sheet: TableFigures, table: DocumentTable | None) -> Iterator[PageFault]:
    """Yields a fault for each figure that is not at its place, then one for the layout."""
    name, printed = sheet.table.key, _printed(sheet)
    if table is None:
        for _, hole in printed.values():
            if hole >= 0:
                cell = sheet.table.slots[hole].name
                yield PageFault(CELL, Message(f"{cell}：整个表不见了", f"{cell}: the whole table is missing"))
        return
    found = _cells(table)
    yield from _lost_labels(name, [text for text, hole in printed.values() if hole < 0 and text], found.values())
    at = {area[:2]: text for area, text in found.items()}
    for area, (text, hole) in printed.items():
        got = at.get(area[:2])
        if hole >= 0 and got != text:
            yield _cell_fault(sheet.table.slots[hole].name, text, got)
    labels = sum(found.get(area) != text for area, (text, hole) in printed.items() if hole < 0)
    moved = sum(area not in found for area in printed)
    extra = sum(area not in printed for area in found)
    if labels or moved or extra:
        yield PageFault(
            GRID,
            Message(
                f"{name}：表格结构变了（{moved}格不在原位或跨行跨列丢失，{labels}个表头文字不符，多出{extra}格）",
                f"{name}: the table's layout changed ({counted(moved, 'cell')} moved or without spans, "
                f"{counted(labels, 'label differs', 'labels differ')}, "
                f"{counted(extra, 'cell')} too many)",
            ),
        )


def _lost_labels(name: str, labels: Iterable[str], found: Iterable[str]) -> Iterator[PageFault]:
    """Yields one fault that names the labels of a form which the page does not have: where a row went, say."""
    lost = list((Counter(labels) - Counter(found)).elements())
    if lost:
        shown = "、".join(f"“{label}”" for label in lost[:_NAMED])
        zh = f"{shown}等{len(lost)}个" if len(lost) > _NAMED else shown
        en = f"{shown} ({len(lost)} in all)" if len(lost) > _NAMED else shown
        text = Message(
            f"{name}：网页上没有表头{zh}：整行（列）丢了，或改了字", f"{name}: the page lacks the label {en}"
        )
        yield PageFault(GRID, text)


_NAMED = 3


def _cell_fault(name: str, text: str, got: str | None) -> PageFault:
    zh = "没有这一格" if got is None else f"应为“{text or '空白'}”，网页上是“{got or '空白'}”"
    en = "missing" if got is None else f"expected “{text or 'blank'}”, the page has “{got or 'blank'}”"
    return PageFault(CELL, Message(f"{name}：{zh}", f"{name}: {en}"))


def _free_tables(entry: LoadedReport, pasted: Document, tables: Sequence[DocumentTable]) -> Iterator[PageFault]:
    """Yields a fault for each table of the narrative that is not on the page cell for cell."""
    own = [block for block in pasted.blocks if isinstance(block, DocumentTable)]
    statutory = [_best(sheet, own) for sheet in entry.report.sheets]
    there = [_cells(table) for table in tables]
    for number, table in enumerate((t for t in own if not any(t is other for other in statutory)), 1):
        if _cells(table) not in there:
            text = Message(f"正文中的第{number}个表与原文不同", f"table {number} of the narrative differs")
            yield PageFault(GRID, text)


# ---------------------------------------------------------------- text

_SPACE = re.compile(r"[\s\u00a0\u2000-\u200d\u2060\u3000\ufeff]+")


def _folded(text: str) -> str:
    """Takes out white space of every kind, and nothing else."""
    return _SPACE.sub("", text)


def _texts(document: Document) -> list[str]:
    paragraphs = (block for block in document.blocks if isinstance(block, Paragraph))
    return [text for paragraph in paragraphs if (text := _folded(paragraph.text))]


def _paragraph_faults(wanted: Sequence[str], there: Sequence[str]) -> Iterator[PageFault]:
    """Yields a fault for each paragraph that is not on the page word for word, in its order."""
    at = 0
    for text in wanted:
        try:
            at = there.index(text, at) + 1
        except ValueError:
            yield _paragraph_fault(text, there)


def _paragraph_fault(text: str, there: Sequence[str]) -> PageFault:
    short = text if len(text) <= 24 else f"{text[:24]}…"
    if text in there:
        return PageFault(TEXT, Message(f"段落次序变了：“{short}”", f"a paragraph is out of order: “{short}”"))
    wide = unicodedata.normalize("NFKC", text)
    if any(unicodedata.normalize("NFKC", other) == wide for other in there):
        return PageFault(
            WIDTH, Message(f"全角、半角被改过：“{short}”", f"full-width characters were changed: “{short}”")
        )
    near = get_close_matches(text, there, 1, 0.7) if len(text) < 2000 else []
    if not near:
        return PageFault(TEXT, Message(f"缺少段落“{short}”", f"a paragraph is missing: “{short}”"))
    lost = [number for number in re.findall(r"\d[\d.]*", text) if number not in re.findall(r"\d[\d.]*", near[0])]
    zh = f"，其中的数不见了：{'、'.join(lost)}" if lost else ""
    en = f", figures lost: {', '.join(lost)}" if lost else ""
    return PageFault(TEXT, Message(f"段落与原文不同{zh}：“{short}”", f"a paragraph differs{en}: “{short}”"))


_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]{0,200})?/?>")


def _tags(page: Document) -> Iterator[PageFault]:
    """Yields markup that visitors see as text."""
    texts = [block.text for block in page.blocks if isinstance(block, Paragraph)]
    tables = (block for block in page.blocks if isinstance(block, DocumentTable))
    texts += [cell.text for table in tables for row in table.rows for cell in row if cell.first]
    seen = dict.fromkeys(tag[0] for text in texts for tag in _TAG.finditer(text))
    for tag in list(seen)[:5]:
        yield PageFault(TAG, Message(f"网页上看得见标签“{tag}”", f"the page shows the tag “{tag}” as text"))


# ---------------------------------------------------------------- telling it

SCHEMA = "nianbao.page/1"


def lines(verdict: PageVerdict, lang: str) -> Iterator[str]:
    """Yields a verdict as text; of many faults of one kind the first are shown."""
    shown: dict[str, int] = {}
    for fault in verdict.faults:
        shown[fault.kind] = shown.get(fault.kind, 0) + 1
        if shown[fault.kind] <= _SHOWN:
            yield fault.message.say(lang)
    for kind, count in shown.items():
        if count > _SHOWN:
            yield Message(f"（{kind}：还有{count - _SHOWN}处）", f"({kind}: {count - _SHOWN} more)").say(lang)
    yield Message(
        f"数 {verdict.cells}/{verdict.all_cells} 格相同，文字 {verdict.paragraphs}/{verdict.all_paragraphs} 段相同。",
        f"{verdict.cells} of {verdict.all_cells} cells and {verdict.paragraphs} of {verdict.all_paragraphs} "
        "paragraphs are the same.",
    ).say(lang)


_SHOWN = 12


def as_json(report: str, verdict: PageVerdict) -> str:
    """Writes a verdict as JSON, schema `nianbao.page/1`."""
    record = {
        "schema": SCHEMA,
        "report": report,
        "same": not any(fault.grave for fault in verdict.faults),
        "cells": [verdict.cells, verdict.all_cells],
        "paragraphs": [verdict.paragraphs, verdict.all_paragraphs],
        "faults": [{"kind": fault.kind, "message": fault.message._asdict()} for fault in verdict.faults],
    }
    return json.dumps(record, ensure_ascii=False, indent=1)
