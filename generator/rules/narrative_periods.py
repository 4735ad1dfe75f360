"""Adds up what a sentence tells of the quarters or halves of the year, and compares it with the total it gives
(NAR-QUARTER). No table is needed for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.narrative.late_pattern import LatePattern
from generator.narrative.numerals import plain, rounded
from generator.report.entry import LoadedReport
from generator.rules.narrative_counts import Part, Sentence, quote_counts, sentences
from generator.rules.narrative_sums import kinds
from generator.rules.rule import Rule, at_text
from generator.rules.text import some

_TO = "(?:月份?)?[-—–－~～至到]"
_PERIODS = (
    tuple(
        re.compile(f"第?(?:{number}|{digit})季度|(?<![0-9]){months}月").search
        for number, digit, months in (
            ("一", "1", f"1{_TO}3"),
            ("二", "2", f"4{_TO}6"),
            ("三", "3", f"7{_TO}9"),
            ("四", "4", f"10{_TO}12"),
        )
    ),
    tuple(re.compile(pattern).search for pattern in (f"上半年|(?<![0-9])1{_TO}6月", f"下半年|(?<![0-9])7{_TO}12月")),
)
_TOTAL = re.compile("全年|合计|共计|总计|总共|累计|[总一]?共").search
# what is left of a total's words once these are taken away is the matter it counts
_FILLERS = re.compile(
    "全年|全[区市县镇]|合计|共计|总计|总共|累计|其中|分别|20[0-9]{2}年度?|年度?内|本年度?|主动|政府|各类|[总一]?共|[的了为是有达：、]"
)
_OPENS = re.compile("其中|分别|[：:（(]").search
_HINT = re.compile("季度|半年|6月|3月").search
_ANOTHER_YEAR = re.compile("上年|去年|同期|上一年").search

# 全年1200条，平均每月100条; 每季度检查1次，全年检查4次
_MEANS = (
    (LatePattern("(?:月均|平均每个?月|每个?月平均)[^0-9，。；]{0,8}$"), 12),
    (LatePattern("(?:季均|平均每个?季度|每个?季度平均)[^0-9，。；]{0,8}$"), 4),
)
_EACH = ((LatePattern("每个?月(?!报|度)[^0-9，。；]{0,10}$"), 12), (LatePattern("每个?季度[^0-9，。；]{0,10}$"), 4))
_AT_LEAST = re.compile("至少|不少于|不低于|以上|左右|最|约|各|工作日|起|前").search
_MEAN_HINT = re.compile("月均|季均|每个?[月季]").search


def periods(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """一句里按季度（或上半年、下半年，1—6月、7—12月）写的数，和应等于同一句的全年数；上半年、下半年应等于各自两个季度之和。
    四个季度（两个半年）、全年数齐全，单位相同、说的是同一件事的才查；与上年比的不查。改法：核对各季度的数和全年数。
    “全年1200条，平均每月100条”的平均数、“每季度检查1次，全年检查4次”的总数，也与另一个数对得上。
    错：一季度公开信息10条，二季度20条，三季度30条，四季度40条，全年共公开110条。
    对：一季度公开信息10条，二季度20条，三季度30条，四季度40条，全年共公开100条。
    ---
    Counts by quarter, or by half-year, add up to the year's total in the same sentence, and two quarters to their half.
    Checked where all four (or both) and the total stand, in one unit and about one matter, with no other year named.
    Monthly and quarterly means, and what is done every month or quarter, fit the year's total.
    Check the counts. Wrong: 10, 20, 30 and 40 in the quarters, 110 in the year."""
    differing = list(some(_periods(entry)))
    told = {finding.place for finding in kinds(entry, context)} if differing else set()
    return (finding for finding in differing if finding.place not in told)  # a total behind a list is NAR-PARTS's


def _periods(entry: LoadedReport) -> Iterator[Finding]:
    for sentence in sentences(entry):
        if _MEAN_HINT(sentence.text) and not _ANOTHER_YEAR(sentence.text):
            yield from _means(entry, sentence)
        if _HINT(sentence.text) and not _ANOTHER_YEAR(sentence.text):
            quarters, halves = (_each(sentence, names) for names in _PERIODS)
            for parts in (quarters, halves):
                total = _total(sentence, parts) if parts else None
                if total is not None and _sum(parts) != total.value:
                    yield _differs(entry, sentence, parts, total)
            if quarters and halves:
                for half, of_it in zip(halves, (quarters[:2], quarters[2:]), strict=True):
                    if half.unit == quarters[0].unit and _is_about(half, quarters) and _sum(of_it) != half.value:
                        yield _differs(entry, sentence, of_it, half)


def _means(entry: LoadedReport, sentence: Sentence) -> Iterator[Finding]:
    """Compares a mean, or what is done in each month or quarter, with the year's total beside it."""
    for one, other in pairwise(sentence.parts):
        if one.unit != other.unit or _AT_LEAST(sentence.text):
            continue
        for words, times in _MEANS:
            of_it = words.search(other.label) and _TOTAL(one.label) and _counts_the_same(other, one)
            if of_it and abs(one.value / times - other.value) >= 1:
                yield _not_the_mean(entry, sentence, one, other, plain(rounded(one.value / times, 2)), times)
        for words, times in _EACH:
            is_each = words.search(one.label) and not any(mean.search(one.label) for mean, _ in _MEANS)
            of_it = is_each and _TOTAL(other.label) and _is_about(other, [one])
            if of_it and one.value * times != other.value:
                yield _not_the_mean(entry, sentence, one, other, plain(one.value * times), times)


def _counts_the_same(mean: Part, total: Part) -> bool:
    """Tells whether a mean names nothing that its total does not name: 微信月均发布30条 is of something else."""
    return all(char in total.label for char in re.sub("月均|季均|平均|每个?月|每个?季度", "", mean.label))


def _not_the_mean(entry: LoadedReport, sentence: Sentence, one: Part, other: Part, right: str, times: int) -> Finding:
    quote, written = quote_counts(sentence, one, other), plain(other.value)
    message = Message(
        f"“{quote}”：一年{times}个{'月' if times == 12 else '季度'}，应是{right}，不是{written}；请核对",
        f"“{quote}”: for {times} {'months' if times == 12 else 'quarters'} it is {right}, not {written}; check it",
    )
    at, values = sentence.start + other.start, f"{written}≠{right}"
    return at_text(entry, sentence.passage, at, "NAR-QUARTER", Level.WARNING, message, quote, values)


def _each(sentence: Sentence, names: Sequence[Callable[[str], re.Match[str] | None]]) -> list[Part]:
    """Returns the one count of each period, in order and in one unit; nothing where one lacks or stands twice."""
    found: list[Part] = []
    for name in names:
        met = [part for part in sentence.parts if name(part.label)]
        if len(met) != 1:
            return []
        found += met
    in_order = all(one.start < other.start for one, other in pairwise(found))
    return found if in_order and len({part.unit for part in found}) == 1 else []


def _total(sentence: Sentence, parts: Sequence[Part]) -> Part | None:
    """Returns the year's total: right before the first period, opened by 其中, or behind the last with 全年 or 共."""
    number = sentence.parts.index(parts[0])
    before = sentence.parts[number - 1] if number else None
    if before and before.unit == parts[0].unit and _OPENS(sentence.text, before.end, parts[0].start):
        return before
    behind = sentence.parts[sentence.parts.index(parts[-1]) + 1 :][:1]
    return next(
        (part for part in behind if part.unit == parts[0].unit and _TOTAL(part.label) and _is_about(part, parts)), None
    )


def _is_about(total: Part, parts: Sequence[Part]) -> bool:
    """Tells whether a total counts what the periods count: its words name nothing that theirs do not."""
    words = "".join(part.label for part in parts)
    return all(char in words for char in re.sub("[上下]半年", "", _FILLERS.sub("", total.label)))


def _sum(parts: Sequence[Part]) -> Decimal:
    return sum((part.value for part in parts), Decimal(0))


def _differs(entry: LoadedReport, sentence: Sentence, parts: Sequence[Part], total: Part) -> Finding:
    formula = f"{' + '.join(plain(part.value) for part in parts)} = {plain(_sum(parts))}"
    quote, written = quote_counts(sentence, total, total), plain(total.value)
    message = Message(
        f"“{quote}”：各时段相加 {formula}，不是{written}；请核对各时段的数和总数",
        f"“{quote}”: the periods add up to {formula}, not {written}; check them",
    )
    values = f"{plain(_sum(parts))}≠{written}"
    at = sentence.start + total.start
    return at_text(entry, sentence.passage, at, "NAR-QUARTER", Level.WARNING, message, quote, values)


RULES = (Rule("NAR-QUARTER", periods, probation=True),)
