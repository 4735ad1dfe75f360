"""Findings: what was seen, where, and how grave. Values only; printing is done elsewhere (show)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, NamedTuple


class Message(NamedTuple):
    """One sentence in both languages of the tool."""

    zh: str
    en: str

    def say(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


def did_you_mean(typed: str, known: Iterable[str], cutoff: float = 0.6) -> Message:
    """How a message about an unknown name ends: with the nearest one that there is; with nothing where none is near."""
    near = get_close_matches(typed, list(known), 1, cutoff)
    return Message(f"；是不是“{near[0]}”？", f"; did you mean “{near[0]}”?") if near else Message("", "")


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """Line and column count from 1; 0 means the whole file."""

    file: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class CellName:
    """A cell of a statutory table, by the labels printed around it."""

    table: str
    row: tuple[str, ...]
    column: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """`subject` is the words an acceptance names it by (a cell key or a quoted text), `values` the figures it rests
    on as printed, "" where the subject says it all; `accepted` is the reason it was accepted for, None while it
    stands; `related` are other places that bear on it."""

    rule: str
    level: Level
    place: Place
    message: Message
    cells: tuple[CellName, ...] = ()
    organ: str = ""
    year: int = 0
    subject: str = ""
    accepted: str | None = None
    values: str = ""
    related: tuple[Place, ...] = ()

    @property
    def blocking(self) -> bool:
        return self.level is Level.ERROR and self.accepted is None


def to_record(finding: Finding) -> list[object]:
    """A finding as plain values, for JSON; `from_record` reads it back."""
    cells = [[c.table, list(c.row), list(c.column)] for c in finding.cells]
    return [
        finding.rule,
        finding.level.value,
        _triple(finding.place),
        list(finding.message),
        cells,
        finding.organ,
        finding.year,
        finding.subject,
        finding.accepted,
        finding.values,
        list(map(_triple, finding.related)),
    ]


def _triple(place: Place) -> list[object]:
    return [place.file, place.line, place.column]


def from_record(record: list[Any]) -> Finding:
    rule, level, place, message, cells, organ, year, subject, accepted, values, related = record
    return Finding(
        rule,
        Level(level),
        Place(*place),
        Message(*message),
        tuple(CellName(t, tuple(r), tuple(c)) for t, r, c in cells),
        organ,
        year,
        subject,
        accepted,
        values,
        tuple(Place(*triple) for triple in related),
    )


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    total = {"error": 0, "warning": 0, "note": 0, "accepted": 0}
    for finding in findings:
        total["accepted" if finding.accepted is not None else finding.level.value] += 1
    return total


class UserError(Exception):
    """What was asked for cannot be done, through no fault of ours: `message` says why and what would help.
    Commands print it as one sentence and end with exit code 2."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.en)
        self.message = message
