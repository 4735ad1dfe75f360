"""Checks what the narrative itself adds up: listed kinds against their total (NAR-PARTS). No table is needed for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, chain

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.narrative.numerals import plain
from generator.report.entry import LoadedReport
from generator.rules.listed_shares import REST, SORT, listed_shares
from generator.rules.narrative_claims import passage_claims
from generator.rules.narrative_counts import Part, Sentence, quote_counts, sentences
from generator.rules.rule import Rule, at_text
from generator.rules.text import some

_OPENS = re.compile(r"其中|包括|分别(?:为|是|有)|^[^，。；]{0,10}中[，,：:]|[：:（(]").search
_AGAIN = re.compile("其中|分别").search
_ALL_OPENS = re.compile(r"分别(?:为|是|有)").search
_SUBTOTAL = re.compile("共|小计").search
# two that make up a whole by themselves: the first two words of each are found in the whole's own words
_HALVES = (
    (re.compile("建议"), re.compile("提案"), re.compile("建议.*提案|提案.*建议")),
    (re.compile("复议"), re.compile("诉讼"), re.compile("案件?|复议.*诉讼")),
    (re.compile("自然人|公民"), re.compile("法人"), re.compile("申请")),
    (re.compile("线上"), re.compile("线下|集中|现场"), re.compile("")),
)
_NOT_HALF = re.compile("主办|会办|协办|重点|按时|[已未不新]|办结|答复|采纳|满意|结转|维持|纠正").search
_ATTRIBUTES = ("主动公开", "依申请公开", "不予公开")
_PAPERS = re.compile("(?:印发|制发|制作|产生|形成)[^，。；]{0,12}(?:文件|公文|信息)$").search
_LEAST = 3  # so many kinds make a list
_SHORT_BY, _OVER_BY, _OF_MANY = 3, 5, 5  # per cent from the total up to which what is listed was meant to be all
_MANY = 6  # so many kinds are no choice of them


def kinds(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """一句里先说总数、再逐类列出件数的，各类之和应等于总数。只查看得出是全部列出的：最后有“其他”，各类都写了占比且合计接近100%，
    写“分别为”，各类都叫“某某类”“某某信息”而其和超过总数，先列各项、后写“合计”的，列的是主动公开、依申请公开、不予公开三种属性，
    列的是建议和提案、复议和诉讼、自然人和法人、线上和线下，或三类以上的和只比总数少3%、多5%以内（且比列出的哪一类都少），六类以上的差5%以内。“其中”只举几类的不查。改法：核对各类件数和总数。
    错：主动公开425条，其中政策文件148条，规划121条，公告52条，其他100条。（合计421）
    对：主动公开421条，其中政策文件148条，规划121条，公告52条，其他100条。
    逐类列出占比、最后有“其他”的，各类占比之和应等于100%（四舍五入的差不算）；互不包含的各类（自然人和法人、各渠道、各办理结果），
    以及“分别占……”的，占比之和不会超过100%。
    ---
    Kinds listed behind a total add up to it. Only lists that are meant to be complete are checked: with 其他 (other) at
    their end, with shares near 100 %, behind 分别为, of the three attributes of information, of two halves (建议 and
    提案), or of three kinds or more that come within a few per cent of the total; besides sorts (类, 信息) that come to
    more than the total, and counts followed by 合计. Check the counts.
    Shares listed up to 其他 add up to 100 %, but for rounding; those of kinds that exclude one another (persons and
    companies, channels, results) come to no more than that.
    Wrong: 425条，其中…148条，…121条，…52条，其他100条 (421)."""
    counted = [*_kinds(entry), *_totalled(entry)]
    told = {finding.place.line for finding in counted}
    return some(chain(counted, (finding for finding in listed_shares(entry) if finding.place.line not in told)))


_TOTAL = re.compile(
    "^(?:合计|共计|总计|总共|合计为|共计为|[总]?共|以上[各两三四五六七八2-8]{0,1}[类项个]{0,1}[总一]?共)$"
    "|^(?:合计|共计|总计|总共)(?:主动)?(?:公开|发布)(?:政府)?(?:信息)?$"
).search
_NO_LIST = re.compile("其中|分别|包括|另|较|同比|比上年|累计|历年")


def _totalled(entry: LoadedReport) -> Iterator[Finding]:
    """Finds counts from the head of a sentence on that do not add up to the total behind them."""
    for sentence in sentences(entry):
        number = next((n for n, part in enumerate(sentence.parts) if _TOTAL(part.label)), 0)
        listed, total = sentence.parts[:number], sentence.parts[number]
        if len(listed) < 2 or any(part.unit != total.unit for part in listed):
            continue
        before, behind = sentence.text[: total.start], sentence.text[total.end : total.end + 1]
        sums = list(accumulate(part.value for part in reversed(listed)))
        if not _NO_LIST.search(before) and behind not in "（(" and total.value not in sums[1:]:
            yield _differs(entry, sentence, total, listed)


def _kinds(entry: LoadedReport) -> Iterator[Finding]:
    for sentence in sentences(entry):
        for number, total in enumerate(sentence.parts[:-1]):
            between = sentence.text[total.end : sentence.parts[number + 1].start]
            listed = _listed(sentence, number, between)
            if not _OPENS(between) and not (_PAPERS(total.label) and _attributes(listed)):
                continue
            if all(part.value <= total.value for part in listed):
                of_it = _not_adding_up(total, listed, between)
                if of_it and not _of_channels(entry, sentence, total, of_it):
                    yield _differs(entry, sentence, total, of_it)
            if _AGAIN(between):
                break  # what follows may be a list within this one


def _of_channels(entry: LoadedReport, sentence: Sentence, total: Part, listed: Sequence[Part]) -> bool:
    """Tells whether the applications of the tables are listed by channel, which NAR-CHANNEL adds up."""
    at = sentence.start + total.start
    return all(entry.patterns.channel.search(part.label) for part in listed) and any(
        claim.at == at and item.passage is sentence.passage for item in passage_claims(entry) for claim in item.claims
    )


def _not_adding_up(total: Part, listed: Sequence[Part], between: str) -> Sequence[Part]:
    """Returns the kinds that should add up to a total and do not; nothing where they do, or are some only."""
    if len(listed) == 2 and _are_halves(total, listed):
        return listed if listed[0].value + listed[1].value != total.value else ()
    sums = list(accumulate(part.value for part in listed))
    if len(listed) < _LEAST or any(
        _SUBTOTAL(part.label) and part.value == before for before, part in zip(sums, listed[1:], strict=False)
    ):
        return ()
    least = _complete_from(listed, between)
    if least is not None:
        return listed[: least + 1] if total.value not in sums[least:] else ()
    if sums[-1] > total.value and all(SORT(part.label) for part in listed):
        return listed
    return listed if _is_nearly(total.value, listed) and total.value not in sums else ()


def _is_nearly(total: Decimal, listed: Sequence[Part]) -> bool:
    """Tells whether kinds come so near to a total that they were meant to be all: by less than any of them, unless they
    are many, for what a choice leaves out is seldom less than what it names."""
    gap = sum((part.value for part in listed), Decimal(0)) - total
    if len(listed) >= _MANY:
        return 0 < abs(gap) * 100 <= total * _OF_MANY
    near = max(total * (_OVER_BY if gap > 0 else _SHORT_BY) / 100, Decimal(1))
    return 0 < abs(gap) <= near and abs(gap) < min(part.value for part in listed)


def _are_halves(total: Part, listed: Sequence[Part]) -> bool:
    """Tells whether two kinds make up the whole by their nature, such as 建议 and 提案."""
    first, second = (part.label for part in listed)
    return not (_NOT_HALF(first) or _NOT_HALF(second)) and any(
        whole.search(total.label) is not None
        and ((one.search(first) and other.search(second)) or (other.search(first) and one.search(second))) is not None
        for one, other, whole in _HALVES
    )


def _listed(sentence: Sentence, number: int, between: str) -> list[Part]:
    """Returns the counts behind a total that count the same: up to another unit, a list within the list, or the end of
    the brackets they stand in."""
    total, listed = sentence.parts[number], list[Part]()
    bracketed = between.lstrip()[:1] in ("（", "(")
    for part in sentence.parts[number + 1 :]:
        before = sentence.text[listed[-1].end : part.start] if listed else ""
        if part.unit != total.unit or _AGAIN(before) or (bracketed and ("）" in before or ")" in before)):
            break
        listed.append(part)
    return listed


def _complete_from(listed: Sequence[Part], between: str) -> int | None:
    """Returns the number of the kind with which a list is complete, None where it may name a few kinds only."""
    for number, part in enumerate(listed):
        if number >= _LEAST - 1 and REST(part.label):
            return number
    if all(part.share is not None for part in listed):
        shares = sum((part.share or Decimal(0) for part in listed), Decimal(0))
        return len(listed) - 1 if 95 <= shares <= 105 else None
    if _ALL_OPENS(between):
        return len(listed) - 1
    return len(listed) - 1 if _attributes(listed) else None


def _attributes(listed: Sequence[Part]) -> bool:
    """Tells whether the kinds are the three attributes that every paper has one of."""
    met = {word for word in _ATTRIBUTES for part in listed if word in part.label}
    return len(listed) == len(met) == len(_ATTRIBUTES)


def _differs(entry: LoadedReport, sentence: Sentence, total: Part, listed: Sequence[Part]) -> Finding:
    amount = sum((part.value for part in listed), Decimal(0))
    formula = f"{' + '.join(plain(part.value) for part in listed)} = {plain(amount)}"
    quote, gap = quote_counts(sentence, total, total), plain(abs(total.value - amount))
    message = Message(
        f"“{quote}”：列出的各类 {formula}，与{plain(total.value)}相差{gap}；请核对各类和总数",
        f"“{quote}”: the kinds listed add up to {formula}, not {plain(total.value)}; check them",
    )
    at, values = sentence.start + total.start, f"{plain(amount)}≠{plain(total.value)}"
    return at_text(entry, sentence.passage, at, "NAR-PARTS", Level.WARNING, message, quote, values)


RULES = (Rule("NAR-PARTS", kinds, probation=True),)
