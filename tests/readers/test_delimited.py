"""Comma-separated values become one table; what is none stays text."""

from __future__ import annotations

import pytest

from generator.readers.delimited import read_delimited
from generator.readers.document import DocumentTable, Unreadable
from generator.readers.open_file import read_bytes
from tests.readers.samples import LIMITS, table


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('甲,"1,234",22\r\n乙,,3\r\n', [["甲", "1,234", "22"], ["乙", "", "3"]]),
        ("甲;1,5;2\n乙;3;4", [["甲", "1,5", "2"], ["乙", "3", "4"]]),
        ('\ufeff甲,"他说""好""\n再说",2\n\n乙,3\n', [["甲", '他说"好"\n再说', "2"], ["乙", "3", ""]]),
        ('甲,="0022"\n乙,="3"', [["甲", "0022"], ["乙", "3"]]),
        ("甲\t1\n乙\t2", [["甲", "1"], ["乙", "2"]]),
        # a title alone in the first line, and thousands parted by another sign than the cells
        (
            "标题\n甲;1,234;2\n乙;3;4\n丙;5;6",
            [["标题", "", ""], ["甲", "1,234", "2"], ["乙", "3", "4"], ["丙", "5", "6"]],
        ),
        ("标题\n甲|1\n乙|2", [["标题", ""], ["甲", "1"], ["乙", "2"]]),
    ],
)
def test_cells_are_told_apart_as_they_were_written(text: str, cells: list[list[str]]) -> None:
    grid = read_delimited(text, LIMITS)
    assert grid is not None and [[cell.text for cell in row] for row in grid.rows] == cells


@pytest.mark.parametrize("text", ["", "一段话。\n又一段。", "\n\n"])
def test_one_column_is_no_table(text: str) -> None:
    assert read_delimited(text, LIMITS) is None


@pytest.mark.parametrize("text", ['甲,"1\n乙,2', '甲,"1"2\n'])
def test_quotes_that_do_not_match_are_refused(text: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_delimited(text, LIMITS)
    assert "引号不成对" in refusal.value.message.zh


def test_too_many_cells_are_refused() -> None:
    with pytest.raises(Unreadable):
        read_delimited("1,2,3\n" * 100, LIMITS._replace(cells=200))


@pytest.mark.parametrize("coding", ["gb18030", "utf-8-sig", "utf-16"])
def test_a_file_with_that_ending_is_read_as_one_in_any_coding(coding: str) -> None:
    document = read_bytes('收件,"1,234"\n办结,22\n'.encode(coding), "表.CSV", LIMITS)
    (grid,) = document.blocks
    assert isinstance(grid, DocumentTable) and table(grid) == [["收件", "1,234"], ["办结", "22"]]
