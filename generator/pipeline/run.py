"""One pass from content to site: read, check, render and stage each report, then put the whole site in place.

Reports stream through in batches of whole organs, years ascending, so that each is read with the year before at
hand; a worker keeps nothing of a report but its summary and its gist.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from generator.collection import folder as load
from generator.collection.context import Context, context_of
from generator.collection.facts import CollectionFacts, gather
from generator.collection.settings import Settings
from generator.collection.summary import Figure, ReportSummary, summarise
from generator.finding import Finding
from generator.forms import declared
from generator.forms.model import Form
from generator.pipeline.output_folder import Stage, Staged, StageWriter, apart
from generator.pipeline.record import input_paths, proving, result_json, salt, stamps
from generator.pipeline.request import BuildResult, Request
from generator.report.entry import TOGETHER, LoadedReport, ReportRef, read_entry
from generator.rules.runner import (
    COLLECTION_IDS,
    accept,
    check_collection,
    check_entries,
    check_policy,
    prepare,
    strict,
)
from generator.website.downloads import tables_csv
from generator.website.downloads.datapackage import datapackage
from generator.website.pages import Renderer
from generator.website.theme import load_theme

_BATCH = 24
_PARALLEL_FROM = 64
_RARELY = 100_000


@contextmanager
def _unhurried() -> Iterator[None]:
    """Reports leave no cycles behind; looking for some after every 700 objects costs a tenth of a build."""
    usual = gc.get_threshold()
    gc.set_threshold(_RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


# Names of part files, which _collection joins.
_CELLS, _INDICATORS = "cells", "indicators"


class Batch(NamedTuple):
    """What is kept of a batch: `summaries` without their indicators, which stay behind in the part files `part`."""

    summaries: list[ReportSummary]
    findings: list[Finding]
    gathered: CollectionFacts
    staged: Staged
    part: str
    reports: int


class Taken(NamedTuple):
    """A report that was read, None where it could not be; what rules may know besides; what is wrong with its files."""

    entry: LoadedReport | None
    context: Context
    slips: list[Finding]


class Worker:
    """Does reports; forked once, so settings, formats and templates are read once."""

    def __init__(
        self,
        job: Request,
        settings: Settings,
        forms: Sequence[Form],
        refs: Sequence[ReportRef],
        hand: StageWriter | None,
    ) -> None:
        self.job, self.forms, self.hand = job, forms, hand
        self.context = context_of(settings, forms)
        self.ways = load.ways(settings)
        self.parents = {organ.parent for organ in settings.organs}
        self.renderer = Renderer(load_theme(), settings, refs, declared.trends(forms)) if hand else None

    def batch(self, number: int, refs: Sequence[ReportRef]) -> Batch:
        out = Batch([], [], CollectionFacts(), Staged([], 0), f"{number:06d}", len(refs))
        rows: list[bytes] = []
        before: LoadedReport | None = None
        for at in range(0, len(refs), TOGETHER):
            taken = self.take(refs[at : at + TOGETHER], before)
            before = taken[-1].entry
            told = iter(check_entries([(item.entry, item.context) for item in taken if item.entry]))
            for entry, context, slips in taken:
                found = accept(entry, slips + next(told), context) if entry else slips
                out.findings.extend(found)
                if entry:
                    self.keep(entry, found, out, rows)
        if self.hand is None:
            return out
        self.hand.append(f"{_CELLS}-{out.part}", b"".join(rows))
        self.organs(out.part, out.summaries)
        return out._replace(
            summaries=[summary._replace(indicators=()) for summary in out.summaries], staged=self.hand.take()
        )

    def take(self, refs: Sequence[ReportRef], before: LoadedReport | None) -> list[Taken]:
        """Reads reports and copies their pictures; `before` is what was read last."""
        out: list[Taken] = []
        for ref in refs:
            if before and before.ref[:2] != (ref.year - 1, ref.organ):
                before = None
            entry, slips = read_entry(
                ref, load.files(self.job.content, ref), self.forms, before.report if before else None, self.ways
            )
            for name, data, more in load.pictures(self.job.content, ref, entry.prose.pictures if entry else ()):
                slips += more
                if data is not None and self.hand:
                    self.hand.put(f"{ref.folder}/{name}", data)
            out.append(Taken(entry, self.context._replace(previous=before), slips))
            before = entry
        return out

    def organs(self, part: str, summaries: Sequence[ReportSummary]) -> None:
        """All that wants the indicators of reports, while they are at hand: the pages of organs, and their rows for the collection."""
        assert self.renderer and self.hand
        rows: list[str] = []
        for organ, own in groupby(summaries, lambda summary: summary.organ):
            reports = list(own)
            page = self.renderer.organ_page(reports)
            self.hand.put(page.path, page.data)
            name = self.context.organs[organ].name if organ in self.context.organs else organ
            rows += [tables_csv.indicator_rows(s.year, organ, name, s.indicators) for s in reports]
        self.hand.append(f"{_INDICATORS}-{part}", "".join(rows).encode())

    def keep(self, entry: LoadedReport, found: Sequence[Finding], out: Batch, rows: list[bytes]) -> None:
        """What is kept of a report, and its pages."""
        self.gather(out.gathered, entry)
        if self.renderer is None or self.hand is None:
            return
        summary = summarise(entry)
        out.summaries.append(summary)
        pages, part = self.renderer.report_pages(entry, summary, found)
        for page in pages:
            self.hand.put(page.path, page.data)
        rows.append(part)

    def gather(self, gathered: CollectionFacts, entry: LoadedReport) -> None:
        organ = self.context.organs.get(entry.ref.organ)
        waiting = tuple(item for item in entry.report.acceptances if item.rule in COLLECTION_IDS)
        gather(gathered, entry, organ.parent if organ else "", entry.ref.organ in self.parents, waiting)


_worker: Worker | None = None


def _start(
    job: Request, settings: Settings, forms: Sequence[Form], refs: Sequence[ReportRef], hand: StageWriter | None
) -> Worker:
    global _worker
    if multiprocessing.parent_process():
        gc.set_threshold(_RARELY)
    _worker = Worker(job, settings, forms, refs, hand)
    return _worker


def _run(task: tuple[int, list[ReportRef]]) -> Batch:
    assert _worker is not None
    return _worker.batch(*task)


def _tasks(refs: Sequence[ReportRef]) -> Iterator[tuple[int, list[ReportRef]]]:
    """Whole organs together, at least _BATCH reports a task."""
    number = 0
    task: list[ReportRef] = []
    for ref in refs:
        if len(task) >= _BATCH and task[-1].organ != ref.organ:
            yield number, task
            number, task = number + 1, []
        task.append(ref)
    if task:
        yield number, task


def _batches(
    job: Request,
    settings: Settings,
    forms: Sequence[Form],
    refs: Sequence[ReportRef],
    hand: StageWriter | None,
    advance: Callable[[int], None],
) -> Iterator[Batch]:
    """Batches in order, from this process or from several, with the same result."""
    workers = job.jobs or min(os.cpu_count() or 1, 8)
    arguments = (job, settings, forms, refs, hand)
    if workers < 2 or len(refs) < _PARALLEL_FROM:
        _start(*arguments)
        for task in _tasks(refs):
            yield _run(task)
            advance(len(task[1]))
        return
    forks = sys.platform.startswith("linux")
    context = multiprocessing.get_context("fork" if forks else "spawn")
    if forks:  # templates, lists and patterns are made once, before, and shared
        worker = _start(*arguments)
        prepare(worker.context, worker.ways)
    with context.Pool(workers, None if forks else _start, () if forks else arguments) as pool:
        for batch in pool.imap(_run, _tasks(refs)):
            yield batch
            advance(batch.reports)


@_unhurried()
def run(job: Request, output: Path | None, advance: Callable[[int], None] = lambda _: None) -> BuildResult:
    """Check everything; with `output`, also build, unless there are errors. Raises UserError,
    the old site whole."""
    forms = declared.forms()
    settings, findings = load.settings(job.content, job.base_url)
    findings += check_policy(settings)
    refs, slips = load.scan(job.content)
    findings += slips
    gathered = CollectionFacts()
    if output is None:
        for batch in _batches(job, settings, forms, refs, None, advance):
            findings += batch.findings
            gathered.merge(batch.gathered)
        return BuildResult(
            _final(job, findings + check_collection(gathered, context_of(settings, forms))), None, len(refs)
        )
    apart(output, job.content)
    started = time.time_ns()
    inputs = proving(stamps(input_paths(job.content)), started)
    with Stage(output) as stage:
        summaries: list[ReportSummary] = []
        shared: dict[Figure, Figure] = {}
        parts: list[str] = []
        for batch in _batches(job, settings, forms, refs, stage.hand(), advance):
            summaries += [_small(summary, shared) for summary in batch.summaries]
            findings += batch.findings
            gathered.merge(batch.gathered)
            parts.append(batch.part)
            stage.claim(batch.staged)
        findings = _final(job, findings + check_collection(gathered, context_of(settings, forms)))
        if any(finding.blocking for finding in findings):
            return BuildResult(
                findings, None, len(summaries)
            )  # a site with known errors never takes the old one's place
        for page in _rest(settings, forms, refs, summaries, findings):
            stage.put(*page)
        _collection(stage.hand(), parts)
        written = stage.commit(salt(job), inputs, result_json(findings, len(summaries)))
    return BuildResult(findings, written, len(summaries))


class Whole(NamedTuple):
    """All reports together, for whoever asks about sums."""

    gathered: CollectionFacts
    context: Context


@_unhurried()
def gathered(job: Request) -> Whole:
    """Read everything, check nothing. Raises UserError."""
    forms = declared.forms()
    settings, _ = load.settings(job.content, job.base_url)
    whole = CollectionFacts()
    for batch in _batches(job, settings, forms, load.scan(job.content)[0], None, lambda _: None):
        whole.merge(batch.gathered)
    return Whole(whole, context_of(settings, forms))


def _final(job: Request, findings: list[Finding]) -> list[Finding]:
    return strict(findings) if job.strict else findings


def _rest(
    settings: Settings,
    forms: Sequence[Form],
    refs: Sequence[ReportRef],
    summaries: Sequence[ReportSummary],
    findings: Sequence[Finding],
) -> Iterator[tuple[str, bytes]]:
    """Assets, listings and the small data files."""
    renderer = Renderer(load_theme(), settings, refs, declared.trends(forms))
    yield from renderer.assets()
    yield from renderer.listing_pages(summaries, findings)
    title = settings.values.get("网站名称", "") + settings.values.get("栏目名称", "")
    yield "data/datapackage.json", datapackage("zhengfu-xinxi-gongkai-nianbao", title)


def _small(summary: ReportSummary, shared: dict[Figure, Figure]) -> ReportSummary:
    """A summary that shares its figures with those before it: most reports say the same few small numbers."""
    return summary._replace(figures=tuple([shared.setdefault(figure, figure) for figure in summary.figures]))


def _collection(hand: StageWriter, parts: Sequence[str]) -> None:
    """data/reports.csv and data/indicators.csv from the workers' parts, without passing through memory."""
    for path, name, header in (
        ("data/reports.csv", _CELLS, tables_csv.COLLECTION_HEADER),
        ("data/indicators.csv", _INDICATORS, tables_csv.INDICATOR_HEADER),
    ):
        hand.append(name, tables_csv.line(header).encode())
        hand.join(path, [name, *(f"{name}-{part}" for part in parts)])
