"""The files offered beside the page of a report. A new one is a class like these and one line of `DOWNLOADS`."""

from __future__ import annotations

from typing import Protocol

from generator.collection.settings import Organ
from generator.report.entry import LoadedReport
from generator.website.downloads.report_json import ReportJson
from generator.website.downloads.tables_csv import TablesCsv
from generator.website.words import Words


class Download(Protocol):
    """One file made of a report; what several of them need of it is computed once with `report.entry.fact`."""

    @property
    def file(self) -> str:
        """The name of the file, in the report's folder."""

    @property
    def kind(self) -> str:
        """The format, as visitors know it."""

    def label(self, words: Words) -> str:
        """What the file holds, in the words of the page."""

    def data(self, entry: LoadedReport, organ: Organ, words: Words) -> bytes:
        """Makes the file; the same report always gives the same bytes."""


# In the order of the list on the page.
DOWNLOADS: tuple[Download, ...] = (TablesCsv(), ReportJson())
