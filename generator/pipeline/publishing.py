"""Knows which files of the output folder are still what a build would make, so that they are not made again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from generator.finding import Finding
from generator.pipeline.data_files import Piece, Pieces, Report, Where, in_parts, in_published, pieces_of, write_data
from generator.pipeline.fingerprints import drawing_key
from generator.pipeline.organ_record import digest, dumps, load_findings
from generator.pipeline.output_folder import Stage
from generator.pipeline.record_store import Filed, KnownOrgan, RecordStore
from generator.pipeline.stage_writer import path_of
from generator.pipeline.worker import Batch
from generator.report.entry import ReportRef
from generator.website.downloads.collection import DataFile
from generator.website.languages import ENGLISH
from generator.website.shell import SitePage

# Owners of files: organs, data files; every listing is an owner by itself.
_ORGAN, _DATA = "organ ", "data "
# The release to which belongs what is filed as published.
_RELEASE = "release"


class Made(NamedTuple):
    """The files of one owner as they were staged, what its reports add to the data files, and a note about them."""

    lines: list[str]
    pieces: Pieces
    note: Any = None

    def to_text(self) -> str:
        return dumps([self.lines, [[*report, pieces] for report, pieces in self.pieces.items()], self.note])


def _made(text: str) -> Made:
    lines, pieces, note = json.loads(text)
    by_report = {(year, organ): list(map(Piece._make, of_report)) for year, organ, of_report in pieces}
    return Made(lines, by_report, note)


class Publishing:
    """Stages a section: what stands is kept, the rest is put. `file` records what was published."""

    def __init__(self, stage: Stage, store: RecordStore) -> None:
        self.stage, self.store = stage, store
        self.writer = stage.writer()
        self._before = store.published()
        self._read: dict[str, Made] = {}
        released = store.result(_RELEASE)
        stage.believe(released.key if released else "")
        self._now: dict[str, Filed] = {}
        self._organs: dict[str, Made] = {}
        self._where: Where = {}
        self._data_stands = all(self._stands(owner) for owner in self._before if owner.startswith(_DATA))

    def keep_organs(self, refs: Sequence[ReportRef], current: Mapping[str, KnownOrgan], preview: bool) -> set[str]:
        """Keeps the pages of organs whose records hold and whose files stand; returns these organs."""
        for organ, group in groupby(refs, key=lambda ref: ref.organ):
            owner = _ORGAN + organ
            before, known = self._before.get(owner), current.get(organ)
            if before is None or known is None or not self._data_stands:
                continue
            if before.key == drawing_key(known.key, list(group), preview) and (made := self._keep(owner)):
                self._organs[organ] = made
        return set(self._organs)

    def add_batch(self, batch: Batch, keys: Mapping[str, str]) -> None:
        """Takes over what a worker drew; `keys` name what each organ's pages were made of, "" where that is no one
        thing."""
        self.stage.claim(batch.staged)
        self._where |= in_parts(self.writer.part(batch.part), pieces_of(batch.organs))
        lines: dict[str, list[str]] = {record.organ: [] for record in batch.organs}
        for line in batch.staged.lines:
            # 2021/<organ>/… or organs/<organ>/…, in either language
            lines[path_of(line).removeprefix(ENGLISH).split("/")[1]].append(line)
        for record in batch.organs:
            slips = [report.slips for report in record.reports if report.slips != "[]"]
            made = self._organs[record.organ] = Made(lines[record.organ], pieces_of([record]), slips)
            self._now[_ORGAN + record.organ] = Filed(keys[record.organ], made.to_text())

    def slips(self) -> list[Finding]:
        """Returns the findings on what was drawn of organs, now or before."""
        notes = (text for organ in sorted(self._organs) for text in self._organs[organ].note)
        return [finding for text in notes for finding in load_findings(text)]

    def put(
        self, owner: str, key: str, pages: Iterable[SitePage], note: Any = None, published: Made | None = None
    ) -> None:
        """Stages the pages of an owner, with a `note` of plain values for `keep`. Of `published` files, those stay that
        are not among the pages."""
        for page in pages:
            self.writer.put(*page)
        if published:
            new = set(map(path_of, self.writer.lines()))
            self.writer.note(line for line in published.lines if path_of(line) not in new)
        self._file(owner, key, note)

    def published(self, owner: str, key: str) -> Made | None:
        """Returns what an owner published before, where it was made of `key` and stands."""
        filed = self._before.get(owner)
        return self._made_before(owner) if filed and filed.key == key and self._stands(owner) else None

    def keep(self, owner: str, key: str) -> Made | None:
        """Keeps what an owner published before, where it was made of the same and stands."""
        before = self._before.get(owner)
        return self._keep(owner) if before is not None and before.key == key else None

    def hashes(self, name: str) -> dict[str, str]:
        """Returns the hashes of all files of a name that organs own, by path."""
        lines = (line for made in self._organs.values() for line in made.lines)
        return {path: line.split(" ", 3)[2] for line in lines if (path := path_of(line)).endswith(f"/{name}")}

    def hashes_before(self, name: str) -> dict[str, str]:
        """Returns the hashes that all files of a name of organs had when they were published."""
        made = (self._made_before(owner) for owner in self._before if owner.startswith(_ORGAN))
        lines = (line for item in made for line in item.lines)
        return {path: line.split(" ", 3)[2] for line in lines if (path := path_of(line)).endswith(f"/{name}")}

    def put_data(self, files: Sequence[DataFile]) -> None:
        """Stages the data files; one of which no piece has changed is kept."""
        pieces = self._pieces(self._organs)
        of_file: dict[str, list[tuple[Report, Piece]]] = {}
        for report, of_report in pieces.items():
            for piece in of_report:
                of_file.setdefault(piece.path, []).append((report, piece))
        keys: dict[str, str] = {}
        for file in files:
            hashes = (f"{report} {piece.hash}" for report, piece in of_file.get(file.path, ()))
            keys[file.path] = digest(repr(file), keys.get(file.of, ""), *hashes)
        changed = [file for file in files if not self.keep(_DATA + file.path, keys[file.path])]
        self._find_published(changed, pieces)
        for file in changed:
            write_data(self.writer, file, [self._where[report][file.path] for report, _ in of_file.get(file.path, ())])
            self._file(_DATA + file.path, keys[file.path])

    def _find_published(self, files: Sequence[DataFile], pieces: Pieces) -> None:
        """Finds the pieces of organs that were not drawn in the data files published before."""
        missing = [report for report in pieces if report not in self._where]
        if missing and files:
            organs = (owner.removeprefix(_ORGAN) for owner in self._before if owner.startswith(_ORGAN))
            before = {organ: self._made_before(_ORGAN + organ) for organ in organs}
            self._where |= in_published(self._pieces(before), files, str(self.stage.output), missing)

    def _pieces(self, organs: Mapping[str, Made]) -> Pieces:
        return {report: of_report for organ in sorted(organs) for report, of_report in organs[organ].pieces.items()}

    def file(self) -> None:
        """Records what is published now."""
        self.store.put_result(_RELEASE, Filed(self.stage.released, ""))
        self.store.drop_published(self._before.keys() - self._now.keys())
        for owner, filed in self._now.items():
            if self._before.get(owner) != filed:
                self.store.put_published(owner, filed)

    def _file(self, owner: str, key: str, note: Any = None) -> None:
        staged = self.writer.take()
        self.stage.claim(staged)
        self._now[owner] = Filed(key, Made(staged.lines, {}, note).to_text())

    def _keep(self, owner: str) -> Made | None:
        filed = self._before[owner]
        made = self._made_before(owner)
        if not filed.key or not self.stage.keep(made.lines):
            return None
        self._now[owner] = filed
        return made

    def _stands(self, owner: str) -> bool:
        return self.stage.stand(self._made_before(owner).lines)

    def _made_before(self, owner: str) -> Made:
        """Reads what was filed of an owner, once."""
        if owner not in self._read:
            self._read[owner] = _made(self._before[owner].body)
        return self._read[owner]
