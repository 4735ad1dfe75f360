"""The sheet of indicators of a filled-in workbook comes in row by row, or its rows are named."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from generator.importer.filled_indicators import indicators_of, indicators_yaml
from generator.workbook.layout import INDICATORS, Filling, IndicatorRow
from tests.workbook.samples import form, opened, taken

pytestmark = pytest.mark.slow


def test_indicators_that_cannot_be_taken_are_named() -> None:
    rows = [("示例甲", "约7"), ("", "8"), ("示例乙", "9"), ("示例乙", "10"), ("示例丙", "")]
    filling = Filling(indicators=tuple(IndicatorRow(name, value) for name, value in rows))
    document = opened(form(2021, filling))
    accepted, rejected = indicators_of(document)
    assert [(item.text, item.why.zh) for item in rejected] == [
        ("示例甲 约7", "值不是一个数"),
        ("8", "没有写指标的名称"),
        ("示例乙 10", "同名的指标写了两次"),
    ]
    assert [item.name for item in accepted] == ["示例乙"] and (INDICATORS, 3, 0) in document.cells
    draft = taken(form(2021, filling))
    assert list(draft.ignored) == rejected and "\n指标:\n  示例乙: {值: 9}\n" in _yaml(draft.files)


def _yaml(files: Mapping[str, bytes]) -> str:
    # between the heading and the rows stands a comment that tells what they are
    return "".join(line for line in files["tables.yaml"].decode().splitlines(True) if not line.startswith("#"))


def test_no_indicator_writes_no_block() -> None:
    assert indicators_yaml([]) == ""
