"""Joins the data files of the collection from what each report adds to them, without holding them in memory.

What was drawn in this run lies in part files; what was not is copied from the file published before, of which the
lengths of all pieces are known."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from sys import intern
from typing import NamedTuple

from generator.pipeline.organ_record import OrganRecord
from generator.pipeline.stage_writer import FileRange, StageWriter
from generator.website.downloads import gzip_parts
from generator.website.downloads.collection import DataFile

_CHUNK = 1 << 20
Report = tuple[int, str]


class Piece(NamedTuple):
    """What a report adds to one data file: the path of the file, and the length and hash of the piece."""

    path: str
    length: int
    hash: str

    @classmethod
    def read(cls, values: tuple[str, int, str]) -> Piece:
        """Reads a piece from plain values. Its path, one of a few, is held once."""
        path, length, hashed = values
        return cls(intern(path), length, hashed)


# What reports (year, organ) add to the data files, in their order there: by organ, years ascending.
Pieces = Mapping[Report, Sequence[Piece]]
# Where the pieces of reports that go into one data file stand now.
Where = dict[Report, FileRange]


def pieces_of(records: Iterable[OrganRecord]) -> dict[Report, Sequence[Piece]]:
    """Lists what the reports of some organs add."""
    return {
        (report.year, item.organ): list(map(Piece.read, report.pieces))
        for item in records
        for report in item.reports
        if report.pieces
    }


def in_part(part: str, pieces: Pieces, file: DataFile) -> Where:
    """Finds what goes into a data file in the part file of a batch, where its `pieces` stand one behind the other."""
    found: Where = {}
    offset = 0
    for report, of_report in pieces.items():
        for path, length, _ in of_report:
            if path == file.path:
                found[report] = FileRange(part, offset, length)
            offset += length
    return found


def in_published(pieces: Pieces, file: DataFile, output: str) -> Where:
    """Finds the pieces of a data file as it was published; `pieces` are those of all reports that were."""
    found: Where = {}
    name, offset = f"{output}/{file.path}", len(file.head)
    for report, of_report in pieces.items():
        for path, length, _ in of_report:
            if path == file.path:
                found[report] = FileRange(name, offset, length)
                offset += length
    return found


def write_data(writer: StageWriter, file: DataFile, pieces: Sequence[FileRange]) -> None:
    """Stages a data file; `pieces` are those of all reports that add to it, in order."""
    if pieces and file.between:
        last = pieces[-1]
        pieces = [*pieces[:-1], last._replace(length=last.length - len(file.between))]
    end = _gzip_tail(writer, file.of) if file.of else file.tail
    writer.assemble(file.path, [file.head, *pieces, end])


def _gzip_tail(writer: StageWriter, path: str) -> bytes:
    """Ends a gzip copy by the sum of the staged file that it is a copy of."""
    checksum, size = 0, 0
    with writer.open(path) as file:
        while chunk := file.read(_CHUNK):
            checksum, size = zlib.crc32(chunk, checksum), size + len(chunk)
    return gzip_parts.tail(checksum, size)
