"""report.xlsx is a report as an Excel workbook: the text, each table as the form prints it, and one row for each cell.

No cell has a formula: figures are what the report prints, also where its sums do not hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any

from generator.collection.settings import Organ
from generator.finding import Message
from generator.forms.model import CellKey
from generator.report.entry import LoadedReport
from generator.report.model import Report, address, machine
from generator.website.downloads.columns import heads, table_columns
from generator.website.downloads.manuscript import NOTHING, Manuscript, Materials, NotMade, StatutoryTable, manuscript
from generator.website.downloads.narrative_blocks import Block, Cell, FreeGrid, Heading, Paragraph, Picture, text_of
from generator.website.downloads.page_style import FIRST, FOLIO, KAI, SONG
from generator.website.downloads.paper_tables import PaperCell, PaperTable
from generator.website.words import Words
from generator.workbook.cell_names import letters as column_name

_UNKNOWN_DAY = (1980, 1, 1)
_LONGEST = 32767  # characters that a cell holds
_DIGITS = 15  # of a number that a spreadsheet keeps exactly
_TALLEST = 409.0  # points that a row can be high
_LINE = 15.0  # points of a line of text
_COLUMNS, _COLUMN = 8, 11.5  # columns that the text is merged over, and their width in characters
_NARROWEST = 8.5  # characters: four Chinese ones
_MM = 0.53  # characters of a column's width in a millimetre


class Excel:
    """The report as an Excel workbook."""

    file, kind, extra = "report.xlsx", "Excel", "office"
    modules = ("xlsxwriter",)

    def label(self, words: Words) -> str:
        return words("report.as_workbook")

    def data(self, entry: LoadedReport, organ: Organ, words: Words, materials: Materials = NOTHING) -> bytes:
        return xlsx(manuscript(entry, organ, words), entry.report, words)


def xlsx(printed: Manuscript, report: Report, words: Words) -> bytes:
    """Writes the workbook; the same report always gives the same bytes. Raises NotMade for a paragraph longer than a
    cell can hold."""
    from xlsxwriter import Workbook

    out = BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(out, {"in_memory": True, **plain})
    created = datetime(*(printed.date or _UNKNOWN_DAY))
    book.set_properties({"title": printed.title, "author": printed.organ, "created": created})
    book.set_size(1600, 1000)
    looks = _Looks(book)
    _Text(book.add_worksheet(words("document.text_sheet")), looks, words).write(printed)
    for block in printed.blocks:
        if isinstance(block, StatutoryTable):
            _statutory(book.add_worksheet(block.sheet.table.key), block.table, looks)
    _tidy(book.add_worksheet(words("document.cells_sheet")), report, words, looks)
    book.close()
    return out.getvalue()


class _Looks:
    """Holds the formats of one workbook, each made when first asked for."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, **look: Any) -> Any:
        key = tuple(sorted(look.items()))
        if key not in self._made:
            base = {"font_name": SONG, "font_size": 10.5, "valign": "vcenter", "text_wrap": True}
            self._made[key] = self._book.add_format({**base, **look})
        return self._made[key]


# ---------------------------------------------------------------- the text


class _Text:
    """Writes title, text and signature into one sheet, a paragraph a row; free tables stand between them."""

    def __init__(self, sheet: Any, looks: _Looks, words: Words) -> None:
        self.sheet, self.looks, self.words, self.row = sheet, looks, words, 0

    def write(self, printed: Manuscript) -> None:
        self.sheet.set_column(0, _COLUMNS - 1, _COLUMN)
        _printing(self.sheet)
        if printed.catalogue:
            self._line(printed.catalogue, self.looks())
        self._line(printed.title, self.looks(font_name=FIRST, font_size=18, align="center"), 2.0)
        if printed.number:
            self._line(printed.number, self.looks(align="center"))
        for block in printed.blocks:
            self._block(block)
        for line in filter(None, (printed.publisher, printed.day)):
            self._line(line, self.looks(align="right", indent=4))

    def _block(self, block: Block | StatutoryTable) -> None:
        if isinstance(block, Heading):
            font = {1: FIRST, 2: KAI}.get(block.level, SONG)
            self._line(text_of(block.runs), self.looks(font_name=font, font_size=12, bold=block.level > 2), 1.4)
        elif isinstance(block, Paragraph):
            marker = f"{block.marker} " if block.marker else ""
            self._line(marker + text_of(block.runs), self.looks(valign="top", indent=block.depth))
        elif isinstance(block, FreeGrid):
            self._free(block)
        elif isinstance(block, Picture):
            self._line(self.words("document.picture", text=block.described), self.looks(align="center"))
            if block.caption:
                self._line(block.caption, self.looks(align="center"))

    def _line(self, text: str, look: Any, larger: float = 1.0) -> None:
        if len(text) > _LONGEST:
            raise NotMade(_TOO_LONG)
        self.sheet.merge_range(self.row, 0, self.row, _COLUMNS - 1, "", look)
        self.sheet.write_string(self.row, 0, text, look)
        self.sheet.set_row(self.row, min(_TALLEST, (_lines(text, _COLUMNS * _COLUMN) * _LINE + 6) * larger))
        self.row += 1

    def _free(self, grid: FreeGrid) -> None:
        if grid.caption:
            self._line(text_of(grid.caption), self.looks(font_name=FIRST, align="center"))
        self.row += 1  # parts the table from the text, for people and for programs
        for cells in ([grid.head] if grid.head else []) + list(grid.body):
            texts = [text_of(cell.runs) for cell in cells]
            for column, (cell, text) in enumerate(zip(cells, texts, strict=True)):
                self._figure(column, cell, text, cells is grid.head)
            self.sheet.set_row(self.row, min(_TALLEST, max(_lines(t, _COLUMN) for t in texts or [""]) * _LINE + 5))
            self.row += 1
        self.row += 1

    def _figure(self, column: int, cell: Cell, text: str, head: bool) -> None:
        look = self.looks(border=1, align=cell.align or ("left" if not column and not head else "center"))
        if len(text) > _LONGEST:
            raise NotMade(_TOO_LONG)
        if text:
            self.sheet.write_string(self.row, column, text, look)
        else:
            self.sheet.write_blank(self.row, column, None, look)


_TOO_LONG = Message(
    f"有一段超过{_LONGEST}字，Excel 的一格放不下，没有做 Excel 文件；请分段",
    f"a paragraph has more than {_LONGEST} characters, more than a cell of Excel holds, so no workbook was made; "
    "break it into paragraphs",
)


def _lines(text: str, width: float) -> int:
    """Estimates the lines a text takes in `width` narrow characters; wide ones count twice."""
    room = max(2.0, width - 2)
    return sum(max(1, ceil(sum(1 if char < "\u2000" else 2 for char in part) / room)) for part in text.split("\n"))


def _printing(sheet: Any) -> None:
    """Prints on A4, as wide as the page, with page numbers as in the other files."""
    sheet.set_paper(9)
    sheet.set_margins(left=1.1, right=1.02, top=1.0, bottom=1.0)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&C{FOLIO[0]}&P{FOLIO[1]}")
    sheet.hide_gridlines(1)


# ---------------------------------------------------------------- tables


def _statutory(sheet: Any, table: PaperTable, looks: _Looks) -> None:
    """Writes a statutory table as the form prints it; a figure is a number where that prints as published."""
    widths = [max(_NARROWEST, width * _MM) for width in table.widths]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    heights = [20.0] * table.height
    for cell in sorted(table.cells, key=lambda cell: cell.rows):
        look = {"border": 1, "align": "left" if cell.left_side else "center"}
        if cell.left_side and cell.level > 1:
            look["indent"] = cell.level - 1
        if cell.head and not cell.left_side:
            look["bg_color"] = "#F2F2F2"
        _put(sheet, cell, looks, look)
        needed = _lines(cell.text, sum(widths[cell.left : cell.left + cell.columns])) * _LINE + 5
        lacking = needed - sum(heights[cell.top : cell.top + cell.rows])
        if lacking > 0:
            heights[cell.top + cell.rows - 1] += lacking
    for row, points in enumerate(heights):
        sheet.set_row(row, points)
    if table.head:
        sheet.freeze_panes(table.head, 0)
        sheet.repeat_rows(0, table.head - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{column_name(len(widths) - 1)}{table.height}"})
    _printing(sheet)
    sheet.set_header(f"&C{table.caption.replace('&', '&&')}")


def _put(sheet: Any, cell: PaperCell, looks: _Looks, look: dict[str, Any]) -> None:
    number = as_printed(cell.text) if cell.figure else None
    made = looks(**look)
    if (cell.rows, cell.columns) != (1, 1):
        sheet.merge_range(cell.top, cell.left, cell.top + cell.rows - 1, cell.left + cell.columns - 1, "", made)
    if number is not None:
        sheet.write_number(cell.top, cell.left, number, made)
    elif cell.text:
        sheet.write_string(cell.top, cell.left, cell.text, made)
    else:
        sheet.write_blank(cell.top, cell.left, None, made)


def number_of(text: str) -> int | float | None:
    """Reads a printed figure as a number of a spreadsheet; None for what is none, or has more digits than one keeps."""
    try:
        value = Decimal(text)
    except ArithmeticError:
        return None
    if len(value.as_tuple().digits) > _DIGITS:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def as_printed(text: str) -> int | float | None:
    """Reads a printed figure as a number, where a spreadsheet prints that the same way: not 185.00, which stays a
    text."""
    number = number_of(text)
    return number if number is not None and str(number) == text else None


def _tidy(sheet: Any, report: Report, words: Words, looks: _Looks) -> None:
    """Writes one row for each cell, as in tables.csv: a table that filters and pivots."""
    plain = looks(text_wrap=False)
    head = looks(font_name=FIRST, border=1, bg_color="#F2F2F2")
    sheet.write_row(0, 0, heads(table_columns(words)), head)
    row = 0
    for row, (cells, value, text, unit, key) in enumerate(_rows(report), 1):
        for column, name in enumerate(cells):
            sheet.write_string(row, column, name, plain)
        number = number_of(value) if value else None
        if number is not None:
            sheet.write_number(row, 3, number, plain)
        elif value:
            sheet.write_string(row, 3, value, plain)
        sheet.write_string(row, 4, text, plain)
        sheet.write_string(row, 5, unit if value else "", plain)
        for column, name in enumerate(key, 6):
            sheet.write_string(row, column, name, plain)
    for column, width in enumerate((8, 52, 30, 12, 12, 8, 32, 22)):
        sheet.set_column(column, column, width)
    sheet.autofilter(0, 0, max(row, 1), 7)
    sheet.freeze_panes(1, 0)
    sheet.ignore_errors({"number_stored_as_text": f"D1:E{row + 1}"})
    _printing(sheet)
    sheet.set_landscape()
    sheet.repeat_rows(0)


def _rows(report: Report) -> Iterator[tuple[Sequence[str], str, str, str, CellKey]]:
    """Yields (table, row, column), the plain number, the text as printed, the unit and the stable keys of every cell in
    order."""
    for sheet in report.sheets:
        absent = sheet.absent
        for slot, key, text, unit in zip(sheet.table.slots, sheet.table.keys, sheet.texts, sheet.units, strict=True):
            if slot.row.key in absent:
                continue
            cell = address(sheet.table, slot)
            labels = (sheet.table.key, "/".join(cell.row), "/".join(cell.column))
            yield labels, machine(text, unit), text, unit, key
