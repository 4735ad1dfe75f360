"""Makes the site in one pass: reads, checks, draws and stages each report, then puts the whole in place.

Reports stream through in batches of whole organs, years ascending, so that each is read with the year before at hand.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from generator.collection.facts import CollectionFacts
from generator.collection.folder import linked, read_pictures, scan
from generator.collection.office import Office, open_office
from generator.collection.summary import Figure, ReportSummary
from generator.finding import Finding, Message, Place, UserError, tool_fault
from generator.forms.english import in_english
from generator.pipeline.data_files import PartFile, join_data
from generator.pipeline.executor import rare_collections, run_batches
from generator.pipeline.output_folder import Stage, apart
from generator.pipeline.record import input_paths, proving, result_json, salt, stamps
from generator.pipeline.request import BuildResult, Request
from generator.pipeline.worker import fault
from generator.report.entry import ERRORS, ReportRef
from generator.report.review_marks import RULE as UNCHECKED
from generator.rules.first_findings import first_findings
from generator.rules.runner import COLLECTION_IDS, accept, check_collection, check_entry, check_policy, strict
from generator.rules.withheld import ease
from generator.website.data_page import data_page
from generator.website.downloads.collection import data_files
from generator.website.downloads.descriptions import descriptions
from generator.website.downloads.download import check_downloads
from generator.website.site import open_site
from generator.website.verify_page import verify_page

Advance = Callable[[int], None]


@rare_collections()
def run(request: Request, output: Path | None, advance: Advance = lambda _: None) -> BuildResult:
    """Checks everything; with `output`, also builds, unless there are errors. Raises UserError, the old site whole.

    Drafts are checked and left out. Where site.yaml allows it, new reports with errors are held back and the others
    built. A preview draws all that can be read and is not stopped by errors."""
    office = open_office(request.content, request.base_url)
    refs, slips = scan(request.content)
    findings = first_findings([*office.findings, *check_policy(office.settings), *slips])
    if output is None:
        return _check(request, office, refs, findings, advance)
    findings += check_downloads(office.settings)
    if request.preview:
        refs = linked(refs, withheld_too=True)
    result = _build(request, office, refs, findings, output, advance)
    held = _to_hold_back(office, result) if result.written is None else frozenset()
    if not held:
        return result
    refs = linked([ref._replace(withheld=ERRORS) if ref[:2] in held else ref for ref in refs])
    return _build(request, office, refs, findings, output, lambda _: None)


def _to_hold_back(office: Office, result: BuildResult) -> frozenset[tuple[int, str]]:
    """The new reports that stop a build by errors of their own, where the office lets the others go on and nothing else
    stops it. What rules over all reports say is asked again without them."""
    errors = [item for item in result.findings if item.blocking and item.rule not in COLLECTION_IDS]
    of_new_reports = all(item.organ and item.year > office.settings.historical_until for item in errors)
    if not office.settings.holds_back or not of_new_reports:
        return frozenset()
    return frozenset((item.year, item.organ) for item in errors)


_LISTINGS = Message("目录页", "the pages that list reports")


def _check(
    request: Request, office: Office, refs: Sequence[ReportRef], findings: list[Finding], advance: Advance
) -> BuildResult:
    facts = CollectionFacts()
    for batch in run_batches("check", office, refs, None, request.jobs, advance):
        findings += batch.findings
        facts.merge(batch.facts)
    findings += first_findings(check_collection(facts, office.context))
    return BuildResult(_final(request, office, findings, refs, False), None, len(refs))


def _build(
    request: Request,
    office: Office,
    refs: Sequence[ReportRef],
    outset: Sequence[Finding],
    output: Path,
    advance: Advance,
) -> BuildResult:
    """Builds the section once; `outset` are the findings on settings and folders."""
    apart(output, request.content)
    started = time.time_ns()
    inputs = proving(stamps(input_paths(request.content)), started)
    with Stage(output, request.durable, request.whole or office.settings.swaps_whole) as stage:
        facts = CollectionFacts()
        findings = list(outset)
        summaries: list[ReportSummary] = []
        shared: dict[Figure, Figure] = {}
        parts: list[PartFile] = []
        for batch in run_batches("check", office, refs, stage.writer(), request.jobs, advance, request.preview):
            summaries += [_small(summary, shared) for summary in batch.summaries]
            findings += batch.findings
            facts.merge(batch.facts)
            parts.append(batch.part)
            stage.claim(batch.staged)
        findings += first_findings(check_collection(facts, office.context))
        findings = _final(request, office, findings, refs, not request.preview)
        if not request.preview and any(finding.blocking for finding in findings):
            # a site with known errors never takes the old one's place
            return BuildResult(findings, None, len(summaries))
        try:
            for page in _rest(office, refs, summaries, findings, request.preview, stage):
                stage.put(*page)
        except (OSError, UserError):
            raise
        except Exception as error:
            return BuildResult([*findings, tool_fault(error, _LISTINGS, Place(""))], None, len(summaries))
        years = {summary.year for summary in summaries}
        join_data(stage.writer(), data_files(years, office.settings.base_url), parts)
        written = stage.commit(salt(request), inputs, result_json(findings, len(summaries)))
    return BuildResult(findings, written, len(summaries), tuple(stage.notes))


@rare_collections()
def gather_facts(office: Office, jobs: int = 0) -> CollectionFacts:
    """Reads every report and notes what rules over all reports ask of each; runs no rule."""
    facts = CollectionFacts()
    for batch in run_batches("gather", office, scan(office.content)[0], None, jobs):
        facts.merge(batch.facts)
    return facts


def check_report(office: Office, ref: ReportRef, strictly: bool = False) -> list[Finding]:
    """Checks one report with last year's at hand; nothing else is read, so rules over all reports do not run."""
    try:
        findings = _check_report(office, ref)
    except OSError:
        raise  # the disk is not the report's fault
    except Exception as error:
        findings = [fault(ref, error)]
    if ref.withheld:
        return first_findings(ease(findings, ref))
    return first_findings(strict(findings) if strictly else findings)


def _check_report(office: Office, ref: ReportRef) -> list[Finding]:
    previous = office.read_before(ref)
    entry, findings = office.read(ref, previous.report if previous else None)
    if entry is None:
        return findings
    context = office.context._replace(previous=previous)
    for _, _, slips in read_pictures(office.content, ref, entry.prose.pictures):
        findings += slips
    return accept(entry, [*findings, *check_entry(entry, context)], context)


def _final(
    request: Request, office: Office, findings: Sequence[Finding], refs: Sequence[ReportRef], publishing: bool
) -> list[Finding]:
    """Gives findings the level that counts in the end, except those of reports that are withheld anyway: --strict takes
    warnings for errors, and a new report with cells still marked 待核 is not published."""
    withheld = {ref[:2] for ref in refs if ref.withheld}
    until = office.settings.historical_until

    def raised(finding: Finding) -> bool:
        unchecked = publishing and finding.rule == UNCHECKED and finding.year > until
        return (request.strict or unchecked) and (finding.year, finding.organ) not in withheld

    return [strict([finding])[0] if raised(finding) else finding for finding in findings]


def _rest(
    office: Office,
    refs: Sequence[ReportRef],
    summaries: Sequence[ReportSummary],
    findings: Sequence[Finding],
    preview: bool,
    stage: Stage,
) -> Iterator[tuple[str, bytes]]:
    """Yields assets, listings, the search and the small data files; `stage` has the reports drawn."""
    drawn = [ref for ref in refs if preview or not ref.withheld]
    site = open_site(office.settings, drawn, office.trends, forms=office.forms)
    read_now = {(summary.year, summary.organ) for summary in summaries}
    for ref in drawn if preview else ():
        if ref[:2] not in read_now:
            has_page = stage.holds(f"{ref.folder}/index.html")
            for listings in site.all_listings:
                listings.directory.keep_unread(ref, has_page)
    held = [ref[:2] for ref in refs if ref.withheld == ERRORS]
    yield from site.shell.assets()
    for listings in site.all_listings:
        yield from listings.pages(summaries, findings, held)
    yield from site.compare.pages(summaries, findings)
    yield from site.search.pages(summaries, stage.read)
    yield data_page(site.shell, summaries, office.forms)
    if site.english:
        yield data_page(site.english.shell, summaries, [in_english(form) for form in office.forms])
    if office.settings.destinations:
        yield verify_page(site.shell)
    yield from descriptions(office.settings, {summary.year for summary in summaries})


def _small(summary: ReportSummary, shared: dict[Figure, Figure]) -> ReportSummary:
    """Shares a summary's figures with those before it: most reports have the same few small numbers."""
    return summary._replace(figures=tuple([shared.setdefault(figure, figure) for figure in summary.figures]))
