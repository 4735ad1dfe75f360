"""Finds, for NAR-PARTS, shares of kinds that do not add up to all, or come to more than all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice

from generator.finding import Finding, Level, Message
from generator.narrative.numerals import plain
from generator.narrative.plain_text import Passage
from generator.report.entry import LoadedReport
from generator.rules.rule import at_text
from generator.rules.text import LONGEST_LINE

_MOST = 60  # shares of one sentence that are looked at
_LEAST = 3  # so many kinds make a list
REST = re.compile(r"其[他它余]").search
# a thing is of one sort only: more of them than there are is an error
SORT = re.compile("(?:类(?:信息|文件)?|(?<!公开)信息)$").search
_PERCENT = re.compile(r"占(?:比|[^，。；、：0-9]{0,8}的)?(?:约|为|达|达到)?([0-9]{1,3}(?:\.[0-9]{1,4})?)[%％]")
# 分别占60%、30%和20%
_IN_A_ROW = re.compile(
    r"分别(?:约?占|占比)[^，。；、：0-9]{0,8}((?:(?:约)?[0-9]{1,3}(?:\.[0-9]{1,4})?[%％][、，和及]{0,2}){2,20})"
)
_NUMBERS = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?)[%％]")
_OUR_MATTER = re.compile("申请|信息|公开|答复|办理").search
# kinds that exclude one another: no more than all of them together
_EXCLUSIVE = (
    re.compile("自然人|公民|法人").search,
    re.compile("自然人|公民|商业企业|科研机构|公益组织|法律服务机构").search,
    re.compile("网络|网上|信函|信件|邮寄|当面|现场|传真|电子邮件|电话").search,
    re.compile("予以公开|部分公开|不予公开|无法提供|不予处理|其他处理").search,
    re.compile("主动公开|依申请公开|不予公开").search,
    SORT,
)
_PART_OF_IT = re.compile("其中|[（(]").search
_ANOTHER_YEAR = re.compile("上年|去年|同期|(20[0-9]{2})年").search
_NEAR_ALL = 3  # per cent from 100: further off, other things are listed too


def listed_shares(entry: LoadedReport) -> Iterator[Finding]:
    """Finds shares of kinds, listed up to the rest, that do not add up to all."""
    for passage in entry.passages:
        if not passage.section or passage.kind != "text" or len(passage.text) >= LONGEST_LINE:
            continue
        if "%" not in passage.text and "％" not in passage.text:
            continue
        for sentence in re.finditer(r"[^。\n]+", passage.text):
            listed = list(islice(_PERCENT.finditer(sentence[0]), _MOST))
            ends = [0, *(match.end() for match in listed)]
            last = next((n for n, match in enumerate(listed) if REST(sentence[0], ends[n], match.start())), -1)
            if last >= _LEAST - 1:
                yield from _short_of_all(entry, passage, sentence.start(), listed[: last + 1])
            yield from _over_all(entry, passage, sentence, listed)


def _over_all(
    entry: LoadedReport, passage: Passage, sentence: re.Match[str], listed: Sequence[re.Match[str]]
) -> Iterator[Finding]:
    """Finds shares of kinds that exclude one another and come to more than all."""
    for run in (*_runs(sentence[0], listed, entry.report.year), *_in_a_row(sentence[0])):
        total, rounding = _sum(run)
        if total - 100 > max(rounding, Decimal("0.1")):
            yield _not_all(entry, passage, sentence.start(), run)


def _runs(text: str, listed: Sequence[re.Match[str]], year: int) -> Iterator[Sequence[re.Match[str]]]:
    """Yields shares in a row whose kinds are of one sort, each named once."""
    run: list[re.Match[str]] = []
    labels: list[str] = []
    last = 0
    for match in listed:
        words = text[last : match.start()][-40:].rstrip("，（(")
        last = match.end()
        other = _ANOTHER_YEAR(words)
        label = re.split("[，；、（(）)]|其中", re.sub("[0-9.]+[件条份人]?", "", words))[-1]
        if other and other[1] != str(year):
            label = ""  # a share of something else
        goes_on = label and label not in labels and any(all(map(kind, (*labels, label))) for kind in _EXCLUSIVE)
        if run and (_PART_OF_IT(words) or not goes_on):
            yield run
            run, labels = [], []
        if label:
            run, labels = [*run, match], [*labels, label]
    yield run


def _in_a_row(text: str) -> Iterator[Sequence[re.Match[str]]]:
    for match in _IN_A_ROW.finditer(text) if _OUR_MATTER(text) else ():
        yield list(_NUMBERS.finditer(text, *match.span(1)))


def _sum(listed: Sequence[re.Match[str]]) -> tuple[Decimal, Decimal]:
    """Adds up shares; gives with the sum how far rounding may have moved it."""
    total = sum((Decimal(match[1]) for match in listed), Decimal(0))
    return total, sum((Decimal("0.5").scaleb(-len(match[1].partition(".")[2])) for match in listed), Decimal(0))


def _short_of_all(
    entry: LoadedReport, passage: Passage, start: int, listed: Sequence[re.Match[str]]
) -> Iterator[Finding]:
    total, rounding = _sum(listed)
    if rounding < abs(total - 100) <= _NEAR_ALL:
        yield _not_all(entry, passage, start, listed)


def _not_all(entry: LoadedReport, passage: Passage, start: int, listed: Sequence[re.Match[str]]) -> Finding:
    total, _ = _sum(listed)
    formula = f"{' + '.join(match[1] for match in listed)} = {plain(total)}"
    message = Message(
        f"各类占比 {formula}，不是100%；请核对各类件数和占比",
        f"the shares of the kinds add up to {formula}, not 100 %; check the counts and the shares",
    )
    at = start + listed[0].start()
    return at_text(entry, passage, at, "NAR-PARTS", Level.WARNING, message, listed[0][0], f"{plain(total)}≠100")
