"""Keeps lines about many files on the disk instead of in memory: in the order in which they come, or by path."""

from __future__ import annotations

import errno
import mmap
import sqlite3
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

from generator.pipeline.stage_writer import path_of


class Lines(Protocol):
    """Lines that can be counted and gone through more than once."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[str]: ...


class LineFile:
    """Holds lines in the order in which they were added, in a temporary file that goes with this object. No line may
    hold a line break. Raises OSError where there is no room."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed when nobody needs the lines any more
        weakref.finalize(self, self._file.close)
        self._count = 0

    def add(self, line: str) -> None:
        self._file.write(f"{line}\n".encode("utf-8", "surrogateescape"))
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        self._file.seek(0)
        for line in self._file:
            yield line[:-1].decode("utf-8", "surrogateescape")


class SortedLines:
    """The part from `start` to `end` of a file in memory: lines sorted by path."""

    def __init__(self, data: mmap.mmap, start: int, end: int, path_of: Callable[[bytes], str]) -> None:
        self.data, self.start, self.end, self._path_of = data, start, end, path_of

    def __iter__(self) -> Iterator[bytes]:
        """Yields the lines without their ends."""
        start = self.start
        while start < self.end:
            end = self.data.find(b"\n", start)
            yield self.data[start:end]
            start = end + 1

    def find(self, path: str) -> tuple[int, int]:
        """Finds where the line of a path begins and ends; where there is none, both are where it would stand."""
        low, high = self.start, self.end
        while low < high:
            middle = (low + high) // 2
            begin = max(low, self.data.rfind(b"\n", low, middle) + 1)
            end = self.data.find(b"\n", middle) + 1
            found = self._path_of(self.data[begin : end - 1])
            if found == path:
                return begin, end
            low, high = (end, high) if found < path else (low, begin)
        return low, low

    def line_at(self, at: int) -> bytes:
        """Returns the line in which there is a place."""
        return self.data[self.data.rfind(b"\n", 0, at) + 1 : self.data.find(b"\n", at)]

    def range(self, start: int, end: int) -> Iterator[bytes]:
        """Yields the bytes of some lines, not too many at a time."""
        while end - start > _CHUNK:
            cut = self.data.rfind(b"\n", start, start + _CHUNK) + 1 or end
            yield self.data[start:cut]
            start = cut
        yield self.data[start:end]


class ChangedLines:
    """Sorted lines of which those of some paths are `new` ones (without their ends), or with "" none any more; `count`
    lines are left then."""

    def __init__(self, lines: SortedLines, new: Mapping[str, str], count: int) -> None:
        self._lines, self._new, self._count = lines, new, count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        for part in self.parts():
            yield from part.decode("utf-8", "surrogateescape").split("\n")[:-1]

    def and_also(self, more: Mapping[str, str]) -> ChangedLines:
        """Returns these lines with some more."""
        return ChangedLines(self._lines, {**self._new, **more}, self._count + len(more))

    def parts(self) -> Iterator[bytes]:
        """Yields the bytes of the lines: what stays as it is without being parsed."""
        at = self._lines.start
        for path in sorted(self._new):
            begin, end = self._lines.find(path)
            yield from self._lines.range(at, begin)
            if self._new[path]:
                yield f"{self._new[path]}\n".encode("utf-8", "surrogateescape")
            at = end
        yield from self._lines.range(at, self._lines.end)


class StagedLines:
    """Holds lines of `Staged` in a temporary database, which goes with this object, and yields them by path. Raises
    OSError where there is no room."""

    def __init__(self) -> None:
        with _disk_errors():
            self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
            for statement in _BEGIN:
                self._database.execute(statement)
        weakref.finalize(self, self._database.close)
        self._indexed = False
        self._cased: set[str] = set()  # paths that are not in lower case, in lower case

    def add(self, lines: Iterable[str]) -> str:
        """Takes lines; returns the path of one where another with the same path, but for letter case, was taken before,
        as far as that shows at once; else "". By equal paths `twice` is what tells."""
        rows = []
        clash = ""
        for line in lines:
            path = path_of(line)
            lower = path.lower()
            if path != lower:
                clash = path if lower in self._cased else clash
                self._cased.add(lower)
            rows.append((_blob(path), _blob(line)))
        with _disk_errors():
            self._database.executemany("INSERT INTO lines VALUES (?, ?)", rows)
        return clash

    def twice(self, path: str, before: str) -> bool:
        """Tells whether a path is that of the line `before` it or differs from another in letter case only."""
        return path == before or path in self._cased

    def holds(self, path: str) -> bool:
        """Tells whether there is a line of this path, whatever the case of its letters."""
        lower = path.lower()
        with _disk_errors():
            if not self._indexed:
                self._database.execute("CREATE INDEX paths ON lines (path)")
                self._indexed = True
            found = self._database.execute("SELECT 1 FROM lines WHERE path = ?", (_blob(lower),)).fetchone()
        return found is not None or lower in self._cased

    def __iter__(self) -> Iterator[str]:
        """Yields the lines by path."""
        with _disk_errors():
            for (line,) in self._database.execute("SELECT line FROM lines ORDER BY path"):
                yield line.decode("utf-8", "surrogatepass")


_CHUNK = 1 << 20
_BEGIN = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA cache_size = -1024",  # KiB in memory
    # in UTF-8 paths have the order that they have as text, also where they hold what is none
    "CREATE TABLE lines (path BLOB, line BLOB)",
    "BEGIN",
)


@contextmanager
def _disk_errors() -> Iterator[None]:
    """Raises OSError where SQLite cannot write or read its temporary file."""
    try:
        yield
    except sqlite3.Error as error:
        code = errno.ENOSPC if error.sqlite_errorcode == sqlite3.SQLITE_FULL else errno.EIO
        raise OSError(code, str(error), tempfile.gettempdir()) from error


def _blob(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
