"""Lays cells with spans into full rectangles."""

from __future__ import annotations

import pytest

from generator.finding import Message
from generator.readers.document import Limits, Unreadable
from generator.readers.rectangle import SpannedCell, rectangle, squeeze
from tests.readers.samples import LIMITS


def texts(slots: list[SpannedCell]) -> list[list[str]]:
    return [[cell.text for cell in row] for row in rectangle(slots, LIMITS)]


def test_no_cells_make_no_rows() -> None:
    assert rectangle([], LIMITS) == ()


def test_a_merged_cell_repeats_its_text_and_only_its_top_left_is_first() -> None:
    rows = rectangle([SpannedCell("甲", 0, 0, 2, 2), SpannedCell("1", 0, 2), SpannedCell("2", 1, 2)], LIMITS)
    assert [[cell.text for cell in row] for row in rows] == [["甲", "甲", "1"], ["甲", "甲", "2"]]
    assert [[cell.first for cell in row] for row in rows] == [[True, False, True], [False, False, True]]
    assert (rows[0][0].rowspan, rows[0][0].colspan) == (2, 2)


def test_holes_become_empty_cells() -> None:
    assert texts([SpannedCell("甲", 0, 0), SpannedCell("1", 1, 1)]) == [["甲", ""], ["", "1"]]


def test_where_cells_overlap_the_earlier_keeps_its_place() -> None:
    assert texts([SpannedCell("甲", 0, 1, 2, 1), SpannedCell("乙", 0, 0, 2, 3)]) == [["乙", "甲", ""], ["乙", "甲", ""]]
    assert texts([SpannedCell("甲", 0, 0), SpannedCell("乙", 0, 0)]) == [["甲"]]


def test_uncertainty_is_kept() -> None:
    assert [cell.uncertain for cell in rectangle([SpannedCell("1", 0, 0, 1, 2, uncertain=True)], LIMITS)[0]] == [
        True
    ] * 2


def test_what_a_person_sees_and_its_doubt_are_kept() -> None:
    doubt = Message("划去", "struck")
    slots = [SpannedCell("甲", 0, 0, 1, 3), SpannedCell("23", 1, 0, 1, 3, raw="〔划去：22〕23", doubt=doubt)]
    for laid in (slots, squeeze(slots)[0]):
        cell = rectangle(laid, LIMITS)[1][0]
        assert (cell.text, cell.raw, cell.doubt) == ("23", "〔划去：22〕23", doubt)


def test_a_rectangle_beyond_the_limit_is_refused() -> None:
    far_apart = [SpannedCell("甲", 0, 0), SpannedCell("乙", 9, 9)]
    assert len(rectangle(far_apart, Limits(cells=100))) == 10
    with pytest.raises(Unreadable, match="more than 99 cells"):
        rectangle(far_apart, Limits(cells=99))


def test_squeezing_drops_rows_and_columns_that_only_merged_cells_pass_through() -> None:
    slots, rows, columns = squeeze(
        [SpannedCell("甲", 0, 0, 2, 3), SpannedCell("1", 2, 0, 1, 2), SpannedCell("2", 2, 2)]
    )
    assert (rows, columns) == ([0, 2], [0, 2])
    assert [(slot.row, slot.column, slot.rowspan, slot.colspan) for slot in slots] == [
        (0, 0, 1, 2),
        (1, 0, 1, 1),
        (1, 1, 1, 1),
    ]


def test_squeezing_leaves_a_table_alone_in_which_every_row_and_column_starts_a_cell() -> None:
    slots = [SpannedCell("甲", 0, 0), SpannedCell("1", 0, 1)]
    assert squeeze(slots) == (slots, [0], [0, 1])
