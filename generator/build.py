"""One pass from content to site: read, check, render and stage each report, then put the whole site in place.

Reports stream through in batches of one organ's years; a worker keeps nothing of a report but its summary.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator import __version__, load
from generator.check import accept, check_entry, strict
from generator.derive import Summary, summarise
from generator.diagnostic import Finding
from generator.downloads import tables_csv
from generator.downloads.datapackage import datapackage
from generator.format import Form
from generator.library import Ref, read_entry
from generator.render import Renderer
from generator.rules.rule import Context
from generator.settings import Settings
from generator.write import Hand, Stage
from generator.write import Summary as Written

_BATCH = 24
_PARALLEL_FROM = 64


@dataclass(frozen=True, slots=True)
class Job:
    """What a build or a check was asked for."""

    content: Path
    base_url: str = ""
    jobs: int = 0
    strict: bool = False


class Batch(NamedTuple):
    summaries: list[Summary]
    findings: list[Finding]
    paths: list[str]
    part: str


class Outcome(NamedTuple):
    findings: list[Finding]
    written: Written | None
    reports: int


class Worker:
    """Does reports; forked once, so settings, formats and templates are read once."""

    def __init__(self, job: Job, settings: Settings, forms: Sequence[Form], refs: Sequence[Ref], hand: Hand | None) -> None:
        self.job, self.forms, self.hand = job, forms, hand
        self.context = Context(settings.historical_until)
        self.renderer = Renderer(load.theme(), settings, refs) if hand else None

    def batch(self, number: int, refs: Sequence[Ref]) -> Batch:
        done = Batch([], [], [], f".part-{number:06d}")
        rows: list[bytes] = []
        for ref in refs:
            self.report(ref, done, rows)
        if self.hand:
            self.hand.append(done.part, b"".join(rows))
        return done

    def report(self, ref: Ref, done: Batch, rows: list[bytes]) -> None:
        entry, findings = read_entry(ref, load.files(self.job.content, ref), self.forms)
        if entry is None:
            done.findings.extend(findings)
            return
        for name, data, slips in load.pictures(self.job.content, ref, entry.prose.pictures):
            findings += slips
            if data is not None and self.hand:
                path = f"{ref.folder}/{name}"
                self.hand.put(path, data)
                done.paths.append(path)
        findings = accept(entry, findings + check_entry(entry, self.context))
        done.findings.extend(findings)
        summary = summarise(entry)
        done.summaries.append(summary)
        if self.renderer and self.hand:
            pages, part = self.renderer.report_pages(entry, summary, findings)
            for page in pages:
                self.hand.put(page.path, page.data)
                done.paths.append(page.path)
            rows.append(part)


_worker: Worker | None = None


def _start(job: Job, settings: Settings, forms: Sequence[Form], refs: Sequence[Ref], hand: Hand | None) -> None:
    global _worker
    _worker = Worker(job, settings, forms, refs, hand)


def _run(task: tuple[int, list[Ref]]) -> Batch:
    assert _worker is not None
    return _worker.batch(*task)


def _tasks(refs: Sequence[Ref]) -> Iterator[tuple[int, list[Ref]]]:
    for number, first in enumerate(range(0, len(refs), _BATCH)):
        yield number, list(refs[first : first + _BATCH])


def _batches(
    job: Job, settings: Settings, forms: Sequence[Form], refs: Sequence[Ref], hand: Hand | None
) -> Iterator[Batch]:
    """Batches in order, from this process or from several, with the same result."""
    workers = job.jobs or min(os.cpu_count() or 1, 8)
    arguments = (job, settings, forms, refs, hand)
    if workers < 2 or len(refs) < _PARALLEL_FROM:
        _start(*arguments)
        yield from map(_run, _tasks(refs))
        return
    method = "fork" if sys.platform.startswith("linux") else "spawn"
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(workers, context, _start, arguments) as pool:
        yield from pool.map(_run, _tasks(refs))


def run(job: Job, output: Path | None, advance: Callable[[int], None] = lambda _: None) -> Outcome:
    """Check everything; with `output`, also build, unless there are errors. Raises ContentError or OutputError, the old site whole."""
    forms = load.forms()
    settings, findings = load.settings(job.content, job.base_url)
    refs, slips = load.scan(job.content)
    findings += slips
    if output is None:
        summaries, found, _, _ = _collect(_batches(job, settings, forms, refs, None), advance)
        return Outcome(_final(job, findings + found), None, len(summaries))
    with Stage(output) as stage:
        hand = stage.hand()
        summaries, found, paths, parts = _collect(_batches(job, settings, forms, refs, hand), advance)
        for path in paths:
            stage.claim([path])
        for page in _rest(settings, forms, refs, summaries):
            stage.put(*page)
            stage.claim([page[0]])
        _collection(stage, hand, parts)
        findings = _final(job, findings + found)
        if any(finding.blocking for finding in findings):
            return Outcome(findings, None, len(summaries))  # a site with known errors never takes the old one's place
        written = stage.commit(b"")
    return Outcome(findings, written, len(summaries))


def _final(job: Job, findings: list[Finding]) -> list[Finding]:
    return strict(findings) if job.strict else findings


def _collect(
    batches: Iterator[Batch], advance: Callable[[int], None]
) -> tuple[list[Summary], list[Finding], list[str], list[str]]:
    summaries: list[Summary] = []
    findings: list[Finding] = []
    paths: list[str] = []
    parts: list[str] = []
    for batch in batches:
        summaries += batch.summaries
        findings += batch.findings
        paths += batch.paths
        parts.append(batch.part)
        advance(len(batch.summaries))
    return summaries, findings, paths, parts


def _rest(settings: Settings, forms: Sequence[Form], refs: Sequence[Ref], summaries: Sequence[Summary]) -> Iterator[tuple[str, bytes]]:
    """Assets, listings and the small data files."""
    renderer = Renderer(load.theme(), settings, refs)
    yield from renderer.assets()
    yield from renderer.listing_pages(summaries)
    names = {organ.id: organ.name for organ in settings.organs}
    rows = (tables_csv.indicator_rows(s.year, s.organ, names.get(s.organ, s.organ), s.indicators) for s in summaries)
    yield "data/indicators.csv", (tables_csv.line(tables_csv.INDICATOR_HEADER) + "".join(rows)).encode()
    title = settings.values.get("网站名称", "") + settings.values.get("栏目名称", "")
    yield "data/datapackage.json", datapackage("zhengfu-xinxi-gongkai-nianbao", title)


def _collection(stage: Stage, hand: Hand, parts: Sequence[str]) -> None:
    """data/reports.csv from the workers' parts, without passing through memory."""
    head = ".part-head"
    hand.append(head, tables_csv.line(tables_csv.COLLECTION_HEADER).encode())
    hand.join("data/reports.csv", [head, *parts])
    stage.claim(["data/reports.csv"])


def salt(job: Job) -> bytes:
    """What besides the files decides the result."""
    said = repr((__version__, sys.version_info[:3], job.base_url, job.strict))
    return hashlib.sha256(said.encode()).digest()
