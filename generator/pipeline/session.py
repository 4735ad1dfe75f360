"""One command on one content folder: the office, the records of earlier runs, and which of them still hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from generator.collection.folder import scan
from generator.collection.office import Office, open_office
from generator.finding import Finding
from generator.pipeline.fingerprints import office_digest, organ_key
from generator.pipeline.organ_record import OrganRecord
from generator.pipeline.record_store import KnownOrgan, RecordStore
from generator.pipeline.request import Request
from generator.pipeline.resident import Resident
from generator.pipeline.validity import PROGRAM, Validity, known_program
from generator.report.entry import ReportRef

Advance = Callable[[int], None]


@dataclass
class Session:
    """Holds what one command works with. `key` is the hash of what all reports depend on."""

    request: Request
    office: Office
    store: RecordStore
    key: str
    organs: dict[str, KnownOrgan]

    def __post_init__(self) -> None:
        self._validity = Validity(self.request.content, self.key)

    def scan(self) -> tuple[list[ReportRef], list[Finding]]:
        """Lists the reports, and what else lies in the content folder."""
        return scan(self.request.content, self._validity.known_draft(self.organs))

    def current(self, refs: Iterable[ReportRef]) -> dict[str, KnownOrgan]:
        """Returns the records that are what reading and checking these reports would give; drops those of organs that
        are not among them."""
        current: dict[str, KnownOrgan] = {}
        seen = set()
        for organ, group in groupby(refs, key=lambda ref: ref.organ):
            seen.add(organ)
            known = self.organs.get(organ)
            renewed = self._validity.renewed(known, list(group)) if known else None
            if known and renewed:
                current[organ] = renewed if renewed == known else self.store.renew_organ(organ, renewed)
        self.store.drop_organs(self.organs.keys() - seen)
        return current

    def put(self, record: OrganRecord) -> KnownOrgan:
        """Files what was computed of an organ."""
        key = organ_key(self.key, (item[:2] + item[3:4] for item in record.reports)) if record.sound else ""
        return self.store.put_organ(key, record)


def open_session(request: Request, store: RecordStore, resident: Resident | None = None) -> Session:
    """Opens the office, unless it is `resident` as it is now, and finds what earlier runs recorded of it."""
    if request.cold:
        store.clear()
    known = store.result(PROGRAM)
    program, filed = known_program(known)
    if known is None or known.body != program:
        store.clear()  # nothing of it holds, and another program may have written it in another shape
    if filed:
        store.put_result(PROGRAM, filed)
    key = ""
    while key != (key := office_digest(request, program)):  # until nothing changed while it was read
        kept = resident.office if resident and resident.key == key else None
        office = kept or open_office(request.content, request.base_url)
    if resident:
        resident.take_office(key, office)
    return Session(request, office, store, key, store.organs())
