"""Reads saved web pages: finds the report among a portal's furniture and expands its tables to full rectangles.

Spans and depths are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.finding import Message
from generator.readers.cell_text import UNSEEN, CellText, cell_text, figure, picture_line
from generator.readers.document import (
    Block,
    BlockPlace,
    Document,
    DocumentTable,
    Limits,
    Mark,
    Paragraph,
    Piece,
    Unreadable,
)
from generator.readers.encoding import damage, decode
from generator.readers.html_boxes import GRID_SPANS, boxes, plain_style
from generator.readers.html_content import children, properties_of, report_of, take_margins
from generator.readers.html_grid import arranges, placed, sections, span, stored_otherwise
from generator.readers.html_inner import taken_in
from generator.readers.html_place import Place, in_quirks, styles_of
from generator.readers.html_scripts import Scripts, hold_table, rewritten, scripts_of
from generator.readers.html_unclear import unclear
from generator.readers.html_walk import DEEP, FindSaved, Frame, PageWalk, words_of
from generator.readers.notes import margins_left, warn
from generator.readers.rectangle import SpannedCell, rectangle
from generator.readers.text_cleanup import joined_cell

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_OBJECTS = "object, embed, iframe, canvas, video"
# elements that need no end tag, so that an open one does not mean one more level
_UNCLOSED = frozenset(
    (
        "p li dt dd td th tr tbody thead tfoot option optgroup colgroup html head body "
        "br img hr input meta link col area base wbr source track param embed"
    ).split()
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})")
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{8000,}")  # lexbor compares each attribute with all before it
_COLUMNS = 200  # of one table whose looks are asked for


_MOVED = Message(
    "网页的样式可能隐藏或移动这一行或这一列：数是否还算数，请对照网页核对",
    "the style of the page may hide or move this row or column: compare the figure with the page",
)
_BOXED = Message(
    "表格由样式排成，而有的样式没有随网页保存：数在哪一格请对照网页核对",
    "style sheets make the table, and one was not saved with the page: compare the place of the figure with the page",
)
_NOTE = re.compile(r"[（(]?(?:注|备注|说明|单位)[：:0-9]")
_REMADE = Message(
    "此格的数字用网页自带的字体显示，看到的可能是别的数字：请对照网页核对",
    "the digits are shown in a font of the page's own, which may draw others: compare the figure with the page",
)


def read(data: bytes, file: str, limits: Limits) -> Document:
    """Read the report on a page; raise Unreadable for what is not text, nested too deeply or too large."""
    return page(text_of(data), file, limits)


def text_of(data: bytes, charset: str = "") -> str:
    """Decode a page; `charset` is what its container declares. Raises Unreadable for what is not text."""
    declared = _CHARSET.search(data[:4096])
    return decode(data, charset or (declared[1].decode("ascii") if declared else ""))


def page(text: str, file: str, limits: Limits, find_saved: FindSaved = lambda source: None) -> Document:
    """Read the report on a decoded page; `find_saved` gives the bytes of a file saved with it, by its address."""
    text = taken_in(text)
    if _depth(text) > 2 * limits.depth or any(len(tag[0].split()) > 2000 for tag in _LONG_TAG.finditer(text)):
        raise Unreadable(DEEP)
    tree = LexborHTMLParser(text)
    if tree.body is None:
        return Document(file, "html", ())
    margins = take_margins(tree)
    scripts, in_scripts = scripts_of(tree), hold_table(tree)
    properties = properties_of(tree)  # before the page's head is taken off
    # before anything is taken away, for selectors ask for the place among others
    styles = styles_of(tree, find_saved, in_quirks(text))
    root = report_of(tree, tree.body)
    walk = _Walk(file, limits, properties, find_saved, styles, findings=damage(text, file))
    walk.findings += margins_left(file, margins)
    walk.scripts = scripts
    walk.frames = len(root.css("iframe, frame"))
    walk.node(root, walk.styles.around(root))
    blocks = walk.finish()
    if scripts.of_tables and walk.tables:
        zh = "网页带有会改写表格的脚本，没有运行：浏览器里看到的数可能不同，请对照网页核对。"
        en = "The page has scripts that may rewrite its tables; they were not run. Compare the figures with the page."
        walk.findings.append(warn("IMP-MACRO", file, zh, en))
    elif in_scripts and not walk.tables:
        zh = "网页的表格由脚本放入，没有运行脚本，表格没有读入：请在浏览器里打开后另存（网页，全部）再导入。"
        en = "Scripts put the tables into this page; they were not run. Open it in a browser, save it and import that."
        walk.findings.append(warn("IMP-MACRO", file, zh, en))
    return Document(file, "html", blocks, tuple(walk.pictures), walk.properties, findings=tuple(walk.findings))


def _depth(text: str) -> int:
    """Bound the nesting of elements without a parser, for lexbor's time grows with the square of it."""
    opened: dict[str, int] = {}
    depth = deepest = 0
    for match in _TAG.finditer(text):
        tag = match[2].lower()
        if tag in _UNCLOSED:
            continue
        if not match[1]:
            opened[tag] = opened.get(tag, 0) + 1
            depth += 1
            deepest = max(deepest, depth)
        elif opened.get(tag):
            opened[tag] -= 1
            depth -= 1
    return deepest


class _Walk(PageWalk):
    """Walks a page and lays out its tables."""

    scripts = Scripts()

    def table(self, table: LexborNode, place: Place, stack: list[Frame]) -> None:
        """Turn a table into a DocumentTable; walk into one that only arranges the page."""
        self.flush()
        if arranges(table):
            stack.append(Frame(table.child, place, "", True))
            return
        caption = table.css_first("caption")
        after: list[Block] = []
        place = place._replace(look=replace(place.look, maybe=False, painted=False))  # what moves a whole table
        place = self._columned(table, place)
        groups = [
            [cells for row, inside in self._rows_of(part, place) if (cells := self._cells_of(row, inside, after))]
            for part in sections(table)
        ]
        grid = rectangle(self._placed(groups), self.limits)
        if grid:
            self.tables += 1
            text = " ".join(caption.text().split()) if caption is not None else ""
            if _NOTE.match(text):  # no title: importers would pass it over
                self.blocks.append(Paragraph((Piece(text[:5000]),), BlockPlace(line=len(self.blocks) + 1)))
                text = ""
            self.blocks.append(DocumentTable(grid, BlockPlace(table=self.tables), text[:200]))
        self.blocks += after

    def boxed(self, node: LexborNode, place: Place) -> bool:
        """Turn an element that a style sheet lays out as a table into a DocumentTable; False for any other."""
        if not place.style.get("display", "").partition("!")[0].strip().endswith(("table", "grid")):
            return False
        places = {node.mem_id: place}

        def style_of(inner: LexborNode) -> dict[str, str]:
            if inner.mem_id not in places and inner.parent is not None:
                style_of(inner.parent)
                places[inner.mem_id] = self.styles.inside(inner, places[inner.parent.mem_id])
            found = places[inner.mem_id]
            return plain_style(found.style, found.look.variables)

        cells = boxes(node, style_of)
        if not cells:
            return False
        self.flush()
        after: list[Block] = []
        slots = []
        for cell in cells:
            inside = places[cell.node.mem_id]
            moved = not set(inside.style).isdisjoint(GRID_SPANS) and not unclear(
                {name: value for name, value in style_of(cell.node).items() if name not in GRID_SPANS}, inside.look.size
            )
            inside = inside._replace(look=replace(inside.look, maybe=inside.look.maybe and not moved, apart=False))
            made = self._cell(cell.node, inside, after)
            doubt = made.doubt or (_BOXED if self.styles.partly and figure(joined_cell(made.lines)) else None)
            text = joined_cell(made.lines)[:5000]
            slots.append(SpannedCell(text, *cell[1:], raw=made.raw[:5000], doubt=doubt))
        self.tables += 1
        self.blocks += [DocumentTable(rectangle(slots, self.limits), BlockPlace(table=self.tables)), *after]
        return True

    def _columned(self, table: LexborNode, place: Place) -> Place:
        """Return the place inside a table: a column may be painted, or collapsed with the cells that stand in it."""
        for column in table.css("colgroup, col")[:_COLUMNS]:
            look = self.styles.inside(column, place).look
            if look.ground != place.look.ground or look.painted:
                place = place._replace(look=replace(place.look, ground=None))
            if not look.visible:
                place = place._replace(look=replace(place.look, maybe=True))
        return place

    def _placed(self, groups: list[list[list[SpannedCell]]]) -> list[SpannedCell]:
        rows = [row for group in groups for row in group]
        ends = [end for group, end in zip(groups, accumulate(map(len, groups)), strict=True) for _ in group]
        slots, self.cells = placed(rows, ends, self.limits, self.cells)
        return slots

    def _rows_of(self, part: LexborNode, place: Place) -> Iterator[tuple[LexborNode, Place]]:
        """Yield the rows of a group, or a row that is in none."""
        inside = self.styles.inside(part, place)
        if inside.look.gone:
            self.hide(words_of(part))
        elif part.tag == "tr":
            yield part, inside
        else:
            for row in children(part):
                if row.tag == "tr":
                    yield from self._rows_of(row, inside)

    def _cells_of(self, row: LexborNode, place: Place, after: list[Block]) -> list[SpannedCell]:
        """Read a row's cells, which have no place yet; cells that are not displayed take none."""
        cells: list[SpannedCell] = []
        whole, place = place.look.maybe, place._replace(look=replace(place.look, maybe=False))
        doubted = False  # whether one cell may not be there, which shifts all others
        for node in children(row):
            if node.tag not in ("td", "th"):
                continue
            inside = self.styles.inside(node, place)
            if inside.look.gone and not inside.look.maybe:
                self.hide(words_of(node))
                continue
            doubted = doubted or inside.look.maybe
            made = self._cell(node, inside, after)
            text = joined_cell(made.lines)[:5000]
            spans = span(node, "rowspan"), span(node, "colspan")
            doubt = made.doubt or (_MOVED if whole and figure(text) else None)
            cells.append(SpannedCell(text, 0, 0, *spans, raw=made.raw[:5000], doubt=doubt))
        for cell in cells:
            cell.uncertain = doubted
        return cells

    def _cell(self, cell: LexborNode, place: Place, after: list[Block]) -> CellText:
        """Read a cell by its lines; pictures that the file holds follow the table as blocks of their own."""
        outer, self.blocks = self.blocks, []
        unseen, self.unseen = self.unseen, False
        remade, self.remade = self.remade, False
        around, self.in_cell = self.in_cell, True
        self.node(cell, place)
        self.in_cell = around
        lines: list[list[Piece]] = []
        for block in self.blocks:
            if isinstance(block, DocumentTable):
                after.append(block)
                inside = " ".join(item.text for row in block.rows for item in row if item.first)
                lines.append([Piece(inside[:100] or "〓", mark=Mark.DRAWN)])
                continue
            pictures = tuple(piece for piece in block.pieces if piece.picture and not piece.picture.startswith("lost-"))
            after += [Paragraph(pictures, block.where)] if pictures else []
            shown = picture_line(block.pieces)
            line = [piece for piece in block.pieces if not piece.picture]
            if block.bullet not in ("", "-") and figure("".join(piece.text for piece in line if not piece.mark)):
                line.insert(0, Piece(block.bullet, mark=Mark.NUMBER))
            lines += [item for item in (line, shown) if item]
        lines += [picture_line((), 1)] if cell.css_first(_OBJECTS) is not None else []
        lines += [[Piece("〓", mark=Mark.DRAWN)]] if rewritten(cell, self.scripts) else []
        self.blocks = outer
        made = cell_text(lines)
        doubt = made.doubt or (UNSEEN if self.unseen and not made.lines else None) or stored_otherwise(cell, made.lines)
        doubt = doubt or (_REMADE if self.remade else None)
        self.unseen, self.remade = unseen, remade
        return made._replace(raw=made.raw or (" ".join(made.lines) if doubt else ""), doubt=doubt)
