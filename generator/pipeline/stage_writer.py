"""Writes files into the stage; a worker process can hold a writer of its own."""

from __future__ import annotations

import filecmp
import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, NamedTuple

from generator.collection.safe_files import safe_path
from generator.pipeline.manifest import Entry, measure, relative, walk
from generator.pipeline.plain_files import open_plain


class Staged(NamedTuple):
    """Lists what a writer staged: `mtime_ns size sha256 path` lines, and how many of the files were really written."""

    lines: list[str]
    written: int


def staged_line(mtime_ns: int, entry: Entry) -> str:
    """Writes a file of the section as a line of `Staged`."""
    return f"{mtime_ns} {entry.size} {entry.sha256} {entry.path}"


def read_line(line: str) -> tuple[int, Entry]:
    """Reads a line of `Staged`: the time of the file's last change and what the manifest says of it."""
    mtime, size, sha256, path = line.split(" ", 3)
    return int(mtime), Entry(path, int(size), sha256)


class Range(NamedTuple):
    """Some bytes of a part file."""

    part: str
    at: int
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

    def put(self, path: str, data: bytes) -> None:
        """Stages one file; only noted where the one published before is equal."""
        entry = Entry(safe_path(path), len(data), hashlib.sha256(data).hexdigest())
        mtime = self._published(path, data) if self.old else None
        if mtime is None:
            with open(self._target(self.tree, path), "xb", buffering=0) as file:
                file.write(data)
                mtime = os.fstat(file.fileno()).st_mtime_ns
            self._written += 1
        self._lines.append(staged_line(mtime, entry))

    def keep(self, folder: str) -> bool:
        """Stages the files that a folder of the published site has, as they are; tells whether it is there."""
        there = bool(self.old) and os.path.isdir(f"{self.old}/{folder}")
        if there:
            for item in sorted(walk(f"{self.old}/{folder}"), key=lambda item: item.path):
                entry = Entry(relative(item.path, self.old), *measure(item.path))
                self._lines.append(staged_line(item.stat(follow_symlinks=False).st_mtime_ns, entry))
        return there

    def take(self) -> Staged:
        """Returns what was staged since the last call."""
        staged = Staged(self._lines, self._written)
        self._lines, self._written = [], 0
        return staged

    def append(self, path: str, data: bytes) -> None:
        """Writes a part file, to be used later; parts never reach the output."""
        with open(self._target(self.parts, path), "wb") as file:
            file.write(data)

    def drop(self, path: str) -> None:
        """Removes a part file."""
        os.unlink(f"{self.parts}/{path}")

    def open(self, path: str) -> IO[bytes]:
        """Opens a file for reading that is staged, or published and unchanged."""
        staged = f"{self.tree}/{safe_path(path)}"
        return open_plain(staged if os.path.exists(staged) else f"{self.old}/{path}")

    def assemble(self, path: str, head: bytes, ranges: Sequence[Range], between: bytes, tail: bytes) -> None:
        """Stages a file made of ranges of part files, without passing through memory; every range ends in `between`,
        which is cut off behind the last. A file equal to the one published is only noted."""
        target = self._target(self.tree, safe_path(path))
        with open(target, "xb") as out:
            out.write(head)
            for part, at, length in ranges:
                with open(f"{self.parts}/{part}", "rb") as file:
                    file.seek(at)
                    _copy(file, length, out)
            if ranges and between:
                out.seek(-len(between), os.SEEK_END)
                out.truncate()
            out.write(tail)
        old, status = f"{self.old}/{path}", os.stat(target)
        entry = Entry(path, *measure(target))
        if self.old and os.path.isfile(old) and filecmp.cmp(old, target, shallow=False):
            os.unlink(target)
            status = os.stat(old)
        else:
            self._written += 1
        self._lines.append(staged_line(status.st_mtime_ns, entry))

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

    def _target(self, root: str, path: str) -> str:
        target = f"{root}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in self._made:
            os.makedirs(folder, exist_ok=True)
            self._made.add(folder)
        if self._again:
            with suppress(FileNotFoundError):
                os.unlink(target)
        return target


def _copy(source: IO[bytes], length: int, out: IO[bytes]) -> None:
    """Appends the next bytes of a file to another."""
    while length:
        chunk = source.read(min(length, 1 << 20))
        out.write(chunk)
        length -= len(chunk)
