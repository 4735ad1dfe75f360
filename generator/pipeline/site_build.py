"""Builds a section from the records of its organs: draws and stages what has changed, then puts the whole in place."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from generator.collection.office import Office
from generator.collection.plain_values import Summaries
from generator.collection.redirects import check_targets
from generator.collection.summary import ReportSummary
from generator.finding import Finding, Message, Place, UserError, strict, tool_fault
from generator.forms.english import in_english
from generator.pipeline.build_record import result_json, salt
from generator.pipeline.executor import executor_for, run_batches
from generator.pipeline.file_lines import Lines
from generator.pipeline.fingerprints import drawing_key
from generator.pipeline.organ_record import digest, load_findings
from generator.pipeline.output_folder import Stage
from generator.pipeline.private_folder import PrivateFolder
from generator.pipeline.publishing import Publishing
from generator.pipeline.record_store import Damaged, KnownOrgan
from generator.pipeline.request import BuildResult
from generator.pipeline.resident import Resident
from generator.pipeline.search_files import draw_search
from generator.pipeline.session import Advance, Heed, Session, nothing
from generator.pipeline.years import collection_findings
from generator.report.entry import ERRORS, ReportRef
from generator.report.review_marks import RULE as UNCHECKED
from generator.rules.first_findings import first_findings
from generator.rules.runner import COLLECTION_IDS
from generator.website.data_page import data_page
from generator.website.downloads.collection import data_files
from generator.website.downloads.descriptions import descriptions
from generator.website.listings import BuiltReports
from generator.website.redirects import redirect_pages
from generator.website.shell import Shell, SitePage
from generator.website.site import Site, open_site
from generator.website.verify_page import verify_page

_UNDRAWN = digest("")
_LISTINGS = Message("目录页", "the pages that list reports")


@dataclass
class SiteBuild:
    """Builds the section of one session into `output`, once or, where reports are held back, twice.

    `inputs` are the stamps of all that it is made of, `started` when they were looked at. A `resident` preview has a
    folder of its own as output; there, `edited` are the organs outside of whose reports nothing changed since the last
    build, None where that is not known. `heed` may end a build that has drawn nothing of a report."""

    session: Session
    output: Path
    inputs: Lines = ()
    started: int = 0
    resident: Resident | None = None
    edited: frozenset[str] | None = None
    heed: Heed = nothing

    def run(
        self,
        refs: Sequence[ReportRef],
        outset: Sequence[Finding],
        advance: Advance = nothing,
        announce: Advance = nothing,
    ) -> BuildResult:
        """Builds the section; `outset` are the findings on settings and folders."""
        session, preview = self.session, self.session.request.preview
        with self._stage() as stage:
            before = self.resident.publishing if self.resident and self.edited is not None else None
            publishing = Publishing(stage, session.store, before, self.edited or frozenset())
            organs = self._draw(publishing, refs, advance, announce)
            findings = [*outset, *findings_of_reports(organs), *publishing.slips()]
            findings += first_findings(collection_findings(session, organs))
            findings = final(session, findings, refs, not preview)
            built = _built(session, organs)
            if not preview and any(finding.blocking for finding in findings):
                # a site with known errors never takes the old one's place
                session.store.keep()
                return BuildResult(findings, None, len(built.hashes))
            self.heed()
            try:
                shell = self._draw_rest(publishing, refs, built, findings)
            except (OSError, UserError, Damaged, sqlite3.Error):
                raise
            except Exception as error:
                return BuildResult([*findings, tool_fault(error, _LISTINGS, Place(""))], None, len(built.hashes))
            years = {year for year, _ in built.hashes}
            publishing.put_data(data_files(years, session.office.settings.base_url))
            wrong = _lead_on(publishing, shell)
            publishing.give_up_rest()
            findings += wrong
            self.heed()
            if wrong and not preview:
                session.store.keep()
                return BuildResult(findings, None, len(built.hashes))
            result = self._commit(stage, publishing, findings, len(built.hashes))
            session.store.keep()
        return result

    def _stage(self) -> AbstractContextManager[Stage | PrivateFolder]:
        if self.resident:
            return self.resident.folder(self.output).staging(trusting=self.edited is not None)
        session = self.session
        whole = session.request.whole or session.office.settings.swaps_whole
        return Stage(self.output, session.request.durable, whole)

    def _commit(
        self, stage: Stage | PrivateFolder, publishing: Publishing, findings: list[Finding], reports: int
    ) -> BuildResult:
        """Puts the section in place and records what it is made of."""
        if isinstance(stage, PrivateFolder):
            notes, written = [], stage.commit()
        else:
            result = result_json(findings, reports)
            written = stage.commit(salt(self.session.request), self.inputs, result, self.started)
            notes = stage.notes
        publishing.file()
        if self.resident:
            self.resident.publishing = publishing
        return BuildResult(findings, written, reports, tuple(notes), stage.changed)

    def _draw(
        self, publishing: Publishing, refs: Sequence[ReportRef], advance: Advance, announce: Advance
    ) -> dict[str, KnownOrgan]:
        """Stages the pages of all organs, kept or drawn; returns their records."""
        session, preview = self.session, self.session.request.preview
        organs = session.current(refs, self.edited)
        kept = publishing.keep_organs(refs, organs, preview, self.heed)
        to_do = [ref for ref in refs if ref.organ not in kept]
        if to_do:  # it is no mere look any more
            self.heed = nothing
        announce(len(to_do))
        by_organ = {organ: list(group) for organ, group in groupby(to_do, key=lambda ref: ref.organ)}
        worker = self.resident.worker(session.office, refs) if self.resident and to_do else None
        executor = executor_for(session.request, len(to_do), worker)
        for batch in run_batches(session.office, to_do, publishing.writer, executor, advance, preview):
            done = {record.organ: session.put(record) for record in batch.organs}
            keys = {o: drawing_key(item.key, by_organ[o], preview) if item.key else "" for o, item in done.items()}
            publishing.add_batch(batch, keys)
            organs |= done
        return organs

    def _draw_rest(
        self, publishing: Publishing, refs: Sequence[ReportRef], built: BuiltReports, findings: Sequence[Finding]
    ) -> Shell:
        """Stages assets, listings, the search and the description of the data files; returns the shell of the
        pages."""
        session, office = self.session, self.session.office
        drawn = [ref for ref in refs if session.request.preview or not ref.withheld]
        site = open_site(office.settings, drawn, office.trends, forms=office.forms)
        unread = [ref for ref in drawn if session.request.preview and ref[:2] not in built.hashes]
        for ref in unread:
            has_page = publishing.stage.holds(f"{ref.folder}/index.html")
            for listings in site.all_listings:
                listings.directory.keep_unread(ref, has_page)
        held = [ref[:2] for ref in refs if ref.withheld == ERRORS]
        publishing.keep_or_put("assets", session.key, site.shell.assets)
        for listings in site.all_listings:
            for listing in listings.listings(built, findings, held):
                key = "" if unread else digest(session.key, repr(listing.made_of))
                publishing.keep_or_put(listings.shell.prefix + listing.name, key, listing.draw)
        draw_search(publishing, site.all_searches, built, session.key)
        key = digest(session.key, *(f"{report} {hashed}" for report, hashed in built.hashes.items()))
        accepted = [repr(item) for item in findings if item.accepted is not None and item.rule in COLLECTION_IDS]
        publishing.keep_or_put("comparison", digest(key, *accepted), lambda: _comparison(site, built, findings))
        publishing.keep_or_put("data page", key, lambda: _data_pages(site, built.summaries(), office))
        self._describe(publishing, site, sorted({year for year, _ in built.hashes}))
        return site.shell

    def _describe(self, publishing: Publishing, site: Site, years: Sequence[int]) -> None:
        """Stages the page that verifies copies and the description of the data files."""
        settings, key = self.session.office.settings, self.session.key
        verifying = [verify_page(site.shell)] if settings.destinations else []
        publishing.put("verifying", key, verifying)
        publishing.keep_or_put(
            "descriptions",
            digest(key, repr(years)),
            lambda: (SitePage(*item) for item in descriptions(settings, set(years))),
        )


def _comparison(site: Site, built: BuiltReports, findings: Sequence[Finding]) -> Iterator[SitePage]:
    summaries = built.summaries()
    for comparison in site.all_comparisons:
        yield from comparison.pages(summaries, findings)


def _lead_on(publishing: Publishing, shell: Shell) -> list[Finding]:
    """Stages a page at each old address; returns findings on those that have a page of their own or lead to none."""
    redirects = shell.settings.redirects
    wrong = list(check_targets(redirects, publishing.stage.holds, "site.yaml"))
    left_out = {finding.subject for finding in wrong}
    pages = redirect_pages(shell, [item for item in redirects if item.old not in left_out])
    publishing.put("old addresses", "", pages)
    return wrong


def _data_pages(site: Site, summaries: Sequence[ReportSummary], office: Office) -> Iterator[SitePage]:
    yield data_page(site.shell, summaries, office.forms)
    if site.english:
        yield data_page(site.english.shell, summaries, [in_english(form) for form in office.forms])


def _built(session: Session, organs: Mapping[str, KnownOrgan]) -> BuiltReports:
    """Lists the reports that are drawn, organs in order."""
    hashes = {
        (report.year, organ): report.summary
        for organ in sorted(organs)
        for report in organs[organ].reports
        if report.summary != _UNDRAWN
    }

    kept = Summaries()

    def load(year: int, wanted: Sequence[str]) -> list[ReportSummary]:
        named = [(organ, hashes[year, organ]) for organ in wanted]
        return [kept.load(json.loads(text)) for text in session.store.summaries(year, named)]

    return BuiltReports(hashes, load)


def findings_of_reports(organs: Mapping[str, KnownOrgan]) -> Iterator[Finding]:
    """Yields the findings on each report, organs in order, years ascending."""
    for organ in sorted(organs):
        for report in organs[organ].reports:
            yield from load_findings(report.findings)


def final(session: Session, findings: Sequence[Finding], refs: Sequence[ReportRef], publishing: bool) -> list[Finding]:
    """Gives findings the level that counts in the end, except those of reports that are withheld anyway: --strict takes
    warnings for errors, and a new report with cells still marked 待核 is not published."""
    withheld = {ref[:2] for ref in refs if ref.withheld}
    until = session.office.settings.historical_until

    def raised(finding: Finding) -> bool:
        unchecked = publishing and finding.rule == UNCHECKED and finding.year > until
        return (session.request.strict or unchecked) and (finding.year, finding.organ) not in withheld

    return [strict([finding])[0] if raised(finding) else finding for finding in findings]
