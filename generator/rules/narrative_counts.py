"""Finds the counts of the narrative's sentences, each with the words before it and the share given with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from generator.narrative.plain_text import Passage
from generator.report.entry import LoadedReport, fact
from generator.rules.text import LONGEST_LINE

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


def quote_counts(sentence: Sentence, first: Part, last: Part) -> str:
    """Quotes from the words before one count up to another."""
    return sentence.text[max(0, first.start - len(first.label)) : last.end].lstrip("，")[:60]
