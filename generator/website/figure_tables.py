"""Tables of figures, for a year and for an organ: counts with their change, rates with what they are of, sums."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from html import escape
from types import MappingProxyType
from typing import NamedTuple, Protocol

from markupsafe import Markup

from generator.collection.summary import ReportSummary
from generator.forms.series import Trend
from generator.website.numbers import Sum, added, change, last_year, rate, texts
from generator.website.views import EntryView
from generator.website.words import Words

# More organs than this do not stand side by side on one page unless asked for.
MANY = 400
# The report of the same organ of the year before.
Before = Callable[[ReportSummary], ReportSummary | None]
# By figure: the years in which it began to count something else.
Breaks = Mapping[str, Container[int]]


class CellView(NamedTuple):
    """A cell of a listing: `sort` is the value to sort by where it is not the text, `note` stands behind it in small;
    `broken` where what is counted changed between it and the next."""

    text: str
    sort: str = ""
    note: str = ""
    broken: bool = False


class RowView(NamedTuple):
    """An organ's row: `level`, with its `rank`, and `group` (its district) are what the page can be narrowed to."""

    entry: EntryView
    level: str
    rank: int
    group: str
    leading: bool
    cells: tuple[CellView, ...]


class TotalView(NamedTuple):
    """The sums over the reports of a level."""

    label: str
    cells: tuple[CellView, ...]


DASH = CellView("\u2013", " ")  # for a rate of too few


class FiguresView(NamedTuple):
    """A table of organs (or, `by_year`, of years) and figures; a `dated` one also has the dates of reports."""

    id: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[RowView, ...]
    totals: tuple[TotalView, ...]
    dated: bool = False
    by_year: bool = False

    @property
    def long(self) -> bool:
        return is_long(self.rows)

    @property
    def dashed(self) -> bool:
        """Tells a table of rates that lacks one, and has to say why."""
        return any(DASH in cells for cells in self._lines())

    @property
    def dashes(self) -> bool:
        """Tells a table of rates that has not one: what they are of is too small in every line that has it."""
        return all(DASH in cells for cells in self._lines() if cells[0].text)

    def _lines(self) -> list[tuple[CellView, ...]]:
        return [*(row.cells for row in self.rows), *(total.cells for total in self.totals)]


class Leading(Protocol):
    """A row of a list that may stand for a district."""

    @property
    def leading(self) -> bool: ...


def is_long(rows: Sequence[Leading]) -> bool:
    """Tells whether a list of organs begins with its districts alone: thousands of rows take a phone many seconds."""
    return len(rows) > MANY and any(row.leading for row in rows)


class Counts:
    """The cells of the table of counts: the first figure with its change, then the others."""

    def __init__(
        self, first: Sequence[Trend], others: Sequence[Trend], before: Before, breaks: Breaks = MappingProxyType({})
    ) -> None:
        self.first, self.others, self.before, self.breaks = first, others, before, breaks

    def columns(self, words: Words) -> tuple[str, ...]:
        changed = [words("column.change")] if self.first else []
        first, others = ([words.term(trend.name) for trend in trends] for trends in (self.first, self.others))
        return (*first, *changed, *others)

    def row(self, summary: ReportSummary) -> tuple[CellView, ...]:
        figures, before = texts(summary), self.before(summary)
        cells: list[CellView] = []
        for trend in self.first:
            now = figures.get(trend.name, "")
            cells += [self._cell(trend, summary, figures), changed(now, last_year(trend, summary, before))]
        return (*cells, *(self._cell(trend, summary, figures) for trend in self.others))

    def _cell(self, trend: Trend, summary: ReportSummary, figures: Mapping[str, str]) -> CellView:
        return CellView(figures.get(trend.name, ""), broken=summary.year in self.breaks.get(trend.name, ()))

    def total(self, summaries: Sequence[ReportSummary]) -> tuple[CellView, ...]:
        known = [texts(summary) for summary in summaries]
        cells: list[CellView] = []
        for trend in self.first:
            before = [last_year(trend, summary, self.before(summary)) for summary in summaries]
            now = added(figures.get(trend.name, "") for figures in known)
            then = added(before) if all(before) else added(())
            cells += [sum_cell(now, len(summaries)), changed(now.text, then.text)]
        for trend in self.others:
            now = added(figures.get(trend.name, "") for figures in known)
            cells.append(sum_cell(now, len(summaries)))
        return tuple(cells)


class Rates:
    """The cells of the table of rates: what they are of, then each of them."""

    def __init__(self, trends: Sequence[Trend]) -> None:
        self.trends = [(trend.name, trend.share) for trend in trends if trend.share]

    def columns(self, words: Words) -> tuple[str, ...]:
        _, share = self.trends[0]
        return (words("column.n", name=words.term(share.of)), *(words.term(share.name) for _, share in self.trends))

    def row(self, summary: ReportSummary) -> tuple[CellView, ...]:
        return self._cells(texts(summary))

    def total(self, summaries: Sequence[ReportSummary]) -> tuple[CellView, ...]:
        """Rates of sums, over the reports that have both figures."""
        known = [texts(summary) for summary in summaries]
        names = {*(name for name, _ in self.trends), *(share.of for _, share in self.trends)}
        whole = [figures for figures in known if names <= figures.keys()]
        sums = {name: added(figures[name] for figures in whole).text for name in names}
        return self._cells(sums)

    def _cells(self, figures: Mapping[str, str]) -> tuple[CellView, ...]:
        n = figures.get(self.trends[0][1].of, "")
        return (CellView(n), *(rate_cell(figures.get(name, ""), n, share.least) for name, share in self.trends))


def rate_cell(part: str, whole: str, least: int) -> CellView:
    """A rate; a dash where the whole is too small for one, nothing where a figure is missing."""
    text = rate(part, whole, least)
    return CellView(text, text.removesuffix("%")) if text or not (part and whole) else DASH


def changed(now: str, before: str) -> CellView:
    """The change from before to now."""
    text = change(now, before)
    return CellView(text, text.replace("\u2212", "-").removeprefix("+"))


def sum_cell(total: Sum, of: int) -> CellView:
    """A sum; where fewer than `of` reports have the figure, with their number."""
    return CellView(total.text, note="" if total.reports == of or not total.text else str(total.reports))


def counts_and_rates(
    trends: Sequence[Trend], built: Sequence[ReportSummary], before: Before, breaks: Breaks = MappingProxyType({})
) -> tuple[Counts, Rates | None]:
    """The cells of both tables for the figures that some of the reports have; no rates where there are none."""
    known = [texts(summary) for summary in built]
    there = [trend for trend in trends if any(trend.name in figures for figures in known)]
    listed = [trend for trend in there if trend.listed]
    shares = [trend for trend in listed if trend.share and any(trend.share.of in figures for figures in known)]
    return Counts(listed[:1], listed[1:], before, breaks), Rates(shares) if shares else None


class CellPrinter:
    """Prints cells as HTML for the templates: most reports have the same few numbers, so each is printed once. `mark`
    stands before those that are broken."""

    def __init__(self, note: Callable[[str], str], mark: str = "") -> None:
        self._note = note
        self._mark = f'<span class="mark">{escape(mark)}</span>' if mark else ""
        self._known: dict[CellView, str] = {}

    def __call__(self, cells: Sequence[CellView]) -> Markup:
        known = self._known
        return Markup("".join([known.get(cell) or self._print(cell) for cell in cells]))

    def _print(self, cell: CellView) -> str:
        sort = f' data-v="{escape(cell.sort)}"' if cell.sort else ""
        note = f" <small>{escape(self._note(cell.note))}</small>" if cell.note else ""
        kind, mark = ("num broken", self._mark) if cell.broken else ("num", "")
        if mark and not cell.sort:
            sort = f' data-v="{escape(cell.text)}"'
        printed = f'<td class="{kind}"{sort}>{mark}{escape(cell.text)}{note}</td>'
        if len(self._known) < _KNOWN:
            self._known[cell] = printed
        return printed


_KNOWN = 50_000
