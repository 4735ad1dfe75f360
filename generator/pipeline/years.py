"""Runs the rules over all reports, a year at a time, on what records hold; a year of which nothing changed is not done
again, and never more than one year's facts are in memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from generator.collection.facts import CollectionFacts
from generator.collection.plain_values import add_facts
from generator.finding import Finding, from_record
from generator.pipeline.organ_record import digest, dump_findings, load_findings
from generator.pipeline.record_store import Filed, KnownOrgan, RecordStore
from generator.pipeline.session import Session
from generator.rules.runner import check_year

# (organ, hash of its facts) of the reports of one year.
_Year = Sequence[tuple[str, str]]


def by_year(organs: Mapping[str, KnownOrgan]) -> dict[int, list[tuple[str, str]]]:
    """Lists the facts of each year's reports, organs in order."""
    years: dict[int, list[tuple[str, str]]] = {}
    for organ in sorted(organs):
        for report in organs[organ].reports:
            years.setdefault(report.year, []).append((organ, report.facts))
    return dict(sorted(years.items()))


def collection_findings(session: Session, organs: Mapping[str, KnownOrgan]) -> list[Finding]:
    """Returns the findings of rules over all reports, years ascending; one that belongs to no report once."""
    years = by_year(organs)
    looks_back = any(organ.before for organ in session.office.settings.organs)
    findings: list[Finding] = []
    told: set[Finding] = set()
    for year, reports in years.items():
        before = years.get(year - 1, []) if looks_back else []
        for finding in _of_year(session, year, reports, before):
            if finding.organ or finding not in told:
                findings.append(finding)
            if not finding.organ:
                told.add(finding)
    return findings


def _of_year(session: Session, year: int, reports: _Year, before: _Year) -> list[Finding]:
    key = digest(session.key, *(" ".join(part for item in some for part in item) for some in (reports, before)))
    filed = session.store.result(f"year {year}")
    if filed is None or filed.key != key:
        facts, waiting = _facts(session.store, year, reports)
        facts.before = _facts(session.store, year - 1, before)[0].reports
        filed = Filed(key, dump_findings(check_year(facts, session.office.context, waiting)))
        session.store.put_result(f"year {year}", filed)
    return load_findings(filed.body)


def _facts(store: RecordStore, year: int, reports: _Year) -> tuple[CollectionFacts, list[Finding]]:
    """Loads a year's facts for the rules, and the findings that wait for them. Of a report that is withheld only that
    counts."""
    facts, waiting = CollectionFacts(), list[Finding]()
    for text in store.facts(year, reports):
        dumped, findings = json.loads(text)
        withheld = dumped[3]
        add_facts(facts, [[], [], [], withheld, []] if withheld else dumped)
        waiting += map(from_record, findings)
    return facts, waiting


def facts_of_years(store: RecordStore, organs: Mapping[str, KnownOrgan], years: Iterable[int]) -> CollectionFacts:
    """Loads the facts of some years whole, with those of drafts: for a roll-up."""
    facts, known = CollectionFacts(), by_year(organs)
    for year in years:
        for text in store.facts(year, known.get(year, [])):
            add_facts(facts, json.loads(text)[0])
    return facts
