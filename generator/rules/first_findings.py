"""Keeps the first findings of each file and counts the others: a file with thousands has one mistake, or is hostile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator import limits
from generator.finding import Finding, Level, Message, Place, counted

_FILES = ("tables.yaml", "report.md", "site.yaml", "organs.yaml")
_RANK = {level: rank for rank, level in enumerate((Level.ERROR, Level.WARNING, Level.NOTE))}


def first_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Returns at most `limits.FINDINGS` findings of each file, the worst first chosen, and FILE-MORE for the others of
    it; those that are accepted all stay. Other files count together by their folder."""
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        by_file.setdefault(_counted_by(finding.place.file), []).append(finding)
    return [_shortened(finding) for file, of_file in by_file.items() for finding in _first(file, of_file)]


def _counted_by(file: str) -> str:
    folder, _, name = file.rpartition("/")
    return file if name in _FILES or not folder else f"{folder}/"


def _first(file: str, findings: list[Finding]) -> list[Finding]:
    standing = [finding for finding in findings if finding.accepted is None]
    if len(standing) <= limits.FINDINGS:
        return findings
    worst = sorted(standing, key=lambda item: (_RANK[item.level], item.place.line, item.place.column))
    left = worst[limits.FINDINGS :]
    gone = set(map(id, left))
    return [*(finding for finding in findings if id(finding) not in gone), _more(file, left)]


def _more(file: str, left: list[Finding]) -> Finding:
    """Counts what is left out, at the level of the worst of it, so that the exit code is the same."""
    number = {level: sum(finding.level is level for finding in left) for level in _RANK}
    message = Message(
        f"另有{len(left)}处没有列出（错误{number[Level.ERROR]}，警告{number[Level.WARNING]}，提示{number[Level.NOTE]}）；"
        "先改列出的，再核对一次",
        f"and {len(left)} more ({counted(number[Level.ERROR], 'error')}, {counted(number[Level.WARNING], 'warning')}, "
        f"{counted(number[Level.NOTE], 'note')}); mend those listed and check again",
    )
    return Finding("FILE-MORE", left[0].level, Place(file), message, (), left[0].organ, left[0].year, file)


def _shortened(finding: Finding) -> Finding:
    if max(map(len, (*finding.message, finding.subject))) <= limits.MESSAGE:
        return finding
    message = Message(*map(_short, finding.message))
    return replace(finding, message=message, subject=_short(finding.subject))


def _short(text: str) -> str:
    half = limits.MESSAGE // 2
    return text if len(text) <= limits.MESSAGE else f"{text[:half]} … {text[-half:]}"
