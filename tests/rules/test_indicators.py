"""Indicators: a ratio follows from its parts as printed; what is declared is bound."""

from __future__ import annotations

import pytest

from generator.finding import Level
from tests.example import findings, prose, tables

PARTS = '指标:\n  甲: {值: %s, 单位: 件}\n  乙: {值: %s, 单位: 件}\n  率: {值: %s, 单位: "%s", 分子: %s, 分母: %s}\n'
BOUND = "\n{{指标.甲}}、{{指标.乙}}、{{指标.率}}。\n"


def ratio_findings(
    over: str, under: str, ratio: str, unit: str = "%", parts: tuple[str, str] = ("甲", "乙")
) -> list[tuple[Level, str, int, int, str]]:
    """Returns (level, subject, line, column, message) of each finding on a ratio."""
    text = tables(2021) + PARTS % (over, under, ratio, unit, *parts)
    hits = [f for f in findings(2021, text, prose(2021) + BOUND) if f.rule == "IND-RATIO"]
    return [(f.level, f.subject, f.place.line - text.count("\n"), f.place.column, f.message.zh) for f in hits]


RIGHT = [
    ("30162", "34673", "86.99", "%"),
    ("1", "3", "33", "%"),
    ("1", "8", "12.5", "%"),
    ("1", "8", "13", "%"),
    ("9", "2", "4.5", "倍"),
    ("0", "5", "0", "%"),
]


@pytest.mark.parametrize(("over", "under", "ratio", "unit"), RIGHT)
def test_a_ratio_rounded_half_up_to_the_decimals_printed_is_right(over: str, under: str, ratio: str, unit: str) -> None:
    assert ratio_findings(over, under, ratio, unit) == []


def test_a_wrong_ratio_is_a_warning_with_its_sum() -> None:
    assert ratio_findings("30162", "34673", "87.99") == [
        (Level.WARNING, "率", 0, 3, "指标“率”印作87.99%，按30162÷34673应为86.99%")
    ]
    assert ratio_findings("9", "2", "45", "倍") == [(Level.WARNING, "率", 0, 3, "指标“率”印作45倍，按9÷2应为5倍")]


@pytest.mark.parametrize("parts", [("甲", "没有"), ("没有", "乙"), ("没有", "也没有")])
def test_a_part_that_is_missing_is_an_error(parts: tuple[str, str]) -> None:
    assert ratio_findings("1", "2", "50", parts=parts) == [
        (Level.ERROR, "率", 0, 3, "指标“率”的分子或分母不存在或为0；请核对所写的名称")
    ]


def test_nothing_is_divided_by_nought_and_the_next_ratio_is_still_looked_at() -> None:
    assert ratio_findings("1", "0", "50") == [
        (Level.ERROR, "率", 0, 3, "指标“率”的分子或分母不存在或为0；请核对所写的名称")
    ]
    text = tables(2021) + PARTS % ("1", "0", "50", "%", "甲", "乙") + '  另: {值: 7, 单位: "%", 分子: 甲, 分母: 甲}\n'
    hits = [f for f in findings(2021, text, prose(2021) + BOUND + "\n{{指标.另}}\n") if f.rule == "IND-RATIO"]
    assert [(f.subject, f.level) for f in hits] == [("率", Level.ERROR), ("另", Level.WARNING)]


def test_an_indicator_that_the_prose_does_not_bind_is_noted() -> None:
    text = tables(2021) + "指标:\n  甲: {值: 1, 单位: 件}\n  乙: {值: 2, 单位: 件}\n"
    (hit,) = [
        f
        for f in findings(2021, text, prose(2021) + "\n共{{指标.甲 + 表三.本年新收.总计}}件。\n")
        if f.rule == "IND-UNUSED"
    ]
    assert (hit.level, hit.subject, hit.place.line, hit.place.column) == (Level.NOTE, "乙", text.count("\n"), 3)
