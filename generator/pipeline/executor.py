"""Runs batches of reports in this process or in several, in order and with the same result."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from generator.collection.office import Office
from generator.pipeline.request import Request
from generator.pipeline.stage_writer import StageWriter
from generator.pipeline.worker import RARELY, Batch, Setup, Task, Worker
from generator.report.entry import ReportRef

_BATCH = 24
_PARALLEL_FROM = 64


@contextmanager
def rare_collections() -> Iterator[None]:
    """Collects garbage rarely: reports leave no cycles behind, and looking for some after every 700 objects costs a
    tenth of a build."""
    usual = gc.get_threshold()
    gc.set_threshold(RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


class Executor(Protocol):
    """Works through tasks, in whatever processes, and yields their batches in order; the result is always the same."""

    def batches(self, setup: Setup, tasks: Iterator[Task]) -> Iterator[Batch]: ...


class Serial:
    """Works in this process, with a worker that is at hand or one of its own."""

    def __init__(self, worker: Worker | None = None) -> None:
        self.worker = worker

    def batches(self, setup: Setup, tasks: Iterator[Task]) -> Iterator[Batch]:
        worker = self.worker or setup.worker()
        worker.writer = setup.writer
        yield from (worker.check(task.number, task.refs) for task in tasks)


class Processes:
    """Works in several processes of this machine."""

    def __init__(self, number: int) -> None:
        self.number = number

    def batches(self, setup: Setup, tasks: Iterator[Task]) -> Iterator[Batch]:
        from generator.pipeline.processes import Crew

        try:
            crew = Crew(setup, self.number)
        except OSError:  # no memory to share (/dev/shm is missing or read-only): the result is the same, only later
            yield from Serial().batches(setup, tasks)
            return
        try:
            yield from crew.batches(tasks)
        finally:
            crew.end()


def executor_for(request: Request, reports: int, worker: Worker | None = None) -> Executor:
    """Makes the executor that is asked for; a `worker` may be at hand."""
    if request.executor == "dask":
        from generator.pipeline.dask_executor import Dask

        return Dask(request.scheduler)
    if request.executor == "serial":
        return Serial()
    if request.executor == "processes":
        return Processes(request.jobs or os.cpu_count() or 1)
    return automatic(request.jobs, reports, worker)


def automatic(jobs: int, reports: int, worker: Worker | None = None) -> Executor:
    """Chooses by the work there is: `jobs` is the number of processes, 0 for as many as there are processors, up to 8;
    few reports are worked through in this process, by the `worker` that is at hand."""
    workers = jobs or min(os.cpu_count() or 1, 8)
    return Serial(worker) if workers < 2 or reports < _PARALLEL_FROM else Processes(workers)


def _tasks(refs: Sequence[ReportRef]) -> Iterator[Task]:
    """Groups reports into tasks of whole organs, at least _BATCH reports each."""
    number = 0
    refs_of_task: list[ReportRef] = []
    for ref in refs:
        if len(refs_of_task) >= _BATCH and refs_of_task[-1].organ != ref.organ:
            yield Task(number, refs_of_task)
            number, refs_of_task = number + 1, []
        refs_of_task.append(ref)
    if refs_of_task:
        yield Task(number, refs_of_task)


def run_batches(
    office: Office,
    refs: Sequence[ReportRef],
    writer: StageWriter | None = None,
    executor: Executor | None = None,
    advance: Callable[[int], None] = lambda _: None,
    preview: bool = False,
) -> Iterator[Batch]:
    """Yields the batches of all reports in order; the executor is chosen by their number where none is given.

    `advance` is called with the number of reports done. Raises UserError where processes die again and again."""
    if not refs:
        return
    for batch in (executor or automatic(0, len(refs))).batches(Setup(office, refs, writer, preview), _tasks(refs)):
        yield batch
        advance(batch.reports)
