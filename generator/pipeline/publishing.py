"""Knows which files of the output folder are still what a build would make, so that they are not made again."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from generator.finding import Finding
from generator.pipeline.data_files import Piece, Pieces, Report, Where, in_part, in_published, pieces_of, write_data
from generator.pipeline.fingerprints import drawing_key
from generator.pipeline.organ_record import digest, dumps, load_findings
from generator.pipeline.record_store import Filed, KnownOrgan, RecordStore
from generator.pipeline.session import Heed, nothing
from generator.pipeline.stage_writer import Staged, path_of
from generator.pipeline.staged_files import StagedFiles
from generator.pipeline.worker import Batch
from generator.report.entry import ReportRef
from generator.website.downloads.collection import DataFile
from generator.website.languages import ENGLISH
from generator.website.search.pages import TEXT
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


class OrganFiles(NamedTuple):
    """What is needed of an organ's files while the section is made: the hashes of its texts for the search by path,
    what its reports add to the data files, and the findings on what was drawn, as JSON."""

    texts: Mapping[str, str]
    pieces: Pieces
    slips: Sequence[str]


def _made(text: str) -> Made:
    lines, pieces, note = json.loads(text)
    by_report = {(year, organ): list(map(Piece.read, of_report)) for year, organ, of_report in pieces}
    return Made(lines, by_report, note)


def _organ_files(made: Made) -> OrganFiles:
    texts = {path: line.split(" ", 3)[2] for line in made.lines if (path := path_of(line)).endswith(f"/{TEXT}")}
    return OrganFiles(texts, made.pieces, made.note)


class Publishing:
    """Stages a section: what stands is kept, the rest is put. `file` records what was published.

    Where the release `last` was published by this process, and none but `edited` organs can have changed, the files of
    the other organs are not looked at."""

    def __init__(
        self,
        stage: StagedFiles,
        store: RecordStore,
        last: Publishing | None = None,
        edited: Container[str] = frozenset(),
    ) -> None:
        self.stage, self.store = stage, store
        self.writer = stage.writer()
        store.begin_publishing()
        self._before = store.published()
        self._read: dict[str, Made] = {**last._read, **last._made} if last else {}
        self._organs_before: dict[str, OrganFiles] = dict(last._organs) if last else {}
        self._made: dict[str, Made] = {}
        released = store.result(_RELEASE)
        stage.believe(released.key if released else "")
        stale = stage.go_on()
        if stale is not None:
            edited = set(map(_organ_of, stale))
        self._goes_on, self._edited = last is not None or stale is not None, edited
        self._now: set[str] = set()
        self._organs: dict[str, OrganFiles] = {}
        self._parts: list[tuple[str, list[str]]] = []  # part files of batches, with the organs in them
        self._data_stands = all(self._stands(owner) for owner in self._before if owner.startswith(_DATA))

    def keep_organs(
        self, refs: Sequence[ReportRef], current: Mapping[str, KnownOrgan], preview: bool, heed: Heed = nothing
    ) -> set[str]:
        """Keeps the pages of organs whose records hold and whose files stand; returns these organs."""
        for organ, group in groupby(refs, key=lambda ref: ref.organ):
            heed()
            owner = _ORGAN + organ
            before, known = self._before.get(owner), current.get(organ)
            if before is None or known is None or not self._data_stands:
                continue
            if before == drawing_key(known.key, list(group), preview) and (self._stays(organ) or self._keep(owner)):
                self._organs[organ] = self._organ_before(organ)
                self._now.add(owner)
        return set(self._organs)

    def _stays(self, organ: str) -> bool:
        """Tells whether the files of an organ stay without being looked at."""
        return self._goes_on and organ not in self._edited

    def add_batch(self, batch: Batch, keys: Mapping[str, str]) -> None:
        """Takes over what a worker drew; `keys` name what each organ's pages were made of, "" where that is no one
        thing."""
        self._replace([_ORGAN + record.organ for record in batch.organs], batch.staged)
        self._parts.append((self.writer.part(batch.part), [record.organ for record in batch.organs]))
        lines: dict[str, list[str]] = {record.organ: [] for record in batch.organs}
        for line in batch.staged.lines:
            lines[_organ_of(path_of(line))].append(line)
        for record in batch.organs:
            slips = [report.slips for report in record.reports if report.slips != "[]"]
            made = Made(lines[record.organ], pieces_of([record]), slips)
            self._organs[record.organ] = _organ_files(made)
            self._stage(_ORGAN + record.organ, keys[record.organ], made)

    def slips(self) -> list[Finding]:
        """Returns the findings on what was drawn of organs, now or before."""
        texts = (text for organ in sorted(self._organs) for text in self._organs[organ].slips)
        return [finding for text in texts for finding in load_findings(text)]

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
        return self._made_before(owner) if self._before.get(owner) == key and self._stands(owner) else None

    def keep(self, owner: str, key: str) -> Made | None:
        """Keeps what an owner published before, where it was made of the same and stands."""
        return self._keep(owner) if self._before.get(owner) == key else None

    def keep_or_put(self, owner: str, key: str, draw: Callable[[], Iterable[SitePage]]) -> None:
        """Keeps what an owner published before; stages what `draw` makes where that was made of something else."""
        if not self.keep(owner, key):
            self.put(owner, key, draw())

    def texts(self) -> dict[str, str]:
        """Returns the hashes of the texts of all reports for the search, by path."""
        return _texts(self._organs.values())

    def texts_before(self) -> dict[str, str]:
        """Returns the hashes that these texts had when they were published."""
        return _texts(map(self._organ_before, self._published_organs()))

    def put_data(self, files: Sequence[DataFile]) -> None:
        """Stages the data files; one of which no piece has changed is kept."""
        pieces = self._pieces(self._organs)
        of_file: dict[str, list[Report]] = {}
        hashes: dict[str, list[str]] = {}
        for report, of_report in pieces.items():
            for path, _, hashed in of_report:
                of_file.setdefault(path, []).append(report)
                hashes.setdefault(path, []).append(hashed)
        keys: dict[str, str] = {}
        for file in files:
            made_of = repr(of_file.get(file.path)), " ".join(hashes.get(file.path, ()))
            keys[file.path] = digest(repr(file), keys.get(file.of, ""), *made_of)
        changed = [file for file in files if not self.keep(_DATA + file.path, keys[file.path])]
        for file in changed:
            where = self._where(file)
            write_data(self.writer, file, [where[report] for report in of_file.get(file.path, ())])
            self._file(_DATA + file.path, keys[file.path])

    def _where(self, file: DataFile) -> Where:
        """Finds the pieces of a data file: those of organs that were not drawn in the one published before."""
        drawn = sum(len(organs) for _, organs in self._parts)
        found: Where = {}
        if drawn < len(self._organs):
            before = {organ: self._organ_before(organ) for organ in self._published_organs()}
            found = in_published(self._pieces(before), file, str(self.stage.output))
        for part, organs in self._parts:
            pieces = {report: some for organ in organs for report, some in self._organs[organ].pieces.items()}
            found |= in_part(part, pieces, file)
        return found

    def _pieces(self, organs: Mapping[str, OrganFiles]) -> Pieces:
        return {report: of_report for organ in sorted(organs) for report, of_report in organs[organ].pieces.items()}

    def give_up_rest(self) -> None:
        """Gives up the files of owners that are no more."""
        self._replace(self._before.keys() - self._now, Staged([], 0))

    def file(self) -> None:
        """Records what is published now."""
        self.store.put_result(_RELEASE, Filed(self.stage.released, ""))
        self.store.take_published(self._before.keys() - self._now)

    def _file(self, owner: str, key: str, note: Any = None) -> None:
        staged = self.writer.take()
        self._replace([owner], staged)
        self._made[owner] = Made(staged.lines, {}, note)
        self._stage(owner, key, self._made[owner])

    def _replace(self, owners: Iterable[str], staged: Staged) -> None:
        """Stages files of owners instead of those that they published before; where these would stay by themselves,
        those that are the same do."""
        before = {line for owner in owners if owner in self._before for line in self._lines_before(owner)}
        self.stage.drop(before.difference(staged.lines))
        self.stage.claim(Staged([line for line in staged.lines if line not in before], staged.written))

    def _lines_before(self, owner: str) -> Sequence[str]:
        return self._made_before(owner).lines if self._goes_on else ()

    def _stage(self, owner: str, key: str, made: Made) -> None:
        self.store.stage_published(owner, Filed(key, made.to_text()))
        self._now.add(owner)

    def _keep(self, owner: str) -> Made | None:
        made = self._made_before(owner) if self._before[owner] else None
        if made is None or not self.stage.keep(made.lines):
            return None
        self._now.add(owner)
        return made

    def _stands(self, owner: str) -> bool:
        return self.stage.stand(self._made_before(owner).lines)

    def _made_before(self, owner: str) -> Made:
        """Reads what was filed of an owner; but for organs, of which there may be many, once."""
        if owner in self._read:
            return self._read[owner]
        made = _made(self.store.published_by(owner))
        if owner.startswith(_ORGAN):
            self._organs_before[owner.removeprefix(_ORGAN)] = _organ_files(made)
        else:
            self._read[owner] = made
        return made

    def _organ_before(self, organ: str) -> OrganFiles:
        if organ not in self._organs_before:
            self._made_before(_ORGAN + organ)
        return self._organs_before[organ]

    def _published_organs(self) -> Iterator[str]:
        return (owner.removeprefix(_ORGAN) for owner in self._before if owner.startswith(_ORGAN))


def _organ_of(path: str) -> str:
    """Names the organ of a file of one: 2021/<organ>/… or organs/<organ>/…, in either language."""
    return (*path.removeprefix(ENGLISH).split("/"), "")[1]


def _texts(organs: Iterable[OrganFiles]) -> dict[str, str]:
    return {path: hashed for item in organs for path, hashed in item.texts.items()}
