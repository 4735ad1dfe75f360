"""Draws the comparison: an overview, a page for each figure, and each district beside the sum of its units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from generator.collection.settings import Organ
from generator.collection.summary import ReportSummary
from generator.finding import Finding
from generator.forms.model import Form
from generator.forms.series import Share, Trend
from generator.website.charts import Chart, panels
from generator.website.compare.measures import Compared, Grounds, Measure, YearColumn
from generator.website.compare.sentence import sentence
from generator.website.compare.sums import DistrictSums
from generator.website.directory import Directory
from generator.website.figure_tables import MANY, CellView
from generator.website.numbers import by_organ, texts
from generator.website.shell import Shell, SitePage
from generator.website.views import LinkView
from generator.website.words import Words

_PANELS = 12
_APART = ' class="apart"'
_BOX = '<svg viewBox="0 0 100 20" preserveAspectRatio="none" focusable="false">{}</svg>'


class Block(NamedTuple):
    """Some organs side by side: counts, rates (none where there are no years for them), the grounds behind them. Its
    rows are printed: there can be thousands."""

    id: str
    title: str
    columns: tuple[YearColumn, ...]
    rows: Markup
    totals: tuple[Compared, ...]
    charts: tuple[Chart, ...]
    rate_years: tuple[int, ...]
    rates: Markup
    rate_totals: tuple[Compared, ...]
    grounds: Grounds | None
    ground_rows: Markup
    ground_totals: tuple[Compared, ...]


class OverviewRow(NamedTuple):
    """A figure in the overview: its sums by year over the leading organs."""

    link: LinkView
    cells: tuple[CellView, ...]


class ComparePages:
    """Draws comparisons; `trends` are the figures followed through the years, `forms` name the rows behind them."""

    def __init__(self, shell: Shell, directory: Directory, trends: Sequence[Trend], forms: Sequence[Form]) -> None:
        self.shell, self.directory = shell, directory
        self.trends = [trend for trend in trends if trend.id and (trend.listed or trend.share)]
        self.forms = {form.id: form for form in forms}
        self._leads: dict[tuple[str, str], str] = {}
        self.sums = DistrictSums(shell, directory, [trend for trend in trends if trend.listed])

    def pages(self, summaries: Sequence[ReportSummary], findings: Sequence[Finding]) -> Iterator[SitePage]:
        """Yields every page of the comparison; accepted `findings` say why sums differ."""
        reports = by_organ(summaries)
        figures = {(summary.organ, summary.year): texts(summary) for summary in summaries}
        unlisted = [self.directory.organ(name) for name in sorted(reports) if name not in self.directory.organs]
        organs = [organ for organ in (*self.directory.listed, *unlisted) if organ.id in reports]
        top = [organ for organ in organs if not organ.parent] or organs
        measures = [m for trend in self.trends if (m := Measure(trend, organs, reports, figures, self.forms)).years]
        links = [LinkView(self.shell.words.term(m.trend.name), f"{m.trend.id}/index.html") for m in measures]
        districts = [organ for organ in organs if organ.id in self.directory.parents]
        yield self._overview(measures, links, top, districts)
        units = [organ for organ in organs if organ.parent]
        together = len(organs) <= MANY
        for measure in measures:
            below = units if together else []
            parts = [("leading", top), ("units", below)] if len(top) > 1 else [("all", organs if together else top)]
            yield self._page(measure, parts, top, links, None, [] if together else districts)
            for district in () if together else districts:
                members = [district, *(organ for organ in units if organ.parent == district.id)]
                of_units = measure.of(members)
                if of_units.years:
                    yield self._page(of_units, [("all", members)], [district], links, district, [])
        for district in districts:
            yield self.sums.page(district, reports, findings)

    # the overview ------------------------------------------------------------------------------------------

    def _overview(
        self, measures: Sequence[Measure], links: Sequence[LinkView], top: Sequence[Organ], districts: Sequence[Organ]
    ) -> SitePage:
        words = self.shell.words
        years = sorted({year for measure in measures for year in measure.years}, reverse=True)
        rows = []
        for measure, link in zip(measures, links, strict=True):
            (now, changed, *older) = measure.sums("", top).cells
            known = dict(zip(measure.years, (now, *older), strict=True))
            cells = [known.get(year, CellView("")) for year in years]
            latest = changed if measure.years[0] == years[0] else CellView("")
            rows.append(OverviewRow(link, (cells[0], latest, *cells[1:])))
        return self.shell.page(
            "compare_overview.html",
            "compare/index.html",
            "compare",
            words("compare.title"),
            (self.shell.home_link("../"), LinkView(words("compare.title"), None)),
            description=words("compare.description"),
            years=years,
            rows=rows,
            levels=self.directory.levels(top),
            count=len(top),
            marked=any(cell.broken for row in rows for cell in row.cells),
            districts=[LinkView(organ.name, f"sums/{organ.id}/index.html") for organ in districts],
        )

    # a figure ----------------------------------------------------------------------------------------------

    def _page(
        self,
        measure: Measure,
        parts: Sequence[tuple[str, Sequence[Organ]]],
        top: Sequence[Organ],
        links: Sequence[LinkView],
        district: Organ | None,
        districts: Sequence[Organ],
    ) -> SitePage:
        words, trend = self.shell.words, measure.trend
        figure = words.term(trend.name)
        path = f"compare/{trend.id}/{f'{district.id}/' if district else ''}index.html"
        root = "../" * path.count("/")
        title = words("compare.figure", figure=figure)
        if district:
            title = words("compare.of_units", district=self.directory.short(district), figure=figure)
        crumbs = (self.shell.home_link(root), LinkView(words("compare.title"), f"{root}compare/index.html"))
        of_parts = [(name, measure.of(organs)) for name, organs in parts]
        blocks = [self._block(name, part, root) for name, part in of_parts if part.years]
        return self.shell.page(
            "compare.html",
            path,
            "compare",
            title,
            (*crumbs, LinkView(figure, None)),
            description=words("compare.figure_description", figure=figure),
            figure=figure,
            unit=words.unit([*trend.units.values()][-1], trend.name),
            share=trend.share and _named(trend.share, words),
            links=[LinkView(link.label, f"{root}compare/{link.url}", link.label == figure) for link in links],
            breaks=[words("chart.sentence", text=step.join.note.say(words.lang)) for step in measure.breaks],
            summary=sentence(measure, top, words),
            blocks=blocks,
            jumps=self._jumps(blocks),
            districts=[LinkView(organ.name, f"{organ.id}/index.html") for organ in districts],
        )

    def _jumps(self, blocks: Sequence[Block]) -> list[LinkView]:
        """Leads to the tables of the first block, and to the other blocks."""
        words, (first, *others) = self.shell.words, blocks
        links = [LinkView(words("compare.to_counts"), f"#{first.id}")]
        if first.rate_years:
            links.append(LinkView(words("compare.to_rates"), f"#{first.id}-rates"))
        if first.grounds:
            links.append(LinkView(words("compare.to_grounds"), f"#{first.id}-grounds"))
        return [*links, *(LinkView(block.title, f"#{block.id}") for block in others)]

    def _block(self, name: str, measure: Measure, root: str) -> Block:
        words, organs = self.shell.words, measure.organs
        levels = self._levels([organ for organ in organs if name != "all" or organ.id not in self.directory.parents])
        label = self.directory.levels(organs)
        grounds = self._grounds(measure)
        rated = measure.trend.share is not None
        return Block(
            name,
            words("compare.block", levels=label, count=len(organs)),
            measure.columns,
            self._rows(measure.counts(), root, drawn=len(measure.years) > 1),
            tuple(measure.sums(label, members) for label, members in levels),
            self._charts(measure, organs) if name != "units" else (),
            tuple(measure.rate_years),
            self._rows(measure.rates(), root, "rates") if rated else Markup(),
            tuple(measure.rate_of(label, members) for label, members in levels) if rated else (),
            grounds,
            self._rows(grounds.rows, root) if grounds else Markup(),
            tuple(self._ground_totals(measure, grounds, levels)) if grounds else (),
        )

    def _grounds(self, measure: Measure) -> Grounds | None:
        grounds = measure.grounds()
        return grounds and grounds._replace(labels=tuple(map(self.shell.words.term, grounds.labels)))

    def _rows(self, items: Iterable[Compared], root: str, printer: str = "cells", drawn: bool = False) -> Markup:
        """Prints organs with their cells; `drawn` ones have their years as bars behind them."""
        cells, rows = self.shell.env.filters[printer], []
        for item in items:
            assert item.organ
            rows.append(f"{self._lead(item.organ, root)}{cells(item.cells)}{_bars(item.cells) if drawn else ''}</tr>\n")
        return Markup("".join(rows))

    def _lead(self, organ: Organ, root: str) -> str:
        """The start of an organ's row, drawn once: what the page can be narrowed to, its name and its level."""
        key = (organ.id, root)
        if key not in self._leads:
            drawn = self.shell.env.get_template("lead.html").render(
                name=organ.name,
                url=f"{root}organs/{organ.id}/index.html",
                level=organ.level,
                rank=self.directory.rank(organ.level),
                group=self.directory.group(organ),
                leading=organ.id in self.directory.parents,
            )
            self._leads[key] = drawn
        return self._leads[key]

    def _levels(self, organs: Sequence[Organ]) -> list[tuple[str, list[Organ]]]:
        """The organs by level, each with the label of its sums; none where there is but one organ."""
        levels: dict[str, list[Organ]] = {}
        for organ in organs:
            levels.setdefault(organ.level, []).append(organ)
        ordered = sorted(levels.items(), key=lambda item: self.directory.rank(item[0]))
        words = self.shell.words
        return [
            (words("compare.total", level=self.directory.level(level), count=len(members)), members)
            for level, members in ordered
            if len(members) > 1
        ]

    def _ground_totals(
        self, measure: Measure, grounds: Grounds, levels: Sequence[tuple[str, list[Organ]]]
    ) -> Iterator[Compared]:
        """Yields the sums of the grounds by level in their year, and in the year before where the form is the same."""
        form = self.forms[grounds.form]
        for label, members in levels:
            for year in (grounds.year, grounds.year - 1):
                item = measure.ground_sums(
                    self.shell.words("compare.in_year", label=label, year=year), members, year, form
                )
                if item.cells:
                    yield item

    def _charts(self, measure: Measure, organs: Sequence[Organ]) -> tuple[Chart, ...]:
        """Draws each organ's years on one scale, where there are not too many organs."""
        if len(organs) > _PANELS:
            return ()
        reports = [(self.directory.short(organ), list(measure.reports[organ.id].values())) for organ in organs]
        return panels(measure.trend, reports, self.shell.words)


def _named(share: Share, words: Words) -> Share:
    """A rate with its names in the language of the page."""
    return Share(words.term(share.name), words.term(share.of), share.least)


def _bars(cells: Sequence[CellView]) -> str:
    """Draws an organ's years as bars in a box of 100 × 20, oldest first, the highest full."""
    years = (cells[0], *cells[2:])[::-1]
    numbers = [float(cell.text or 0) for cell in years]
    apart = max((at for at, cell in enumerate(years) if cell.broken), default=0)  # so many years count otherwise
    top, step = max(numbers), 100 / len(numbers)
    shapes = []
    for at, number in enumerate(numbers):
        if number > 0:
            height, kind = number / top * 20, _APART if at < apart else ""
            place = f'x="{at * step:.1f}" y="{20 - height:.1f}" width="{step * 0.8:.1f}" height="{height:.1f}"'
            shapes.append(f"<rect{kind} {place}/>")
    drawn = _BOX.format("".join(shapes)) if shapes else ""
    return f'<td class="drawn" aria-hidden="true">{drawn}</td>'
