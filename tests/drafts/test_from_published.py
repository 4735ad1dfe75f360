"""Indicators and corrections of a `report.json` become blocks of tables.yaml that say the same."""

from __future__ import annotations

from generator.drafts.from_published import published_blocks
from generator.yaml_source.reader import read

INDICATOR = {
    "key": None,
    "name": "甲: 乙",
    "value": 7,
    "text": "7.0",
    "unit": "%",
    "section": "一",
    "approximate": True,
}
CORRECTION = {
    "date": "2026-03-01",
    "name": "表二.a",
    "old": "",
    "new": "/",
    "reason": "a, b: #c",
    "approved_by": "示例",
}


def test_words_that_mean_something_in_yaml_are_quoted_and_blanks_stay_blank() -> None:
    text = published_blocks({"indicators": [INDICATOR], "corrections": [CORRECTION]})
    assert read(text.encode(), "tables.yaml")[1] == []
    assert "原值: ~" in text and "'甲: 乙'" in text.replace('"', "'") and "约数: 是" in text


def test_figures_of_the_statement_come_back_with_the_text() -> None:
    assert published_blocks({"indicators": [{**INDICATOR, "key": "fees.notices"}]}) == "" == published_blocks({})
