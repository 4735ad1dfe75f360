"""Walks the body of a Word file into blocks in reading order, and records what is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from generator.finding import Message
from generator.readers.cell_text import cell_text, figure, picture_line, small_beside
from generator.readers.document import Block, BlockPlace, DocumentTable, Limits, Mark, Paragraph, Piece
from generator.readers.docx_bound import DOUBTED, REPLACED
from generator.readers.docx_fields import UNKNOWN, OpenField, choice, dirty, shown
from generator.readers.docx_look import common_position, look, shade, switch, value
from generator.readers.docx_marks import (
    ParagraphBuilder,
    Passed,
    RunFormat,
    cells,
    chosen,
    excerpt,
    in_code,
    rows,
    span,
    trimmed,
)
from generator.readers.docx_styles import Numbering, Style, Styles, numbered, outline
from generator.readers.opc import Relation
from generator.readers.rectangle import SpannedCell, rectangle, squeeze, too_large
from generator.readers.text_cleanup import heading, plain, unstack

_THROUGH = {"sdtContent", "customXml", "smartTag", "ins", "moveTo", "fldSimple", "dir", "bdo", "Choice", "hyperlink"}
_GONE = {"del", "moveFrom"}
_TEXT_MARKS = {"t": None, "delText": Mark.DELETED, REPLACED: Mark.REPLACED, DOUBTED: Mark.DRAWN}
_WRITTEN = {*_TEXT_MARKS, "tab", "ptab", "noBreakHyphen", "sym"}
_LONGEST = 10_000  # pieces of a paragraph that may still run on
_FIELDS = 50  # fields within fields
_USUAL_SIZE = 20  # half-points, where no style says otherwise (ECMA-376 part 1, 17.3.2.38)
_RAISED = 2  # half-points; less is a typesetter's adjustment
_INSERTED = Message("此格有未接受的修订（插入）", "part of the cell is a tracked insertion that nobody has accepted")
# Symbols of Wingdings and similar fonts, by the code Word writes: the boxes that people tick.
_SYMBOLS = {
    "F0A8": "□",
    "F06F": "□",
    "F0FE": "☑",
    "F052": "☑",
    "F0FD": "☒",
    "F053": "☒",
    "F0FC": "√",
    "F0B7": "•",
    "F06C": "●",
}


class Body:
    """Walks a body, a text box or a footnote.

    `picture(member, alt)` keeps a picture and returns its name, "" when it cannot be read.
    """

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        relations: dict[str, Relation],
        limits: Limits,
        picture: Callable[[str, str], str],
    ) -> None:
        self.styles, self.numbering, self.relations = styles, numbering, relations
        self.limits, self.picture = limits, picture
        self.passed = Passed()
        self.paragraphs = self.tables = self.cells = self.area = 0
        self._table_style = Style()
        self.stale_fields = False  # all fields of the file are to be updated when it is opened
        self.ground = ""  # the background of the cell or text box, see RunFormat
        self._cell_depth = 0
        self._tracked: set[bool] = set()  # of the texts in a cell: inserted with tracking, or not
        self._open: list[Piece] = []  # a paragraph whose mark was deleted runs on into the next

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
                        for inner in child.findall("sdtContent"):
                            blocks += self.blocks(inner)
                case "customXml" | "ins" | "moveTo":
                    blocks += self.blocks(child)
                case "AlternateContent":
                    blocks += self.blocks(chosen(child))
                case "altChunk" | "subDoc":
                    self.passed.embedded.append(self._placed("文档片段", "document part"))
                case _:
                    pass
        return blocks

    def _contents(self, sdt: Element) -> bool:
        """Skip a generated table of contents, for web pages build their own."""
        gallery = sdt.find("sdtPr/docPartObj/docPartGallery")
        if gallery is None or gallery.get("val") != "Table of Contents":
            return False
        self.passed.contents += 1
        return True

    def _placed(self, zh: str, en: str) -> Message:
        """Name a thing together with its paragraph and the nearest table."""
        table = Message(f"，第{self.tables}个表附近", f", near table {self.tables}") if self.tables else Message("", "")
        return Message(f"{zh}（第{self.paragraphs}段{table.zh}）", f"{en} (paragraph {self.paragraphs}{table.en})")

    # paragraphs

    def _paragraph(self, element: Element) -> list[Block]:
        properties = element.find("pPr")
        style = self.styles.get(value(properties, "pStyle") or self.styles.default)
        if style.name.startswith("toc ") and style.name[4:].isdecimal():
            self.passed.contents += 1
            return []
        self.paragraphs += 1
        line = ParagraphBuilder(position=common_position(element))
        line.lines[0], self._open = self._open, []
        base = style.look.over(self._table_style.look.over(self.styles.look))
        self._inline(element, RunFormat(base, shade(properties) or style.ground or self.ground), line)
        mark = None if properties is None else properties.find("rPr")
        deleted = mark is not None and mark.find("del") is not None and mark.find("ins") is None
        if deleted and len(line.lines[-1]) < _LONGEST:
            self._open = line.lines.pop()
        has_text = any(piece.text.strip() for pieces in line.lines for piece in pieces)
        marker = self._marker(properties, style) if has_text else ""
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
            pieces = trimmed([Piece(marker, pieces[0].bold, mark=Mark.NUMBER if counted else None), *pieces])
        if not pieces:
            return None
        text = "".join(piece.text for piece in pieces)
        level = min(6, level) if level and text else (0 if bullet else heading(text))
        if level:  # a heading is bold by being one
            pieces = trimmed([piece._replace(bold=False) for piece in pieces])
        return Paragraph(tuple(pieces), BlockPlace(line=self.paragraphs), level, bullet)

    # runs

    def _inline(self, element: Element, formatting: RunFormat, line: ParagraphBuilder) -> None:
        for child in element:
            tag = child.tag
            if tag == "r":
                self._run(child, formatting, line)
            elif tag in _GONE:
                self._removed(child)
                if self._cell_depth:
                    self._inline(child, formatting._replace(mark=Mark.DELETED), line)
            elif tag == "sdt":
                for inner in child.findall("sdtContent"):
                    self._inline(inner, formatting, line)
            elif tag == "AlternateContent":
                self._inline(chosen(child), formatting, line)
            elif tag in ("oMath", "oMathPara"):
                self._formula(child, formatting, line)
            elif tag in _THROUGH:
                self._through(child, formatting, line)

    def _through(self, element: Element, formatting: RunFormat, line: ParagraphBuilder) -> None:
        if element.tag in ("ins", "moveTo"):
            if not formatting.tracked:
                self._kept(element)
            formatting = formatting._replace(tracked=True)
        elif element.tag == "hyperlink":
            formatting = formatting._replace(link=self._address(element.get("id", "")))
        elif element.tag == "bdo" and element.get("val") == "rtl":
            formatting = formatting._replace(mark=Mark.DRAWN)  # 12 is shown as 21
        elif element.tag == "fldSimple" and len(line.fields) < _FIELDS:
            self._field(element.get("instr", ""))
            line.fields.append(OpenField(False, element.get("instr", ""), stale=self.stale_fields or dirty(element)))
            self._inline(element, formatting, line)
            self._drawn(line.fields.pop(), formatting, line)
            return
        self._inline(element, formatting, line)

    def _address(self, relation_id: str) -> str:
        relation = self.relations.get(relation_id)
        return relation.target if relation and relation.outside and relation.kind == "hyperlink" else ""

    def _kept(self, element: Element) -> None:
        self.passed.inserted.append(excerpt("".join(item.text or "" for item in element.iter("t"))))

    def _removed(self, element: Element) -> None:
        self.passed.deleted.append(
            excerpt("".join(item.text or "" for item in element.iter() if item.tag in ("t", "delText")))
        )

    def _run(self, run: Element, formatting: RunFormat, line: ParagraphBuilder) -> None:
        properties = run.find("rPr")
        style = self.styles.get(value(properties, "rStyle")) if properties is not None else Style()
        formatting = formatting._replace(look=look(properties).over(style.look.over(formatting.look)))
        for child in run:
            self._mark(child, formatting, line)

    def _mark(self, child: Element, formatting: RunFormat, line: ParagraphBuilder) -> None:
        match child.tag:
            case tag if tag in _WRITTEN:
                self._written(child, formatting, line)
            case "br" | "cr":
                if not formatting.hidden and not in_code(line):
                    line.lines.append([])
            case "fldChar":
                self._field_mark(child, formatting, line)
            case "instrText":
                if line.fields:
                    line.fields[-1].code += child.text or ""
            case "footnoteReference" | "endnoteReference":
                self._note(child, formatting, line)
            case "ruby":
                self._ruby(child, formatting, line)
            case "drawing" | "pict" | "object" | "AlternateContent":
                if not formatting.hidden:
                    self._graphic(child, line, "")
            case _:
                pass

    def _written(self, child: Element, formatting: RunFormat, line: ParagraphBuilder) -> None:
        """Take in characters; deleted ones and digits that a font shows as pictures are marked."""
        text = self._character(child)
        if mark := _TEXT_MARKS.get(child.tag):
            formatting = formatting._replace(mark=mark)
        elif formatting.look.pictures and any(map(str.isdecimal, text)):
            formatting = formatting._replace(mark=Mark.DRAWN)
        self._text(text, formatting, line)

    def _ruby(self, ruby: Element, formatting: RunFormat, line: ParagraphBuilder) -> None:
        for base in ruby.findall("rubyBase"):
            self._inline(base, formatting, line)
        for above in ruby.findall("rt"):
            self._inline(above, formatting._replace(mark=Mark.RUBY), line)

    def _character(self, element: Element) -> str:
        if element.tag in _TEXT_MARKS:
            return element.text or ""
        if element.tag == "noBreakHyphen":
            return "-"
        if element.tag != "sym":
            return "\t"
        code = element.get("char", "").upper()
        if code not in _SYMBOLS:
            symbol = f"{element.get('font', '')} {code}"
            self.passed.symbols.append(self._placed(symbol, symbol))
        return _SYMBOLS.get(code, "〓")

    def _text(self, text: str, formatting: RunFormat, line: ParagraphBuilder) -> None:
        if not text or in_code(line):
            return
        if formatting.hidden:
            if text.strip():
                self.passed.hidden.append(excerpt(text))
            return
        for entry in line.fields:
            entry.has_result = True
        link = formatting.link or next((entry.link for entry in reversed(line.fields) if entry.link), "")
        outdated = Mark.STALE if any(entry.outdated for entry in line.fields) else None
        mark = formatting.mark or outdated or formatting.look.mark(1 if self._cell_depth else _RAISED, line.position)
        if text.strip() and mark is None:
            self._tracked.add(formatting.tracked)
        size = float(formatting.look.size or _USUAL_SIZE)
        line.add(Piece(plain(text), formatting.bold, link, mark=mark, size=size))

    def _formula(self, element: Element, formatting: RunFormat, line: ParagraphBuilder) -> None:
        """Read a formula's letters in their order, exponents and indices marked, a fraction with a stroke."""
        for child in element:
            match child.tag:
                case "t":
                    self._text(child.text or "", formatting, line)
                case "sup" | "sub":
                    mark = Mark.RAISED if child.tag == "sup" else Mark.LOWERED
                    self._formula(child, formatting._replace(mark=mark), line)
                case "den":
                    self._text("/", formatting, line)
                    self._formula(child, formatting, line)
                case "r":
                    changed = look(child.find("rPr")).over(formatting.look)
                    self._formula(child, formatting._replace(look=changed), line)
                case "borderBox" if child.find("borderBoxPr/strikeH") is not None:
                    self._formula(child, formatting._replace(mark=Mark.STRUCK), line)
                case _:
                    self._formula(child, formatting, line)

    def _note(self, reference: Element, formatting: RunFormat, line: ParagraphBuilder) -> None:
        if formatting.hidden:
            return
        key = reference.tag.removesuffix("Reference"), reference.get("id", "")
        number = self.passed.notes.setdefault(key, len(self.passed.notes) + 1)
        line.add(Piece(f"〔注{number}〕", formatting.bold, mark=Mark.RAISED))

    # fields: the code between begin and separate is not text, the result after separate is

    def _field_mark(self, mark: Element, formatting: RunFormat, line: ParagraphBuilder) -> None:
        kind = mark.get("fldCharType", "")
        if kind == "begin" and len(line.fields) < _FIELDS:
            line.fields.append(OpenField(choice=choice(mark), stale=self.stale_fields or dirty(mark)))
        elif line.fields and kind == "separate":
            line.fields[-1].in_code = False
            line.fields[-1].link = self._field(line.fields[-1].code)
        elif line.fields and kind == "end":
            self._drawn(line.fields.pop(), formatting, line)

    def _drawn(self, field: OpenField, formatting: RunFormat, line: ParagraphBuilder) -> None:
        """Add what a field without a stored result shows."""
        text = shown(field)
        if text == UNKNOWN and not formatting.hidden:
            code = field.code.strip()[:40]
            self.passed.symbols.append(self._placed(f"域 {code}", f"field {code}"))
        self._text(text, formatting, line)

    def _field(self, code: str) -> str:
        """Return the address of a hyperlink field, "" for others; record fields that fetch external content."""
        words = code.split()
        name = words[0].upper() if words else ""
        if name == "HYPERLINK" and "\\l" not in words and len(words) > 1:
            return words[1].strip('"“”')
        if name in ("INCLUDETEXT", "INCLUDEPICTURE", "LINK", "DDE", "DDEAUTO", "DATABASE", "IMPORT"):
            self.passed.links.append(" ".join(words)[:120])
        return ""

    # graphics

    def _graphic(self, element: Element, line: ParagraphBuilder, alt: str) -> None:
        """Read text boxes as blocks after the paragraph, pictures as its pieces; record charts and objects."""
        if element.tag == "AlternateContent":
            element = chosen(element)
        if element.find("OLEObject") is not None:
            self.passed.embedded.append(self._placed("对象", "object"))
            return
        described = element.find("docPr")
        alt = alt if described is None else described.get("descr", "") or alt
        for child in element:
            match child.tag:
                case "txbxContent":
                    line.anchored += self._apart(child, "?")
                case "blip":
                    self._blip(child.get("embed", ""), child.get("link", ""), alt, line)
                case "imagedata":
                    self._blip(child.get("id", ""), "", child.get("title", "") or alt, line)
                case "chart":
                    self.passed.embedded.append(self._placed("图表", "chart"))
                case "relIds":
                    self.passed.embedded.append(self._placed("智能图形", "diagram"))
                case "txBody":
                    words = excerpt("".join(item.text or "" for item in child.iter("t")))
                    self.passed.embedded.append(self._placed(f"图形中的文字“{words}”", f"text in a shape “{words}”"))
                case _:
                    self._graphic(child, line, alt)

    def _apart(self, content: Element, ground: str, in_cell: bool = False) -> list[Block]:
        """Read a text box or cell on its own background: an open paragraph does not run on into it."""
        waiting, outer_ground, outer_depth = self._open, self.ground, self._cell_depth
        self._open, self.ground, self._cell_depth = [], ground, outer_depth + 1 if in_cell else 0
        blocks = self.blocks(content)
        self._open, self.ground, self._cell_depth = waiting, outer_ground, outer_depth
        return blocks

    def _blip(self, embedded_id: str, linked_id: str, alt: str, line: ParagraphBuilder) -> None:
        relation = self.relations.get(embedded_id or linked_id)
        if relation is None:
            return
        if relation.outside:
            self.passed.links.append(relation.target)
        elif name := self.picture(relation.target, plain(alt)):
            line.add(Piece(plain(alt), picture=name))

    # tables

    def _table(self, element: Element) -> list[Block]:
        lines = [line for line in rows(element) if not self._row_gone(line)]
        if len(lines) == 1 and len(framed := list(cells(lines[0]))) == 1:  # a frame around other content, not a table
            return self._apart(framed[0], shade(framed[0].find("tcPr")) or self.ground)
        outer_style, outer_ground = self._table_style, self.ground
        properties = element.find("tblPr")
        self._table_style = self.styles.get(value(properties, "tblStyle"))
        self.ground = shade(properties) or self._table_style.ground or outer_ground
        blocks = self._laid_out(lines)
        self._table_style, self.ground = outer_style, outer_ground
        return blocks

    def _laid_out(self, lines: list[Element]) -> list[Block]:
        """Lay the rows of a table out; tables and pictures inside its cells follow it."""
        self.tables += 1
        number = self.tables
        after: list[Block] = []
        slots: list[SpannedCell] = []
        above: dict[int, SpannedCell] = {}
        for row, line in enumerate(lines):
            above = self._row(line, row, above, slots, after)
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
        self, line: Element, row: int, above: dict[int, SpannedCell], slots: list[SpannedCell], after: list[Block]
    ) -> dict[int, SpannedCell]:
        """Lay out one row; return by column the cells that a vertical merge in the next row may continue."""
        column = 0
        below: dict[int, SpannedCell] = {}
        for cell, across, merge in self._row_cells(line):
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
            if properties is not None and properties.find("cellDel") is not None:
                self._removed(cell)
                continue
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
        outer_tracked, self._tracked = self._tracked, set()
        embedded = len(self.passed.embedded)
        lines: list[list[Piece]] = []
        for block in self._apart(cell, shade(cell.find("tcPr")) or self.ground, in_cell=True):
            if isinstance(block, DocumentTable):
                after.append(block)
                continue
            pictures = tuple(piece for piece in block.pieces if piece.picture)
            if pictures:
                after.append(Paragraph(pictures, block.where))
            shown = picture_line(pictures)
            line = [piece for piece in block.pieces if not piece.picture]
            if line and block.bullet not in ("", "-"):
                counted = figure("".join(piece.text for piece in line if not piece.mark))
                line.insert(0, Piece(block.bullet, mark=Mark.NUMBER if counted else None))
            lines += [item for item in (line, shown) if item]
        lines += [picture_line((), 1)] if len(self.passed.embedded) > embedded else []
        mixed, self._tracked = len(self._tracked) > 1, outer_tracked
        made = cell_text(lines)
        text = unstack("\n".join(made.lines))
        return text, made.raw or (text if mixed else ""), made.doubt or (_INSERTED if mixed else None)


_CROSSED = Message("此格有斜线穿过，数是否还算数，请核对", "a diagonal line crosses the cell: does the figure stand?")


def _crossed(cell: Element | None) -> bool:
    """Tell a cell that a diagonal border crosses."""
    borders = None if cell is None else cell.find("tcPr/tcBorders")
    lines = () if borders is None else (borders.find("tl2br"), borders.find("tr2bl"))
    return any(line is not None and line.get("val", "nil") not in ("nil", "none") for line in lines)


def _continues(properties: Element | None, direction: str) -> bool:
    """Tell whether a cell continues a merge, down (`vMerge`) or to the right (`hMerge`)."""
    merge = None if properties is None else properties.find(direction)
    return merge is not None and merge.get("val", "continue") == "continue"
