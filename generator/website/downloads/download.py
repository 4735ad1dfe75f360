"""The files offered beside the page of a report. A new one is a class like these and one line of `DOWNLOADS`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import NamedTuple, Protocol

from generator.collection.settings import DOWNLOADS as KEY
from generator.collection.settings import FORMATS, Organ, Settings
from generator.finding import Finding, Level, Message, Place, UserError
from generator.report.entry import LoadedReport
from generator.website.downloads.materials import NOTHING, Materials, NotMade
from generator.website.downloads.office_files import Excel, Pdf, Word
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

    @property
    def extra(self) -> str:
        """The extra of nianbao that installs `modules`, "" where it needs none."""

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules that make the file."""

    def label(self, words: Words) -> str:
        """What the file holds, in the words of the page."""

    def data(self, entry: LoadedReport, organ: Organ, words: Words, materials: Materials = NOTHING) -> bytes:
        """Makes the file; the same report always gives the same bytes. Raises NotMade where this one cannot be made."""


# In the order of the list on the page.
DOWNLOADS: tuple[Download, ...] = (Word(), Pdf(), Excel(), TablesCsv(), ReportJson())


class Made(NamedTuple):
    """A file that was made of a report."""

    download: Download
    data: bytes


def can_make(download: Download) -> bool:
    """Tells whether what makes a file is installed."""
    return all(find_spec(module) is not None for module in download.modules)


def chosen(settings: Settings) -> tuple[Download, ...]:
    """Returns the downloads that site.yaml asks for; where it does not say, all that can be made here."""
    wanted = settings.downloads
    return tuple(
        item
        for item in DOWNLOADS
        if item.kind not in FORMATS or (can_make(item) if wanted is None else item.kind in wanted)
    )


def check_downloads(settings: Settings) -> Iterator[Finding]:
    """Notes which files cannot be made here, and how to mend that. Raises UserError where site.yaml asks for one."""
    absent = [item for item in DOWNLOADS if item.kind in FORMATS and not can_make(item)]
    asked = [item for item in absent if item.kind in (settings.downloads or ())]
    if asked:
        raise UserError(_to_install(asked))
    if absent and settings.downloads is None:
        yield Finding("SITE-DOWNLOAD", Level.NOTE, Place("site.yaml"), _to_install(absent), subject=KEY)


def _to_install(absent: Sequence[Download]) -> Message:
    kinds = [item.kind for item in absent]
    command = f"pip install 'nianbao[{','.join(dict.fromkeys(item.extra for item in absent))}]'"
    return Message(
        f"每份报告的 {'、'.join(kinds)} 文件没有做：缺少所需的库，请运行 {command}，或在 site.yaml 的“{KEY}”里去掉",
        f"no {', '.join(kinds)} files are made of reports: what makes them is not installed. Run {command}, or take "
        f"them out of {KEY} in site.yaml",
    )


def make(
    downloads: Sequence[Download], entry: LoadedReport, organ: Organ, words: Words, materials: Materials = NOTHING
) -> tuple[list[Made], list[Finding]]:
    """Makes the files of a report; one that cannot be made of it is left out and reported."""
    made, findings = [], []
    for download in downloads:
        try:
            made.append(Made(download, download.data(entry, organ, words, materials)))
        except NotMade as slip:
            place = Place(f"{entry.ref.folder}/report.md")
            findings.append(
                Finding("DOWNLOAD", Level.WARNING, place, slip.said, (), entry.ref.organ, entry.ref.year, download.kind)
            )
    return made, findings


# Characters that Windows has in no name, and those that turn writing round, with which an ending looks like another.
_NO_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\\/:*?\"<>|\u200b\u2028\u2029\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_ENDS = re.compile(r"^[\s.]+|[\s.]+$")
_DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|(?:COM|LPT)[0-9¹²³]|CONIN\$|CONOUT\$)(?=\.|$)", re.IGNORECASE)
_LONGEST = 216  # bytes of a title: systems take 255 for a name


def name_of(download: Download, title: str, words: Words, draft: bool = False) -> str:
    """The name under which browsers save a file: the report's title, with what the file holds where that is not all. A
    `draft` begins with that word. Every system takes the name."""
    title = _within(_named(words("document.draft_name", title=title) if draft else title), _LONGEST)
    if download.kind not in FORMATS:
        title = words("document.file_name", title=title, label=download.label(words))
    stem = _DEVICES.sub(r"_\g<0>", _named(title)) or download.file.partition(".")[0]
    return f"{stem}.{download.file.rpartition('.')[2]}"


def _named(text: str) -> str:
    """Takes out what a name may not have; no name ends in a point or a blank, or begins with one."""
    return _ENDS.sub("", _NO_NAME.sub(" ", text))


def _within(text: str, most: int) -> str:
    """Cuts a text to so many bytes, between characters."""
    return text.encode("utf-8", "replace")[:most].decode("utf-8", "ignore").strip(" .")
