"""Reads from the records what the last check or build found on one report, so that nothing of it is computed again."""

from __future__ import annotations

from pathlib import Path

from generator.collection.folder import scan_organ
from generator.finding import Finding
from generator.pipeline.fingerprints import office_digest
from generator.pipeline.organ_record import load_findings
from generator.pipeline.record_file import read_only, records_beside
from generator.pipeline.record_store import Damaged, RecordStore
from generator.pipeline.request import Request
from generator.pipeline.validity import PROGRAM, Validity, known_program
from generator.report.entry import ReportRef


def known_findings(content: Path, ref: ReportRef) -> list[Finding] | None:
    """Returns the findings on one report as `check_report` makes them; None where no record of its organ still holds.
    The file of records is only read."""

    def read(store: RecordStore) -> list[Finding] | None:
        known = store.organ(ref.organ)
        if known is None:
            return None
        program, _ = known_program(store.result(PROGRAM))
        validity = Validity(content, office_digest(Request(content), program))
        refs = scan_organ(content, ref.organ, validity.known_draft({ref.organ: known}))
        renewed = validity.renewed(known, refs)
        reports = renewed.reports if renewed else ()
        found = [load_findings(item.findings) for item in reports if item[:2] == (ref.year, ref.withheld)]
        return found[0] if found else None

    if not (content / "site.yaml").is_file():
        return None
    try:
        return read_only(records_beside(content, None), read)
    except Damaged:
        return None
