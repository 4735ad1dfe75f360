"""What a rule is, what it may know, and the helpers by which rules name places."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass

from generator.collection.context import Context
from generator.collection.facts import CollectionFacts
from generator.finding import Finding, Level, Message, Place
from generator.narrative.plain_text import Passage
from generator.report.entry import LoadedReport
from generator.report.model import TableFigures


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule on one report. `also` are further ids its function gives.

    On a historical report its errors become warnings where `softens`: such a report is a record, not a draft.
    `probation`: new, so never more than a warning until it has proved itself. `among`: for rules of one kind, which of
    them may have something to say of a report; asked once for all of them, and the others are not run.
    """

    id: str
    check: Callable[[LoadedReport, Context], Iterable[Finding]]
    also: tuple[str, ...] = ()
    softens: bool = True
    probation: bool = False
    among: Callable[[LoadedReport], Container[str]] | None = None

    @property
    def doc(self) -> str:
        return self.check.__doc__ or ""


@dataclass(frozen=True, slots=True)
class CollectionRule:
    """One rule on all reports together; sees only what `gather` keeps of each."""

    id: str
    check: Callable[[CollectionFacts, Context], Iterable[Finding]]
    also: tuple[str, ...] = ()
    softens: bool = True
    probation: bool = False

    @property
    def doc(self) -> str:
        return self.check.__doc__ or ""


def at_cell(
    entry: LoadedReport, sheet: TableFigures, index: int, rule: str, level: Level, message: Message, values: str = ""
) -> Finding:
    """A finding about one cell; its subject is the cell's name, as acceptances write it."""
    return Finding(
        rule,
        level,
        entry.report.place(sheet, index),
        message,
        (sheet.cell(index),),
        entry.ref.organ,
        entry.ref.year,
        sheet.table.slots[index].name,
        values=values,
    )


def at_line(
    entry: LoadedReport,
    file: str,
    line: int,
    column: int,
    rule: str,
    level: Level,
    message: Message,
    subject: str,
    values: str = "",
) -> Finding:
    place = Place(f"{entry.ref.folder}/{file}", line, column)
    return Finding(rule, level, place, message, (), entry.ref.organ, entry.ref.year, subject, values=values)


def at_text(
    entry: LoadedReport,
    passage: Passage,
    at: int,
    rule: str,
    level: Level,
    message: Message,
    subject: str,
    values: str = "",
) -> Finding:
    """A finding about words of the narrative: `at` is their offset in the passage's text."""
    line, column = passage.place(at)
    return at_line(entry, "report.md", line, column, rule, level, message, subject, values)
