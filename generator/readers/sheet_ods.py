"""Reads OpenDocument spreadsheets from their XML: values, merges, and what is hidden, which calamine does not tell."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.readers.bounds import Archive, events, local
from generator.readers.document import Limits
from generator.readers.rectangle import too_large
from generator.readers.sheet_cells import ERRORS, Merge, WorksheetCells, as_printed

_MOST = 1_048_576
_DRAWINGS = {"frame", "custom-shape", "control", "g", "rect", "line", "ellipse", "caption"}


@dataclass
class _Cell:
    """Collects the text of a cell while its XML is read."""

    attributes: dict[str, str]
    covered: bool
    parts: list[str] = field(default_factory=list)  # each paragraph begins with a line break

    @property
    def text(self) -> str:
        return "".join(self.parts).removeprefix("\n")


class OdsReader:
    """Reads content.xml into `sheets` (each with its visibility), `remarks` (annotations) and `shapes` (a count)."""

    def __init__(self, package: Archive, limits: Limits) -> None:
        self.sheets: list[tuple[WorksheetCells, bool]] = []
        self.remarks: list[str] = []
        self.shapes = 0
        self._limits, self._count, self._hidden = limits, 0, 0
        self._styles: dict[str, bool] = {}  # table style: shown?
        self._style = ""
        self._sheet = WorksheetCells("")
        self._row = self._column = self._columns = 0
        self._repeat = self._read = 1  # how often the row is repeated, and how many of these are read
        self._cell: _Cell | None = None
        self._remark: list[str] | None = None
        self._paragraph = self._drawing = 0  # nesting depth
        self._inside = 0  # tables within tables are not sheets
        events(package.read("content.xml"), "content.xml", limits, self._start, self._end, self._characters)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        plain = {local(key): value for key, value in attributes.items() if "calcext" not in key}
        if any("calcext" in key and value == "error" for key, value in attributes.items()):
            plain["value-type"] = "error"
        match tag:
            case "style":
                self._style = plain.get("name", "")
            case "table-properties":
                self._styles[self._style] = plain.get("display", "true") != "false"
            case "table":
                self._table(plain)
            case "table-column":
                self._columns += self._hide_columns(plain)
            case "table-row":
                self._column = 0
                self._repeat = _count(plain, "number-rows-repeated")
                self._read = self._repeat
                if plain.get("visibility", "visible") != "visible":
                    self._hide_rows()
            case "table-cell" | "covered-table-cell":
                self._cell = _Cell(plain, tag == "covered-table-cell")
            case _:
                self._inline(tag, plain)

    def _inline(self, tag: str, attributes: dict[str, str]) -> None:
        """Handle the start of an element within a cell."""
        if tag == "annotation":
            self._remark = []
        elif tag == "p":
            self._paragraph += 1
            if self._cell is not None and self._remark is None and not self._drawing:
                self._cell.parts.append("\n")
        elif tag in _DRAWINGS:
            self._drawing += 1
            self.shapes += self._drawing == 1
        elif tag in ("s", "tab", "line-break"):
            self._characters({"s": " " * min(100, _count(attributes, "c")), "tab": "\t"}.get(tag, "\n"))

    def _table(self, attributes: dict[str, str]) -> None:
        self._inside += 1
        if self._inside == 1:
            self._sheet = WorksheetCells(attributes.get("name", ""))
            self._row = self._columns = 0
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
            case "p":
                self._paragraph -= 1
            case tag if tag in _DRAWINGS:
                self._drawing -= 1
            case "annotation":
                self.remarks.append("".join(self._remark or []).strip()[:20])
                self._remark = None
            case _:
                pass

    def _characters(self, text: str) -> None:
        if self._remark is not None:
            self._remark += [text] if self._paragraph else []
        elif self._cell is not None and self._paragraph and not self._drawing:
            self._cell.parts.append(text)

    def _finish(self, cell: _Cell) -> None:
        """Place a cell as often as it is repeated; an empty one only moves the column on."""
        across = _count(cell.attributes, "number-columns-repeated")
        text = _text(cell)
        if text and self._inside == 1:
            self._count += across * self._read
            if self._count > self._limits.cells:
                raise too_large(self._limits)
            for row in range(self._row, self._row + self._read):
                for column in range(self._column, self._column + across):
                    self._place(row, column, text, cell)
        rows = _count(cell.attributes, "number-rows-spanned")
        columns = _count(cell.attributes, "number-columns-spanned")
        if (rows > 1 or columns > 1) and not cell.covered:
            self._count += rows * columns
            if self._count > self._limits.cells:
                raise too_large(self._limits)
            self._sheet.merges.append(Merge(self._row, self._column, self._row + rows - 1, self._column + columns - 1))
        self._column += across

    def _place(self, row: int, column: int, text: str, cell: _Cell) -> None:
        self._sheet.texts[row, column] = text
        if cell.attributes.get("value-type") == "error" or (cell.attributes.get("formula") and text.startswith(ERRORS)):
            self._sheet.errors[row, column] = text[:20]


def _text(cell: _Cell) -> str:
    """Read figures from the stored value, for the printed one may be rounded; everything else as printed."""
    kind, stored = cell.attributes.get("value-type", ""), cell.attributes.get("value", "")
    if cell.covered:
        return ""
    if kind in ("float", "currency", "percentage"):
        try:
            return as_printed(float(stored), percent=kind == "percentage")
        except (ValueError, OverflowError):
            return as_printed(cell.text)
    if kind == "date" and cell.attributes.get("date-value"):
        return cell.attributes["date-value"].removesuffix("T00:00:00").replace("T", " ")[:16]
    return as_printed(cell.text)


def _count(attributes: dict[str, str], name: str) -> int:
    """Read a repeat or span count, 1 when it is absent or not a number."""
    text = attributes.get(name, "")
    return max(1, min(_MOST, int(text[:8]))) if text.isascii() and text.isdecimal() else 1
