"""Computes the geometry of charts: numbers in, coordinates out.

Templates draw them; the same numbers always stand in a table beside. A trend is drawn
from two years on; a composition when at least two of its parts are not zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from generator.collection.summary import Figure, ReportSummary
from generator.forms.model import Form
from generator.forms.series import Trend
from generator.report.model import TableFigures
from generator.website.numbers import change, comparable
from generator.website.words import Words

# One panel, in user units; 16 of them are a text line, so the drawing grows with the reader's text size.
WIDTH, HEIGHT, BASE, HEADROOM = 320, 176, 146, 30
_WIDEST = 34
_LABELS = 8
_DIGITS, _ROOM = 3, 26  # a number of so many digits takes this much room
_OVERHANG = 12  # how far the first and the last number may reach out of the drawing


class Bar(NamedTuple):
    """A year of a trend; `text` or `year` is "" where there is no figure, or no room for the label. `apart`: what is
    counted has changed since."""

    year: str
    text: str
    middle: float
    x: float
    y: float
    width: float
    height: float
    apart: bool = False


class Mark(NamedTuple):
    """A break between two years, where what is counted changed; `note` says how."""

    x: float
    note: str


class Chart(NamedTuple):
    """One series through the years; `description` says all of it in words, `said` the latest year and its change."""

    name: str
    unit: str
    first: int
    last: int
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    description: str
    said: str = ""


def charts(summaries: Sequence[ReportSummary], series: Sequence[Trend], words: Words) -> tuple[Chart, ...]:
    """Draws a chart of each of the `series`; none where fewer than two years have a figure, or all are zero."""
    ordered = sorted(summaries, key=lambda summary: summary.year)
    forms = {summary.year: summary.form for summary in ordered}
    by_name: dict[str, dict[int, Figure]] = {}
    for summary in ordered:
        for figure in summary.figures:
            if figure.text:
                by_name.setdefault(figure.name, {})[summary.year] = figure
    drawn = []
    for trend in series:
        figures = by_name.get(trend.name, {})
        if len(figures) > 1 and any(Decimal(figure.text) > 0 for figure in figures.values()):
            drawn.append(_chart(trend, figures, forms, words))
    return tuple(drawn)


def panels(trend: Trend, reports: Sequence[tuple[str, Sequence[ReportSummary]]], words: Words) -> tuple[Chart, ...]:
    """Draws one figure of several organs (name, reports) on the same years and the same scale; nothing where fewer than
    two years have a figure, or all are zero."""
    known = [
        (name, {s.year: figure for s in own for figure in s.figures if figure.name == trend.name and figure.text}, own)
        for name, own in reports
    ]
    known = [item for item in known if item[1]]
    years = {year for _, figures, _ in known for year in figures}
    top = max((Decimal(figure.text) for _, figures, _ in known for figure in figures.values()), default=Decimal(0))
    if len(years) < 2 or top <= 0:
        return ()
    scale = Scale(min(years), max(years), top)
    return tuple(
        _chart(trend, figures, {s.year: s.form for s in own}, words, scale)._replace(name=name)
        for name, figures, own in known
    )


class Scale(NamedTuple):
    """The years and the height that several panels share."""

    first: int
    last: int
    top: Decimal


def _chart(
    trend: Trend, figures: Mapping[int, Figure], forms: Mapping[int, str], words: Words, scale: Scale | None = None
) -> Chart:
    first, last, top = scale or Scale(min(figures), max(figures), max(Decimal(f.text) for f in figures.values()))
    slot = WIDTH / (last - first + 1)
    breaks = trend.breaks([(year, forms[year]) for year in sorted(figures)])
    apart = max((at.later for at in breaks), default=first)
    description = words("chart.between").join(
        words("chart.figure", year=year, figure=figure.text, unit=words.unit(figure.unit, trend.name, figure.text))
        for year, figure in sorted(figures.items())
    )
    return Chart(
        words.term(trend.name),
        words.unit(figures[max(figures)].unit, trend.name),
        first,
        last,
        tuple(_bars({year: figure.text for year, figure in figures.items()}, first, last, top, apart)),
        tuple(Mark(round((at.later - first) * slot, 1), at.join.note.say(words.lang)) for at in breaks),
        description,
        _said(trend, figures, forms, words),
    )


def _said(trend: Trend, figures: Mapping[int, Figure], forms: Mapping[int, str], words: Words) -> str:
    """Says the latest figure and, where the two years count the same, how it changed."""
    year = max(figures)
    figure, before = figures[year], figures.get(year - 1)
    unit = words.unit(figure.unit, trend.name, figure.text)
    latest = words("chart.figure", year=year, figure=figure.text, unit=unit)
    if before is None or not comparable(trend, forms[year - 1], forms[year]):
        return latest
    changed = said_change(change(figure.text, before.text), figure.unit, trend.name, words)
    return words("chart.between").join((latest, changed))


def said_change(change: str, unit: str, counted: str, words: Words) -> str:
    """Says how much a figure changed within a year, in a unit that `counted` goes by."""
    if change == "0":
        return words("chart.same")
    return words("chart.change", change=change, unit=words.unit(unit, counted, change))


def _bars(texts: Mapping[int, str], first: int, last: int, top: Decimal, apart: int) -> Iterator[Bar]:
    """Yields a bar for every year from the first to the last, their heights in proportion to `top`; those before the
    year `apart` stand apart. Numbers that would touch each other are left out, the latest stay; the table has all."""
    slot = WIDTH / (last - first + 1)
    width = min(_WIDEST, slot * 0.62)
    step = -(-(last - first + 1) // _LABELS)
    longest = max(map(_room, texts.values()), default=0.0)
    every = step * ceil(longest / (slot * step))
    for year in range(first, last + 1):
        text = texts.get(year, "")
        middle = (year - first + 0.5) * slot
        height = max(0.0, float(Decimal(text) / top)) * (BASE - HEADROOM) if text else 0.0
        labelled = (last - year) % step == 0
        fits = longest <= slot >= _ROOM or (last - year) % every == 0
        inside = _room(text) / 2 <= min(middle, WIDTH - middle) + _OVERHANG
        yield Bar(
            str(year) if labelled else "",
            text if fits and inside else "",
            middle=round(middle, 1),
            x=round(middle - width / 2, 1),
            y=round(BASE - height, 1),
            width=round(width, 1),
            height=round(height, 1),
            apart=year < apart,
        )


def _room(text: str) -> float:
    return len(text) * _ROOM / _DIGITS


class CompositionPart(NamedTuple):
    """A way of dealing with requests, as the form words it, and the cells (indexes of slots) whose sum it is."""

    label: str
    cells: tuple[int, ...]


class Composition(NamedTuple):
    """The parts of a composition in official order, all in one table, and the cells of their printed total."""

    table: str
    parts: tuple[CompositionPart, ...]
    total: tuple[int, ...]


@lru_cache(maxsize=64)
def composition_of(form: Form) -> Composition | None:
    """Finds the printed groups of the rows that play the role `results`; None where the form has none."""
    rows = {(table.id, row.key): row for table in form.tables for block in table.blocks for row in block.rows}
    paths = [rows[key].path for key in form.row_roles.get("results", ())]
    places = [form.by_name[name] for name in (*form.role("results"), *form.role("handled_total"))]
    cells = [cell for _, cell in places]
    if not paths or len(paths) != len(form.role("results")) or len({table for table, _ in places}) != 1:
        return None
    depth = next((depth for depth in range(min(map(len, paths))) if len({path[depth] for path in paths}) > 1), 0)
    groups: dict[str, list[int]] = {}
    for path, cell in zip(paths, cells, strict=False):
        groups.setdefault(path[depth], []).append(cell)
    parts = tuple(CompositionPart(label, tuple(group)) for label, group in groups.items())
    return Composition(places[0][0], parts, tuple(cells[len(paths) :]))


def composition(sheet: TableFigures, parts: Composition) -> tuple[int, ...]:
    """Counts the requests of each part.

    Empty when a cell is blank, when the parts do not make up the printed total, or when fewer than two of them are not
    zero: then there is nothing a picture could add."""
    sums = []
    for cells in (*(part.cells for part in parts.parts), parts.total):
        values = [sheet.values[cell] for cell in cells]
        numbers = [value for value in values if isinstance(value, Decimal)]
        if len(numbers) < len(values):
            return ()
        sums.append(int(sum(numbers)))
    *counts, total = sums
    return tuple(counts) if sum(counts) == total and sum(1 for count in counts if count > 0) > 1 else ()
