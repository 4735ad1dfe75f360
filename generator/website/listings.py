"""The pages that list reports: home, years, organs; with them help, the page for unknown addresses, and feeds."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from generator.collection.settings import Legacy, Organ
from generator.collection.summary import ReportSummary
from generator.finding import Finding
from generator.forms.model import Form
from generator.forms.series import Trend
from generator.website.directory import Directory, key_figures
from generator.website.downloads.collection import cells_path
from generator.website.feeds import feeds
from generator.website.figure_tables import is_long
from generator.website.help_page import help_page
from generator.website.line_breaks import spans
from generator.website.numbers import last_year
from generator.website.organ_page import OrganPage
from generator.website.shell import Shell, SitePage
from generator.website.views import FileView, FlawView, LabelledValue, LinkView, OrganView, YearView
from generator.website.words import Words
from generator.website.year_page import YearPage, YearReports


class BuiltReports(NamedTuple):
    """The reports that are built here: the hash of each one's summary by (year, organ), in order, and how to `load` the
    summaries of some organs of a year."""

    hashes: Mapping[tuple[int, str], str]
    load: Callable[[int, Sequence[str]], Sequence[ReportSummary]]

    def summaries(self) -> list[ReportSummary]:
        """Loads the summaries of all reports, organs in order, years ascending."""
        years: dict[int, list[str]] = {}
        for year, organ in self.hashes:
            years.setdefault(year, []).append(organ)
        loaded = {(item.year, item.organ): item for year, organs in years.items() for item in self.load(year, organs)}
        return [loaded[report] for report in self.hashes]


class Listing(NamedTuple):
    """A page that lists reports, or some: `made_of` is all that decides their bytes besides the settings."""

    name: str
    made_of: tuple[object, ...]
    draw: Callable[[], Iterable[SitePage]]


class Listings:
    """Draws listings from summaries alone; `trends` are the figures followed through the years, `forms` name the
    results of requests."""

    def __init__(
        self, shell: Shell, directory: Directory, trends: Sequence[Trend] = (), forms: Sequence[Form] = ()
    ) -> None:
        self.shell, self.directory, self.trends = shell, directory, trends
        self.year, self.organ = YearPage(shell, directory, trends, forms), OrganPage(shell, directory, trends)

    def listings(
        self, built: BuiltReports, findings: Sequence[Finding] = (), held: Sequence[tuple[int, str]] = ()
    ) -> Iterator[Listing]:
        """Yields home, years, 404, help and feeds, and the pages of organs of which nothing is built here; none is
        drawn yet.

        A year's page also says why sums over its reports differ, where `findings` accept that with a reason, and which
        reports (year, organ) are `held` back."""
        reports = _Reports(self.directory, built)
        main = {organ.id for organ in reports.organs if not organ.parent}
        names = tuple(f"{year}/{organ}" for year, organ in built.hashes)
        elsewhere = {year: tuple(item.organ for item in items) for year, items in reports.originals.items()}
        summaries_of_main = tuple(hashed for (_, organ), hashed in built.hashes.items() if organ in main)
        yield Listing("home", (names, elsewhere, summaries_of_main), lambda: [self._home(reports, main)])
        yield from self._years(reports, variances(findings, self.directory, self.shell.words), held)
        for organ in reports.organs:
            if organ.id not in reports.by_organ:
                years = tuple(item.year for item in self.directory.originals[organ.id])
                yield Listing(f"without reports {organ.id}", years, partial(self._without_reports, organ))
        yield Listing("help", (), self._fixed)
        if self.shell.prefix:
            return  # a section has one sitemap
        everything = names, elsewhere, tuple(built.hashes.values())
        paths = self._paths(reports)
        yield Listing("feeds", everything, lambda: feeds(self.shell, self.directory, built.summaries(), paths))

    def _years(
        self, reports: _Reports, differences: Mapping[int, tuple[FlawView, ...]], held: Sequence[tuple[int, str]]
    ) -> Iterator[Listing]:
        for newer, year, older in zip((0, *reports.years), reports.years, (*reports.years[1:], 0), strict=False):
            waiting = tuple(self.directory.organ(organ, year).name for held_year, organ in held if held_year == year)
            summaries = tuple(reports.hashes(year) + reports.hashes(year - 1))
            originals = tuple(item.organ for item in reports.originals.get(year, ()))
            more = older, newer, waiting, differences.get(year, ())
            yield Listing(f"year {year}", (summaries, originals, *more), partial(self._year, reports, year, *more))

    def _without_reports(self, organ: Organ) -> Iterator[SitePage]:
        yield self.organ.page(organ, [])

    def _fixed(self) -> Iterator[SitePage]:
        """Draws the pages that depend on no report."""
        title = self.shell.words("error.title")
        yield self.shell.page("error.html", "404.html", "error", title, (LinkView(title, None),))
        yield help_page(self.shell)

    def organ_page(self, summaries: Sequence[ReportSummary]) -> SitePage:
        """The page of an organ, from the summaries of all its reports."""
        return self.organ.page(self.directory.organ(summaries[0].organ), summaries)

    def _year(
        self,
        reports: _Reports,
        year: int,
        older: int,
        newer: int,
        waiting: tuple[str, ...],
        differences: tuple[FlawView, ...],
    ) -> Iterator[SitePage]:
        before = {summary.organ: summary for summary in reports.summaries(year - 1)}
        originals = reports.originals.get(year, [])
        here = YearReports(year, reports.summaries(year), before, originals, waiting, differences)
        yield self.year.page(here, older, newer)

    # home --------------------------------------------------------------------------------------------------

    def _home(self, reports: _Reports, main: set[str]) -> SitePage:
        shell = self.shell
        of_main = {year: reports.summaries(year, main) for year in reports.years}
        years = [self._year_row(year, reports, main, of_main[year]) for year in reports.years]
        organs = [self._organ_row(organ, reports) for organ in reports.organs]
        latest = next((summary for year in reports.years for summary in of_main[year]), None)
        return shell.page(
            "home.html",
            "index.html",
            "home",
            f"{shell.section}-{shell.site_name}",
            (LinkView(shell.section, None),),
            years=years,
            organs=organs,
            long=is_long(organs),
            downloads=self._data_files(next((year for year in reports.years if year in reports.by_year), 0)),
            about=shell.about,
            originals=any(entry.external for row in years for entry in row.main),
            latest=self.directory.entry("", latest) if latest else None,
            numbers=self._numbers(latest, reports) if latest else (),
        )

    def _numbers(self, latest: ReportSummary, reports: _Reports) -> tuple[LabelledValue, ...]:
        """The figures of the latest report beside those of the year before."""
        before = next(iter(reports.summaries(latest.year - 1, {latest.organ})), None)
        figures = {trend.name: last_year(trend, latest, before) for trend in self.trends}
        return key_figures(latest, self.shell.words, figures)

    def _year_row(self, year: int, reports: _Reports, main: set[str], built: Sequence[ReportSummary]) -> YearView:
        originals = reports.originals.get(year, [])
        entries = (
            *(self.directory.entry("", summary) for summary in built),
            *(self.directory.original(item) for item in originals if item.organ in main),
        )
        organs = (*reports.by_year.get(year, ()), *(item.organ for item in originals))
        return YearView(year, f"{year}/index.html", self._counts(organs), entries)

    def _counts(self, organs: Iterable[str]) -> tuple[tuple[str, int], ...]:
        """Numbers of reports by level of their organ, in the order in which organs.yaml names the levels."""
        counts: dict[str, int] = {}
        for organ in organs:
            level = self.directory.organ(organ).level
            counts[level] = counts.get(level, 0) + 1
        ordered = sorted(counts.items(), key=lambda item: self.directory.rank(item[0]))
        return tuple((self.directory.level(level), count) for level, count in ordered)

    def _organ_row(self, organ: Organ, reports: _Reports) -> OrganView:
        years = {
            *reports.by_organ.get(organ.id, ()),
            *(item.year for item in self.directory.originals.get(organ.id, ())),
        }
        address = f"organs/{organ.id}/index.html"
        rank, group = self.directory.rank(organ.level), self.directory.group(organ)
        said, leading = spans(years, self.shell.words), organ.id in self.directory.parents
        return OrganView(
            organ.name, organ.level, address, said, len(years), rank, group, leading, self.directory.formerly(organ)
        )

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
    """All reports by year (organs) and by organ (years), those on original pages besides; years latest first, organs as
    listed."""

    def __init__(self, directory: Directory, built: BuiltReports) -> None:
        self.built = built
        self.by_year: dict[int, list[str]] = {}
        self.by_organ: dict[str, list[int]] = {}
        self.originals: dict[int, list[Legacy]] = {}
        order = {organ.id: number for number, organ in enumerate(directory.listed)}
        for year, organ in sorted(built.hashes, key=lambda report: order.get(report[1], len(order))):
            self.by_year.setdefault(year, []).append(organ)
            self.by_organ.setdefault(organ, []).append(year)
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

    def hashes(self, year: int) -> list[str]:
        """Names the summaries of a year."""
        return [f"{organ} {self.built.hashes[year, organ]}" for organ in self.by_year.get(year, ())]

    def summaries(self, year: int, organs: Container[str] | None = None) -> Sequence[ReportSummary]:
        """Loads the summaries of a year, of all organs or of some."""
        there = self.by_year.get(year, ())
        wanted = [organ for organ in there if organs is None or organ in organs]
        return self.built.load(year, wanted) if wanted else ()


def variances(findings: Sequence[Finding], directory: Directory, words: Words) -> Mapping[int, tuple[FlawView, ...]]:
    """By year: accepted differences between an organ's figure and the sum of its units', by reason."""
    years: dict[int, dict[str, list[str]]] = {}
    for finding in findings:
        if finding.rule == "AGG-CELL" and finding.accepted is not None:
            figure, _, total = finding.values.partition(" ≠ ")
            organ = directory.organ(finding.organ, finding.year).name
            cell = words.cell(finding.subject, finding.cells[0] if finding.cells else None)
            place = words("year.difference", organ=organ, cell=cell, figure=figure, sum=total)
            years.setdefault(finding.year, {}).setdefault(finding.accepted, []).append(place)
    return {
        year: tuple(FlawView(reason, tuple(places)) for reason, places in reasons.items())
        for year, reasons in years.items()
    }
