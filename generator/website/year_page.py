"""The page of a year: what every organ reported, beside last year and as rates; sums by level, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.collection.settings import Legacy
from generator.collection.summary import ReportSummary
from generator.forms.model import Form
from generator.forms.series import Trend
from generator.website.directory import Directory
from generator.website.figure_tables import CellView, Counts, FiguresView, Rates, RowView, TotalView, counts_and_rates
from generator.website.outcomes import outcomes
from generator.website.shell import Shell, SitePage
from generator.website.views import EntryView, FlawView, LinkView


class MissingView(NamedTuple):
    """An organ without a report here, and why."""

    organ: str
    reason: str


class YearReports(NamedTuple):
    """All that a year's page is made of; `before` are the reports of the year before, by organ."""

    year: int
    built: Sequence[ReportSummary]
    before: Mapping[str, ReportSummary]
    originals: Sequence[Legacy]
    waiting: tuple[str, ...]
    differences: tuple[FlawView, ...]


class YearPage:
    """Draws years; `trends` are the figures followed through the years, `forms` name the results of requests."""

    def __init__(self, shell: Shell, directory: Directory, trends: Sequence[Trend], forms: Sequence[Form] = ()) -> None:
        self.shell, self.directory = shell, directory
        self.trends, self.forms = trends, forms
        self._order = {organ.id: number for number, organ in enumerate(directory.listed)}

    def page(self, reports: YearReports, older: int, newer: int) -> SitePage:
        """Draws the page of a year between its neighbours (0 = none)."""
        words, year = self.shell.words, reports.year

        def link(other: int) -> LinkView | None:
            return LinkView(words("page.year", year=other), f"../{other}/index.html") if other else None

        found = tuple(self._tables(reports))
        return self.shell.page(
            "year.html",
            f"{year}/index.html",
            "year",
            words("year.title", year=year, section=self.shell.section),
            (self.shell.home_link("../"), LinkView(words("page.year", year=year), None)),
            year=year,
            apply=self.shell.apply,
            outcomes=outcomes(self.shell, self.directory, self.forms, year, reports.built, reports.before),
            tables=dated(table for table in found if table.id == "counts" or not table.dashes),
            few=any(table.id == "rates" and table.dashes for table in found),
            nested=len(reports.built) > 1 and any(summary.organ in self.directory.parents for summary in reports.built),
            external=any(map(self.directory.leads_out, reports.originals)),
            missing=tuple(missing(self.directory, reports)),
            differences=reports.differences,
            waiting=words("page.comma").join(reports.waiting),
            prev_year=link(older),
            next_year=link(newer),
        )

    # the two tables ----------------------------------------------------------------------------------------

    def _tables(self, reports: YearReports) -> Iterator[FiguresView]:
        """Yields the table of counts, then the one of rates; columns that the year's form lacks are left out."""
        words, year = self.shell.words, reports.year
        counts, rates = counts_and_rates(self.trends, reports.built, lambda summary: reports.before.get(summary.organ))
        yield self._table("counts", words("year.counts", year=year), counts, reports)
        if rates:
            yield self._table("rates", words("year.rates", year=year), rates, reports)

    def _table(self, name: str, caption: str, cells: Counts | Rates, reports: YearReports) -> FiguresView:
        columns = cells.columns(self.shell.words)
        rows = [
            self._row(self.directory.entry("../", summary), summary.organ, cells.row(summary))
            for summary in reports.built
        ]
        empty = (CellView(""),) * len(columns)
        rows += [self._row(self.directory.original(item), item.organ, empty) for item in reports.originals]
        organs = [*(summary.organ for summary in reports.built), *(item.organ for item in reports.originals)]
        placed = sorted(zip(map(self._place, organs), rows, strict=True), key=lambda item: item[0])
        totals = tuple(self._totals(reports, cells)) if len(reports.built) > 1 else ()
        return FiguresView(name, caption, columns, tuple(row for _, row in placed), totals)

    def _place(self, organ: str) -> int:
        return self._order.get(organ, len(self._order))

    def _row(self, entry: EntryView, organ_id: str, cells: tuple[CellView, ...]) -> RowView:
        organ = self.directory.organ(organ_id)
        leading = organ_id in self.directory.parents
        return RowView(
            entry, organ.level, self.directory.rank(organ.level), self.directory.group(organ), leading, cells
        )

    def _totals(self, reports: YearReports, cells: Counts | Rates) -> Iterator[TotalView]:
        """Yields a line of sums for each level: adding a district to its own units would count everything twice."""
        levels: dict[str, list[ReportSummary]] = {}
        for summary in sorted(reports.built, key=lambda summary: self._place(summary.organ)):
            levels.setdefault(self.directory.organ(summary.organ).level, []).append(summary)
        for level, summaries in sorted(levels.items(), key=lambda item: self.directory.rank(item[0])):
            label = self.shell.words("year.total", level=self.directory.level(level), count=len(summaries))
            yield TotalView(label, cells.total(summaries))


def dated(tables: Iterable[FiguresView]) -> tuple[FiguresView, ...]:
    """The tables, the last of them with the dates."""
    *others, last = tables
    return (*others, last._replace(dated=True))


def missing(directory: Directory, reports: YearReports) -> Iterator[MissingView]:
    """Yields the registered organs of the year that have no report here, not on an original page and not waiting."""
    there = {summary.organ for summary in reports.built} | {item.organ for item in reports.originals}
    for organ in (item.named_in(reports.year) for item in directory.listed):
        if organ.valid_in(reports.year) and organ.id not in there and organ.name not in reports.waiting:
            yield MissingView(organ.name, directory.excuses.get((reports.year, organ.id), ""))
