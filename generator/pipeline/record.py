"""The record of a build: what it came from and made, and whether it still stands."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from generator import __version__
from generator.finding import Finding, from_record, to_record
from generator.pipeline.request import BuildResult, FileCounts, Request
from generator.website.theme import templates_folder

STATE = ".nianbao"
_PACKAGE = Path(__file__).parent.parent


class BuildRecord(NamedTuple):
    """What a build came from and made: lines `mtime_ns size path`; inputs empty when they prove nothing."""

    salt: str
    inputs: list[str]
    outputs: list[str]
    report: str

    def to_bytes(self) -> bytes:
        body = "\n".join([*self.inputs, *self.outputs, self.report]).encode("utf-8", "surrogateescape")
        return f"{self.salt} {len(self.inputs)} {len(self.outputs)} {zlib.crc32(body)}\n".encode() + body


def load_state(output: Path) -> BuildRecord | None:
    """The record of the build that made a folder; None where there is none that is whole."""
    try:
        head, _, body = (output / STATE / "state").read_bytes().partition(b"\n")
        salt, inputs, outputs, check = head.decode("ascii").split(" ")
        first, second = int(inputs), int(inputs) + int(outputs)
        if int(check) != zlib.crc32(body):
            return None
    except (OSError, ValueError):
        return None
    lines = body.decode("utf-8", "surrogateescape").split("\n")
    return BuildRecord(salt, lines[:first], lines[first:second], "\n".join(lines[second:]))


# A file changed this shortly before the build started may change again within the clock's grain unseen.
_GRAIN_NS = 2_000_000_000


def stamps(paths: Iterable[str]) -> list[str]:
    """`mtime_ns size path` of each file; of a folder only the time, which changes with its entries."""
    lines = []
    for path in paths:
        status = os.stat(path)
        size = -1 if stat.S_ISDIR(status.st_mode) else status.st_size
        lines.append(f"{status.st_mtime_ns} {size} {path}")
    return lines


def proving(lines: list[str], started_ns: int) -> list[str]:
    """The stamps when all are old enough to prove anything, else nothing."""
    if any("\n" in line for line in lines):  # a name that cannot stand in a record of lines
        return []
    newest = max((int(line.split(" ", 1)[0]) for line in lines), default=0)
    return lines if newest < started_ns - _GRAIN_NS else []


def still_true(state: BuildRecord, salt: str, output: Path) -> bool:
    """Whether the folder is what a build would make now: only stamps are compared, nothing is read."""
    if state.salt != salt or not state.inputs:
        return False
    try:
        return all(map(_stands, state.inputs)) and all(_stands(line, f"{output}/") for line in state.outputs)
    except OSError:
        return False


def _stands(line: str, root: str = "") -> bool:
    mtime, size, path = line.split(" ", 2)
    status = os.stat(root + path)
    return status.st_mtime_ns == int(mtime) and (size == "-1" or status.st_size == int(size))


def salt(job: Request) -> str:
    """What besides the files decides the result."""
    said = repr((__version__, sys.version_info[:3], str(job.content.absolute()), job.base_url, job.strict))
    return hashlib.sha256(said.encode()).hexdigest()


def result_json(findings: Sequence[Finding], reports: int) -> str:
    return json.dumps([reports, [to_record(finding) for finding in findings]], ensure_ascii=False)


def standing(job: Request, output: Path) -> BuildResult | None:
    """The outcome of the last build when nothing has changed since; None when a build is due."""
    state = load_state(output)
    if state is None or not still_true(state, salt(job), output):
        return None
    reports, records = json.loads(state.report)
    return BuildResult([from_record(record) for record in records], FileCounts(0, len(state.outputs), 0), reports)


def input_paths(content: Path) -> Iterator[str]:
    """Every file and folder a build depends on, for telling whether anything changed."""
    for root in (content.absolute(), templates_folder(), _PACKAGE):
        yield from _below(str(root))


def _below(folder: str) -> Iterator[str]:
    yield folder
    with os.scandir(folder) as listing:
        for item in sorted(listing, key=lambda entry: entry.name):
            if item.is_dir(follow_symlinks=False):
                if item.name != "__pycache__":
                    yield from _below(item.path)
            elif item.is_file():
                yield item.path
