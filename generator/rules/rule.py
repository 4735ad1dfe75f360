"""Defines what a rule is and how rules make findings about a cell, a line or a passage of a report."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass

from generator.collection.context import Context
from generator.collection.facts import CollectionFacts, ReportFacts
from generator.finding import CellName, Finding, Level, Message, Place
from generator.narrative.plain_text import Passage
from generator.report.entry import LoadedReport
from generator.report.model import TableFigures
from generator.yaml_source.nodes import Scalar

Check = Callable[[LoadedReport, Context], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """Checks one report. `also` are further ids its function reports under.

    On a historical report its errors become warnings where `softens`: such a report is a record, not a draft.
    `probation`: new, so never more than a warning until it has proved itself. `among`: for rules of one kind, which of
    them may find something in a report; asked once for all of them, and the others are not run.
    """

    id: str
    check: Check
    also: tuple[str, ...] = ()
    softens: bool = True
    probation: bool = False
    among: Callable[[LoadedReport], Container[str]] | None = None

    @property
    def doc(self) -> str:
        return self.check.__doc__ or ""


@dataclass(frozen=True, slots=True)
class CollectionRule:
    """Checks reports together; sees only the facts kept of each.

    It is given the reports of one year, with those of the year before to look at (`CollectionFacts.before`), or, where
    it is `of_organ`, all reports of one organ. Findings that belong to no report are told once."""

    id: str
    check: Callable[[CollectionFacts, Context], Iterable[Finding]]
    also: tuple[str, ...] = ()
    softens: bool = True
    probation: bool = False
    of_organ: bool = False

    @property
    def doc(self) -> str:
        return self.check.__doc__ or ""


def documented(
    rule: str, check: Check, doc: str, among: Callable[[LoadedReport], Container[str]] | None = None
) -> Rule:
    """Makes a rule of a function built for it, with the text that explains it."""
    check.__doc__ = doc
    return Rule(rule, check, among=among)


def at_cell(
    entry: LoadedReport, sheet: TableFigures, index: int, rule: str, level: Level, message: Message, values: str = ""
) -> Finding:
    """Makes a finding about one cell; its subject is the cell's name, as acceptances write it."""
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
    """Makes a finding about a place in one of the report's files."""
    place = Place(f"{entry.ref.folder}/{file}", line, column)
    return Finding(rule, level, place, message, (), entry.ref.organ, entry.ref.year, subject, values=values)


def at_typed(
    entry: LoadedReport, typed: Scalar, rule: str, level: Level, message: Message, subject: str, values: str = ""
) -> Finding:
    """Makes a finding about words that tables.yaml gives (`entry.report.typed`)."""
    return at_line(entry, "tables.yaml", typed.line, typed.column, rule, level, message, subject, values)


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
    """Makes a finding about words of the narrative: `at` is their offset in the passage's text."""
    line, column = passage.place(at)
    return at_line(entry, "report.md", line, column, rule, level, message, subject, values)


def of_report(
    report: ReportFacts,
    place: Place,
    rule: str,
    level: Level,
    message: Message,
    subject: str,
    values: str = "",
    cells: tuple[CellName, ...] = (),
) -> Finding:
    """Makes a finding of a rule on all reports, which belongs to one of them."""
    return Finding(rule, level, place, message, cells, report.organ, report.year, subject, values=values)
