"""Checks what the narrative itself adds up: listed kinds against their total (NAR-PARTS). No table is needed for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, chain, islice
from typing import NamedTuple

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.narrative.numerals import plain
from generator.narrative.plain_text import Passage
from generator.report.entry import LoadedReport, fact
from generator.rules.narrative_claims import passage_claims
from generator.rules.rule import Rule, at_text
from generator.rules.text import LONGEST_LINE, some

_UNITS = "件条份项篇期次个宗起封人"
_COUNT = re.compile(
    rf"([0-9](?<![0-9.].)[0-9]{{0,8}})(?:余|多)?([{_UNITS}])(?!以上|左右|以内|数据|(?<=人)[次大民员事才])"
)
_SHARE = re.compile(
    r"[，,（(]{0,1}(?:约|分别)?占(?:比|总数的|全部的)?(?:约|为)?([0-9]{1,3}(?:\.[0-9]{1,4})?)[%％]"
).match
_STOPS = re.compile("[，；、：。（）(),;:]")
_ENDS = re.compile("[。\n]")
_MOST = 60  # counts of one sentence that are looked at


class Part(NamedTuple):
    """Holds a count of a sentence: its place, the words before it in its clause, its value, measure word and the share
    given with it."""

    start: int
    end: int
    label: str
    value: Decimal
    unit: str
    share: Decimal | None


class Sentence(NamedTuple):
    """Holds a sentence with its counts; `start` is its place in the passage."""

    passage: Passage
    start: int
    text: str
    parts: tuple[Part, ...]


@fact
def sentences(entry: LoadedReport) -> tuple[Sentence, ...]:
    """Returns the sentences of the sections that hold at least two counts; a sentence goes on behind 。其中."""
    return tuple(
        sentence
        for passage in entry.passages
        if passage.section and passage.kind == "text" and len(passage.text) < LONGEST_LINE
        for sentence in _sentences(passage)
    )


def _sentences(passage: Passage) -> Iterator[Sentence]:
    text, start = passage.text, 0
    if len(list(islice(_COUNT.finditer(text), 2))) < 2:
        return
    ends = [match.end() for match in _ENDS.finditer(text)] + [len(text)]
    for end in ends:
        if text.startswith(("其中", "，其中"), end) or end <= start:
            continue
        words = text[start:end]
        parts = tuple(islice(_parts(words), _MOST))
        if len(parts) > 1:
            yield Sentence(passage, start, words, parts)
        start = end


def _parts(words: str) -> Iterator[Part]:
    last = 0
    for match in _COUNT.finditer(words):
        if match[0][len(match[1])] not in _UNITS:
            continue  # 20余件 is no exact count
        clause = _STOPS.split(words[last : match.start()])[-1][-24:]
        share = _SHARE(words, match.end())
        last = match.end()
        yield Part(*match.span(), clause, Decimal(match[1]), match[2], Decimal(share[1]) if share else None)


# ---------------------------------------------------------------- kinds and their total

_OPENS = re.compile(r"其中|包括|分别(?:为|是|有)|^[^，。；]{0,10}中[，,：:]|[：:（(]").search
_AGAIN = re.compile("其中|分别").search
_ALL_OPENS = re.compile(r"分别(?:为|是|有)").search
_REST = re.compile(r"其[他它余]").search
# a thing is of one sort only: more of them than there are is an error
_SORT = re.compile("(?:类(?:信息|文件)?|(?<!公开)信息)$").search
_SUBTOTAL = re.compile("共|小计").search
# two that make up a whole by themselves: the first two words of each are found in the whole's own words
_HALVES = (
    (re.compile("建议"), re.compile("提案"), re.compile("建议.*提案|提案.*建议")),
    (re.compile("复议"), re.compile("诉讼"), re.compile("案件?|复议.*诉讼")),
    (re.compile("自然人|公民"), re.compile("法人"), re.compile("申请")),
    (re.compile("线上"), re.compile("线下"), re.compile("")),
)
_NOT_HALF = re.compile("主办|会办|协办|重点|按时|[已未不新]|办结|答复|采纳|满意|结转|维持|纠正").search
_ATTRIBUTES = ("主动公开", "依申请公开", "不予公开")
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
    return some(chain(counted, (finding for finding in _shares(entry) if finding.place.line not in told)))


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
    _SORT,
)
_PART_OF_IT = re.compile("其中|[（(]").search
_ANOTHER_YEAR = re.compile("上年|去年|同期|(20[0-9]{2})年").search
_NEAR_ALL = 3  # per cent from 100: further off, other things are listed too


def _shares(entry: LoadedReport) -> Iterator[Finding]:
    """Finds shares of kinds, listed up to the rest, that do not add up to all."""
    for passage in entry.passages:
        if not passage.section or passage.kind != "text" or len(passage.text) >= LONGEST_LINE:
            continue
        if "%" not in passage.text and "％" not in passage.text:
            continue
        for sentence in re.finditer(r"[^。\n]+", passage.text):
            listed = list(islice(_PERCENT.finditer(sentence[0]), _MOST))
            ends = [0, *(match.end() for match in listed)]
            last = next((n for n, match in enumerate(listed) if _REST(sentence[0], ends[n], match.start())), -1)
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


_TOTAL = re.compile("^(?:合计|共计|总计|总共|合计为|共计为|[总]?共)$").search
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
            if not _OPENS(between):
                continue
            listed = _listed(sentence, number, between)
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
    if sums[-1] > total.value and all(_SORT(part.label) for part in listed):
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
        if number >= _LEAST - 1 and _REST(part.label):
            return number
    if all(part.share is not None for part in listed):
        shares = sum((part.share or Decimal(0) for part in listed), Decimal(0))
        return len(listed) - 1 if 95 <= shares <= 105 else None
    if _ALL_OPENS(between):
        return len(listed) - 1
    if len(listed) == len(_ATTRIBUTES):
        met = {word for word in _ATTRIBUTES for part in listed if word in part.label}
        return len(listed) - 1 if len(met) == len(_ATTRIBUTES) else None
    return None


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


def quote_counts(sentence: Sentence, first: Part, last: Part) -> str:
    """Quotes from the words before one count up to another."""
    return sentence.text[max(0, first.start - len(first.label)) : last.end].lstrip("，")[:60]


RULES = (Rule("NAR-PARTS", kinds, probation=True),)
