"""Describes what a build or a check is asked for, and its result."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.finding import Finding, Message


@dataclass(frozen=True, slots=True)
class Request:
    """Asks for a build or a check: `jobs` is the number of processes, 0 automatic; `strict` counts warnings as errors;
    a `preview` draws drafts and reports with errors too, and no error stops it. `durable` flushes the section to the
    disk before it takes the old one's place; `whole` exchanges the whole folder also for few changes; `cold` uses no
    record of an earlier run. `executor` is "" (automatic), "serial", "processes" or "dask" on a `scheduler`."""

    content: Path
    base_url: str = ""
    jobs: int = 0
    strict: bool = False
    preview: bool = False
    durable: bool = True
    whole: bool = False
    cold: bool = False
    executor: str = ""
    scheduler: str = ""


class FileCounts(NamedTuple):
    """Counts the files that were written, kept, and removed as stale."""

    written: int
    unchanged: int
    removed: int


class BuildResult(NamedTuple):
    """The findings, the files (None where nothing was published), the number of reports, what the user should know of
    how the section was put in place, and the paths of the files that were written or removed."""

    findings: list[Finding]
    written: FileCounts | None
    reports: int
    notes: tuple[Message, ...] = ()
    changed: frozenset[str] = frozenset()
