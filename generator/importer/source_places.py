"""Finds where in the imported file that stands which a finding on the draft is about: 表三 F12, 第3张表 第9行第4列."""

from __future__ import annotations

from collections.abc import Iterator

from generator.drafts.readings import SourcePlace
from generator.finding import CellName, Finding, Message
from generator.importer.make_draft import Draft
from generator.report.model import address

_MOST = 3


def place_in_file(finding: Finding, draft: Draft) -> Message | None:
    """Return the places of a finding's cells, or of the paragraph it points at; None where the file has neither."""
    spots = list(dict.fromkeys(_cells(finding, draft))) or list(_passage(finding, draft))
    if not spots:
        return None
    rest = len(spots) - _MOST
    places = [spot.describe() for spot in spots[:_MOST]]
    zh, en = "、".join(place.zh for place in places), ", ".join(place.en for place in places)
    return Message(f"{zh}等{len(spots)}处", f"{en} and {rest} more") if rest > 0 else Message(zh, en)


def _cells(finding: Finding, draft: Draft) -> Iterator[SourcePlace]:
    wanted = set(finding.cells)
    spots: dict[CellName, SourcePlace] = {}
    for read in draft.tables if wanted else ():
        for index, reading in read.readings.items():
            name = address(read.table, read.table.slots[index])
            if name in wanted:
                spots[name] = reading.spot
    return (spots[name] for name in finding.cells if name in spots)


def _passage(finding: Finding, draft: Draft) -> Iterator[SourcePlace]:
    """Yield the place of the paragraph that a line of report.md comes from."""
    if not finding.place.file.endswith("report.md") or not finding.place.line:
        return
    lines = draft.files["report.md"].decode().split("\n")
    line = lines[finding.place.line - 1].strip() if finding.place.line <= len(lines) else ""
    if line in draft.passages:
        yield draft.passages[line]
