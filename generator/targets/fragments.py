"""Makes a folder of fragments for portals whose columns only take pasted content, one a report.

Beside each fragment lie a page that helps to paste it and the report's downloads; 目录.csv lists them all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from generator.collection.folder import scan
from generator.collection.office import Office
from generator.report.entry import LoadedReport
from generator.website.downloads.download import DOWNLOADS
from generator.website.fragment import fragment
from generator.website.paste_page import PastePage, list_header, list_row
from generator.website.words import load_words

_DOWNLOADS = tuple(download.file for download in DOWNLOADS)
BODY, HELP, LIST = "正文.html", "粘贴说明.html", "目录.csv"


def make_fragments(office: Office, built: Path, folder: Path, indent: str) -> None:
    """Writes the fragment of every report of the built section into a new folder. Raises OSError."""
    words = load_words()
    page, rows = PastePage(words), [list_header(words)]
    for entry in _reports(office, built):
        source, place = built / entry.ref.folder, folder / entry.ref.folder
        place.mkdir(parents=True)
        files = [name for name in _DOWNLOADS if (source / name).is_file()]
        files += sorted(name for name in entry.prose.pictures if (source / name).is_file())
        for name in files:
            shutil.copyfile(source / name, place / name)
        body = fragment(entry, indent)
        (place / BODY).write_bytes(body.encode())
        (place / HELP).write_bytes(page.draw(entry, body, files))
        organ = office.settings.organ(entry.ref.organ)
        rows.append(
            list_row(
                entry, organ.named_in(entry.ref.year).name if organ else entry.ref.organ, f"{entry.ref.folder}/{BODY}"
            )
        )
    (folder / LIST).write_bytes(b"".join(rows))


def _reports(office: Office, built: Path) -> Iterator[LoadedReport]:
    """Reads the reports that the built section has, each with the year before at hand."""
    for ref in scan(office.content)[0]:
        if (built / ref.folder / "report.json").is_file():
            before = office.read_before(ref)
            entry, _ = office.read(ref, before.report if before else None)
            if entry is not None:
                yield entry
