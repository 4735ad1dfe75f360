"""What rules on words share: one look at a report's text, and findings at places of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.report.entry import LoadedReport, fact
from generator.rules.rule import at_line
from generator.wordlists.matcher import Matches, Word, WordLists

T = TypeVar("T")
LIMIT = 30  # findings of one rule on one report; a reader needs no more to see what is the matter


def seen(entry: LoadedReport, context: Context) -> Matches:
    """What the word lists find in a report; looked for once, whichever rule asks first."""
    return _look(entry, context.words)


@fact
def _look(entry: LoadedReport, words: WordLists) -> Matches:
    return words.look(entry.plain.text)


@fact
def _by_rule(entry: LoadedReport, words: WordLists) -> Mapping[str, Sequence[tuple[int, Word]]]:
    found: dict[str, list[tuple[int, Word]]] = {}
    for at, word in _look(entry, words).words:
        found.setdefault(word.rule, []).append((at, word))
    return found


def listed(entry: LoadedReport, context: Context, rule: str) -> list[tuple[int, Word]]:
    """What stands in the report of the list words of one rule, longer right words excused."""
    found = _by_rule(entry, context.words).get(rule, ())
    return [(at, word) for at, word in found if word.governs(entry.ref.year) and not word.excused(entry.plain.text, at)]


_AT = re.compile(r"@[A-Za-z0-9.-]{1,100}").finditer
_LOCAL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.+-"


@fact
def emails(entry: LoadedReport) -> tuple[tuple[int, str], ...]:
    """Mail addresses and their offsets."""
    if "@" not in entry.plain.spelt:
        return ()
    text, out = entry.plain.narrow, []
    for found in islice(_AT(text), LIMIT):
        before = text[max(0, found.start() - 64) : found.start()]
        local = before[len(before.rstrip(_LOCAL)) :]
        if local:
            out.append((found.start() - len(local), local + found[0].rstrip(".-")))
    return tuple(out)


def at_word(
    entry: LoadedReport, at: int, rule: str, level: Level, message: Message, subject: str, values: str = ""
) -> Finding:
    """A finding at an offset of `entry.plain.text`, in report.md or tables.yaml, wherever those words are."""
    passage, within = entry.plain.at(at)
    line, column = passage.place(within)
    file = "tables.yaml" if passage.kind == "typed" else "report.md"
    return at_line(entry, file, line, column, rule, level, message, subject, values)


def quote(text: str, start: int, end: int, around: int = 4) -> str:
    """text[start:end] with a few characters of its line on both sides: short, and telling it from its like."""
    before = text[max(0, start - around) : start].rpartition("\n")[2]
    behind = text[end : end + around].partition("\n")[0]
    return f"{before}{text[start:end]}{behind}".strip()


def some(items: Iterable[T]) -> Iterator[T]:
    """The first findings of a rule, or the first places it looks at."""
    return islice(items, LIMIT)
