"""Defines what templates are given: plain, typed values. A template that asks for more fails to render."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup


class LinkView(NamedTuple):
    """A link; without `url` it is shown as text."""

    label: str
    url: str | None
    current: bool = False


class LabelledValue(NamedTuple):
    """A value with its label and unit; `before` is what it was a year ago, "" where that is unknown."""

    label: str
    value: str
    unit: str = ""
    before: str = ""


class FileView(NamedTuple):
    """A file to download; `format` and `size` are shown as they are, `name` is what it is saved as."""

    label: str
    url: str
    format: str
    size: str = ""
    note: str = ""
    name: str = ""


class EntryView(NamedTuple):
    """A report in a listing; `external` leads to the original page. `figures` are texts, "" where there is none. `mark`
    says of one in a preview that it is a draft, or cannot be read at present; `organ` has it behind the name."""

    year: int
    organ: str
    level: str
    title: str
    url: str
    external: bool
    published: str
    figures: tuple[str, ...]
    mark: str = ""


class YearView(NamedTuple):
    """A year in a listing: `counts` are its reports by level, `main` the reports of the top organs."""

    year: int
    url: str
    counts: tuple[tuple[str, int], ...]
    main: tuple[EntryView, ...]


class OrganView(NamedTuple):
    """An organ in a listing: `years` as they are printed, `reports` how many there are, `rank` that of its level,
    `group` its district, which it may be itself (`leading`), `formerly` its earlier names in words, "" for none."""

    name: str
    level: str
    url: str
    years: str
    reports: int
    rank: int = 0
    group: str = ""
    leading: bool = False
    formerly: str = ""


class TermView(NamedTuple):
    """An explained term; `back` is the id of the table cell that speaks of it, "" where none does."""

    id: str
    term: str
    text: str
    article: str
    back: str


class IndicatorView(NamedTuple):
    """A figure that only the narrative gives; `approx` where it is printed as 「…余」."""

    name: str
    text: str
    unit: str
    section: str
    approx: bool


class IndicatorYears(NamedTuple):
    """An indicator over the years: one text a year, "" where a year does not give it."""

    name: str
    unit: str
    texts: tuple[str, ...]


class PartView(NamedTuple):
    """A part of a composition; `bar` is its length in percent of the longest, `share` its percentage of the whole
    ("" where that would be of too few), `before` its cases of the year before."""

    label: str
    bar: str
    cases: str
    share: str
    before: str = ""


class TableView(NamedTuple):
    """A statutory table.

    `statutory` and `flat` are whole `<table>`s, `blanks` counts cells left blank in the original, `composition` may be
    empty."""

    id: str
    caption: str
    statutory: Markup
    flat: Markup
    blanks: int
    composition: Markup


class SubView(NamedTuple):
    """A heading below a section, for the contents."""

    id: str
    title: str


class SectionView(NamedTuple):
    """A section of the narrative with the tables that belong into it."""

    id: str
    title: str
    html: Markup
    tables: tuple[TableView, ...]
    subs: tuple[SubView, ...]


class FlawView(NamedTuple):
    """The places where a flaw was accepted for one and the same reason."""

    reason: str
    places: tuple[str, ...]


class CorrectionView(NamedTuple):
    """A corrected figure; `url` leads to its cell, "" where it stands in no table."""

    id: str
    date: str
    place: str
    url: str
    old: str
    new: str
    reason: str


class ReportView(NamedTuple):
    """All that the page of a report shows; `title` is as printed, `heading` in the language of the page, `prev` and
    `next` are the neighbouring years of the same organ."""

    title: str
    heading: str
    year: int
    organ: str
    organ_url: str
    meta: tuple[LabelledValue, ...]
    numbers: tuple[LabelledValue, ...]
    preface: Markup
    sections: tuple[SectionView, ...]
    indicators: tuple[IndicatorView, ...]
    glossary: Markup
    flaws: tuple[FlawView, ...]
    downloads: tuple[FileView, ...]
    cite: str
    cite_url: str
    prev: EntryView | None
    next: EntryView | None
    draft: bool = False
    corrections: tuple[CorrectionView, ...] = ()
    first_page: str = ""


class PageView(NamedTuple):
    """A page's frame: `root` leads to the section's top; `metas` are (name, content) beyond the site's own.

    `other_language` leads to the same page in the other language, `alternates` are its addresses by language."""

    title: str
    full_title: str
    description: str
    root: str
    canonical: str
    metas: tuple[tuple[str, str], ...]
    kind: str
    crumbs: tuple[LinkView, ...]
    other_language: str = ""
    alternates: tuple[tuple[str, str], ...] = ()


class Chrome(NamedTuple):
    """The parts that all pages of a kind and depth share, rendered once."""

    head: Markup
    top: Markup
    bottom: Markup
    ways: Markup
