"""What a preview keeps in memory from build to build, and the page of an edited report drawn from it at once.

What is drawn here is drawn again by the build that follows, from the files as they are then: so it may leave out what
takes time, and nothing of it lasts that is not right."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from generator.collection.folder import report_folder
from generator.collection.office import Office
from generator.finding import Finding
from generator.pipeline.executor import rare_collections
from generator.pipeline.fingerprints import look
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


@dataclass
class Resident:
    """Holds the office, named by `key`, as long as nothing of it changes, with the reports and findings of the last
    build."""

    key: str = ""
    office: Office | None = None
    findings: list[Finding] = field(default_factory=list)
    _refs: dict[Report, ReportRef] = field(default_factory=dict)
    _worker: Worker | None = None
    _before: _Before | None = None

    def take_office(self, key: str, office: Office) -> None:
        """Keeps an office."""
        if office is not self.office:
            self._worker = None
        self.key, self.office = key, office

    def take(self, refs: Sequence[ReportRef], findings: list[Finding]) -> None:
        """Keeps what a build went through."""
        now = {ref[:2]: ref for ref in refs}
        if now != self._refs:
            self._worker = None
        self._refs, self.findings = now, findings

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
        same = office is self.office and list(self._refs.values()) == list(refs)
        return self._ready(office) if same else None

    def _ready(self, office: Office) -> Worker:
        if self._worker is None or not self._worker.fresh:
            self._worker = Worker(office, list(self._refs.values()), None, True, draws=True)
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
    """Moves staged files into the output, each in one step. The text for the search stays as it is: from what it was,
    the build that follows tells what changes of the index."""
    changed = set()
    for path in paths:
        staged = f"{stage}/site/{path}"
        if os.path.lexists(staged) and not path.endswith(f"/{TEXT}"):
            os.makedirs(os.path.dirname(f"{output}/{path}"), exist_ok=True)
            os.replace(staged, f"{output}/{path}")
            changed.add(path)
    return frozenset(changed)
