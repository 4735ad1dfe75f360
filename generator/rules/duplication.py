"""Duplication: a narrative copied from the organ's own last year, or shared with another organ of the year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.collection.context import Context
from generator.collection.facts import CollectionFacts, ReportFacts
from generator.finding import Finding, Level, Message, Place
from generator.narrative.similarity import SHARED, keys, likeness, unpack
from generator.report.entry import LoadedReport
from generator.rules.rule import CollectionRule, Rule, at_line

_LEAST = 30  # shingles sampled, about a thousand characters: shorter reports are alike of necessity
_NEIGHBOURS = 8  # compared in one bucket at most, so that work grows with the number of reports and no faster


def last_year(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """叙述与本机关上一年报告雷同：按五字连串（引言除外）抽样计算，相同的比例超过85%（site.yaml“规则设置: {雷同上年: 0.85}”）。
    千字以内的短报告不查。改法：写本年的新情况；上年说过的问题写改进了没有。
    依据：国办公开办函〔2021〕30号（四）：内容雷同、敷衍塞责并造成不良后果的，依据《条例》第四十七条追究。
    ---
    The narrative repeats the organ's own of last year: more than 85 % of its five-character shingles (preface left out),
    by sample. Short reports are left alone. Write what is new this year."""
    before = context.previous
    if before is None or len(entry.sketch) < _LEAST:
        return
    share = likeness(entry.sketch, before.sketch)
    if share > context.option("雷同上年", 0.85):
        old = {passage.text for passage in before.passages}
        own = (passage for passage in entry.passages if passage.section and passage.kind == "text")
        same = next((passage for passage in own if len(passage.text) > 30 and passage.text in old), None)
        line, column, zh, en = 0, 0, "", ""
        if same:
            line, column = same.line, 1
            zh, en = f"，如第{line}行“{same.text[:20]}……”", f", as line {line}, “{same.text[:20]}…”"
        message = Message(
            f"叙述约{share:.0%}与本机关{before.ref.year}年报告相同{zh}；请写本年的新情况",
            f"about {share:.0%} of the narrative repeats the report of {before.ref.year}{en}; write what is new",
        )
        yield at_line(entry, "report.md", line, column, "NAR-SIM", Level.WARNING, message, f"{before.ref.year}年")


class _Match(NamedTuple):
    share: float
    other: ReportFacts


def peers(gathered: CollectionFacts, context: Context) -> Iterator[Finding]:
    """叙述与同年另一机关的报告雷同：抽样的五字连串相同的比例超过80%（“规则设置: {雷同他机关: 0.80}”，不低于0.6）。每份报告只列最相近的一份，引一句
    共有的话。千字以内的短报告不查。改法：各写各的情况。依据：国办公开办函〔2021〕30号（四）。
    ---
    The narrative is shared with another organ's of the same year: more than 80 % of the sampled shingles. The nearest is
    named, and a sentence of both quoted. Each office writes its own."""
    limit = max(0.6, context.option("雷同他机关", 0.80))
    years: dict[int, list[ReportFacts]] = {}
    for gist in gathered.reports:
        if len(gist.sketch) >= 4 * _LEAST:
            years.setdefault(gist.year, []).append(gist)
    for gists in years.values():
        for number, match in _nearest(gists, limit).items():
            yield _told(gists[number], match, context)


def _nearest(gists: Sequence[ReportFacts], limit: float) -> dict[int, _Match]:
    """To each report that has one, by its number, the report most like it; only such as share buckets are compared."""
    least = SHARED if limit >= 0.75 else SHARED // 2  # a lower limit takes a closer look, at more cost
    buckets: dict[int, list[int]] = {}
    best: dict[int, _Match] = {}
    for number, gist in enumerate(gists):
        met: list[int] = []
        for key in keys(gist.bands):
            bucket = buckets.setdefault(key, [])
            met += bucket
            bucket.append(number)
            del bucket[:-_NEIGHBOURS]
        likely = [other for other, times in Counter(met).items() if times >= least]
        own = set(unpack(gist.sketch)) if likely else set()
        for other in likely:
            share = likeness(own, unpack(gists[other].sketch))
            if share > limit:
                for one, match in ((number, _Match(share, gists[other])), (other, _Match(share, gist))):
                    if one not in best or best[one].share < share:
                        best[one] = match
    return best


def _told(gist: ReportFacts, match: _Match, context: Context) -> Finding:
    theirs = {sentence for _, _, sentence in match.other.sentences}
    line, column, said = next((item for item in gist.sentences if item[2] in theirs), (0, 0, ""))
    organ = context.organs.get(match.other.organ)
    name = organ.name if organ else match.other.organ
    zh, en = (f"，如“{said}”", f", as “{said}”") if said else ("", "")
    message = Message(
        f"叙述约{match.share:.0%}与{name}{gist.year}年报告（{match.other.folder}）相同{zh}；请写本机关自己的情况",
        f"about {match.share:.0%} of the narrative is also in {name}'s report ({match.other.folder}){en}; write your own",
    )
    return Finding(
        "NAR-SIM-PEER",
        Level.WARNING,
        Place(f"{gist.folder}/report.md", line, column),
        message,
        (),
        gist.organ,
        gist.year,
        match.other.organ,
        related=(Place(f"{match.other.folder}/report.md"),),
    )


RULES = (Rule("NAR-SIM", last_year),)
COLLECTION_RULES = (CollectionRule("NAR-SIM-PEER", peers),)
