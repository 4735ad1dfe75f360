"""Marks: half-width among Chinese, doubled, unpaired, wrong brackets of document numbers, blanks between characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.report.entry import LoadedReport
from generator.rules.rule import Rule
from generator.rules.text import at_word, quote, some

_WIDE = {",": "，", ";": "；", ":": "：", "(": "（", "?": "？", "!": "！"}
_HAN = "\u3400-\u9fff《》“”（）、"
_HALF = re.compile(rf"[,;:(?!](?<=[{_HAN}].)(?=[{_HAN}])").finditer
_NUMBER = [re.compile(rf"{re.escape(left)}(?=(?:19|20)\d\d[\])）】］]第?\d{{1,5}}号)").finditer for left in "（[(【［"]
# one pattern a mark: the engine skips to a single character five times as fast as to a class
_TWICE = [re.compile(f"{mark}(?=[，。、；：])").finditer for mark in "，。、；："] + [re.compile("《(?=《)").finditer]
_BLANK = re.compile(r" (?<=[\u4e00-\u9fff，。；] )(?=[\u4e00-\u9fff])").finditer
_LISTED = [re.compile("》、(?=《)").finditer, re.compile("”、(?=“)").finditer]
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"))
_ITEM = re.compile(r"(?<![^\s，。；：、])(?:[0-9]{1,2}|[A-Za-z]|[一二三四五六七八九十]{1,3})）").finditer


def marks(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """标点。查六样：中文之间的半角逗号、分号、冒号、括号（“2020年,博山区”）；连着打了两次的标点（“，，”“《《”）；不成对的引号、
    书名号、括号；发文字号不用六角括号（“国办发[2020]17号”应为“国办发〔2020〕17号”）；汉字之间的空格；并列的书名号或引号之间的顿号
    （后两样只作提示）。依据：GB/T 15834—2011《标点符号用法》，GB/T 9704—2012 第7.3.5条。
    ---
    Marks: half-width ones among Chinese, doubled ones, unpaired quotes and brackets, document numbers not in 〔〕, blanks
    between characters, and 、 between titles or quotes in a row (the last two as notes; GB/T 15834-2011)."""
    text = entry.plain.text
    yield from some(_half(entry, text))
    yield from some(_brackets(entry, text))
    yield from some(_twice(entry, text))
    yield from some(_unpaired(entry, text))
    yield from some(_blanks(entry, text))
    yield from some(_lists(entry, text))


def _tell(entry: LoadedReport, start: int, end: int, level: Level, zh: str, en: str) -> Finding:
    said = quote(entry.plain.text, start, end)
    return at_word(entry, start, "WORD-PUNCT", level, Message(f"“{said}”：{zh}", f"“{said}”: {en}"), said)


def _half(entry: LoadedReport, text: str) -> Iterator[Finding]:
    typed = entry.plain.keyboard
    if not (b"," in typed or b";" in typed or b":" in typed or b"(" in typed or b"!" in typed or "?" in text):
        return
    for found in _HALF(text):
        mark = found[0]
        zh, en = (
            f"中文之间用了半角“{mark}”，应为全角“{_WIDE[mark]}”",
            f"half-width “{mark}” among Chinese; write “{_WIDE[mark]}”",
        )
        yield _tell(entry, found.start(), found.end(), Level.WARNING, zh, en)


def _brackets(entry: LoadedReport, text: str) -> Iterator[Finding]:
    for found in chain.from_iterable([search(text) for search in _NUMBER]):
        year = text[found.end() : found.end() + 4]
        zh, en = f"发文字号的年份应用六角括号“〔{year}〕”", f"the year of a document number stands in 〔{year}〕"
        yield _tell(entry, found.start(), found.end() + 5, Level.WARNING, zh, en)


def _twice(entry: LoadedReport, text: str) -> Iterator[Finding]:
    for found in chain.from_iterable([search(text) for search in _TWICE]):
        here = text[found.start() : found.end() + 1]
        nested = (
            ("；书名号里再用书名号，里面的用〈〉", "; a title within a title takes 〈〉")
            if here == "《《"
            else ("", "")
        )
        yield _tell(
            entry,
            found.start(),
            found.end() + 1,
            Level.WARNING,
            f"标点“{here}”连用，请删去一个{nested[0]}",
            f"two marks “{here}” in a row; delete one{nested[1]}",
        )


def _unpaired(entry: LoadedReport, text: str) -> Iterator[Finding]:
    """Quotes and brackets that do not come in pairs within a paragraph; looked into only where the sums differ: words quoted
    over several paragraphs begin in one and end in another."""
    for left, right in _PAIRS:
        if text.count(left) == text.count(right):
            continue
        for start, end in pairwise([*entry.plain.starts, len(text)]):
            at = _odd_one(text[start:end], left, right)
            if at is not None:
                said = quote(text, start + at, start + at + 1, 6)
                message = Message(
                    f"“{said}”：“{left}”与“{right}”不成对，请补上或删去",
                    f"“{said}”: {left} and {right} do not come in pairs; add or delete one",
                )
                yield at_word(entry, start + at, "WORD-PUNCT", Level.WARNING, message, said)


def _odd_one(words: str, left: str, right: str) -> int | None:
    """Offset of the first mark without its other half. The bracket of an item, as in `1）`, may stand by itself."""
    items = {found.end() - 1 for found in _ITEM(words)} if right == "）" else set()
    if 0 <= words.count(right) - words.count(left) <= len(items):
        return None
    open_: list[int] = []
    for at, char in enumerate(words):
        if char == left:
            open_.append(at)
        elif char == right and open_:
            open_.pop()
        elif char == right and at not in items:
            return at
    return open_[0]


def _blanks(entry: LoadedReport, text: str) -> Iterator[Finding]:
    for found in _BLANK(text):
        zh, en = "汉字之间有空格，请删去", "a blank between Chinese characters; delete it"
        yield _tell(entry, found.start(), found.end(), Level.NOTE, zh, en)


def _lists(entry: LoadedReport, text: str) -> Iterator[Finding]:
    """Notes on lists, one a paragraph."""
    if "》、《" not in text and "”、“" not in text:
        return
    told = set()
    for found in chain.from_iterable([search(text) for search in _LISTED]):
        passage, _ = entry.plain.at(found.start())
        if passage not in told:
            told.add(passage)
            zh, en = "并列的书名号或引号之间不用顿号", "no 、 between titles or quotes in a row"
            yield _tell(entry, found.start(), found.end() + 1, Level.NOTE, zh, en)


RULES = (Rule("WORD-PUNCT", marks),)
