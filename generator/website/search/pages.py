"""Makes the search page and the index of each year."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from generator.collection.settings import Organ
from generator.collection.summary import ReportSummary
from generator.forms.model import Form
from generator.website.directory import Directory
from generator.website.search.index import SEGMENT, YearFiles, year_files
from generator.website.search.report_text import text_of
from generator.website.shell import Shell, SitePage
from generator.website.views import LinkView, OrganView

Read = Callable[[str], bytes]
# Where the text of a report lies, in the folder of its page.
TEXT = "text.js"


class Explanation(NamedTuple):
    """A statutory term as the search finds it."""

    term: str
    text: str
    article: str


class SearchPages:
    """Draws the search; `forms` give the statutory terms."""

    def __init__(self, shell: Shell, directory: Directory, forms: Sequence[Form] = ()) -> None:
        self.shell, self.directory, self.forms = shell, directory, forms

    def pages(self, summaries: Sequence[ReportSummary], read: Read) -> Iterator[SitePage]:
        """Yields the index of every year, then the page, which lists organs by number. `read` gives a staged file."""
        by_year: dict[int, set[str]] = {}
        for summary in summaries:
            by_year.setdefault(summary.year, set()).add(summary.organ)
        organs = self._organs({summary.organ for summary in summaries})
        digest = hashlib.blake2b(digest_size=4)
        years: list[YearFiles] = []
        for year in sorted(by_year, reverse=True):
            for segment in range(0, len(organs), SEGMENT):
                there = [
                    (number, organ.id)
                    for number, organ in enumerate(organs[segment : segment + SEGMENT])
                    if organ.id in by_year[year]
                ]
                if there:
                    texts = _texts(year, there, read, digest.update)
                    files, made = year_files(year, segment // SEGMENT, texts)
                    years.append(files)
                    yield from made
        yield self._page(sorted(by_year, reverse=True), organs, years, digest.hexdigest())

    def _organs(self, built: set[str]) -> list[Organ]:
        """The organs whose reports can be searched, in the order of the register."""
        unlisted = sorted(built - {organ.id for organ in self.directory.listed})
        return [organ for organ in self.directory.listed if organ.id in built] + [
            self.directory.organ(name) for name in unlisted
        ]

    def _terms(self) -> list[Explanation]:
        """The statutory terms of all forms, the newest wording of each."""
        terms: dict[str, Explanation] = {}
        for form in sorted(self.forms, key=lambda form: -form.first_year):
            for item in form.glossary:
                terms.setdefault(item.term, Explanation(item.term, item.text, item.article))
        return list(terms.values())

    def _page(
        self, years: Sequence[int], organs: Sequence[Organ], files: Sequence[YearFiles], version: str
    ) -> SitePage:
        words = self.shell.words
        return self.shell.page(
            "search.html",
            "search/index.html",
            "search",
            words("search.title"),
            (self.shell.home_link("../"), LinkView(words("search.title"), None)),
            description=words("search.description"),
            years=[LinkView(words("page.year", year=year), f"../{year}/index.html") for year in years],
            organs=[OrganView(organ.name, organ.level, f"../organs/{organ.id}/index.html", "", 0) for organ in organs],
            terms=self._terms(),
            segment=SEGMENT,
            table=json.dumps([list(item) for item in files], separators=(",", ":")),
            version=version,
        )


def _texts(
    year: int, there: Iterable[tuple[int, str]], read: Read, seen: Callable[[bytes], None]
) -> Iterator[tuple[int, str]]:
    for number, organ in there:
        data = read(f"{year}/{organ}/{TEXT}")
        seen(data)
        yield number, text_of(data)
