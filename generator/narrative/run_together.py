"""Finds lines that were typed one under another and run together on the page, and tables that are none."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.finding import Message


class LineSlip(NamedTuple):
    """Holds a slip in a paragraph: the finding's id, which of its lines, and what is said of it."""

    rule: str
    line: int
    message: Message


_ENDS = re.compile(r"[。；：！？…;:!?][”’」』）)】》\"']{0,2}$").search
_ORDINAL = re.compile(
    r"[（(](?:[一二三四五六七八九十百]{1,4}|\d{1,3})[）)]"
    r"|(?:[一二三四五六七八九十]{1,3}|\d{1,3})、|\d{1,3}[.．](?!\d)|\d{1,3}[)）]"
    r"|[①-⒛㈠-㈩]|第[一二三四五六七八九十]{1,3}[，、]"
).match
# What begins like the line before it begins: one more of a list, each on a line of its own.
_ALIKE = (
    re.compile(r"[一二三四五六七八九十]{1,3}(?:是|要|为)|[一二三四五六七八九十]{1,3}[.．]").match,
    re.compile(r"首先|其次|再次|再者|此外|最后|同时").match,
    re.compile(r"第[一二三四五六七八九十\d]{1,3}(?:[章节条款项是]|[，、,])").match,
    re.compile(r"[表图][一二三四五六七八九十\d]{1,2}[：:．.、\s]").match,
    re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}[\s一-鿿]|\d{1,2}[ \u3000]{1,4}[一-鿿]").match,
    re.compile(r"[A-Za-zⅠ-Ⅻⅰ-ⅻ][.．、)）]|[（(][A-Za-z][）)]").match,
    re.compile(r"[★☆√✓✔→⇒▶▷◎〇○※]").match,
)
# （一）主动公开: a title that lost its mark. Longer ones may be the beginning of a wrapped sentence.
_NAMED_ITEM = re.compile(
    r"(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、)"
    r"(?:[^，,。；：、 ]{1,12}|[^，,。；：、 ]{1,24}(?:情况|方面|问题|措施|事项))$"
).match
_WORD_WITH_ONE = re.compile("[单统专唯同第万之逐划]$").search  # 单一、统一、…: no 一、
_BRACKETED = re.compile(r"（[^（）]{1,40}）$").match
_BOLD = re.compile(r"\*\*[^*]{1,40}\*\*$").match
_COLUMNS = re.compile(r"[^ \u3000](?: {2,}|\u3000+)[^ \u3000]").search
_BARRED = re.compile(r"[^|]+[ \t]\|[ \t][^|]").match
_COMMAS = re.compile(r"[^,，。；：]{1,30}(?:,[^,，。；：]{1,30})+$").match
_DASH = re.compile(r"[-－–—•●○◆◇■□▪►➢※·](?![-－–—\d\s|])|[+*](?=[一-鿿])").match
_LABEL = re.compile(r"[一-鿿]{2,10}[：:]").match
_DATE = re.compile(
    r"[\d〇○一二三四五六七八九十]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日$"
).match
_PIPES = re.compile(r"\|.*\|").match
_RULE = re.compile(r"(?=[^-－—]*[-－—])(?=[^|]*\|)[\s|:：—－-]+$").match


def line_slip(paragraph: str) -> LineSlip | None:
    """Find the first place of a paragraph where a line seems to begin something new; None in ordinary text.

    A sentence wrapped over lines is ordinary: its lines end and begin in the middle of it."""
    lines = paragraph.split("\n")
    for at, line in enumerate(lines):
        if _PIPES(line) or _RULE(line):
            return LineSlip("MD-TABLE", max(at - 1, 0) if _RULE(line) else at, NO_TABLE)
    tabbed = [at for at, line in enumerate(lines) if "\t" in line.strip()] if "\t" in paragraph else []
    if tabbed and (len(lines) > 1 or paragraph.count("\t") > 1):
        return LineSlip("MD-TABLE", tabbed[0], _PASTED)
    pasted = next((at for at in range(1, len(lines)) if _columns(lines[at - 1], lines[at])), 0)
    if pasted:
        return LineSlip("MD-TABLE", pasted - 1, _PASTED_OTHERWISE)
    for at in range(1, len(lines)):
        before, line = lines[at - 1], lines[at].lstrip(" \u3000")
        if not before.endswith(("  ", "\\")):  # typed on purpose: a line break
            message = _begins_anew(before.rstrip(), line)
            if message:
                return LineSlip("MD-LINES", at, message)
    return None


def _columns(before: str, line: str) -> bool:
    """Tell whether two lines are rows of one table: parted by runs of blanks, by bars, or by as many commas."""
    before, line = before.strip(), line.strip()
    if (_COLUMNS(before) and _COLUMNS(line)) or (_BARRED(before) and _BARRED(line)):
        return True
    as_many = before.count(",") == line.count(",") and _COMMAS(before) and _COMMAS(line)
    return bool(as_many) and any(map(_NUMBER, line.split(",")))


_NUMBER = re.compile(r"\s*\d+(?:\.\d+)?\s*$").match


def _begins_anew(before: str, line: str) -> Message | None:
    if _DASH(line) and (line[0] not in "—–" or _DASH(before.lstrip(" \u3000")) or _ENDS(before)):
        return _BULLETS
    if (_ORDINAL(line) and not (line.startswith("一、") and _WORD_WITH_ONE(before))) or _ENDS(before) or _DATE(line):
        return _LINES
    if _LABEL(line) and _LABEL(before):
        return _LINES
    if _NAMED_ITEM(before) or _BRACKETED(before):
        return _LINES
    if (_BOLD(before) or _BOLD(line)) and not before.endswith(("，", "、")):
        return _LINES
    before, line = before.lstrip(" \u3000*"), line.lstrip("*")
    return _LINES if any(begins(before) and begins(line) for begins in _ALIKE) else None


_LINES = Message(
    "这一行与上一行会连成一段：另起一段的，中间空一行；分项的，行首写“1. ”或“- ”（后面空一格）。",
    "this line runs on from the one above: leave a blank line between paragraphs, begin items with “1. ” or “- ”.",
)
_BULLETS = Message(
    "这一行与上一行会连成一段：列要点的，每行写成“- 内容”，短横后空一格，第一行上面空一行。",
    "this line runs on from the one above: write items as “- words”, with a blank behind the dash.",
)
_PASTED_OTHERWISE = Message(
    "这几行像是表格的行，会连成一段；请写成表格：| 名称 | 数 |，下一行 |---|---|，以下每行一条。",
    "these lines look like rows of a table and run together; write | name | number |, |---|---| below, and a line for "
    "each row.",
)
_PASTED = Message(
    "这里有制表符（Tab），多半是从 Excel 粘贴的表，各行会连成一段；"
    "请写成表格：| 名称 | 数 |，下一行 |---|---|，以下每行一条。",
    "tabs, probably of a table pasted from Excel, whose rows run together; write | name | number |, |---|---| below, "
    "and one line for each row.",
)
NO_TABLE = Message(
    "这几行没有成为表格，竖线会原样显示、各行连成一段：表头占一行，下一行写 |---|---|，格数与表头相同，都用半角。",
    "no table: the bars are shown as typed and rows run together; one line of heads, then |---|---| of as many.",
)
