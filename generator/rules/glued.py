"""Finds what belongs on a line of its own but stands behind the last sentence of a paragraph (STR-GLUED)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.narrative.late_pattern import LatePattern
from generator.report.entry import LoadedReport
from generator.rules.rule import Rule, at_text
from generator.rules.text import some

_TAIL = 120  # characters at the end of a line in which a signature stands
_WORD = "\u4e00-\u9fff"
_SIGNED = LatePattern(
    rf"(?<=[。；！.… ])[{_WORD}（）]{{4,40}}?(?:局|府|室|委|会|厅|处|所|院|校|队|站|中心|街道|公司)[ ，]{{0,2}}"
    r"20[0-9]{2} ?年 ?[01]?[0-9] ?月 ?[0-3]?[0-9] ?日 ?(?:[（(]此件[^（）()]{1,12}[）)])?$"
)
_ANNEX = re.compile(r"(?<=[。；！.）]) {0,2}附件?表?(?:[0-9一二三四五六七八九十]{1,2})?[：:]")


@lru_cache(maxsize=256)
def glued_from(line: str) -> int:
    """Returns where a signature with its date, or a list of annexes, begins behind the words of a line; the length of
    the line where there is none."""
    stripped = line.rstrip()
    if "附" in line:
        annex = _ANNEX.search(line)
        if annex:
            return annex.start()
    if not stripped.endswith(("日", "）", ")")) or "年" not in stripped[-_TAIL:]:
        return len(line)
    signed = _SIGNED.search(stripped, max(0, len(stripped) - _TAIL))
    return signed.start() if signed else len(line)


def glued(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """落款（署名和日期）或附件目录粘在了段落的最后一句后面，多是从网页、PDF 复制时丢了换行。
    错：本年度未收取信息处理费。 示例区示例局 2025年1月20日
    对：落款、“附件：……”另起一段；落款与“发布机构”“发文日期”相同的，可以删去。
    ---
    A signature with its date, or a list of annexes, stands behind the last sentence of a paragraph: the line break was
    lost in copying. Begin a new paragraph, or delete a signature that only repeats publisher and date.
    Wrong: 本年度未收取信息处理费。 示例区示例局 2025年1月20日."""
    return some(_glued(entry))


def _glued(entry: LoadedReport) -> Iterator[Finding]:
    for passage in entry.passages:
        if passage.kind == "text" and passage.section:
            start = glued_from(passage.text)
            words = passage.text[start:].strip()
            if words:
                at = passage.text.index(words, start)
                yield at_text(entry, passage, at, "STR-GLUED", Level.NOTE, _message(words), words[:40])


def _message(words: str) -> Message:
    shown = words[:40]
    if words.startswith("附"):
        return Message(
            f"“{shown}”像是附件目录，粘在了段末：请另起一段",
            f"“{shown}” looks like a list of annexes: begin a new paragraph",
        )
    return Message(
        f"“{shown}”像是落款，粘在了段末：请另起一段；与发布机构、发文日期重复的可以删去",
        f"“{shown}” looks like a signature: begin a new paragraph, or delete it where it repeats publisher and date",
    )


RULES = (Rule("STR-GLUED", glued, probation=True),)
