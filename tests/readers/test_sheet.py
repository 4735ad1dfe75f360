"""Spreadsheets: values as printed, regions, what is hidden, wrong or left behind; our own forms' stamp; bounds."""

from __future__ import annotations

import datetime
import sys
import time
import zipfile
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.readers.document import DocumentTable, Limits, Paragraph, Unreadable
from generator.readers.sheet import read, take
from generator.readers.sheet_cells import Merge, WorksheetCells, as_printed
from generator.workbook.cell_names import letters
from tests.readers.samples import LIMITS, book, grids, rules, table, texts, zipped


def one(fill: Any) -> bytes:
    """A workbook of one sheet 表 filled by `fill(sheet, workbook)`."""
    return book(lambda workbook: fill(workbook.add_worksheet("表"), workbook))


def test_figures_as_printed() -> None:
    def fill(sheet: Any, workbook: Any) -> None:
        sheet.write_row("A1", ["数", 22, 7730.28, 0.1 + 0.2, -3, 1e15])
        sheet.write_row("A2", ["文", "022", "１２", "22 ", "/", ""])
        sheet.write("A3", "日")
        sheet.write_datetime("B3", datetime.datetime(2025, 1, 26), workbook.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_datetime(
            "C3", datetime.datetime(2025, 1, 26, 9, 30), workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        )
        sheet.write("D3", 0.339, workbook.add_format({"num_format": "0.0%"}))
        sheet.write_boolean("E3", True)

    (grid,) = grids(read(one(fill), "a.xlsx", LIMITS))
    assert table(grid) == [
        ["数", "22", "7730.28", "0.3", "-3", "1000000000000000"],
        ["文", "022", "１２", "22", "/", ""],
        ["日", "2025-01-26", "2025-01-26 09:30", "33.9%", "TRUE", ""],
    ]


@given(st.floats(allow_nan=True, allow_infinity=True) | st.integers(-(10**15), 10**15))
def test_every_number_is_printed_exactly_and_without_exponent(value: float) -> None:
    text = as_printed(value)
    if text:
        assert "e" not in text.lower() and float(text) == (value if isinstance(value, int) else float(f"{value:.15g}"))


def test_noise_of_binary_sums_is_not_printed() -> None:
    assert (
        as_printed(7000.1 + 730.18) == "7730.28"
        and as_printed(0.1 + 0.2) == "0.3"
        and as_printed(0.07, percent=True) == "7%"
    )


def test_letters() -> None:
    assert [letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_merged_cells_both_ways_and_provenance() -> None:
    def fill(sheet: Any, _: Any) -> None:
        sheet.merge_range("B3:C4", "合")
        sheet.write("D3", 1)
        sheet.write("D4", 2)
        sheet.write_row("B5", ["左", "右", 3])

    (grid,) = grids(read(one(fill), "a.xlsx", LIMITS))
    assert table(grid) == [["合", "合", "1"], ["合", "合", "2"], ["左", "右", "3"]]
    assert (grid.lines, grid.columns, grid.where.sheet) == ((3, 4, 5), (2, 3, 4), "表")
    assert (grid.rows[0][0].rowspan, grid.rows[0][0].colspan, grid.rows[1][0].first) == (2, 2, False)


def test_regions_headings_and_running_text() -> None:
    def fill(sheet: Any, _: Any) -> None:
        sheet.merge_range("A1:C1", "二、主动公开政府信息情况")
        sheet.write_row("A2", ["信息内容", "制发", "废止"])
        sheet.write_row("A3", ["规章", 1, 0])
        sheet.merge_range("A4:C4", "三、收到和处理政府信息公开申请情况")
        sheet.write_row("A5", ["一、本年新收", 5, 6])
        sheet.write("A8", "一、总体情况\n第一段。\n第二段。")

    document = read(one(fill), "a.xlsx", LIMITS)
    shapes = [
        (type(block).__name__, block.text if isinstance(block, Paragraph) else len(block.rows))
        for block in document.blocks
    ]
    assert shapes == [
        ("Paragraph", "二、主动公开政府信息情况"),
        ("DocumentTable", 2),
        ("Paragraph", "三、收到和处理政府信息公开申请情况"),
        ("DocumentTable", 1),
        ("Paragraph", "一、总体情况"),
        ("Paragraph", "第一段。"),
        ("Paragraph", "第二段。"),
    ]
    assert [block.where.table for block in document.blocks if isinstance(block, DocumentTable)] == [1, 2]


def test_a_row_whose_label_looks_like_a_heading_stays_in_its_table() -> None:
    def fill(sheet: Any, _: Any) -> None:
        sheet.merge_range("A1:B1", "申请人情况")
        sheet.write_row("C1", ["自然人", "总计"])
        sheet.merge_range("A2:B2", "一、本年新收政府信息公开申请数量")
        sheet.merge_range("A3:B3", "二、上年结转政府信息公开申请数量")
        sheet.write_row("C3", [1, 1])

    (grid,) = grids(read(one(fill), "a.xlsx", LIMITS))
    assert [row[0].text for row in grid.rows] == [
        "申请人情况",
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
    ]


def test_hidden_sheets_rows_and_columns_are_left_out_and_told() -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet("表")
        for row in range(4):
            sheet.write_row(row, 0, [f"行{row}", row, row * 10])
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column("B:B", None, None, {"hidden": True})
        workbook.add_worksheet("草稿").hide()
        workbook.add_worksheet("更深").very_hidden()

    document = read(book(fill), "示例.xlsx", LIMITS)
    (grid,) = grids(document)
    assert (
        table(grid) == [["行0", "0"], ["行2", "20"], ["行3", "30"]]
        and grid.lines == (1, 3, 4)
        and grid.columns == (1, 3)
    )
    said = [finding.message.zh for finding in document.findings if finding.rule == "IMP-HIDDEN"]
    assert said == [
        "工作表“表”隐藏的行没有读入：2。",
        "工作表“表”隐藏的列没有读入：B。",
        "隐藏的工作表没有读入：“草稿”、“更深”。",
    ]


def test_a_merge_across_hidden_columns_shrinks() -> None:
    def fill(sheet: Any, _: Any) -> None:
        sheet.merge_range("A1:C1", "题")
        sheet.write_row("A2", ["甲", 1, 2])
        sheet.set_column("A:A", None, None, {"hidden": True})

    (grid,) = grids(read(one(fill), "a.xlsx", LIMITS))
    assert table(grid) == [["题", "题"], ["1", "2"]]


def test_error_cells_and_formulas_without_result_are_flagged() -> None:
    def fill(sheet: Any, _: Any) -> None:
        sheet.write_row("A1", ["甲", "乙"])
        sheet.write_formula("A2", "=1/0", None, "#DIV/0!")
        sheet.write_formula("B2", "=A1+1", None, "")
        sheet.write_formula("C2", "=1+1", None, 2)

    document = read(one(fill), "a.xlsx", LIMITS)
    row = grids(document)[0].rows[1]
    assert [(cell.text, cell.uncertain) for cell in row] == [("#DIV/0!", True), ("", True), ("2", False)]
    said = {finding.rule: finding.message.zh for finding in document.findings}
    assert "A2 #DIV/0!" in said["IMP-ERROR-CELL"] and "B2" in said["IMP-FORMULA"]


def test_the_stamp_of_our_own_forms() -> None:
    def fill(workbook: Any) -> None:
        workbook.add_worksheet("填报").write_row(0, 0, ["甲", 1])
        stamp = workbook.add_worksheet("_nianbao")
        for row, pair in enumerate([("年度", 2024), ("机关", "示例局"), ("格式", "2021"), ("表单版本", "1")]):
            stamp.write_row(row, 0, pair)
        stamp.very_hidden()

    document = read(book(fill), "a.xlsx", LIMITS)
    assert document.stamp == {"年度": "2024", "机关": "示例局", "格式": "2021", "表单版本": "1"}
    assert not document.findings and len(document.blocks) == 1


def test_comments_shapes_properties_are_told() -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet("表")
        sheet.write_row(0, 0, ["甲", 1])
        sheet.write_comment("A1", "请核实")
        sheet.insert_textbox("D1", "框中文字")
        workbook.set_properties({"author": "示例甲", "company": "示例局", "created": datetime.datetime(2025, 1, 8)})

    document = read(book(fill), "a.xlsx", LIMITS)
    said = {finding.rule: finding.message.zh for finding in document.findings}
    assert (
        "请核实" in said["IMP-COMMENT"]
        and "1个" in said["IMP-SHAPE"]
        and "示例甲" in said["IMP-META"]
        and "示例局" in said["IMP-META"]
    )


def test_macros_and_external_links_are_told() -> None:
    plain = one(lambda sheet, _: sheet.write_row(0, 0, ["甲", 1]))
    parts: dict[str, str | bytes] = {
        name: zipfile.ZipFile(BytesIO(plain)).read(name) for name in zipfile.ZipFile(BytesIO(plain)).namelist()
    }
    link = '<Relationships xmlns="x"><Relationship Id="r1" Type="t/externalLinkPath" Target="file:///C:/示例.xlsx" TargetMode="External"/></Relationships>'
    parts |= {
        "xl/vbaProject.bin": b"\0",
        "xl/externalLinks/externalLink1.xml": "<externalLink/>",
        "xl/externalLinks/_rels/externalLink1.xml.rels": link,
    }
    document = read(zipped(parts), "a.xlsm", LIMITS)
    assert {"IMP-MACRO", "IMP-LINK"} <= rules(document) and table(grids(document)[0]) == [["甲", "1"]]


# bounds


def sheet_xml(inner: str, after: str = "") -> bytes:
    """A workbook whose only sheet has this XML in its data and after it."""
    plain = one(lambda sheet, _: sheet.write(0, 0, 1))
    parts: dict[str, str | bytes] = {
        name: zipfile.ZipFile(BytesIO(plain)).read(name) for name in zipfile.ZipFile(BytesIO(plain)).namelist()
    }
    parts["xl/worksheets/sheet1.xml"] = (
        f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{inner}</sheetData>{after}</worksheet>'
    )
    return zipped(parts)


@pytest.mark.parametrize(
    "inner",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row><row r="20"><c r="A20" t="inlineStr"><is><t>x</t></is></c></row>',
        '<row r="99999999"><c r="A99999999"><v>1</v></c></row><row r="1"><c r="B1"><v>1</v></c></row>',
    ],
)
def test_two_cells_far_apart_do_not_take_the_memory_of_the_sheet_between(inner: str) -> None:
    with pytest.raises(Unreadable, match="covers"):
        read(sheet_xml(inner), "a.xlsx", LIMITS)


def test_a_million_rows_are_refused_quickly() -> None:
    rows = "".join(
        f'<row r="{number}"><c r="A{number}"><v>{number % 9}</v></c></row>' for number in range(1, 1_000_001)
    )
    with pytest.raises(Unreadable, match="covers"):
        read(sheet_xml(rows), "a.xlsx", LIMITS)


def test_a_huge_merge_is_refused() -> None:
    with pytest.raises(Unreadable, match="Merged"):
        read(
            sheet_xml(
                '<row r="1"><c r="A1"><v>1</v></c></row>',
                '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            ),
            "a.xlsx",
            LIMITS,
        )


def test_a_merge_turned_round_does_not_hide_a_huge_one() -> None:
    sheet = WorksheetCells("表")
    with pytest.raises(Unreadable, match="Merged"):
        take(sheet, [["甲"]], [Merge(60_000, 0, 0, 60_000), Merge(0, 0, 60_000, 60_000)], set(), LIMITS)
    take(sheet, [["甲"]], [Merge(5, 5, 0, 0), Merge(0, 0, 1, 1)], set(), LIMITS)
    assert sheet.merges == [Merge(0, 0, 1, 1)]


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="表">{}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


def ods(inner: str) -> bytes:
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ODS.format(inner)})


def test_ods_repeats_and_exact_figures() -> None:
    inner = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3" office:value-type="float" office:value="22.0"><text:p>22</text:p></table:table-cell></table:table-row>'
        '<table:table-row><table:table-cell office:value-type="float" office:value="7730.28"><text:p>7,730.3</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row><table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    )
    (grid,) = grids(read(ods(inner), "a.ods", LIMITS))
    assert table(grid) == [["22", "22", "22"], ["22", "22", "22"], ["7730.28", "", ""]]


def test_ods_hidden_rows_repeated_to_the_end_stay_hidden() -> None:
    shown = "<table:table-row><table:table-cell><text:p>甲</text:p></table:table-cell><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row>"
    hidden = '<table:table-row table:visibility="collapse" table:number-rows-repeated="1048570"><table:table-cell><text:p>内情</text:p></table:table-cell></table:table-row>'
    document = read(ods(shown + hidden), "a.ods", LIMITS)
    assert (
        [table(grid) for grid in grids(document)] == [[["甲", "1"]]]
        and not texts(document)
        and "IMP-HIDDEN" in rules(document)
    )


def test_many_regions_and_hidden_ranges_end_soon() -> None:
    """Ten thousand one-cell regions between empty rows, ten thousand overlapping hidden ranges."""
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in range(1, 20_001, 2))
    columns = "<cols>" + '<col min="2" max="16384" hidden="1"/>' * 10_000 + "</cols>"
    start = time.process_time()
    document = read(sheet_xml(rows, columns), "a.xlsx", Limits(ratio=10_000))
    assert len(document.blocks) == 10_000 and time.process_time() - start < 30


def test_ods_repeated_without_end_is_refused() -> None:
    inner = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"><text:p>9</text:p></table:table-cell></table:table-row>'
    with pytest.raises(Unreadable, match="cells"):
        read(ods(inner), "a.ods", LIMITS)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(st.integers(0, 9999), st.sampled_from(["甲", "乙一", "/", "~"]), st.decimals(0, 9999, places=2)),
            min_size=3,
            max_size=3,
        ),
        min_size=2,
        max_size=6,
    )
)
def test_what_is_written_is_read(rows: list[list[Any]]) -> None:
    def fill(sheet: Any, _: Any) -> None:
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, [value if isinstance(value, str | int) else float(value) for value in row])

    def shown(value: object) -> str:
        text = str(value)
        return text.rstrip("0").rstrip(".") if "." in text else text

    (grid,) = grids(read(one(fill), "a.xlsx", LIMITS))
    assert table(grid) == [[shown(value) for value in row] for row in rows]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x" * 100,
        b"PK\3\4" + b"\0" * 50,
        zipped({"xl/workbook.xml": "<workbook/>"})[:-30],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    ],
)
def test_broken_files_are_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read(data, "a.xlsx", Limits())


def test_running_text_of_a_narrative_sheet() -> None:
    document = read(
        one(lambda sheet, _: sheet.write_column("B2", ["一、总体情况", "全年公开22条。"])), "a.xlsx", LIMITS
    )
    assert texts(document) == ["一、总体情况", "全年公开22条。"] and [
        block.where.line for block in document.blocks
    ] == [2, 3]


def test_without_its_library_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(Unreadable) as refused:
        read(one(lambda sheet, _: sheet.write(0, 0, 1)), "a.xlsx", LIMITS)
    assert "pip install" in refused.value.message.zh
