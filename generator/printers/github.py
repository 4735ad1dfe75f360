"""Prints findings as workflow commands (`::error file=…`), which code hosts show beside the changed line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.finding import Finding, Level
from generator.printers.clean import harmless

_NAMES = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def workflow_commands(findings: Sequence[Finding], lang: str, folder: str) -> Iterator[str]:
    """Yields one line a finding; accepted ones are left out."""
    for finding in findings:
        if finding.accepted is None:
            place = finding.place
            path = f"{folder}/{place.file}" if folder and place.file else place.file
            spot = f",line={place.line},col={max(1, place.column)}" if place.line else ""
            head = f"file={_property(path)}{spot},title={_property(finding.rule)}"
            yield f"::{_NAMES[finding.level]} {head}::{_data(finding.message.say(lang))}"


def _data(text: str) -> str:
    """Escapes what would end the command, and whatever could command a terminal that shows the log."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return harmless(escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
