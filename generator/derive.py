"""What listings need of a report: a small, picklable summary. Nothing here is written back into a report."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from generator.format import Series
from generator.library import Entry
from generator.report import Report


class IndicatorLine(NamedTuple):
    name: str
    unit: str
    section: str
    value: str
    text: str
    approximate: bool


class Summary(NamedTuple):
    """One built report as listings show it; `figures` follow the form's series, "" where not computable."""

    year: int
    organ: str
    title: str
    published: str
    form: str
    figures: tuple[tuple[str, str], ...]
    indicators: tuple[IndicatorLine, ...]


def total(series: Series, report: Report) -> str:
    """The sum of the series' cells; empty when any of them is blank or not applicable."""
    values = [(report.figure(cell) or (None, ""))[0] for cell in series.cells]
    numbers = [value for value in values if isinstance(value, Decimal)]
    return str(sum(numbers, Decimal(0))) if numbers and len(numbers) == len(values) else ""


def summarise(entry: Entry) -> Summary:
    report = entry.report
    return Summary(
        report.year, report.organ, report.title, report.published, report.form.id,
        tuple((series.name, total(series, report)) for series in report.form.series),
        tuple(
            IndicatorLine(i.name, i.unit, i.section, str(i.value), i.text, i.approximate) for i in report.indicators
        ),
    )  # fmt: skip
