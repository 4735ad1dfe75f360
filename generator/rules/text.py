"""Shares among the rules on words what the word lists find, and makes findings about words."""

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
LONGEST_LINE = 20_000  # characters of a line that a person wrote; what is longer is not looked through


def seen(entry: LoadedReport, context: Context) -> Matches:
    """Returns what the word lists find in a report; searched once, whichever rule asks first."""
    return _search(entry, context.words)


@fact
def _search(entry: LoadedReport, words: WordLists) -> Matches:
    return words.look(entry.plain.text)


@fact
def _by_rule(entry: LoadedReport, words: WordLists) -> Mapping[str, Sequence[tuple[int, Word]]]:
    matches: dict[str, list[tuple[int, Word]]] = {}
    for at, word in _search(entry, words).words:
        matches.setdefault(word.rule, []).append((at, word))
    return matches


def listed(entry: LoadedReport, context: Context, rule: str) -> list[tuple[int, Word]]:
    """Returns the listed words of one rule with their offsets, those within longer right words left out."""
    matches = _by_rule(entry, context.words).get(rule, ())
    text, year = entry.plain.text, entry.ref.year
    return [(at, word) for at, word in matches if word.governs(year) and not word.excused(text, at)]


_AT = re.compile(r"@[A-Za-z0-9.-]{1,100}").finditer
_LOCAL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.+-"


@fact
def emails(entry: LoadedReport) -> tuple[tuple[int, str], ...]:
    """Returns the mail addresses of a report with their offsets."""
    if "@" not in entry.plain.spelt:
        return ()
    text, addresses = entry.plain.narrow, []
    for match in islice(_AT(text), LIMIT):
        before = text[max(0, match.start() - 64) : match.start()]
        local = before[len(before.rstrip(_LOCAL)) :]
        if local:
            addresses.append((match.start() - len(local), local + match[0].rstrip(".-")))
    return tuple(addresses)


def at_word(
    entry: LoadedReport, at: int, rule: str, level: Level, message: Message, subject: str, values: str = ""
) -> Finding:
    """Makes a finding at an offset of `entry.plain.text`: in report.md or tables.yaml, wherever those words stand."""
    passage, within = entry.plain.at(at)
    line, column = passage.place(within)
    file = "tables.yaml" if passage.kind == "typed" else "report.md"
    return at_line(entry, file, line, column, rule, level, message, subject, values)


def at_quote(
    entry: LoadedReport, start: int, end: int, rule: str, level: Level, zh: str, en: str, around: int = 4
) -> Finding:
    """Makes a finding whose subject and first words are a quote of `entry.plain.text`."""
    words = quote(entry.plain.text, start, end, around)
    return at_word(entry, start, rule, level, Message(f"“{words}”{zh}", f"“{words}”{en}"), words)


def quote(text: str, start: int, end: int, around: int = 4) -> str:
    """Quotes text[start:end] with a few characters of its line on both sides: short, and unlike its neighbours."""
    before = text[max(0, start - around) : start].rpartition("\n")[2]
    behind = text[end : end + around].partition("\n")[0]
    return f"{before}{text[start:end]}{behind}".strip()


def some(items: Iterable[T]) -> Iterator[T]:
    """Returns the first findings of a rule, or the first places it looks at."""
    return islice(items, LIMIT)
