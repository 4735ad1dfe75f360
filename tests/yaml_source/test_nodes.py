"""YAML nodes: values by key, and lists whose scalars are made when asked for."""

from __future__ import annotations

from generator.yaml_source.nodes import Items, Pairs, PlainWords, Scalar, get

LAZY = Items(None, 6, 9, PlainWords("0, 1024, ~"))  # 规章: [0, 1024, ~]
MADE = (Scalar("0", True, 6, 10), Scalar("1024", True, 6, 13), Scalar("~", True, 6, 19))


def test_the_words_of_a_list_become_scalars_at_their_columns() -> None:
    assert LAZY.items == MADE and LAZY.items is LAZY.items


def test_a_list_equals_another_by_items_and_place_however_it_was_made() -> None:
    same = Items(MADE, 6, 9)
    assert same == LAZY and hash(same) == hash(LAZY) and repr(same) == repr(LAZY)
    assert same != Items(MADE, 7, 9) and same != Items(MADE[:2], 6, 9) and same != MADE


def test_a_single_word_is_a_list_of_one() -> None:
    assert Items(None, 1, 4, PlainWords("22")).items == (Scalar("22", True, 1, 5),)


def test_a_value_is_found_by_its_key_in_a_mapping_only() -> None:
    year = Scalar("2021", True, 1, 5)
    mapping = Pairs(((Scalar("年度", True, 1, 1), year), (Scalar("空", True, 2, 1), Scalar("", True, 2, 3))), 1, 1)
    assert get(mapping, "年度") is year and get(mapping, "空") == Scalar("", True, 2, 3)
    assert get(mapping, "机关") is get(LAZY, "年度") is get(year, "年度") is get(None, "年度") is None
