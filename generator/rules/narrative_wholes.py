"""Checks counts against the whole that the same paragraph gives: a part larger than its whole, a share or a rate that
does not follow from both (NAR-SHARE). No table is needed for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.narrative.late_pattern import LatePattern
from generator.narrative.numerals import plain, rounded
from generator.report.entry import LoadedReport
from generator.rules.narrative_claims import passage_claims
from generator.rules.narrative_counts import Part, Sentence, sentences
from generator.rules.narrative_shares import BASES
from generator.rules.narrative_tables import exact
from generator.rules.rule import Rule, at_text
from generator.rules.text import some

_OF_IT = LatePattern(r"[，,。；（(](?:其中|包括)(?![^，。；]{0,12}(?:累计|上年|往年|历年|截至))").search
# a count that is not exact, or in thousands, may be the whole
_VAGUE = LatePattern(
    "[0-9.][余多万亿千百]+[余多]?[件条份项篇期次个宗起封人]|[近约超逾][0-9]|[一二三四五六七八九十百千]+余?[件条份项篇期次个]"
).search
_SHARE = LatePattern(
    r"[，,（(]?(?:约)?占(?:比|总数的|全部的|总量的|总数|总量)?(?:约|为|达|达到)?([0-9]{1,3}(?:\.[0-9]{1,4})?)[%％]"
).match
_OTHER_MATTER = LatePattern("增|减|较|同比|比上年|去年|上年|累计|历年|以来|截至|20[0-9]{2}年").search
# 收回280份，回收率95%: the rate of what the last count counts
_RATE = LatePattern(
    r"[，,（(](?:问卷)?(?P<what>合格|回收|整改|采纳|公开|解读|优良|达标|通过|参与|覆盖|开通|更新)率(?:均|都|已)?(?:达到|达|为|是)?了?(?P<rate>[0-9]{1,3}(?:\.[0-9]{1,4})?)[%％]"
).match
_COUNTED = {"回收": "收回|回收"}
_WHOLE_OF = LatePattern("发放|发出|检查|抽查|抽检|监测|培训|发现|查出|征集|收集|收到|应公开|应解读|排查").search
_LONGEST = 12  # characters of the words before a count of which the rate is given


def wholes(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """一句里写了总数和其中的一部分：“其中”的一部分不会多于总数；紧接部分写的“占百分之几”、合格率、回收率、整改率、采纳率等，
    应等于这一部分除以前面写过的某个同单位的数（申请也可以除以表三的总数），相差不超过末位的一半。总数是约数、以万计、或说到上年和累计的不查。
    改法：核对两个数，再改百分比。
    错：主动公开信息1000条，其中通过网站公开850条，占80%；发放问卷300份，收回280份，回收率95%。
    对：主动公开信息1000条，其中通过网站公开850条，占85%；发放问卷300份，收回285份，回收率95%。
    ---
    Where a paragraph gives a whole and its part: no part behind 其中 is larger than the whole; a share (占) or a rate
    (合格率, 回收率, 整改率) right behind a part is the part divided by a count of the same unit before it (for requests
    also by the totals of table 三), within half of the last digit. Not checked: vague wholes, other years, running
    totals. Check both counts, then the rate. Wrong: 公开信息1000条，其中网站850条，占80%."""
    return some(_wholes(entry))


def _wholes(entry: LoadedReport) -> Iterator[Finding]:
    claimed = {(item.passage.line, claim.at) for item in passage_claims(entry) for claim in item.claims}
    for sentence in sentences(entry):
        if _VAGUE(sentence.text):
            continue
        for number, part in enumerate(sentence.parts[1:], 1):
            earlier = [other for other in sentence.parts[:number] if other.unit == part.unit]
            if not earlier or sentence.passage.is_bound(sentence.start + part.start, sentence.start + part.end):
                continue
            if (sentence.passage.line, sentence.start + part.start) in claimed:
                continue  # compared with the tables by its own rules
            yield from _part(entry, sentence, number, earlier)


def _part(entry: LoadedReport, sentence: Sentence, number: int, earlier: Sequence[Part]) -> Iterator[Finding]:
    part, before = sentence.parts[number], sentence.parts[number - 1]
    between = sentence.text[before.end : part.start]
    most = max(other.value for other in earlier)
    if before.unit == part.unit and _OF_IT(between) and not _OTHER_MATTER(sentence.text) and part.value > most:
        zh, en = (
            f"：其中的{plain(part.value)}多于总数{plain(most)}，请核对",
            f": more than the whole, {plain(most)}; check it",
        )
        yield _told(entry, sentence, before, part, part.end, zh, en, f"{plain(part.value)}>{plain(most)}")
        return
    share, rate = _SHARE(sentence.text, part.end), _RATE(sentence.text, part.end)
    match = share or rate
    if match is None or _OTHER_MATTER(sentence.text):
        return
    if share and not (_OF_IT(sentence.text, earlier[0].end, part.start) and earlier[0] is sentence.parts[0]):
        return
    if rate and not _is_rate_of(rate, before, part):
        return
    written = match["rate"] if rate else match[1]
    bases = {other.value for other in earlier if other.value}
    if share:
        bases |= {value for roles in BASES if (value := exact(entry.report, roles))}
        bases |= {part.value + other.value for other in sentence.parts if other.unit == part.unit}
    parts = {part.value, *_sums(earlier, part)} if share else {part.value}
    if not any(_near(written, value * 100 / base) for value in parts for base in bases):
        whole = earlier[0] if share else before
        right = f"{rounded(part.value * 100 / whole.value, 2):f}%" if whole.value else ""
        zh = f"：{plain(part.value)} ÷ {plain(whole.value)} 是{right}，不是{written}%；请核对"
        en = f": {plain(part.value)} ÷ {plain(whole.value)} is {right}, not {written}%; check it"
        yield _told(entry, sentence, whole, part, match.end(), zh, en, f"{written}%≠{right}")


def _is_rate_of(rate: re.Match[str], whole: Part, part: Part) -> bool:
    """Tells whether a rate is that of the count before it out of the one before that: 发放300份，收回280份，回收率."""
    return (
        whole.unit == part.unit
        and len(part.label) <= _LONGEST
        and _WHOLE_OF(whole.label) is not None
        and re.search(_COUNTED.get(rate["what"], rate["what"]), part.label) is not None
    )


def _sums(earlier: Sequence[Part], part: Part) -> Iterator[Decimal]:
    """Yields what a share may be of besides its own count: the counts just before it together with it."""
    total = part.value
    for other in reversed(earlier[1:]):
        total += other.value
        yield total


def _near(printed: str, rate: Decimal) -> bool:
    """Tells whether a rate is as printed, but for rounding or cutting off its last digit."""
    return abs(Decimal(printed) - rate) <= Decimal(1).scaleb(-len(printed.partition(".")[2]))


def _told(
    entry: LoadedReport, sentence: Sentence, first: Part, part: Part, end: int, zh: str, en: str, values: str
) -> Finding:
    quote = sentence.text[max(0, first.start - len(first.label)) : end].lstrip("，")[:60]
    at = sentence.start + part.start
    message = Message(f"“{quote}”{zh}", f"“{quote}”{en}")
    return at_text(entry, sentence.passage, at, "NAR-SHARE", Level.WARNING, message, quote, values)


RULES = (Rule("NAR-SHARE", wholes, probation=True),)
