"""A district beside the sum of its units: year by year, with how many of them reported and why figures differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.collection.settings import Organ
from generator.collection.summary import ReportSummary
from generator.finding import Finding
from generator.forms.series import Trend
from generator.website.directory import Directory
from generator.website.numbers import added, signed, texts
from generator.website.shell import Shell, SitePage
from generator.website.views import LabelledValue, LinkView

Reports = Mapping[str, Mapping[int, ReportSummary]]


class SumRow(NamedTuple):
    """A figure: the district's own, the sum of its units' over `reports` of them, and the difference ("" = unknown)."""

    name: str
    own: str
    total: str
    difference: str
    reports: int


class SumYear(NamedTuple):
    """A year: `reported` of `expected` units have a report here; `absent` the others, with their reasons."""

    year: int
    url: str
    rows: tuple[SumRow, ...]
    reported: int
    expected: int
    absent: tuple[LabelledValue, ...]
    reasons: tuple[str, ...]


class DistrictSums:
    """Draws the page of a district's sums."""

    def __init__(self, shell: Shell, directory: Directory, trends: Sequence[Trend]) -> None:
        self.shell, self.directory, self.trends = shell, directory, trends

    def page(self, district: Organ, reports: Reports, findings: Sequence[Finding]) -> SitePage:
        """Draws the page of one district; accepted `findings` say why its sums differ."""
        words = self.shell.words
        title = words("sums.title", district=self.directory.short(district))
        return self.shell.page(
            "sums.html",
            f"compare/sums/{district.id}/index.html",
            "compare",
            title,
            (
                self.shell.home_link("../../../"),
                LinkView(words("compare.title"), "../../index.html"),
                LinkView(district.name, None),
            ),
            description=words("sums.description", district=district.name),
            district=district.name,
            years=list(self._years(district, reports, _reasons(findings, district.id))),
        )

    def _years(self, district: Organ, reports: Reports, reasons: Mapping[int, tuple[str, ...]]) -> Iterator[SumYear]:
        units = [organ for organ in self.directory.listed if organ.parent == district.id]
        for year, own in sorted(reports[district.id].items(), reverse=True):
            expected = [unit for unit in units if unit.valid_in(year)]
            there = [reports[unit.id][year] for unit in expected if year in reports.get(unit.id, ())]
            absent = [unit for unit in expected if year not in reports.get(unit.id, ())]
            excused = [self.directory.excuses.get((year, unit.id), "") for unit in absent]
            yield SumYear(
                year,
                f"../../../{year}/{district.id}/index.html",
                tuple(self._rows(own, there, complete=bool(there) and all(excused))),
                len(there),
                len(expected),
                tuple(LabelledValue(unit.name, why) for unit, why in zip(absent, excused, strict=True)),
                reasons.get(year, ()),
            )

    def _rows(self, own: ReportSummary, there: Sequence[ReportSummary], complete: bool) -> Iterator[SumRow]:
        """Yields a row for each figure the district has. A difference is told only where every unit is in the sum, or
        excused, and on the same form."""
        mine, theirs = texts(own), [texts(summary) for summary in there]
        same = all(summary.form == own.form for summary in there)
        for trend in self.trends:
            if trend.name in mine:
                total = added(figures.get(trend.name, "") for figures in theirs)
                whole = complete and same and total.reports == len(there)
                gap = signed(Decimal(mine[trend.name]) - Decimal(total.text)) if whole else ""
                yield SumRow(self.shell.words.term(trend.name), mine[trend.name], total.text, gap, total.reports)


def _reasons(findings: Sequence[Finding], district: str) -> dict[int, tuple[str, ...]]:
    """By year: the reasons for which differences of sums are accepted."""
    years: dict[int, dict[str, None]] = {}
    for finding in findings:
        if finding.rule == "AGG-CELL" and finding.accepted and finding.organ == district:
            years.setdefault(finding.year, {})[finding.accepted] = None
    return {year: tuple(reasons) for year, reasons in years.items()}
