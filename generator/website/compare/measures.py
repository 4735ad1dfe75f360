"""Puts one figure of all organs and years side by side: counts, rates with what they are of, the grounds behind them.

Organs stand in the order of the register: nothing here ranks them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from generator.collection.settings import Organ
from generator.collection.summary import ReportSummary
from generator.forms.model import Form
from generator.forms.series import Break, Trend
from generator.website.figure_tables import CellView, changed, rate_cell, sum_cell
from generator.website.numbers import added, comparable

Reports = Mapping[str, Mapping[int, ReportSummary]]
Figures = Mapping[tuple[str, int], Mapping[str, str]]


class YearColumn(NamedTuple):
    """A year as a column; `broken`: what is counted changed between this year and the one before."""

    year: int
    broken: bool


class Compared(NamedTuple):
    """An organ, or the sum of a level (without `organ`), with its cells."""

    label: str
    organ: Organ | None
    cells: tuple[CellView, ...]


class Grounds(NamedTuple):
    """The rows of a form that make up a figure in one year: what each is called, and each organ's numbers."""

    year: int
    form: str
    labels: tuple[str, ...]
    rows: tuple[Compared, ...]


class Measure:
    """One figure over all `reports` of some organs; `figures` are those of each report by name."""

    def __init__(
        self, trend: Trend, organs: Sequence[Organ], reports: Reports, figures: Figures, forms: Mapping[str, Form]
    ) -> None:
        self.trend, self.reports, self.figures, self.forms = trend, reports, figures, forms
        self.organs = [organ for organ in organs if organ.id in reports]
        self._known = {
            organ.id: {year: known for year in reports[organ.id] if trend.name in (known := figures[organ.id, year])}
            for organ in self.organs
        }
        self.years = sorted({year for years in self._known.values() for year in years}, reverse=True)

    def known(self, organ: Organ, year: int) -> Mapping[str, str]:
        """The figures by name of a report that has this one; none where there is no such report."""
        return self._known.get(organ.id, _NO_YEARS).get(year, _NO_FIGURES)

    def of(self, organs: Sequence[Organ]) -> Measure:
        """The same figure of other organs."""
        return Measure(self.trend, organs, self.reports, self.figures, self.forms)

    @cached_property
    def breaks(self) -> tuple[Break, ...]:
        """Where what is counted changed, by the forms that most reports of a year are on."""
        return self.trend.breaks(sorted(self._forms.items()))

    @cached_property
    def _forms(self) -> dict[int, str]:
        """The form that most reports of each year are on."""
        counted = Counter(
            (year, self.reports[organ][year].form) for organ, years in self._known.items() for year in years
        )
        forms: dict[int, str] = {}
        for (year, form), _ in counted.most_common():
            forms.setdefault(year, form)
        return forms

    @cached_property
    def columns(self) -> tuple[YearColumn, ...]:
        """The years, latest first."""
        broken = {step.later for step in self.breaks}
        return tuple(YearColumn(year, year in broken) for year in self.years)

    def counts(self) -> Iterator[Compared]:
        """Yields each organ's figures, latest year first, with the change of the latest year behind it."""
        columns = self.columns
        for organ in self.organs:
            mine = self.reports[organ.id]
            cells = [
                CellView(self.known(organ, year).get(self.trend.name, ""), broken=broken) for year, broken in columns
            ]
            before = self._before(organ, self.years[0]) if self.years[0] in mine else ""
            yield Compared(organ.name, organ, (cells[0], changed(cells[0].text, before), *cells[1:]))

    def sums(self, label: str, organs: Sequence[Organ]) -> Compared:
        """Adds up some organs' figures; the change is that of the organs that have both years."""
        cells = []
        for year, broken in self.columns:
            there = [known[self.trend.name] for organ in organs if (known := self.known(organ, year))]
            reporting = sum(year in self.reports.get(organ.id, ()) for organ in organs)
            cells.append(sum_cell(added(there), reporting)._replace(broken=broken))
        return Compared(label, None, (cells[0], self._sum_changed(organs), *cells[1:]))

    def _sum_changed(self, organs: Sequence[Organ]) -> CellView:
        year, now, then = self.years[0], [], []
        for organ in organs:
            if known := self.known(organ, year):
                before = self._before(organ, year)
                if not before:
                    return CellView("")
                now.append(known[self.trend.name])
                then.append(before)
        return changed(added(now).text, added(then).text)

    def _before(self, organ: Organ, year: int) -> str:
        """What an organ's figure was the year before; "" where the two may not be subtracted."""
        mine = self.reports[organ.id]
        if year - 1 not in mine or not comparable(self.trend, mine[year - 1].form, mine[year].form):
            return ""
        return self.known(organ, year - 1).get(self.trend.name, "")

    # rates -------------------------------------------------------------------------------------------------

    @cached_property
    def rate_years(self) -> list[int]:
        """The years in which some report has both the figure and what it is a rate of, latest first."""
        share = self.trend.share
        there = (item for years in self._known.values() for item in years.items())
        return sorted({year for year, figures in there if share and share.of in figures}, reverse=True)

    def rates(self) -> Iterator[Compared]:
        """Yields each organ's rates by year, each with its n."""
        for organ in self.organs:
            cells = [self._rate(self.known(organ, year)) for year in self.rate_years]
            yield Compared(organ.name, organ, tuple(cells))

    def rate_of(self, label: str, organs: Sequence[Organ]) -> Compared:
        """The rates of the sums of some organs, over the reports that have both figures."""
        assert self.trend.share
        name, of = self.trend.name, self.trend.share.of
        cells = []
        for year in self.rate_years:
            there = [figures for organ in organs if of in (figures := self.known(organ, year))]
            cells.append(self._rate({key: added(figures[key] for figures in there).text for key in (name, of)}))
        return Compared(label, None, tuple(cells))

    def _rate(self, figures: Mapping[str, str]) -> CellView:
        assert self.trend.share
        n = figures.get(self.trend.share.of, "")
        cell = rate_cell(figures.get(self.trend.name, ""), n, self.trend.share.least)
        return cell._replace(note=n) if cell.text else cell

    # grounds -----------------------------------------------------------------------------------------------

    def grounds(self) -> Grounds | None:
        """The rows behind the figure in the latest year, where the form of most reports has more than one."""
        year = self.years[0]
        form = self.forms.get(self._forms[year])
        rows = _rows(self.trend, form) if form else ()
        if form is None or len(rows) < 2:
            return None
        return Grounds(year, form.id, tuple(label for _, label in rows), tuple(self._grounds(year, form)))

    def _grounds(self, year: int, form: Form) -> Iterator[Compared]:
        for organ in self.organs:
            summary = self.reports[organ.id].get(year)
            if summary and summary.form == form.id:
                yield Compared(organ.name, organ, tuple(map(CellView, self.ground_texts(summary, form))))

    def ground_texts(self, summary: ReportSummary, form: Form) -> list[str]:
        """The figures of the rows behind the figure, as one report prints them."""
        return [summary.outcomes[at].replace("/", "") for at, _ in _rows(self.trend, form)]

    def ground_sums(self, label: str, organs: Sequence[Organ], year: int, form: Form) -> Compared:
        """The sums of the rows behind the figure over some organs' reports of a year."""
        there = [s for organ in organs if (s := self.reports.get(organ.id, {}).get(year)) and s.form == form.id]
        columns = zip(*(self.ground_texts(summary, form) for summary in there), strict=True)
        return Compared(label, None, tuple(sum_cell(added(column), len(there)) for column in columns))


_NO_YEARS: Mapping[int, Mapping[str, str]] = {}
_NO_FIGURES: Mapping[str, str] = {}


@lru_cache(maxsize=512)
def _rows(trend: Trend, form: Form) -> tuple[tuple[int, str], ...]:
    """Which of the form's rows of results make up a figure: their numbers among the outcomes, and their labels."""
    wanted = trend.cells.get(form.id, ())
    slots = {slot.name: slot for table in form.tables for slot in table.slots}
    return tuple(
        (number, slots[name].row.path[-1]) for number, name in enumerate(form.role("results")) if name in wanted
    )
