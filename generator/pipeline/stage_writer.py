"""Writes files into the stage; a worker process can hold a writer of its own."""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, NamedTuple

from generator.collection.safe_files import safe_path
from generator.pipeline.record import STATE


class Staged(NamedTuple):
    """Lists what a writer staged: `mtime size path` lines, and how many files were really written."""

    lines: list[str]
    written: int


class StageWriter:
    """Writes into the stage; picklable, so that worker processes can hold one each.

    `old` is the folder published before, empty where there is none.
    """

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self._made: set[str] = set()
        self._lines: list[str] = []
        self._written = 0
        self._again = False

    def start_again(self) -> None:
        """Takes files that are staged already for what a process left that died: they are staged once more."""
        self._again = True

    def put(self, path: str, data: bytes) -> None:
        """Stages one file: a link to the one published before where that is equal, else a new file."""
        target = self._target(path)
        if self.old and _same(f"{self.old}/{path}", data):
            self._keep(path, target)
            return
        with open(target, "xb", buffering=0) as file:
            file.write(data)
            status = os.fstat(file.fileno())
        self._note(path, status)
        self._written += 1

    def keep(self, folder: str) -> None:
        """Stages the files that a folder of the published site has, as they are; none where it is not there."""
        for base, _, names in os.walk(f"{self.old}/{folder}") if self.old else ():
            for name in sorted(names):
                path = f"{folder}{base.removeprefix(f'{self.old}/{folder}')}/{name}".replace(os.sep, "/")
                self._keep(path, self._target(path))

    def take(self) -> Staged:
        """Returns what was staged since the last call."""
        staged = Staged(self._lines, self._written)
        self._lines, self._written = [], 0
        return staged

    def _keep(self, path: str, target: str) -> None:
        old = f"{self.old}/{path}"
        try:
            os.link(old, target)
        except OSError:
            shutil.copy2(old, target)
        self._note(path, os.stat(target))

    def _note(self, path: str, status: os.stat_result) -> None:
        self._lines.append(f"{status.st_mtime_ns} {status.st_size} {path}")

    def append(self, path: str, data: bytes) -> None:
        """Writes a part file, to be joined later; parts never reach the output."""
        with open(self._target(f"{STATE}/{path}"), "wb") as file:
            file.write(data)

    def join(self, path: str, parts: Sequence[str]) -> None:
        """Concatenates part files into one staged file, without passing through memory."""
        with open(self._target(path), "xb") as out:
            for part in parts:
                name = f"{self.new}/{STATE}/{part}"
                with open(name, "rb") as file:
                    _copy(file, out)
                os.unlink(name)
        old, target = f"{self.old}/{path}", f"{self.new}/{path}"
        if self.old and os.path.isfile(old) and filecmp.cmp(old, target, shallow=False):
            os.unlink(target)
            self._keep(path, target)
            return
        self._note(path, os.stat(target))
        self._written += 1

    def _target(self, path: str) -> str:
        target = f"{self.new}/{safe_path(path)}"
        folder = target.rpartition("/")[0]
        if folder not in self._made:
            os.makedirs(folder, exist_ok=True)
            self._made.add(folder)
        if self._again:
            with suppress(FileNotFoundError):
                os.unlink(target)
        return target


def _same(old: str, data: bytes) -> bool:
    try:
        descriptor = os.open(old, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError:
        return False
    with os.fdopen(descriptor, "rb") as file:
        return os.fstat(descriptor).st_size == len(data) and file.read() == data


def _copy(source: IO[bytes], out: IO[bytes]) -> None:
    out.flush()
    if hasattr(os, "sendfile"):
        offset, size = 0, os.fstat(source.fileno()).st_size
        while offset < size:
            offset += os.sendfile(out.fileno(), source.fileno(), offset, size - offset)
        out.seek(0, os.SEEK_END)
    else:  # pragma: no cover - Windows
        shutil.copyfileobj(source, out)
