"""Finds where in the imported file that stands which a finding on the draft is about: 表三 F12, 第3张表 第9行第4列."""

from __future__ import annotations

from collections.abc import Iterator

from generator.drafts.readings import Certainty, Reading, SourcePlace
from generator.finding import Finding, Message, counted
from generator.importer.make_draft import Draft
from generator.report.model import address
from generator.report.review_marks import RULE as UNCHECKED

_MOST = 4


def place_in_file(finding: Finding, draft: Draft) -> Message | None:
    """Return the places of a finding's cells, or of the paragraph it points at; None where the file has neither."""
    spots = list(dict.fromkeys(_cells(finding, draft))) or list(_passage(finding, draft))
    if not spots:
        return None
    places = [spot.describe() for spot in spots]
    if len(spots) > _MOST:
        first, last, number = places[0], places[-1], len(spots)
        return Message(f"{first.zh} 至 {last.zh}，共{number}格", f"{first.en} to {last.en}, {counted(number, 'cell')}")
    return Message("、".join(place.zh for place in places), ", ".join(place.en for place in places))


def _cells(finding: Finding, draft: Draft) -> Iterator[SourcePlace]:
    """Yield the places of the cells that a finding names, or of those of the row that it is about."""
    rank = {cell: number for number, cell in enumerate(finding.cells)}
    row = f"{finding.subject}."
    spots: dict[int, SourcePlace] = {}
    for read in draft.tables:
        for index, reading in sorted(read.readings.items()):
            slot = read.table.slots[index]
            if rank and (name := address(read.table, slot)) in rank:
                spots[rank[name]] = reading.spot
            elif not rank and finding.subject and slot.name.startswith(row) and _concerned(finding, reading):
                spots[len(spots)] = reading.spot
    return (spots[number] for number in sorted(spots))


def _concerned(finding: Finding, reading: Reading) -> bool:
    """Tell the cells of a row that a finding about its mark 待核 means: those that were not read for certain."""
    return finding.rule != UNCHECKED or reading.certainty is not Certainty.CERTAIN


def _passage(finding: Finding, draft: Draft) -> Iterator[SourcePlace]:
    """Yield the place of the paragraph that a line of report.md comes from."""
    if not finding.place.file.endswith("report.md") or not finding.place.line:
        return
    lines = draft.files["report.md"].decode().split("\n")
    line = lines[finding.place.line - 1].strip() if finding.place.line <= len(lines) else ""
    if line in draft.passages:
        yield draft.passages[line]
