"""Grids as lines of printed cells."""

from __future__ import annotations

import pytest

from generator.finding import Message
from generator.importer.grid_lines import LineCell, lines_of, without_numbering
from generator.readers.document import DocumentCell, DocumentTable
from tests.importer.samples import grid_of


def spread(text: str, rowspan: int, colspan: int) -> tuple[DocumentCell, DocumentCell]:
    """A merged cell: its first place, and any other."""
    first = DocumentCell(text, True, rowspan, colspan)
    return first, first._replace(first=False)


def test_lines_count_from_one_and_columns_from_zero() -> None:
    first, second = lines_of(grid_of([["甲", " 1 "], ["乙", ""]]))
    assert (first.number, second.number) == (1, 2)
    assert first.items == (LineCell("甲", 0, 1, False, False), LineCell("1", 1, 2, False, False))
    assert second.items[1] == LineCell("", 1, 2, False, False)


def test_a_cell_over_several_columns_stands_once() -> None:
    wide, rest = spread("合并", 1, 2)
    (line,) = lines_of(DocumentTable(((DocumentCell("甲"), wide, rest),)))
    assert [(item.text, item.start, item.end) for item in line.items] == [("甲", 0, 1), ("合并", 1, 3)]


def test_a_cell_over_several_rows_is_above_on_all_but_the_first() -> None:
    tall, rest = spread("组", 2, 1)
    lines = lines_of(DocumentTable(((tall, DocumentCell("甲")), (rest, DocumentCell("乙")))))
    assert [line.items[0].above for line in lines] == [False, True]
    assert [line.items[0].text for line in lines] == ["组", "组"]


def test_neighbours_of_one_text_that_are_not_merged_stay_apart() -> None:
    (line,) = lines_of(grid_of([["0", "0"]]))
    assert len(line.items) == 2


def test_a_span_beyond_the_grid_ends_with_it() -> None:
    (line,) = lines_of(DocumentTable(((DocumentCell("甲", True, 9, 9), DocumentCell("", False)),)))
    assert [(item.start, item.end) for item in line.items] == [(0, 2)]


def test_what_a_cell_shows_beside_its_plain_text_goes_with_it() -> None:
    doubt = Message("有上标", "raised")
    (line,) = lines_of(DocumentTable(((DocumentCell("13", raw="13〔上标：1〕", doubt=doubt),),)))
    assert (line.items[0].text, line.items[0].shown, line.items[0].doubt) == ("13", "13〔上标：1〕", doubt)


@pytest.mark.parametrize("at", [0, 1])
def test_a_column_that_only_numbers_the_lines_is_left_out(at: int) -> None:
    cells = [["统计指标", "统计数"], ["收到申请数", "12"], ["当面申请数", "3"], ["传真申请数", "9"]]
    numbers = ["序号", "10", "11", "12"]
    rows = [[*row[:at], number, *row[at:]] for row, number in zip(cells, numbers, strict=True)]
    lines, dropped = without_numbering(lines_of(grid_of(rows)))
    assert [[item.text for item in line.items] for line in lines] == cells and dropped == 4


@pytest.mark.parametrize(
    "numbers", [["序号", "3", "1"], ["序号", "1001", "1002"], ["数量", "1", "2"], ["序号", "甲", "乙"]]
)
def test_a_column_of_anything_else_stays(numbers: list[str]) -> None:
    lines = lines_of(grid_of([["指标", numbers[0]], ["甲", numbers[1]], ["乙", numbers[2]]]))
    assert without_numbering(lines) == (lines, 0)
