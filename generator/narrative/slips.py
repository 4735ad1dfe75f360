"""Finds marks that just miss their form, line by line: what the parser takes for words and would print as typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from generator.finding import Level, Message
from generator.narrative.late_pattern import LatePattern


class MarkSlip(NamedTuple):
    """Holds a slip: the finding's id and level, the column from 1, and what is said of it."""

    rule: str
    level: Level
    column: int
    message: Message


MOST_IN_A_LINE = 5  # a clerk mends a line at a time, and a hostile one would give thousands

_PLACEHOLDER = re.compile(r"\\[{}]|\{\{(?=[^{}\n]*[^{}\s])[^{}\n]{1,200}\}\}")
# a figure, with which nothing can be wrong here
_FIGURE = re.compile(r"(?<!\\)\{\{[^\W_](?:[^\W_]|[.｜])*\}\}")
_NAMES = "表[一二三四五六1-6]|指标|图片|合计|统计表|信息处理费"
_INNER = r"[^{}｛｝\0\n]"
# a placeholder's braces: doubled without a pair, single or full-width around a name, too many
_BRACES = LatePattern(
    rf"[{{｛][ \u3000]?[{{｛]({_INNER}{{0,200}})(?:[}}｝][ \u3000]?[}}｝]?)?"
    rf"|[{{｛][ \u3000]{{0,4}}((?:{_NAMES}){_INNER}{{0,200}})[}}｝]{{0,2}}"
    rf"|[{{｛]({_INNER}{{1,60}}\.{_INNER}{{1,100}})[}}｝]{{1,2}}"
    r"|[}｝][ \u3000]?[}｝]|[{｛](?=\0)|(?<=\0)[}｝]"
)
# a figure's name without braces, or in other brackets
_NAMED = LatePattern(
    rf"([【「『(（<《〈])\1[ \u3000]?((?:{_NAMES})[.．]{_INNER}{{1,200}}?)[】」』)）>》〉]{{2}}"
    r"|(?<![.{｛附])((?:表[一二三四五六]|指标|统计表)\.[\w（）()“”、]{1,60}\.[\w（）()]{1,40})"
)
_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
_HEADING = LatePattern(r"[ \t]*(?:#{2,6}[^# \t]|#{7}|#[一-鿿（(]|\u3000[ \t\u3000]*#{1,6}|[ \t\u3000]*＃)")
_FOOTNOTE = LatePattern(r"\[\^[^\[\]\s]{1,40}\]|\^\[[^\[\]\n]{1,200}\]")
_ADDRESS_LINE = LatePattern(r"[ \t]*\[[^\[\]\n]{1,200}\]:[ \t]*(?:<|https?:|mailto:|www\.|/|#)")
_WIDE_LINK = LatePattern(
    r"(?:\[[^\[\]\n]{1,100}\](?:[ \t]{1,4}\(|[ \t]{0,4}（)|[【［][^\[\]【】［］\n]{1,100}[】］][ \t]{0,4}[（(])"
    r"[ \t]{0,4}(?:https?:|www\.)"
)
_UNDERLINED = LatePattern(
    r"(?<![A-Za-z0-9_])__(?=[^_\s])[^_\n]{1,200}(?<=[^_\s])__(?![A-Za-z0-9_])|(?<!\w)_(?=[^_\s])[^_\n]{1,200}(?<=[^_\s])_(?!\w)"
)
_WIDE_STARS = LatePattern(r"＊＊[^＊\n]{1,200}＊＊")
_WIDE_TABLE = LatePattern(r"[ \t\u3000]*｜.*｜")
# marks of other dialects, which the page would show: ~~删~~ ==亮== ++划++ ::: ~~~ [[页]] [TOC] - [ ] 项 {% … %} {.类}
_STRUCK = LatePattern(r"~~[^~\n]{1,200}~~")
_FOREIGN = LatePattern(
    r"(?<!=)==(?![=\s])[^=\n]{1,200}(?<!\s)==(?!=)|(?<![A-Za-z0-9+])\+\+(?![+\s])[^+\n]{1,200}(?<!\s)\+\+|\[\[[^\[\]\n]{1,100}\]\]"
    r"|(?<!\d)%%[^%\n]{1,200}%%|^[ \t]*//[ \t]"
    r"|\{[.#][A-Za-z][^{}\n]{0,100}\}|\{%[^\n]{0,200}%\}"
    r"|^[ \t]*(?::::|~{3,}|\[(?:TOC|toc)\]|={3,}[ \t]*$|[-*+] \[[ xX]\] )"
)
_ANY = re.compile(
    r"[{}｛｝#＃`｜【［＊]|\^\[|_.*_|%%|//|[表标]\w?[.．]|\[\^|\]:|\][ \t（]|~~|==|\+\+|:::|\[\[|\[TOC\]|\[toc\]"
).search
# a heading as it should be begun
_LEAD = re.compile(r"#{1,6}[ \t]").match


def slips_in(lines: Sequence[str]) -> Iterator[tuple[int, MarkSlip]]:
    """Find the slips of a narrative, each with its line from 1."""
    table = False
    if _front_matter(lines):
        yield 1, MarkSlip("MD-MARK", Level.WARNING, 1, _FRONT)
    for number, line in enumerate(lines, 1):
        lead = _LEAD(line)
        words = line[lead.end() :] if lead else line
        if not _ANY(words) or not _ANY(_FIGURE.sub("", words)):
            table = False
            continue
        for slip in islice(_in_line(line), MOST_IN_A_LINE):
            yield number, slip
        row = _WIDE_TABLE.match(line)
        if row and not table:
            yield number, MarkSlip("MD-TABLE", Level.WARNING, line.index("｜") + 1, _TABLE)
        table = bool(row)


_KEY = re.compile(r"[\w-]{1,40}[ \t]*:(?:[ \t]|$)").match


def _front_matter(lines: Sequence[str]) -> bool:
    """Tells whether the text begins with the block of settings that other generators read, between two `---`."""
    if not lines or lines[0].rstrip() != "---":
        return False
    inside = list(takewhile(lambda line: line.rstrip() != "---", islice(lines, 1, 40)))
    return len(inside) + 1 < len(lines[:40]) and any(map(_KEY, inside))


def _in_line(line: str) -> Iterator[MarkSlip]:
    if "{" in line or "}" in line or "｛" in line or "｝" in line:
        yield from _braces(line)
    else:
        yield from _bare_names(line)
    line = _ESCAPED.sub("\0\0", line)  # printed as typed on purpose
    if _HEADING.match(line):
        yield MarkSlip("MD-MARK", Level.WARNING, len(line) - len(line.lstrip()) + 1, _TITLE)
    if "`" in line:
        yield MarkSlip("MD-MARK", Level.WARNING, line.index("`") + 1, _CODE)
    for pattern, rule, message in _PATTERNS:
        match = pattern.search(line)
        if match:
            yield MarkSlip(rule, Level.WARNING, match.start() + 1, message)
    address = _ADDRESS_LINE.match(line)
    if address:
        yield MarkSlip("MD-LINK", Level.WARNING, line.index("[") + 1, _LINK)


def _braces(line: str) -> Iterator[MarkSlip]:
    """Find braces that are no placeholder but were meant to be one; a government page must not show them."""
    masked = _PLACEHOLDER.sub(lambda match: "\0" * len(match[0]), line)
    before = ""
    for match in _BRACES.finditer(masked):
        if not (len(before) == 1 and len(match[0]) == 1):  # {{{…}}} is told once
            name = (match[1] or match[2] or match[3] or "").strip(" \u3000")
            yield MarkSlip("MD-BRACES", Level.ERROR, match.start() + 1, _wrong_braces(match[0], name))
        before = match[0]
    yield from _bare_names(masked)


def _bare_names(line: str) -> Iterator[MarkSlip]:
    """Find names of figures that stand without braces."""
    for match in _NAMED.finditer(line):
        name = (match[2] or match[3]).strip(" \u3000")
        yield MarkSlip("MD-BRACES", Level.ERROR, match.start() + 1, _wrong_braces(match[0], name))


def _wrong_braces(typed: str, name: str) -> Message:
    shown = typed[:60]
    right = f"{{{{{name[:60]}}}}}" if name else "{{表三.本年新收.总计}}"
    return Message(
        f"“{shown}”没有成为数，会原样显示；引用写成“{right}”：前后各两个半角花括号，写在同一行里。",
        f"“{shown}” is no placeholder and would be shown as typed; write “{right}”: two ASCII braces on either side, "
        "in one line.",
    )


_TITLE = Message(
    "这一行没有成为标题，# 会原样显示；小标题写成“### （一）标题”：行首起写半角 #，后面空一格。",
    "no heading: the # would be shown as typed; write “### title” from the start of the line, with a blank.",
)
_CODE = Message(
    "正文没有代码标记，反引号“`”会原样显示；请删去，强调写成 **重点**。",
    "there is no code in a narrative: the backtick is shown as typed; remove it, or write **bold**.",
)
_NOTE = Message(
    "正文没有脚注，“[^…]”会原样显示；请把说明写在正文里，如“（注：……）”。",
    "there are no footnotes: “[^…]” is shown as typed; write the note into the text, in brackets.",
)
_LINK = Message(
    "这里没有成为链接，会原样显示；链接写成 [名称](https://网址)：半角括号，中间不空格，写在同一处。",
    "no link: shown as typed; write [name](https://address) with ASCII brackets, without a blank, in one place.",
)
_STARS = Message(
    "全角星号“＊＊”不是加粗的标记，会原样显示；加粗写成 **重点**（半角）。",
    "full-width asterisks are no mark and are shown as typed; write **bold** in ASCII.",
)
_LOW = Message(
    "“_”不是加粗的标记，会原样显示；加粗写成 **重点**：前后各两个星号。",
    "“_” is no mark and is shown as typed; write **bold**, with two asterisks on either side.",
)
_FRONT = Message(
    "开头的“---”和其间的各行不是设置，会原样显示；请删去，标题、日期等写在 tables.yaml 里。",
    "the lines between “---” at the top are no settings and are shown as typed; remove them.",
)
_TABLE = Message(
    "用全角竖线“｜”画的表不会成为表格，各行会连成一段；请改用半角 |，表头下面加一行 |---|---|。",
    "full-width bars make no table, its rows run together; write ASCII |, and |---|---| below the head.",
)
_DELETED = Message(
    "正文没有删除线，“~~”会原样显示；不要的字请直接删去。",
    "nothing is struck out in a narrative: “~~” is shown as typed; delete the words themselves.",
)
_OTHER = Message(
    "正文没有这种标记，会原样显示；可用的只有标题、**加粗**、列表、表格、链接和图片，请改写或删去。",
    "a narrative has no such mark: it is shown as typed; there are headings, **bold**, lists, tables, links, pictures.",
)
_PATTERNS = (
    (_STRUCK, "MD-MARK", _DELETED),
    (_FOREIGN, "MD-MARK", _OTHER),
    (_FOOTNOTE, "MD-MARK", _NOTE),
    (_WIDE_LINK, "MD-LINK", _LINK),
    (_WIDE_STARS, "MD-MARK", _STARS),
    (_UNDERLINED, "MD-MARK", _LOW),
)
