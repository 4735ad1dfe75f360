"""What rules on all reports together need of each: small, picklable, and merged as reports stream by.

Nothing here grows with the length of a report; sums are kept, not figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.library import Entry
from generator.report import Acceptance


class Gist(NamedTuple):
    """One report as other reports see it."""

    year: int
    organ: str
    form: str
    folder: str
    title: str
    acceptances: tuple[Acceptance, ...]


@dataclass(slots=True)
class Gathered:
    """All reports' gists, in the order they were read."""

    gists: list[Gist] = field(default_factory=list)

    def merge(self, other: Gathered) -> None:
        self.gists += other.gists


def gist(entry: Entry, collection_rules: frozenset[str]) -> Gist:
    report = entry.report
    own = tuple(item for item in report.acceptances if item.rule in collection_rules)
    return Gist(report.year, report.organ, report.form.id, entry.ref.folder, report.title, own)


def by_year(gists: Iterable[Gist]) -> dict[int, list[Gist]]:
    years: dict[int, list[Gist]] = {}
    for item in gists:
        years.setdefault(item.year, []).append(item)
    return years
