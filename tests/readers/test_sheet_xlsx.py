"""Scans the XML of workbooks: errors, formulas without results, extents."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from generator.readers.bounds import archive
from generator.readers.document import Unreadable
from generator.readers.sheet import read
from generator.readers.sheet_xlsx import Scan, XlsxWorkbook, clean_copy, read_workbook
from tests.readers.samples import LIMITS, book, grids, zipped
from tests.readers.sheet_samples import one_sheet, parts_of, sheet_xml


@pytest.mark.parametrize("error", ["#SPILL!", "#CALC!", "#GETTING_DATA", "#FOO!"])
def test_an_error_of_a_newer_program_puts_its_cell_in_doubt(error: str) -> None:
    first = f'<row r="1"><c r="A1"><v>22</v></c><c r="B1" t="e"><v>{error}</v></c></row>'
    data = sheet_xml(first + '<row r="2"><c r="A2"><v>0</v></c></row>')
    cells = grids(read(data, "a.xlsx", LIMITS))[0].rows[0]
    assert [(cell.text, cell.doubt is not None) for cell in cells] == [("22", False), (error, True)]


def test_error_cells_and_formulas_without_result_are_in_doubt() -> None:
    def fill(sheet: Any, _: Any) -> None:
        sheet.write_row("A1", ["甲", "乙"])
        sheet.write_formula("A2", "=1/0", None, "#DIV/0!")
        sheet.write_formula("B2", "=A1+1", None, "")
        sheet.write_formula("C2", "=20+2", None, 0)

    document = read(one_sheet(fill), "a.xlsx", LIMITS)
    row = grids(document)[0].rows[1]
    assert [(cell.text, cell.raw) for cell in row] == [("#DIV/0!", "#DIV/0!"), ("", "=A1+1"), ("", "=20+2〔存的是0〕")]
    assert [cell.doubt.zh[:10] if cell.doubt else "" for cell in row] == [
        "此格是公式错误#DI",
        "公式未计算，请用表格",
        "公式未计算，请用表格",
    ]
    messages = {finding.rule: finding.message.zh for finding in document.findings}
    assert "A2 #DIV/0!" in messages["IMP-ERROR-CELL"] and "B2" in messages["IMP-FORMULA"]


def calculated(settings: str, application: str, cell: str = "<f>20+2</f><v>22</v>") -> bytes:
    """A workbook of one formula as a program of this name writes it, with these settings of calculation."""
    parts = parts_of(sheet_xml(f'<row r="1"><c r="A1"><v>1</v></c><c r="B1">{cell}</c></row>'))
    book_xml = parts["xl/workbook.xml"].decode()
    parts["xl/workbook.xml"] = re.sub(r"<calcPr[^>]*>", f"<calcPr {settings}/>", book_xml).encode()
    app = parts["docProps/app.xml"].decode()
    parts["docProps/app.xml"] = app.replace("Microsoft Excel", application).encode()
    return zipped(dict(parts))


@pytest.mark.parametrize(
    ("settings", "application", "text"),
    [
        ('calcId="191029"', "Microsoft Excel", "22"),
        ('calcId="144525"', "WPS Office_11.1.0.14309_F1E327BC", "22"),
        ('calcId="144525"', "WPS 表格", "22"),
        ('iterate="false"', "LibreOffice/7.4.7.2$Linux_X86_64", "22"),
        ('calcId="124519" fullCalcOnLoad="1"', "Microsoft Excel", ""),
        ('calcMode="manual" calcOnSave="0"', "Microsoft Excel", ""),
        ('calcId="191029" calcCompleted="0"', "Microsoft Excel", ""),
        ('calcId="124519"', "Microsoft Excel Compatible / Openpyxl 3.1.5", ""),
        ("", "Apache POI", ""),
    ],
)
def test_a_result_is_certain_where_the_program_that_stored_it_calculates(
    settings: str, application: str, text: str
) -> None:
    cell = grids(read(calculated(settings, application), "a.xlsx", LIMITS))[0].rows[0][1]
    assert (cell.text, cell.doubt is None) == (text, text == "22")


def test_a_zero_that_libreoffice_may_only_have_kept_is_in_doubt() -> None:
    kept = calculated("", "LibreOffice/7.4.7.2", "<f>20+2</f><v>0</v>")
    assert grids(read(kept, "a.xlsx", LIMITS))[0].rows[0][1].raw == "=20+2〔存的是0〕"


def test_zeros_that_a_sheet_does_not_show_are_in_doubt() -> None:
    def fill(sheet: Any, _: Any) -> None:
        sheet.write_row("A1", [1, 0])
        sheet.hide_zero()

    row = grids(read(one_sheet(fill), "a.xlsx", LIMITS))[0].rows[0]
    assert [(cell.text, cell.raw) for cell in row] == [("1", ""), ("", "〔看不见：0〕")]


@pytest.mark.parametrize(
    "inner",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>'
        '<row r="20"><c r="A20" t="inlineStr"><is><t>x</t></is></c></row>',
        '<row r="99999999"><c r="A99999999"><v>1</v></c></row><row r="1"><c r="B1"><v>1</v></c></row>',
    ],
)
def test_two_cells_far_apart_do_not_take_the_memory_of_the_sheet_between(inner: str) -> None:
    with pytest.raises(Unreadable, match="covers"):
        read(sheet_xml(inner), "a.xlsx", LIMITS)


@pytest.mark.slow
def test_rows_without_end_are_refused_quickly() -> None:
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>{number % 9}</v></c></row>' for number in range(1, 250_001))
    with pytest.raises(Unreadable, match="covers"):
        read(sheet_xml(rows), "a.xlsx", LIMITS)


def workbook(fill: Callable[[Any], None]) -> XlsxWorkbook:
    return read_workbook(archive(book(fill), LIMITS), LIMITS)


def test_sheets_are_listed_with_their_visibility() -> None:
    def fill(made: Any) -> None:
        made.add_worksheet("表")
        made.add_worksheet("草稿").hide()

    tabs = workbook(fill).tabs
    assert [(tab.name, tab.part, tab.state) for tab in tabs] == [
        ("表", "xl/worksheets/sheet1.xml", "visible"),
        ("草稿", "xl/worksheets/sheet2.xml", "hidden"),
    ]


def test_a_scan_finds_hidden_rows_and_columns_percents_and_the_extent() -> None:
    def fill(made: Any) -> None:
        sheet = made.add_worksheet("表")
        sheet.write("B2", 0.5, made.add_format({"num_format": "0.0%"}))
        sheet.write("C4", 1)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column("E:F", None, None, {"hidden": True})

    found = workbook(fill)
    scan = Scan(found, found.tabs[0])
    assert scan.percent == {(1, 1)} and scan.sheet.hidden_rows == {2} and scan.sheet.hidden_columns == [(4, 5)]
    assert (scan.top, scan.left, scan.bottom, scan.right, scan.area) == (1, 1, 3, 2, 6)


def test_an_empty_sheet_has_no_extent() -> None:
    found = workbook(lambda made: made.add_worksheet("表"))
    assert Scan(found, found.tabs[0]).area == 0


def test_the_clean_copy_has_only_the_parts_that_were_read() -> None:
    found = workbook(lambda made: made.add_worksheet("表").write_comment("A1", "批注"))
    copy = archive(clean_copy(found, {found.tabs[0].part: b"<worksheet/>"}), LIMITS)
    assert copy.read("xl/worksheets/sheet1.xml") == b"<worksheet/>" and "xl/workbook.xml" in copy
    assert "xl/comments1.xml" in found.package and "xl/comments1.xml" not in copy


@pytest.mark.parametrize(
    ("again", "doubted"),
    [
        ('<c r="B1"><v>47</v></c></row>', True),
        ('</row><row r="1"><c r="B1"><v>47</v></c></row>', True),
        ('<c r="B1"/></row>', False),
        ("</row>", False),
    ],
)
def test_a_cell_that_the_file_holds_twice_is_in_doubt(again: str, doubted: bool) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>22</v></c>'
    (grid,) = grids(read(sheet_xml(cells + again), "示例.xlsx", LIMITS))
    assert [cell.doubt is not None for cell in grid.rows[0]] == [False, doubted]
