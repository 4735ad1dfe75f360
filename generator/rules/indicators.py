"""Checks indicators: figures that only the narrative gives."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.report import placeholder_syntax
from generator.report.entry import LoadedReport
from generator.report.model import Indicator
from generator.rules.rule import Rule, at_line


def _about(entry: LoadedReport, item: Indicator, rule: str, level: Level, message: Message) -> Finding:
    return at_line(entry, "tables.yaml", item.line, item.column, rule, level, message, item.name)


def ratio(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """比率等于其分子除以分母，按所印小数位四舍五入（如 30162 ÷ 34673 = 86.99%）。
    ---
    A ratio equals its parts, rounded to the decimals printed (30162 ÷ 34673 = 86.99%)."""
    values = {item.name: item.value for item in entry.report.indicators}
    for item in entry.report.indicators:
        if item.parts is None:
            continue
        over, under = (values.get(name) for name in item.parts)
        if over is None or not under:
            message = Message(
                f"指标“{item.name}”的分子或分母不存在或为0；请核对所写的名称",
                f"a part of indicator “{item.name}” is missing or zero; check the names",
            )
            yield _about(entry, item, "IND-RATIO", Level.ERROR, message)
            continue
        scale = 100 if item.unit == "%" else 1
        exact = (over * scale / under).quantize(Decimal(1).scaleb(int(item.value.as_tuple().exponent)), ROUND_HALF_UP)
        if exact != item.value:
            message = Message(
                f"指标“{item.name}”印作{item.text}{item.unit}，按{over}÷{under}应为{exact}{item.unit}",
                f"indicator “{item.name}” prints {item.text}{item.unit}; {over} ÷ {under} gives {exact}{item.unit}",
            )
            yield _about(entry, item, "IND-RATIO", Level.WARNING, message)


def unused(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """指标应在正文中以 {{指标.名称}} 引用，否则正文与数据会各走各的。
    ---
    The narrative prints an indicator by its placeholder {{指标.name}}; else narrative and data drift apart."""
    bound = {name for item in entry.prose.placeholders for name in placeholder_syntax.names(item.key)}
    for item in entry.report.indicators:
        if f"指标.{item.name}" not in bound:
            message = Message(
                f"指标“{item.name}”在正文中没有引用", f"indicator “{item.name}” has no placeholder in the narrative"
            )
            yield _about(entry, item, "IND-UNUSED", Level.NOTE, message)


RULES = (Rule("IND-RATIO", ratio), Rule("IND-UNUSED", unused))
