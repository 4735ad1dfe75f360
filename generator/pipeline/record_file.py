"""Opens the file of records beside the output folder, whatever state it is in.

A file that is missing, damaged, of another version, in use or not writable costs time and never changes a result: the
records of that run then lie in a temporary file of its own."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from generator.pipeline.layout import Layout
from generator.pipeline.record_store import TABLES, VERSION, Filed, RecordStore

T = TypeVar("T")


def records_beside(content: Path, output: Path | None) -> Path:
    """Names the file of records: beside the output folder; without one beside the folder that `build` makes by default,
    which lies next to the content folder."""
    return Layout(output or content.resolve().with_name("site")).records


@contextmanager
def open_store(path: Path | None) -> Iterator[RecordStore]:
    """Opens the file of records, or a temporary one: without a path, or where the file cannot be used.

    A file that another command is writing to, or that may only be read, is read as it stands and left alone."""
    database = _open(path) if path is not None else None
    lasting = database is not None
    if database is None:
        database = _temporary(path)
    try:
        yield RecordStore(database, lasting)
    finally:
        database.rollback()
        database.close()
        if lasting and path is not None:
            with suppress(OSError):  # somebody may have deleted it meanwhile
                if path.stat().st_size == 0:  # nothing was kept
                    path.unlink()


def read_only(path: Path, read: Callable[[RecordStore], T | None]) -> T | None:
    """Reads something from the file of records, which is not opened for writing; None where there is none that can be
    read. Raises Damaged."""
    if not _plain(path) or not path.exists():
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", timeout=0, uri=True)) as database:
            if database.execute("PRAGMA user_version").fetchone()[0] == VERSION:
                return read(RecordStore(database, False))
    except sqlite3.Error:
        pass
    return None


def read_result(path: Path, name: str) -> Filed | None:
    """Reads one result from the file of records. Raises Damaged."""
    return read_only(path, lambda store: store.result(name))


def is_full(error: Exception) -> bool:
    """Tells whether it was for want of room on the disk that SQLite failed."""
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL


def discard(path: Path | None) -> None:
    """Deletes a file of records that is damaged."""
    if path is not None:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        with suppress(OSError):
            path.with_name(f"{path.name}-journal").unlink(missing_ok=True)


def _open(path: Path) -> sqlite3.Connection | None:
    """Opens the file for writing; None where that cannot be."""
    if not _plain(path):
        return None
    for _ in range(2):  # a file of another version, or none at all, is begun anew
        try:
            database = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
        except sqlite3.Error:
            return None
        try:
            # what a power cut leaves is recognised by seals and hashes: waiting for the disk would prove nothing more
            database.execute("PRAGMA synchronous = OFF")
            database.execute("BEGIN IMMEDIATE")
            if _begun(database):
                return database
        except sqlite3.OperationalError:  # in use, read-only, disk full
            database.close()
            return None
        except sqlite3.DatabaseError:
            pass
        database.close()
        discard(path)
    return None


def _begun(database: sqlite3.Connection) -> bool:
    """Makes the tables in a new file; False where the file is of another version."""
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version == 0 and not database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        _begin(database)
        return True
    return bool(version == VERSION)


def _begin(database: sqlite3.Connection) -> None:
    for statement in TABLES.strip().split("\n"):
        database.execute(statement)
    database.execute(f"PRAGMA user_version = {VERSION}")


def _temporary(path: Path | None) -> sqlite3.Connection:
    """Opens a temporary file of records, with what the lasting one holds where that can be read."""
    database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    if path is not None and _plain(path) and path.exists():
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", timeout=0, uri=True)) as source:
                source.execute("BEGIN")
                source.execute("SELECT count(*) FROM sqlite_master")  # fails at once where backup() would wait for ever
                source.backup(database)
            if _begun(database):
                database.execute("BEGIN")
                return database
        except sqlite3.Error:
            pass
        database.close()
        database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    database.execute("PRAGMA synchronous = OFF")
    database.execute("BEGIN")
    _begin(database)
    return database


def _plain(path: Path) -> bool:
    """Tells whether a path is a plain file or free, so that opening it neither waits nor follows a link."""
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except FileNotFoundError:
        return os.path.isdir(path.parent)
    except OSError:
        return False
