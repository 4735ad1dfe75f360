"""The edit distance of two words, counted up to a limit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.narrative.edit_distance import edit_distance

WORDS = st.text(alphabet="甲乙丙", max_size=7)


@pytest.mark.parametrize(
    ("first", "second", "edits"),
    [
        ("现行有效件数", "先行有效件数", 1),
        ("zb.shangdong.cn", "zb.shandong.cn", 1),
        ("bc", "abc", 1),
        ("xbc", "abc", 1),
        ("cn", "com", 2),
        ("abcd", "bcde", 2),
        ("甲乙", "乙甲", 2),
        ("", "abc", 3),
        ("abc", "", 3),
        ("abc", "abc", 0),
        ("", "", 0),
    ],
)
def test_each_insertion_deletion_and_replacement_counts_one(first: str, second: str, edits: int) -> None:
    assert edit_distance(first, second, 9) == edits


def test_beyond_the_limit_it_is_one_more_than_the_limit() -> None:
    assert edit_distance("甲乙丙丁", "戊己庚辛", 2) == 3
    assert edit_distance("甲", "甲乙丙丁", 2) == 3
    assert edit_distance("甲乙", "丙乙", 0) == 1


def by_definition(first: str, second: str) -> int:
    if not first or not second:
        return len(first) + len(second)
    replaced = by_definition(first[1:], second[1:]) + (first[0] != second[0])
    return min(replaced, by_definition(first[1:], second) + 1, by_definition(first, second[1:]) + 1)


@given(st.text(alphabet="甲乙丙", max_size=5), st.text(alphabet="甲乙丙", max_size=5), st.integers(0, 6))
def test_it_is_the_least_number_of_edits(first: str, second: str, limit: int) -> None:
    assert edit_distance(first, second, limit) == min(by_definition(first, second), limit + 1)


@given(WORDS, WORDS, WORDS)
def test_a_detour_is_never_shorter(first: str, second: str, third: str) -> None:
    direct = edit_distance(first, third, 20)
    assert direct <= edit_distance(first, second, 20) + edit_distance(second, third, 20)
    assert direct == edit_distance(third, first, 20)
