"""Splits worksheets into tables, headings and running text."""

from __future__ import annotations

import time
from typing import Any

import pytest

from generator.readers.document import Block, BlockPlace, DocumentTable, Limits, Paragraph, Unreadable
from generator.readers.sheet import read
from generator.readers.sheet_cells import WorksheetCells
from generator.readers.sheet_regions import blocks
from tests.readers.samples import LIMITS, grids, table, texts
from tests.readers.sheet_samples import one_sheet, sheet_xml


def sheet(*rows: str, **more: Any) -> WorksheetCells:
    """A worksheet of these rows, a cell a character; a dot is an empty cell."""
    texts = {(r, c): char for r, row in enumerate(rows) for c, char in enumerate(row) if char != "."}
    return WorksheetCells("表", texts, **more)


def shown(block: Block) -> list[str] | str:
    return block.text if isinstance(block, Paragraph) else ["".join(row) for row in table(block)]


def test_merged_cells_both_ways_and_provenance() -> None:
    def fill(sheet: Any, _: Any) -> None:
        sheet.merge_range("B3:C4", "合")
        sheet.write("D3", 1)
        sheet.write("D4", 2)
        sheet.write_row("B5", ["左", "右", 3])

    (grid,) = grids(read(one_sheet(fill), "a.xlsx", LIMITS))
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

    document = read(one_sheet(fill), "a.xlsx", LIMITS)
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

    (grid,) = grids(read(one_sheet(fill), "a.xlsx", LIMITS))
    assert [row[0].text for row in grid.rows] == [
        "申请人情况",
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
    ]


def test_a_merge_reaches_over_the_hidden_columns_in_which_something_is() -> None:
    def fill(sheet: Any, _: Any) -> None:
        sheet.merge_range("A1:D1", "题")
        sheet.write_row("A2", ["甲", 1, 2])
        sheet.set_column("A:A", None, None, {"hidden": True})

        sheet.set_column("D:D", None, None, {"hidden": True})

    (grid,) = grids(read(one_sheet(fill), "a.xlsx", LIMITS))
    assert table(grid) == [["题", "题", "题"], ["甲", "1", "2"]]
    assert (grid.columns, grid.hidden_columns, grid.rows[0][0].colspan) == ((1, 2, 3), (0,), 3)


def test_a_merge_that_begins_in_a_hidden_column_is_no_hidden_content() -> None:
    def fill(sheet: Any, _: Any) -> None:
        sheet.merge_range("A1:C1", "二、主动公开政府信息情况")
        sheet.write_row("B2", ["甲", 1])
        sheet.set_column("A:A", None, None, {"hidden": True})

    document = read(one_sheet(fill), "a.xlsx", LIMITS)
    assert texts(document) == ["二、主动公开政府信息情况"] and not document.findings


def test_running_text_of_a_narrative_sheet() -> None:
    document = read(
        one_sheet(lambda sheet, _: sheet.write_column("B2", ["一、总体情况", "全年公开22条。"])), "a.xlsx", LIMITS
    )
    assert texts(document) == ["一、总体情况", "全年公开22条。"]
    assert [block.where.line for block in document.blocks] == [2, 3]


@pytest.mark.slow
def test_many_regions_and_hidden_ranges_end_soon() -> None:
    """Ten thousand one-cell regions between empty rows, ten thousand overlapping hidden ranges."""
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in range(1, 20_001, 2))
    columns = "<cols>" + '<col min="2" max="16384" hidden="1"/>' * 10_000 + "</cols>"
    start = time.process_time()
    document = read(sheet_xml(rows, columns), "a.xlsx", Limits(ratio=10_000))
    assert len(document.blocks) == 10_000 and time.process_time() - start < 30


def test_empty_rows_separate_regions_and_hidden_ones_do_not() -> None:
    assert [shown(block) for block in blocks(sheet("甲1", "..", "乙2"), 1, LIMITS)] == [["甲1"], ["乙2"]]
    assert [shown(block) for block in blocks(sheet("甲1", "..", "乙2", hidden_rows={1}), 1, LIMITS)] == [["甲1", "乙2"]]


def test_tables_are_numbered_and_keep_their_rows_and_columns_in_the_file() -> None:
    first, second = blocks(sheet("...", ".甲1", "...", "乙.2"), 5, LIMITS)
    assert isinstance(first, DocumentTable) and isinstance(second, DocumentTable)
    assert (first.where, first.lines, first.columns) == (BlockPlace(table=5, line=2, sheet="表"), (2,), (2, 3))
    assert (second.where.table, second.lines, second.columns) == (6, (4,), (1, 2, 3))


def test_a_region_of_single_cells_is_text_unless_one_is_uncertain() -> None:
    assert [shown(block) for block in blocks(sheet("甲", "乙"), 1, LIMITS)] == ["甲", "乙"]
    assert [shown(block) for block in blocks(sheet("甲", "乙", errors={(1, 0): "乙"}), 1, LIMITS)] == [["甲", "乙"]]


def test_overlapping_ranges_of_hidden_columns_hide_each_column() -> None:
    hidden = sheet("甲乙丙丁", hidden_columns=[(1, 2), (2, 2), (0, 1)])
    assert [hidden.column_hidden(column) for column in range(4)] == [True, True, True, False]


def test_all_tables_of_a_sheet_share_the_limit() -> None:
    rows = ["甲1", ".."] * 5
    assert len(blocks(sheet(*rows), 1, Limits(cells=10))) == 5
    with pytest.raises(Unreadable, match="cells"):
        blocks(sheet(*rows), 1, Limits(cells=9))
