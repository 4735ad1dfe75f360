"""Writes the body of a report's Word document: paragraphs by named styles, tables with merged cells, lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import accumulate

from generator.forms.model import Table
from generator.report.model import TableFigures
from generator.website.downloads.free_widths import free_widths
from generator.website.downloads.manuscript import Manuscript, StatutoryTable, printable
from generator.website.downloads.narrative_blocks import (
    Block,
    Cell,
    FreeGrid,
    Heading,
    Paragraph,
    Picture,
    Runs,
    text_of,
)
from generator.website.downloads.page_style import FIRST, SECOND
from generator.website.downloads.paper_tables import PaperCell, PaperTable, blank, halves, room

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_MM = 56.6929  # twentieths of a point

Link = Callable[[str], str]  # the relationship of an address
Draw = Callable[[Picture], str]  # the run that shows a picture
Number = Callable[[str, int], int]  # the list that an item with this marker at this depth belongs to


def text(value: str) -> str:
    """Escapes a text for XML; characters that XML cannot hold become U+FFFD."""
    return escape(printable(value), quote=False)


class Body:
    """Writes the blocks of one report; `link`, `draw` and `number` give what other parts of the file hold, `mark`
    stands behind corrected figures."""

    def __init__(self, link: Link, draw: Draw, number: Number, mark: str) -> None:
        self._link, self._draw, self._number, self._mark = link, draw, number, mark

    def blocks(self, manuscript: Manuscript) -> Iterator[str]:
        """Yields the paragraphs and tables in order."""
        if manuscript.notice:
            yield self._paragraph("Caption", _run(manuscript.notice, _LOOKS[True, False]))
        if manuscript.catalogue:
            yield self._paragraph(
                "BodyText", _run(manuscript.catalogue), '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
            )
        beside = '<w:spacing w:after="0"/>' if manuscript.number else ""
        yield self._paragraph("Title", _run("\n".join(manuscript.title_lines)), beside)
        if manuscript.number:
            yield self._paragraph("DocumentNumber", _run(manuscript.number))
        for block in manuscript.blocks[:-1]:
            yield from self._block(block)
        for block in manuscript.blocks[-1:]:  # does not leave the signature alone on a page
            yield from map(_kept, self._block(block))
        yield from self._signature(manuscript)
        if manuscript.corrections is not None:
            yield _BEHIND
            yield from self._block(manuscript.corrections)

    def _block(self, block: Block | StatutoryTable) -> Iterator[str]:
        if isinstance(block, Heading):
            yield self._paragraph(f"Heading{min(block.level, 4)}", self._runs(block.runs))
        elif isinstance(block, Paragraph):
            yield self._words(block)
        elif isinstance(block, StatutoryTable):
            if block.caption:
                yield self._paragraph("Caption", _run(block.caption), "<w:keepNext/>")
            yield statutory(block.sheet, block.corrected, self._mark)
            yield _BEHIND
        elif isinstance(block, FreeGrid):
            if block.caption:
                yield self._paragraph("Caption", self._runs(block.caption), "<w:keepNext/>")
            yield self._free(block)
            yield _BEHIND
        elif isinstance(block, Picture):
            yield self._paragraph("Caption", self._draw(block), _LOOSE)
            if block.caption:
                yield self._paragraph("Caption", _run(block.caption))
        else:
            yield _RULE

    def _words(self, block: Paragraph) -> str:
        if block.marker:
            going = self._number(block.marker, block.depth)
            number = f'<w:numPr><w:ilvl w:val="{min(block.depth, 9) - 1}"/><w:numId w:val="{going}"/></w:numPr>'
            return self._paragraph("ListParagraph", self._runs(block.runs), number)
        if block.depth:
            left = 640 * block.depth
            return self._paragraph("ListParagraph", self._runs(block.runs), f'<w:ind w:left="{left}"/>')
        return self._paragraph("BodyText", self._runs(block.runs))

    def _paragraph(self, style: str, runs: str, look: str = "") -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{look}</w:pPr>{runs}</w:p>'

    def _runs(self, runs: Runs) -> str:
        out = []
        for words_, bold, italic, link in runs:
            run = _run(words_, _LOOKS[bold, italic])
            shown = link and not link.startswith("#")
            out.append(f'<w:hyperlink r:id="{self._link(link)}">{run}</w:hyperlink>' if shown else run)
        return "".join(out)

    def _signature(self, manuscript: Manuscript) -> Iterator[str]:
        lines = [manuscript.publisher, manuscript.day]
        for number, line in enumerate(filter(None, lines)):
            before = f'<w:spacing w:before="{579 * 2}"/>' if not number else ""
            look = f'<w:keepNext/><w:keepLines/>{before}<w:ind w:rightChars="400" w:right="1280"/>'
            yield self._paragraph("Signature", _run(line), look)

    def _free(self, grid: FreeGrid) -> str:
        widths = free_widths(grid)
        rows = [(grid.head, True)] * bool(grid.head) + [(row, False) for row in grid.body]
        return _table(
            text_of(grid.caption),
            widths,
            (_row((self._cell(row, at, width, head) for at, width in enumerate(widths)), head) for row, head in rows),
        )

    def _cell(self, row: Sequence[Cell], at: int, width: float, head: bool) -> str:
        cell = row[at] if at < len(row) else Cell(())
        side = cell.align or ("left" if not at and not head else "center")
        look = f'<w:jc w:val="{side}"/>' if side != "center" else ""
        paragraph = self._paragraph("TableText", self._runs(cell.runs), look)
        return _box(width, "", paragraph)


_LOOKS = {
    (False, False): "",
    (True, False): f'<w:rPr><w:rFonts w:ascii="{FIRST}" w:eastAsia="{FIRST}" w:hAnsi="{FIRST}"/></w:rPr>',
    (False, True): f'<w:rPr><w:rFonts w:ascii="{SECOND}" w:eastAsia="{SECOND}" w:hAnsi="{SECOND}"/></w:rPr>',
}
_LOOKS[True, True] = _LOOKS[True, False]
_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
_LOOSE = '<w:spacing w:line="240" w:lineRule="auto"/>'
# A paragraph parts one table from the next, which Word would join; it takes little room.
_BEHIND = '<w:p><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:line="120" w:lineRule="exact"/></w:pPr></w:p>'
_RULE = '<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr></w:pPr></w:p>'


_STYLE = re.compile(
    r'<w:p><w:pPr>(?:<w:pStyle w:val="(?:BodyText|ListParagraph|TableText|TableSmall)"/>)?(?!<w:pStyle|<w:keepNext)'
)


def _kept(block: str) -> str:
    """Keeps a paragraph of text, or the last row of a table, on the page of what is behind it."""
    if block.startswith("<w:tbl>"):
        before, row, last = block.rpartition("<w:tr>")
        return before + row + _STYLE.sub(r"\g<0><w:keepNext/>", last)
    return _STYLE.sub(r"\g<0><w:keepNext/>", block, count=1) if _STYLE.match(block) else block


def _run(value: str, look: str = "") -> str:
    parts = value.split("\n")
    inner = "<w:br/>".join(f'<w:t xml:space="preserve">{text(part)}</w:t>' for part in parts)
    return f"<w:r>{look}{inner}</w:r>"


# ---------------------------------------------------------------- tables


def statutory(sheet: TableFigures, corrected: Container[int] = (), mark: str = "") -> str:
    """Writes a statutory table: merged cells are merged, and the head repeats on every page. A raised `mark` stands
    behind `corrected` figures."""
    parts, holes = _cut(sheet.table, sheet.absent)
    texts = sheet.texts
    filled = [parts[0]]
    for hole, part in zip(holes, parts[1:], strict=True):
        figure = texts[hole]
        run = f"<w:r><w:t>{text(figure)}</w:t></w:r>" if figure else ""
        filled.append(f"{run}{_run(mark, _RAISED) if hole in corrected else ''}{part}")
    return "".join(filled)


_HOLE = "\x00"  # no text of a document holds it


@lru_cache(maxsize=64)
def _cut(form: Table, absent: frozenset[str]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Writes a table without its figures; returns its parts around them, and the number of each figure."""
    table = blank(form, absent)
    edges = [0.0, *accumulate(table.widths)]
    above: dict[int, PaperCell] = {}  # the cell that covers each row so far, by its first column
    rows, holes = [], []
    for number, starting in enumerate(table.rows()):
        at = {cell.left: cell for cell in starting}
        cells, left = [], 0
        while left < len(table.widths):
            begins = left in at
            cell = above[left] = at[left] if begins else above[left]
            merged = "" if cell.rows == 1 else '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
            width = edges[left + cell.columns] - edges[left]
            span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
            if begins and cell.figure:
                holes.append(cell.hole)
            cells.append(_box(width, span + merged, _words_of(cell, table, begins)))
            left += cell.columns
        rows.append(_row(cells, number < table.head))
    return tuple(_table(table.caption, table.widths, rows).split(_HOLE)), tuple(holes)


def _words_of(cell: PaperCell, table: PaperTable, begins: bool) -> str:
    style = "TableSmall" if table.size < 10 else "TableText"
    look = _narrowed(cell, table)
    if cell.left_side:
        indent = f'<w:ind w:left="{210 * (cell.level - 1)}"/>' if cell.level > 1 else ""
        look = f'{indent}<w:jc w:val="left"/>'
    if cell.keeps:
        look = f"<w:keepNext/>{look}"
    run = ""
    if begins:
        run = _HOLE if cell.figure else f"<w:r><w:t>{text(cell.text)}</w:t></w:r>" if cell.text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{look}</w:pPr>{run}</w:p>'


def _narrowed(cell: PaperCell, table: PaperTable) -> str:
    """Indents a head at both sides so far that it breaks in the middle: a line break would be part of its text."""
    parts = halves(cell, table)
    aside = room(cell, table) - (len(parts[0]) + 0.5) * table.size if parts else 0
    return f'<w:ind w:left="{round(aside * 10)}" w:right="{round(aside * 10)}"/>' if aside > 0 else ""


def _table(caption: str, widths: Sequence[float], rows: Iterator[str] | list[str]) -> str:
    grid = "".join(f'<w:gridCol w:w="{round(width * _MM)}"/>' for width in widths)
    name = escape(printable(caption))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{round(sum(widths) * _MM)}" w:type="dxa"/><w:jc w:val="center"/>{_BORDERS}'
        f'<w:tblLayout w:type="fixed"/>{_INSET}<w:tblLook w:firstRow="1" w:firstColumn="1"/>'
        f'<w:tblCaption w:val="{name}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


_INSET = "".join(
    [
        "<w:tblCellMar>",
        *(f'<w:{edge} w:w="{width}" w:type="dxa"/>' for edge, width in zip(_EDGES[:4], (36, 40, 36, 40), strict=True)),
        "</w:tblCellMar>",
    ]
)
_BORDERS = "".join(
    [
        "<w:tblBorders>",
        *(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for edge in _EDGES),
        "</w:tblBorders>",
    ]
)


def _row(cells: Iterator[str] | list[str], head: bool) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' * head}</w:trPr>{''.join(cells)}</w:tr>"


def _box(width: float, merged: str, inner: str) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{round(width * _MM)}" w:type="dxa"/>{merged}<w:vAlign w:val="center"/></w:tcPr>'
        f"{inner}</w:tc>"
    )
