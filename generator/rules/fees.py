"""Checks the information-processing fee (信息处理费): its figures, and what the narrative says of it.

It has nothing to do with 行政事业性收费 of table 二, and is never compared with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from generator.collection.context import Context
from generator.finding import Finding, Level, Message, Place
from generator.forms.equivalents import unnumbered
from generator.narrative import numerals
from generator.narrative.numerals import plain
from generator.narrative.plain_text import Passage
from generator.report.entry import LoadedReport
from generator.rules.narrative_claims import clause_of
from generator.rules.rule import Rule, at_line, at_text
from generator.rules.text import some
from generator.wordlists.figure_patterns import shipped_patterns

_STEP = 10  # 国办函〔2020〕109号：按件计收以100元为单位，按量计收以10元为单位


class FeeFigure(NamedTuple):
    """Holds a figure of the fee under the name that placeholders give it: 信息处理费.总金额."""

    name: str
    value: Decimal
    text: str
    unit: str
    line: int
    column: int


def given(entry: LoadedReport) -> dict[str, FeeFigure]:
    """Returns the figures of the fee by role (notices, charged, collected), as far as tables.yaml gives them."""
    stated = entry.report.stated
    if stated is None:
        return {}
    figures: dict[str, FeeFigure] = {}
    for item in stated.statement.figures:
        figure = stated.figures.get(item.key)
        if figure is not None:
            name = f"{stated.statement.key}.{item.key}"
            figures[item.role] = FeeFigure(name, figure.value, figure.text, figure.unit, figure.line, figure.column)
    return figures


def _at(entry: LoadedReport, item: FeeFigure, rule: str, level: Level, message: Message, values: str) -> Finding:
    return at_line(entry, "tables.yaml", item.line, item.column, rule, level, message, item.name, values)


def blank(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """tables.yaml 的“信息处理费”要写全三个数：发出通知（件）、总金额（元）、实际收取（元）；没有发生写0，空白不等于0。
    历史报告里原文没有写的数查不到，只作警告；三个都查不到的，整项删去。
    依据：《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）、国办公开办函〔2021〕30号。
    ---
    信息处理费 in tables.yaml takes three figures: notices sent, their total amount, and the amount collected. Write 0
    for none; a blank is not 0."""
    for name, line, column in entry.report.stated.missing if entry.report.stated else ():
        message = Message(f"{name} 没有填：没有发生写0", f"{name} is not given: write 0 for none")
        yield at_line(entry, "tables.yaml", line, column, "FEE-BLANK", Level.ERROR, message, name)


def pair(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """发出收费通知的件数与总金额应同时有数或同时为0。
    实际收取的多于通知的总金额，只作提示（可能含上年通知、本年缴纳的）。
    改法：核对收费通知的底册。依据：《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）。
    ---
    Fee notices and their total amount are both zero or both above it. More collected than charged is a note: it may
    have been charged the year before."""
    figures = given(entry)
    notices, charged, collected = (figures.get(role) for role in ("notices", "charged", "collected"))
    if notices and charged and (notices.value > 0) != (charged.value > 0):
        message = Message(
            f"发出收费通知{notices.text}件，总金额{charged.text}元：二者应同时有数或同时为0",
            f"{notices.text} notices, {charged.text} yuan in all: both must be zero or neither",
        )
        yield _at(entry, charged, "FEE-PAIR", Level.WARNING, message, f"{notices.text} {charged.text}")
    if charged and collected and collected.value > charged.value:
        message = Message(
            f"实际收取{collected.text}元，多于收费通知的总金额{charged.text}元：是否含上年通知、本年缴纳的？请核对",
            f"{collected.text} yuan collected, {charged.text} charged: from last year's notices?",
        )
        yield _at(entry, collected, "FEE-PAIR", Level.NOTE, message, f"{collected.text} > {charged.text}")


def tariff(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """信息处理费按件计收的，每件100元起、每档提高100元；按量计收的，每页10元起。所以金额总是10元的整数倍，每份通知不少于10元；
    不是的，多半是单位填错（这一项以元为单位）。只作提示：收到的可以是部分缴纳。
    依据：《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）第四条、第五条。
    ---
    By the tariff a fee is a multiple of 10 yuan and a notice asks for at least 10; anything else was probably typed in
    another unit. A note only."""
    figures = given(entry)
    for role in ("charged", "collected"):
        item = figures.get(role)
        if item and item.value % _STEP:
            message = Message(
                f"{item.name} 是{item.text}元：按收费标准应是{_STEP}元的整数倍，请核对单位",
                f"{item.name} is {item.text} yuan: by the tariff a multiple of {_STEP}; check the unit",
            )
            yield _at(entry, item, "FEE-TARIFF", Level.NOTE, message, item.text)
    notices, charged = figures.get("notices"), figures.get("charged")
    if notices and charged and 0 < charged.value < notices.value * _STEP:
        message = Message(
            f"收费通知{notices.text}件，总金额只有{charged.text}元：每份通知不少于{_STEP}元，请核对单位",
            f"{notices.text} notices come to {charged.text} yuan: at least {_STEP} each; check the unit",
        )
        yield _at(entry, charged, "FEE-TARIFF", Level.NOTE, message, f"{notices.text} {charged.text}")


# ---------------------------------------------------------------- what the narrative says of it


def _section(entry: LoadedReport) -> int:
    """Returns the number of the last official section, 六、其他需要报告的事项, in the report; 0 where missing."""
    wanted = unnumbered(entry.report.form.sections[-1].title)[:2]
    return next((number for number, section in enumerate(entry.prose.sections, 1) if wanted in section.title), 0)


def narrative(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """第六部分要说明收取信息处理费的情况，没有收取也要写明：发出收费通知的件数和总金额、实际收取的总金额。
    2021年度起报警告；2019—2020年度没有收取的可以不写，只作提示。
    tables.yaml 里填了“信息处理费”的，第六部分写的件数、金额还要与它一致，不一致是错误。
    依据：《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）、国办公开办函〔2021〕30号。
    与表二“行政事业性收费”是两回事，不作比较。
    错：## 六、其他需要报告的事项　无。
    对：## 六、其他需要报告的事项　本年度发出收费通知0件，总金额0元，实际收取总金额0元。
    改法：在 tables.yaml 写“信息处理费: {发出通知: 0, 总金额: 0, 实际收取: 0}”，
    第六部分写“{{信息处理费}}”，自动印成一句：
    “依据《政府信息公开信息处理费管理办法》（国办函〔2020〕109号），本年度发出收费通知0件，总金额0元，实际收取总金额0元。”
    ---
    Section 六 states the information-processing fees charged, even when none: a warning from 2021, a note for
    2019-2020, when a report without fees need not say so.
    Where tables.yaml gives the figures (信息处理费), the section must agree with them: an error. The
    placeholder {{信息处理费}} prints the sentence. Never compared with 行政事业性收费 of table 二.
    Wrong: 无。 Right: 本年度发出收费通知0件，总金额0元，实际收取总金额0元。"""
    number = _section(entry)
    if entry.report.year < 2019 or not number:
        return  # a missing section is STR-MISSING's
    last = entry.prose.sections[number - 1]
    if entry.patterns.fee_said.search(last.html) or any("处理费" in section.title for section in entry.prose.sections):
        yield from some(_contradictions(entry, number))
        return
    asked = entry.report.year >= 2021  # by the form of that year; before it a report may say so or not
    level = Level.WARNING if asked else Level.NOTE
    due = (
        Message(
            "没有收取也要写明，如“本年度发出收费通知0件，总金额0元，实际收取总金额0元”", "state them even when none"
        )
        if asked
        else Message(
            f"{entry.report.year}年度没有收取的可以不写，收取过的请写明件数和金额", "state them if there were any"
        )
    )
    elsewhere = _denied_elsewhere(entry)
    zh, en = (f"（别处写了“{elsewhere}”，应移到这里）", f" (“{elsewhere}” stands elsewhere)") if elsewhere else ("", "")
    message = Message(
        f"“{last.title}”没有说明信息处理费的收取情况{zh}；{due.zh}",
        f"“{last.title}” does not state the information-processing fees charged{en}; {due.en}",
    )
    yield at_line(entry, "report.md", last.line, 1, "XT-FEE", level, message, "信息处理费")


def _denied_elsewhere(entry: LoadedReport) -> str:
    """Returns words of any section that say that no fee was charged."""
    words = entry.patterns.denials["no_fee"]["words"]
    texts = (item.text for item in entry.passages if "费" in item.text and item.section)
    return next((match[0] for text in texts if (match := words.search(text))), "")


def _contradictions(entry: LoadedReport, number: int) -> Iterator[Finding]:
    """Finds counts and amounts of the section that differ from the figures in tables.yaml."""
    figures = given(entry)
    sections = {number, *(at for at, section in enumerate(entry.prose.sections, 1) if "处理费" in section.title)}
    for passage in entry.passages if figures else ():
        if passage.kind == "text" and passage.section in sections:
            yield from _compare(entry, passage, figures)


def _compare(entry: LoadedReport, passage: Passage, figures: Mapping[str, FeeFigure]) -> Iterator[Finding]:
    text, fees = passage.text, entry.patterns.fees
    for role, item in figures.items():
        for match in (match for pattern in fees[role] for match in pattern.finditer(text)):
            value, unit = numerals.read(match["number"]), match["unit"]
            clause = clause_of(text, *match.span(), 2)
            if (
                value is None
                or any(pattern.search(clause) for pattern in fees["unless"])
                or any(int(year) != entry.report.year for year in shipped_patterns().year.findall(clause))
            ):
                continue
            value *= 10000 if unit == "万元" else 1
            if value != item.value:
                yield _differs(entry, passage, match, item, value)


def _differs(entry: LoadedReport, passage: Passage, match: re.Match[str], item: FeeFigure, value: Decimal) -> Finding:
    written, values = f"{match['number']}{match['unit']}", f"{plain(value)}≠{item.text}"
    message = Message(
        f"正文写{written}，而 tables.yaml 的 {item.name} 是{item.text}{item.unit}；请核对，改成一致",
        f"the narrative says {written}, tables.yaml gives {item.name} {item.text} {item.unit}; make them agree",
    )
    finding = at_text(entry, passage, match.start(), "XT-FEE", Level.ERROR, message, match[0][:40], values)
    return replace(finding, related=(Place(entry.report.file, item.line, item.column),))


RULES = (Rule("FEE-BLANK", blank), Rule("FEE-PAIR", pair), Rule("FEE-TARIFF", tariff), Rule("XT-FEE", narrative))
