"""Sort keys of names: what is read differently in a place name is replaced, all else stays."""

from __future__ import annotations

import re

import pytest

from generator.website.readings import readings, sort_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("长城镇", "常城镇"),
        ("长子县", "掌子县"),  # the longer word first
        ("重庆路街道", "崇庆路街道"),
        ("曾家镇", "增家镇"),
        ("单县", "善县"),
        ("仇村镇", "求村镇"),
        ("乐亭县", "烙亭县"),
        ("人参路", "人申路"),
        ("教育局", "教育局"),
    ],
)
def test_a_name_sorts_as_it_is_read(name: str, key: str) -> None:
    assert sort_key(f"示例区{name}") == f"示例区{key}"


def test_every_entry_replaces_characters_one_by_one() -> None:
    for word, like in readings().items():
        assert len(word) == len(like) and word != like and re.fullmatch(r"[\u4e00-\u9fff]+", word + like), word
