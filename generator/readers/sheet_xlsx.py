"""Scans the XML of an .xlsx for what calamine does not tell (visibility, errors, extents), and makes it a clean copy.

calamine allocates a sheet's whole rectangle, so two cells far apart in a tiny file would take gigabytes. Extents are
therefore checked here first, and calamine gets only the parts that were checked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from generator.finding import Finding
from generator.readers import opc
from generator.readers.bounds import Archive, events, local, repack, xml
from generator.readers.document import Limits
from generator.readers.notes import quoted, refuse, warn
from generator.readers.sheet_cells import WorksheetCells

_ADDRESS = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")
_ROWS, _COLUMNS = 1_048_576, 16_384
_ON = ("1", "true")


@dataclass
class XlsxTab:
    """Holds a sheet as the workbook lists it."""

    name: str
    part: str
    state: str = "visible"


@dataclass
class XlsxWorkbook:
    """Holds the workbook part, its sheets in order, and the numbers of the cell styles that print percents."""

    package: Archive
    main: str
    limits: Limits
    tabs: list[XlsxTab] = field(default_factory=list)
    percents: set[int] = field(default_factory=set)


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
        if relation.kind == "styles" and relation.target in package:
            book.percents = _percents(package, relation.target, limits)
    return book


def _percents(package: Archive, part: str, limits: Limits) -> set[int]:
    root = xml(package.read(part), part, limits)
    codes = {item.get("numFmtId", ""): item.get("formatCode", "") for item in root.iter("numFmt")}
    styles = root.find("cellXfs")
    formats = [] if styles is None else [item.get("numFmtId", "") for item in styles]
    return {number for number, code in enumerate(formats) if code in ("9", "10") or codes.get(code, "").endswith("%")}


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
        self._formula = self._value = False
        self._text: list[str] | None = None
        data = book.package.read(tab.part)
        events(data, tab.part, book.limits, self._start, self._end, self._characters)
        self.data = data

    @property
    def area(self) -> int:
        return max(0, self.bottom - self.top + 1) * max(0, self.right - self.left + 1)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match local(name):
            case "row":
                self._row = _number(attributes.get("r", ""), self._row + 2, _ROWS) - 1
                self._column = -1
                if attributes.get("hidden") in _ON or attributes.get("ht") == "0":
                    self.sheet.hidden_rows.add(self._row)
            case "c":
                self._cell(attributes)
            case "v" | "is":
                self._value = True
                self._text = [] if self._kind == "e" or (self._formula and self._kind != "str") else None
            case "f":
                self._formula = True
            case "col":
                if attributes.get("hidden") in _ON or attributes.get("width") == "0":
                    first = _number(attributes.get("min", ""), 1, _COLUMNS)
                    self.sheet.hidden_columns.append(
                        (first - 1, _number(attributes.get("max", ""), first, _COLUMNS) - 1)
                    )
            case _:
                pass

    def _cell(self, attributes: dict[str, str]) -> None:
        match = _ADDRESS.match(attributes.get("r", ""))
        self._column += 1
        if match:
            self._column = min(_COLUMNS, _column(match[1])) - 1
            self._row = _number(match[2], 1, _ROWS) - 1
        self._kind = attributes.get("t", "n")
        self._formula = self._value = False
        if _number(attributes.get("s", ""), 0, 1_000_000) in self._book.percents and self._kind == "n":
            self.percent.add((self._row, self._column))

    def _end(self, name: str) -> None:
        tag = local(name)
        if tag == "v" and self._text is not None:
            self._result("".join(self._text)[:20])
        elif tag == "c":
            if self._value:
                self._stretch()
            elif self._formula and len(self.sheet.unset) < self._book.limits.cells:
                self.sheet.unset.add((self._row, self._column))

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

    def _result(self, text: str) -> None:
        self._text = None
        if self._kind == "e":
            self.sheet.errors[self._row, self._column] = text
        elif not text:
            self._value = False

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)


def _number(text: str, otherwise: int, most: int) -> int:
    return min(most, int(text[:8])) if text.isascii() and text.isdecimal() else otherwise


def _column(text: str) -> int:
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number


def left_behind(package: Archive, limits: Limits, file: str) -> list[Finding]:
    """Report comments, shapes, external workbooks and data connections of the package."""
    findings: list[Finding] = []
    remarks = []
    for part in [name for name in package.members if re.fullmatch(r"xl/(comments|threadedComments/).*\.xml", name)]:
        remarks += [
            "".join(item.itertext()).strip()[:20]
            for item in xml(package.read(part), part, limits).iter()
            if item.tag in ("comment", "threadedComment")
        ]
    remarks = [text for text in dict.fromkeys(remarks) if text]
    if remarks:
        zh, en = quoted(remarks)
        count = len(remarks)
        message = f"批注{count}条没有读入：{zh}。", f"{count} comments were not read: {en}."
        findings.append(warn("IMP-COMMENT", file, *message))
    shapes = 0
    for part in [name for name in package.members if re.fullmatch(r"xl/drawings/[^/]*\.xml", name)]:
        shapes += sum(item.tag.endswith("Anchor") for item in xml(package.read(part), part, limits))
    if shapes:
        findings.append(
            warn(
                "IMP-SHAPE",
                file,
                f"工作表里的图形、图片、图表共{shapes}个没有读入。",
                f"{shapes} shapes, pictures or charts on worksheets were not read.",
            )
        )
    links = []
    for part in package.under("xl/externalLinks/"):
        links += [item.target for item in opc.relations(package, part, limits).values() if item.outside]
    if "xl/connections.xml" in package:
        links.append("xl/connections.xml")
    return findings + opc.outside_links(links, file)
