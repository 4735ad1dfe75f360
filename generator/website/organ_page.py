"""The page of an organ: its reports year against year, their rates, charts and the figures of their narratives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.collection.settings import Organ
from generator.collection.summary import ReportSummary
from generator.forms.series import Trend
from generator.website.charts import charts
from generator.website.directory import Directory
from generator.website.figure_tables import CellView, Counts, FiguresView, Rates, RowView, counts_and_rates
from generator.website.numbers import texts
from generator.website.shell import Shell, SitePage
from generator.website.views import IndicatorYears, LabelledValue, LinkView
from generator.website.words import Words


class OrganPage:
    """Draws organs; `trends` are the figures followed through the years."""

    def __init__(self, shell: Shell, directory: Directory, trends: Sequence[Trend]) -> None:
        self.shell, self.directory, self.trends = shell, directory, trends

    def page(self, organ: Organ, built: Sequence[ReportSummary]) -> SitePage:
        """Draws the page of an organ, from the summaries of all its reports."""
        words = self.shell.words
        years, indicators = indicator_table(built, words)
        parent = self.directory.organs.get(organ.parent)
        originals = self.directory.originals.get(organ.id, [])
        counts, *rates = self._tables(organ, built)
        tables = (counts, *(table for table in rates if not table.dashes))
        reported = {*(summary.year for summary in built), *(item.year for item in originals)}
        return self.shell.page(
            "organ.html",
            f"organs/{organ.id}/index.html",
            "organ",
            words("organ.title", organ=organ.name, section=self.shell.section),
            (self.shell.home_link("../../"), LinkView(organ.name, None)),
            facts=_facts(organ, words),
            parent=LinkView(parent.name, f"../{parent.id}/index.html") if parent else None,
            external=any(map(self.directory.leads_out, originals)),
            tables=tables,
            few=len(tables) == 1 and bool(rates),
            marked=any(cell.broken for table in tables for row in table.rows for cell in row.cells),
            missing=tuple(self._missing(organ, reported)),
            charts=charts(built, [trend for trend in self.trends if trend.listed], words),
            indicator_years=years,
            indicators=indicators,
        )

    def _tables(self, organ: Organ, built: Sequence[ReportSummary]) -> Iterator[FiguresView]:
        """Yields the table of counts by year, with the reports on original pages, then the one of rates."""
        words = self.shell.words
        by_year: Mapping[int, ReportSummary] = {summary.year: summary for summary in built}
        counts, rates = counts_and_rates(
            self.trends, built, lambda summary: by_year.get(summary.year - 1), self._breaks(built)
        )
        yield self._table("counts", words("organ.reports"), counts, organ, built)._replace(dated=True)
        if rates:
            yield self._table("rates", words("organ.rates"), rates, organ, built)

    def _breaks(self, built: Sequence[ReportSummary]) -> dict[str, set[int]]:
        """By figure: the years from which it counts something else than in the report before."""
        known = [(s.year, s.form, texts(s)) for s in built]
        forms = {
            trend.name: [(year, form) for year, form, figures in known if trend.name in figures]
            for trend in self.trends
        }
        return {trend.name: {step.later for step in trend.breaks(sorted(forms[trend.name]))} for trend in self.trends}

    def _table(
        self, name: str, caption: str, cells: Counts | Rates, organ: Organ, built: Sequence[ReportSummary]
    ) -> FiguresView:
        columns = cells.columns(self.shell.words)
        rows = [self._row(summary, cells.row(summary)) for summary in built]
        if name == "counts":
            empty = (CellView(""),) * len(columns)
            originals = self.directory.originals.get(organ.id, ())
            rows += [RowView(self.directory.original(item), "", 0, "", False, empty) for item in originals]
        else:
            rows = [row for row in rows if row.cells[0].text]
        rows.sort(key=lambda row: -row.entry.year)
        return FiguresView(name, caption, columns, tuple(rows), (), by_year=True)

    def _row(self, summary: ReportSummary, cells: tuple[CellView, ...]) -> RowView:
        return RowView(self.directory.entry("../../", summary), "", 0, "", False, cells)

    def _missing(self, organ: Organ, reported: set[int]) -> Iterator[LabelledValue]:
        """Yields the years between the first and the last report that have none, with the reason where one is given."""
        for year in range(min(reported, default=0), max(reported, default=-1) + 1):
            if year not in reported and organ.valid_in(year):
                reason = self.directory.excuses.get((year, organ.id), "")
                yield LabelledValue(self.shell.words("page.year", year=year), reason)


def indicator_table(built: Sequence[ReportSummary], words: Words) -> tuple[list[int], list[IndicatorYears]]:
    """The years that give any indicator, latest first, and each indicator's text in these years."""
    texts: dict[tuple[str, str], dict[int, str]] = {}
    for summary in built:
        for item in summary.indicators:
            text = words("report.approximate", figure=item.text) if item.approximate else item.text
            texts.setdefault((item.name, item.unit), {})[summary.year] = text
    years = sorted({year for by_year in texts.values() for year in by_year}, reverse=True)
    rows = [
        IndicatorYears(name, unit, tuple(by_year.get(year, "") for year in years))
        for (name, unit), by_year in texts.items()
    ]
    return years, rows


def _former(organ: Organ, words: Words) -> str:
    """Names what an organ was called before, the latest first, each with its last year."""
    names = (words("organ.former_until", name=name, year=year) for year, name in reversed(organ.former))
    return words("page.comma").join(names)


def _facts(organ: Organ, words: Words) -> tuple[LabelledValue, ...]:
    known = (
        (words("column.level"), organ.level),
        (words("organ.code"), organ.code),
        (words("organ.since"), organ.since),
        (words("organ.until"), organ.until),
        (words("organ.former"), _former(organ, words)),
    )
    return tuple(LabelledValue(label, value) for label, value in known if value)
