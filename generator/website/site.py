"""The parts of the section that draw pages, put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.collection.settings import Settings
from generator.forms.english import in_english
from generator.forms.model import Form
from generator.forms.series import Trend
from generator.report.entry import ReportRef
from generator.website.compare.pages import ComparePages
from generator.website.directory import Directory
from generator.website.languages import ENGLISH, english_settings
from generator.website.listings import Listings
from generator.website.report_page import ReportPage
from generator.website.search.pages import SearchPages
from generator.website.shell import Shell
from generator.website.theme import load_theme
from generator.website.words import Words, load_words


class EnglishSite(NamedTuple):
    """The pages of the section that stand in English too."""

    shell: Shell
    report_page: ReportPage
    listings: Listings
    search: SearchPages
    compare: ComparePages


class Site(NamedTuple):
    """The section, and its pages in English where site.yaml asks for them."""

    shell: Shell
    directory: Directory
    report_page: ReportPage
    listings: Listings
    search: SearchPages
    compare: ComparePages
    english: EnglishSite | None = None

    @property
    def all_listings(self) -> tuple[Listings, ...]:
        """The listings in every language."""
        return (self.listings, self.english.listings) if self.english else (self.listings,)

    @property
    def all_searches(self) -> tuple[SearchPages, ...]:
        """The search in every language; all look into the same index, that of the first."""
        return (self.search, self.english.search) if self.english else (self.search,)

    @property
    def all_comparisons(self) -> tuple[ComparePages, ...]:
        """The comparison in every language."""
        return (self.compare, self.english.compare) if self.english else (self.compare,)


def open_site(
    settings: Settings,
    refs: Sequence[ReportRef],
    trends: Sequence[Trend] = (),
    words: Words | None = None,
    forms: Sequence[Form] = (),
    fonts: str = "",
) -> Site:
    """Prepares the pages of the section; `refs` are all reports being built, `words` those of another language, `fonts`
    the folder of the office's own fonts."""
    shell = Shell(load_theme(), settings, words or load_words(), other=ENGLISH if settings.english else None)
    directory = Directory(settings, refs, shell.words)
    return Site(
        shell,
        directory,
        ReportPage(shell, directory, trends, fonts),
        Listings(shell, directory, trends, forms),
        SearchPages(shell, directory, forms),
        ComparePages(shell, directory, trends, forms),
        _open_english(settings, refs, trends, forms) if settings.english else None,
    )


def _open_english(
    settings: Settings, refs: Sequence[ReportRef], trends: Sequence[Trend], forms: Sequence[Form]
) -> EnglishSite:
    words = load_words("en")
    translated = english_settings(settings, words)
    shell = Shell(load_theme(), translated, words, ENGLISH, other="")
    directory = Directory(translated, refs, words)
    translated_forms = [in_english(form) for form in forms]
    return EnglishSite(
        shell,
        ReportPage(shell, directory, trends),
        Listings(shell, directory, trends, translated_forms),
        SearchPages(shell, directory, translated_forms),
        ComparePages(shell, directory, trends, forms),
    )
