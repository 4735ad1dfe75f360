"""Finds exact numbers followed by 余, “odd” (NAR-YU)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.narrative import numerals
from generator.report.entry import LoadedReport
from generator.rules.rule import Rule, at_text

# begins with one character, which the engine skips to fast
_MORE = re.compile(r"余(?<=\d余)(?:件次|人次|件|条|篇|次|人|个|项|份|场|期)").finditer
_NUMBER = re.compile(r"(?<![\d.,])\d[\d,]*\d$").search


def more(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """“余”跟在整十的数后面才通：“130余篇”是一百三十几篇，“136余篇”说不通。
    例：“政策解读文章136余篇”。改法：写“136篇”或“130余篇”。
    ---
    余 (“odd”) follows round numbers only: 130余篇 is a hundred and thirty odd, 136余篇 makes no sense."""
    for passage in entry.passages:
        text = passage.text
        for match in _MORE(text):
            number = _NUMBER(text, match.start() - numerals.LONGEST, match.start())
            if number is None:
                continue
            value = int(number[0].replace(",", ""))
            if value % 10:
                words, unit = text[number.start() : match.end()], match[0][1:]
                exact, rounded = f"{number[0]}{unit}", f"{value // 10 * 10}余{unit}"
                message = Message(
                    f"“{words}”：{number[0]}是确数，不能再说“余”；写“{exact}”或“{rounded}”",
                    f"“{words}”: {number[0]} is exact, 余 cannot follow; write {exact} or {rounded}",
                )
                yield at_text(entry, passage, number.start(), "NAR-YU", Level.WARNING, message, words)


RULES = (Rule("NAR-YU", more),)
