"""Reads what stands inside a paragraph of a Word file: runs of text, fields, formulas, pictures and shapes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element

from generator.finding import Message
from generator.readers.document import Block, Limits, Mark, Piece
from generator.readers.docx_bound import DOUBTED, REPLACED
from generator.readers.docx_fields import UNKNOWN, OpenField, begun, dirty, shown
from generator.readers.docx_look import look, switch, value
from generator.readers.docx_marks import ParagraphBuilder, Passed, RunFormat, chosen, excerpt, in_code
from generator.readers.docx_styles import Numbering, Style, Styles
from generator.readers.opc import Relation
from generator.readers.text_cleanup import plain

_THROUGH = {"sdtContent", "customXml", "smartTag", "ins", "moveTo", "fldSimple", "dir", "bdo", "Choice", "hyperlink"}
_GONE = {"del", "moveFrom"}
_TEXT_MARKS = {"t": None, "delText": Mark.DELETED, REPLACED: Mark.REPLACED, DOUBTED: Mark.DRAWN}
_WRITTEN = {*_TEXT_MARKS, "tab", "ptab", "noBreakHyphen", "sym", "symEx"}
_FIELDS = 50  # fields within fields
_USUAL_SIZE = 20  # half-points, where no style says otherwise (ECMA-376 part 1, 17.3.2.38)
_RAISED = 2  # half-points; less is a typesetter's adjustment
# drawings without words: a line or a patch may lie over a figure
_SHAPES = frozenset("wsp cxnSp line rect shape oval roundrect polyline curve arc contentPart".split())
_HOLDING = frozenset("txbxContent blip imagedata OLEObject chart relIds".split())
_STRIKES = ("strikeH", "strikeV", "strikeBLTR", "strikeTLBR")
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


class Runs(ABC):
    """Reads the runs of paragraphs.

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
        self.fragment: Callable[[str, int], list[Block] | None] = lambda relation_id, tables: None
        self.paragraphs = self.tables = self.cells = self.area = 0
        self._table_style = Style()
        self.stale_fields = False  # all fields of the file are to be updated when it is opened
        self.ground = ""  # the background of the cell or text box, see RunFormat
        self.covered: frozenset[Element] = frozenset()  # rows of tables over which something anchored elsewhere may lie
        self.prompting_cells: frozenset[Element] = (
            frozenset()
        )  # in content controls around cells and rows, not filled in
        self._cell_depth = 0
        self._down = False  # in a cell whose text runs down
        self._prompt = False  # inside a content control that nobody has filled in
        self._unseen = False  # in a cell some of whose digits nobody sees
        self._calculated = False  # in a cell that shows what a formula once gave
        self._tracked: set[bool] = set()  # of the texts in a cell: inserted with tracking, or not
        self._fields: list[OpenField] = []  # of a cell, that go on from one of its paragraphs to the next
        self._open: list[Piece] = []  # a paragraph whose mark was deleted runs on into the next

    def _placed(self, zh: str, en: str) -> Message:
        """Name a thing together with its paragraph and the nearest table."""
        table = Message(f"，第{self.tables}个表附近", f", near table {self.tables}") if self.tables else Message("", "")
        return Message(f"{zh}（第{self.paragraphs}段{table.zh}）", f"{en} (paragraph {self.paragraphs}{table.en})")

    @contextmanager
    def prompting(self, control: Element) -> Iterator[None]:
        """Mark what a content control shows while nobody has filled it in: it asks for a figure, and is none."""
        outer, prompt = self._prompt, switch(control.find("sdtPr"), "showingPlcHdr")
        self._prompt = outer or bool(prompt)
        yield
        self._prompt = outer

    @abstractmethod
    def apart(self, content: Element, ground: str, in_cell: bool = False) -> list[Block]:
        """Read a text box or cell on its own background: an open paragraph does not run on into it."""

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
                with self.prompting(child):
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
        set_here = look(properties)
        formatting = formatting._replace(look=set_here.over(style.look.toggled(formatting.look)))
        if set_here.squeezed(run):
            formatting = formatting._replace(mark=formatting.mark or Mark.DRAWN)
        for child in run:
            written = child.tag == "AlternateContent" and any(item.tag in _WRITTEN for item in chosen(child))
            for item in chosen(child) if written else (child,):
                self._mark(item, formatting, line)

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
            case "pgNum" | "dayShort" | "dayLong" | "monthShort" | "monthLong" | "yearShort" | "yearLong":
                self._text(UNKNOWN, formatting._replace(mark=Mark.DRAWN), line)
            case "ruby":
                self._ruby(child, formatting, line)
            case "drawing" | "pict" | "object" | "AlternateContent" | "contentPart":
                if not formatting.hidden:
                    self._shape(child)
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
        if element.tag not in ("sym", "symEx"):
            return "\t"
        code = element.get("char", "").upper()
        if code not in _SYMBOLS:
            symbol = f"{element.get('font', '')} {code}"
            self.passed.symbols.append(self._placed(symbol, symbol))
        return _SYMBOLS.get(code, "〓")

    def _text(self, text: str, formatting: RunFormat, line: ParagraphBuilder) -> None:
        if not text:
            return
        if in_code(line):
            line.fields[-1].swallowed += text[:100]
            return
        if formatting.hidden:
            if text.strip():
                self.passed.hidden.append(excerpt(text))
                self._unseen = self._unseen or any(map(str.isdecimal, text))
            return
        for entry in line.fields:
            entry.has_result = True
            self._calculated = self._calculated or entry.calculates
        link = formatting.link or next((entry.link for entry in reversed(line.fields) if entry.link), "")
        outdated = Mark.STALE if any(entry.outdated or entry.contradicts(text) for entry in line.fields) else None
        if self._cell_depth and outdated is None:
            outdated = next((mark for entry in line.fields if (mark := entry.mark)), None)
        turned = formatting.look.turned and self._cell_depth and not self._down and any(map(str.isdecimal, text))
        unsure = Mark.DRAWN if turned or (self._prompt and self._cell_depth) or formatting.partly_seen else None
        mark = (
            formatting.mark
            or outdated
            or unsure
            or formatting.look.mark(1 if self._cell_depth else _RAISED, line.position)
        )
        if text.strip() and mark is None:
            self._tracked.add(formatting.tracked)
        size = float(formatting.look.size or _USUAL_SIZE)
        line.add(Piece(plain(text), formatting.bold, link, mark=mark, size=size))

    def _formula(self, element: Element, formatting: RunFormat, line: ParagraphBuilder) -> None:
        """Read a formula's letters in their order, exponents and indices marked, a fraction with a stroke."""
        first = element.find("e") if element.tag in ("eqArr", "d") else None
        for child in element:
            before, inside = _around(child, formatting)
            if first is not None and child.tag == "e" and child is not first:  # below, or beside, the one before
                before = " "
            self._text(before, formatting, line)
            if child.tag == "t":
                self._text(child.text or "", formatting, line)
            elif child.tag == "mr":  # a row of numbers beside each other
                for entry in child:
                    self._formula(entry, inside, line)
                    self._text(" ", formatting, line)
            else:
                self._formula(child, inside, line)
            if child.tag == "d":
                self._text(value(child.find("dPr"), "endChr") or ")", formatting, line)

    def _note(self, reference: Element, formatting: RunFormat, line: ParagraphBuilder) -> None:
        if formatting.hidden:
            return
        key = reference.tag.removesuffix("Reference"), reference.get("id", "")
        number = self.passed.notes.setdefault(key, len(self.passed.notes) + 1)
        line.add(Piece(f"〔注{number}〕", formatting.bold, mark=Mark.RAISED))

    def _unclosed(self, fields: list[OpenField]) -> None:
        """Record the letters behind a field's code that nothing ends: programs differ in what they show of them."""
        for entry in fields:
            if entry.in_code and entry.swallowed.strip():
                self.passed.hidden.append(excerpt(entry.swallowed))
                self._unseen = self._unseen or any(map(str.isdecimal, entry.swallowed))

    # fields: the code between begin and separate is not text, the result after separate is

    def _field_mark(self, mark: Element, formatting: RunFormat, line: ParagraphBuilder) -> None:
        kind = mark.get("fldCharType", "")
        if kind == "begin" and len(line.fields) < _FIELDS:
            line.fields.append(begun(mark, self.stale_fields))
        elif line.fields and kind == "separate":
            line.fields[-1].in_code = False
            line.fields[-1].link = self._field(line.fields[-1].code)
        elif line.fields and kind == "end":
            self._drawn(line.fields.pop(), formatting, line)

    def _drawn(self, field: OpenField, formatting: RunFormat, line: ParagraphBuilder) -> None:
        """Add what a field without a stored result shows, where it is no part of another's code."""
        if in_code(line):
            return
        if field.prompt and not field.has_result:  # some programs show it, others nothing
            self._text(field.prompt, formatting._replace(mark=Mark.DRAWN), line)
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
                    line.anchored += self.apart(child, "?")
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

    def _shape(self, element: Element) -> None:
        """Note drawings without words in a cell: a line or a patch may lie over its figure."""
        if not self._cell_depth or element.find("OLEObject") is not None:
            return
        element = chosen(element) if element.tag == "AlternateContent" else element
        tags = {item.tag for item in element.iter()}
        if tags & _SHAPES and not tags & _HOLDING:
            self.passed.embedded.append(self._placed("图形", "shape"))

    def _blip(self, embedded_id: str, linked_id: str, alt: str, line: ParagraphBuilder) -> None:
        relation = self.relations.get(embedded_id or linked_id)
        if relation is None:
            return
        if relation.outside:
            self.passed.links.append(relation.target)
        elif name := self.picture(relation.target, plain(alt)):
            line.add(Piece(plain(alt), picture=name))


def _around(part: Element, formatting: RunFormat) -> tuple[str, RunFormat]:
    """Return the sign that stands before a part of a formula, and how the letters inside it look."""
    mark, sign = None, ""
    match part.tag:
        case "sup" | "deg" | "lim":
            mark = Mark.RAISED
        case "sub":
            mark = Mark.LOWERED
        case "den":
            sign = "/"
        case "rad" | "nary":
            sign = "√" if part.tag == "rad" else "∑"
        case "d":
            sign = value(part.find("dPr"), "begChr") or "("
        case "mr":
            sign = " "
        case "phant" | "acc" | "bar" | "groupChr":  # nothing, or a stroke or a sign over the letters
            mark = Mark.DRAWN
        case "borderBox" if any(part.find(f"borderBoxPr/{name}") is not None for name in _STRIKES):
            mark = Mark.STRUCK
        case "r":
            return sign, formatting._replace(look=look(part.find("rPr")).over(formatting.look))
    return sign, formatting._replace(mark=mark) if mark else formatting
