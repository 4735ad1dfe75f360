"""Statutory tables in the terminal: every line as wide as the next, Chinese counted twice, spans drawn."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from generator.forms.model import Table
from generator.forms.table_layout import PrintedBody, PrintedCell, PrintedRow, PrintedTable, grid
from generator.printers.table_drawing import draw
from tests.example import FORMS

TABLES = [table for form in FORMS for table in form.tables]


def small(*rows: tuple[PrintedCell, ...]) -> PrintedTable:
    return PrintedTable("t", "示例", (), (PrintedBody(tuple(map(PrintedRow, rows))),))


def test_spans_are_drawn_as_merged_cells() -> None:
    drawn = small(
        (PrintedCell("th", "甲", rowspan=2), PrintedCell("th", "乙丙", colspan=2)),
        (PrintedCell("td", "1"), PrintedCell("td", "2")),
    )
    assert draw(drawn, 80) == [
        "┌──────┬─────────────┐",
        "│ 甲   │ 乙丙        │",
        "│      ├──────┬──────┤",
        "│      │ 1    │ 2    │",
        "└──────┴──────┴──────┘",
    ]


def test_deeper_lines_of_a_list_are_indented_and_long_ones_broken_within_their_indent() -> None:
    drawn = small((PrintedCell("th", "其中：主要负责同志参加", level=2), PrintedCell("td", "次", level=2)))
    assert draw(drawn, 25) == [
        "┌────────────────┬──────┐",
        "│   其中：主要负 │ 次   │",
        "│   责同志参加   │      │",
        "└────────────────┴──────┘",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.caption)
@settings(deadline=None, max_examples=20)
@given(width=st.integers(60, 200))
def test_all_lines_are_equally_wide_and_every_word_is_there(table: Table, width: int) -> None:
    lines = draw(grid(table), width)
    assert len({cell_len(line) for line in lines}) == 1
    room = max(width, 5 * table.width + 1)
    assert cell_len(lines[0]) <= room
    letters = sorted("".join(lines).replace(" ", ""))
    printed = [
        cell.text
        for part in (grid(table).head, *(b.rows for b in grid(table).bodies))
        for row in part
        for cell in row.cells
    ]
    assert sorted("".join(printed).replace(" ", "")) == [
        letter for letter in letters if letter not in "┌┬┐├┼┤└┴┘│─╵╶╷╴"
    ]
