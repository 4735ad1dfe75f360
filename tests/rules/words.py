"""示例 narratives for rules on words: the consistent example with a preface or a paragraph put in."""

from __future__ import annotations

from generator.finding import Finding, Level
from generator.report.entry import LoadedReport
from tests.example import findings, prose, tables


def with_preface(words: str, year: int = 2021) -> str:
    """Puts the words into the preface, on line 1."""
    return prose(year).replace("示例引言。", words, 1)


def with_paragraph(words: str, year: int = 2021) -> str:
    """Puts the words at the end, below the last section; their line is `last_line`."""
    return f"{prose(year)}\n{words}\n"


def last_line(narrative: str) -> int:
    return len(narrative.rstrip("\n").split("\n"))


def findings_of(
    rule: str,
    narrative: str | None = None,
    text: str | None = None,
    year: int = 2021,
    previous: LoadedReport | None = None,
    **options: str,
) -> list[Finding]:
    """Returns the findings of one rule; `options` are 规则设置."""
    return [f for f in findings(year, text, narrative, 0, previous, **options) if f.rule == rule]


def in_paragraph(rule: str, words: str, year: int = 2021, **options: str) -> list[tuple[int, str]]:
    """Returns (column, subject) of each finding of a rule in a paragraph; asserts their line."""
    narrative = with_paragraph(words, year)
    hits = findings_of(rule, narrative, None, year, None, **options)
    assert all(f.place.file == f"{year}/shili/report.md" and f.place.line == last_line(narrative) for f in hits)
    return [(f.place.column, f.subject) for f in hits]


def in_preface(rule: str, words: str, year: int = 2021, **options: str) -> list[tuple[int, str]]:
    hits = findings_of(rule, with_preface(words, year), None, year, None, **options)
    assert all(f.place.file == f"{year}/shili/report.md" and f.place.line == 1 for f in hits)
    return [(f.place.column, f.subject) for f in hits]


def levels(rule: str, narrative: str, year: int = 2021, historical_until: int = 0) -> list[Level]:
    return [f.level for f in findings(year, None, narrative, historical_until) if f.rule == rule]


def with_said(line: str, year: int = 2021) -> str:
    """Writes tables.yaml with one more line of words at its end, or in place of the line of that name."""
    name = line.partition(":")[0]
    kept = [old for old in tables(year).split("\n") if not old.startswith(f"{name}:")]
    return "\n".join(kept) + line + "\n"
