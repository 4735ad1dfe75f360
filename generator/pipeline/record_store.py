"""Keeps the records of organs in one SQLite file, so that a later command computes only what has changed.

A record proves itself: it is filed under the hash of what it was made of and sealed by a checksum. `record_file` opens
the file."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from generator.pipeline.organ_record import OrganRecord, ReportRecord, digest, dumps

VERSION = 1
TABLES = """
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
