"""What a rule is, what it may know, and the helpers by which rules name places."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from generator.collection.facts import Gathered
from generator.collection.settings import Organ
from generator.finding import Finding, Level, Place, Text
from generator.forms.model import Form
from generator.narrative.plain_text import Passage
from generator.report.entry import Entry
from generator.report.model import Sheet
from generator.wordlists.matcher import NO_WORDS, Words

_NONE: Mapping[str, str] = MappingProxyType({})
_NO_ORGANS: Mapping[str, Organ] = MappingProxyType({})


class Context(NamedTuple):
    """What a rule may know beyond the report.

    Reports up to `historical_until` are records, not drafts. `previous` is the same organ's report of the year
    before, None where there is none. `levels` and `historical_levels` are the office's own severities by rule id
    (错误, 警告, 提示, 关闭), `options` its settings of rules; `excused` gives the reason why an organ has no report of
    a year, `originals` are the reports (year, organ) that stand on their original pages only; `words` are the
    lists of words with the office's own added.
    """

    historical_until: int = 0
    previous: Entry | None = None
    organs: Mapping[str, Organ] = _NO_ORGANS
    levels: Mapping[str, str] = _NONE
    historical_levels: Mapping[str, str] = _NONE
    options: Mapping[str, str] = _NONE
    forms: Mapping[str, Form] = MappingProxyType({})
    excused: Mapping[tuple[int, str], str] = MappingProxyType({})
    originals: frozenset[tuple[int, str]] = frozenset()
    words: Words = NO_WORDS

    def lenient(self, entry: Entry) -> bool:
        return entry.ref.year <= self.historical_until

    def option(self, name: str, default: float) -> float:
        """A rule's number from 规则设置; the default where it is unset or no number."""
        try:
            return float(self.options.get(name, default))
        except ValueError:
            return default


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule on one report. `also` are further ids its function gives.

    On a historical report its errors become warnings where `softens`: such a report is a record, not a draft.
    `probation`: new, so never more than a warning until it has proved itself. `among`: for rules of one kind, which of
    them may have something to say of a report; asked once for all of them, and the others are not run.
    """

    id: str
    check: Callable[[Entry, Context], Iterable[Finding]]
    also: tuple[str, ...] = ()
    softens: bool = True
    probation: bool = False
    among: Callable[[Entry], Container[str]] | None = None

    @property
    def doc(self) -> str:
        return self.check.__doc__ or ""


@dataclass(frozen=True, slots=True)
class CollectionRule:
    """One rule on all reports together; sees only what `gather` keeps of each."""

    id: str
    check: Callable[[Gathered, Context], Iterable[Finding]]
    also: tuple[str, ...] = ()
    softens: bool = True
    probation: bool = False

    @property
    def doc(self) -> str:
        return self.check.__doc__ or ""


def at_cell(entry: Entry, sheet: Sheet, index: int, rule: str, level: Level, message: Text, values: str = "") -> Finding:
    """A finding about one cell; its subject is the cell's name, as acceptances write it."""
    return Finding(
        rule, level, entry.report.place(sheet, index), message, (sheet.cell(index),),
        entry.ref.organ, entry.ref.year, sheet.table.slots[index].name, values=values,
    )  # fmt: skip


def at_line(
    entry: Entry, file: str, line: int, column: int, rule: str, level: Level, message: Text, subject: str, values: str = ""
) -> Finding:
    place = Place(f"{entry.ref.folder}/{file}", line, column)
    return Finding(rule, level, place, message, (), entry.ref.organ, entry.ref.year, subject, values=values)


def at_text(
    entry: Entry, passage: Passage, at: int, rule: str, level: Level, message: Text, subject: str, values: str = ""
) -> Finding:
    """A finding about words of the narrative: `at` is their offset in the passage's text."""
    line, column = passage.place(at)
    return at_line(entry, "report.md", line, column, rule, level, message, subject, values)
