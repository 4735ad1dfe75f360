"""What rules on all reports together need of each: small, picklable, and merged as reports stream by.

Of ordinary reports only sums are kept, never figures; of a report whose organ has others below it, its own figures.
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
    """One report as other reports see it. `carried_in`, `carried_out` and `decisions` (licences, penalties and coercion
    together) are totals, None where blank or not in its form. `sketch` samples the narrative (`sketch.pack`), `bands` are
    the keys by which its like are found, and `sentences` are (line, column, words) of its longest: what a copy of it would share."""

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


@dataclass(slots=True)
class UnitTotals:
    """The reports of one form, one year and one parent added up, cell by cell over all tables; amounts in 元 where
    the unit stands in the cell. `blank` is, by slot, an organ that left it blank."""

    units: int
    sums: list[Decimal]
    blank: dict[int, str]

    def merge(self, other: UnitTotals) -> None:
        self.units += other.units
        self.sums = [mine + theirs for mine, theirs in zip(self.sums, other.sums, strict=True)]
        self.blank = other.blank | self.blank


class ParentFigures(NamedTuple):
    """The figures of a report whose organ has others below it, over all tables, as `UnitTotals` counts them: as numbers
    ("" where blank or "/"), as printed, and where they stand (line and column in turn)."""

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
    """All reports' gists in the order they were read; sums by (year, parent, form); figures by (year, organ)."""

    reports: list[ReportFacts] = field(default_factory=list)
    unit_totals: dict[tuple[int, str, str], UnitTotals] = field(default_factory=dict)
    parents: dict[tuple[int, str], ParentFigures] = field(default_factory=dict)

    def merge(self, other: CollectionFacts) -> None:
        self.reports += other.reports
        self.parents |= other.parents
        for key, tally in other.unit_totals.items():
            if key in self.unit_totals:
                self.unit_totals[key].merge(tally)
            else:
                self.unit_totals[key] = tally


def gather(
    gathered: CollectionFacts, entry: LoadedReport, parent: str, has_units: bool, acceptances: tuple[Acceptance, ...]
) -> None:
    """Note a report: its gist; its figures into its parent's tally; its own figures where it has units below it."""
    report = entry.report.official
    gathered.reports.append(_gist(report, entry, acceptances))
    if parent:
        _add(gathered, report, parent)
    if has_units:
        gathered.parents[report.year, report.organ] = _own(report)


def _own(report: Report) -> ParentFigures:
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


def _gist(report: Report, entry: LoadedReport, acceptances: tuple[Acceptance, ...]) -> ReportFacts:
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
    )


_TOTALS = ("carried_in", "carried_out", "license_decisions", "penalty_decisions", "coercion_decisions")


def _sentences(entry: LoadedReport) -> tuple[tuple[int, int, str], ...]:
    """The longest sentence of each of the three longest paragraphs, as far as it would be quoted."""
    own = [passage for passage in entry.passages if len(passage[3]) > 60 and passage[0]]
    found = []
    for passage in sorted(own, key=_length, reverse=True)[:3]:
        sentence = max(passage.text.split("。"), key=len)
        found.append((*passage.place(passage.text.index(sentence)), sentence[:_QUOTED]))
    return tuple(found)


def _length(passage: Passage) -> int:
    return len(passage[3])


def _total(report: Report, role: str) -> Decimal | None:
    names = report.form.role(role)
    found = report.figure(names[0]) if names else None
    return found[0] if found and isinstance(found[0], Decimal) else None


def _sheets(report: Report) -> list[tuple[Table, TableFigures | None]]:
    """Every table of the form with the report's figures, None where the report lacks it."""
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


def _add(gathered: CollectionFacts, report: Report, parent: str) -> None:
    key = (report.year, parent, report.form.id)
    tally = gathered.unit_totals.get(key)
    if tally is None:
        size = sum(len(table.slots) for table in report.form.tables)
        tally = gathered.unit_totals[key] = UnitTotals(0, [Decimal(0)] * size, {})
    tally.units += 1
    at = 0
    sums = tally.sums
    for table, sheet in _sheets(report):
        values = _values(sheet, len(table.slots))
        for index, value in compress(enumerate(values, at), values):
            if isinstance(value, Decimal):
                sums[index] += value
        if sheet is None or "" in sheet.texts:
            for index, value in enumerate(values, at):
                if value is None:
                    tally.blank.setdefault(index, report.organ)
        at += len(table.slots)


def slots_of(form: Form) -> tuple[FigureCell, ...]:
    """The slots of all tables in the order `UnitTotals` and `ParentFigures` count them."""
    return tuple(slot for table in form.tables for slot in table.slots)


def facts_by_year(gists: Iterable[ReportFacts]) -> dict[int, dict[str, ReportFacts]]:
    """Year → organ → its report."""
    years: dict[int, dict[str, ReportFacts]] = {}
    for item in gists:
        years.setdefault(item.year, {})[item.organ] = item
    return years
