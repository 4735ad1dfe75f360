"""Makes the site: reads, checks, draws and stages what has changed, then puts the whole in place.

Reports stream through in batches of whole organs, years ascending, so that each is read with the year before at hand.
What is kept of an organ is filed in its record; what stands in the records is not computed again.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from generator.collection.facts import CollectionFacts
from generator.collection.folder import linked
from generator.collection.office import Office
from generator.collection.plain_values import Summaries
from generator.collection.redirects import check_targets
from generator.collection.summary import ReportSummary
from generator.finding import Finding, Message, Place, UserError, strict, tool_fault
from generator.forms.english import in_english
from generator.pipeline import unchanged
from generator.pipeline.executor import Executor, Processes, Serial, automatic, rare_collections, run_batches
from generator.pipeline.fingerprints import drawing_key
from generator.pipeline.organ_record import digest, load_findings
from generator.pipeline.output_folder import Stage, apart
from generator.pipeline.publishing import Publishing
from generator.pipeline.record import input_paths, proving, result_json, salt, stamps
from generator.pipeline.record_store import Damaged, KnownOrgan, discard, is_full, open_store, records_beside
from generator.pipeline.request import BuildResult, Request
from generator.pipeline.resident import Resident
from generator.pipeline.search_files import draw_search
from generator.pipeline.session import Session, open_session
from generator.pipeline.worker import Worker
from generator.pipeline.years import collection_findings, facts_of_years
from generator.report.entry import ERRORS, ReportRef
from generator.report.review_marks import RULE as UNCHECKED
from generator.rules.first_findings import first_findings
from generator.rules.runner import COLLECTION_IDS, check_policy
from generator.website.data_page import data_page
from generator.website.downloads.collection import data_files
from generator.website.downloads.descriptions import descriptions
from generator.website.downloads.download import check_downloads
from generator.website.listings import BuiltReports
from generator.website.redirects import redirect_pages
from generator.website.shell import Shell, SitePage
from generator.website.site import Site, open_site
from generator.website.verify_page import verify_page

Advance = Callable[[int], None]
T = TypeVar("T")
_UNDRAWN = digest("")
_LISTINGS = Message("目录页", "the pages that list reports")


def _nothing(_: int) -> None:
    """Tells nobody."""


@rare_collections()
def run(
    request: Request,
    output: Path | None,
    advance: Advance = _nothing,
    announce: Advance = _nothing,
    resident: Resident | None = None,
) -> BuildResult:
    """Checks everything; with `output`, also builds, unless there are errors. Raises UserError, the old site whole.

    Drafts are checked and left out. Where site.yaml allows it, new reports with errors are held back and the others
    built. A preview draws all that can be read and is not stopped by errors. `announce` is told how many reports there
    are to do, `advance` how many more are done. What is `resident` is used and brought up to date."""

    def work(session: Session) -> BuildResult:
        return _run(session, output, advance, announce, resident)

    return _with_records(request, output, work, resident)


def _with_records(
    request: Request, output: Path | None, work: Callable[[Session], T], resident: Resident | None = None
) -> T:
    """Does something with the records of earlier runs; without them where they turn out damaged or their disk is full.
    Raises OSError where there is no room for temporary ones either."""
    if output is not None:
        apart(output, request.content)
    beside = records_beside(request.content, output) if (request.content / "site.yaml").is_file() else None
    places = [None, beside, beside]
    while places:
        place = places.pop()
        try:
            with open_store(place) as store:
                return work(open_session(request, store, resident))
        except (Damaged, sqlite3.Error) as error:
            failed = error
        if is_full(failed):  # what was kept before holds all the same
            del places[1:]
        else:
            discard(place)
    if is_full(failed):
        raise OSError(errno.ENOSPC, str(failed), tempfile.gettempdir())
    raise OSError(errno.EIO, str(failed), str(beside))


def _run(
    session: Session, output: Path | None, advance: Advance, announce: Advance, resident: Resident | None
) -> BuildResult:
    request, settings = session.request, session.office.settings
    started = time.time_ns()
    seen = unchanged.look_at_inputs(request) if output is None else ""
    # no preview asks whether all stands as it is
    inputs = proving(stamps(input_paths(request.content)), started) if output and not request.preview else []
    refs, slips = session.scan()
    outset = first_findings([*session.office.findings, *check_policy(settings), *slips])
    if output is None:
        result = _check(session, refs, outset, advance, announce)
        session.store.put_result("check", unchanged.filed(request, seen, result))
        session.store.keep()
        return result
    outset += check_downloads(settings)
    if request.preview:
        refs = linked(refs, withheld_too=True)
    build = _Build(session, output, inputs, started, resident)
    result = build.run(refs, outset, advance, announce)
    held = _to_hold_back(session.office, result) if result.written is None else frozenset()
    if held:
        refs = linked([ref._replace(withheld=ERRORS) if ref[:2] in held else ref for ref in refs])
        result = build.run(refs, outset, _nothing, _nothing)
    if resident:
        resident.take(refs, result.findings)
    return result


def _to_hold_back(office: Office, result: BuildResult) -> frozenset[tuple[int, str]]:
    """The new reports that stop a build by errors of their own, where the office lets the others go on and nothing else
    stops it. A report with corrections (更正) is public and no new one: holding it back would take its page away. What
    rules over all reports say is asked again without them."""
    errors = [item for item in result.findings if item.blocking and item.rule not in COLLECTION_IDS]
    of_new_reports = all(item.organ and item.year > office.settings.historical_until for item in errors)
    if not office.settings.holds_back or not of_new_reports:
        return frozenset()
    held = frozenset((item.year, item.organ) for item in errors)
    return frozenset() if any(_is_corrected(office, *key) for key in held) else held


def _is_corrected(office: Office, year: int, organ: str) -> bool:
    entry = office.read(ReportRef(year, organ, f"{year}/{organ}"))[0]
    return entry is not None and bool(entry.report.corrections)


def _check(
    session: Session, refs: Sequence[ReportRef], outset: Sequence[Finding], advance: Advance, announce: Advance
) -> BuildResult:
    organs = _checked(session, refs, advance, announce)
    findings = [*outset, *_of_reports(organs), *first_findings(collection_findings(session, organs))]
    return BuildResult(_final(session, findings, refs, False), None, len(refs))


def _checked(
    session: Session, refs: Sequence[ReportRef], advance: Advance = _nothing, announce: Advance = _nothing
) -> dict[str, KnownOrgan]:
    """Returns the records of all organs; those that do not hold any more are made anew."""
    organs = session.current(refs)
    to_do = [ref for ref in refs if ref.organ not in organs]
    announce(len(to_do))
    for batch in run_batches(session.office, to_do, None, _executor(session, to_do), advance):
        organs |= {record.organ: session.put(record) for record in batch.organs}
    return organs


def _executor(session: Session, refs: Sequence[ReportRef], worker: Worker | None = None) -> Executor:
    """Makes the executor that is asked for; a `worker` may be at hand."""
    asked = session.request
    if asked.executor == "dask":
        from generator.pipeline.dask_executor import Dask

        return Dask(asked.scheduler)
    if asked.executor == "serial":
        return Serial()
    if asked.executor == "processes":
        return Processes(asked.jobs or os.cpu_count() or 1)
    return automatic(asked.jobs, len(refs), worker)


def _of_reports(organs: Mapping[str, KnownOrgan]) -> Iterator[Finding]:
    """Yields the findings on each report, organs in order, years ascending."""
    for organ in sorted(organs):
        for report in organs[organ].reports:
            yield from load_findings(report.findings)


class _Build:
    """Builds the section of one session, once or, where reports are held back, twice."""

    def __init__(
        self, session: Session, output: Path, inputs: Sequence[str], started: int, resident: Resident | None = None
    ) -> None:
        self.session, self.output, self.inputs, self.started, self.resident = session, output, inputs, started, resident

    def run(
        self, refs: Sequence[ReportRef], outset: Sequence[Finding], advance: Advance, announce: Advance
    ) -> BuildResult:
        """Builds the section; `outset` are the findings on settings and folders."""
        session, preview = self.session, self.session.request.preview
        whole = session.request.whole or session.office.settings.swaps_whole
        with Stage(self.output, session.request.durable, whole) as stage:
            publishing = Publishing(stage, session.store)
            organs = self._draw(publishing, refs, advance, announce)
            findings = [*outset, *_of_reports(organs), *publishing.slips()]
            findings += first_findings(collection_findings(session, organs))
            findings = _final(session, findings, refs, not preview)
            built = _built(session, organs)
            if not preview and any(finding.blocking for finding in findings):
                # a site with known errors never takes the old one's place
                session.store.keep()
                return BuildResult(findings, None, len(built.hashes))
            try:
                shell = self._draw_rest(publishing, refs, built, findings)
            except (OSError, UserError, Damaged, sqlite3.Error):
                raise
            except Exception as error:
                return BuildResult([*findings, tool_fault(error, _LISTINGS, Place(""))], None, len(built.hashes))
            years = {year for year, _ in built.hashes}
            publishing.put_data(data_files(years, session.office.settings.base_url))
            wrong = _lead_on(publishing, shell)
            findings += wrong
            if wrong and not preview:
                session.store.keep()
                return BuildResult(findings, None, len(built.hashes))
            result = result_json(findings, len(built.hashes))
            written = stage.commit(salt(session.request), self.inputs, result, self.started)
            publishing.file()
            session.store.keep()
        return BuildResult(findings, written, len(built.hashes), tuple(stage.notes), stage.changed)

    def _draw(
        self, publishing: Publishing, refs: Sequence[ReportRef], advance: Advance, announce: Advance
    ) -> dict[str, KnownOrgan]:
        """Stages the pages of all organs, kept or drawn; returns their records."""
        session, preview = self.session, self.session.request.preview
        organs = session.current(refs)
        kept = publishing.keep_organs(refs, organs, preview)
        to_do = [ref for ref in refs if ref.organ not in kept]
        announce(len(to_do))
        by_organ = {organ: list(group) for organ, group in groupby(to_do, key=lambda ref: ref.organ)}
        worker = self.resident.worker(session.office, refs) if self.resident and to_do else None
        executor = _executor(session, to_do, worker)
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


@rare_collections()
def gather_facts(content: Path, years: Sequence[int]) -> tuple[Office, CollectionFacts]:
    """Opens an office and loads what rules over all reports ask of each report of some years, drafts too; what has not
    been recorded yet is read and checked."""

    def work(session: Session) -> tuple[Office, CollectionFacts]:
        organs = _checked(session, session.scan()[0])
        facts = facts_of_years(session.store, organs, years)
        session.store.keep()
        return session.office, facts

    return _with_records(Request(content), None, work)


def _final(session: Session, findings: Sequence[Finding], refs: Sequence[ReportRef], publishing: bool) -> list[Finding]:
    """Gives findings the level that counts in the end, except those of reports that are withheld anyway: --strict takes
    warnings for errors, and a new report with cells still marked 待核 is not published."""
    withheld = {ref[:2] for ref in refs if ref.withheld}
    until = session.office.settings.historical_until

    def raised(finding: Finding) -> bool:
        unchecked = publishing and finding.rule == UNCHECKED and finding.year > until
        return (session.request.strict or unchecked) and (finding.year, finding.organ) not in withheld

    return [strict([finding])[0] if raised(finding) else finding for finding in findings]
