"""Follows figures through the years across forms: which cells they are, and whether they may be joined.

The forms changed what they count, so two years stand on one line only as far as series.yaml allows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Any, NamedTuple

from generator.finding import Message
from generator.forms.declaration import read_text
from generator.forms.model import Form, Series
from generator.yaml_source.shipped import load_yaml


class Comparable(StrEnum):
    """Grades how far two forms count the same: fully, approximately, or never (do not join or subtract)."""

    FULL = "full"
    APPROXIMATE = "approximate"
    NEVER = "never"


_ORDER = list(Comparable)


class Join(NamedTuple):
    """Says how a figure continues from one form to the next; `mark`: a break mark with the note is due there."""

    comparable: Comparable
    mark: bool
    note: Message


class Break(NamedTuple):
    """Places a break mark on a line through the years: between these two."""

    earlier: int
    later: int
    join: Join


_SAME = Join(Comparable.FULL, False, Message("", ""))
_ABSENT = Join(
    Comparable.NEVER,
    False,
    Message("其中一年的格式没有这个数", "the form of one of the years does not have this figure"),
)


class Share(NamedTuple):
    """Describes the rate of a figure: its part of the figure `of`, in percent; none where that is less than `least`."""

    name: str
    of: str
    least: int


@dataclass(frozen=True, eq=False)
class Trend:
    """Describes a figure through the years; `listed` ones show in listings, `headline` ones at the head of a report.

    `cells` are slot names to add up and `units` what they count in, both by form id; a form without an entry has
    nothing of the kind. `joins` are keyed by neighbouring forms; `order` are the ids of the national forms, oldest
    first. Local forms stand beside them, and join only what a join names."""

    name: str
    listed: bool
    cells: Mapping[str, tuple[str, ...]]
    units: Mapping[str, str]
    joins: Mapping[tuple[str, str], Join]
    order: tuple[str, ...]
    id: str = ""
    headline: bool = False
    share: Share | None = None

    def join(self, earlier: str, later: str) -> Join:
        """Tell whether the figures of two forms may be compared; over several forms the worst step decides."""
        if earlier not in self.cells or later not in self.cells:
            return _ABSENT
        if earlier == later:
            return _SAME
        if earlier not in self.order or later not in self.order:
            return self._local_join(earlier, later)
        first, last = sorted((self.order.index(earlier), self.order.index(later)))
        steps = [self.joins[pair] for pair in pairwise(self.order[first : last + 1]) if pair in self.joins]
        if not steps:
            return _SAME
        return _worst(steps)

    def _local_join(self, earlier: str, later: str, tried: frozenset[str] = frozenset()) -> Join:
        """Join two forms of which one is local: as declared for them, else over another form that it is joined to."""
        pairs = {**self.joins, **{(b, a): join for (a, b), join in self.joins.items()}}
        if (earlier, later) in pairs:
            return pairs[earlier, later]
        local, other = (earlier, later) if earlier not in self.order else (later, earlier)
        tried |= {local}
        for (end, over), join in pairs.items():
            if end != local or over in tried:
                continue
            national = over in self.order and other in self.order
            rest = self.join(over, other) if national else self._local_join(over, other, tried)
            if rest is not _ABSENT:
                return _worst([join, rest])
        return _ABSENT

    def breaks(self, years: Sequence[tuple[int, str]]) -> tuple[Break, ...]:
        """Return the break marks due on a line through (year, form id) pairs in ascending order.

        Years whose form lacks the figure are passed over."""
        return tuple(step for step in self._steps(years) if step.join.mark)

    def runs(self, years: Sequence[tuple[int, str]]) -> tuple[tuple[int, ...], ...]:
        """Split the years into runs that one line may join."""
        runs: list[list[int]] = []
        apart = {step.later for step in self._steps(years) if step.join.comparable is Comparable.NEVER}
        for year, form in years:
            if form not in self.cells:
                continue
            if not runs or year in apart:
                runs.append([])
            runs[-1].append(year)
        return tuple(map(tuple, runs))

    def _steps(self, years: Sequence[tuple[int, str]]) -> Iterator[Break]:
        with_figure = [(year, form) for year, form in years if form in self.cells]
        for (earlier, before), (later, after) in pairwise(with_figure):
            yield Break(earlier, later, self.join(before, after))


def _worst(steps: Sequence[Join]) -> Join:
    worst = max(steps, key=lambda step: _ORDER.index(step.comparable))
    return Join(worst.comparable, any(step.mark for step in steps), worst.note)


def _cells(declared: Any, form: Form) -> tuple[str, ...]:
    """Return the slot names of a list, or of the role that a single word names; KeyError for an unknown one."""
    cells = form.roles[declared] if isinstance(declared, str) else tuple(map(str, declared))
    for cell in cells:
        if cell not in form.by_name:
            raise KeyError(cell)
    return cells


def _share(raw: Mapping[str, Any], least: int) -> Share | None:
    share = raw.get("share")
    return Share(str(share["name"]), str(share["of"]), least) if share else None


def _trend(raw: Mapping[str, Any], forms: Mapping[str, Form], least: int) -> Trend:
    joins = {
        (str(j["from"]), str(j["to"])): Join(
            Comparable(j["comparable"]), bool(j.get("mark", True)), read_text(j["note"])
        )
        for j in raw.get("joins", ())
    }
    cells = {str(form): _cells(declared, forms[form]) for form, declared in raw["cells"].items()}
    unit = raw["unit"]
    units = {form: str(unit) if isinstance(unit, str) else str(unit[form]) for form in cells}
    order = tuple(form.id for form in forms.values() if not form.local)
    return Trend(
        str(raw["name"]),
        bool(raw.get("listed")),
        cells,
        units,
        joins,
        order,
        str(raw.get("id", "")),
        bool(raw.get("headline")),
        _share(raw, least),
    )


def read_trends(data: bytes, forms: Sequence[Form]) -> tuple[Trend, ...]:
    """Parse series.yaml (trusted: it ships with the program). KeyError names a form or cell that does not exist."""
    by_id = {form.id: form for form in sorted(forms, key=lambda form: form.first_year)}
    loaded = load_yaml(data)
    return tuple(_trend(raw, by_id, int(loaded.get("least", 0))) for raw in loaded["series"])


def with_series(forms: Sequence[Form], trends: Sequence[Trend]) -> tuple[Form, ...]:
    """Give each form the series that are followed: the same for all, without cells where a form has none."""

    def series(form: Form) -> Iterator[Series]:
        for trend in trends:
            yield Series(trend.name, trend.cells.get(form.id, ()), trend.listed, trend.headline)

    return tuple(replace(form, series=tuple(series(form))) for form in forms)
