"""One command on one content folder: the office, the records of earlier runs, and which of them still hold."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from itertools import groupby

from generator.collection.folder import scan
from generator.collection.office import Office, open_office
from generator.finding import Finding
from generator.pipeline.fingerprints import office_digest, organ_key
from generator.pipeline.organ_record import OrganRecord
from generator.pipeline.record_store import KnownOrgan, RecordStore
from generator.pipeline.request import Request
from generator.pipeline.validity import PROGRAM, Validity, known_program
from generator.report.entry import ReportRef

Advance = Callable[[int], None]
# Is called again and again while a command looks at what there is and has changed nothing yet; may raise Overtaken.
Heed = Callable[[], None]


class Overtaken(Exception):
    """There is something else to do before everything has been looked at."""


def nothing(_: int = 0) -> None:
    """Tells nobody how far a command has come."""


@dataclass
class Session:
    """Holds what one command works with. `key` is the hash of what all reports depend on, `organs` are the records as
    far as they are known."""

    request: Request
    office: Office
    store: RecordStore
    key: str
    organs: dict[str, KnownOrgan]

    def __post_init__(self) -> None:
        self._validity = Validity(self.request.content, self.key)

    def scan(self, heed: Heed = nothing) -> tuple[list[ReportRef], list[Finding]]:
        """Lists the reports, and what else lies in the content folder."""
        known_draft = self._validity.known_draft(self.organs)

        def heeding(year: int, organ: str) -> bool | None:
            heed()
            return known_draft(year, organ)

        return scan(self.request.content, heeding)

    def current(self, refs: Iterable[ReportRef], edited: Container[str] | None = None) -> dict[str, KnownOrgan]:
        """Returns the records that are what reading and checking these reports would give; drops those of organs that
        are not among them. Where the session goes on, only the folders of `edited` organs are looked at."""
        if edited is not None:
            self._validity = Validity(self.request.content, self.key)
        current: dict[str, KnownOrgan] = {}
        seen = set()
        for organ, group in groupby(refs, key=lambda ref: ref.organ):
            seen.add(organ)
            known = self.organs.get(organ)
            if known and edited is not None and organ not in edited:
                current[organ] = known
                continue
            renewed = self._validity.renewed(known, list(group)) if known else None
            if known and renewed:
                current[organ] = renewed if renewed == known else self.store.renew_organ(organ, renewed)
        self.store.drop_organs(self.organs.keys() - seen)
        self.organs = dict(current)
        return current

    def put(self, record: OrganRecord) -> KnownOrgan:
        """Files what was computed of an organ."""
        key = organ_key(self.key, (item[:2] + item[3:4] for item in record.reports)) if record.sound else ""
        known = self.organs[record.organ] = self.store.put_organ(key, record)
        return known


def open_session(request: Request, store: RecordStore, at_hand: tuple[str, Office | None] = ("", None)) -> Session:
    """Opens the office, unless one `at_hand`, with its key, is as it would be; finds what earlier runs recorded."""
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
        kept = at_hand[1] if at_hand[0] == key else None
        office = kept or open_office(request.content, request.base_url)
    return Session(request, office, store, key, store.organs())
