"""What a build is asked for and what came of it; and whether the last one still stands.

Kept apart from the build so that finding nothing to do loads nothing else.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator import __version__
from generator.finding import Finding, from_record, to_record
from generator.pipeline.output_folder import Summary as Written
from generator.pipeline.output_folder import load_state, still_true


@dataclass(frozen=True, slots=True)
class Job:
    """What a build or a check was asked for."""

    content: Path
    base_url: str = ""
    jobs: int = 0
    strict: bool = False


class Outcome(NamedTuple):
    findings: list[Finding]
    written: Written | None
    reports: int


def salt(job: Job) -> str:
    """What besides the files decides the result."""
    said = repr((__version__, sys.version_info[:3], str(job.content.absolute()), job.base_url, job.strict))
    return hashlib.sha256(said.encode()).hexdigest()


def record(findings: Sequence[Finding], reports: int) -> str:
    return json.dumps([reports, [to_record(finding) for finding in findings]], ensure_ascii=False)


def standing(job: Job, output: Path) -> Outcome | None:
    """The outcome of the last build when nothing has changed since; None when a build is due."""
    state = load_state(output)
    if state is None or not still_true(state, salt(job), output):
        return None
    reports, records = json.loads(state.report)
    return Outcome([from_record(record) for record in records], Written(0, len(state.outputs), 0), reports)
