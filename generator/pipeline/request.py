"""What a build or a check is asked for, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.finding import Finding


@dataclass(frozen=True, slots=True)
class Request:
    """What a build or a check was asked for."""

    content: Path
    base_url: str = ""
    jobs: int = 0
    strict: bool = False


class FileCounts(NamedTuple):
    """How many files were written, kept, and removed as stale."""

    written: int
    unchanged: int
    removed: int


class BuildResult(NamedTuple):
    findings: list[Finding]
    written: FileCounts | None
    reports: int
