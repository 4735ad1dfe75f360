"""Walks the body of a Word file into blocks in reading order, and records what is left out."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from generator.finding import Message
from generator.readers.cell_text import UNSEEN, cell_text, figure, picture_line, small_beside
from generator.readers.document import Block, BlockPlace, DocumentTable, Mark, Paragraph, Piece
from generator.readers.docx_look import common_position, shade, switch, value
from generator.readers.docx_marks import ParagraphBuilder, RunFormat, cells, chosen, excerpt, rows, span, trimmed
from generator.readers.docx_runs import Runs
from generator.readers.docx_styles import Style, cut, numbered, outline
from generator.readers.docx_table_parts import TableParts, table_parts
from generator.readers.rectangle import SpannedCell, rectangle, squeeze, too_large
from generator.readers.text_cleanup import heading, unstack

_LONGEST = 10_000  # pieces of a paragraph that may still run on
_CALCULATED = Message(
    "此格是公式算出的，Word 不会自动更新：请核对",
    "the figure is the result of a formula, which Word does not update by itself",
)
_INSERTED = Message("此格有未接受的修订（插入）", "part of the cell is a tracked insertion that nobody has accepted")


class Body(Runs):
    """Walks a body, a text box or a footnote.

    `picture(member, alt)` keeps a picture and returns its name, "" when it cannot be read.
    """

    _parts = TableParts()

    # blocks

    def blocks(self, container: Element) -> list[Block]:
        blocks: list[Block] = []
        for child in container:
            match child.tag:
                case "p":
                    blocks += self._paragraph(child)
                case "tbl":
                    blocks += self._table(child)
                case "sdt":
                    if not self._contents(child):
                        with self.prompting(child):
                            for inner in child.findall("sdtContent"):
                                blocks += self.blocks(inner)
                case "customXml" | "ins" | "moveTo":
                    blocks += self.blocks(child)
                case "AlternateContent":
                    blocks += self.blocks(chosen(child))
                case "altChunk" | "subDoc":
                    blocks += self._fragment(child)
                case "del" | "moveFrom":
                    self._removed(child)
                case _:
                    pass
        return blocks

    def _fragment(self, element: Element) -> list[Block]:
        """Read a part that is a document of its own; what cannot be read is recorded."""
        found = self.fragment(element.get("id", ""), self.tables)
        if found is None:
            self.passed.embedded.append(self._placed("文档片段", "document part"))
            return []
        self.tables += sum(isinstance(block, DocumentTable) for block in found)
        return found

    def _contents(self, sdt: Element) -> bool:
        """Skip a generated table of contents, for web pages build their own."""
        gallery = sdt.find("sdtPr/docPartObj/docPartGallery")
        if gallery is None or gallery.get("val") != "Table of Contents":
            return False
        self.passed.contents += 1
        return True

    # paragraphs

    def _paragraph(self, element: Element) -> list[Block]:
        properties = element.find("pPr")
        style = self.styles.get(value(properties, "pStyle") or self.styles.default)
        if style.name.startswith("toc ") and style.name[4:].isdecimal():
            self.passed.contents += 1
            return []
        self.paragraphs += 1
        line = ParagraphBuilder(position=common_position(element), fields=self._fields if self._cell_depth else [])
        line.lines[0], self._open = self._open, []
        base = style.look.toggled(self._table_style.look).over(self.styles.look)
        unseen = Mark.DRAWN if self._cell_depth and cut(properties, style.cut) else None
        self._inline(element, RunFormat(base, shade(properties) or style.ground or self.ground, mark=unseen), line)
        if not self._cell_depth:
            self._unclosed(line.fields)
        mark = None if properties is None else properties.find("rPr")
        deleted = mark is not None and mark.find("del") is not None and mark.find("ins") is None
        if deleted and len(line.lines[-1]) < _LONGEST:
            self._open = line.lines.pop()
        has_text = any(piece.text.strip() for pieces in line.lines for piece in pieces)
        marker = self._marker(properties, style) if has_text or self._cell_depth else ""
        level = outline(properties, style.level)
        blocks: list[Block] = []
        for number, pieces in enumerate(line.lines):
            paragraph = self._finished(pieces, level, marker if number == 0 else "")
            blocks += [paragraph] if paragraph else []
        return blocks + line.anchored

    def _marker(self, properties: Element | None, style: Style) -> str:
        number = numbered(properties) or style.number
        return self.numbering.marker(number) if number and number[0] != "0" else ""

    def _finished(self, pieces: list[Piece], level: int, marker: str) -> Paragraph | None:
        """Finish a paragraph: a list item's number becomes its bullet, a heading's or a Chinese one becomes text."""
        pieces = trimmed(pieces if self._cell_depth else small_beside(pieces))
        bullet = ""
        if marker == "•":
            bullet = "-"
        elif marker.rstrip(".").isdecimal() and marker.endswith(".") and not level:
            bullet = marker
        elif marker:
            counted = self._cell_depth and figure("".join(piece.text for piece in pieces if not piece.mark))
            bold = bool(pieces) and pieces[0].bold
            pieces = trimmed([Piece(marker, bold, mark=Mark.NUMBER if counted or not pieces else None), *pieces])
        if not pieces and bullet not in ("", "-"):
            pieces, bullet = [Piece(bullet, mark=Mark.NUMBER)], ""  # a number beside nothing
        if not pieces:
            return None
        text = "".join(piece.text for piece in pieces)
        level = min(6, level) if level and text else (0 if bullet else heading(text))
        if level:  # a heading is bold by being one
            pieces = trimmed([piece._replace(bold=False) for piece in pieces])
        return Paragraph(tuple(pieces), BlockPlace(line=self.paragraphs), level, bullet)

    def apart(self, content: Element, ground: str, in_cell: bool = False) -> list[Block]:
        waiting, outer_ground, outer_depth, fields = self._open, self.ground, self._cell_depth, self._fields
        self._open, self.ground, self._cell_depth, self._fields = [], ground, outer_depth + 1 if in_cell else 0, []
        blocks = self.blocks(content)
        self._unclosed(self._fields)
        self._open, self.ground, self._cell_depth, self._fields = waiting, outer_ground, outer_depth, fields
        return blocks

    # tables

    def _table(self, element: Element) -> list[Block]:
        lines = [line for line in rows(element) if not self._row_gone(line)]
        if len(lines) == 1 and len(framed := list(cells(lines[0]))) == 1:  # a frame around other content, not a table
            return self.apart(framed[0], shade(framed[0].find("tcPr")) or self.ground)
        outer_style, outer_ground, outer_parts = self._table_style, self.ground, self._parts
        properties = element.find("tblPr")
        self._table_style = self.styles.get(value(properties, "tblStyle"))
        self._parts = table_parts(properties, self._table_style.parts)
        self.ground = shade(properties) or self._table_style.ground or outer_ground
        blocks = self._laid_out(lines)
        self._table_style, self.ground, self._parts = outer_style, outer_ground, outer_parts
        return blocks

    def _laid_out(self, lines: list[Element]) -> list[Block]:
        """Lay the rows of a table out; tables and pictures inside its cells follow it."""
        self.tables += 1
        number = self.tables
        after: list[Block] = []
        slots: list[SpannedCell] = []
        above: dict[int, SpannedCell] = {}
        for row, line in enumerate(lines):
            above = self._row(line, row, above, slots, after, row == len(lines) - 1)
        grid = rectangle(squeeze(slots)[0] if slots else slots, self.limits)
        self.area += len(grid) * len(grid[0]) if grid else 0
        if self.area > self.limits.cells:
            raise too_large(self.limits)
        return [DocumentTable(grid, BlockPlace(table=number)), *after] if grid else after

    def _row_gone(self, line: Element) -> bool:
        properties = line.find("trPr")
        if properties is None:
            return False
        if properties.find("del") is not None:
            self._removed(line)
            return True
        if properties.find("ins") is not None:
            self._kept(line)
        if switch(properties, "hidden"):
            self.passed.hidden.append(excerpt("".join(item.text or "" for item in line.iter("t"))))
            return True
        return False

    def _row(
        self,
        line: Element,
        row: int,
        above: dict[int, SpannedCell],
        slots: list[SpannedCell],
        after: list[Block],
        is_last: bool,
    ) -> dict[int, SpannedCell]:
        """Lay out one row; return by column the cells that a vertical merge in the next row may continue."""
        column = 0
        below: dict[int, SpannedCell] = {}
        laid = list(self._row_cells(line))
        for number, (cell, across, merge) in enumerate(laid, start=1):
            self.cells += across
            if self.cells > self.limits.cells:
                raise too_large(self.limits)
            upper = above.get(column)
            if merge == "continue" and upper is not None and upper.colspan == across:
                upper.rowspan += 1
                below[column] = upper
                self._covered(cell)
            elif merge == "left" and slots and slots[-1].row == row:
                slots[-1].colspan += across
            else:
                text, raw, doubt = self._cell(cell, after)
                if doubt is None and figure(text) and _crossed(cell):
                    raw, doubt = raw or text, _CROSSED
                if doubt is None and figure(text) and _flat(line):
                    doubt = _FLAT
                if doubt is None and line in self.covered and (figure(text) or not text):
                    doubt = _COVERED
                if doubt is None and figure(text):
                    doubt = self._parts.doubt(row == 0, is_last, column == 0, number == len(laid))
                slot = SpannedCell(text, row, column, 1, across, raw=raw, doubt=doubt)
                slots.append(slot)
                below[column] = slot
            column += across
        return below

    def _row_cells(self, line: Element) -> Iterator[tuple[Element | None, int, str]]:
        """Yield (cell or None for a gap, columns spanned, "continue" the cell above | "left" cell goes on | "")."""
        row_properties = line.find("trPr")
        if before := span(row_properties, "gridBefore"):
            yield None, before, ""
        for cell in cells(line):
            properties = cell.find("tcPr")
            merge = ""
            if _continues(properties, "vMerge"):
                merge = "continue"
            elif _continues(properties, "hMerge"):
                merge = "left"
            yield cell, max(1, span(properties, "gridSpan")), merge
        if behind := span(row_properties, "gridAfter"):
            yield None, behind, ""

    def _covered(self, cell: Element | None) -> None:
        text = "" if cell is None else "".join(item.text or "" for item in cell.iter("t")).strip()
        if text:
            self.passed.hidden.append(excerpt(text))

    def _cell(self, cell: Element | None, after: list[Block]) -> tuple[str, str, Message | None]:
        """Read a cell as (text, raw, doubt); its tables and pictures follow the table as blocks of their own."""
        if cell is None:
            return "", "", None
        outer = self._tracked, self._unseen, self._calculated, self._prompt
        self._tracked, self._unseen, self._calculated = set(), False, False
        self._prompt = self._prompt or cell in self.prompting_cells
        deleted = cell.find("tcPr/cellDel") is not None
        if deleted:
            self._removed(cell)
        embedded = len(self.passed.embedded)
        outer_down, self._down = self._down, value(cell.find("tcPr"), "textDirection")[:2] in ("tb", "bt", "rl")
        lines: list[list[Piece]] = []
        for block in self.apart(cell, shade(cell.find("tcPr")) or self.ground, in_cell=True):
            if isinstance(block, DocumentTable):
                after.append(block)
                inside = " ".join(item.text for row in block.rows for item in row if item.first)
                lines.append([Piece(inside[:100] or "〓", mark=Mark.DRAWN)])
                continue
            pictures = tuple(piece for piece in block.pieces if piece.picture)
            if pictures:
                after.append(Paragraph(pictures, block.where))
            shown = picture_line(pictures)
            line = [piece for piece in block.pieces if not piece.picture]
            if line and block.bullet not in ("", "-"):
                counted = figure("".join(piece.text for piece in line if not piece.mark))
                line.insert(0, Piece(block.bullet, mark=Mark.NUMBER if counted else None))
            if deleted:  # the cells behind it stay where they are until somebody accepts that
                line = [piece._replace(mark=piece.mark or Mark.DELETED) for piece in line]
            lines += [item for item in (line, shown) if item]
        lines += [picture_line((), 1)] if len(self.passed.embedded) > embedded else []
        self._down = outer_down
        made = cell_text(lines)
        text = unstack("\n".join(made.lines))
        doubt = made.doubt or self._doubt(text) or _merging(cell, text) or _unread(cell, text)
        self._tracked, self._unseen, self._calculated, self._prompt = outer
        return text, made.raw or (text if doubt else ""), doubt

    def _doubt(self, text: str) -> Message | None:
        """Say why the text of the cell that was just read may not be its figure."""
        if len(self._tracked) > 1:
            return _INSERTED
        if self._calculated and figure(text):
            return _CALCULATED
        return UNSEEN if self._unseen and not text else None


def _unread(cell: Element, text: str) -> Message | None:
    """Doubt a blank cell that has digits somewhere, in what this reader passes over."""
    digits = not text and any(map(str.isdecimal, "".join(item.text or "" for item in cell.iter("t"))))
    return UNSEEN if digits else None


_MERGING = Message(
    "合并或拆分此格的修订还没有接受或拒绝：数属于哪几行，请核对",
    "a tracked merge or split of this cell is neither accepted nor rejected: check which rows the figure belongs to",
)


def _merging(cell: Element, text: str) -> Message | None:
    """Say of a figure in a cell whose merging was tracked that its rows are not settled."""
    return _MERGING if figure(text) and cell.find("tcPr/cellMerge") is not None else None


_COVERED = Message(
    "原文有浮动的图形或文本框，可能盖在这一格上：请对照原件",
    "a floating drawing or text box may lie over this cell; compare it with the file",
)
_CROSSED = Message("此格有斜线穿过，数是否还算数，请核对", "a diagonal line crosses the cell: does the figure stand?")


_FLAT = Message(
    "此格所在的行高几乎为零，看不见：数是否还算数，请核对",
    "the row is hardly a line high and cannot be seen: does the figure stand?",
)
_LEAST = 60  # twentieths of a point


def _flat(line: Element) -> bool:
    """Tell a row that is set so low that nobody sees it."""
    height = line.find("trPr/trHeight")
    if height is None or height.get("hRule") != "exact":
        return False
    text = height.get("val", "")
    return text.isdecimal() and int(text[:6]) < _LEAST


def _crossed(cell: Element | None) -> bool:
    """Tell a cell that a diagonal border crosses."""
    borders = None if cell is None else cell.find("tcPr/tcBorders")
    lines = () if borders is None else (borders.find("tl2br"), borders.find("tr2bl"))
    return any(line is not None and line.get("val", "nil") not in ("nil", "none") for line in lines)


def _continues(properties: Element | None, direction: str) -> bool:
    """Tell whether a cell continues a merge, down (`vMerge`) or to the right (`hMerge`)."""
    merge = None if properties is None else properties.find(direction)
    return merge is not None and merge.get("val", "continue") == "continue"
