"""Recognises by stamps alone that nothing has changed since the last check: nothing is read or computed then."""

from __future__ import annotations

import json
import os
import stat
import sys
import time

from generator import __version__
from generator.finding import from_record
from generator.pipeline.build_record import input_paths, result_json
from generator.pipeline.organ_record import digest, dumps
from generator.pipeline.record_file import read_result, records_beside
from generator.pipeline.record_store import Damaged, Filed
from generator.pipeline.request import BuildResult, Request

_GRAIN_NS = 2_000_000_000


def look_at_inputs(request: Request) -> str:
    """Stamps all that a check depends on, one line a file; "" where that proves nothing: a file was changed within the
    last two seconds, or has a name that cannot stand in a line."""
    before = time.time_ns() - _GRAIN_NS
    lines = [_stamp(path) for path in input_paths(request.content)]
    settled = all(max(map(int, line.split(" ", 2)[:2])) < before for line in lines)
    return "\n".join(lines) if settled and not any("\n" in line for line in lines) else ""


def _stamp(path: str) -> str:
    """Stamps a file by its times, size and mode; a folder without its size."""
    status = os.stat(path)
    size = -1 if stat.S_ISDIR(status.st_mode) else status.st_size
    return f"{status.st_mtime_ns} {status.st_ctime_ns} {status.st_mode} {size} {path}"


def _key(request: Request) -> str:
    """Names what besides the files decides the result of a check."""
    return digest(__version__, repr(sys.version_info), str(request.content.absolute()), str(request.strict))


def filed(request: Request, inputs: str, result: BuildResult) -> Filed:
    """Writes down a check; `inputs` is what `look_at_inputs` saw before it began."""
    return Filed(_key(request), dumps([inputs, result_json(result.findings, result.reports)]))


def checked_before(request: Request) -> BuildResult | None:
    """Returns the result of the last check when nothing has changed since; None when a check is due."""
    try:
        before = read_result(records_beside(request.content, None), "check")
    except Damaged:
        return None
    if before is None or before.key != _key(request):
        return None
    inputs, result = json.loads(before.body)
    try:
        if not inputs or not all(line == _stamp(line.split(" ", 4)[4]) for line in inputs.split("\n")):
            return None
    except OSError:
        return None
    reports, findings = json.loads(result)
    return BuildResult([from_record(item) for item in findings], None, reports)
