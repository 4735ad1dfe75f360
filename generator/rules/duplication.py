"""Finds narratives copied from the organ's own report of last year or shared with another organ of the year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from generator.collection.context import Context
from generator.collection.facts import CollectionFacts, ReportFacts
from generator.finding import Finding, Level, Message, Place
from generator.narrative.similarity import SHARED, keys, likeness, unpack
from generator.report.entry import LoadedReport
from generator.rules.rule import CollectionRule, Rule, at_line, of_report

_LEAST = 30  # shingles sampled, about a thousand characters: shorter reports are alike of necessity
_NEIGHBOURS = 8  # compared in one bucket at most, so that work grows with the number of reports and no faster


def last_year(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """叙述与本机关上一年报告雷同：按五字连串（引言除外）抽样计算，
    相同的比例超过85%（site.yaml“规则设置: {雷同上年: 0.85}”）。
    千字以内的短报告不查。改法：写本年的新情况；上年说过的问题写改进了没有。
    依据：国办公开办函〔2021〕30号（四）：内容雷同、敷衍塞责并造成不良后果的，依据《条例》第四十七条追究。
    ---
    The narrative repeats the organ's own of last year: more than 85 % of its five-character shingles, by sample, the
    preface left out. Short reports are not checked. Write what is new this year."""
    before = context.previous
    if before is None or len(entry.sketch) < _LEAST:
        return
    share = likeness(entry.sketch, before.sketch)
    if share > context.option("雷同上年", 0.85):
        old = {passage.text for passage in before.passages}
        new = (passage for passage in entry.passages if passage.section and passage.kind == "text")
        same = next((passage for passage in new if len(passage.text) > 30 and passage.text in old), None)
        line, column, zh, en = 0, 0, "", ""
        if same:
            line, column = same.line, 1
            zh, en = f"，如第{line}行“{same.text[:20]}……”", f", such as line {line}, “{same.text[:20]}…”"
        message = Message(
            f"叙述约{share:.0%}与本机关{before.ref.year}年报告相同{zh}；请写本年的新情况",
            f"about {share:.0%} of the narrative repeats the report of {before.ref.year}{en}; write what is new",
        )
        yield at_line(entry, "report.md", line, column, "NAR-SIM", Level.WARNING, message, f"{before.ref.year}年")


class _Match(NamedTuple):
    share: float
    other: ReportFacts


def peers(facts: CollectionFacts, context: Context) -> Iterator[Finding]:
    """叙述与同年另一机关的报告雷同：抽样的五字连串相同的比例超过80%（“规则设置: {雷同他机关: 0.80}”，不低于0.6）。
    每份报告只列最相近的一份，引一句共有的话。千字以内的短报告不查。改法：各写各的情况。
    依据：国办公开办函〔2021〕30号（四）。
    ---
    The narrative is shared with another organ's of the same year: more than 80 % of the sampled shingles. The nearest
    report is named, with a sentence they share. Each office writes its own."""
    limit = max(0.6, context.option("雷同他机关", 0.80))
    years: dict[int, list[ReportFacts]] = {}
    for report in facts.reports:
        if len(report.sketch) >= 4 * _LEAST:
            years.setdefault(report.year, []).append(report)
    for reports in years.values():
        for number, match in _nearest(reports, limit).items():
            yield _shared(reports[number], match, context)


def _nearest(reports: Sequence[ReportFacts], limit: float) -> dict[int, _Match]:
    """Finds for each report, by its number, the one most like it; only reports that share buckets are compared."""
    least = SHARED if limit >= 0.75 else SHARED // 2  # a lower limit takes a closer look, at more cost
    buckets: dict[int, list[int]] = {}
    best: dict[int, _Match] = {}
    for number, report in enumerate(reports):
        met: list[int] = []
        for key in keys(report.bands):
            bucket = buckets.setdefault(key, [])
            met += bucket
            bucket.append(number)
            del bucket[:-_NEIGHBOURS]
        likely = [other for other, times in Counter(met).items() if times >= least]
        sketch = set(unpack(report.sketch)) if likely else set()
        for other in likely:
            share = likeness(sketch, unpack(reports[other].sketch))
            if share > limit:
                _keep_best(best, number, _Match(share, reports[other]))
                _keep_best(best, other, _Match(share, report))
    return best


def _keep_best(best: dict[int, _Match], number: int, match: _Match) -> None:
    if number not in best or best[number].share < match.share:
        best[number] = match


def _shared(report: ReportFacts, match: _Match, context: Context) -> Finding:
    other = match.other
    theirs = {sentence for _, _, sentence in other.sentences}
    line, column, sentence = next((item for item in report.sentences if item[2] in theirs), (0, 0, ""))
    organ = context.organs.get(other.organ)
    name = organ.name if organ else other.organ
    zh, en = (f"，如“{sentence}”", f", such as “{sentence}”") if sentence else ("", "")
    message = Message(
        f"叙述约{match.share:.0%}与{name}{report.year}年报告（{other.folder}）相同{zh}；请写本机关自己的情况",
        f"about {match.share:.0%} of the narrative is also in {name}'s report ({other.folder}){en}; write your own",
    )
    place = Place(f"{report.folder}/report.md", line, column)
    finding = of_report(report, place, "NAR-SIM-PEER", Level.WARNING, message, other.organ)
    return replace(finding, related=(Place(f"{other.folder}/report.md"),))


RULES = (Rule("NAR-SIM", last_year),)
COLLECTION_RULES = (CollectionRule("NAR-SIM-PEER", peers),)
