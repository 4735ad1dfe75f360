"""Joins the data files of the collection from the pieces that workers made, without holding them in memory."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.pipeline.stage_writer import Range, StageWriter
from generator.website.downloads import gzip_parts
from generator.website.downloads.collection import DataFile

_CHUNK = 1 << 20


class PartFile(NamedTuple):
    """A file of a worker's pieces, in the stage: `lengths` tells how many bytes go into which data file, in order."""

    name: str
    lengths: tuple[tuple[str, int], ...] = ()


class Pieces:
    """Collects pieces by data file, to be written as one part file."""

    def __init__(self) -> None:
        self._pieces: dict[str, list[bytes]] = {}

    def add(self, pieces: Mapping[str, bytes]) -> None:
        """Add the pieces of one report, in the order of reports."""
        for path, data in pieces.items():
            self._pieces.setdefault(path, []).append(data)

    def write(self, writer: StageWriter, name: str) -> PartFile:
        """Write everything collected into the part file `name`."""
        joined = {path: b"".join(pieces) for path, pieces in self._pieces.items()}
        writer.append(name, b"".join(joined.values()))
        return PartFile(name, tuple((path, len(data)) for path, data in joined.items()))


def join_data(writer: StageWriter, files: Sequence[DataFile], parts: Sequence[PartFile]) -> None:
    """Stage the data files, each out of its pieces in the order of parts, and remove the part files."""
    ranges: dict[str, list[Range]] = {}
    for part in parts:
        at = 0
        for path, length in part.lengths:
            ranges.setdefault(path, []).append(Range(part.name, at, length))
            at += length
    for file in files:
        end = _gzip_tail(writer, file.of) if file.of else file.tail
        writer.assemble(file.path, file.head, ranges.get(file.path, ()), file.between, end)
    for part in parts:
        writer.drop(part.name)


def _gzip_tail(writer: StageWriter, path: str) -> bytes:
    """End a gzip copy by the sum of the staged file that it is a copy of."""
    checksum, size = 0, 0
    with writer.open(path) as file:
        while chunk := file.read(_CHUNK):
            checksum, size = zlib.crc32(chunk, checksum), size + len(chunk)
    return gzip_parts.tail(checksum, size)
