"""Defines findings: which rule was broken, where, and how severely. Printing is done elsewhere (`printers`)."""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, NamedTuple


def counted(number: int | Decimal, one: str, many: str = "") -> str:
    """Says in English how many there are: 1 cell, 2 cells; `many` where an s at the end does not make the plural."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


# Stands in messages for the command as it has to be typed. It is put in when a message is said, not when it is made:
# findings are recorded, and said again by whatever command comes next.
NIANBAO = "⟨nianbao⟩"


def program() -> str:
    """Names the command as it has to be typed: `nianbao` is there only where the package is installed."""
    as_module = re.split(r"[/\\]", sys.argv[0])[-2:] == ["generator", "__main__.py"]
    return "python -m generator" if as_module else "nianbao"


class Message(NamedTuple):
    """Holds one sentence in both languages of the tool; a command to be typed begins with NIANBAO."""

    zh: str
    en: str

    def say(self, lang: str) -> str:
        said = self.en if lang == "en" else self.zh
        return said.replace(NIANBAO, program()) if NIANBAO in said else said


def did_you_mean(typed: str, known: Iterable[str], cutoff: float = 0.6) -> Message:
    """Return the end of a message about an unknown name: it suggests the closest known name, or is empty.

    `cutoff` is how alike the two must be, from 0 to 1 (`difflib.get_close_matches`)."""
    matches = get_close_matches(typed, list(known), 1, cutoff)
    if not matches:
        return Message("", "")
    return Message(f"；是不是“{matches[0]}”？", f"; did you mean “{matches[0]}”?")


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """Points into a file; line and column count from 1, and 0 means the whole file."""

    file: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class CellName:
    """Names a cell of a statutory table by the labels printed around it."""

    table: str
    row: tuple[str, ...]
    column: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Reports that a rule is broken at a place.

    An acceptance refers to a finding by its `subject` (a cell key or quoted text) and its `values` (the figures it
    rests on, as printed; "" where the subject is enough). `accepted` is the reason it was accepted for, None while it
    stands. `related` are other places that matter to it."""

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


_SLASH = re.compile(r"[/\\]")


def tool_fault(error: Exception, at: Message, place: Place, organ: str = "", year: int = 0) -> Finding:
    """Report a fault of nianbao itself: it is no verdict on the data and stops nothing else. `at` names what it befell.

    The message holds the error and the line of our code that it came from, for whoever mends it."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    spot = "".join(f"，{_SLASH.split(frame.filename)[-1]}:{frame.lineno}" for frame in last)
    what = f"{type(error).__name__}: {str(error)[:200]}{spot}"
    message = Message(
        f"处理{at.zh}时 nianbao 自身出错（{what}），其余照常核对；请把它和这句话发给开发者",
        f"a fault of nianbao itself at {at.en} ({what}); everything else was checked; please report it",
    )
    return Finding("TOOL-FAULT", Level.ERROR, place, message, (), organ, year, at.zh)


def to_record(finding: Finding) -> list[object]:
    """Convert a finding to plain values for JSON; `from_record` reads them back."""
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
    """Convert what `to_record` wrote back to a finding."""
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
    """Count findings by level; accepted ones count as `accepted` only."""
    total = {"error": 0, "warning": 0, "note": 0, "accepted": 0}
    for finding in findings:
        total["accepted" if finding.accepted is not None else finding.level.value] += 1
    return total


class UserError(Exception):
    """Stops a command that cannot do what the user asked for; `message` says why and what would help.

    Commands print the message as one sentence and exit with code 2."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.say("en"))
        self.message = message

    def __reduce__(self) -> tuple[type[UserError], tuple[Message]]:
        return type(self), (self.message,)  # a worker process hands it over whole


def strict(findings: Iterable[Finding]) -> list[Finding]:
    """Turns warnings into errors, for --strict."""
    return [replace(item, level=Level.ERROR) if item.level is Level.WARNING else item for item in findings]
