"""report.xlsx is a report as an Excel workbook: the text, each table as the form prints it, and one row for each cell.

No cell has a formula: figures are what the report prints, also where its sums do not hold. XlsxWriter makes the
workbook of a form, once; each report fills it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache
from html import escape
from itertools import islice

from generator.finding import Message
from generator.report.model import Report, machine
from generator.website.downloads.excel_frame import (
    AUTHOR,
    COLUMN,
    COLUMNS,
    DAY,
    LINE,
    MOST_INDENT,
    STRINGS_PART,
    TEXT_PART,
    TITLE_OF,
    Frame,
    Sheet,
    TableKey,
    frame,
    lines,
    long_figures,
)
from generator.website.downloads.manuscript import Manuscript, StatutoryTable
from generator.website.downloads.materials import NotMade
from generator.website.downloads.narrative_blocks import Block, Cell, FreeGrid, Heading, Paragraph, Picture, text_of
from generator.website.downloads.office_package import packed
from generator.website.words import Words
from generator.workbook.cell_names import letters as column_name

_UNKNOWN_DAY = (1980, 1, 1)
_LONGEST = 32767  # characters that a cell holds
_DIGITS = 15  # of a number that a spreadsheet keeps exactly
_TALLEST = 409.0  # points that a row can be high

Value = str | int | float


def xlsx(printed: Manuscript, report: Report, words: Words) -> bytes:
    """Writes the workbook; the same report always gives the same bytes. Raises NotMade for a paragraph longer than a
    cell can hold."""
    sheets = report.sheets
    keys = (TableKey(it.table, it.absent, long_figures(it.table, it.absent, it.texts)) for it in sheets)
    made = frame(tuple(keys), words)
    strings = Strings(made.strings)
    parts = dict(made.parts)
    text = _Text(made, strings, words)
    text.write(printed)
    parts[TEXT_PART] = text.part()
    corrected = {block.sheet.table.id: block.corrected for block in printed.blocks if isinstance(block, StatutoryTable)}
    for sheet, cut, order in zip(sheets, made.tables, made.figures, strict=True):
        marks = [at for at, hole in enumerate(order) if hole in corrected[sheet.table.id]]
        figures = [_figure(sheet.texts[hole]) for hole in order]
        parts[cut.name] = _filled(_marked(cut, marks, made), figures, strings, marks)
    parts[made.cells.name] = _filled(made.cells, _cells(report), strings)
    parts[STRINGS_PART] = strings.written(parts[STRINGS_PART])
    parts["docProps/core.xml"] = _properties(parts["docProps/core.xml"], printed)
    return packed(parts)


def _properties(xml: str, printed: Manuscript) -> str:
    year, month, day = printed.date or _UNKNOWN_DAY
    known = {TITLE_OF: escaped(printed.title), AUTHOR: escaped(printed.organ), DAY: f"{year:04}-{month:02}-{day:02}T"}
    for mark, value in known.items():
        xml = xml.replace(mark, value)
    return xml


# What looks like an escape, and what XML cannot hold, is escaped in the way of these files.
_ESCAPE = re.compile("_(?=x[0-9a-fA-F]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_KEPT = ' xml:space="preserve"'
_SPACED = re.compile(r"^\s|\s$")


def escaped(value: str) -> str:
    """Writes a text for the XML of a workbook."""
    return escape(_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", value), quote=False)


class Strings:
    """The texts of a workbook, which cells refer to by number: the words of the form come first."""

    def __init__(self, known: Mapping[str, int]) -> None:
        self._forms = len(known)
        self._numbers = dict(known)

    def number(self, value: str) -> int:
        """Gives the number of a text."""
        return self._numbers.setdefault(value, len(self._numbers))

    @cached_property
    def ends(self) -> Mapping[Value, str]:
        """What ends a cell by its value; most figures of a report are the same few."""
        return _Ends(self)

    def written(self, form: str) -> str:
        """Adds the report's texts to those of the form."""
        items = "".join(
            f"<si><t{_KEPT if _SPACED.search(value) else ''}>{escaped(value)}</t></si>"
            for value in islice(self._numbers, self._forms, None)
        )
        return _COUNTS.sub(f' uniqueCount="{len(self._numbers)}"', form, count=1).replace("</sst>", f"{items}</sst>")


_COUNTS = re.compile(r' count="\d+" uniqueCount="\d+"')


class _Ends(dict[Value, str]):
    """Writes what ends a cell: a number, a text, or nothing where it is blank. Each is written once."""

    def __init__(self, strings: Strings) -> None:
        self._strings = strings

    def __missing__(self, value: Value) -> str:
        if isinstance(value, str):
            end = f' t="s"><v>{self._strings.number(value)}</v></c>' if value else "/>"
        else:
            end = f"><v>{value}</v></c>"
        self[value] = end
        return end


def _marked(sheet: Sheet, holes: Iterable[int], made: Frame) -> Sheet:
    """Gives these cells the look of corrected figures."""
    parts = list(sheet.parts)
    for at in holes:
        before, style, _ = parts[at].rpartition(' s="')
        parts[at] = f'{before}{style}{made.looks["corrected"]}"'
    return sheet._replace(parts=tuple(parts))


def _filled(sheet: Sheet, values: Iterable[Value], strings: Strings, marked: Sequence[int] = ()) -> str:
    """Fills cells in. A blank one that is `marked` holds a space: its look shows the mark behind a text, and programs
    show nothing in a cell without one."""
    ends = list(map(strings.ends.__getitem__, values))
    assert len(ends) == len(sheet.parts) - 1, "a workbook has a cell for every figure"
    for at in marked:
        if ends[at] == strings.ends[""]:
            ends[at] = strings.ends[" "]
    filled = [""] * (2 * len(ends) + 1)
    filled[::2], filled[1::2] = sheet.parts, ends
    return "".join(filled)


# ---------------------------------------------------------------- the text


class _Text:
    """Writes title, text and signature into one sheet, a paragraph a row; free tables stand between them."""

    def __init__(self, made: Frame, strings: Strings, words: Words) -> None:
        self._made, self._strings, self._words = made, strings, words
        self._rows: list[str] = []
        self._merged: list[int] = []
        self._row = 0

    def part(self) -> str:
        """Writes the sheet."""
        before, _, rest = self._made.parts[TEXT_PART].partition("<sheetData>")
        after = rest.partition("</sheetData>")[2]
        last = column_name(COLUMNS - 1)
        merged = "".join(f'<mergeCell ref="A{row}:{last}{row}"/>' for row in self._merged)
        return (
            f"{_DIMENSION.sub('', before)}<sheetData>{''.join(self._rows)}</sheetData>"
            f'<mergeCells count="{len(self._merged)}">{merged}</mergeCells>{after}'
        )

    def write(self, printed: Manuscript) -> None:
        if printed.notice:
            self._line(printed.notice, "notice")
        if printed.catalogue:
            self._line(printed.catalogue, "plain")
        self._line(printed.title, "title", 2.0)
        if printed.number:
            self._line(printed.number, "centred")
        for block in printed.blocks:
            self._block(block)
        for line in filter(None, (printed.publisher, printed.day)):
            self._line(line, "signature")
        if printed.corrections is not None:
            self._free(printed.corrections)

    def _block(self, block: Block | StatutoryTable) -> None:
        if isinstance(block, Heading):
            self._line(text_of(block.runs), f"heading{min(block.level, 3)}", 1.4)
        elif isinstance(block, Paragraph):
            marker = f"{block.marker} " if block.marker else ""
            self._line(marker + text_of(block.runs), f"depth{min(block.depth, MOST_INDENT)}")
        elif isinstance(block, FreeGrid):
            self._free(block)
        elif isinstance(block, Picture):
            self._line(self._words("document.picture", text=block.described), "centred")
            if block.caption:
                self._line(block.caption, "centred")

    def _line(self, text: str, look: str, larger: float = 1.0) -> None:
        height = (lines(text, COLUMNS * COLUMN) * LINE + 6) * larger
        self._add([self._cell(0, text, look)], height)
        self._merged.append(self._row)

    def _free(self, grid: FreeGrid) -> None:
        if grid.caption:
            self._line(text_of(grid.caption), "caption")
        self._row += 1  # parts the table from the text, for people and for programs
        for cells in ([grid.head] if grid.head else []) + list(grid.body):
            texts = [text_of(cell.runs) for cell in cells]
            written = [
                self._cell(column, text, f"free-{_side(cell, column, cells is grid.head)}")
                for column, (cell, text) in enumerate(zip(cells, texts, strict=True))
            ]
            self._add(written, max(lines(text, COLUMN) for text in texts or [""]) * LINE + 5)
        self._row += 1

    def _add(self, cells: list[str], height: float) -> None:
        self._row += 1
        inside = "".join(cells).replace(_HERE, str(self._row))
        points = f"{min(_TALLEST, height):g}"
        self._rows.append(f'<row r="{self._row}" ht="{points}" customHeight="1">{inside}</row>')

    def _cell(self, column: int, text: str, look: str) -> str:
        if len(text) > _LONGEST:
            raise NotMade(_TOO_LONG)
        style = self._made.looks[look]
        return f'<c r="{column_name(column)}{_HERE}" s="{style}"{self._strings.ends[text]}'


_HERE = "\x00"  # the number of the row
_DIMENSION = re.compile(r"<dimension [^>]*/>")


def _side(cell: Cell, column: int, head: bool) -> str:
    return cell.align or ("left" if not column and not head else "center")


_TOO_LONG = Message(
    f"有一段超过{_LONGEST}字，Excel 的一格放不下，没有做 Excel 文件；请分段",
    f"a paragraph has more than {_LONGEST} characters, more than a cell of Excel holds, so no workbook was made; "
    "break it into paragraphs",
)


# ---------------------------------------------------------------- figures


@lru_cache(maxsize=4096)  # most figures are small, and stand in many cells
def number_of(text: str) -> int | float | None:
    """Reads a printed figure as a number of a spreadsheet; None for what is none, or has more digits than one keeps."""
    if text.isdecimal() and text.isascii() and len(text) <= _DIGITS:
        return int(text)
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


def _figure(text: str) -> Value:
    number = as_printed(text)
    return text if number is None else number


def _cells(report: Report) -> Iterator[Value]:
    """Yields the plain number, the text as printed and the unit of every cell in order."""
    for sheet in report.sheets:
        for slot, text, unit in zip(sheet.table.slots, sheet.texts, sheet.units, strict=True):
            if slot.row.key not in sheet.absent:
                yield from _cell(text, unit)


@lru_cache(maxsize=4096)
def _cell(text: str, unit: str) -> tuple[Value, str, str]:
    value = machine(text, unit)
    number = number_of(value) if value else None
    return value if number is None else number, text, unit if value else ""
