"""Finds what a narrative tells twice of the whole year with two numbers (NAR-TWICE)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.narrative.late_pattern import LatePattern
from generator.report.entry import LoadedReport
from generator.rules.rule import Rule
from generator.rules.text import at_word, some

# each with a rare character of it: searching for one character costs a fiftieth of searching for two
_THINGS = {"政策解读": "读", "新闻发布会": "闻", "培训": "训", "政务新媒体": "媒"}
# things that a report speaks of as a whole, up to their count
_TOLD = LatePattern(
    "(?:举办|召开|组织|开展|发布|编发|编印|承办|办理|收到|现有|共有|开设)了?(?P<thing>[^，。；：、0-9\n]{0,8}?"
    f"(?:{'|'.join(_THINGS)})[^，。；：、0-9\n]{{0,4}}?)(?:[总一]?共|共计|有|为|达){{0,2}}"
    "(?P<count>[0-9]{1,5})(?P<unit>[件条篇期次场个份])(?![以及余多])"
)
_WHOLE_YEAR = LatePattern(
    "(?:^|[。；，：\n])(?>(?:全年|本年度?|20[0-9]{2}年度?|年内|目前|截至20[0-9]{2}年[年底末]{1,2}|[我全](?:街道|[省市县区镇乡局委办校院])|先后|累计|[总一]?共)*)$"
)
_NUMBER = re.compile("[^，。；：、0-9\n]{0,7}[0-9]").match
_PART = LatePattern(
    "其中|[上下]半年|季度|[0-9]月|上年|去年|同期|通过|依托|利用|领域|部门|系统|镇|街道|(?<![我本全])局|平台|网站|微信|微博|方式|线上|每|平均"
)
_YEAR = re.compile("(20[0-9]{2})年")
_WITHIN = 80  # characters before it in which a sentence may say that something is a part only


def twice(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """同一件事全年的数写了两次，两次不一样：政策解读、新闻发布会、培训、政务新媒体。
    只比说法相同、没有别的主语、渠道、时段的。改法：核对后改成一样。
    错：全年发布政策解读36篇。……一年来，共发布政策解读63篇。
    对：全年发布政策解读36篇。……一年来，共发布政策解读36篇。
    ---
    Something is counted twice for the whole year with two numbers: policy explanations, press conferences, trainings,
    accounts. Compared only where the words are the same and no other doer, channel or period is
    named. Check and use one number. Wrong: 全年发布政策解读36篇 … 共发布政策解读63篇."""
    return some(_twice(entry))


def _told(text: str, first: int, end: int) -> Iterator[re.Match[str]]:
    """Yields the counts of each thing, one thing after the other."""
    for thing, rare in _THINGS.items():
        at = text.find(thing, first, end) if rare in text else -1
        while at >= 0:
            if _NUMBER(text, at + len(thing), at + len(thing) + 8):
                found = _TOLD.finditer(text, max(first, at - 12), min(end, at + 30))
                yield from (match for match in found if match.start() <= at < match.end())
            at = text.find(thing, at + len(thing), end)


def _twice(entry: LoadedReport) -> Iterator[Finding]:
    text, known = entry.plain.text, dict[tuple[str, str], tuple[str, str]]()
    for match in _told(text, entry.plain.preface, entry.plain.narrative):
        before = text[max(0, match.start() - _WITHIN) : match.start()]
        if not _WHOLE_YEAR.search(before):
            continue
        sentence = re.split("[。；\n]", before)[-1]
        years = {int(year) for year in _YEAR.findall(sentence)}
        if _PART.search(sentence) or _PART.search(match[0]) or years - {entry.report.year}:
            continue
        words = match[0]
        count, first = known.setdefault((match["thing"], match["unit"]), (match["count"], words))
        if count != match["count"]:
            message = Message(
                f"“{words}”：前面写的是“{first}”，请核对，改成一样",
                f"“{words}”: “{first}” was written before; check it and use one number",
            )
            yield at_word(entry, match.start(), "NAR-TWICE", Level.WARNING, message, words, f"{match['count']}≠{count}")


RULES = (Rule("NAR-TWICE", twice, probation=True),)
