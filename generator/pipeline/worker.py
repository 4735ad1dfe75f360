"""Reads, checks and draws reports in batches of whole organs, keeping of each only what others need: its record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

from generator.collection.context import Context
from generator.collection.facts import CollectionFacts, gather
from generator.collection.folder import read_files, read_pictures, read_strays
from generator.collection.office import Office
from generator.collection.plain_values import dump_facts, dump_summary
from generator.collection.summary import ReportSummary, summarise
from generator.finding import Finding, Message, Place, tool_fault
from generator.pipeline.fingerprints import content_digest, look
from generator.pipeline.organ_record import OrganRecord, ReportRecord, digest_of, dump_findings, dumps
from generator.pipeline.stage_writer import Staged, StageWriter
from generator.report.entry import TOGETHER, LoadedReport, ReportRef
from generator.rules.first_findings import first_findings
from generator.rules.runner import COLLECTION_IDS, accept, check_entries, check_organ
from generator.rules.withheld import ease
from generator.website.downloads.collection import OfferedFile, pieces
from generator.website.languages import ENGLISH
from generator.website.search.pages import TEXT
from generator.website.site import open_site

RARELY = 100_000  # objects made between two collections of garbage


class Batch(NamedTuple):
    """Holds what is kept of a batch. The pieces that its reports add to data files lie in the part file `part`, in the
    order of the records."""

    organs: list[OrganRecord]
    staged: Staged
    part: str
    reports: int


class ReadReport(NamedTuple):
    """Holds a report (None where it cannot be read), what rules may know besides, what is wrong with its files, and by
    what these are known again."""

    ref: ReportRef
    entry: LoadedReport | None
    context: Context
    slips: list[Finding]
    signature: str
    digest: str


class Judged(NamedTuple):
    """A report that is done: `slips` are what is to be said of its pages and files, `summary` is None where none was
    drawn."""

    read: ReadReport
    findings: list[Finding]
    slips: list[Finding]
    facts: CollectionFacts
    summary: ReportSummary | None
    pieces: Mapping[str, bytes]


class Worker:
    """Works through batches of reports; made once a process. Without a `writer` nothing is drawn, unless it `draws` and
    is given one later; a `preview` draws withheld reports too. `refs` are all reports of the organs that it will be
    given. It is not `fresh` any more, and to be made anew for the next run, once its lists name a report that could not
    be read."""

    def __init__(
        self,
        office: Office,
        refs: Sequence[ReportRef],
        writer: StageWriter | None,
        preview: bool = False,
        draws: bool = False,
    ) -> None:
        self.office, self.writer, self.preview = office, writer, preview
        self.context = office.context
        self.parents = {organ.parent for organ in office.settings.organs}
        self._together, self._in_hand = TOGETHER, None
        self.fresh = True
        drawn = [ref for ref in refs if self._is_drawn(ref)]
        self.site = open_site(office.settings, drawn, office.trends, fonts=office.fonts) if writer or draws else None

    def one_by_one(self, in_hand: Any) -> None:
        """Works through one report at a time and writes its folder into a shared array of bytes, so that it is known
        which one a dead process was at."""
        self._together, self._in_hand = 1, in_hand

    def _is_drawn(self, ref: ReportRef) -> bool:
        return self.preview or not ref.withheld

    def check(self, number: int, refs: Sequence[ReportRef]) -> Batch:
        """Reads, checks and, with a writer, draws the reports of whole organs."""
        done: list[Judged] = []
        for reports in self._read(refs):
            checked = iter(check_entries([(item.entry, item.context) for item in reports if item.entry]))
            done += [self._judge(item, [*item.slips, *next(checked)] if item.entry else item.slips) for item in reports]
        part = f"{number:06d}"
        organs = [self._organ(organ, list(group)) for organ, group in groupby(done, lambda item: item.read.ref.organ)]
        if self.writer is None:
            return Batch(organs, Staged([], 0), part, len(refs))
        self.writer.append(part, b"".join(data for item in done for data in item.pieces.values()))
        return Batch(organs, self.writer.take(), part, len(refs))

    def check_alone(self, ref: ReportRef, before: LoadedReport | None) -> Judged | None:
        """Reads, checks and draws one report, as `check` does, without the page of its organ; None where it cannot be
        read."""
        item = self._read_one(ref, before)
        if item.entry is None:
            return None
        (found,) = check_entries([(item.entry, item.context)])
        return self._judge(item, [*item.slips, *found])

    def read_last(self, refs: Sequence[ReportRef]) -> LoadedReport | None:
        """Reads reports of years in a row, each with the year before at hand; returns the last."""
        writer, self.writer = self.writer, None  # nothing of them is drawn
        before = None
        for ref in refs:
            before = self._read_one(ref, before).entry
        self.writer = writer
        return before

    def _judge(self, item: ReadReport, found: list[Finding]) -> Judged:
        """Settles what is found on one report, gathers its facts and draws it; a fault of ours is one more finding."""
        ref, entry, facts, slips = item.ref, item.entry, CollectionFacts(), list[Finding]()
        summary: ReportSummary | None = None
        of_report: Mapping[str, bytes] = {}
        try:
            if entry:
                found = accept(entry, found, item.context)
                self._gather(facts, entry)
            if ref.withheld:
                found = ease(found, ref)
                facts.withheld.add(ref[:2])
            elif not entry:
                facts.unread.add(ref[:2])
            if entry and self.writer and self._is_drawn(ref):
                summary, of_report = self._draw(entry, found, slips)
            elif self.preview and self.writer and self.site:  # cannot be read: its last good pages
                has_page, self.fresh = self.writer.keep(ref.folder), False
                for listings in self.site.all_listings:
                    listings.directory.keep_unread(ref, has_page)
                if self.site.english:
                    self.writer.keep(f"{ENGLISH}{ref.folder}")
        except OSError:
            raise  # the disk is not the report's fault
        except Exception as error:
            found = [*found, fault(ref, error)]
        return Judged(item, first_findings(found), first_findings(slips), facts, summary, of_report)

    def _organ(self, organ: str, reports: Sequence[Judged]) -> OrganRecord:
        """Makes the record of an organ and stages its page, while the indicators of its reports are at hand."""
        together = CollectionFacts()
        for item in reports:
            if not item.read.ref.withheld:
                together.merge(item.facts)
        waiting = check_organ(together, self.context)
        drawn = [item.summary for item in reports if item.summary]
        if drawn and self.site and self.writer:
            try:
                for page in [listings.organ_page(drawn) for listings in self.site.all_listings]:
                    self.writer.put(page.path, page.data)
            except OSError:
                raise
            except Exception as error:
                reports[-1].slips.append(tool_fault(error, Message(organ, organ), Place(""), organ))
        said = [*waiting, *(finding for item in reports for finding in (*item.findings, *item.slips))]
        unread = self.preview and not all(item.read.entry for item in reports)
        sound = not unread and not any(finding.rule in _FAULTS for finding in said)
        return OrganRecord(organ, tuple(_record(item, waiting) for item in reports), sound)

    def _read(self, refs: Sequence[ReportRef]) -> Iterator[list[ReadReport]]:
        """Reads reports, up to TOGETHER at a time, each with the year before at hand, and copies their pictures."""
        before: LoadedReport | None = None
        for at in range(0, len(refs), self._together):
            reports: list[ReadReport] = []
            for ref in refs[at : at + self._together]:
                if self._in_hand is not None:
                    self._in_hand.value = ref.folder.encode()
                if before and before.ref[:2] != (ref.year - 1, ref.organ):
                    before = None
                reports.append(self._read_one(ref, before))
                before = reports[-1].entry
            yield reports

    def _read_one(self, ref: ReportRef, before: LoadedReport | None) -> ReadReport:
        """Reads one report; a fault of ours in it becomes a finding, and the other reports go on."""
        content, context = self.office.content, self.context._replace(previous=before)
        try:
            state = look(f"{content}/{ref.folder}")
            files = read_files(content, ref)
            entry, slips = self.office.read(ref, before.report if before else None, files)
            slips += read_strays(content, ref, entry.prose.pictures if entry else ())
            pictures: list[tuple[str, bytes | None]] = []
            if entry:
                for name, data, found in read_pictures(content, ref, entry.prose.pictures):
                    slips += found
                    pictures.append((name, data))
                    if data is not None and self.writer and self._is_drawn(ref):
                        self.writer.put(f"{ref.folder}/{name}", data)
            return ReadReport(ref, entry, context, slips, state.signature, content_digest(state, files, pictures))
        except OSError:
            raise  # the disk is not the report's fault
        except Exception as error:
            return ReadReport(ref, None, context, [fault(ref, error)], "", "")

    def _gather(self, facts: CollectionFacts, entry: LoadedReport) -> None:
        organ = self.context.organs.get(entry.ref.organ)
        waiting = tuple(item for item in entry.report.acceptances if item.rule in COLLECTION_IDS)
        gather(facts, entry, organ.parent if organ else "", entry.ref.organ in self.parents, waiting)

    def _draw(
        self, entry: LoadedReport, findings: Sequence[Finding], slips: list[Finding]
    ) -> tuple[ReportSummary, Mapping[str, bytes]]:
        """Stages the page and the files of one report; `slips` take what is to be said of files that cannot be made.
        Returns its summary and what it adds to each data file."""
        assert self.site and self.writer
        summary = summarise(entry)
        files = self.site.report_page.files(entry, summary, findings, slips, partial(self._picture, entry.ref))
        sums = {file.path: self.writer.put(file.path, file.data) for file in files}
        offered = [file for file in files[1:] if not file.path.endswith(f"/{TEXT}")]
        listed = [OfferedFile(file.path, len(file.data), sums[file.path]) for file in offered]
        of_report = pieces(entry, summary, self.site.directory.organ(entry.ref.organ, entry.ref.year), listed)
        if self.site.english:
            english = self.site.english.report_page.beside(entry, summary, findings, offered)
            self.writer.put(english.path, english.data)
        return summary, of_report

    def _picture(self, ref: ReportRef, name: str) -> bytes | None:
        """Reads a picture of a report; None where it cannot be shown."""
        return next((data for _, data, _ in read_pictures(self.office.content, ref, (name,))), None)


# Ids of findings that say that the program is at fault.
_FAULTS = frozenset(("TOOL-FAULT", "BUG"))


def _record(item: Judged, waiting: Sequence[Finding]) -> ReportRecord:
    """Writes down a report; findings `waiting` that belong to no year go with every one of them, and are told once."""
    read = item.read
    mine = dump_findings([finding for finding in waiting if finding.year in (read.ref.year, 0)])
    return ReportRecord(
        read.ref.year,
        read.ref.withheld,
        read.signature,
        read.digest,
        tuple(sorted(set(read.entry.prose.pictures))) if read.entry else (),
        dump_findings(item.findings),
        f"[{dumps(dump_facts(item.facts))},{mine}]",
        dumps(dump_summary(item.summary)) if item.summary else "",
        tuple((path, len(data), digest_of(data)) for path, data in item.pieces.items()),
        dump_findings(item.slips),
    )


def fault(ref: ReportRef, error: Exception) -> Finding:
    """Reports a fault of ours in one report: it stops no other report."""
    return tool_fault(error, Message(ref.folder, ref.folder), Place(f"{ref.folder}/tables.yaml"), ref.organ, ref.year)


class Task(NamedTuple):
    """A batch to be worked through: whole organs, numbered in the order of their reports."""

    number: int
    refs: list[ReportRef]


@dataclass(frozen=True)
class Setup:
    """What a worker is made of; handed to every process."""

    office: Office
    refs: Sequence[ReportRef]
    writer: StageWriter | None
    preview: bool

    def worker(self) -> Worker:
        return Worker(self.office, self.refs, self.writer, self.preview)
