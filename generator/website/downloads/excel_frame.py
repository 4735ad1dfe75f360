"""Makes, by XlsxWriter, the workbook that all reports of a form share: styles, page settings, and tables without
figures. What differs from report to report goes into its holes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from html import unescape
from io import BytesIO
from math import ceil
from typing import Any, NamedTuple

from generator.forms.model import Table
from generator.report.model import address
from generator.website.downloads.columns import heads, table_columns
from generator.website.downloads.office_package import unpacked
from generator.website.downloads.page_style import FIRST, FOLIO, KAI, SONG
from generator.website.downloads.paper_tables import PaperCell, PaperTable, blank
from generator.website.words import Words
from generator.workbook.cell_names import letters as column_name

COLUMNS, COLUMN = 8, 11.5  # columns that the text is merged over, and their width in characters
MOST_INDENT = 15  # that a program keeps
LINE = 15.0  # points of a line of text
_LEAST = 20.0  # points that the row of a table is high
_NARROWEST = 8.5  # characters: four Chinese ones
_MM = 0.53  # characters of a column's width in a millimetre
TITLE_OF, AUTHOR, DAY = "@title@", "@author@", "1980-01-01T"  # in the properties, for those of a report
TEXT_PART, STRINGS_PART = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"

# The looks of the text, by name.
_TEXT_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "plain": {},
    "notice": {"font_name": FIRST, "align": "center", "font_color": "#B00000"},
    "title": {"font_name": FIRST, "font_size": 18, "align": "center"},
    "centred": {"align": "center"},
    "caption": {"font_name": FIRST, "align": "center"},
    "signature": {"align": "right", "indent": 4},
    "heading1": {"font_name": FIRST, "font_size": 12, "bold": False},
    "heading2": {"font_name": KAI, "font_size": 12, "bold": False},
    "heading3": {"font_name": SONG, "font_size": 12, "bold": True},
    **{f"depth{depth}": {"valign": "top", "indent": depth} for depth in range(MOST_INDENT + 1)},
    **{f"free-{side}": {"border": 1, "align": side} for side in ("left", "center", "right")},
    "corrected": {"border": 1, "align": "center"},
}


class Sheet(NamedTuple):
    """A sheet cut at its holes: `parts` stand around them, each but the last ends within the cell that is to be
    filled."""

    name: str
    parts: tuple[str, ...]


class Frame(NamedTuple):
    """A workbook without a report. `parts` are its files by name; `tables` are cut at the figures in the order of
    `figures`, `cells` at value, text and unit of every cell; `looks` are the numbers of the text's looks, `strings`
    those of the words in tables."""

    parts: Mapping[str, str]
    tables: tuple[Sheet, ...]
    figures: tuple[tuple[int, ...], ...]
    cells: Sheet
    looks: Mapping[str, str]
    strings: Mapping[str, int]


class TableKey(NamedTuple):
    """What the sheet of a statutory table depends on: the form's table, the rows left out, and the figures too long
    for a line, as (number of the figure, lines)."""

    table: Table
    absent: frozenset[str]
    long: tuple[tuple[int, int], ...]


@lru_cache(maxsize=16)
def frame(keys: tuple[TableKey, ...], words: Words) -> Frame:
    """Makes the frame of the workbooks of reports with these tables."""
    from xlsxwriter import Workbook

    out = BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(out, {"in_memory": True, **plain})
    book.set_properties({"title": TITLE_OF, "author": AUTHOR, "created": datetime.fromisoformat(f"{DAY}00:00:00")})
    book.set_size(1600, 1000)
    looks = _Looks(book)
    text = book.add_worksheet(words("document.text_sheet"))
    text.set_column(0, COLUMNS - 1, COLUMN)
    _printing(text)
    for row, (name, look) in enumerate(_TEXT_LOOKS.items()):
        marked = {"num_format": _behind(words("document.corrected"))} if name == "corrected" else {}
        text.write_blank(row, 0, None, looks(**look, **marked))
    printed = [blank(key.table, key.absent) for key in keys]
    for key, table in zip(keys, printed, strict=True):
        _statutory(book.add_worksheet(key.table.key), table, dict(key.long), looks)
    _tidy(book.add_worksheet(words("document.cells_sheet")), keys, words, looks)
    book.close()
    return _cut({name: data.decode() for name, data in unpacked(out.getvalue()).items()}, printed)


def _behind(mark: str) -> str:
    """Writes the number format that shows a mark behind figures, which stay the numbers and texts they are."""
    number, quoted = "General", f'"{mark}"'
    return f"{number}{quoted};-{number}{quoted};{number}{quoted};@{quoted}"


def _cut(parts: dict[str, str], printed: Sequence[PaperTable]) -> Frame:
    numbers = re.findall(r'<c r="A\d+" s="(\d+)"/>', parts[TEXT_PART])
    orders, tables = [], []
    for number, table in enumerate(printed, 2):
        cells = sorted((cell for cell in table.cells if cell.figure), key=lambda cell: (cell.top, cell.left))
        orders.append(tuple(cell.hole for cell in cells))
        names = frozenset(f"{column_name(cell.left)}{cell.top + 1}" for cell in cells)
        tables.append(_holed(f"xl/worksheets/sheet{number}.xml", parts, names))
    last = f"xl/worksheets/sheet{len(printed) + 2}.xml"
    names = frozenset(re.findall(r'r="([DEF]\d+)"', parts[last])) - {"D1", "E1", "F1"}
    words = re.findall(r"<si><t(?: [^>]*)?>([^<]*)</t></si>", parts[STRINGS_PART])
    strings = {unescape(word): number for number, word in enumerate(words)}
    return Frame(
        parts,
        tuple(tables),
        tuple(orders),
        _holed(last, parts, names),
        dict(zip(_TEXT_LOOKS, numbers, strict=True)),
        strings,
    )


_BLANK = re.compile(r'<c r="([A-Z]+\d+)" s="\d+"(/>)')


def _holed(name: str, parts: Mapping[str, str], cells: frozenset[str]) -> Sheet:
    xml, done, cut = parts[name], 0, []
    for match in _BLANK.finditer(xml):
        if match[1] in cells:
            cut.append(xml[done : match.start(2)])
            done = match.end()
    assert len(cut) == len(cells), f"{name}: {len(cut)} of {len(cells)} cells to fill were found"
    return Sheet(name, (*cut, xml[done:]))


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


_NARROW = re.compile("[\0-\u1fff]")


def lines(text: str, width: float) -> int:
    """Estimates the lines a text takes in `width` narrow characters; wide ones count twice."""
    room = max(2.0, width - 2)
    return sum(max(1, ceil((2 * len(part) - len(_NARROW.findall(part))) / room)) for part in text.split("\n"))


def long_figures(table: Table, absent: frozenset[str], texts: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Lists the figures that take more than a line, with their number of lines."""
    narrowest = _NARROWEST // 2 - 1
    if max(map(len, texts), default=0) <= narrowest:
        return ()
    printed = blank(table, absent)
    widths = column_widths(printed)
    counted = ((cell.hole, lines(texts[cell.hole], _room(cell, widths))) for cell in printed.cells if cell.figure)
    return tuple((hole, count) for hole, count in counted if count > 1)


def column_widths(table: PaperTable) -> list[float]:
    """Gives the widths of a table's columns in characters."""
    return [max(_NARROWEST, width * _MM) for width in table.widths]


def _room(cell: PaperCell, widths: Sequence[float]) -> float:
    return sum(widths[cell.left : cell.left + cell.columns])


def _printing(sheet: Any) -> None:
    """Prints on A4, as wide as the page, with page numbers as in the other files."""
    sheet.set_paper(9)
    sheet.set_margins(left=1.1, right=1.02, top=1.0, bottom=1.0)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&C{FOLIO[0]}&P{FOLIO[1]}")
    sheet.hide_gridlines(1)


def _statutory(sheet: Any, table: PaperTable, long: Mapping[int, int], looks: _Looks) -> None:
    """Writes a statutory table as the form prints it, its figures blank."""
    widths = column_widths(table)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    heights = [_LEAST] * table.height
    for cell in sorted(table.cells, key=lambda cell: cell.rows):
        _put(sheet, cell, looks)
        count = long.get(cell.hole, 1) if cell.figure else lines(cell.text, _room(cell, widths))
        lacking = count * LINE + 5 - sum(heights[cell.top : cell.top + cell.rows])
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


def _put(sheet: Any, cell: PaperCell, looks: _Looks) -> None:
    look: dict[str, Any] = {"border": 1, "align": "left" if cell.left_side else "center"}
    if cell.left_side and cell.level > 1:
        look["indent"] = cell.level - 1
    if cell.head and not cell.left_side:
        look["bg_color"] = "#F2F2F2"
    made = looks(**look)
    if (cell.rows, cell.columns) != (1, 1):
        sheet.merge_range(cell.top, cell.left, cell.top + cell.rows - 1, cell.left + cell.columns - 1, "", made)
    if cell.text:
        sheet.write_string(cell.top, cell.left, cell.text, made)
    else:
        sheet.write_blank(cell.top, cell.left, None, made)


_TIDY = (8, 52, 42, 20, 20, 8, 38, 22)  # characters of the columns: a figure has up to 18 digits


def _tidy(sheet: Any, keys: Sequence[TableKey], words: Words, looks: _Looks) -> None:
    """Writes one row for each cell, as in tables.csv: a table that filters and pivots."""
    plain, wrapped = looks(text_wrap=False), looks()
    head = looks(font_name=FIRST, border=1, bg_color="#F2F2F2")
    sheet.write_row(0, 0, heads(table_columns(words)), head)
    row = 0
    for row, (names, key) in enumerate(_rows(keys), 1):
        count = max(lines(name, width) for name, width in zip(names, _TIDY, strict=False))
        if count > 1:
            sheet.set_row(row, count * LINE)
        for column, name in enumerate(names):
            sheet.write_string(row, column, name, wrapped)
        for column in (3, 4, 5):
            sheet.write_blank(row, column, None, plain)
        for column, name in enumerate(key, 6):
            sheet.write_string(row, column, name, plain)
    for column, width in enumerate(_TIDY):
        sheet.set_column(column, column, width)
    sheet.autofilter(0, 0, max(row, 1), 7)
    sheet.freeze_panes(1, 0)
    sheet.ignore_errors({"number_stored_as_text": f"D1:E{row + 1}"})
    _printing(sheet)
    sheet.set_landscape()
    sheet.repeat_rows(0)


def _rows(keys: Iterable[TableKey]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Yields the labels (table, row, column) and the stable keys of every cell in order."""
    for table, absent, _ in keys:
        for slot, key in zip(table.slots, table.keys, strict=True):
            if slot.row.key not in absent:
                cell = address(table, slot)
                yield (table.key, "/".join(cell.row), "/".join(cell.column)), key
