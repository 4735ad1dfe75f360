"""Finds dates, hours and numbers that cannot be as they are typed, beside those of `plain_sense` (NAR-TYPED)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from itertools import chain

from generator.collection.context import Context
from generator.finding import Finding, Level
from generator.narrative import numerals
from generator.report.entry import LoadedReport
from generator.rules.rule import Rule
from generator.rules.text import at_quote, some

# Patterns begin with the character that is rare, and look back: a search for it costs little.
# 2021-02-30, 2021.13.05; no document number, version or address goes on like that
_DASHED = re.compile(r"20(?<![0-9A-Za-z./_-]20)([0-9]{2})([-./])([0-9]{1,2})\2([0-9]{1,2})(?![0-9A-Za-z./_-])")
_HAN = "[一二三四五六七八九十]"
_HAN_DAY_HINT = re.compile(f"月{_HAN}").search
_HAN_DAY = re.compile(rf"(?<!{_HAN})(?<![个零〇])({_HAN}{{1,3}})月({_HAN}{{1,4}})日")
_HAN_MONTH = re.compile(rf"年(?<=[0-9〇零○一二三四五六七八九]{{4}}年)(十{_HAN}|{_HAN}十{_HAN}?)月(?!龄)")
_MONTH = re.compile("月(?<=(?:1[3-9]|[2-9][0-9])月)(?<![0-9.][0-9]{2}月)(?=起|底|份|初|上旬|中旬|下旬)")
_SPAN = re.compile(
    r"(20[0-9]{2})年([0-9]{1,2})月(?:([0-9]{1,2})日)?(?:起)?(?:至|到|[-—–－~～]{1,2})(20[0-9]{2})年([0-9]{1,2})月(?:([0-9]{1,2})日)?"
)
_CLOCK = re.compile(r":(?<=[0-9]:)([0-9]{2})(?![0-9:])")
_CLOCK_HOUR = re.compile(r"(?<![0-9:])([0-9]{1,2})$").search
_HOUR_HINT = re.compile("[0-9][时点]").search
_HOUR = re.compile(r"(?:[上下]午|每[日天]|凌晨|晚上?)([0-9]{1,2})[时点](?!段)")
_TIME_BEFORE = re.compile(r"(?:[上下]午|时间(?:[为是：:])?|每[日天])[0-9:：—–~～至到、和上下午 -]{0,24}$").search
_COUNTED_HINT = re.compile(r"\.[0-9]{1,4}[件条份人篇宗起]").search
_COUNTED = re.compile(r"(?<![0-9.])[0-9]{1,6}\.[0-9]{1,4}(?=(?:件|条(?!款)|份|人次|篇|宗|起(?!步)))")
_MEAN = re.compile("平均|人均|均|每|约合|折合|相当于|版")
_PER_CENT_LEFT_OUT = re.compile(
    r"(?:办结|办复|答复|回复|满意|公开|合格|及时|按时|按期|覆盖|整改|采纳)率(?:均|都|已)?(?:达到|达|为|是)了?[0-9]{2,3}(?:\.[0-9]{1,2})?(?=[，。；、])"
)
_OVER = re.compile(
    "率(?:均|都|已)?(?:达到|达|为|是)?了?百分之一百(?=[零〇一二三四五六七八九])[零〇一二三四五六七八九十]{1,4}"
)
_GROWING = re.compile("(?:增长|增幅|完成|提升|上升)率?").search


def typed(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """打错的日期、时间和数：日历上没有的日子（2021-02-30、二月三十日、十三月）；起止颠倒的时段（2021年5月至2021年3月）；
    没有的钟点（25时、11:75）；带小数的件数（22.5件，平均数不算）；漏了“%”的百分率；超过百分之一百的办结率等。改法：核对后改正。
    错：受理时间为上午8:30-11:75；收到申请22.5件；办结率为98.5。
    对：受理时间为上午8:30-11:45；收到申请22件；办结率为98.5%。
    ---
    Dates, hours and numbers typed wrongly: days in no calendar, spans that end before they begin, hours that no clock
    has, counts with decimals (means do not count), rates without %, rates above 100 % in words. Check and correct."""
    return some(chain(_days(entry), _spans(entry), _hours(entry), _numbers(entry)))


def _found(
    entry: LoadedReport, match: re.Match[str], zh: str, en: str, around: int = 0, start: int | None = None
) -> Finding:
    start = match.start() if start is None else start
    return at_quote(
        entry, start, match.end(), "NAR-TYPED", Level.WARNING, f"：{zh}，请核对", f": {en}; check it", around
    )


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _days(entry: LoadedReport) -> Iterator[Finding]:
    narrow, text, end = entry.plain.narrow, entry.plain.text, entry.plain.narrative
    no_day = ("日历上没有这一天", "no such day in the calendar")
    for match in _DASHED.finditer(narrow, 0, end):
        if not _is_day(2000 + int(match[1]), int(match[3]), int(match[4])):
            yield _found(entry, match, *no_day)
    for match in _HAN_DAY.finditer(text, 0, end) if _HAN_DAY_HINT(text) else ():
        month, day = (numerals.read(number) for number in match.groups())
        if month is None or day is None or not _is_day(2000, int(month), int(day)):
            yield _found(entry, match, *no_day)
    for match in _HAN_MONTH.finditer(text, 0, end):
        if (numerals.read(match[1]) or 0) > 12:
            yield _found(entry, match, "一年只有十二个月", "a year has twelve months")
    for match in _MONTH.finditer(narrow, 0, end):
        yield _found(entry, match, "一年只有十二个月", "a year has twelve months", 2, match.start() - 2)


def _spans(entry: LoadedReport) -> Iterator[Finding]:
    end, first = entry.plain.narrative, entry.plain.preface
    for match in _SPAN.finditer(entry.plain.narrow, first, end):  # the preface's period is XT-PERIOD's
        since = (int(match[1]), int(match[2]), int(match[3] or 1))
        until = (int(match[4]), int(match[5]), int(match[6] or 31))
        if until < since:
            yield _found(entry, match, "结束早于开始", "it ends before it begins")


def _hours(entry: LoadedReport) -> Iterator[Finding]:
    text = entry.plain.narrow
    for match in _CLOCK.finditer(text, 0, entry.plain.narrative):
        hour = _CLOCK_HOUR(text, match.start() - 3, match.start())
        if hour and (int(hour[1]) > 24 or int(match[1]) > 59):
            before = text[max(0, hour.start() - 24) : hour.start()]
            if _TIME_BEFORE(before):
                yield _found(entry, match, "没有这个钟点", "no such hour", 6, hour.start())
    for match in _HOUR.finditer(text, 0, entry.plain.narrative) if _HOUR_HINT(text) else ():
        if int(match[1]) > 24:
            yield _found(entry, match, "没有这个钟点", "no such hour")


def _numbers(entry: LoadedReport) -> Iterator[Finding]:
    text, end = entry.plain.narrow, entry.plain.narrative
    for match in _COUNTED.finditer(text, 0, end) if _COUNTED_HINT(text) else ():
        if not _MEAN.search(re.split("[。；]", text[max(0, match.start() - 24) : match.start()])[-1]):
            yield _found(entry, match, "件数、人次不会有小数", "counts have no decimals", 4)
    for match in _PER_CENT_LEFT_OUT.finditer(text, 0, end):
        yield _found(entry, match, "多半漏了“%”", "% is probably left out")
    for match in _OVER.finditer(text, 0, end):
        if not _GROWING(text[max(0, match.start() - 4) : match.start() + 1]):
            yield _found(entry, match, "超过了百分之一百", "above 100 %", 4)


RULES = (Rule("NAR-TYPED", typed, probation=True),)
