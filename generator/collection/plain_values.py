"""Writes the facts and the summary of a report as plain values for a record, and reads them back."""

from __future__ import annotations

from array import array
from base64 import b64decode, b64encode
from decimal import Decimal
from sys import intern
from typing import Any

from generator.collection.facts import CollectionFacts, ParentFigures, ReportFacts, UnitTotals
from generator.collection.summary import Figure, ReportSummary
from generator.report.model import Acceptance


def dump_facts(facts: CollectionFacts) -> list[Any]:
    """Converts facts to plain values for JSON; `add_facts` reads them. Cells that are 0 are left out."""
    return [
        [_report(item) for item in facts.reports],
        [_totals(*key, totals) for key, totals in facts.unit_totals.items()],
        [
            [*key, item.form, item.file, item.numbers, item.texts, list(item.marks)]
            for key, item in facts.parents.items()
        ],
        sorted(facts.withheld),
        sorted(facts.unread),
    ]


def add_facts(facts: CollectionFacts, dumped: list[Any]) -> None:
    """Adds what `dump_facts` wrote to facts, as `CollectionFacts.merge` adds the facts themselves."""
    reports, totals, parents, withheld, unread = dumped
    facts.reports += map(_report_from, reports)
    for year, parent, form, units, size, sums, blank in totals:
        mine = facts.unit_totals.get((year, parent, form))
        if mine is None:
            mine = facts.unit_totals[year, parent, form] = UnitTotals(0, [Decimal(0)] * size, {})
        mine.units += units
        for index, value in sums:
            mine.sums[index] += Decimal(value)
        for index, organ in blank:
            mine.blank.setdefault(index, organ)
    for year, organ, form, file, numbers, texts, marks in parents:
        facts.parents[year, organ] = ParentFigures(form, file, tuple(numbers), tuple(texts), array("I", marks))
    facts.withheld.update((year, organ) for year, organ in withheld)
    facts.unread.update((year, organ) for year, organ in unread)


def _totals(year: int, parent: str, form: str, totals: UnitTotals) -> list[Any]:
    sums = [(index, str(value)) for index, value in enumerate(totals.sums) if value]
    return [year, parent, form, totals.units, len(totals.sums), sums, list(totals.blank.items())]


def _report(item: ReportFacts) -> list[Any]:
    return [
        item.year,
        item.organ,
        item.form,
        item.folder,
        item.title,
        [list(acceptance) for acceptance in map(_acceptance, item.acceptances)],
        *(None if total is None else str(total) for total in (item.carried_in, item.carried_out, item.decisions)),
        b64encode(item.sketch).decode(),
        b64encode(item.bands).decode(),
        item.sentences,
        item.unfilled,
    ]


def _report_from(values: list[Any]) -> ReportFacts:
    year, organ, form, folder, title, acceptances, *totals, sketch, bands, sentences, unfilled = values
    carried_in, carried_out, decisions = (None if total is None else Decimal(total) for total in totals)
    return ReportFacts(
        year,
        organ,
        form,
        folder,
        title,
        tuple(Acceptance(rule, tuple(subjects), *rest) for rule, subjects, *rest in acceptances),
        carried_in,
        carried_out,
        decisions,
        b64decode(sketch),
        b64decode(bands),
        tuple((line, column, text) for line, column, text in sentences),
        unfilled,
    )


def _acceptance(item: Acceptance) -> tuple[Any, ...]:
    return (item.rule, item.subjects, item.reason, item.line, item.column, item.values, item.approver, item.date)


def dump_summary(summary: ReportSummary) -> list[Any]:
    """Converts what listings show of a report; its indicators, which only its organ's page shows, are left out."""
    return list(summary._replace(indicators=()))


class Summaries:
    """Reads what `dump_summary` wrote. A section has the same names and figures thousands of times: they are held
    once."""

    def __init__(self) -> None:
        self._figures: dict[Figure, Figure] = {}

    def load(self, values: list[Any]) -> ReportSummary:
        year, organ, title, published, form, figures, _, draft, outcomes, corrected = values
        items = tuple(map(self._figure, figures))
        texts = tuple(map(intern, outcomes))
        return ReportSummary(year, intern(organ), title, published, intern(form), items, (), draft, texts, corrected)

    def _figure(self, values: list[Any]) -> Figure:
        figure = Figure._make(values)
        known = self._figures.get(figure)
        if known is None:
            name, text, unit, listed, headline = figure
            known = Figure(intern(name), intern(text), intern(unit), listed, headline)
            self._figures[known] = known
        return known
