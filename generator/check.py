"""Runs the rules over a report and lays its acceptances on what they found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from generator.diagnostic import Finding, Level, Place, Text, counts
from generator.library import Entry
from generator.rules import RULES
from generator.rules.rule import Context

SCHEMA = "nianbao.findings/1"


def check_entry(entry: Entry, context: Context) -> list[Finding]:
    """All findings of the rules on one report. A rule that crashes is our fault and is said to be."""
    found: list[Finding] = []
    for rule in RULES:
        try:
            found.extend(rule.check(entry, context))
        except Exception as error:  # a rule's crash must not read as a verdict on the data
            text = Text(f"规则{rule.id}自身出错（{error!r}），请报告给开发者", f"rule {rule.id} itself failed ({error!r}); please report it")
            found.append(Finding("BUG", Level.ERROR, Place(entry.report.file), text, (), entry.ref.organ, entry.ref.year))
    return found


def accept(entry: Entry, findings: Sequence[Finding]) -> list[Finding]:
    """Findings with those the report accepts marked so; an acceptance that meets nothing is itself found."""
    reasons = {
        (item.rule, subject): item.reason for item in entry.report.acceptances for subject in item.subjects
    }
    out = [replace(f, accepted=reasons[f.rule, f.subject]) if (f.rule, f.subject) in reasons else f for f in findings]
    met = {(f.rule, f.subject) for f in findings}
    for item in entry.report.acceptances:
        for subject in item.subjects:
            if (item.rule, subject) not in met:
                text = Text(f"接受项 {item.rule}“{subject}”已不对应任何发现，请删去", f"acceptance {item.rule} “{subject}” meets no finding; remove it")
                place = Place(entry.report.file, item.line, item.column)
                out.append(Finding("ACC-STALE", Level.WARNING, place, text, (), entry.ref.organ, entry.ref.year, subject))
    return out


def strict(findings: Iterable[Finding]) -> list[Finding]:
    """--strict: warnings count as errors."""
    return [replace(f, level=Level.ERROR) if f.level is Level.WARNING else f for f in findings]


def as_json(finding: Finding, lang: str) -> dict[str, Any]:
    """The published shape of a finding, `nianbao.findings/1`."""
    return {
        "rule": finding.rule,
        "level": finding.level.value,
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "message": finding.message.say(lang),
        "organ": finding.organ,
        "year": finding.year,
        "cells": [{"table": c.table, "row": list(c.row), "column": list(c.column)} for c in finding.cells],
        "accepted": finding.accepted is not None,
        **({"reason": finding.accepted} if finding.accepted is not None else {}),
    }


def document(findings: Sequence[Finding], lang: str) -> str:
    whole = {"schema": SCHEMA, "findings": [as_json(f, lang) for f in findings], "counts": counts(findings)}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


_SARIF_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "note"}


def sarif(findings: Sequence[Finding], lang: str, version: str) -> str:
    """SARIF 2.1.0; accepted findings are suppressions with their reason."""
    results = []
    for f in findings:
        location: dict[str, Any] = {"artifactLocation": {"uri": f.place.file}}
        if f.place.line:
            location["region"] = {"startLine": f.place.line, "startColumn": max(1, f.place.column)}
        result: dict[str, Any] = {
            "ruleId": f.rule, "level": _SARIF_LEVELS[f.level], "message": {"text": f.message.say(lang)},
            "locations": [{"physicalLocation": location}],
        }  # fmt: skip
        if f.accepted is not None:
            result["suppressions"] = [{"kind": "inSource", "justification": f.accepted}]
        results.append(result)
    driver = {"name": "nianbao", "version": version, "rules": [{"id": rule} for rule in sorted({f.rule for f in findings})]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"
