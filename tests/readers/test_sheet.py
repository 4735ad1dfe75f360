"""Reads workbooks as a whole: hidden sheets, our signature, comments, macros; refuses broken ones."""

from __future__ import annotations

import datetime
import sys
import zipfile
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.readers.document import Limits, Unreadable
from generator.readers.sheet import read, take
from generator.readers.sheet_cells import Merge, WorksheetCells
from tests.readers.samples import LIMITS, book, grids, rules, table, zipped
from tests.readers.sheet_samples import one_sheet, sheet_xml
from tests.readers.word_samples import relations


def test_hidden_sheets_are_left_out_and_hidden_rows_and_columns_within_a_table_read_in_doubt() -> None:
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
    assert table(grid) == [["行0", "0", "0"], ["行1", "1", "10"], ["行2", "2", "20"], ["行3", "3", "30"]]
    assert (grid.lines, grid.hidden_rows) == ((1, 2, 3, 4), (1,))
    assert (grid.columns, grid.hidden_columns) == ((1, 2, 3), (1,))
    assert [[cell.raw for cell in row] for row in grid.rows[:2]] == [
        ["", "〔隐藏列：0〕", ""],
        ["〔隐藏行：行1〕", "〔隐藏行：1〕", "〔隐藏行：10〕"],
    ]
    assert [[cell.doubt is not None for cell in row] for row in grid.rows[:2]] == [[False, True, False], [True] * 3]
    messages = [finding.message.zh for finding in document.findings if finding.rule == "IMP-HIDDEN"]
    assert messages == [
        "工作表“表”隐藏的行在表内，已读入并记为待核：2。",
        "工作表“表”隐藏的列在表内，已读入并记为待核：B。",
        "隐藏的工作表没有读入：“草稿”、“更深”。",
    ]


def test_hidden_columns_beside_a_table_and_single_hidden_notes_are_left_out() -> None:
    def fill(sheet: Any, _: Any) -> None:
        sheet.write_row("A1", ["内部编号", "甲", 1])
        sheet.write_row("A2", ["7", "乙", 2])
        sheet.write("B3", "一条内部说明")
        sheet.set_column("A:A", None, None, {"hidden": True})
        sheet.set_row(2, None, None, {"hidden": True})

    document = read(one_sheet(fill), "a.xlsx", LIMITS)
    assert [table(grid) for grid in grids(document)] == [[["甲", "1"], ["乙", "2"]]]
    messages = [finding.message.zh for finding in document.findings if finding.rule == "IMP-HIDDEN"]
    assert messages == ["工作表“表”隐藏的行没有读入：3。", "工作表“表”隐藏的列没有读入：A。"]


def test_rows_that_a_filter_hides_at_the_ends_of_a_table_belong_to_it() -> None:
    def fill(sheet: Any, _: Any) -> None:
        for row in range(4):
            sheet.write_row(row, 0, [f"行{row}", row])
            if row in (0, 3):
                sheet.set_row(row, None, None, {"hidden": True})

    (grid,) = grids(read(one_sheet(fill), "a.xlsx", LIMITS))
    assert table(grid) == [["行0", "0"], ["行1", "1"], ["行2", "2"], ["行3", "3"]] and grid.hidden_rows == (0, 3)


def test_doubts_of_our_own_forms_are_known_by_place() -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet("填报")
        sheet.write("A1", 22, workbook.add_format({"font_strikeout": True}))
        sheet.write("B1", 23)
        sheet.write_formula("C1", "=20+2")
        workbook.add_worksheet("_nianbao").write_row(0, 0, ("年度", 2024))

    document = read(book(fill), "a.xlsx", LIMITS)
    assert document.cells == {("填报", 0, 1): "23"}
    assert {place: doubt.raw for place, doubt in document.doubts.items()} == {
        ("填报", 0, 0): "〔划去：22〕",
        ("填报", 0, 2): "=20+2〔存的是0〕",
    }


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


def test_comments_shapes_properties_are_reported() -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet("表")
        sheet.write_row(0, 0, ["甲", 1])
        sheet.write_comment("A1", "请核实")
        sheet.insert_textbox("D1", "框中文字")
        workbook.set_properties({"author": "示例甲", "company": "示例局", "created": datetime.datetime(2025, 1, 8)})

    document = read(book(fill), "a.xlsx", LIMITS)
    messages = {finding.rule: finding.message.zh for finding in document.findings}
    assert "请核实" in messages["IMP-COMMENT"]
    assert "1个" in messages["IMP-SHAPE"]
    assert "示例甲" in messages["IMP-META"]
    assert "示例局" in messages["IMP-META"]


def test_macros_and_external_links_are_reported() -> None:
    plain = one_sheet(lambda sheet, _: sheet.write_row(0, 0, ["甲", 1]))
    parts: dict[str, str | bytes] = {
        name: zipfile.ZipFile(BytesIO(plain)).read(name) for name in zipfile.ZipFile(BytesIO(plain)).namelist()
    }
    link = relations(("r1", "externalLinkPath", "file:///C:/示例.xlsx", True))
    parts |= {
        "xl/vbaProject.bin": b"\0",
        "xl/externalLinks/externalLink1.xml": "<externalLink/>",
        "xl/externalLinks/_rels/externalLink1.xml.rels": link,
    }
    document = read(zipped(parts), "a.xlsm", LIMITS)
    assert {"IMP-MACRO", "IMP-LINK"} <= rules(document) and table(grids(document)[0]) == [["甲", "1"]]


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


@pytest.mark.slow
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

    (grid,) = grids(read(one_sheet(fill), "a.xlsx", LIMITS))
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


def test_without_its_library_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(Unreadable) as refused:
        read(one_sheet(lambda sheet, _: sheet.write(0, 0, 1)), "a.xlsx", LIMITS)
    assert "pip install" in refused.value.message.zh
