"""Reads, checks and draws reports in batches of whole organs, keeping of each only what others need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

from generator.collection.context import Context
from generator.collection.facts import CollectionFacts, gather
from generator.collection.folder import read_pictures
from generator.collection.office import Office
from generator.collection.summary import ReportSummary, summarise
from generator.finding import Finding, Message, Place, tool_fault
from generator.pipeline.data_files import PartFile, Pieces
from generator.pipeline.stage_writer import Staged, StageWriter
from generator.report.entry import TOGETHER, LoadedReport, ReportRef
from generator.rules.first_findings import first_findings
from generator.rules.runner import COLLECTION_IDS, accept, check_entries
from generator.rules.withheld import ease
from generator.website.downloads.collection import pieces
from generator.website.languages import ENGLISH
from generator.website.search.pages import TEXT
from generator.website.site import open_site


class Batch(NamedTuple):
    """Holds what is kept of a batch: `summaries` without their indicators; what goes into the data files stays behind
    in the file `part`."""

    summaries: list[ReportSummary]
    findings: list[Finding]
    facts: CollectionFacts
    staged: Staged
    part: PartFile
    reports: int


class ReadReport(NamedTuple):
    """Holds a report (None where it cannot be read), what rules may know besides, and what is wrong with its files."""

    ref: ReportRef
    entry: LoadedReport | None
    context: Context
    slips: list[Finding]


class Worker:
    """Works through batches of reports; made once a process. Without a `writer` nothing is drawn; a `preview` draws
    withheld reports too."""

    def __init__(
        self, office: Office, refs: Sequence[ReportRef], writer: StageWriter | None, preview: bool = False
    ) -> None:
        self.office, self.writer, self.preview = office, writer, preview
        self.context = office.context
        self.parents = {organ.parent for organ in office.settings.organs}
        self._together, self._in_hand = TOGETHER, None
        drawn = [ref for ref in refs if self._is_drawn(ref)]
        self.site = open_site(office.settings, drawn, office.trends, fonts=office.fonts) if writer else None

    def one_by_one(self, in_hand: Any) -> None:
        """Works through one report at a time and writes its folder into a shared array of bytes, so that it is known
        which one a dead process was at."""
        self._together, self._in_hand = 1, in_hand

    def _is_drawn(self, ref: ReportRef) -> bool:
        return self.preview or not ref.withheld

    def check(self, number: int, refs: Sequence[ReportRef]) -> Batch:
        """Reads, checks and, with a writer, draws the reports of whole organs."""
        out = Batch([], [], CollectionFacts(), Staged([], 0), PartFile(""), len(refs))
        data = Pieces()
        for reports in self._read(refs):
            checked = iter(check_entries([(item.entry, item.context) for item in reports if item.entry]))
            for item in reports:
                found = [*item.slips, *next(checked)] if item.entry else item.slips
                out.findings.extend(first_findings(self._judge(item, found, out, data)))
        if self.writer is None:
            return out
        part = data.write(self.writer, f"data-{number:06d}")
        out.findings.extend(self._draw_organs(out.summaries))
        small = [summary._replace(indicators=()) for summary in out.summaries]
        return out._replace(summaries=small, staged=self.writer.take(), part=part)

    def _judge(self, item: ReadReport, found: list[Finding], out: Batch, data: Pieces) -> list[Finding]:
        """Settles what is found on one report, gathers its facts and draws it; a fault of ours is one more finding."""
        ref, entry = item.ref, item.entry
        try:
            if entry:
                found = accept(entry, found, item.context)
            if ref.withheld:
                found = ease(found, ref)
                out.facts.withheld.add(ref[:2])
            elif entry:
                self._gather(out.facts, entry)
            else:
                out.facts.unread.add(ref[:2])
            if entry and self._is_drawn(ref):
                found = [*found, *self._draw(entry, found, out.summaries, data)]
            elif self.preview and self.writer and self.site:  # cannot be read: its last good pages
                has_page = self.writer.keep(ref.folder)
                for listings in self.site.all_listings:
                    listings.directory.keep_unread(ref, has_page)
                if self.site.english:
                    self.writer.keep(f"{ENGLISH}{ref.folder}")
        except OSError:
            raise  # the disk is not the report's fault
        except Exception as error:
            found = [*found, fault(ref, error)]
        return found

    def gather(self, number: int, refs: Sequence[ReportRef]) -> Batch:
        """Reads reports, drafts too, and notes what rules over all reports ask of each; checks nothing."""
        out = Batch([], [], CollectionFacts(), Staged([], 0), PartFile(""), len(refs))
        for reports in self._read(refs):
            for item in reports:
                if item.ref.withheld:
                    out.facts.withheld.add((item.ref.year, item.ref.organ))
                if item.entry:
                    with suppress(ArithmeticError, LookupError, TypeError, ValueError):  # `check` reports it
                        self._gather(out.facts, item.entry)
        return out

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
                entry, slips = self._read_one(ref, before)
                reports.append(ReadReport(ref, entry, self.context._replace(previous=before), slips))
                before = entry
            yield reports

    def _read_one(self, ref: ReportRef, before: LoadedReport | None) -> tuple[LoadedReport | None, list[Finding]]:
        """Reads one report; a fault of ours in it becomes a finding, and the other reports go on."""
        try:
            entry, slips = self.office.read(ref, before.report if before else None)
            return entry, slips + self._copy_pictures(entry) if entry else slips
        except OSError:
            raise  # the disk is not the report's fault
        except Exception as error:
            return None, [fault(ref, error)]

    def _copy_pictures(self, entry: LoadedReport) -> list[Finding]:
        findings: list[Finding] = []
        for name, data, slips in read_pictures(self.office.content, entry.ref, entry.prose.pictures):
            findings += slips
            if data is not None and self.writer and self._is_drawn(entry.ref):
                self.writer.put(f"{entry.ref.folder}/{name}", data)
        return findings

    def _gather(self, facts: CollectionFacts, entry: LoadedReport) -> None:
        organ = self.context.organs.get(entry.ref.organ)
        waiting = tuple(item for item in entry.report.acceptances if item.rule in COLLECTION_IDS)
        gather(facts, entry, organ.parent if organ else "", entry.ref.organ in self.parents, waiting)

    def _draw(
        self, entry: LoadedReport, findings: Sequence[Finding], summaries: list[ReportSummary], data: Pieces
    ) -> list[Finding]:
        """Stages the page and the files of one report; returns what is to be said of files that cannot be made."""
        slips: list[Finding] = []
        if self.site is None or self.writer is None:
            return slips
        summary = summarise(entry)
        files = self.site.report_page.files(entry, summary, findings, slips, partial(self._picture, entry.ref))
        offered = [file for file in files[1:] if not file.path.endswith(f"/{TEXT}")]
        of_report = pieces(entry, summary, self.site.directory.organ(entry.ref.organ), offered)
        summaries.append(summary)
        for page in files:
            self.writer.put(page.path, page.data)
        if self.site.english:
            english = self.site.english.report_page.beside(entry, summary, findings, offered)
            self.writer.put(english.path, english.data)
        data.add(of_report)
        return slips

    def _picture(self, ref: ReportRef, name: str) -> bytes | None:
        """Reads a picture of a report; None where it cannot be shown."""
        return next((data for _, data, _ in read_pictures(self.office.content, ref, (name,))), None)

    def _draw_organs(self, summaries: Sequence[ReportSummary]) -> list[Finding]:
        """Stages the pages of organs while the indicators of reports are at hand; returns the faults of ours."""
        assert self.site and self.writer
        faults: list[Finding] = []
        for organ, group in groupby(summaries, lambda summary: summary.organ):
            try:
                reports = list(group)
                pages = [listings.organ_page(reports) for listings in self.site.all_listings]
            except Exception as error:
                faults.append(tool_fault(error, Message(organ, organ), Place(""), organ))
                continue
            for page in pages:
                self.writer.put(page.path, page.data)
        return faults


def fault(ref: ReportRef, error: Exception) -> Finding:
    """Reports a fault of ours in one report: it stops no other report."""
    return tool_fault(error, Message(ref.folder, ref.folder), Place(f"{ref.folder}/tables.yaml"), ref.organ, ref.year)
