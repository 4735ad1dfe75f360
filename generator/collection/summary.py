"""Summarises a report for listings: small and picklable. Nothing here is written back into a report."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from generator.forms.model import Form, Series
from generator.report.entry import DRAFT, LoadedReport
from generator.report.model import Report


class IndicatorLine(NamedTuple):
    """A figure of the narrative as data files list it; `approximate` where the narrative says 余.

    `key` names a figure of the form's statement for good (information_fees.notices); others go by their names."""

    name: str
    unit: str
    section: str
    value: str
    text: str
    approximate: bool
    key: str = ""


class Figure(NamedTuple):
    """A figure that is followed through the years; `text` is "" where it cannot be computed. `listed` ones show in
    listings, `headline` ones at the head of a report."""

    name: str
    text: str
    unit: str
    listed: bool = True
    headline: bool = True


class ReportSummary(NamedTuple):
    """One built report as listings show it; `figures` follow the form's series, `outcomes` are the printed totals of
    its rows of results; a `draft` is in previews only; `corrected` is the day of the last correction, "" where there
    is none."""

    year: int
    organ: str
    title: str
    published: str
    form: str
    figures: tuple[Figure, ...]
    indicators: tuple[IndicatorLine, ...]
    draft: bool = False
    outcomes: tuple[str, ...] = ()
    corrected: str = ""


def total(series: Series, report: Report) -> str:
    """Adds up the series' cells; empty when any of them is blank or not applicable."""
    values = [(report.figure(cell) or (None, ""))[0] for cell in series.cells]
    numbers = [value for value in values if isinstance(value, Decimal)]
    return str(sum(numbers, Decimal(0))) if numbers and len(numbers) == len(values) else ""


@lru_cache(maxsize=64)
def _units(form: Form) -> tuple[str, ...]:
    """Gives the unit of each series: that of its first cell, "" where the form has none."""
    units = {slot.name: slot.column.unit for table in form.tables for slot in table.slots}
    return tuple(units[series.cells[0]] if series.cells else "" for series in form.series)


def indicator_lines(report: Report) -> Iterator[IndicatorLine]:
    """Yields the figures beside the tables; those of the form's statement with their stable keys."""
    for i in report.indicators:
        yield IndicatorLine(i.name, i.unit, i.section, str(i.value), i.text, i.approximate)
    if report.stated:
        ids = {figure.key: f"{report.stated.statement.id}.{figure.role}" for figure in report.stated.statement.figures}
        for key, i in report.stated.figures.items():
            yield IndicatorLine(i.name, i.unit, i.section, str(i.value), i.text, i.approximate, ids[key])


def summarise(entry: LoadedReport) -> ReportSummary:
    """Takes from a report what listings and data files show of it."""
    report = entry.report
    return ReportSummary(
        report.year,
        report.organ,
        report.title,
        report.published,
        report.form.id,
        tuple(
            Figure(s.name, total(s, report), unit, s.listed, s.headline)
            for s, unit in zip(report.form.series, _units(report.form), strict=True)
        ),
        tuple(indicator_lines(report)),
        entry.ref.withheld == DRAFT,
        tuple((report.figure(cell) or (None, ""))[1] for cell in report.form.role("results")),
        max((item.date for item in report.corrections), default=""),
    )
