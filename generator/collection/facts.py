"""Collects what rules over all reports need of each one: small, picklable, and merged as reports stream by.

Ordinary reports leave only sums, never figures; a report whose organ has units below it leaves its own figures too.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import compress
from typing import NamedTuple

from generator.finding import Place
from generator.forms.model import FigureCell, Form, Table
from generator.narrative.plain_text import Passage
from generator.narrative.similarity import bands, pack
from generator.report.entry import LoadedReport
from generator.report.figure import Value
from generator.report.model import Acceptance, Report, TableFigures

_YUAN = {"万元": Decimal(10_000)}
_QUOTED = 30


class ReportFacts(NamedTuple):
    """Holds one report as other reports see it.

    `carried_in`, `carried_out` and `decisions` (licences, penalties and coercion together) are totals, None where blank
    or not in its form. `sketch` samples the narrative (`narrative.similarity`), `bands` are the keys by which similar
    ones are found, and `sentences` are (line, column, words) of its longest sentences: what a copy of it would
    share. `unfilled`: its tables are there, without a figure but those carried over from last year."""

    year: int
    organ: str
    form: str
    folder: str
    title: str
    acceptances: tuple[Acceptance, ...]
    carried_in: Decimal | None = None
    carried_out: Decimal | None = None
    decisions: Decimal | None = None
    sketch: bytes = b""
    bands: bytes = b""
    sentences: tuple[tuple[int, int, str], ...] = ()
    unfilled: bool = False


@dataclass(slots=True)
class UnitTotals:
    """Adds up the reports of one form, one year and one parent, cell by cell over all tables; amounts are in 元 where
    the unit stands in the cell. `blank` names, by cell, an organ that left it blank."""

    units: int
    sums: list[Decimal]
    blank: dict[int, str]

    def merge(self, other: UnitTotals) -> None:
        self.units += other.units
        self.sums = [mine + theirs for mine, theirs in zip(self.sums, other.sums, strict=True)]
        self.blank = other.blank | self.blank


class ParentFigures(NamedTuple):
    """Holds the figures of a report whose organ has units below it, in the order of `UnitTotals`: as numbers ("" where
    blank or "/"), as printed, and where they stand (line and column in turn)."""

    form: str
    file: str
    numbers: tuple[str, ...]
    texts: tuple[str, ...]
    marks: array[int]

    def value(self, at: int) -> Decimal | None:
        return Decimal(self.numbers[at]) if self.numbers[at] else None

    def place(self, at: int) -> Place:
        return Place(self.file, self.marks[2 * at], self.marks[2 * at + 1])


@dataclass(slots=True)
class CollectionFacts:
    """Holds all reports' facts in the order they were read, unit totals by (year, parent, form), the figures of
    parents by (year, organ), which reports (year, organ) are `withheld` from the site, such as drafts, and which are
    `unread`: there, but with a file that cannot be read. `before` are reports of the year before that are only looked
    at, where rules see one year at a time."""

    reports: list[ReportFacts] = field(default_factory=list)
    unit_totals: dict[tuple[int, str, str], UnitTotals] = field(default_factory=dict)
    parents: dict[tuple[int, str], ParentFigures] = field(default_factory=dict)
    withheld: set[tuple[int, str]] = field(default_factory=set)
    unread: set[tuple[int, str]] = field(default_factory=set)
    before: list[ReportFacts] = field(default_factory=list)

    def merge(self, other: CollectionFacts) -> None:
        self.reports += other.reports
        self.before += other.before
        self.withheld |= other.withheld
        self.unread |= other.unread
        self.parents |= other.parents
        for key, totals in other.unit_totals.items():
            if key in self.unit_totals:
                self.unit_totals[key].merge(totals)
            else:
                self.unit_totals[key] = totals


def gather(
    facts: CollectionFacts, entry: LoadedReport, parent: str, has_units: bool, acceptances: tuple[Acceptance, ...]
) -> None:
    """Notes a report: its facts; its figures in its parent's totals; its figures one by one where it has units below
    it."""
    report = entry.report.official
    facts.reports.append(_report_facts(report, entry, acceptances))
    if parent:
        _add_up(facts, report, parent)
    if has_units:
        facts.parents[report.year, report.organ] = _parent_figures(report)


def _parent_figures(report: Report) -> ParentFigures:
    numbers: list[str] = []
    texts: list[str] = []
    marks = array("I")
    for table, sheet in _sheets(report):
        size = len(table.slots)
        numbers += [str(value) if isinstance(value, Decimal) else "" for value in _values(sheet, size)]
        texts += sheet.texts if sheet else [""] * size
        for index in range(size):
            marks.extend(sheet.mark(index) if sheet else (0, 0))
    return ParentFigures(report.form.id, report.file, tuple(numbers), tuple(texts), marks)


def _report_facts(report: Report, entry: LoadedReport, acceptances: tuple[Acceptance, ...]) -> ReportFacts:
    carried_in, carried_out, *parts = (_total(report, role) for role in _TOTALS)
    decided = [part for part in parts if part is not None]
    return ReportFacts(
        report.year,
        report.organ,
        report.form.id,
        entry.ref.folder,
        report.title,
        acceptances,
        carried_in,
        carried_out,
        sum(decided, Decimal(0)) if len(decided) == len(parts) else None,
        pack(entry.sketch),
        bands(entry.sketch),
        _sentences(entry),
        is_unfilled(report),
    )


def is_unfilled(report: Report) -> bool:
    """Tells whether a report has its tables, but no figure in them apart from those carried over from last year."""
    carried = report.form.row_roles.get("carried_in", ())
    typed = (
        (sheet.table.id, slot.row.key)
        for sheet in report.sheets
        for slot, text in zip(sheet.table.slots, sheet.texts, strict=True)
        if text
    )
    return bool(report.sheets) and all(row in carried for row in typed)


_TOTALS = ("carried_in", "carried_out", "license_decisions", "penalty_decisions", "coercion_decisions")


def _sentences(entry: LoadedReport) -> tuple[tuple[int, int, str], ...]:
    """Picks the longest sentence of each of the three longest paragraphs, as far as it would be quoted."""
    paragraphs = [passage for passage in entry.passages if len(passage[3]) > 60 and passage[0]]
    sentences = []
    for passage in sorted(paragraphs, key=_length, reverse=True)[:3]:
        sentence = max(passage.text.split("。"), key=len)
        sentences.append((*passage.place(passage.text.index(sentence)), sentence[:_QUOTED]))
    return tuple(sentences)


def _length(passage: Passage) -> int:
    return len(passage[3])


def _total(report: Report, role: str) -> Decimal | None:
    names = report.form.role(role)
    figure = report.figure(names[0]) if names else None
    return figure[0] if figure and isinstance(figure[0], Decimal) else None


def _sheets(report: Report) -> list[tuple[Table, TableFigures | None]]:
    """Pairs every table of the form with the report's figures, None where the report lacks it."""
    given = {sheet.table.id: sheet for sheet in report.sheets}
    return [(table, given.get(table.id)) for table in report.form.tables]


def _values(sheet: TableFigures | None, size: int) -> Sequence[Value]:
    if sheet is None:
        return (None,) * size
    if not sheet.table.own_units:
        return sheet.values
    values = list(sheet.values)
    for index in sheet.table.own_units:
        value = values[index]
        if isinstance(value, Decimal):
            values[index] = value * _YUAN.get(sheet.units[index], 1)
    return values


def _add_up(facts: CollectionFacts, report: Report, parent: str) -> None:
    key = (report.year, parent, report.form.id)
    totals = facts.unit_totals.get(key)
    if totals is None:
        size = sum(len(table.slots) for table in report.form.tables)
        totals = facts.unit_totals[key] = UnitTotals(0, [Decimal(0)] * size, {})
    totals.units += 1
    at = 0
    sums = totals.sums
    for table, sheet in _sheets(report):
        values = _values(sheet, len(table.slots))
        for index, value in compress(enumerate(values, at), values):
            if isinstance(value, Decimal):
                sums[index] += value
        if sheet is None or "" in sheet.texts:
            for index, value in enumerate(values, at):
                if value is None:
                    totals.blank.setdefault(index, report.organ)
        at += len(table.slots)


def slots_of(form: Form) -> tuple[FigureCell, ...]:
    """Lists the cells of all tables in the order of `UnitTotals` and `ParentFigures`."""
    return tuple(slot for table in form.tables for slot in table.slots)


def facts_by_year(reports: Iterable[ReportFacts]) -> dict[int, dict[str, ReportFacts]]:
    """Sorts reports by year and organ: year → organ → its report."""
    years: dict[int, dict[str, ReportFacts]] = {}
    for item in reports:
        years.setdefault(item.year, {})[item.organ] = item
    return years
