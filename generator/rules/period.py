"""Checks the period that a report covers: what its title and its preface say of it (XT-PERIOD)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.narrative import numerals
from generator.report.entry import LoadedReport
from generator.rules.crosstext import preface_of
from generator.rules.rule import Rule, at_typed
from generator.rules.text import at_word
from generator.rules.years import YEAR

_HAN = "〇○零一二三四五六七八九十"
_TO = rf"[^。；，0-9{_HAN}]{{0,4}}，?[至到—－~-][^。；0-9{_HAN}]{{0,2}}"
_PERIOD = re.compile(
    rf"20[0-9]{{2}} ?年 ?[0-9]{{1,2}} ?月 ?[0-9]{{1,2}} ?日{_TO}"
    rf"(?:20[0-9]{{2}} ?年 ?)?[0-9]{{1,2}} ?月 ?[0-9]{{1,2}} ?日"
    rf"|20[0-9]{{2}}([./-])[0-9]{{1,2}}\1[0-9]{{1,2}}{_TO}(?:20[0-9]{{2}}\1)?[0-9]{{1,2}}\1[0-9]{{1,2}}(?![0-9])"
    rf"|二[{_HAN}]{{3}}年[{_HAN}]{{1,2}}月[{_HAN}]{{1,3}}日{_TO}(?:二[{_HAN}]{{3}}年)?[{_HAN}]{{1,2}}月[{_HAN}]{{1,3}}日"
)
_PARTS = re.compile(f"[0-9]+|[{_HAN}]+")
_SENTENCE = re.compile("[^。\n]+")
_OF_PERIOD = re.compile("统计|期限|时限|数据|起止")
# dates and nothing else, from a word that opens a period up to one that ends it
_DATES = re.compile(r"[自从由为是：:]([0-9年月日号起始至到—－~ ，-]{1,60})(?=止|[。；、（(,]|$)")
_MONTH, _DAY = "[01]?[0-9]月", "[0-3]?[0-9][日号]"
_SPANS = "[起始]?，?(?:[至到]|[—－~-]{1,2})，?(?:20[0-9]{2}年)?"
_WELL_FORMED = re.compile(f"20[0-9]{{2}}年(?:{_MONTH}{_SPANS}{_MONTH}|{_MONTH}{_DAY}{_SPANS}{_MONTH}{_DAY})").fullmatch
_BEGUN = "组建|成立|挂牌|揭牌|设立|新设|划入|接收|整合|合并"
_ENDED = "撤销|划转|并入|合并|不再保留"
_BODY = re.compile("小组|专班|工作组|委员会办公室|机制")


class Dates(NamedTuple):
    """Holds the first and the last day of a period, as (year, month, day)."""

    first: tuple[int, int, int]
    last: tuple[int, int, int]


def period(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """统计期限是报告年度的1月1日至12月31日，标题的年份就是报告的年度。
    当年成立或撤销的机关，从成立那天起、到撤销那天止：organs.yaml 的“起”“止”是这一年，或正文写明“8月组建”的，不算错。
    日期写得不全的（“自2024月1日起”“自至”）也在此说明。
    改法：改成本年度；机关当年成立的，在 organs.yaml 写“起: 2024”。
    错：2020年度报告写“自2019年1月1日起至2019年12月31日止”（多是照抄上年）。
    对：自2020年1月1日起至2020年12月31日止。
    依据：《条例》第四十九条；国办公开办函〔2021〕30号。
    ---
    The period runs from 1 January to 31 December of the report's year, and the title bears that year. An organ founded
    or dissolved within the year (起, 止 in organs.yaml, or said in the text) reports on its part of it. The usual
    causes are a preface copied from last year, and dates that lack a part. Write this year's dates.
    Wrong for 2020: 自2019年1月1日起至2019年12月31日止. Right: 自2020年1月1日起至2020年12月31日止."""
    typed, year = entry.report.typed.get("标题"), entry.ref.year
    years = [int(match[0]) for match in YEAR.finditer(typed.text)] if typed else []
    if typed and years and year not in years:
        message = Message(
            f"标题写的是{years[0]}年，报告是{year}年度的", f"the title says {years[0]}, the report is for {year}"
        )
        yield at_typed(entry, typed, "XT-PERIOD", Level.ERROR, message, "标题")
    match = _PERIOD.search(preface_of(entry))
    if match:
        dates = _dates(match[0])
        if dates != Dates((year, 1, 1), (year, 12, 31)) and not _part_of_year(entry, context, dates):
            message = Message(
                f"统计期限“{match[0]}”应为{year}年1月1日至{year}年12月31日",
                f"the period “{match[0]}” should be 1 January to 31 December {year}",
            )
            yield at_word(entry, match.start(), "XT-PERIOD", Level.ERROR, message, "统计期限")
    else:
        yield from _malformed(entry, year)


def _dates(words: str) -> Dates:
    """Reads the two days of a period; the second may leave out the year."""
    numbers = [int(numerals.read(part) or 0) for part in _PARTS.findall(words.replace("○", "〇"))]
    if len(numbers) == 5:
        numbers.insert(3, numbers[0])
    first, last = numbers[:3], numbers[3:]
    return Dates((first[0], first[1], first[2]), (last[0], last[1], last[2]))


def _malformed(entry: LoadedReport, year: int) -> Iterator[Finding]:
    """Finds a period whose dates lack a part, the first one only."""
    for sentence in _SENTENCE.finditer(preface_of(entry)):
        if not _OF_PERIOD.search(sentence[0]):
            continue
        for match in _DATES.finditer(sentence[0]):
            dates = match[1].replace(" ", "").strip("，")
            opened = match[0][0] in "自从由" and dates[:1] in "至到"
            behind = sentence[0][match.end() : match.end() + 1]
            if _is_period(dates, behind) and (opened or re.search("[年月日]", dates)) and not _WELL_FORMED(dates):
                start = sentence.start() + match.start()
                message = Message(
                    f"统计期限“{match[0]}”的日期不完整，应为“自{year}年1月1日起至{year}年12月31日止”",
                    f"the dates of the period “{match[0]}” lack a part; write 自{year}年1月1日起至{year}年12月31日止",
                )
                yield at_word(entry, start, "XT-PERIOD", Level.WARNING, message, "统计期限")
                return


def _is_period(dates: str, behind: str) -> bool:
    """Tells whether dates run from one to another, or were meant to: 自2024年1月1日起止."""
    return re.search("[至到—－~-]", dates) is not None or (dates.endswith("起") and behind == "止")


def _part_of_year(entry: LoadedReport, context: Context, dates: Dates) -> bool:
    """Tells whether a report may cover a part of its year only: its organ began or ended in it."""
    year, organ = entry.ref.year, context.organs.get(entry.ref.organ)
    if not (year, 1, 1) <= dates.first <= dates.last <= (year, 12, 31):
        return False
    since, until = (organ.since[:4], organ.until[:4]) if organ else ("", "")
    begun = dates.first == (year, 1, 1) or since == str(year) or _told(entry, _BEGUN, dates.first[1], (0, 1, 2))
    ended = dates.last == (year, 12, 31) or until == str(year) or _told(entry, _ENDED, dates.last[1], (0, -1))
    return begun and ended


def _told(entry: LoadedReport, words: str, month: int, before: tuple[int, ...]) -> bool:
    """Tells whether the narrative says that the organ was founded or dissolved so many months before."""
    said = re.compile(
        rf"(?:(20[0-9]{{2}})年)?([01]?[0-9])月(?:[0-3]?[0-9]日)?[^。；0-9]{{0,30}}(?:{words})([^。；，]{{0,12}})"
    )
    return any(
        match[1] in (None, str(entry.ref.year)) and month - int(match[2]) in before and not _BODY.search(match[3])
        for match in said.finditer(entry.plain.narrow[: entry.plain.narrative])
    )


RULES = (Rule("XT-PERIOD", period),)
