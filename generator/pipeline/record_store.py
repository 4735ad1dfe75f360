"""Keeps the records of organs in one SQLite file, so that a later command computes only what has changed.

A record proves itself: it is filed under the hash of what it was made of and sealed by a checksum. A file that is
missing, damaged, of another version, in use or not writable costs time and never changes a result: the records of that
run then lie in a temporary file of its own."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from generator.pipeline.layout import Layout
from generator.pipeline.organ_record import OrganRecord, ReportRecord, digest, dumps

_VERSION = 1
_TABLES = """
CREATE TABLE organs (organ TEXT PRIMARY KEY, key TEXT, body TEXT, seal INT) WITHOUT ROWID;
CREATE TABLE reports (year INT, organ TEXT, facts TEXT, summary TEXT, PRIMARY KEY (organ, year));
CREATE INDEX years ON reports (year);
CREATE TABLE results (name TEXT PRIMARY KEY, key TEXT, body TEXT, seal INT) WITHOUT ROWID;
CREATE TABLE published (owner TEXT PRIMARY KEY, key TEXT, body TEXT, seal INT) WITHOUT ROWID;
"""
# In a temporary file of SQLite's own, which goes when the database is closed.
_STAGED = "CREATE TEMP TABLE staged (owner TEXT PRIMARY KEY, key TEXT, body TEXT, seal INT) WITHOUT ROWID"


class Damaged(Exception):
    """The file of records is not what it was when it was written."""


class Filed(NamedTuple):
    """Something filed under the key of what it was made of."""

    key: str
    body: str


class KnownReport(NamedTuple):
    """A report as its organ's record knows it; its facts and summary are named by their hashes."""

    year: int
    withheld: str
    signature: str
    digest: str
    pictures: tuple[str, ...]
    findings: str
    facts: str
    summary: str


class KnownOrgan(NamedTuple):
    key: str
    reports: tuple[KnownReport, ...]


class RecordStore:
    """One file of records, open for one command; nothing is kept before `keep`."""

    def __init__(self, database: sqlite3.Connection, lasting: bool) -> None:
        self._database, self.lasting = database, lasting

    def organs(self) -> dict[str, KnownOrgan]:
        """Returns the records of all organs, without facts and summaries."""
        found = {}
        for organ, key, body, seal in self._rows("SELECT organ, key, body, seal FROM organs"):
            _check(seal, organ, key, body)
            found[organ] = KnownOrgan(key, _reports(body))
        return found

    def organ(self, name: str) -> KnownOrgan | None:
        """Returns the record of one organ, without facts and summaries. Raises Damaged."""
        filed = self._filed("organs", "organ", name)
        return KnownOrgan(filed.key, _reports(filed.body)) if filed else None

    def put_organ(self, key: str, record: OrganRecord) -> KnownOrgan:
        """Files an organ's record; `key` is "" where it may serve this run only. Returns it as `organs` does."""
        known = tuple(_known(report) for report in record.reports)
        self._run("DELETE FROM reports WHERE organ = ?", record.organ)
        rows = [(report.year, record.organ, report.facts, report.summary) for report in record.reports]
        self._database.executemany("INSERT OR REPLACE INTO reports VALUES (?, ?, ?, ?)", rows)
        return self.renew_organ(record.organ, KnownOrgan(key, known))

    def renew_organ(self, organ: str, known: KnownOrgan) -> KnownOrgan:
        """Files what is known of an organ whose facts and summaries are filed already."""
        body = dumps(known.reports)
        row = (organ, known.key, body, _seal(organ, known.key, body))
        self._run("INSERT OR REPLACE INTO organs VALUES (?, ?, ?, ?)", *row)
        return known

    def drop_organs(self, organs: Iterable[str]) -> None:
        for organ in organs:
            self._run("DELETE FROM organs WHERE organ = ?", organ)
            self._run("DELETE FROM reports WHERE organ = ?", organ)

    def facts(self, year: int, wanted: Sequence[tuple[str, str]]) -> Iterator[str]:
        """Yields the facts of a year's reports, by (organ, hash). Raises Damaged where they are others."""
        return self._column("facts", year, wanted)

    def summaries(self, year: int, wanted: Sequence[tuple[str, str]]) -> Iterator[str]:
        """Yields the summaries of a year's reports, by (organ, hash). Raises Damaged where they are others."""
        return self._column("summary", year, wanted)

    def _column(self, column: str, year: int, wanted: Sequence[tuple[str, str]]) -> Iterator[str]:
        found: dict[str, str] = dict(self._rows(f"SELECT organ, {column} FROM reports WHERE year = ?", year))
        for organ, hashed in wanted:
            text = found.get(organ, "")
            if not isinstance(text, str) or digest(text) != hashed:
                raise Damaged(f"{column} of {year}/{organ}")
            yield text

    def result(self, name: str) -> Filed | None:
        return self._filed("results", "name", name)

    def put_result(self, name: str, filed: Filed) -> None:
        self._put("results", name, filed)

    def published(self) -> dict[str, str]:
        """Returns the owners of what stands in the output folder (organs, listings, data files), each with the key of
        what its files were made of. Raises Damaged."""
        found = dict(self._rows("SELECT owner, key FROM published"))
        if not all(isinstance(text, str) for item in found.items() for text in item):
            raise Damaged("published")
        return found

    def published_by(self, owner: str) -> str:
        """Returns what was filed of an owner that `published` names. Raises Damaged."""
        filed = self._filed("published", "owner", owner)
        if filed is None:
            raise Damaged(owner)
        return filed.body

    def begin_publishing(self) -> None:
        """Forgets what an earlier attempt was about to publish."""
        self._run("DROP TABLE IF EXISTS temp.staged")
        self._run(_STAGED)

    def stage_published(self, owner: str, filed: Filed) -> None:
        """Files what an owner is about to publish; `take_published` makes it count."""
        self._put("staged", owner, filed)

    def take_published(self, gone: Iterable[str]) -> None:
        """Takes what was staged for published, and drops what `gone` owners published."""
        for owner in gone:
            self._run("DELETE FROM published WHERE owner = ?", owner)
        self._run("INSERT OR REPLACE INTO published SELECT * FROM staged")
        self.begin_publishing()

    def mark(self) -> None:
        """Marks what `undo` leads back to, until all is kept."""
        self._run("SAVEPOINT mark")

    def undo(self) -> None:
        """Takes back what was put since `mark`."""
        self._run("ROLLBACK TO mark")
        self._run("RELEASE mark")

    def clear(self) -> None:
        """Forgets all earlier runs."""
        for table in ("organs", "reports", "results", "published"):
            self._run(f"DELETE FROM {table}")

    def keep(self) -> None:
        """Makes what was put so far last."""
        with suppress(sqlite3.OperationalError):  # a full disk: the records of this run are lost, nothing else
            self._database.commit()
            self._database.execute("BEGIN IMMEDIATE")

    def _filed(self, table: str, column: str, name: str) -> Filed | None:
        for key, body, seal in self._rows(f"SELECT key, body, seal FROM {table} WHERE {column} = ?", name):
            _check(seal, name, key, body)
            return Filed(key, body)
        return None

    def _put(self, table: str, name: str, filed: Filed) -> None:
        row = (name, filed.key, filed.body, _seal(name, *filed))
        self._run(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?, ?)", *row)

    def _rows(self, statement: str, *values: Any) -> Iterator[Any]:
        yield from self._database.execute(statement, values)

    def _run(self, statement: str, *values: Any) -> None:
        self._database.execute(statement, values)


def _reports(body: str) -> tuple[KnownReport, ...]:
    try:
        return tuple(
            KnownReport(year, withheld, signature, hashed, tuple(pictures), *rest)
            for year, withheld, signature, hashed, pictures, *rest in json.loads(body)
        )
    except (ValueError, TypeError) as error:  # another program wrote it
        raise Damaged("reports") from error


def _known(report: ReportRecord) -> KnownReport:
    hashes = digest(report.facts), digest(report.summary)
    return KnownReport(*report[:5], report.findings, *hashes)


def _seal(*parts: str) -> int:
    return zlib.crc32("\0".join(parts).encode("utf-8", "surrogateescape"))


def _check(seal: int, *parts: str) -> None:
    if not all(isinstance(part, str) for part in parts) or seal != _seal(*parts):
        raise Damaged(parts[0])


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


T = TypeVar("T")


def read_only(path: Path, read: Callable[[RecordStore], T | None]) -> T | None:
    """Reads something from the file of records, which is not opened for writing; None where there is none that can be
    read. Raises Damaged."""
    if not _plain(path) or not path.exists():
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", timeout=0, uri=True)) as database:
            if database.execute("PRAGMA user_version").fetchone()[0] == _VERSION:
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
    return bool(version == _VERSION)


def _begin(database: sqlite3.Connection) -> None:
    for statement in _TABLES.strip().split("\n"):
        database.execute(statement)
    database.execute(f"PRAGMA user_version = {_VERSION}")


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
