"""Compares printed figures: differences, rates and sums, as texts. Nothing is made of a figure that is not there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from generator.collection.summary import ReportSummary, total
from generator.forms.series import Comparable, Trend
from generator.report.model import Report

_TENTH = Decimal("0.1")
_MINUS = "\u2212"
_LEAST = 30


class Sum(NamedTuple):
    """A figure added up over `reports` reports; `text` is "" where none has it."""

    text: str
    reports: int


def texts(summary: ReportSummary) -> dict[str, str]:
    """The figures of a report by name, those it does not have left out."""
    return {figure.name: figure.text for figure in summary.figures if figure.text}


def rate(part: str, whole: str, least: int) -> str:
    """The part in percent of the whole with one decimal; "" where one is missing or the whole less than `least`."""
    if not part or not whole or Decimal(whole) < max(least, 1):
        return ""
    percent = Decimal(part) * 100 / Decimal(whole)
    return f"{percent.quantize(_TENTH, ROUND_HALF_UP)}%"


def share(part: int, whole: int) -> str:
    """The same of counts that are there; "" of fewer than 30 cases, of which a share says nothing."""
    return rate(str(part), str(whole), _LEAST)


def change(now: str, before: str) -> str:
    """How much more (+) or less (−) than before; "" where either is missing."""
    return signed(Decimal(now) - Decimal(before)) if now and before else ""


def signed(number: Decimal) -> str:
    """Prints a difference with its sign."""
    if number == 0:
        return "0"
    return f"+{number}" if number > 0 else f"{_MINUS}{-number}"


def added(figures: Iterable[str]) -> Sum:
    """Adds up figures, counting how many there are."""
    numbers = [Decimal(text) for text in figures if text]
    return Sum(str(sum(numbers, Decimal(0))) if numbers else "", len(numbers))


def last_year(trend: Trend, now: ReportSummary, before: ReportSummary | None) -> str:
    """What a report's figure was a year ago; "" without a report, or where what is counted has changed altogether."""
    if before is None or not comparable(trend, before.form, now.form):
        return ""
    return texts(before).get(trend.name, "")


def comparable(trend: Trend, earlier: str, later: str) -> bool:
    """Tells whether the figures of two forms (ids) may be subtracted."""
    return earlier == later or trend.join(earlier, later).comparable is not Comparable.NEVER


def of_last_year(trends: Sequence[Trend], report: Report, before: Report | None) -> dict[str, str]:
    """The figures of last year's report by name, as far as they may be put beside this year's."""
    if before is None:
        return {}
    series = {item.name: item for item in before.form.series}
    return {
        trend.name: total(series[trend.name], before)
        for trend in trends
        if trend.name in series and comparable(trend, before.form.id, report.form.id)
    }


def by_organ(summaries: Iterable[ReportSummary]) -> Mapping[str, dict[int, ReportSummary]]:
    """Reports by organ and year, organs in the order they come."""
    organs: dict[str, dict[int, ReportSummary]] = {}
    for summary in summaries:
        organs.setdefault(summary.organ, {})[summary.year] = summary
    return organs
