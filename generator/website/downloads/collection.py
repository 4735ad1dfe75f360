"""Makes the data files of the whole collection out of pieces, one of each report: a report that changes changes its own
pieces and the files of its year, nothing else.

`pieces` is pure and knows one report only; whoever keeps pieces joins them by `data_files`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.collection.settings import Organ
from generator.collection.summary import ReportSummary
from generator.report.entry import LoadedReport
from generator.website.downloads import gzip_parts
from generator.website.downloads.columns import cell_columns, heads, indicator_columns
from generator.website.downloads.tables_csv import cell_rows, first_line, indicator_rows
from generator.website.words import load_words

INDEX = "data/index.json"
INDEX_SCHEMA = "nianbao.index/1"
_SEPARATOR = b",\n"


class DataFile(NamedTuple):
    """Describes a data file: its pieces stand between `head` and `tail`, in the order of reports.

    `between` ends every piece but the last. A gzip copy `of` another file has that one's sum in its tail."""

    path: str
    head: bytes
    tail: bytes = b""
    between: bytes = b""
    of: str = ""


class OfferedFile(NamedTuple):
    """Describes a file that is offered beside a report: its address, its bytes, their SHA-256."""

    path: str
    size: int
    sha256: str


def cells_path(year: int) -> str:
    """Where the cells of a year's reports stand."""
    return f"data/{year}.csv"


def indicators_path(year: int) -> str:
    """Where the indicators of a year's narratives stand."""
    return f"data/{year}-indicators.csv"


def data_files(years: Iterable[int], base_url: str) -> tuple[DataFile, ...]:
    """List the files of a collection with reports of these years; a gzip copy follows what it is a copy of."""
    words = load_words("zh")  # heads are those of the files, whatever the language of the page beside them
    cells, indicators = first_line(heads(cell_columns(words))), first_line(heads(indicator_columns(words)))
    files: list[DataFile] = []
    for year in sorted(set(years)):
        path = cells_path(year)
        files += (
            DataFile(path, cells),
            DataFile(f"{path}.gz", gzip_parts.HEAD + gzip_parts.piece(cells), of=path),
            DataFile(indicators_path(year), indicators),
        )
    head = json.dumps({"schema": INDEX_SCHEMA, "base": base_url or None}, ensure_ascii=False)
    return (*files, DataFile(INDEX, f'{head[:-1]}, "reports": [\n'.encode(), b"\n]}\n", _SEPARATOR))


def pieces(
    entry: LoadedReport, summary: ReportSummary, organ: Organ, files: Sequence[OfferedFile]
) -> Mapping[str, bytes]:
    """Make what one report adds to each data file; `files` are all that is offered beside it."""
    rows = cell_rows(entry, organ)
    path = cells_path(summary.year)
    return {
        path: rows,
        f"{path}.gz": gzip_parts.piece(rows),
        indicators_path(summary.year): indicator_rows(summary, organ),
        INDEX: index_line(summary, organ, files) + _SEPARATOR,
    }


def index_line(summary: ReportSummary, organ: Organ, files: Sequence[OfferedFile]) -> bytes:
    """Write a report's entry of data/index.json; addresses are relative to the top of the section."""
    known = {
        "year": summary.year,
        "organ": summary.organ,
        "name": organ.name,
        "level": organ.level or None,
        "parent": organ.parent or None,
        "title": summary.title,
        "published": summary.published or None,
        "form": summary.form,
        "page": f"{summary.year}/{summary.organ}/index.html",
        "files": [{"path": file.path, "bytes": file.size, "sha256": file.sha256} for file in files],
    }
    return json.dumps(known, ensure_ascii=False).encode()
