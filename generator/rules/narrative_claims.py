"""Reads the narrative's numbers: which of its words speak of which figure of the tables.

The patterns are data (wordlists/lists/narrative.yaml); here they are matched. Every search covers a short window of one
line only, so that a hostile line costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.narrative import numerals
from generator.narrative.plain_text import Passage
from generator.report.entry import LoadedReport, fact
from generator.wordlists.figure_patterns import FigurePattern, FigurePatterns, Find, Roles, shipped_patterns

_BEFORE, _AFTER, _SENTENCE, _SO_FAR = 60, 60, 300, 600
_MARKS = re.compile(r"[。；：，:;,！？（(]")
_ASIDE = re.compile(r"（[^（）]{0,60}）|\([^()]{0,60}\)")
# the end of a count and its measure word; then its number is looked for, going back
_COUNTED = re.compile(rf"[\d{numerals.HAN}余多][件条份项例宗起部个封]")
# 近20件, 20余件, 上百件, 几十件 may be any number of them
_NEARLY, _TENS = ("近", "约", "逾", "超", "超过", "不足", "不到"), ("数十", "几十")
_YEAR = re.compile(r"(\d{4})年", re.ASCII)
# words without which a passage says nothing of the tables, each with a rare character of it: searching for one
# character costs a fiftieth of searching for two
_HINTS = (
    ("申", "申请"),
    ("申", "公开申"),
    ("讼", "诉讼"),
    ("复", "复议"),
    ("范", "规范性文件"),
    ("章", "规章"),
    ("予", "予以公开"),
    ("予", "不予公开"),
    ("予", "不予处理"),
    ("供", "无法提供"),
    ("转", "结转下"),
)


class Count(NamedTuple):
    """Holds a number with its measure word: where it starts, where its digits end, where the word ends. `value` is None
    where it is not exact."""

    start: int
    digits: int
    end: int
    value: Decimal | None
    bound: bool


class Claim(NamedTuple):
    """Holds a number of the narrative that speaks of figures of the tables. `start` is where its words begin, `at`
    where it begins itself, `sentence` where its sentence does; `year` is the year the sentence names (0: none)."""

    rule: str
    passage: Passage
    sentence: int
    start: int
    at: int
    digits: int
    end: int
    value: Decimal
    bound: bool
    readings: tuple[Roles, ...]
    at_most: bool
    year: int

    @property
    def quote(self) -> str:
        return self.passage.text[self.start : self.end].lstrip()


class PassageClaims(NamedTuple):
    """Holds a passage that may speak of the tables, its claims and all its counts."""

    passage: Passage
    heading: str
    claims: tuple[Claim, ...]
    counts: tuple[Count, ...]


@fact
def passage_claims(entry: LoadedReport) -> tuple[PassageClaims, ...]:
    """Returns the passages of a report that may speak of its tables; computed once for several rules."""
    claims: list[PassageClaims] = []
    heading, year = "", entry.report.year
    hints = [(rare, hint) for rare, hint in _HINTS if rare in entry.plain.text]
    patterns = entry.patterns
    for passage in entry.passages:
        section, kind, _, text, _, _ = passage
        if kind == "text":
            for rare, hint in hints:
                if rare in text and section and hint in text:
                    claims.append(PassageClaims(passage, heading, *_read(passage, heading, year, patterns)))
                    break
        elif kind != "table":
            heading = text
    return tuple(claims)


@fact
def claims_by_rule(entry: LoadedReport) -> Mapping[str, Sequence[Sequence[Claim]]]:
    """Groups the claims by rule, passage by passage."""
    by_rule: dict[str, list[list[Claim]]] = {}
    for item in passage_claims(entry):
        of_passage: dict[str, list[Claim]] = {}
        for claim in item.claims:
            of_passage.setdefault(claim.rule, []).append(claim)
        for rule, claims in of_passage.items():
            by_rule.setdefault(rule, []).append(claims)
    return by_rule


def _read(
    passage: Passage, heading: str, year: int, patterns: FigurePatterns
) -> tuple[tuple[Claim, ...], tuple[Count, ...]]:
    """Reads the claims and the counts of one passage."""
    counts = tuple(_counts(passage))
    if not counts or (all(count.bound for count in counts) and _says_no_more(passage.text, year)):
        return (), counts
    claims: list[Claim] = []
    last = 0
    for count in counts:
        claim = _claim(passage, heading, year, count, last, patterns)
        if claim is not None:
            claims.append(claim)
        last = count.end
    return tuple(claims), counts


_WITH_THEN = re.compile(r"与[上去\d]").search


def _says_no_more(text: str, year: int) -> bool:
    """Tells of a passage whose counts are all bound whether it says nothing else that the tables could contradict,
    neither a share or change nor another year. Most passages are such, and their claims need not be read."""
    if "占" in text or "较" in text or "比" in text or ("与" in text and _WITH_THEN(text)):
        return False
    return "年" not in text or all(int(written) == year for written in _YEAR.findall(text))


def _counts(passage: Passage) -> Iterator[Count]:
    text = passage.text
    for match in _COUNTED.finditer(text):
        at, end = match.span()
        digits = at + (text[at] not in "余多")
        window = text[max(0, digits - numerals.LONGEST) : digits]
        number = window[len(window.rstrip(numerals.WRITTEN)) :].lstrip(".,")
        start = digits - len(number)
        if (
            not number
            or text[start - 1 : start] == "第"
            or (number == "一" and not text.startswith(("件", "份"), digits))
        ):
            continue  # 第二十条; 一个、一项、一条 seldom count anything
        yield Count(start, digits, end, _exact(text, start, digits, end), passage.is_bound(start, digits))


def _exact(text: str, start: int, digits: int, end: int) -> Decimal | None:
    """Returns the value of a number; None where it is approximate or unclear."""
    if (
        end - digits > 1
        or text[start] in "百千万亿"
        or text.endswith(_NEARLY, 0, start)
        or text.endswith(_TENS, 0, start + 1)
    ):
        return None
    return numerals.read(text[start:digits])


_CLAUSE_ENDS = re.compile(r"[。；，：]")


def clause_of(text: str, start: int, end: int, behind: int = 0) -> str:
    """Returns the clause up to `end`, and as much of the rest of it as lies within `behind` characters."""
    before = _CLAUSE_ENDS.split(text[max(0, start - 40) : start])[-1]
    return before + text[start:end] + _CLAUSE_ENDS.split(text[end : end + behind])[0]


def sentence_of(text: str, at: int) -> int:
    """Returns where the sentence begins that `at` stands in, at most 300 characters back."""
    low = max(0, at - _SENTENCE)
    return max(low, text.rfind("。", low, at) + 1)


class _Around(NamedTuple):
    """Holds the words around the number at `at`: in `before` its clause up to it, without asides; in `so_far` its
    sentence up to it, which starts at `sentence`; in `after` what follows. The clause was searched from `window` on,
    and `cut` characters there, asides not counted, come before it."""

    at: int
    before: str
    window: int
    cut: int
    sentence: int
    so_far: str
    after: str


def _around(text: str, at: int, end: int, last: int) -> _Around:
    sentence = sentence_of(text, at)
    window = max(at - _BEFORE, sentence, last)
    bare = _ASIDE.sub("", text[window:at])
    cut = max((mark.end() for mark in _MARKS.finditer(bare)), default=0)
    return _Around(at, bare[cut:], window, cut, sentence, text[sentence:at], text[end : end + _AFTER])


def _place(text: str, around: _Around, offset: int) -> int:
    """Returns where in the text a character of `around.before` stands: past every aside left out before it."""
    place = around.window + around.cut + offset
    for aside in _ASIDE.finditer(text, around.window, around.at):
        place += len(aside[0]) if aside.start() <= place else 0
    return place


def _claim(
    passage: Passage, heading: str, year: int, count: Count, last: int, patterns: FigurePatterns
) -> Claim | None:
    """Reads a count as a claim by the first pattern that fits it."""
    text = passage.text
    around = _around(text, count.start, count.end, last)
    unit = text[count.end - 1]
    if count.value is None:
        return None
    before, after = frozenset(around.before), frozenset(around.after)
    for pattern in patterns.statements:
        if unit not in pattern.units or pattern.hint.isdisjoint(before if pattern.before.pattern else after):
            continue
        match = pattern.before.search(around.before)
        if match is None or not _fits(pattern, around, heading, text, match[0], year, patterns):
            continue
        rule, readings = _meaning(pattern, match)
        start = _place(text, around, match.start())
        at_most = bool(pattern.at_most and pattern.at_most.search(around.before))
        return Claim(
            rule,
            passage,
            around.sentence,
            start,
            count.start,
            count.digits,
            count.end,
            count.value,
            count.bound,
            readings,
            at_most,
            year_named(around.so_far),
        )
    return None


def _fits(
    pattern: FigurePattern, around: _Around, heading: str, text: str, words: str, year: int, patterns: FigurePatterns
) -> bool:
    """Tells whether what stands around a count fits the rest of a pattern."""
    after = pattern.after.match(around.after) if pattern.after else None
    if after is not None:
        words += after[0]
    return (
        (pattern.after is None or after is not None)
        and (not pattern.year or all(int(written) == year + pattern.year for written in _YEAR.findall(words)))
        and not _occurs(pattern.unless, around.before)
        and not _occurs(pattern.unless_sentence, around.so_far)
        and (pattern.sentence is None or _occurs(pattern.sentence, around.so_far))
        and not (pattern.channels and _names_a_channel(around, patterns))
        and (pattern.about is None or _is_about(pattern.about, around, heading, text))
        and not (pattern.about is not None and _is_wider(pattern.about, around))
    )


def _names_a_channel(around: _Around, patterns: FigurePatterns) -> bool:
    """Tells whether a count is of one channel only, or of some beside others: 信函、邮件共68件，网上12件."""
    named = set(patterns.channel_words.findall(around.before))
    return len(named) == 1 or (bool(named) and patterns.channel_words.search(around.after) is not None)


_PART_OF_IT = re.compile(r"[，,（(]?(?:其中|包括|涉|含)[^，。；0-9]{0,20}[0-9]").match


def _is_wider(words: Find, around: _Around) -> bool:
    """Tells of a count that speaks of disclosure only in its part: 复议案件12件，其中信息公开类2件."""
    part = _PART_OF_IT(around.after)
    return part is not None and _occurs(words, part[0]) and not _occurs(words, around.before)


def _occurs(words: Find | None, text: str) -> bool:
    return words is not None and words.search(text) is not None


def _is_about(words: Find, around: _Around, heading: str, text: str) -> bool:
    return (
        _occurs(words, heading)
        or _occurs(words, around.after)
        or words.search(text, around.at - _SO_FAR, around.at) is not None
    )


def _meaning(pattern: FigurePattern, match: re.Match[str]) -> tuple[str, tuple[Roles, ...]]:
    """Returns the rule that checks a claim, and the sums it may speak of."""
    if pattern.joined is None:
        return pattern.rule, pattern.equals
    met = {word.lastgroup for word in pattern.joined.finditer(match.group())}
    roles = tuple(role for role in pattern.join if role in met)
    return pattern.join[roles[0]], (roles,)


def year_named(words: str) -> int:
    """Returns the last year that words give, 0 where they give none."""
    years = shipped_patterns().year.findall(words)
    return int(years[-1]) if years else 0
