"""Sort keys of names: what is read differently in a place name is replaced, all else stays."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from generator.website import readings as module
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
        ("都昌县", "督昌县"),
        ("泌阳县", "必阳县"),
        ("六安市", "路安市"),
        ("莘县", "申县"),
        ("莘庄镇", "新庄镇"),
        ("教育局", "教育局"),
    ],
)
def test_a_name_sorts_as_it_is_read(name: str, key: str) -> None:
    assert sort_key(f"示例区{name}") == f"示例区{key}"


def test_every_entry_replaces_characters_one_by_one() -> None:
    for word, like in readings().items():
        assert len(word) == len(like) and word != like and re.fullmatch(r"[\u4e00-\u9fff]+", word + like), word


def test_every_reading_has_one_source_with_the_day_it_was_looked_up() -> None:
    loaded = yaml.safe_load((Path(module.__file__).parent / "readings.yaml").read_text("utf-8"))
    sourced = [word for source in loaded["sources"] for word in source["words"]]
    assert sorted(sourced) == sorted(readings())
    assert all(
        source["from"] and date.fromisoformat(source["date"]) >= date(2026, 11, 29) for source in loaded["sources"]
    )
