"""Checks what the narrative computes from counts: shares, sums and changes (NAR-PCT, NAR-CHANNEL, NAR-YOY)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.collection.context import Context
from generator.finding import Finding, Level, Message, counted
from generator.forms.equivalents import counterparts
from generator.narrative.numerals import plain, rounded
from generator.report.entry import LoadedReport
from generator.report.model import Report
from generator.rules.narrative_claims import Claim, PassageClaims, passage_claims, sentence_of, year_named
from generator.rules.narrative_tables import exact, named
from generator.rules.rule import Rule, at_text
from generator.wordlists.figure_patterns import FigurePatterns

_OF_APPLICATIONS = frozenset(("NAR-OPEN", "NAR-PART", "NAR-DENY", "NAR-NONE", "NAR-REJ", "NAR-OTHER"))
_RECEIVED: tuple[tuple[str, ...], ...] = (("received",), ("received", "carried_in"))
BASES: tuple[tuple[str, ...], ...] = (("handled_total",), *_RECEIVED)


def near(printed: str, value: Decimal) -> bool:
    """Tells whether a percentage as printed is `value`, give or take 0.05, or half a per cent where it has no
    decimals."""
    return abs(Decimal(printed) - value) <= (Decimal("0.05") if "." in printed else Decimal("0.5"))


def share(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """“N件，占X%”：X应等于N除以申请的总数（办理总计、本年新收、本年新收 + 上年结转，任一即可），相差不超过0.05。
    例：“予以公开及部分公开258件，占33.9%”，258÷805=32.05%。
    改法：先核对件数，再按件数改百分比；写成{{表三.予以公开.总计|占 表三.总计.总计}}由工具计算。
    ---
    A share follows from its count: N ÷ applications (handled, received, or received and carried in), within 0.05.
    258 of 805 is 32.05 %, not 33.9 %."""
    bases: list[tuple[tuple[str, ...], Decimal]] | None = None
    for item in passage_claims(entry):
        for claim in item.claims:
            match = entry.patterns.share.match(item.passage.text, claim.end) if claim.rule in _OF_APPLICATIONS else None
            if match is None or "分别" in match[0] or claim.year not in (0, entry.report.year):
                continue
            if bases is None:
                bases = [(roles, value) for roles in BASES if (value := exact(entry.report, roles))]
            if (
                not bases
                or item.passage.is_bound(*match.span())
                or any(near(match[1], claim.value * 100 / base) for _, base in bases)
            ):
                continue
            yield _wrong_share(entry, claim, match, bases)


def _wrong_share(
    entry: LoadedReport, claim: Claim, match: re.Match[str], bases: list[tuple[tuple[str, ...], Decimal]]
) -> Finding:
    roles, base = bases[0]
    zh, en = named(roles)
    words, value = claim.quote + match[0], plain(claim.value)
    right = f"{rounded(claim.value * 100 / base, 2):f}%"
    others = "".join(
        f"，除以{named(roles)[0]}{plain(other)}是{rounded(claim.value * 100 / other, 2):f}%"
        for roles, other in bases
        if other != base
    )
    message = Message(
        f"“{words}”：{value} ÷ {plain(base)}（{zh[1:-1]}）是{right}{others}，不是{match[1]}%",
        f"“{words}”: {value} ÷ {plain(base)} ({en[1:-1]}) is {right}, not {match[1]}%",
    )
    values = f"{match[1]}%≠{right}"
    return at_text(entry, claim.passage, match.start(1), "NAR-PCT", Level.WARNING, message, words, values)


class _Part(NamedTuple):
    start: int
    end: int
    value: Decimal
    bound: bool


def channels(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """一句里分渠道写的申请件数（网上、信函、当面……两项以上），其和应等于所写的申请总数，或表三本年新收（连同结转亦可）。
    例：“收到申请22件，其中网上申请15件，信件申请6件”，15+6=21≠22。
    ---
    Applications by channel (two or more in one sentence) add up to the total stated, or to those received in table
    三."""
    for item in passage_claims(entry):
        if len(item.counts) < len(item.claims) + 2 or all(count.bound for count in item.counts):
            continue
        for parts in _by_channel(item, entry.report.year, entry.patterns).values():
            if len(parts) < 2 or all(part.bound for part in parts):
                continue
            total = sum((part.value for part in parts), Decimal(0))
            expected = [claim.value for claim in reversed(item.claims) if claim.rule == "NAR-NEW"]
            expected += [value for roles in _RECEIVED if (value := exact(entry.report, roles)) is not None]
            if expected and total not in expected:
                yield _wrong_sum(entry, item, parts, plain(total), plain(expected[0]))


def _wrong_sum(entry: LoadedReport, item: PassageClaims, parts: Sequence[_Part], total: str, expected: str) -> Finding:
    formula = " + ".join(plain(part.value) for part in parts)
    start = parts[0].start
    quote = item.passage.text[start : parts[-1].end]
    message = Message(
        f"各渠道相加 {formula} = {total}，申请总数是{expected}；请核对“{quote}”",
        f"the channels add up to {formula} = {total}, the total is {expected}; check “{quote}”",
    )
    values = f"{total}≠{expected}"
    return at_text(entry, item.passage, start, "NAR-CHANNEL", Level.WARNING, message, quote[:40], values)


def _by_channel(item: PassageClaims, year: int, known: FigurePatterns) -> dict[int, list[_Part]]:
    """Groups counts by channel by the sentence they stand in; only sentences that speak of this year's applications and
    count nothing else, for there a channel may go by another name."""
    text = item.passage.text
    sentences: dict[int, list[_Part]] = {}
    others: set[int] = set()
    claimed = {claim.at for claim in item.claims}
    last = 0
    for start, _, end, value, bound in item.counts:
        sentence = sentence_of(text, start)
        before = text[max(last, start - 40, sentence) : start]
        clause = re.split(r"[。；：，:;,、（(]", before)[-1]
        last = end
        channel = known.channel.search(clause)
        if start in claimed:
            continue
        if value is None or channel is None or known.channel_unless.search(clause):
            others.add(sentence)
            continue
        so_far = text[sentence:start]
        if ("申请" in so_far or "公开申" in so_far) and year_named(so_far) in (0, year):
            part = _Part(start - len(clause) + channel.start(), end, value, bound)
            sentences.setdefault(sentence, []).append(part)
    return {sentence: parts for sentence, parts in sentences.items() if sentence not in others}


# ---------------------------------------------------------------- against last year


def trend(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """“较上年增加N件”“同比下降X%”“与去年持平”：方向和数应等于本年与上年同一数之差（之比）；百分比相差不超过0.05或末位的一半。
    上年是0（百分比）、两年格式里含义不同的数，不作判断；上年的报告不在，只提示有几处没有核对。
    例：上年17件，本年22件，写“较上年减少5件”。改法：核对后改正文；写成{{表三.本年新收.总计|较上年}}由工具计算。
    ---
    A change against last year, in 件 or %, and its direction follow from both years' figures. Without last year's
    report a note says how many were not compared; silent where the two forms do not mean the same figure."""
    if context.previous is None:
        yield from _unchecked(entry)
        return
    before, signs = context.previous.report, entry.patterns.directions
    for item, match in _comparisons(entry):
        changes = _changes(entry, before, item, match.start())
        if changes and not any(_follows(match, signs[match["word"]], now, then) for now, then in changes):
            yield _wrong_trend(entry, item, match, changes[0])


def _comparisons(entry: LoadedReport) -> Iterator[tuple[PassageClaims, re.Match[str]]]:
    """Yields the comparisons with last year as typed, each with its passage."""
    for item in passage_claims(entry):
        text = item.passage.text
        if "较" not in text and "比" not in text and "与" not in text:
            continue
        for match in entry.patterns.trend.finditer(text):
            if match["year"] and int(match["year"]) != entry.report.year - 1:
                continue
            if not item.passage.is_bound(*match.span()):
                yield item, match


def _unchecked(entry: LoadedReport) -> Iterator[Finding]:
    """Says once that comparisons of figures of the tables were not checked, as last year's report is not there."""
    open_ = [(item, match) for item, match in _comparisons(entry) if subjects(entry, item, match.start())]
    if open_:
        (item, match), count, year = open_[0], len(open_), entry.report.year - 1
        message = Message(
            f"正文有{count}处与上年相比（“{match[0]}”），这里没有{year}年度的报告，没有核对；请对照上年的报告，或把它也收进来",
            f"{counted(count, 'comparison')} with last year (“{match[0]}”) not checked: no report for {year} is here; "
            "compare by hand, or add it",
        )
        subject = _context(item.passage.text, match)
        yield at_text(entry, item.passage, match.start(), "NAR-YOY", Level.NOTE, message, subject)


def _changes(entry: LoadedReport, before: Report, item: PassageClaims, at: int) -> list[tuple[Decimal, Decimal]]:
    """Returns (this year, last year) of each figure the words before `at` may be about; none where that is unclear."""
    report, about = entry.report, subjects(entry, item, at)
    pairs = ((exact(report, roles), exact(before, roles)) for roles in about if _comparable(report, before, roles))
    return [(now, then) for now, then in pairs if now is not None and then is not None]


def subjects(entry: LoadedReport, item: PassageClaims, at: int) -> tuple[tuple[str, ...], ...]:
    """Returns the sums a comparison at `at` may speak of: the applications received, or those of the last count."""
    text, known = item.passage.text, entry.patterns
    if known.trend_subject.search(text, sentence_of(text, at), at):
        return _RECEIVED
    earlier = bisect_left(item.counts, at, key=lambda count: count.start) - 1
    if earlier < 0 or not known.trend_link.fullmatch(text, item.counts[earlier].end, at):
        return ()
    start = item.counts[earlier].start
    nearest = bisect_left(item.claims, start, key=lambda claim: claim.at)
    about = (
        claim
        for claim in item.claims[nearest : nearest + 1]
        if claim.at == start and claim.year in (0, entry.report.year)
    )
    return next((claim.readings for claim in about), ())


def _comparable(report: Report, before: Report, roles: tuple[str, ...]) -> bool:
    """Tells whether both years' forms mean the same by these roles."""
    return all(
        counterparts(report.form, before.form, report.form.role(role)) == before.form.role(role) for role in roles
    )


def _follows(match: re.Match[str], sign: int, now: Decimal, then: Decimal) -> bool:
    """Tells whether a change as written follows from the figures of both years."""
    gap = now - then
    number, unit = match["number"], match["unit"]
    if not number or unit not in ("件", "%", "％"):
        fits = True
    elif unit == "件":
        fits = Decimal(number) == abs(gap)
    else:
        fits = not then or near(number, abs(gap) * 100 / then)
    return fits and (gap > 0) - (gap < 0) == sign


def _wrong_trend(
    entry: LoadedReport, item: PassageClaims, match: re.Match[str], change: tuple[Decimal, Decimal]
) -> Finding:
    now, then = map(plain, change)
    zh, en = _change(*change)
    message = Message(
        f"“{match[0]}”：本年{now}、上年{then}，应为{zh}", f"“{match[0]}”: {now} this year, {then} last year: {en}"
    )
    subject = _context(item.passage.text, match)
    return at_text(entry, item.passage, match.start(), "NAR-YOY", Level.WARNING, message, subject, f"{now};{then}")


def _change(now: Decimal, then: Decimal) -> tuple[str, str]:
    """Words a change in both languages."""
    if now == then:
        return "持平", "unchanged"
    gap = abs(now - then)
    rate = plain(rounded(gap * 100 / then, 2)) if then else ""
    zh, en = ("增加", "up") if now > then else ("减少", "down")
    zh, en = f"{zh}{plain(gap)}件", f"{en} {plain(gap)}"
    return (f"{zh}（{rate}%）", f"{en} ({rate}%)") if rate else (zh, en)


def _context(text: str, match: re.Match[str]) -> str:
    """Quotes the phrase with a few words before it, so that it is unique in the report."""
    return re.split("[。；]", text[max(0, match.start() - 16) : match.end()])[-1].lstrip()


RULES = (Rule("NAR-PCT", share), Rule("NAR-CHANNEL", channels), Rule("NAR-YOY", trend))
