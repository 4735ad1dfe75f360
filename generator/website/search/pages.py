"""Makes the search page and the index."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from generator.collection.settings import Organ
from generator.forms.model import Form
from generator.website.directory import Directory
from generator.website.search.index import SEGMENT, Indexed, Part, PartFiles, part_files
from generator.website.search.report_text import text_of
from generator.website.shell import Shell, SitePage
from generator.website.views import LinkView, OrganView

Read = Callable[[str], bytes]
# Where the text of a report lies, in the folder of its page.
TEXT = "text.js"
# So many reports there may be, in all years together, for the index to be of one part.
_FEW = 600


class Explanation(NamedTuple):
    """A statutory term as the search finds it."""

    term: str
    text: str
    article: str


class Segment(NamedTuple):
    """A part of the index, and the texts of its reports: each with its number within the part and its path."""

    part: Part
    texts: tuple[tuple[int, str], ...]


class SearchPages:
    """Draws the search; `forms` give the statutory terms."""

    def __init__(self, shell: Shell, directory: Directory, forms: Sequence[Form] = ()) -> None:
        self.shell, self.directory, self.forms = shell, directory, forms

    def segments(self, built: Collection[tuple[int, str]]) -> Iterator[Segment]:
        """Yields what is indexed together, newest year first; `built` are all reports that are built, by year and
        organ. A small section has one part, so that a query fetches few files whatever the number of years."""
        organs = self._organs({organ for _, organ in built})
        years = sorted({year for year, _ in built}, reverse=True)
        if len(organs) * len(years) <= _FEW:
            parts = [Part("all", years, 0, len(organs))] if built else []
        else:
            firsts = range(0, len(organs), SEGMENT)
            parts = [Part(f"{year}-{first // SEGMENT}", [year], first, SEGMENT) for year in years for first in firsts]
        for part in parts:
            some = organs[part.first : part.first + part.width]
            numbered = (
                (turn * part.width + number, year, organ.id)
                for turn, year in enumerate(part.years)
                for number, organ in enumerate(some)
            )
            texts = tuple((at, f"{year}/{organ}/{TEXT}") for at, year, organ in numbered if (year, organ) in built)
            if texts:
                yield Segment(part, texts)

    def index(self, segment: Segment, read: Read) -> Indexed:
        """Indexes a segment; `read` gives a staged file."""
        return part_files(segment.part, ((number, text_of(read(path))) for number, path in segment.texts))

    def page(self, built: Collection[tuple[int, str]], files: Sequence[PartFiles], version: str) -> SitePage:
        """Draws the page, which lists organs by number; `version` changes with any text that is searched."""
        organs = self._organs({organ for _, organ in built})
        return self._page(sorted({year for year, _ in built}, reverse=True), organs, files, version)

    def _organs(self, built: set[str]) -> list[Organ]:
        """The organs whose reports can be searched, in the order of the register."""
        unlisted = sorted(built - {organ.id for organ in self.directory.listed})
        return [organ for organ in self.directory.listed if organ.id in built] + [
            self.directory.organ(name) for name in unlisted
        ]

    def _organ(self, organ: Organ) -> OrganView:
        address = f"../organs/{organ.id}/index.html"
        return OrganView(organ.name, organ.level, address, "", 0, formerly=self.directory.formerly(organ))

    def _terms(self) -> list[Explanation]:
        """The statutory terms of all forms, the newest wording of each."""
        terms: dict[str, Explanation] = {}
        for form in sorted(self.forms, key=lambda form: -form.first_year):
            for item in form.glossary:
                terms.setdefault(item.term, Explanation(item.term, item.text, item.article))
        return list(terms.values())

    def _page(
        self, years: Sequence[int], organs: Sequence[Organ], files: Sequence[PartFiles], version: str
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
            organs=[self._organ(organ) for organ in organs],
            terms=self._terms(),
            table=json.dumps([list(item) for item in files], separators=(",", ":")),
            version=version,
            base=f"../{self.shell.top}search/" if self.shell.top else "",
        )
