"""Prints imports as JSON, `nianbao.import/1`, and how a year stands after workbooks came in together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from generator.collection.rollup import RollupView, view
from generator.drafts.readings import Certainty, TableRead
from generator.finding import Finding, Message, counts
from generator.importer.run import ImportResult
from generator.importer.source_places import place_in_file
from generator.pipeline.run import gather_facts
from generator.printers.findings_json import as_json
from generator.printers.rollup import as_record as view_record

SCHEMA = "nianbao.import/1"


def coverage(content: Path, results: Sequence[ImportResult]) -> list[RollupView]:
    """Rolls up the years of workbooks that came in together, for the organs above them, over all of the content."""
    done = [result.draft.identity for result in results if result.draft and result.document and result.document.stamp]
    if len(results) < 2 or not done:
        return []
    office, facts = gather_facts(content, sorted({item.year for item in done}))
    organs = office.context.organs
    asked = sorted({(item.year, organs[item.organ].parent) for item in done if item.organ in organs})
    views = (view(facts, office.context, year, parent, facts.withheld) for year, parent in asked if parent)
    return [item for item in views if not isinstance(item, Message)]


def as_record(result: ImportResult, lang: str) -> dict[str, Any]:
    """Makes the published record of one file's import, `nianbao.import/1`."""
    draft = result.draft
    record: dict[str, Any] = {"file": str(result.file), "status": result.status}
    if draft is not None:
        identity = draft.identity
        record |= {
            "organ": identity.organ,
            "year": identity.year,
            "title": identity.title,
            "form": draft.form.id,
            "folder": str(result.folder) if result.folder else None,
            "backup": str(result.backup) if result.backup else None,
            "draft": result.is_draft,
            "kept": [item.say(lang) for item in result.kept],
            "lost": [item.say(lang) for item in result.lost],
            "figures": draft.counts,
            "cells": draft.account._asdict(),
            "uncertain": [item for read in draft.tables for item in _uncertain(read, lang)],
            "added": [
                {
                    "table": extra.table.key,
                    "row": extra.label,
                    "unit": extra.unit,
                    "figures": [r.text or None for r in extra.readings],
                    "place": extra.readings[0].spot.describe().say(lang),
                }
                for extra in draft.extras
            ],
            "ignored": [
                {"text": i.text, "place": i.spot.describe().say(lang), "why": i.why.say(lang)} for i in draft.ignored
            ],
        }
    record["findings"] = [_with_source(finding, result, lang) for finding in result.findings]
    record["checked"] = [_with_source(finding, result, lang) for finding in result.checked]
    return record


def _with_source(finding: Finding, result: ImportResult, lang: str) -> dict[str, Any]:
    """Makes the record of a finding; `source` is its place in the imported file (表三 F12), where that is known."""
    place = place_in_file(finding, result.draft) if result.draft else None
    return {**as_json(finding, lang), **({"source": place.say(lang)} if place else {})}


def _uncertain(read: TableRead, lang: str) -> Iterator[dict[str, Any]]:
    for index, reading in sorted(read.readings.items()):
        if reading.certainty is not Certainty.CERTAIN:
            yield {
                "cell": read.table.slots[index].name,
                "certainty": reading.certainty.value,
                "text": reading.text or None,
                "raw": reading.raw,
                "place": reading.spot.describe().say(lang),
                "why": reading.why.say(lang) if reading.why else "",
            }


def document(
    results: Sequence[ImportResult], views: Sequence[RollupView], lang: str, litter: int = 0
) -> dict[str, Any]:
    """Makes the whole document; `litter` counts the system files of the folders that were not read."""
    findings = [finding for result in results for finding in (*result.findings, *result.checked)]
    files = [as_record(result, lang) for result in results]
    rollup = list(map(view_record, views))
    return {"schema": SCHEMA, "files": files, "litter": litter, "rollup": rollup, "counts": counts(findings)}
