"""One command on one content folder: the office, the records of earlier runs, and which of them still hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from generator.collection.folder import scan
from generator.collection.office import Office, open_office
from generator.finding import Finding
from generator.pipeline.fingerprints import (
    FolderState,
    digest_of_folder,
    look,
    office_digest,
    organ_key,
    program_digest,
    program_stamps,
)
from generator.pipeline.organ_record import OrganRecord
from generator.pipeline.record_store import Filed, KnownOrgan, KnownReport, RecordStore
from generator.pipeline.request import Request
from generator.pipeline.resident import Resident
from generator.report.entry import DRAFT, ReportRef

Advance = Callable[[int], None]


@dataclass
class Session:
    """Holds what one command works with. `key` is the hash of what all reports depend on."""

    request: Request
    office: Office
    store: RecordStore
    key: str
    organs: dict[str, KnownOrgan]
    _states: dict[str, FolderState] = field(default_factory=dict)

    def scan(self) -> tuple[list[ReportRef], list[Finding]]:
        """Lists the reports, and what else lies in the content folder."""
        known = {(report.year, organ): report for organ, item in self.organs.items() for report in item.reports}

        def known_draft(year: int, organ: str) -> bool | None:
            report = known.get((year, organ))
            unchanged = report and report.signature and self.state(f"{year}/{organ}").signature == report.signature
            return report.withheld == DRAFT if report and unchanged else None

        return scan(self.request.content, known_draft)

    def state(self, folder: str) -> FolderState:
        """Looks at a report's folder, once."""
        if folder not in self._states:
            self._states[folder] = look(f"{self.request.content}/{folder}")
        return self._states[folder]

    def current(self, refs: Iterable[ReportRef]) -> dict[str, KnownOrgan]:
        """Returns the records that are what reading and checking these reports would give; drops those of organs that
        are not among them."""
        current: dict[str, KnownOrgan] = {}
        seen = set()
        for organ, group in groupby(refs, key=lambda ref: ref.organ):
            seen.add(organ)
            known = self.organs.get(organ)
            renewed = self._renewed(known, list(group)) if known else None
            if known and renewed:
                current[organ] = renewed if renewed == known else self.store.renew_organ(organ, renewed)
        self.store.drop_organs(self.organs.keys() - seen)
        return current

    def _renewed(self, known: KnownOrgan, refs: Sequence[ReportRef]) -> KnownOrgan | None:
        """Returns an organ's record with today's stamps where it still holds: by stamps, else by content."""
        same = [(item.year, item.withheld) for item in known.reports] == [(ref.year, ref.withheld) for ref in refs]
        if not same or organ_key(self.key, (item[:2] + item[3:4] for item in known.reports)) != known.key:
            return None
        reports: list[KnownReport] = []
        for report, ref in zip(known.reports, refs, strict=True):
            signature = self.state(ref.folder).signature
            same = bool(signature) and signature == report.signature
            if not same and digest_of_folder(self.request.content, ref, report.pictures) != report.digest:
                return None
            reports.append(report._replace(signature=signature))
        return known._replace(reports=tuple(reports))

    def put(self, record: OrganRecord) -> KnownOrgan:
        """Files what was computed of an organ."""
        key = organ_key(self.key, (item[:2] + item[3:4] for item in record.reports)) if record.sound else ""
        return self.store.put_organ(key, record)


def open_session(request: Request, store: RecordStore, resident: Resident | None = None) -> Session:
    """Opens the office, unless it is `resident` as it is now, and finds what earlier runs recorded of it."""
    if request.cold:
        store.clear()
    program = _program(store)
    key = ""
    while key != (key := office_digest(request, program)):  # until nothing changed while it was read
        kept = resident.office if resident and resident.key == key else None
        office = kept or open_office(request.content, request.base_url)
    if resident:
        resident.take_office(key, office)
    return Session(request, office, store, key, store.organs())


def _program(store: RecordStore) -> str:
    """Returns the hash of the program, which is computed anew where one of its files has another stamp."""
    stamps = program_stamps()
    filed = store.result("program")
    if filed is None or not stamps or filed.key != stamps:
        filed = Filed(stamps, program_digest())
        store.put_result("program", filed)
    return filed.body
