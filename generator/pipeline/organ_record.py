"""What is kept of an organ's reports so that nothing of them need be computed twice.

Everything is text or plain values: a record is written as JSON and columns, never as a program's own objects."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from generator.finding import Finding, from_record, to_record


class ReportRecord(NamedTuple):
    """One report of an organ.

    `signature` are the stamps of its folder before it was read, "" where they prove nothing; `digest` is the hash of
    what was read, with the bytes of these `pictures`. `findings`, `facts` (for rules over all reports, with the
    findings of rules over the organ that wait for them) and `summary` are JSON; `summary` is "" where nothing was
    drawn. `pieces` are what the report adds to data files: path, length, hash; `slips` are findings on what was
    drawn."""

    year: int
    withheld: str
    signature: str
    digest: str
    pictures: tuple[str, ...]
    findings: str
    facts: str
    summary: str
    pieces: tuple[tuple[str, int, str], ...] = ()
    slips: str = "[]"


class OrganRecord(NamedTuple):
    """All reports of one organ, years ascending. A record that is not `sound` is not kept: a fault of ours is in it, or
    what was drawn depends on what was there before."""

    organ: str
    reports: tuple[ReportRecord, ...]
    sound: bool = True


def digest(*parts: str) -> str:
    """Hashes texts, each apart from the next."""
    encoded = [part.encode("utf-8", "surrogateescape") for part in parts]
    return digest_of(b"".join([b"%d:%b" % (len(data), data) for data in encoded]))


def digest_of(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def dumps(values: Any) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def dump_findings(findings: Sequence[Finding]) -> str:
    return dumps([to_record(finding) for finding in findings]) if findings else "[]"


def load_findings(text: str) -> list[Finding]:
    return [from_record(item) for item in json.loads(text)] if text != "[]" else []
