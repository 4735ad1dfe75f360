"""Finds years left from an older report: in what the preface announces, in deeds, in plans (XT-YEAR)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from generator.collection.context import Context
from generator.collection.settings import Organ
from generator.finding import Finding, Level
from generator.narrative.plain_text import Passage
from generator.report.entry import LoadedReport
from generator.rules.crosstext import preface_of
from generator.rules.rule import Rule
from generator.rules.text import at_quote, some

YEAR = re.compile(r"20[0-9]{2}(?=年)")


def years(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """照抄旧报告留下的年份。查七样：引言公布、说到的是别的年度的报告（“现将2019年政府信息公开工作情况报告如下”“某局2019年政府信息公开工作年度报告由……组成”）；
    “我局2019年收到……”“某局2019年公开……”之类说本年事而年份不是本年度；总体情况的段落以别的年份开头（“2019年，……”）；
    “本年度（2019年）”“去年（2020年）”“明年（2020年）”；总体情况里整句以上一年（“截至2019年底”）起头、写的又是件数，而没有与本年比较（“2019年制作信息467条，其中……”）；
    第五部分的打算所写年份不是下一年（2020年度报告应写“2021年，我区将……”，“2020年工作打算”也不对）。改法：改成正确的年份；数也是上年的，一并更新。
    错：（2020年度报告）2019年制作、获取政府信息467条，其中主动公开53条。
    对：2020年制作、获取政府信息501条，其中主动公开60条。
    ---
    Years left from an older report: in what the preface announces, in what the organ did this year, at the head of a
    paragraph or of a sentence with counts in the overview (unless it is compared with this year), in “this year (…)”
    and its like, and in plans, which are for the year after. Write the right year, and this year's figures.
    Wrong for 2020: 2019年制作、获取政府信息467条."""
    return some(_years(entry, context))


# what the preface announces: 现将2020年政府信息公开工作情况报告如下
_ANNOUNCED = re.compile(
    r"(?:现将|现公布|现予公布|现向社会公布|现发布)[^。，；：《0-9]{0,30}(20[0-9]{2})年度?[^。，；：《0-9]{0,12}"
    r"政府信息公开[^。，；：《0-9]{0,6}(?:情况|报告)(?!格式)"
)
# what the preface calls this report: 示例区甲局2020年政府信息公开工作年度报告, and what it says it is about
_NAMED_REPORT = re.compile(
    r"(20[0-9]{2})年度?(?:政府|政务)?信息公开(?:工作)?(?:情况)?(?:年度)?(?:报告|年报)"
    r"(?!格式|编制|工作|有关|的?通知|的?要求)"
    r"|(?:涵盖|反映|汇总)了?(20[0-9]{2})年"
)


def _years(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    plain, year = entry.plain, entry.ref.year
    yield from _of_preface(entry)
    names = _names(context.organ_of(entry.ref))
    planning = _planning_section(entry)
    for match in YEAR.finditer(plain.text, plain.preface, plain.narrative):
        written = int(match[0])
        passage, within = plain.at(match.start())
        if passage.kind != "title" and not _in_title(passage.text, within):
            right = _meant(passage, within, written, year, names, planning)
            if right and right != written:
                yield _wrong(entry, match.start(), written, right)


def _wrong(entry: LoadedReport, at: int, written: int, right: int) -> Finding:
    zh, en = f"：{written}年疑为{right}年之误", f": {written} should probably be {right}"
    return at_quote(entry, at, at + 5, "XT-YEAR", Level.WARNING, zh, en, 6)


def _of_preface(entry: LoadedReport) -> Iterator[Finding]:
    """Finds another year in what the preface announces or calls this report; titles of documents do not count."""
    text = preface_of(entry)
    places = {match.start(1): int(match[1]) for match in [_ANNOUNCED.search(text)] if match}
    for match in _NAMED_REPORT.finditer(text):
        group = match.lastindex or 1
        if not _in_title(text, match.start(group)):
            places[match.start(group)] = int(match[group])
    for at, written in sorted(places.items()):
        if written != entry.ref.year:
            yield _wrong(entry, at, written, entry.ref.year)


def _in_title(text: str, at: int) -> bool:
    """Tells whether a place stands within 《》."""
    low = max(0, at - 80)
    return text.rfind("《", low, at) > text.rfind("》", low, at)


@lru_cache(maxsize=256)
def _names(organ: Organ | None) -> tuple[str, ...]:
    """Returns the names that a report may call its organ by, the longest first: as registered, without the larger
    places before it, and a government by its place."""
    if organ is None:
        return ()
    names = {organ.name, organ.short}
    names |= {organ.name[match.end() :] for match in _PLACE.finditer(organ.name)}
    names |= {name.replace("人民政府", end) for name in tuple(names) for end in ("政府", "")}
    return tuple(sorted((name for name in names if len(name) > 1), key=lambda name: (-len(name), name)))


_PLACE = re.compile("(?<=[^省市区县]{2})[省市区县]")
_PROBLEMS = re.compile("问题|不足|改进|打算")


def _planning_section(entry: LoadedReport) -> int:
    """Returns the number of the section on problems and improvements, 0 where there is none."""
    numbered = enumerate(entry.prose.sections, 1)
    return next((number for number, section in numbered if _PROBLEMS.search(section.title)), 0)


_SUBJECT = re.compile("(?:本机关|本单位|本局|本镇|本街道|[我全][局镇办区市县委校院乡]|各部门)$").search
_LONGEST = 3  # characters of these
_DONE = re.compile("年度?[^。；]{0,24}?(?:公开|收到|受理|办理|答复)").match
_PLAN = re.compile(
    "年度?[，,]?(?:[我全本][^，。]{1,4}?)?(?:将(?:采取|继续|进一步|从|着力|切实|重点|以)|积极做好|计划(?![内外中已的])|拟)"
).match
# what begins a plan in the section on improvements, where few years stand that plan nothing
_PLANNED = (
    r"(?:(?:将要?|要)(?:采取|继续|进一步|从|着力|切实|重点|以|不断|持续|积极|认真|严格|努力|围绕|按照|对照|加大|加强|加快|深入|全面"
    r"|做好|抓好|坚持|聚焦|紧紧|大力|结合|组织开展|开展|完善|优化|推进|推动|提升|提高|健全|强化|严把|改进|丰富|拓展|规范|深化)"
    r"|积极做好|计划(?![内外中已的])|拟|打算|工作打算|工作思路|思路|努力方向|下一步)"
)
_MADE_PART = re.compile("[^，。；]{0,30}(?:纳入|作为|列入|列为|融入|贯穿|摆上|摆在|放在)").match
_OPENING = re.compile("年度?[，,]").match
_WORKED = re.compile(
    "年度?[，,]?(?:认真|深入|严格|坚持|全面|积极|高度重视|切实|持续|紧紧围绕|在[^，。]{2,20}领导下)"
).match
# the number of a subtitle and its words, behind which the first sentence begins on the same line
_LEAD = re.compile(
    r"(?:^|[。；\n])(?:[（(][一二三四五六七八九十0-9]{1,2}[）)])?(?:[^。；，、\n0-9]{2,20}(?:情况|方面)[。：， ]?)?$"
).search
_COUNTS = re.compile(r"[0-9](?:余)?[件条份篇期次项个]").search
_SECOND_YEAR = re.compile(
    "较|相比|同比|上年|去年|上一年|本年|今年|当年|以来|至今|截至|结转|继续|延续|增长|下降|[0-9]月|决算|预算|要点|年报|年度报告"
).search
_TO_OR_IN = re.compile("(?:截至|截止|在)$")
_WHOLE_YEAR = re.compile("^(?:年?[底末]|1月(?:1日)?[起]?[至到—－~-]12月(?:31日|底)?|12月(?:31日|底))[，,]?")
_NEXT = re.compile(r"\s*(?:20[0-9]{2}年|今年|本年|较|同比|比上年)").match
# 今年（2020年）, 去年（2020年）, 明年（2020年）, with the years between it and the report's
_CALLED = (
    (re.compile("(?:今年|本年度?|全年|一年来)（$").search, 0),
    (re.compile("(?:去年|上一?年度?)（$").search, -1),
    (re.compile("(?:明年|来年|次年|下一?年度?|新的一年)（$").search, 1),
)


def _meant(passage: Passage, at: int, written: int, year: int, names: tuple[str, ...], planning: int) -> int:
    """Returns the year that is meant by one that stands at `at`, 0 where none follows from the words around it."""
    text, end = passage.text, at + 4
    if text.startswith(("年）", "年度）"), end):
        return next((year + gap for is_called, gap in _CALLED if is_called(text, max(0, at - 6), at)), 0)
    if written == year + 1:
        return 0
    if _PLAN(text, end) or (passage.section == planning and _is_plan(text, at, names)):
        return year + 1
    return 0 if written == year or not _is_done(passage, at, written, year, names) else year


def _is_plan(text: str, at: int, names: tuple[str, ...]) -> bool:
    """Tells whether a year begins a plan, such as 2020年工作中，我局将加强培训; 将培训纳入考核 tells of a deed."""
    return any(not _MADE_PART(text, end) for end in _plans(text, at + 4, names))


# the work of a year, and who plans, by no name: not the problems of that year
_WORK = r"年度?的?(?:政府信息公开|政务公开|信息公开)?(?:工作)?[中里]?[，,]?"
_ITS_WORK = re.compile(_WORK)
_LONGEST_WORK = 13  # characters of it
_ANYBODY_PLANS = re.compile(rf"{_WORK}(?:[我全本各区市县镇街][^，。0-9问不存]{{0,8}}?[，,]?)?{_PLANNED}").match
_PLANS = re.compile(rf"[，,]?{_PLANNED}").match


def _plans(text: str, start: int, names: tuple[str, ...]) -> Iterator[int]:
    """Yields where the words end that begin a plan, behind the work of the year and, or not, who plans."""
    plan = _ANYBODY_PLANS(text, start)
    if plan:
        yield plan.end()
    for name in names:
        end = start + _LONGEST_WORK + len(name)
        at = text.find(name, start, end)
        while at >= 0:
            plan = _PLANS(text, at + len(name)) if _ITS_WORK.fullmatch(text, start, at) else None
            if plan:
                yield plan.end()
            at = text.find(name, at + 1, end)


def _is_done(passage: Passage, at: int, written: int, year: int, names: tuple[str, ...]) -> bool:
    """Tells whether words of another year tell what the organ did in this one."""
    text, end = passage.text, at + 4
    start = _subject_start(text, at, names)
    if start < at and _DONE(text, end) and not _compared(text, at, year):
        return True
    if passage.section != 1:
        return False
    if start == 0 and _OPENING(text, end):
        return True
    return written == year - 1 and (_is_left(text, start, at, year) or (start == 0 and _opens(text, at, names)))


def _subject_start(text: str, at: int, names: tuple[str, ...]) -> int:
    """Returns where the organ's name, or 我局 and the like, begins that ends at `at`; `at` itself where none does."""
    for name in names:
        if text.endswith(name, 0, at):
            return at - len(name)
    subject = _SUBJECT(text, max(0, at - _LONGEST), at)
    return subject.start() if subject else at


def _opens(text: str, at: int, names: tuple[str, ...]) -> bool:
    """Tells whether the year at the head of a paragraph goes on with the organ at work: 2020年甲局认真贯彻."""
    for name in names:
        if text.startswith(name, at + 5):
            return _WORKED(f"年{text[at + 5 + len(name) : at + 45 + len(name)]}") is not None
    return _WORKED(text, at + 4) is not None


def _compared(text: str, at: int, year: int) -> bool:
    """Tells whether the sentence of a year compares it with another, or names this year."""
    end = _sentence_end(text, at)
    sentence = _WHOLE_YEAR.sub("", text[at + 5 : end])
    return f"{year}年" in sentence or _SECOND_YEAR(sentence) is not None or _NEXT(text, end + 1) is not None


def _sentence_end(text: str, at: int) -> int:
    end = text.find("。", at, at + 300)
    return min(len(text), at + 300) if end < 0 else end


def _is_left(text: str, start: int, at: int, year: int) -> bool:
    """Tells whether a sentence of the overview begins with last year, or its organ and last year, and counts, compared
    with nothing: most likely last year's sentence."""
    before = text[max(0, start - 40) : start]
    head = _TO_OR_IN.sub("", before)
    if not (_LEAD(head) or (head != before and head.endswith(("。", "\n")))):
        return False
    return _COUNTS(text[at + 5 : _sentence_end(text, at)]) is not None and not _compared(text, at, year)


RULES = (Rule("XT-YEAR", years),)
