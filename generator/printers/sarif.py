"""Prints findings as SARIF 2.1.0, for code hosts and editors. Accepted findings are suppressions with their reason."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from generator.finding import Finding, Level, Message, Place

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "note"}


def sarif(
    findings: Sequence[Finding], lang: str, version: str, folder: str, explain: Callable[[str], Message | None]
) -> str:
    """Makes the log. `folder` is the content folder as its files are known to the reader of the log ("" = the files'
    own names); `explain` gives a rule's documentation."""
    rules = sorted({finding.rule for finding in findings})
    number = {rule: at for at, rule in enumerate(rules)}
    driver = {
        "name": "nianbao",
        "version": version,
        "informationUri": "https://pypi.org/project/nianbao/",
        "rules": [_rule(rule, explain(rule), lang) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "language": "zh-CN" if lang == "zh" else "en-US",
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, number[finding.rule], lang, folder) for finding in findings],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _rule(rule: str, doc: Message | None, lang: str) -> dict[str, Any]:
    if doc is None:
        return {"id": rule}
    text = doc.say(lang)
    return {"id": rule, "shortDescription": {"text": text.partition("\n")[0]}, "help": {"text": text}}


def _result(finding: Finding, index: int, lang: str, folder: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.level],
        "message": {"text": finding.message.say(lang)},
        "locations": [_location(finding.place, folder)],
    }
    if finding.related:
        result["relatedLocations"] = [_location(place, folder) for place in finding.related]
    if finding.accepted is not None:
        result["suppressions"] = [{"kind": "inSource", "justification": finding.accepted}]
    return result


def _location(place: Place, folder: str) -> dict[str, Any]:
    path = f"{folder}/{place.file}" if folder and place.file else place.file or folder or "."
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(path)}}
    if place.line:
        location["region"] = {"startLine": place.line, "startColumn": max(1, place.column)}
    return {"physicalLocation": location}
