"""NAR-YU: numbers that say less or more than they seem to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator import numeral
from generator.diagnostic import Finding, Level, Text
from generator.library import Entry
from generator.rules.rule import Context, Rule, at_text

_MORE = re.compile(r"(?<![\d.])(\d{2,12})余(?:件次|人次|件|条|篇|次|人|个|项|份|场|期)")


def more(entry: Entry, context: Context) -> Iterator[Finding]:
    """“余”跟在整十的数后面才通：“130余篇”是一百三十几篇，“136余篇”说不通。
    例：“政策解读文章136余篇”。改法：写“136篇”或“130余篇”。
    ---
    余 (“odd”) follows round numbers only: 130余篇 is a hundred and thirty odd, 136余篇 makes no sense."""
    if "余" not in entry.text:
        return
    for passage in entry.passages:
        for found in _found(passage.text):
            value = numeral.read(found[1])
            if value is not None and value % 10:
                digits = found[1]
                rest = found[0][len(digits) + 1 :]
                message = Text(
                    f"“{found[0]}”：{digits}是确数，不能再说“余”；写“{digits}{rest}”或“{int(value) // 10 * 10}余{rest}”",
                    f"“{found[0]}”: {digits} is exact, 余 cannot follow; write {digits}{rest} or {int(value) // 10 * 10}余{rest}",
                )
                yield at_text(entry, passage, found.start(), "NAR-YU", Level.WARNING, message, found[0])


def _found(text: str) -> Iterator[re.Match[str]]:
    at = text.find("余")
    while at > 0:
        if text[at - 1].isdigit() and (found := _MORE.search(text, max(0, at - 14), at + 4)):
            yield found
        at = text.find("余", at + 1)


RULES = (Rule("NAR-YU", more),)
