"""Finds what cannot be, whatever the tables say: days that no calendar has, rates above 100 %, more or fewer points
than announced, changes whose count and rate contradict each other (NAR-SENSE)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.narrative import numerals
from generator.narrative.late_pattern import LatePattern
from generator.narrative.numerals import plain, rounded
from generator.report.entry import LoadedReport
from generator.rules.rule import Rule
from generator.rules.text import at_word, some

# Each starts with one class of characters, which the engine skips to ten times as fast as to anything else.
_DAY = re.compile(r"([0-9](?:(?<=2)0[0-9]{2}年[0-9]{1,2}|(?<![0-9].)[0-9]?))月(?:([0-9]{1,2})日)?")
_RATE = re.compile(
    r"(?:办结|办复|答复|回复|满意|公开|合格|及时|按时|按期|覆盖|整改|采纳|解读|知晓|参与|开通|达标|优良|可用|更新|报送)(?:率|度)"
    r"(?:均|都|已|高)?(?:达到|达|为|是|至)?了?([0-9]{3}(?:\.[0-9]+)?)[%％]"
)
_ANNOUNCED = re.compile(
    r"([两二三四五六七八2-8])(?<![一二三四五六七八九十百0-9第].)(?:个|项|条|点|种|大)?(?:方面)?的?(?:主要|突出)?(?:问题|不足|短板|困难|措施|举措|工作|任务|方面|做法|原因)"
    r"[^。；：\n]{0,8}[：:，。]?\n?\s*(?=一是)"
)
_ANNOUNCED_BEHIND = re.compile(
    r"(?:问题|不足|短板|困难|措施|举措|做法|原因)(?:主要|还)?有(?:以下)?([两二三四五六七八2-8])(?:个|项|条|点|种|大)?(?:方面)?[：:，。]\n?\s*(?=一是)"
)
_POINT = re.compile("([一二三四五六七八九])是")
_CHANGE = re.compile(
    r"([0-9](?<![0-9.].)[0-9]{0,8})([件条份次篇人])(?:（[^（）]{0,20}）)?，(?:同比|(?:比|较|与)(?:上年|去年|上一年|20[0-9]{2}年)(?:同期|相比)?，?)"
    r"(增加|增长|减少|下降)了?([0-9]{1,9})\2，(?:同比)?(?:增长|增幅|下降|降幅|上升|减少|增加)(?:率|为|了|达|约)?([0-9]{1,4}(?:\.[0-9]{1,4})?)[%％]"
)
_RISING, _FALLING = "增长|增加|上升|提高|提升|增多", "减少|下降|降低|回落|缩短|压缩"
_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,4})?"
_RATE_OF_IT = (
    r"(?:[，,](?:同比)?(?:增长|增幅|下降|降幅|上升|减少|增加|提高|缩短)(?:率|为|了|达|约)?"
    r"([0-9]{1,4}(?:\.[0-9]{1,4})?)[%％])"
)
_UNIT = "[万亿]?(?:人次|户次|[件条份次篇人户天项个期页])"
_FROM_TO = re.compile(
    rf"[由从](?:上年|去年|20[0-9]{{2}}年)?的?({_NUMBER})({_UNIT})({_RISING}|{_FALLING})?[到至为](?:今年|本年|20[0-9]{{2}}年)?的?"
    rf"({_NUMBER})\2{_RATE_OF_IT}?"
)
_AGAINST_HINT = re.compile(
    "年(?:同期)?[的为]?[0-9]+(?:\\.[0-9]+)?[^，。；0-9]{1,10}(?:相比)?[，,]?[增上提减下降回缩压]"
).search
# 公开信息3216条，较上年的3000条增加116条; 比2020年的3000条增长10.2%
_AGAINST = re.compile(
    rf"(?<![0-9.])({_NUMBER})({_UNIT})[，,](?:比|较|与)(?:上年|去年|上一年|20[0-9]{{2}}年)(?:同期)?(?:的|为)?({_NUMBER})\2(?:相比)?[，,]?"
    rf"({_RISING}|{_FALLING})(?:了|约)?(?:({_NUMBER})\2|({_NUMBER})[%％])"
)

_PLAN = LatePattern(
    "(?:(20[0-9]{2})年|今年|本年度?)[^，。；0-9]{0,6}是[^。；\n]{0,30}?“?十([一二三四五])五”?"
    "[^，。；、“]{0,6}?(开局|起步|收官|收尾)之年"
)
_FIRST_YEARS = {"一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026}
_OWN_YEAR = LatePattern("[与较比同](20[0-9]{2})年度?(?:同期)?相比")
_LATER = re.compile("明年|下一?年|预计|计划|将").search


def sense(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """不看表也知道不对的话：日历上没有的日子（2月30日、2021年13月）；超过100%的办结率、满意率等（完成率、增长率不算）；
    说有几个问题、几项措施，接着列出的“一是……二是……”不是这么多；“22件，比上年增加5件，增长50%”这样件数与百分比对不上的。
    “十三五”收官、“十四五”开局写在别的年份；2021年度的报告写“与2021年相比”。改法：核对后改正。
    错：主要存在三个问题：一是公开不及时；二是解读不够。
    对：主要存在两个问题：一是公开不及时；二是解读不够。
    ---
    What is wrong whatever the tables say: days that are in no calendar, rates of cases handled or of satisfaction above
    100 %, more or fewer points (一是, 二是) than announced, and changes whose count and rate contradict each other.
    First and last years of five-year plans that are others, and the report's year compared with itself. Check and
    correct it."""
    return some(chain(_days(entry), _rates(entry), _points(entry), _changes(entry), _years(entry)))


def _told(entry: LoadedReport, match: re.Match[str], zh: str, en: str, values: str = "") -> Finding:
    words = match[0].strip(" ：:，。\n")[:60]
    return at_word(
        entry, match.start(), "NAR-SENSE", Level.WARNING, Message(f"“{words}”{zh}", f"“{words}”{en}"), words, values
    )


def _days(entry: LoadedReport) -> Iterator[Finding]:
    for match in _DAY.finditer(entry.plain.narrow, 0, entry.plain.narrative):
        year, _, digits = match[1].rpartition("年")
        month, day = int(digits), match[2]
        if not 1 <= month <= 12:
            wrong = bool(year) or day is not None
        else:
            last = monthrange(int(year), month)[1] if year else 29 if month == 2 else monthrange(2000, month)[1]
            wrong = day is not None and not 1 <= int(day) <= last
        if wrong:
            yield _told(entry, match, "：日历上没有这一天，请核对", ": no such day in the calendar; check it")


def _rates(entry: LoadedReport) -> Iterator[Finding]:
    if "%" not in entry.plain.text and "％" not in entry.plain.text:
        return
    for match in _RATE.finditer(entry.plain.text, 0, entry.plain.narrative):
        if Decimal(match[1]) > 100:
            yield _told(entry, match, "：超过了100%，请核对", ": above 100 %; check it", f"{match[1]}>100")


def _points(entry: LoadedReport) -> Iterator[Finding]:
    """Compares the number announced with the points behind it, from 一是 on in order, in one paragraph or several."""
    text = entry.plain.text
    for match in _announced(text, entry.plain.narrative):
        announced = numerals.read(match[1].replace("两", "二"))
        points = 0
        for point in _POINT.finditer(text, match.end(), min(match.end() + 6000, entry.plain.narrative)):
            if numerals.read(point[1]) != points + 1:
                break
            points += 1
        if points > 1 and announced != points:
            zh, en = f"：接着列出的是{points}项，请核对", f": {points} points follow; check it"
            yield _told(entry, match, zh, en, f"{points}≠{announced}")


def _announced(text: str, end: int) -> Iterator[re.Match[str]]:
    """Yields the numbers announced before each 一是."""
    at = text.find("一是", 0, end)
    while at >= 0:
        for words in (_ANNOUNCED, _ANNOUNCED_BEHIND):
            near = words.finditer(text, max(0, at - 60), at + 2)
            yield from (match for match in near if match.end() == at)
        at = text.find("一是", at + 2, end)


def _changes(entry: LoadedReport) -> Iterator[Finding]:
    text, end = entry.plain.text, entry.plain.narrative
    for match in _CHANGE.finditer(text, 0, end):
        now, gap = Decimal(match[1]), Decimal(match[4])
        yield from _change(entry, match, gap, now - gap if match[3] in ("增加", "增长") else now + gap, match[5])
    for match in _FROM_TO.finditer(text, 0, end):
        then, now = Decimal(match[1]), Decimal(match[4])
        if match[3] and _goes_the_other_way(match[3], now - then):
            yield _told(entry, match, "：增减的方向与数不符，请核对", ": the figures change the other way; check it")
        elif match[5]:
            yield from _change(entry, match, abs(now - then), then, match[5], _slack(match[1], match[2]))
    for match in _AGAINST.finditer(text, 0, end) if _AGAINST_HINT(text) else ():
        yield from _against(entry, match)


def _years(entry: LoadedReport) -> Iterator[Finding]:
    text, end = entry.plain.text, entry.plain.narrative
    for match in _PLAN.finditer(text, 0, end) if "之年" in text else ():
        first = _FIRST_YEARS[match[2]] + (0 if match[3] in ("开局", "起步") else 4)
        if int(match[1] or entry.report.year) != first:
            yield _told(entry, match, f"：应是{first}年，请核对", f": that is {first}; check it")
    for match in _OWN_YEAR.finditer(text, 0, end) if "相比" in text else ():
        before = re.split("[。；\n]", text[max(0, match.start() - 80) : match.start()])[-1]
        sentence = before + re.split("[。；\n]", text[match.end() : match.end() + 80])[0]
        if int(match[1]) == entry.report.year and not _LATER(sentence) and str(entry.report.year + 1) not in sentence:
            yield _told(entry, match, "：是与本年自己相比，请核对年份", ": the report's own year; check it")


def _goes_the_other_way(word: str, gap: Decimal) -> bool:
    return gap < 0 if re.fullmatch(_RISING, word) else gap > 0


def _against(entry: LoadedReport, match: re.Match[str]) -> Iterator[Finding]:
    """Compares a change with this year's count and last year's, where all three are told together."""
    now, then = Decimal(match[1]), Decimal(match[3])
    gap = now - then
    if _goes_the_other_way(match[4], gap) or not gap:
        yield _told(entry, match, "：增减的方向与数不符，请核对", ": the figures change the other way; check it")
    elif match[5] and abs(Decimal(match[5]) - abs(gap)) > 3 * _slack(match[1], match[2]):
        zh = f"：二者相差{plain(abs(gap))}，不是{match[5]}；请核对"
        yield _told(
            entry, match, zh, f": the difference is {plain(abs(gap))}; check it", f"{match[5]}≠{plain(abs(gap))}"
        )
    elif match[6]:
        yield from _change(entry, match, abs(gap), then, match[6], _slack(match[1], match[2]))


def _change(
    entry: LoadedReport, match: re.Match[str], gap: Decimal, then: Decimal, written: str, slack: Decimal = Decimal(0)
) -> Iterator[Finding]:
    """Compares a rate with the counts it follows from; `slack` is how far rounding may have moved each of them."""
    if then <= slack:
        return
    rate = gap * 100 / then
    rounding = (gap + 2 * slack) * 100 / (then - slack) - rate
    if abs(Decimal(written) - rate) > (Decimal("0.1") if "." in written else Decimal(1)) + rounding:
        right = f"{rounded(rate, 2):f}%"
        zh = f"：{plain(gap)} ÷ {plain(then)} 是{right}，不是{written}%；请核对件数和百分比"
        en = f": {plain(gap)} ÷ {plain(then)} is {right}, not {written}%; check the counts and the rate"
        yield _told(entry, match, zh, en, f"{written}%≠{right}")


def _slack(number: str, unit: str) -> Decimal:
    """Returns half a unit of the last digit of a number that was rounded: 3.2万次."""
    decimals = len(number.partition(".")[2])
    return Decimal("0.5").scaleb(-decimals) if decimals or unit[0] in "万亿" else Decimal(0)


RULES = (Rule("NAR-SENSE", sense, probation=True),)
