"""Draws the page that helps a clerk to paste a fragment, and the list of all fragments."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import DictLoader, Environment, StrictUndefined

from generator.report.entry import LoadedReport
from generator.website.downloads.tables_csv import first_line, line
from generator.website.theme import load_theme
from generator.website.words import Words


class PastePage:
    """Draws the page of each report; the template is prepared once."""

    def __init__(self, words: Words) -> None:
        env = Environment(
            loader=DictLoader(dict(load_theme().templates)),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        env.globals["w"] = words
        self._template = env.get_template("paste.html")

    def draw(self, entry: LoadedReport, body: str, files: Sequence[str]) -> bytes:
        """Draws the page for the fragment `body`; `files` lie beside it, to be uploaded as attachments."""
        cells = sum(len(sheet.printed[0]) for sheet in entry.report.sheets)
        return self._template.render(
            title=entry.report.title, body=body, files=files, cells=cells, report=f"content/{entry.ref.folder}"
        ).encode()


def list_header(words: Words) -> bytes:
    """The first line of the list of fragments."""
    names = (
        words("paste.list_year"),
        words("paste.list_organ"),
        words("paste.list_title"),
        words("paste.list_date"),
        words("paste.list_file"),
    )
    return first_line(names)


def list_row(entry: LoadedReport, organ: str, file: str) -> bytes:
    """A report's line of the list."""
    report = entry.report
    return line((str(report.year), organ, report.title, report.published, file)).encode()
