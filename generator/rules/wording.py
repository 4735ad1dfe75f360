"""Checks words: wrong characters, damaged fixed phrases, traditional script, former organs, broken enumerations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.narrative.numerals import write
from generator.narrative.plain_text import PlainNarrative
from generator.report.entry import LoadedReport
from generator.rules.rule import Rule
from generator.rules.text import at_word, listed, quote, seen, some
from generator.wordlists.matcher import Phrase, PhraseHit, Word
from generator.wordlists.phrase_match import Damage, damage


def instead(entry: LoadedReport, at: int, word: Word) -> Finding:
    """Says what should stand in place of a word that a list names."""
    zh, en = (f"（{word.note}）", f" ({word.note})") if word.note else ("", "")
    message = Message(
        f"“{word.wrong}”疑为“{word.right}”之误{zh}", f"“{word.wrong}” should probably be “{word.right}”{en}"
    )
    subject = quote(entry.plain.text, at, at + len(word.wrong))
    return at_word(entry, at, word.rule, word.level, message, subject)


def typos(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """常见错别字，照 generator/wordlists/lists/typos.yaml 的字表，每项有出处。如“攻府”应为“政府”。
    含有它而不错的词（“有关健全”）不算。改法：照提示改；确属专名的，在 tables.yaml 中接受。
    依据：《国家通用语言文字法》第九条；政府网站检查指标对严重错别字一票否决。
    ---
    Common wrong characters, from the list typos.yaml with its sources; correct longer words that contain one do not
    count. Correct as suggested, or accept a proper name."""
    return some(instead(entry, at, word) for at, word in listed(entry, context, "WORD-TYPO"))


def hmt(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """涉港澳台的不当用语，照字表 generator/wordlists/lists/hmt.yaml。
    如“香港等国家”应为“香港等地区”，“台湾政府”应为“台湾当局”。
    字表只收一望可知的；凡涉港澳台的文字，发布前都应有人核对。改法：照提示改。
    依据：新华社《新闻信息报道中的禁用词和慎用词》一类的通行规定。
    ---
    Words on Hong Kong, Macao and Taiwan that official style forbids, from the list hmt.yaml (香港等国家 for
    香港等地区). The list has plain cases only; a person should read every such passage. Correct as suggested."""
    return some(instead(entry, at, word) for at, word in listed(entry, context, "WORD-HMT"))


# 原 up to some words before the name, in the same clause; 原则 and 原因 are other words
_FORMER = re.compile(r"原(?![则因])[^。；，：\n]*\Z").search


def organs(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """已经改名或撤并的机关，在其后年度的报告里仍写旧名。如2020年以后的“国土资源局”应为“自然资源局”；写“原国土资源局”的不算。
    改法：写该年度有效的名称。依据：机构改革方案，年份见 generator/wordlists/lists/organs.yaml。
    ---
    An organ is called by a name it no longer had that year, without 原 (former) before it. Use the name valid then."""
    text = entry.plain.text
    for at, word in some(listed(entry, context, "WORD-ORG")):
        if not _FORMER(text[:at][-25:]):
            message = Message(
                f"“{word.wrong}”在{entry.ref.year}年已改为“{word.right}”；说的是从前，请写“原{word.wrong}”",
                f"“{word.wrong}” had become “{word.right}” by {entry.ref.year}; "
                f"write 原{word.wrong} if the former one is meant",
            )
            yield at_word(entry, at, "WORD-ORG", word.level, message, quote(text, at, at + len(word.wrong)))


def script(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """繁体字。国家机关以规范汉字为公务用字。如“無法提供”应为“无法提供”。姓名中确用的字可以接受。
    依据：《国家通用语言文字法》第九条。字表取自 OpenCC，去掉《通用规范汉字表》收的字。
    ---
    Traditional characters: state organs write standard ones (Language Law, article 9). Accept those of a person's
    name."""
    return some(_traditional(entry, context))


def _traditional(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    text = entry.plain.text
    for at, char in seen(entry, context).odd:
        standard = context.words.script.get(char)
        if standard:
            message = Message(
                f"“{char}”是繁体字，规范字是“{standard}”",
                f"“{char}” is a traditional character; the standard one is “{standard}”",
            )
            yield at_word(entry, at, "WORD-SCRIPT", Level.WARNING, message, quote(text, at, at + 1))


def fixed(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """固定表述只差一两个字的写法。如“政府信息公开申22件”漏“请”，“中国特社会主义”漏“色”，“中共人民共和国”错“华”。
    表述见 generator/wordlists/lists/phrases.yaml；
    本单位的（机关全称等）写在 site.yaml 的“规则设置: {固定表述: 博山区人民政府}”，以顿号分隔。
    标点、引号不计；插入“的”等不算错；相近而不错的说法在字表里列明。
    改法：照固定表述改正。依据：政府网站检查指标，严重表述错误一票否决。
    ---
    A fixed phrase has a slip of one or two characters, by edit distance; the phrases are listed in phrases.yaml, an
    office adds its own under 规则设置 → 固定表述. Punctuation does not count, and correct variants are listed. Write
    the phrase as it is."""
    return some(_fixed(entry, seen(entry, context).near))


def _fixed(entry: LoadedReport, near: tuple[PhraseHit, ...]) -> Iterator[Finding]:
    text, last = entry.plain.text, 0
    for slip, phrase in _damaged(entry.plain, near, entry.ref.year):
        if slip.start < last:
            continue  # within a longer phrase already reported
        last = slip.end
        words = text[slip.start : slip.end]
        message = Message(f"“{words}”有错漏，应为“{phrase.text}”", f"“{words}” is wrong; it should be “{phrase.text}”")
        yield at_word(entry, slip.start, "WORD-FIXED", Level.ERROR, message, quote(text, slip.start, slip.end, 3))


def _damaged(plain: PlainNarrative, near: tuple[PhraseHit, ...], year: int) -> list[tuple[Damage, Phrase]]:
    """Returns damaged phrases in the order they stand, of those at one place the longest first."""
    tried = ((damage(plain.text, hit), hit.phrase) for hit in near[:500] if hit.phrase.since <= year)
    unique = dict.fromkeys((slip, phrase) for slip, phrase in tried if slip is not None)
    return sorted(unique, key=lambda item: (item[0].start, -len(item[1].core)))


_NUMERALS = "一二三四五六七八九十"
_NUMBERS = {write(Decimal(number)): number for number in range(1, 100)}
# what may follow a numeral that counts something, and begins no item: 三年来, 四个方面
_COUNTED = f"{_NUMERALS}百千万亿个项次条件种类级年月日名位大方季届区镇市县期批轮家篇份部处所座中至到多余来"
# each begins with one character, which the engine skips to fast
_ITEM = re.compile(rf"是(?<=[{_NUMERALS}]是)").finditer
_BEFORE_ITEM = frozenset("。；，：:、）")
_BARE = [re.compile(rf"{stop}[{_NUMERALS}](?=[^\W\d是{_COUNTED}])").finditer for stop in "。；"]


class _Item(NamedTuple):
    """Holds the offset of an item's numeral, its number, and whether its 是 is there."""

    at: int
    number: int
    complete: bool


class _Last(NamedTuple):
    """Holds the last item of an open enumeration: its number, the one that was due, and the separators used so far."""

    number: int
    due: int
    marks: str


def enumerations(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """“一是……；二是……”依次连续，每项都有“是”。
    如“三是……。四完善管理和服务公开”漏“是”，“一是、三是”缺“二是”，“三是”写了两次。
    一个列举里有的用分号、有的用句号分隔，作提示（WORD-PUNCT）。改法：补上漏的字或改序数，统一分隔。
    ---
    一是, 二是, 三是 follow one another without gap or repetition, each with its 是; ； mixed with 。 between them is a
    note (WORD-PUNCT). Correct the number, add the 是, use one separator."""
    text = entry.plain.text[: entry.plain.narrative]
    if "一是" not in text:
        return
    items = list(_items(text))
    bare = [_Item(match.start() + 1, _NUMBERS[match[0][1]], False) for search in _BARE for match in search(text)]
    if not bare and _plainly_right(text, items):
        return
    open_: list[_Last] = []
    line = section = 0
    for item in sorted([*items, *bare]):
        passage, within = entry.plain.at(item.at)
        if passage.line != line and (within or passage.section != section):
            open_ = []  # a paragraph begins its own list, unless it begins with the next item
        line, section = passage.line, passage.section
        yield from _next_item(entry, item, open_)


def _plainly_right(text: str, items: Sequence[_Item]) -> bool:
    """Tells whether every item follows on the one before or begins anew, with the same separator: true of most
    reports, which then need no closer look."""
    due, separator = 1, ""
    for at, number, _ in items:
        mark = text[at - 1]
        if number == 1:
            due, separator = 1, ""
        elif number != due or (separator and mark in "；。" and mark != separator):
            return False
        elif mark in "；。":
            separator = mark
        due += 1
    return True


def _items(text: str) -> Iterator[_Item]:
    """Yields the items 一是, 二是 … at the beginning of a text, behind a mark or a space."""
    for match in _ITEM(text):
        at = match.start()
        while text[at - 1 : at] in _NUMBERS:
            at -= 1
        number = _NUMBERS.get(text[at : match.start()])
        before = text[at - 1 : at]
        if number and (before in _BEFORE_ITEM or not before.strip()):
            yield _Item(at, number, True)


def _next_item(entry: LoadedReport, item: _Item, open_: list[_Last]) -> Iterator[Finding]:
    """Checks one item of an enumeration; `open_` are those open, outermost first."""
    text, (at, number, complete) = entry.plain.text, item
    if number == 1 and complete:
        open_.append(_Last(1, 1, ""))
        return
    due = number
    depth = next((depth for depth in reversed(range(len(open_))) if number - 1 in open_[depth][:2]), None)
    if not complete:
        if depth is None or depth < len(open_) - 1:
            return  # a numeral that counts something else
        yield at_word(entry, at, "NAR-ENUM", Level.WARNING, _incomplete(number), quote(text, at, at + 1, 6))
    elif depth is None:  # what follows a slip goes on from the number written or from the one that was due
        if not open_ or open_[-1].number != number == open_[-1].due:
            return  # the one that was due, behind its neighbour: they changed places, which was reported there
        depth, due = len(open_) - 1, max(open_[-1][:2]) + 1
        words = quote(text, at, at + len(write(Decimal(number))) + 1, 6)
        yield at_word(entry, at, "NAR-ENUM", Level.WARNING, _out_of_order(number, open_[-1].number, due), words)
    marks = open_[depth].marks
    if text[at - 1] in "；。" and text[at - 1] not in marks:
        if marks:
            yield at_word(entry, at, "WORD-PUNCT", Level.NOTE, _MIXED, quote(text, at, at + 2, 6))
        marks += text[at - 1]
    open_[depth:] = [_Last(number, due, marks)]


def _incomplete(number: int) -> Message:
    numeral, before = write(Decimal(number)), write(Decimal(number - 1))
    return Message(
        f"“{numeral}”后漏了“是”：上一项是“{before}是”", f"是 is missing after “{numeral}” in this enumeration"
    )


def _out_of_order(number: int, last: int, due: int) -> Message:
    numeral, before, right = (write(Decimal(each)) for each in (number, last, due))
    return Message(
        f"“{numeral}是”前一项是“{before}是”，应为“{right}是”",
        f"“{numeral}是” follows “{before}是”; it should be “{right}是”",
    )


_MIXED = Message(
    "这个列举有的用分号、有的用句号分隔，请统一", "this enumeration is separated by both ； and 。; use one of them"
)


RULES = (
    Rule("WORD-FIXED", fixed),
    Rule("WORD-TYPO", typos),
    Rule("WORD-SCRIPT", script),
    Rule("WORD-ORG", organs),
    Rule("WORD-HMT", hmt),
    Rule("NAR-ENUM", enumerations),
)
