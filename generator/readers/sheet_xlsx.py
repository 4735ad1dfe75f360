"""Scans the XML of an .xlsx for what calamine does not tell (visibility, errors, extents), and makes it a clean copy.

calamine allocates a sheet's whole rectangle, so two cells far apart in a tiny file would take gigabytes. Extents are
therefore checked here first, and calamine gets only the parts that were checked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from generator.finding import Message
from generator.readers import opc
from generator.readers.bounds import Archive, events, local, repack, xml
from generator.readers.document import Limits, Mark
from generator.readers.notes import refuse
from generator.readers.sheet_cells import WorksheetCells
from generator.readers.sheet_conditions import Area, Condition, areas
from generator.readers.sheet_covers import anchored, controls
from generator.readers.sheet_extended_rules import ExtendedRules
from generator.readers.sheet_formats import Look, Seen, look_of_number
from generator.readers.sheet_looks import CellLook, Run, Trust, decimal, seen_pieces, trust
from generator.readers.sheet_styles import CellStyle, RichText, SharedStrings, read_dressing, read_styles

_ADDRESS = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")
_USUAL = CellStyle()
_ERRORS = frozenset("#DIV/0! #N/A #NAME? #NULL! #NUM! #REF! #VALUE!".split())  # those that calamine knows
_VALUE = re.compile(rb"(?<=v>)[^<]+(?=</)")
_ROWS, _COLUMNS = 1_048_576, 16_384
_SEEN, _SEEN_WIDTH = 3.0, 0.3  # points of a row, letters of a column: less is a line
_ON, _OFF = ("1", "true"), ("0", "false")


_TWICE = Message(
    "文件里这一格写了两次，各程序显示的不同：请用表格软件打开，核对后另存再导入",
    "the file holds this cell twice, and programs differ in which they show; open it, check the cell and save it anew",
)


@dataclass
class XlsxTab:
    """Holds a sheet as the workbook lists it."""

    name: str
    part: str
    state: str = "visible"


@dataclass
class XlsxWorkbook:
    """Holds the workbook part, its sheets in order, its cell styles and rich texts, and the trust in its results."""

    package: Archive
    main: str
    limits: Limits
    tabs: list[XlsxTab] = field(default_factory=list)
    styles: list[CellStyle] = field(default_factory=list)
    dressing: set[int] = field(default_factory=set)  # conditional formats that change how a figure reads
    rich: dict[int, tuple[Run, ...]] = field(default_factory=dict)
    trust: Trust = Trust.NONE


def read_workbook(package: Archive, limits: Limits) -> XlsxWorkbook:
    """Read the list of sheets and the styles; raises Unreadable for damaged XML."""
    main = opc.main_part(package, limits, "xl/workbook.xml")
    relations = opc.relations(package, main, limits)
    root = xml(package.read(main), main, limits)
    book = XlsxWorkbook(package, main, limits)
    for item in root.iter("sheet"):
        relation = relations.get(item.get("id", ""))
        part = relation.target if relation and not relation.outside and relation.kind == "worksheet" else ""
        book.tabs.append(XlsxTab(item.get("name", ""), part if part in package else "", item.get("state", "visible")))
    for relation in relations.values():
        if relation.target in package:
            if relation.kind == "styles":
                book.styles = read_styles(package, relation.target, limits)
                book.dressing = read_dressing(package, relation.target, limits)
            elif relation.kind == "sharedStrings":
                book.rich = SharedStrings(package, relation.target, limits).rich
    book.trust = _trust(root, opc.properties(package, limits))
    return book


def _trust(root: Element, properties: dict[str, str]) -> Trust:
    """Judge the results of formulas. Programs that write formulas without working them out, of which some call
    themselves Excel, ask for that to be done when the file is opened."""
    calculation = root.find("calcPr")
    settings = {} if calculation is None else calculation.attrib
    late = settings.get("fullCalcOnLoad") in _ON or settings.get("forceFullCalc") in _ON
    manual = settings.get("calcMode") == "manual" and settings.get("calcOnSave") in _OFF
    if late or manual or settings.get("calcCompleted") in _OFF:
        return Trust.NONE
    return trust(properties.get("application", ""))


def clean_copy(book: XlsxWorkbook, read: dict[str, bytes]) -> bytes:
    """Pack the workbook, its relations, styles, strings and the sheets given (`read`); nothing else of the original."""
    package = book.package
    parts = dict(read)
    for relation in opc.relations(package, book.main, book.limits).values():
        if relation.kind in ("styles", "sharedStrings") and relation.target in package:
            parts[relation.target] = package.read(relation.target)
            events(parts[relation.target], relation.target, book.limits, _nothing, _nothing, _nothing)
    folder, _, name = book.main.rpartition("/")
    for part in (book.main, f"{folder}/_rels/{name}.rels", "[Content_Types].xml", "_rels/.rels"):
        if part in package:
            parts[part] = package.read(part)
    return repack(parts)


def _nothing(*_: object) -> None:
    return None


class Scan:
    """Reads one worksheet's XML into `sheet`; `percent` are the cells that print percents, `area` is their extent."""

    def __init__(self, book: XlsxWorkbook, tab: XlsxTab) -> None:
        self.sheet = WorksheetCells(tab.name)
        self.percent: set[tuple[int, int]] = set()
        self.top, self.left, self.bottom, self.right = _ROWS, _COLUMNS, -1, -1
        self._book = book
        self._row = self._column = -1
        self._kind = ""
        self._style = _USUAL
        self._phonetic = self._zeros = False
        self._formula: str | None = None
        self._value: str | None = None
        self._string: RichText | None = None
        self._text: list[str] | None = None
        self._areas: list[Area] = []
        self._condition: Condition | None = None
        self._extended: ExtendedRules | None = None
        self._met: set[tuple[int, int]] = set()
        data = book.package.read(tab.part)
        events(data, tab.part, book.limits, self._start, self._end, self._characters)
        self.data = _with_known_errors(data, set(self.sheet.errors.values()))
        self._beside(tab)

    def _beside(self, tab: XlsxTab) -> None:
        """Take in what lies over the cells, and the notes on them."""
        package, limits = self._book.package, self._book.limits
        for relation in opc.relations(package, tab.part, limits).values():
            part = relation.target
            if relation.outside or part not in package:
                continue
            if relation.kind == "drawing":
                self.sheet.covers += anchored(xml(package.read(part), part, limits))
            elif relation.kind == "vmlDrawing":
                self.sheet.covers += controls(package.read(part).decode("utf-8", "replace"))
            elif relation.kind in ("comments", "threadedComment"):
                for item in xml(package.read(part), part, limits).iter():
                    if item.tag in ("comment", "threadedComment") and (match := _ADDRESS.match(item.get("ref", ""))):
                        place = int(match[2]) - 1, _column(match[1]) - 1
                        self.sheet.notes[place] = self.sheet.notes.get(place, "") + "".join(item.itertext())[:200]

    @property
    def area(self) -> int:
        return max(0, self.bottom - self.top + 1) * max(0, self.right - self.left + 1)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._extended is not None:
            self._extended.start(local(name), attributes)
            return
        match local(name):
            case "row" | "col" | "sheetView" as tag:
                self._extent(tag, attributes)
            case "c":
                self._cell(attributes)
            case "v" | "f" | "formula":
                self._text = []
            case "is":
                self._string = RichText()
            case "dataBar" | "iconSet" if attributes.get("showValue") in _OFF and self._areas:
                self.sheet.conditions.append(Condition(self._areas))
            case "extLst":
                self._extended = ExtendedRules(self.sheet.conditions)
            case "conditionalFormatting" | "cfRule" as tag:
                self._rule(tag, attributes)
            case tag if self._string is not None:
                self._string.start(tag, attributes)

    def _extent(self, tag: str, attributes: dict[str, str]) -> None:
        """Take in a row, columns, or how the sheet is shown: what of it is hidden."""
        hidden = attributes.get("hidden") in _ON
        if tag == "row":
            self._row = _number(attributes.get("r", ""), self._row + 2, _ROWS) - 1
            self._column = -1
            if hidden or _measure(attributes.get("ht")) < _SEEN:
                self.sheet.hidden_rows.add(self._row)
        elif tag == "sheetView":
            self._zeros = attributes.get("showZeros") in _OFF
        elif hidden or _measure(attributes.get("width")) < _SEEN_WIDTH:
            first = _number(attributes.get("min", ""), 1, _COLUMNS)
            self.sheet.hidden_columns.append((first - 1, _number(attributes.get("max", ""), first, _COLUMNS) - 1))

    def _rule(self, tag: str, attributes: dict[str, str]) -> None:
        """Keep a conditional format that changes how a figure reads."""
        if tag == "conditionalFormatting":
            self._areas = areas(attributes.get("sqref", ""))
        elif _number(attributes.get("dxfId", ""), _COLUMNS, _COLUMNS) in self._book.dressing and self._areas:
            self._condition = Condition(self._areas, attributes.get("operator", ""))
            self.sheet.conditions.append(self._condition)

    def _cell(self, attributes: dict[str, str]) -> None:
        match = _ADDRESS.match(attributes.get("r", ""))
        self._column += 1
        if match:
            self._column = min(_COLUMNS, _column(match[1])) - 1
            self._row = _number(match[2], 1, _ROWS) - 1
        self._kind = attributes.get("t", "n")
        self._formula = self._value = self._string = None
        self._phonetic = attributes.get("ph") in _ON
        number = _number(attributes.get("s", ""), 0, 1_000_000)
        self._style = self._book.styles[number] if number < len(self._book.styles) else _USUAL

    def _end(self, name: str) -> None:
        tag = local(name)
        if self._extended is not None:
            if self._extended.end(tag):
                self._extended = None
        elif tag in ("v", "f") and self._text is not None:
            text, self._text = "".join(self._text), None
            if tag == "v":
                self._value = text
            else:
                self._formula = text[:60]
        elif tag == "formula":
            if self._text is not None and self._condition is not None:
                self._condition.formulas.append("".join(self._text)[:60])
            self._text = None
        elif tag == "cfRule":
            self._condition = None
        elif tag == "c":
            self._finish()
            self._string = None
        elif self._string is not None:
            self._string.end(tag)

    def _finish(self) -> None:
        """Take in a cell: stretch the extent to it, and keep what is unusual about it."""
        place = self._row, self._column
        filled = self._string is not None or bool(self._value) or (self._value is not None and self._kind == "str")
        if not filled:
            if self._formula is not None and len(self.sheet.unset) < self._book.limits.cells:
                self.sheet.unset.add(place)
                self.sheet.looks[place] = CellLook(formula=self._formula, number=decimal("0"))
            return
        self._stretch()
        if place in self._met:
            self.sheet.doubts[place] = _TWICE
        self._met.add(place)
        if self._kind == "n" and self._style.code.endswith("%"):
            self.percent.add(place)
        if self._kind == "e":
            self.sheet.errors[place] = (self._value or "")[:20]
        look = self._look()
        if look is not None:
            self.sheet.looks[place] = look

    def _look(self) -> CellLook | None:
        """Return what is unusual about the cell, None for nothing."""
        style, book = self._style, self._book
        number = decimal(self._value or "") if self._kind == "n" else None
        look = CellLook(code=style.code, number=number, truth=self._kind == "b", error=self._kind == "e")
        if self._formula is not None and (book.trust is Trust.NONE or (book.trust is Trust.NOT_ZERO and number == 0)):
            look.formula = self._formula
        if number is not None:
            look.seen = None if style.usual else look_of_number(style.code, number)
            if self._zeros and number == 0:
                look.seen = Look(Seen.TEXT)
        runs = self._runs()
        if runs:
            look.pieces, hidden = seen_pieces(runs, style.face, style.background)
            look.unseen = hidden and not look.pieces
            look.partly = hidden and bool(look.pieces)
        else:
            look.unseen, look.mark = style.face.unseen(style.background), style.face.mark
            if style.crossed and number is not None:
                look.mark = Mark.STRUCK
            if style.repeated:
                look.mark = Mark.DRAWN
        return look if look != CellLook(code=style.code, number=number) or not style.usual else None

    def _runs(self) -> tuple[Run, ...]:
        """Return the runs of the cell's rich text; phonetic guides only where they are shown."""
        runs: tuple[Run, ...] = ()
        if self._string is not None:
            runs = tuple(self._string.runs) if self._string.rich else ()
        elif self._kind == "s" and self._book.rich:
            runs = self._book.rich.get(_number(self._value or "", 0, 10_000_000), ())
        return tuple(run for run in runs if self._phonetic or run.face is None or run.face.mark is not Mark.RUBY)

    def _stretch(self) -> None:
        """Extend the sheet's extent to the cell; raise Unreadable at the first one too far away."""
        self.top, self.bottom = min(self.top, self._row), max(self.bottom, self._row)
        self.left, self.right = min(self.left, self._column), max(self.right, self._column)
        most = self._book.limits.cells
        if self.area > most:
            name = self.sheet.name
            raise refuse(
                f"工作表“{name}”超过 {most} 格，不读取：请删去与年报无关的工作表或远处的零散内容。",
                f"Sheet “{name}” covers more than {most} cells; "
                "remove sheets and stray cells that are not part of the report.",
            )

    def _characters(self, text: str) -> None:
        if self._extended is not None:
            self._extended.characters(text)
        elif self._text is not None:
            self._text.append(text)
        elif self._string is not None:
            self._string.characters(text)


def _with_known_errors(data: bytes, errors: set[str]) -> bytes:
    """Return the XML of a sheet for calamine, which refuses a whole file for an error of a newer program (#SPILL!,
    #GETTING_DATA); what the cell really holds stays with the scan."""
    others = {error.encode() for error in errors - _ERRORS}
    return _VALUE.sub(lambda held: b"#VALUE!" if held[0] in others else held[0], data) if others else data


def _number(text: str, otherwise: int, most: int) -> int:
    return min(most, int(text[:8])) if text.isascii() and text.isdecimal() else otherwise


def _measure(text: str | None) -> float:
    """Read the height of a row or the width of a column; one that is not given can be seen."""
    try:
        return float(text[:12]) if text else _SEEN
    except ValueError:
        return _SEEN


def _column(text: str) -> int:
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number
