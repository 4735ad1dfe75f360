"""The pages that list reports: home, years, organs; with them help, the page for unknown addresses, and feeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.collection.settings import Legacy, Organ
from generator.collection.summary import ReportSummary
from generator.finding import Finding
from generator.forms.series import Trend
from generator.website.directory import Directory, key_figures
from generator.website.downloads.collection import cells_path
from generator.website.feeds import feeds
from generator.website.help_page import help_page
from generator.website.line_breaks import spans
from generator.website.numbers import last_year
from generator.website.organ_page import OrganPage
from generator.website.shell import Shell, SitePage
from generator.website.views import FileView, FlawView, LabelledValue, LinkView, OrganView, YearView
from generator.website.words import Words
from generator.website.year_page import YearPage, YearReports


class Listings:
    """Draws listings from summaries alone; `trends` are the figures followed through the years."""

    def __init__(self, shell: Shell, directory: Directory, trends: Sequence[Trend] = ()) -> None:
        self.shell, self.directory, self.trends = shell, directory, trends
        self.year, self.organ = YearPage(shell, directory, trends), OrganPage(shell, directory, trends)

    def pages(
        self, summaries: Sequence[ReportSummary], findings: Sequence[Finding] = (), held: Sequence[tuple[int, str]] = ()
    ) -> Iterator[SitePage]:
        """Yields home, years, 404, help and feeds, and the pages of organs of which nothing is built here.

        A year's page also says why sums over its reports differ, where `findings` accept that with a reason, and which
        reports (year, organ) are `held` back."""
        reports = _Reports(self.directory, summaries)
        yield self._home(reports)
        differences = variances(findings, self.directory, self.shell.words)
        for newer, year, older in zip((0, *reports.years), reports.years, (*reports.years[1:], 0), strict=False):
            waiting = tuple(self.directory.organ(organ).name for held_year, organ in held if held_year == year)
            built = reports.by_year.get(year, [])
            before = {summary.organ: summary for summary in reports.by_year.get(year - 1, ())}
            here = YearReports(year, built, before, reports.originals.get(year, []), waiting, differences.get(year, ()))
            yield self.year.page(here, older, newer)
        for organ in reports.organs:
            if organ.id not in reports.by_organ:
                yield self.organ.page(organ, [])
        if self.shell.prefix:
            return  # a section has one page for unknown addresses and one sitemap
        title = self.shell.words("error.title")
        yield self.shell.page("error.html", "404.html", "error", title, (LinkView(title, None),))
        yield help_page(self.shell)
        yield from feeds(self.shell, self.directory, summaries, self._paths(reports))

    def organ_page(self, summaries: Sequence[ReportSummary]) -> SitePage:
        """The page of an organ, from the summaries of all its reports."""
        return self.organ.page(self.directory.organ(summaries[0].organ), summaries)

    # home --------------------------------------------------------------------------------------------------

    def _home(self, reports: _Reports) -> SitePage:
        shell = self.shell
        main = {organ.id for organ in reports.organs if not organ.parent}
        years = [self._year_row(year, reports, main) for year in reports.years]
        built = (summary for year in reports.years for summary in reports.by_year.get(year, ()))
        latest = next((summary for summary in built if summary.organ in main), None)
        return shell.page(
            "home.html",
            "index.html",
            "home",
            f"{shell.section}-{shell.site_name}",
            (LinkView(shell.section, None),),
            years=years,
            organs=[self._organ_row(organ, reports) for organ in reports.organs],
            downloads=self._data_files(next((year for year in reports.years if year in reports.by_year), 0)),
            about=shell.about,
            originals=any(entry.external for row in years for entry in row.main),
            latest=self.directory.entry("", latest) if latest else None,
            numbers=self._numbers(latest, reports) if latest else (),
        )

    def _numbers(self, latest: ReportSummary, reports: _Reports) -> tuple[LabelledValue, ...]:
        """The figures of the latest report beside those of the year before."""
        mine = reports.by_organ[latest.organ]
        before = next((summary for summary in mine if summary.year == latest.year - 1), None)
        figures = {trend.name: last_year(trend, latest, before) for trend in self.trends}
        return key_figures(latest, self.shell.words, figures)

    def _year_row(self, year: int, reports: _Reports, main: set[str]) -> YearView:
        built, originals = reports.by_year.get(year, []), reports.originals.get(year, [])
        entries = (
            *(self.directory.entry("", summary) for summary in built if summary.organ in main),
            *(self.directory.original(item) for item in originals if item.organ in main),
        )
        return YearView(year, f"{year}/index.html", self._counts((*built, *originals)), entries)

    def _counts(self, reports: Iterable[ReportSummary | Legacy]) -> tuple[tuple[str, int], ...]:
        """Numbers of reports by level of their organ, in the order in which organs.yaml names the levels."""
        counts: dict[str, int] = {}
        for report in reports:
            level = self.directory.organ(report.organ).level
            counts[level] = counts.get(level, 0) + 1
        return tuple(sorted(counts.items(), key=lambda item: self.directory.rank(item[0])))

    def _organ_row(self, organ: Organ, reports: _Reports) -> OrganView:
        years = {
            *(summary.year for summary in reports.by_organ.get(organ.id, ())),
            *(item.year for item in self.directory.originals.get(organ.id, ())),
        }
        address = f"organs/{organ.id}/index.html"
        rank, group = self.directory.rank(organ.level), self.directory.group(organ)
        return OrganView(organ.name, organ.level, address, spans(years, self.shell.words), len(years), rank, group)

    def _data_files(self, year: int) -> tuple[FileView, ...]:
        """The figures of the newest year with reports (0 = none), and the page about all data files."""
        words = self.shell.words
        page = FileView(words("home.all_data"), "data/index.html", "", note=words("home.all_data_note"))
        if not year:
            return (page,)
        path = self.shell.top + cells_path(year)
        return (FileView(words("home.figures", year=year), path, "CSV", note=words("home.figures_note")), page)

    def _paths(self, reports: _Reports) -> tuple[str, ...]:
        """The pages of the section besides reports, for the sitemap."""
        return (
            "",
            "compare/",
            "search/",
            "help/",
            "data/",
            *(f"{year}/" for year in reports.years),
            *(f"organs/{organ.id}/" for organ in reports.organs),
        )


class _Reports:
    """All reports by year and by organ, those on original pages included; years latest first, organs as listed."""

    def __init__(self, directory: Directory, summaries: Sequence[ReportSummary]) -> None:
        self.by_year: dict[int, list[ReportSummary]] = {}
        self.by_organ: dict[str, list[ReportSummary]] = {}
        self.originals: dict[int, list[Legacy]] = {}
        order = {organ.id: number for number, organ in enumerate(directory.listed)}
        for summary in sorted(summaries, key=lambda summary: order.get(summary.organ, len(order))):
            self.by_year.setdefault(summary.year, []).append(summary)
            self.by_organ.setdefault(summary.organ, []).append(summary)
        for originals in directory.originals.values():
            for item in originals:
                self.originals.setdefault(item.year, []).append(item)
        self.years = sorted({*self.by_year, *self.originals}, reverse=True)
        unlisted = [directory.organ(name) for name in sorted(self.by_organ) if name not in directory.organs]
        self.organs = [
            organ
            for organ in (*directory.listed, *unlisted)
            if organ.id in self.by_organ or organ.id in directory.originals
        ]


def variances(findings: Sequence[Finding], directory: Directory, words: Words) -> Mapping[int, tuple[FlawView, ...]]:
    """By year: accepted differences between an organ's figure and the sum of its units', by reason."""
    years: dict[int, dict[str, list[str]]] = {}
    for finding in findings:
        if finding.rule == "AGG-CELL" and finding.accepted is not None:
            figure, _, total = finding.values.partition(" ≠ ")
            organ = directory.organ(finding.organ).name
            place = words("year.difference", organ=organ, cell=finding.subject, figure=figure, sum=total)
            years.setdefault(finding.year, {}).setdefault(finding.accepted, []).append(place)
    return {
        year: tuple(FlawView(reason, tuple(places)) for reason, places in reasons.items())
        for year, reasons in years.items()
    }
