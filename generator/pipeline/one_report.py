"""Checks one report by itself."""

from __future__ import annotations

from generator.collection.folder import read_pictures
from generator.collection.office import Office
from generator.finding import Finding
from generator.pipeline.worker import fault
from generator.report.entry import ReportRef
from generator.rules.first_findings import first_findings
from generator.rules.runner import accept, check_entry
from generator.rules.withheld import ease


def check_report(office: Office, ref: ReportRef) -> list[Finding]:
    """Checks one report with last year's at hand; nothing else is read, so rules over all reports do not run."""
    try:
        findings = _check_report(office, ref)
    except OSError:
        raise  # the disk is not the report's fault
    except Exception as error:
        findings = [fault(ref, error)]
    return first_findings(ease(findings, ref) if ref.withheld else findings)


def _check_report(office: Office, ref: ReportRef) -> list[Finding]:
    previous = office.read_before(ref)
    entry, findings = office.read(ref, previous.report if previous else None)
    if entry is None:
        return findings
    context = office.context._replace(previous=previous)
    for _, _, slips in read_pictures(office.content, ref, entry.prose.pictures):
        findings += slips
    return accept(entry, [*findings, *check_entry(entry, context)], context)
