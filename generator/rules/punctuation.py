"""Checks punctuation: half-width, doubled and unpaired marks, brackets of document numbers, stray spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from generator.collection.context import Context
from generator.finding import Finding, Level
from generator.narrative.late_pattern import LatePattern
from generator.report.entry import LoadedReport
from generator.rules.glued import glued_from
from generator.rules.rule import Rule
from generator.rules.text import at_quote, some

_WIDE = {",": "，", ";": "；", ":": "：", "(": "（", "?": "？", "!": "！"}
_HAN = "\u3400-\u9fff《》“”（）、"
_HALF = LatePattern(rf"[,;:(?!](?<=[{_HAN}].)(?=[{_HAN}])")
_NUMBER = [re.compile(rf"{re.escape(left)}(?=(?:19|20)\d\d[\])）】］]第?\d{{1,5}}号)").finditer for left in "（[(【［"]
# one pattern a mark: the engine skips to a single character five times as fast as to a class
_TWICE = [re.compile(f"{mark}(?=[，。、；：])").finditer for mark in "，。、；："] + [re.compile("《(?=《)").finditer]
_WORD = "\u4e00-\u9fff"
_BLANK_THERE = re.compile(" (?=[\u4e00-\u9fff])").search
_BLANK = LatePattern(r" (?<=[\u4e00-\u9fff，。；] )(?=[\u4e00-\u9fff])")
_LISTED = [re.compile("》、(?=《)").finditer, re.compile("”、(?=“)").finditer]
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("〔", "〕"))
_ITEM = re.compile(r"(?<![^\s，。；：、])(?:[0-9]{1,2}|[A-Za-z]|[一二三四五六七八九十]{1,3})）").finditer


def marks(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """标点。查六样：中文之间的半角逗号、分号、冒号、括号（“2020年,博山区”）；连着打了两次的标点（“，，”“《《”）；
    不成对的引号、书名号、括号；发文字号不用六角括号（“国办发[2020]17号”应为“国办发〔2020〕17号”）；
    句中汉字之间的空格；并列的书名号或引号之间的顿号（后两样只作提示）。
    为对齐而空的（“邮 编”“张 三”）、小标题后面和表格里的空格不算；落款、附件粘在段末的，由 STR-GLUED 说明。
    错：2020年,示例区公开；国办发[2020]17号。
    对：2020年，示例区公开；国办发〔2020〕17号。
    依据：GB/T 15834—2011《标点符号用法》，GB/T 9704—2012 第7.3.5条。
    ---
    Punctuation: half-width marks among Chinese, doubled marks, unpaired quotes and brackets, document numbers not in
    〔〕, spaces between characters of a sentence, and 、 between titles or quotes in a row (the last two as notes; GB/T
    15834-2011). Spaces that align words or follow a heading do not count.
    Wrong: 2020年,示例区. Right: 2020年，示例区."""
    text = entry.plain.text
    yield from some(_half(entry, text))
    yield from some(_brackets(entry, text))
    yield from some(_twice(entry, text))
    yield from some(_unpaired(entry, text))
    yield from some(_blanks(entry, text))
    yield from some(_lists(entry, text))


def _punct(
    entry: LoadedReport, start: int, end: int, zh: str, en: str, level: Level = Level.WARNING, around: int = 4
) -> Finding:
    return at_quote(entry, start, end, "WORD-PUNCT", level, f"：{zh}", f": {en}", around)


def _half(entry: LoadedReport, text: str) -> Iterator[Finding]:
    typed = entry.plain.keyboard
    if not (b"," in typed or b";" in typed or b":" in typed or b"(" in typed or b"!" in typed or "?" in text):
        return
    for match in _HALF.compiled.finditer(text):
        mark, wide = match[0], _WIDE[match[0]]
        zh, en = f"中文之间用了半角“{mark}”，应为全角“{wide}”", f"half-width “{mark}” among Chinese; write “{wide}”"
        yield _punct(entry, match.start(), match.end(), zh, en)


def _brackets(entry: LoadedReport, text: str) -> Iterator[Finding]:
    for match in chain.from_iterable([search(text) for search in _NUMBER]):
        year = text[match.end() : match.end() + 4]
        zh, en = f"发文字号的年份应用六角括号“〔{year}〕”", f"write the year of a document number as 〔{year}〕"
        yield _punct(entry, match.start(), match.end() + 5, zh, en)


def _twice(entry: LoadedReport, text: str) -> Iterator[Finding]:
    for match in chain.from_iterable([search(text) for search in _TWICE]):
        start, end = match.start(), match.end() + 1
        marks = text[start:end]
        zh, en = f"标点“{marks}”连用，请删去一个", f"two marks “{marks}” in a row; delete one"
        if marks == "《《":
            zh, en = f"{zh}；书名号里再用书名号，里面的用〈〉", f"{en}; a title within a title takes 〈〉"
        yield _punct(entry, start, end, zh, en)


def _unpaired(entry: LoadedReport, text: str) -> Iterator[Finding]:
    """Finds quotes and brackets that do not come in pairs within a paragraph; checked only where their totals differ:
    words quoted over several paragraphs begin in one and end in another."""
    for left, right in _PAIRS:
        if text.count(left) == text.count(right):
            continue
        for start, end in pairwise([*entry.plain.starts, len(text)]):
            at = _odd_one(text[start:end], left, right)
            if at is not None:
                zh, en = f"“{left}”与“{right}”不成对，请补上或删去", f"unpaired {left} or {right}; add or delete one"
                yield _punct(entry, start + at, start + at + 1, zh, en, around=6)


def _odd_one(words: str, left: str, right: str) -> int | None:
    """Returns the offset of the first unpaired mark. The bracket of an item, as in `1）`, may stand by itself."""
    items = {match.end() - 1 for match in _ITEM(words)} if right == "）" else set()
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
    """Finds single spaces within sentences. Where spaces set words apart on purpose, or something is glued on
    (STR-GLUED), there is nothing to delete."""
    if not _BLANK_THERE(text):
        return
    for match in _BLANK.compiled.finditer(text):
        passage, within = entry.plain.at(match.start())
        if passage.kind in ("text", "typed") and not _on_purpose(passage.text, within):
            zh, en = "汉字之间有空格，请删去", "a space between Chinese characters; delete it"
            yield _punct(entry, match.start(), match.end(), zh, en, Level.NOTE)


_LETTER = LatePattern(rf"(?:^|[^{_WORD}])[{_WORD}]$")
_LETTER_BEHIND = LatePattern(rf"[{_WORD}](?:[^{_WORD}]|$)")
_HEAD = LatePattern(rf"(?:[（(]?[一二三四五六七八九十0-9]{{1,3}}[）)、.．])[{_WORD}、]{{2,25}}$")
_ANNEX = re.compile(r"附[件表录][0-9一二三四五六七八九十]{0,2}[ ：:]").match
_SIGNED = re.compile(
    r"[^，。；：]{4,60}20[0-9]{2} ?年 ?[0-9]{1,2} ?月 ?[0-9]{1,2} ?日\s*$"
).match  # 示例区 人民政府 2025年1月20日
_GAPS = re.compile(r"[^\s，。；]{1,8}(?: [^\s，。；]{1,8}){3}").search


def _on_purpose(line: str, at: int) -> bool:
    """Tells whether a space sets words apart: letters of one word (邮 编), a heading from its text, columns, or a
    signature or list of annexes from the text before."""
    before, behind = line[max(0, at - 40) : at], line[at + 1 : at + 41]
    return (
        (_LETTER.compiled.search(before) is not None and _LETTER_BEHIND.compiled.match(behind) is not None)
        or (at <= 40 and _HEAD.compiled.match(before) is not None)
        or _GAPS(line[max(0, at - 40) : at + 41]) is not None
        or at >= glued_from(line) - 1
        or _ANNEX(line) is not None
        or _SIGNED(line) is not None
    )


def _lists(entry: LoadedReport, text: str) -> Iterator[Finding]:
    """Notes 、 between titles or quotes, once a paragraph."""
    if "》、《" not in text and "”、“" not in text:
        return
    noted = set()
    for match in chain.from_iterable([search(text) for search in _LISTED]):
        passage, _ = entry.plain.at(match.start())
        if passage not in noted:
            noted.add(passage)
            zh, en = "并列的书名号或引号之间不用顿号", "no 、 between titles or quotes in a row"
            yield _punct(entry, match.start(), match.end() + 1, zh, en, Level.NOTE)


RULES = (Rule("WORD-PUNCT", marks),)
