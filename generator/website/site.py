"""The parts of the section that draw pages, put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.collection.settings import Settings
from generator.forms.model import Form
from generator.forms.series import Trend
from generator.report.entry import ReportRef
from generator.website.compare.pages import ComparePages
from generator.website.directory import Directory
from generator.website.listings import Listings
from generator.website.report_page import ReportPage
from generator.website.search.pages import SearchPages
from generator.website.shell import Shell
from generator.website.theme import load_theme
from generator.website.words import Words, load_words


class Site(NamedTuple):
    """The section in one language."""

    shell: Shell
    directory: Directory
    report_page: ReportPage
    listings: Listings
    search: SearchPages
    compare: ComparePages


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
    shell = Shell(load_theme(), settings, words or load_words())
    directory = Directory(settings, refs, shell.words)
    return Site(
        shell,
        directory,
        ReportPage(shell, directory, trends, fonts),
        Listings(shell, directory, trends),
        SearchPages(shell, directory, forms),
        ComparePages(shell, directory, trends, forms),
    )
