"""Runs batches of reports in this process or in several, in order and with the same result."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

from generator.collection.office import Office
from generator.pipeline.stage_writer import StageWriter
from generator.pipeline.worker import Batch, Worker
from generator.report.entry import ReportRef

Step = Literal["check", "gather"]

_BATCH = 24
_PARALLEL_FROM = 64
_RARELY = 100_000


@contextmanager
def rare_collections() -> Iterator[None]:
    """Collects garbage rarely: reports leave no cycles behind, and looking for some after every 700 objects costs a
    tenth of a build."""
    usual = gc.get_threshold()
    gc.set_threshold(_RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


_worker: Worker | None = None


def _start(office: Office, refs: Sequence[ReportRef], writer: StageWriter | None, preview: bool) -> Worker:
    global _worker
    if multiprocessing.parent_process():
        gc.set_threshold(_RARELY)
    _worker = Worker(office, refs, writer, preview)
    return _worker


def _work(task: tuple[Step, int, list[ReportRef]]) -> Batch:
    assert _worker is not None
    step, number, refs = task
    return _worker.check(number, refs) if step == "check" else _worker.gather(number, refs)


def _tasks(step: Step, refs: Sequence[ReportRef]) -> Iterator[tuple[Step, int, list[ReportRef]]]:
    """Groups reports into tasks of whole organs, at least _BATCH reports each."""
    number = 0
    task: list[ReportRef] = []
    for ref in refs:
        if len(task) >= _BATCH and task[-1].organ != ref.organ:
            yield step, number, task
            number, task = number + 1, []
        task.append(ref)
    if task:
        yield step, number, task


def run_batches(
    step: Step,
    office: Office,
    refs: Sequence[ReportRef],
    writer: StageWriter | None = None,
    jobs: int = 0,
    advance: Callable[[int], None] = lambda _: None,
    preview: bool = False,
) -> Iterator[Batch]:
    """Yields the batches of all reports in order.

    `jobs` is the number of processes, 0 for as many as there are processors, up to 8; few reports are worked through in
    this process. `advance` is called with the number of reports done."""
    workers = jobs or min(os.cpu_count() or 1, 8)
    arguments = (office, refs, writer, preview)
    if workers < 2 or len(refs) < _PARALLEL_FROM:
        _start(*arguments)
        for task in _tasks(step, refs):
            yield _work(task)
            advance(len(task[2]))
        return
    forks = sys.platform.startswith("linux")
    context = multiprocessing.get_context("fork" if forks else "spawn")
    if forks:  # templates, lists and patterns are made once, before, and shared
        _start(*arguments)
        office.words.look("")
    with context.Pool(workers, None if forks else _start, () if forks else arguments) as pool:
        for batch in pool.imap(_work, _tasks(step, refs)):
            yield batch
            advance(batch.reports)
