"""Reads OpenDocument spreadsheets from their XML: values, merges, and what is hidden, which calamine does not tell."""

from __future__ import annotations

import re
import zipfile
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from decimal import Decimal
from io import BytesIO

from generator.readers.bounds import Archive, events, local
from generator.readers.document import Limits, Mark
from generator.readers.rectangle import too_large
from generator.readers.sheet_cells import ERRORS, Merge, WorksheetCells, as_printed
from generator.readers.sheet_conditions import Area, Condition, areas, odf_condition
from generator.readers.sheet_formats import Look, Seen, days_since_zero, same_figure
from generator.readers.sheet_looks import CellLook, Run, Trust, decimal, seen_pieces, trust
from generator.readers.sheet_ods_styles import COUNTED, NUMBER_STYLES, RUBY, OdsStyles

_MOST = 1_048_576
_TRUTHS = ("TRUE", "FALSE", "真", "假")
_TIME = re.compile(r"PT(\d{1,8})H(\d{1,8})M[\d.]{1,20}S", re.ASCII)
_SHEET_NAME = re.compile(r"(?:'[^']{0,200}'|[^\s.:']{0,200})\.")
_COUNTING = {"page-number", "page-count", "sheet-name", "date", "time", "file-name", "title"}
_DRAWINGS = {"frame", "custom-shape", "control", "g", "rect", "line", "ellipse", "caption"}


@dataclass
class _Cell:
    """Collects the text of a cell while its XML is read."""

    attributes: dict[str, str]
    covered: bool
    # stretches of text with the spans around them; each paragraph begins with a line break
    parts: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.parts).removeprefix("\n")

    @property
    def printed(self) -> bool:
        """Tell whether the file has what the cell shows beside its value."""
        return bool(self.parts)


def packaged(data: bytes) -> bytes:
    """Make a package of a document in one XML file (.fods), whose root holds what a package parts."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for part in ("content.xml", "styles.xml", "meta.xml"):
            package.writestr(zipfile.ZipInfo(part), data)
    return made.getvalue()


class OdsReader:
    """Reads content.xml into `sheets` (each with its visibility), `remarks` (annotations) and `shapes` (a count)."""

    def __init__(self, package: Archive, limits: Limits, program: str = "") -> None:
        self.sheets: list[tuple[WorksheetCells, bool]] = []
        self.remarks: list[str] = []
        self.shapes = 0
        self._limits, self._count, self._hidden = limits, 0, 0
        self._styles: dict[str, bool] = {}  # table style: shown?
        self._style = ""
        self._looks = OdsStyles()
        self._spans: list[str] = []
        self._row_style = ""
        self._column_styles: list[tuple[int, str]] = []  # from which column on, in order
        self._trust = trust(program)
        self._zero_day = "1899-12-30"
        self._sheet = WorksheetCells("")
        self._row = self._column = self._columns = 0
        self._repeat = self._read = 1  # how often the row is repeated, and how many of these are read
        self._cell: _Cell | None = None
        self._areas: list[Area] = []  # of the conditional format being read
        self._by_style: dict[str, list[list[Area]]] = {}  # cell style → where each of its conditions applies
        self._remark: list[str] | None = None
        self._paragraph = self._drawing = 0  # nesting depth
        self._inside = 0  # tables within tables are not sheets
        if "styles.xml" in package:
            events(package.read("styles.xml"), "styles.xml", limits, self._style_start, _nothing, _nothing)
        events(package.read("content.xml"), "content.xml", limits, self._start, self._end, self._characters)

    def _style_start(self, name: str, attributes: dict[str, str]) -> None:
        self._looks.start(local(name), {local(key): value for key, value in attributes.items()})

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        plain = {local(key): value for key, value in attributes.items() if "calcext" not in key}
        if any("calcext" in key and value == "error" for key, value in attributes.items()):
            plain["value-type"] = "error"
        match tag:
            case "style" | "default-style" | "text-properties" | "table-cell-properties" | "map":
                self._style = plain.get("name", self._style)
                self._looks.start(tag, plain)
            case _ if tag in NUMBER_STYLES:
                self._looks.start(tag, plain)
            case "null-date":
                self._zero_day = plain.get("date-value", self._zero_day)
            case "table-properties":
                self._styles[self._style] = plain.get("display", "true") != "false"
            case "table":
                self._table(plain)
            case "table-column":
                self._column_styles.append((self._columns, plain.get("default-cell-style-name", "")))
                self._columns += self._hide_columns(plain)
            case "table-row":
                self._column = 0
                self._row_style = plain.get("default-cell-style-name", "")
                self._repeat = _count(plain, "number-rows-repeated")
                self._read = self._repeat
                if plain.get("visibility", "visible") != "visible":
                    self._hide_rows()
            case "table-cell" | "covered-table-cell":
                self._cell = _Cell(plain, tag == "covered-table-cell")
                self._spans = []
            case "conditional-format" | "condition" | "formatting-entry" | "data-bar" | "date-is":
                self._condition(tag, attributes)
            case _:
                self._inline(tag, plain)

    def _condition(self, tag: str, attributes: dict[str, str]) -> None:
        """Keep a conditional format that changes how a figure reads."""
        if tag == "conditional-format":
            self._areas = areas(_SHEET_NAME.sub("", _extended(attributes, "target-range-address")))
        elif tag in ("formatting-entry", "data-bar"):
            if _extended(attributes, "show-value") == "false":
                self._sheet.conditions.append(Condition(self._areas))
        elif self._looks.dresses(_extended(attributes, "apply-style-name") or _extended(attributes, "style")):
            self._sheet.conditions.append(odf_condition(_extended(attributes, "value"), self._areas))

    def _inline(self, tag: str, attributes: dict[str, str]) -> None:
        """Handle the start of an element within a cell."""
        if tag == "annotation":
            self._remark = []
        elif tag in ("p", "h"):
            self._paragraph += 1
            if self._cell is not None and self._remark is None and not self._drawing:
                self._cell.parts.append(("\n", ()))
        elif tag in ("span", "ruby-text") or tag in _COUNTING:
            named = RUBY if tag == "ruby-text" else COUNTED if tag in _COUNTING else attributes.get("style-name", "")
            self._spans.append(named)
        elif tag in _DRAWINGS:
            self._drawing += 1
            self.shapes += self._drawing == 1
            if self._drawing == 1 and self._cell is not None and self._inside == 1:
                self._cover(attributes.get("end-cell-address", ""))
        elif tag in ("s", "tab", "line-break"):
            self._characters({"s": " " * min(100, _count(attributes, "c")), "tab": "\t"}.get(tag, "\n"))

    def _cover(self, end: str) -> None:
        """Keep the area of a drawing that is anchored in the cell being read."""
        row, column = self._row, self._column
        for last_row, last_column, _, _ in areas(_SHEET_NAME.sub("", end)) or [(row, column, row, column)]:
            self._sheet.covers.append((row, column, max(last_row, row), max(last_column, column)))

    def _table(self, attributes: dict[str, str]) -> None:
        self._inside += 1
        if self._inside == 1:
            self._sheet = WorksheetCells(attributes.get("name", ""))
            self._row = self._columns = 0
            self._column_styles, self._by_style = [], {}
            self.sheets.append((self._sheet, self._styles.get(attributes.get("style-name", ""), True)))

    def _hide_rows(self) -> None:
        """Record hidden rows one by one, at most 2,000 of a repeated row: lists end in long stretches of empty ones."""
        self._read = count = min(self._repeat, 2_000)
        self._hidden += count
        if self._hidden > self._limits.cells:
            raise too_large(self._limits)
        self._sheet.hidden_rows |= set(range(self._row, self._row + count))

    def _hide_columns(self, attributes: dict[str, str]) -> int:
        repeat = _count(attributes, "number-columns-repeated")
        if attributes.get("visibility", "visible") != "visible":
            self._sheet.hidden_columns.append((self._columns, self._columns + repeat - 1))
        return repeat

    def _end(self, name: str) -> None:
        match local(name):
            case "table":
                self._inside -= 1
            case "table-row":
                self._row += self._repeat
            case "table-cell" | "covered-table-cell":
                if self._cell is not None:
                    self._finish(self._cell)
                self._cell = None
            case "p" | "h":
                self._paragraph -= 1
            case tag if tag in ("span", "ruby-text") or tag in _COUNTING:
                self._spans = self._spans[:-1]
            case tag if tag in _DRAWINGS:
                self._drawing -= 1
            case "annotation":
                self.remarks.append("".join(self._remark or []).strip()[:20])
                if self._cell is not None and self._inside == 1:
                    self._sheet.notes[self._row, self._column] = "".join(self._remark or [])[:200]
                self._remark = None
            case _:
                pass

    def _characters(self, text: str) -> None:
        if self._remark is not None:
            self._remark += [text] if self._paragraph else []
        elif self._cell is not None and self._paragraph and not self._drawing:
            self._cell.parts.append((text, tuple(self._spans)))

    def _finish(self, cell: _Cell) -> None:
        """Place a cell as often as it is repeated; an empty one only moves the column on."""
        across = _count(cell.attributes, "number-columns-repeated")
        text = _text(cell)
        look = None if cell.covered else self._look(cell, text)
        if (text or look is not None) and self._inside == 1:
            self._count += across * self._read
            if self._count > self._limits.cells:
                raise too_large(self._limits)
            self._dress(cell.attributes.get("style-name", "") or self._default_style(), across)
            for row in range(self._row, self._row + self._read):
                for column in range(self._column, self._column + across):
                    self._place(row, column, text, cell, look)
        rows = _count(cell.attributes, "number-rows-spanned")
        columns = _count(cell.attributes, "number-columns-spanned")
        if (rows > 1 or columns > 1) and not cell.covered:
            self._count += rows * columns
            if self._count > self._limits.cells:
                raise too_large(self._limits)
            self._sheet.merges.append(Merge(self._row, self._column, self._row + rows - 1, self._column + columns - 1))
        self._column += across

    def _dress(self, style: str, across: int) -> None:
        """Note where the conditions of a cell's own style apply."""
        if style not in self._by_style:
            conditions = [odf_condition(text, []) for text in self._looks.conditions(style)]
            self._by_style[style] = [condition.areas for condition in conditions if isinstance(condition.areas, list)]
            self._sheet.conditions += conditions
        area = self._row, self._column, self._row + self._read - 1, self._column + across - 1
        for found in self._by_style[style]:
            found.append(area)

    def _place(self, row: int, column: int, text: str, cell: _Cell, look: CellLook | None) -> None:
        place = row, column
        if text:
            self._sheet.texts[place] = text
        else:
            self._sheet.unset.add(place)
        if look is not None:
            self._sheet.looks[place] = replace(look)
            if look.error:
                self._sheet.errors[place] = text[:20]

    def _look(self, cell: _Cell, text: str) -> CellLook | None:
        """Return what is unusual about a cell, None for nothing; an empty cell is unusual where it has a formula."""
        attributes, formula = cell.attributes, cell.attributes.get("formula")
        kind = attributes.get("value-type", "")
        if not text:
            return CellLook(formula=_expression(formula), number=Decimal(0)) if formula and not kind else None
        look = CellLook(error=kind == "error" or bool(formula and text.startswith(ERRORS)))
        look.truth = kind == "boolean" or (kind == "float" and cell.text.strip().upper() in _TRUTHS)
        look.number, look.seen = self._number(cell, kind)
        if formula and (self._trust is Trust.NONE or (self._trust is Trust.NOT_ZERO and look.number == 0)):
            look.formula = _expression(formula)
        face, background = self._looks.cell(attributes.get("style-name") or self._default_style())
        runs = [Run(text, self._looks.span(face, spans)) for text, spans in cell.parts]
        if any(run.face != face for run in runs):
            pieces, hidden = seen_pieces(_without_first_break(runs), face, background)
            look.pieces, look.unseen, look.partly = pieces, hidden and not pieces, hidden and bool(pieces)
        else:
            look.unseen, look.mark = face.unseen(background), face.mark
        stored = attributes.get("string-value", "")
        if kind == "string" and stored and cell.printed and stored.split() != cell.text.split():
            look.mark = Mark.DRAWN  # programs differ in which of the two they show
        return None if look == CellLook() else look

    def _number(self, cell: _Cell, kind: str) -> tuple[Decimal | None, Look | None]:
        """Return the number that a cell stores, and how it looks where that may be another figure."""
        attributes = cell.attributes
        if kind in ("float", "currency", "percentage"):
            number = decimal(attributes.get("value", ""))
            if number is None or not cell.printed or (same_figure(cell.text, number) and kind != "percentage"):
                return (number, None) if attributes.get("formula") else (None, None)
            return number, Look(Seen.TEXT, cell.text.strip())
        if kind == "date":
            value = attributes.get("date-value", "").removesuffix("T00:00:00")
            days = None if "T" in value else days_since_zero(value, self._zero_day)
            return (None if days is None else Decimal(days)), Look(Seen.DATE, cell.text.strip())
        match = _TIME.fullmatch(attributes.get("time-value", "")) if kind == "time" else None
        if match is None:
            return None, None
        share = decimal(str(int(match[1]) / 24 + int(match[2]) / 1_440))
        return share, Look(Seen.TIME, cell.text.strip())

    def _default_style(self) -> str:
        """Return the style of a cell that names none: its row's or its column's."""
        place = bisect_right(self._column_styles, (self._column, "\U0010ffff"))
        return self._row_style or (self._column_styles[place - 1][1] if place else "")


def _without_first_break(runs: list[Run]) -> list[Run]:
    """Drop the line break that begins the first paragraph."""
    return runs[1:] if runs and runs[0].text == "\n" else runs


def _extended(attributes: dict[str, str], name: str) -> str:
    """Return an attribute of LibreOffice's extension, which is left aside elsewhere."""
    return next((value for key, value in attributes.items() if local(key) == name), "")


def _expression(formula: str) -> str:
    """Return a formula without the name of its language and its equals sign."""
    return formula.partition("=")[2][:60]


def _nothing(*_: object) -> None:
    return None


def _text(cell: _Cell) -> str:
    """Read figures from the stored value, for the printed one may be rounded; everything else as printed."""
    kind, stored = cell.attributes.get("value-type", ""), cell.attributes.get("value", "")
    if cell.covered:
        return ""
    if kind == "boolean" and not cell.printed:
        return cell.attributes.get("boolean-value", "").upper()
    if kind == "float" and cell.text.strip().upper() in _TRUTHS:
        return as_printed(cell.text)
    if kind in ("float", "currency", "percentage"):
        try:
            return as_printed(float(stored), percent=kind == "percentage")
        except (ValueError, OverflowError):
            return as_printed(cell.text)
    if kind == "string" and not cell.printed:
        return as_printed(cell.attributes.get("string-value", ""))
    if kind == "date" and cell.attributes.get("date-value"):
        return cell.attributes["date-value"].removesuffix("T00:00:00").replace("T", " ")[:16]
    return as_printed(cell.text)


def _count(attributes: dict[str, str], name: str) -> int:
    """Read a repeat or span count, 1 when it is absent or not a number."""
    text = attributes.get(name, "")
    return max(1, min(_MOST, int(text[:8]))) if text.isascii() and text.isdecimal() else 1
