"""Every cell and every paragraph of a report is the same in all its files, read by programs that did not write them.

HTML by lxml, CSV and JSON by the standard library, CSV also by DuckDB, XLSX by calamine, DOCX by python-docx, PDF by
pdfium (its text) and pdfplumber (where its cells are).
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Any

import docx
import duckdb
import pdfplumber
import pypdfium2  # type: ignore[import-untyped]
import pytest
from lxml import html  # type: ignore[import-untyped]
from python_calamine import CalamineWorkbook

from generator.collection.summary import summarise
from generator.forms.table_layout import grid, laid
from generator.report.entry import LoadedReport
from generator.report.model import TableFigures, address
from generator.website.downloads.download import DOWNLOADS
from generator.website.downloads.manuscript import StatutoryTable, manuscript
from generator.website.downloads.narrative_blocks import FreeGrid, Heading, Line, Paragraph, Picture, text_of
from generator.website.site import open_site
from tests.example import SETTINGS
from tests.website.downloads.samples import FORM_IDS, ORGAN, WORDS, corrected, every_form, hard, rich

pytest.importorskip("typst", exc_type=ImportError)
REPORTS = pytest.mark.parametrize("name", [*FORM_IDS, "rich", "hard"])
_MADE: dict[tuple[str, str], bytes] = {}


def entry(name: str) -> LoadedReport:
    special = {"rich": rich, "hard": hard, "corrected": corrected}
    return special[name]() if name in special else every_form()[name]


def file(name: str, wanted: str) -> bytes:
    """A download of a sample, made once."""
    if (name, wanted) not in _MADE:
        download = next(item for item in DOWNLOADS if item.file == wanted)
        _MADE[name, wanted] = download.data(entry(name), ORGAN, WORDS)
    return _MADE[name, wanted]


def expected(sheet: TableFigures) -> list[list[str]]:
    """A table as a full rectangle: what a cell covers repeats its text."""
    areas = laid(grid(sheet.table, sheet.absent))
    rows = [[""] * max(area.right for area in areas) for _ in range(max(area.bottom for area in areas))]
    for area in areas:
        text = area.cell.text if area.cell.hole < 0 else sheet.texts[area.cell.hole]
        for row in range(area.top, area.bottom):
            rows[row][area.left : area.right] = [text] * (area.right - area.left)
    return rows


def squeezed(text: str) -> str:
    return "".join(text.split())


def paragraphs(report: LoadedReport, markers: bool = False, captions: bool = True) -> list[str]:
    """What stands outside tables, in order; list items with their markers where a file has these as text, `captions` of
    statutory tables unless a file has them elsewhere."""
    printed = manuscript(report, ORGAN, WORDS)
    out = [printed.catalogue, printed.title, printed.number]
    for block in printed.blocks:
        if isinstance(block, Heading):
            out.append(text_of(block.runs))
        elif isinstance(block, Paragraph):
            out.append(f"{block.marker} {text_of(block.runs)}" if markers and block.marker else text_of(block.runs))
        elif isinstance(block, StatutoryTable):
            out += [block.caption] * captions
        elif isinstance(block, FreeGrid):
            out.append(text_of(block.caption))
        elif isinstance(block, Picture):
            out += [WORDS("document.picture", text=block.described), block.caption]
        else:
            assert isinstance(block, Line)
    return [text for text in [*out, printed.publisher, printed.day] if text]


def free_tables(report: LoadedReport) -> list[list[list[str]]]:
    blocks = (block for block in manuscript(report, ORGAN, WORDS).blocks if isinstance(block, FreeGrid))
    return [[[text_of(cell.runs) for cell in row] for row in (block.head, *block.body) if row] for block in blocks]


# ---------------------------------------------------------------- corrections and drafts

NOTICE = "〔草稿，未公开〕"
CORRECTIONS = [
    ["日期", "位置", "原值", "更正为", "原因", "批准人"],
    ["2022-05-06", "表二·规章·现行有效件数", "8", "空白", "示例：误填", "示例丙"],
    ["2022-04-02", "表二·规章·本年制发件数", "/", "0", "示例：漏计", "示例乙"],
    ["2022-03-01", "表三·本年新收·总计", "空白", "9", "示例：录入有误", "示例甲"],
]


def test_corrections_of_a_draft_in_word() -> None:
    document = docx.Document(io.BytesIO(file("corrected", "report.docx")))
    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert (texts[0], texts[-1]) == (NOTICE, "更正说明")
    *tables, last = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    assert last == CORRECTIONS
    marked = [text for table in tables for row in table for text in row if "更正" in text]
    assert marked == ["0更正", "更正", "3更正"]
    (raised, *_) = document.element.xpath("//w:r[w:rPr/w:vertAlign[@w:val='superscript']]/w:t")
    assert raised.text == "更正"


def test_corrections_of_a_draft_in_excel() -> None:
    data = file("corrected", "report.xlsx")
    book = CalamineWorkbook.from_object(io.BytesIO(data))
    rows = [[str(cell) for cell in row if cell != ""] for row in book.get_sheet_by_name("正文").to_python()]
    assert rows[0] == [NOTICE]
    assert [row for row in rows if row][-5:] == [["更正说明"], *CORRECTIONS]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        styles, strings = (package.read(f"xl/{name}.xml").decode() for name in ("styles", "sharedStrings"))
        sheets = "".join(package.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (2, 3, 4))
    code = escape('General"更正";-General"更正";General"更正";@"更正"')
    (number,) = re.findall(rf'numFmtId="(\d+)" formatCode="{re.escape(code)}"', styles)
    looks = re.findall(r'<xf numFmtId="(\d+)"', styles.partition("<cellXfs")[2])
    zero, blank, three = re.findall(rf'<c r="\w+" s="{looks.index(number)}"( t="s")?><v>(\d+)</v>', sheets)
    assert (zero, three) == (("", "0"), ("", "3")) and blank[0], (
        "only a cell with a text in it shows the mark behind it"
    )
    assert re.findall(r"<si>(.*?)</si>", strings)[int(blank[1])] == '<t xml:space="preserve"> </t>'


def test_corrections_of_a_draft_in_pdf() -> None:
    said = squeezed(_pdf_text(file("corrected", "report.pdf")))
    assert said.startswith(NOTICE) and said.count("更正") == 5
    _in_order(said, ["0更正", "3更正", "2022年1月20日", "更正说明", *(text for row in CORRECTIONS for text in row)])


# ---------------------------------------------------------------- HTML


def _html_grid(table: Any) -> list[list[str]]:
    taken: dict[tuple[int, int], str] = {}
    for top, row in enumerate(table.xpath(".//tr")):
        left = 0
        for cell in row.xpath("./th|./td"):
            while (top, left) in taken:
                left += 1
            for line in range(int(cell.get("rowspan", 1))):
                for column in range(int(cell.get("colspan", 1))):
                    taken[top + line, left + column] = "".join(cell.itertext())
    rows = max(row for row, _ in taken) + 1
    return [[taken[row, column] for column in range(max(c for _, c in taken) + 1)] for row in range(rows)]


@REPORTS
def test_html(name: str) -> None:
    report = entry(name)
    page = open_site(SETTINGS, [report.ref]).report_page.files(report, summarise(report), [])[0].data
    tree = html.document_fromstring(page)
    grids = [_html_grid(table) for table in tree.xpath("//table[contains(@class, 'statutory')]")]
    assert [[[squeezed(cell) for cell in row] for row in one] for one in grids] == [
        [[squeezed(cell) for cell in row] for row in expected(sheet)] for sheet in report.report.sheets
    ]
    said = squeezed("".join(tree.xpath("//article")[0].itertext()))
    at = 0
    for text in paragraphs(report)[1:]:  # the number stands among the page's marks
        if text not in _SIGNED(report) and not text.startswith("〔图"):
            found = said.find(squeezed(text), at)
            assert found >= 0, text
            at = found


def _SIGNED(report: LoadedReport) -> set[str]:
    printed = manuscript(report, ORGAN, WORDS)
    return {printed.number, printed.catalogue, printed.publisher, printed.day, printed.title}


# ---------------------------------------------------------------- CSV and JSON


def _cells(report: LoadedReport) -> Iterator[tuple[str, str, str, str]]:
    """Table, row, column and text of every cell that the report prints."""
    for sheet in report.report.sheets:
        for slot, text in zip(sheet.table.slots, sheet.texts, strict=True):
            if slot.row.key not in sheet.absent:
                cell = address(sheet.table, slot)
                yield sheet.table.key, "/".join(cell.row), "/".join(cell.column), text


@REPORTS
def test_csv(name: str) -> None:
    rows = list(csv.reader(io.StringIO(file(name, "tables.csv").decode("utf-8-sig"))))
    assert [(row[0], row[1], row[2], row[4]) for row in rows[1:]] == list(_cells(entry(name)))


@REPORTS
def test_csv_as_duckdb_reads_it(name: str, tmp_path: Path) -> None:
    (tmp_path / "tables.csv").write_bytes(file(name, "tables.csv"))
    options = "header=true, all_varchar=true, nullstr='\\x01'"
    with duckdb.connect() as db:
        rows = db.execute(f"SELECT * FROM read_csv('{tmp_path / 'tables.csv'}', {options})").fetchall()
    assert [(row[0], row[1], row[2], row[4] or "") for row in rows] == list(_cells(entry(name)))


@REPORTS
def test_json(name: str) -> None:
    said: Mapping[str, Any] = json.loads(file(name, "report.json"))
    keys = {sheet.table.id: sheet.table.key for sheet in entry(name).report.sheets}
    cells = [
        (keys[table["id"]], "/".join(cell["row"]), "/".join(cell["column"]), cell["text"])
        for table in said["tables"]
        for cell in table["cells"]
    ]
    assert cells == list(_cells(entry(name)))
    assert [section["title"] for section in said["sections"]] == [s.title for s in entry(name).prose.sections]


# ---------------------------------------------------------------- Word


@REPORTS
def test_word(name: str) -> None:
    document = docx.Document(io.BytesIO(file(name, "report.docx")))
    title = entry(name).report.title  # over two lines where it is long
    texts = [p.text.replace("\n", "") if p.text.replace("\n", "") == title else p.text for p in document.paragraphs]
    assert [text for text in texts if text] == paragraphs(entry(name))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    free = free_tables(entry(name))
    assert tables == free + [expected(sheet) for sheet in entry(name).report.sheets]


# ---------------------------------------------------------------- Excel


def _as_printed(value: object, text: str) -> str:
    """What a cell's value comes to in the form of the text expected: calamine gives numbers without their format."""
    if isinstance(value, int | float) and text:
        decimals = len(text.partition(".")[2])
        return f"{Decimal(repr(value)):.{decimals}f}"
    return str(value)


@REPORTS
def test_excel(name: str) -> None:
    report = entry(name)
    book = CalamineWorkbook.from_object(io.BytesIO(file(name, "report.xlsx")))
    keys = [sheet.table.key for sheet in report.report.sheets]
    assert book.sheet_names == ["正文", *keys, "逐格数据"]
    for sheet in report.report.sheets:
        values, truth = book.get_sheet_by_name(sheet.table.key).to_python(), expected(sheet)
        firsts = {(area.top, area.left) for area in laid(grid(sheet.table, sheet.absent))}
        for row, line in enumerate(truth):
            for column, text in enumerate(line):
                value = values[row][column] if row < len(values) and column < len(values[row]) else ""
                assert _as_printed(value, text) == (text if (row, column) in firsts else ""), (row, column)
    data = book.get_sheet_by_name("逐格数据").to_python()
    assert [(row[0], row[1], row[2], row[4]) for row in data[1:]] == list(_cells(report))
    table = csv.reader(io.StringIO(file(name, "tables.csv").decode("utf-8-sig")))
    assert [[*map(str, row[:3]), *row[4:]] for row in data] == [[*row[:3], *row[4:]] for row in table]
    for cells in data[1:]:
        number = str(cells[4]).removesuffix(str(cells[5])).replace("/", "")
        assert (Decimal(str(cells[3])) if cells[3] != "" else None) == (Decimal(number) if number else None)
    lines = [[str(cell) for cell in row] for row in book.get_sheet_by_name("正文").to_python()]
    free = [squeezed("".join(row)) for table in free_tables(report) for row in table]
    said = [row[0] for row in lines if any(row) and squeezed("".join(row)) not in free]
    assert said == paragraphs(report, markers=True, captions=False)
    # the caption is printed at the head of the sheet's pages
    with zipfile.ZipFile(io.BytesIO(file(name, "report.xlsx"))) as package:
        for place, sheet in enumerate(report.report.sheets, 2):
            assert f"&amp;C{sheet.table.caption}<" in package.read(f"xl/worksheets/sheet{place}.xml").decode()


# ---------------------------------------------------------------- PDF


def _pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "".join(page.get_textpage().get_text_range() for page in document)


def _in_order(said: str, texts: Sequence[str]) -> None:
    at = 0
    for text in texts:
        found = said.find(squeezed(text), at)
        assert found >= 0, f"{text!r} behind {said[at : at + 60]!r}"
        at = found + len(squeezed(text))


@REPORTS
def test_pdf_text(name: str) -> None:
    said = _pdf_text(file(name, "report.pdf"))
    for number in range(1, 30):
        said = said.replace(f"— {number} —", "")
    _in_order(squeezed(said), paragraphs(entry(name), markers=True))


@REPORTS
def test_pdf_cells(name: str) -> None:
    """Each cell's characters lie inside its borders: pdfplumber finds the borders, pdfium the characters."""
    data = file(name, "report.pdf")
    document = pypdfium2.PdfDocument(data)
    cells: list[str] = []
    with pdfplumber.open(io.BytesIO(data)) as opened:
        for number, page in enumerate(opened.pages):
            text = document[number].get_textpage()
            for table in page.find_tables():
                for left, top, right, bottom in sorted(table.cells, key=lambda box: (round(box[1]), box[0])):
                    height = float(page.height)
                    cells.append(squeezed(text.get_text_bounded(left, height - bottom, right, height - top)))
    sheets = entry(name).report.sheets
    firsts = [
        squeezed(area.cell.text if area.cell.hole < 0 else sheet.texts[area.cell.hole])
        for sheet in sheets
        for area in sorted(laid(grid(sheet.table, sheet.absent)), key=lambda area: (area.top, area.left))
    ]
    wanted = [squeezed(cell) for table in free_tables(entry(name)) for row in table for cell in row] + firsts
    assert sorted(filter(None, _once(cells, wanted))) == sorted(filter(None, wanted))


def _once(cells: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """The cells without the heads that are repeated on a following page."""
    left = list(cells)
    for text in set(cells):
        surplus = left.count(text) - wanted.count(text)
        if text and not text.isdigit():
            for _ in range(surplus):
                left.remove(text)
    return left
