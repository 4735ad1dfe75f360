"""What a rule is, and the helpers by which rules name places."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from generator.diagnostic import Finding, Level, Place, Text
from generator.library import Entry
from generator.report import Sheet


class Context(NamedTuple):
    """What a rule may know beyond the report: reports up to `historical_until` are records, not drafts."""

    historical_until: int = 0

    def lenient(self, entry: Entry) -> bool:
        return entry.ref.year <= self.historical_until


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    check: Callable[[Entry, Context], Iterable[Finding]]

    @property
    def doc(self) -> str:
        return self.check.__doc__ or ""


def at_cell(entry: Entry, sheet: Sheet, index: int, rule: str, level: Level, message: Text) -> Finding:
    """A finding about one cell; its subject is the cell's name, as acceptances write it."""
    return Finding(
        rule, level, entry.report.place(sheet, index), message, (sheet.cell(index),),
        entry.ref.organ, entry.ref.year, sheet.table.slots[index].name,
    )  # fmt: skip


def at_line(entry: Entry, file: str, line: int, column: int, rule: str, level: Level, message: Text, subject: str) -> Finding:
    place = Place(f"{entry.ref.folder}/{file}", line, column)
    return Finding(rule, level, place, message, (), entry.ref.organ, entry.ref.year, subject)
