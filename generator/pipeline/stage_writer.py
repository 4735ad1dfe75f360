"""Writes files into the stage; a worker process can hold a writer of its own."""

from __future__ import annotations

import errno
import filecmp
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from itertools import groupby
from typing import IO, NamedTuple
from uuid import uuid4

from generator.collection.safe_files import safe_path, write_whole
from generator.pipeline.manifest import Entry, measure, relative, walk
from generator.pipeline.plain_files import open_plain


class Staged(NamedTuple):
    """Lists what a writer staged: `mtime_ns size sha256 path` lines, and how many of the files were really written."""

    lines: list[str]
    written: int


def staged_line(mtime_ns: int, entry: Entry) -> str:
    """Writes a file of the section as a line of `Staged`."""
    return f"{mtime_ns} {entry.size} {entry.sha256} {entry.path}"


def path_of(line: str) -> str:
    """Returns the path of a line of `Staged`."""
    return line.split(" ", 3)[3]


class FileRange(NamedTuple):
    """Names `length` bytes of a file from `offset` on."""

    file: str
    offset: int
    length: int


class StageWriter:
    """Writes into the stage; picklable, so that worker processes can hold one each.

    `old` is the folder published before, empty where there is none. A file equal to the one published there is only
    noted; the others are written to `stage`/site, part files to `stage`/parts.
    """

    def __init__(self, old: str, stage: str) -> None:
        self.old, self.tree, self.parts = old, f"{stage}/site", f"{stage}/parts"
        self._made: set[str] = set()
        self._lines: list[str] = []
        self._written = 0
        self._again = False

    def start_again(self) -> None:
        """Takes files that are staged already for what a process left that died: they are staged once more."""
        self._again = True

    def put(self, path: str, data: bytes) -> str:
        """Stages one file, which is only noted where the one published before is equal; returns its SHA-256."""
        entry = Entry(safe_path(path), len(data), hashlib.sha256(data).hexdigest())
        mtime = self._published(path, data) if self.old else None
        if mtime is None:
            mtime = self._write(self._target(self.tree, path), data)
            self._written += 1
        self._lines.append(staged_line(mtime, entry))
        return entry.sha256

    def keep(self, folder: str) -> bool:
        """Stages the files that a folder of the published site has, as they are; tells whether it is there."""
        there = bool(self.old) and os.path.isdir(f"{self.old}/{folder}")
        if there:
            for item in sorted(walk(f"{self.old}/{folder}"), key=lambda item: item.path):
                entry = Entry(relative(item.path, self.old), *measure(item.path))
                self._lines.append(staged_line(item.stat(follow_symlinks=False).st_mtime_ns, entry))
        return there

    def lines(self) -> list[str]:
        """Returns the lines of what was staged since `take` was called."""
        return self._lines

    def note(self, lines: Iterable[str]) -> None:
        """Takes files for staged that stand as they are published, by their lines."""
        self._lines += lines

    def take(self) -> Staged:
        """Returns what was staged since the last call."""
        staged = Staged(self._lines, self._written)
        self._lines, self._written = [], 0
        return staged

    def append(self, path: str, data: bytes) -> None:
        """Writes a part file, to be used later; parts never reach the output."""
        self._write(self._target(self.parts, path), data)

    def part(self, path: str) -> str:
        """Names the part file that `append` wrote."""
        return f"{self.parts}/{path}"

    def open(self, path: str) -> IO[bytes]:
        """Opens a file for reading that is staged, or published and unchanged."""
        staged = f"{self.tree}/{safe_path(path)}"
        return open_plain(staged if os.path.exists(staged) else f"{self.old}/{path}")

    def assemble(self, path: str, pieces: Iterable[bytes | FileRange]) -> None:
        """Stages a file made of bytes and ranges of other files, which do not pass through memory whole. A file equal
        to the one published is only noted. Raises OSError where a file is shorter than a range of it."""
        target = self._target(self.tree, safe_path(path))
        hashed = hashlib.sha256()
        with open(target, "xb") as out:
            for data in _chunks(pieces):
                hashed.update(data)
                out.write(data)
        old, status = f"{self.old}/{path}", os.stat(target)
        if self.old and os.path.isfile(old) and filecmp.cmp(old, target, shallow=False):
            os.unlink(target)
            status = os.stat(old)
        else:
            self._written += 1
        self._lines.append(staged_line(status.st_mtime_ns, Entry(path, status.st_size, hashed.hexdigest())))

    def _published(self, path: str, data: bytes) -> int | None:
        """Returns the time of the published file where that holds the same bytes. A link is not followed; a pipe or
        device raises UserError."""
        try:
            file = open_plain(f"{self.old}/{path}", os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        except OSError:
            return None
        with file:
            status = os.fstat(file.fileno())
            return status.st_mtime_ns if status.st_size == len(data) and file.read() == data else None

    def _write(self, target: str, data: bytes) -> int:
        """Writes a new file and returns its time. Where files may be staged already, another process may still be at
        the same one: each then takes its place in one step, with the same bytes."""
        path = f"{self.parts}/whole-{uuid4().hex}" if self._again else target
        if self._again:
            os.makedirs(self.parts, exist_ok=True)
        with open(path, "wb" if self._again else "xb", buffering=0) as file:
            write_whole(file, data, target)
            mtime = os.fstat(file.fileno()).st_mtime_ns
        if self._again:
            os.replace(path, target)
        return mtime

    def _target(self, root: str, path: str) -> str:
        target = f"{root}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in self._made:
            os.makedirs(folder, exist_ok=True)
            self._made.add(folder)
        return target


_CHUNK = 1 << 20


def _chunks(pieces: Iterable[bytes | FileRange]) -> Iterator[bytes]:
    """Yields the bytes of all pieces in order."""
    for name, some in groupby(pieces, lambda piece: "" if isinstance(piece, bytes) else piece.file):
        with open_plain(name) if name else nullcontext() as file:
            for piece in some:
                if isinstance(piece, bytes):
                    yield piece
                elif file:
                    yield from _range(file, piece)


def _range(file: IO[bytes], piece: FileRange) -> Iterator[bytes]:
    file.seek(piece.offset)
    left = piece.length
    while left:
        data = file.read(min(left, _CHUNK))
        if not data:
            raise OSError(errno.EIO, os.strerror(errno.EIO), piece.file)
        yield data
        left -= len(data)
