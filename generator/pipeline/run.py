"""Makes the site: reads, checks, draws and stages what has changed, then puts the whole in place.

Reports stream through in batches of whole organs, years ascending, so that each is read with the year before at hand.
What is kept of an organ is filed in its record; what stands in the records is not computed again.
"""

from __future__ import annotations

import errno
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from generator.collection.facts import CollectionFacts
from generator.collection.folder import linked
from generator.collection.office import Office
from generator.finding import Finding
from generator.pipeline import last_check
from generator.pipeline.build_record import input_paths, proving, stamps
from generator.pipeline.executor import executor_for, rare_collections, run_batches
from generator.pipeline.output_folder import apart
from generator.pipeline.record_file import discard, is_full, open_store, records_beside
from generator.pipeline.record_store import Damaged, KnownOrgan, RecordStore
from generator.pipeline.request import BuildResult, Request
from generator.pipeline.resident import Built, Report, Resident
from generator.pipeline.session import Advance, Heed, Session, nothing, open_session
from generator.pipeline.site_build import SiteBuild, final, findings_of_reports
from generator.pipeline.years import collection_findings, facts_of_years
from generator.report.entry import ERRORS, ReportRef
from generator.rules.first_findings import first_findings
from generator.rules.runner import COLLECTION_IDS, check_policy
from generator.website.downloads.download import check_downloads

T = TypeVar("T")


@rare_collections()
def run(
    request: Request,
    output: Path | None,
    advance: Advance = nothing,
    announce: Advance = nothing,
    resident: Resident | None = None,
    edited: Sequence[Report] = (),
    heed: Heed = nothing,
) -> BuildResult:
    """Checks everything; with `output`, also builds, unless there are errors. Raises UserError, the old site whole.

    Drafts are checked and left out. Where site.yaml allows it, new reports with errors are held back and the others
    built. A preview draws all that can be read and is not stopped by errors. `announce` is told how many reports there
    are to do, `advance` how many more are done. What is `resident` is used and brought up to date: where nothing but
    the folders of `edited` reports can have changed since the last build, the others are not looked at. `heed` may
    raise Overtaken while no report is found to have changed: then all is as it was."""

    if resident and output and edited and (result := _run_edited(resident, output, edited)):
        return result

    def work(session: Session) -> BuildResult:
        return _run(session, output, advance, announce, resident, heed)

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
            with resident.records() if resident else open_store(place) as store:
                return work(_session(request, store, resident))
        except (Damaged, sqlite3.Error) as error:
            failed = error
        if is_full(failed):  # what was kept before holds all the same
            del places[1:]
        else:
            discard(place)
    if is_full(failed):
        raise OSError(errno.ENOSPC, str(failed), tempfile.gettempdir())
    raise OSError(errno.EIO, str(failed), str(beside))


def _session(request: Request, store: RecordStore, resident: Resident | None) -> Session:
    """Opens a session, with the office that is resident where nothing of it has changed."""
    if resident is None:
        return open_session(request, store)
    session = open_session(request, store, (resident.key, resident.office))
    resident.take_office(session.key, session.office)
    return session


def _run(
    session: Session,
    output: Path | None,
    advance: Advance,
    announce: Advance,
    resident: Resident | None,
    heed: Heed = nothing,
) -> BuildResult:
    request, settings = session.request, session.office.settings
    started = time.time_ns()
    seen = last_check.look_at_inputs(request) if output is None else ""
    # no preview asks whether all stands as it is
    inputs = proving(stamps(input_paths(request.content)), started) if output and not request.preview else []
    refs, slips = session.scan(heed)
    outset = first_findings([*session.office.findings, *check_policy(settings), *slips])
    if output is None:
        result = _check(session, refs, outset, advance, announce)
        session.store.put_result("check", last_check.filed(request, seen, result))
        session.store.keep()
        return result
    outset += check_downloads(settings)
    if request.preview:
        refs = linked(refs, withheld_too=True)
    build = SiteBuild(session, output, inputs, started, resident, heed=heed)
    result = build.run(refs, outset, advance, announce)
    held = _to_hold_back(session.office, result) if result.written is None else frozenset()
    if held:
        refs = linked([ref._replace(withheld=ERRORS) if ref[:2] in held else ref for ref in refs])
        result = build.run(refs, outset)
    if resident:
        resident.take(refs, result.findings, Built(session, outset) if result.written else None)
    return result


def _run_edited(resident: Resident, output: Path, edited: Sequence[Report]) -> BuildResult | None:
    """Builds a preview after edits of these reports alone; None where all has to be looked at."""
    with suppress(Damaged, sqlite3.Error), resident.records():
        built = resident.built_but(edited)
        if built is None:
            return None
        organs = frozenset(organ for _, organ in edited)
        result = SiteBuild(built.session, output, resident=resident, edited=organs).run(resident.refs, built.outset)
        resident.take(resident.refs, result.findings, built if result.written else None)
        return result
    return None


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
    findings = [*outset, *findings_of_reports(organs), *first_findings(collection_findings(session, organs))]
    return BuildResult(final(session, findings, refs, False), None, len(refs))


def _checked(
    session: Session, refs: Sequence[ReportRef], advance: Advance = nothing, announce: Advance = nothing
) -> dict[str, KnownOrgan]:
    """Returns the records of all organs; those that do not hold any more are made anew."""
    organs = session.current(refs)
    to_do = [ref for ref in refs if ref.organ not in organs]
    announce(len(to_do))
    for batch in run_batches(session.office, to_do, None, executor_for(session.request, len(to_do)), advance):
        organs |= {record.organ: session.put(record) for record in batch.organs}
    return organs


def gather_facts(content: Path, years: Sequence[int]) -> tuple[Office, CollectionFacts]:
    """Opens an office and loads what rules over all reports ask of each report of some years, drafts too; what has not
    been recorded yet is read and checked."""

    def work(session: Session) -> tuple[Office, CollectionFacts]:
        organs = _checked(session, session.scan()[0])
        facts = facts_of_years(session.store, organs, years)
        session.store.keep()
        return session.office, facts

    return _with_records(Request(content), None, work)
