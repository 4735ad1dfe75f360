"""Tells whether the records of organs are what reading and checking their reports would give now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from generator.pipeline.fingerprints import digest_of_folder, look, organ_key, program_digest, program_stamps
from generator.pipeline.record_store import Filed, KnownOrgan, KnownReport
from generator.report.entry import DRAFT, ReportRef
from generator.yaml_source.kept import keep, recall

# The name under which the hash of the program is filed, by the stamps of its files.
PROGRAM = "program"


def known_program(filed: Filed | None) -> tuple[str, Filed | None]:
    """Returns the hash of the program, and what is to be filed of it where it was computed anew: one of its files has
    another stamp."""
    stamps = program_stamps()
    if filed is not None and stamps and filed.key == stamps:
        return filed.body, None
    renewed = Filed(stamps, _program(stamps))
    return renewed.body, renewed


def _program(stamps: str) -> str:
    """Returns the hash of the program as an earlier run for any content worked it out; works it out where its stamps
    are others or prove nothing."""
    known = recall(f"program-{stamps}") if stamps else None
    if isinstance(known, str):
        return known
    hashed = program_digest()
    if stamps:
        keep(f"program-{stamps}", hashed)
    return hashed


class Validity:
    """Compares records with the content folder as it is, looking at each report's folder once. `key` is the hash of
    what all reports depend on."""

    def __init__(self, content: Path, key: str) -> None:
        self._content, self._key = content, key
        self._signatures: dict[str, str] = {}

    def known_draft(self, organs: Mapping[str, KnownOrgan]) -> Callable[[int, str], bool | None]:
        """Returns what tells whether a report is a draft where its record still holds, None where it does not."""
        known = {(report.year, organ): report for organ, item in organs.items() for report in item.reports}

        def of_report(year: int, organ: str) -> bool | None:
            report = known.get((year, organ))
            unchanged = report and report.signature and self._signature(f"{year}/{organ}") == report.signature
            return report.withheld == DRAFT if report and unchanged else None

        return of_report

    def renewed(self, known: KnownOrgan, refs: Sequence[ReportRef]) -> KnownOrgan | None:
        """Returns an organ's record with today's stamps where it still holds: by stamps, else by content."""
        same = [(item.year, item.withheld) for item in known.reports] == [(ref.year, ref.withheld) for ref in refs]
        if not same or organ_key(self._key, (item[:2] + item[3:4] for item in known.reports)) != known.key:
            return None
        reports: list[KnownReport] = []
        for report, ref in zip(known.reports, refs, strict=True):
            signature = self._signature(ref.folder)
            same = bool(signature) and signature == report.signature
            if not same and digest_of_folder(self._content, ref, report.pictures) != report.digest:
                return None
            reports.append(report._replace(signature=signature))
        return known._replace(reports=tuple(reports))

    def _signature(self, folder: str) -> str:
        if folder not in self._signatures:
            self._signatures[folder] = look(f"{self._content}/{folder}").signature
        return self._signatures[folder]
