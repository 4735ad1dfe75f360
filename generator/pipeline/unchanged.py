"""Recognises by stamps alone that nothing has changed since the last check: nothing is read or computed then."""

from __future__ import annotations

import json
from collections.abc import Sequence

from generator.finding import from_record
from generator.pipeline.organ_record import dumps
from generator.pipeline.record import inputs_stand, result_json, salt
from generator.pipeline.record_store import Damaged, Filed, read_result, records_beside
from generator.pipeline.request import BuildResult, Request


def filed(request: Request, inputs: Sequence[str], result: BuildResult) -> Filed:
    """Writes down a check; `inputs` are the stamps of all it depends on, empty where they prove nothing."""
    return Filed(salt(request), dumps(["\n".join(inputs), result_json(result.findings, result.reports)]))


def checked_before(request: Request) -> BuildResult | None:
    """Returns the result of the last check when nothing has changed since; None when a check is due."""
    try:
        before = read_result(records_beside(request.content, None), "check")
    except Damaged:
        return None
    if before is None or before.key != salt(request):
        return None
    inputs, result = json.loads(before.body)
    if not inputs or not inputs_stand(inputs.split("\n")):
        return None
    reports, findings = json.loads(result)
    return BuildResult([from_record(item) for item in findings], None, reports)
