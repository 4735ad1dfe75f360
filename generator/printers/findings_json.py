"""Prints findings as JSON, schema `nianbao.findings/1`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from generator.finding import Finding, Place, counts

SCHEMA = "nianbao.findings/1"


def as_json(finding: Finding, lang: str) -> dict[str, Any]:
    """Makes the published record of a finding. `reason` stands where it is accepted, `values` where it rests on
    figures, `related` where other places bear on it."""
    return {
        "rule": finding.rule,
        "level": finding.level.value,
        **_place(finding.place),
        "message": finding.message.say(lang),
        "organ": finding.organ,
        "year": finding.year,
        "cells": [{"table": c.table, "row": list(c.row), "column": list(c.column)} for c in finding.cells],
        "accepted": finding.accepted is not None,
        **({"subject": finding.subject} if finding.subject else {}),
        **({"reason": finding.accepted} if finding.accepted is not None else {}),
        **({"values": finding.values} if finding.values else {}),
        **({"related": list(map(_place, finding.related))} if finding.related else {}),
    }


def _place(place: Place) -> dict[str, Any]:
    return {"file": place.file, "line": place.line, "column": place.column}


def document(findings: Sequence[Finding], lang: str) -> str:
    whole = {"schema": SCHEMA, "findings": [as_json(f, lang) for f in findings], "counts": counts(findings)}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
