"""Lists as numbered by the clerk, quotes within bounds, cells beyond a table's head."""

from __future__ import annotations

import pytest

from generator import limits
from tests.narrative.rendered import html, rules


@pytest.mark.parametrize("typed", ["1) 甲", "01. 甲", "2）甲"])
def test_a_number_that_a_list_would_print_otherwise_stays_as_typed(typed: str) -> None:
    assert html(typed) == f"<p>{typed}</p>"


def test_two_full_width_spaces_begin_a_paragraph() -> None:
    assert html("甲\n\u3000\u3000乙") == "<p>甲</p>\n<p>乙</p>"


def test_cells_beyond_the_head_are_kept_and_told() -> None:
    text = "|甲|\n|-|\n|1|2|3|"
    assert html(text).count("<td") == 3
    assert rules(text) == [("MD-TABLE", 3, 4)]


def test_a_line_glued_to_a_table_is_told() -> None:
    assert rules("|甲|乙|\n|-|-|\n|1|2|\n后文") == [("MD-TABLE", 4, 1)]


@pytest.mark.parametrize("mark", ["> ", "- "])
def test_what_is_nested_too_deep_is_told_once(mark: str) -> None:
    deep = mark * (limits.NESTING + 5) + "甲"
    assert [rule for rule, _, _ in rules(deep)] == ["MD-DEEP"]
