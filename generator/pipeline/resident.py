"""What a preview keeps in memory from build to build, and the page of an edited report drawn from it at once.

What is drawn here is drawn again by the build that follows, from the files as they are then: so it may leave out what
takes time, and nothing of it lasts that is not right. That build in turn may take for granted that only what was edited
has changed (`built_but`); one that looks at everything comes when no more is edited."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from generator.collection.folder import report_folder
from generator.collection.office import Office
from generator.finding import Finding
from generator.pipeline.executor import rare_collections
from generator.pipeline.fingerprints import look
from generator.pipeline.private_folder import PrivateFolder, move_in
from generator.pipeline.publishing import Publishing
from generator.pipeline.record_file import open_store
from generator.pipeline.record_store import Damaged, RecordStore
from generator.pipeline.session import Overtaken, Session
from generator.pipeline.stage_writer import StageWriter, path_of
from generator.pipeline.worker import Worker
from generator.report.entry import LoadedReport, ReportRef
from generator.rules.runner import COLLECTION_IDS
from generator.website.search.pages import TEXT

Report = tuple[int, str]


class FirstPages(NamedTuple):
    """What was drawn at once: the paths of the files that changed, and the findings as far as they are known."""

    changed: frozenset[str]
    findings: list[Finding]


class _Before(NamedTuple):
    """A report of the year before as it was read; `signatures` are those of all that it was read with."""

    ref: ReportRef
    signatures: tuple[str, ...]
    entry: LoadedReport | None


class Built(NamedTuple):
    """What a build that was completed worked with; `outset` are the findings on settings and folders."""

    session: Session
    outset: list[Finding]


@dataclass
class Resident:
    """Holds the office, named by `key`, as long as nothing of it changes, with the reports and findings of the last
    build, the records and the folder that it was built into."""

    key: str = ""
    office: Office | None = None
    findings: list[Finding] = field(default_factory=list)
    publishing: Publishing | None = None
    _refs: dict[Report, ReportRef] = field(default_factory=dict)
    _worker: Worker | None = None
    _before: _Before | None = None
    _built: Built | None = None
    _folder: PrivateFolder | None = None
    _records: RecordStore | None = None
    _opened: ExitStack = field(default_factory=ExitStack)

    @property
    def refs(self) -> list[ReportRef]:
        """The reports of the last build."""
        return list(self._refs.values())

    @contextmanager
    def records(self) -> Iterator[RecordStore]:
        """Yields the records, which last as long as the preview. After a build that fails, the next one takes nothing
        for granted; one that was overtaken leaves everything as it was."""
        if self._records is None:
            self._records = self._opened.enter_context(open_store(None))
        office = self.office
        self._records.mark()
        try:
            yield self._records
        except Overtaken:
            self._records.undo()
            self._built = self._built if office is self.office else None
            raise
        except (Damaged, sqlite3.Error):
            self.close()
            raise
        except BaseException:
            self._built = None
            raise

    def close(self) -> None:
        """Forgets the records."""
        self._built, self._records = None, None
        self._opened.close()

    def folder(self, output: Path) -> PrivateFolder:
        """Returns the folder that is built into."""
        if self._folder is None or self._folder.output != output:
            self._folder, self._built = PrivateFolder(output), None
        return self._folder

    def take_office(self, key: str, office: Office) -> None:
        """Keeps an office."""
        if office is not self.office:
            self._worker = None
        self.key, self.office = key, office

    def take(self, refs: Sequence[ReportRef], findings: list[Finding], built: Built | None = None) -> None:
        """Keeps what a build went through, and what it worked with if it was completed."""
        now = {ref[:2]: ref for ref in refs}
        if now != self._refs:
            self._worker = None
        self._refs, self.findings, self._built = now, findings, built

    def built_but(self, edited: Iterable[Report]) -> Built | None:
        """Returns what the last build worked with, for one in which only the folders of these reports can have changed;
        None where it was not completed, or they are no longer the reports that they were."""
        same = self._built and all(
            report in self._refs and self._now(report) == self._refs[report] for report in edited
        )
        return self._built if same else None

    def edited(self, content: Path, paths: Iterable[str]) -> list[Report]:
        """Returns the reports whose folders hold all the files that changed; none where others changed too, or where
        there are too many."""
        root = f"{os.path.abspath(content)}{os.sep}"
        found: set[Report] = set()
        for path in paths:
            year, _, rest = os.path.abspath(path).removeprefix(root).replace(os.sep, "/").partition("/")
            organ, _, name = rest.partition("/")
            report = (int(year) if year.isascii() and year.isdecimal() else 0, organ)
            if report not in self._refs or "/" in name or not name:
                return []
            found.add(report)
        return sorted(found) if len(found) <= _FEW else []

    @rare_collections()
    def draw(self, output: Path, reports: Sequence[Report]) -> FirstPages | None:
        """Draws the pages of a few reports into the output folder; None where one of them cannot be read at present."""
        assert self.office is not None
        found = [item for item in self.findings if not _replaced(item, reports)]
        with tempfile.TemporaryDirectory(dir=output.parent) as stage:
            worker = self._ready(self.office)
            worker.writer = StageWriter(str(output), stage)
            for report in reports:
                ref = self._now(report)
                judged = worker.check_alone(ref, self._before_of(ref)) if ref else None
                if judged is None:
                    return None
                at = _place(found, report)
                found[at:at] = [*judged.findings, *judged.slips]
            staged = worker.writer.take()
            return FirstPages(_moved(stage, output, map(path_of, staged.lines)), found)

    def worker(self, office: Office, refs: Sequence[ReportRef]) -> Worker | None:
        """Returns the worker that is at hand for these reports, so that what the pages of a form have in common is not
        made again; None where they are not those of the last build."""
        same = office is self.office and self.refs == list(refs)
        return self._ready(office) if same else None

    def _ready(self, office: Office) -> Worker:
        if self._worker is None or not self._worker.fresh:
            self._worker = Worker(office, self.refs, None, True, draws=True)
        return self._worker

    def _now(self, report: Report) -> ReportRef | None:
        """The report as its folder is now; whether it is a draft may have changed."""
        assert self.office is not None
        ref = self._refs[report]
        there = report_folder(f"{self.office.content}/{ref.folder}")
        return ref._replace(withheld=there[1].withheld) if there else None

    def _before_of(self, ref: ReportRef) -> LoadedReport | None:
        """Reads the report of the year before, with those before it at hand, or remembers it."""
        assert self.office is not None and self._worker is not None
        chain: list[ReportRef] = []
        while earlier := self._refs.get((ref.year - 1 - len(chain), ref.organ)):
            chain.insert(0, earlier)
        if not chain:
            return None
        signatures = tuple(look(f"{self.office.content}/{item.folder}").signature for item in chain)
        known = self._before
        if known is None or known[:2] != (chain[-1], signatures) or not all(signatures):
            known = self._before = _Before(chain[-1], signatures, self._worker.read_last(chain))
        return known.entry


_FEW = 4


def _replaced(finding: Finding, reports: Sequence[Report]) -> bool:
    """Tells whether reading these reports again says anew what a finding says."""
    return finding.rule not in COLLECTION_IDS and (finding.year, finding.organ) in reports


def _place(findings: Sequence[Finding], report: Report) -> int:
    """Finds where findings on a report belong: in the order of organs and years, before those on all reports."""
    before = [
        at
        for at, item in enumerate(findings)
        if item.rule not in COLLECTION_IDS and (item.organ, item.year) < (report[1], report[0])
    ]
    return before[-1] + 1 if before else 0


def _moved(stage: str, output: Path, paths: Iterable[str]) -> frozenset[str]:
    """Moves staged files into the output. The text for the search stays as it is: from what it was, the build that
    follows tells what changes of the index."""
    tree = f"{stage}/site"
    changed = frozenset(path for path in paths if not path.endswith(f"/{TEXT}") and os.path.lexists(f"{tree}/{path}"))
    move_in(tree, output, changed)
    return changed
