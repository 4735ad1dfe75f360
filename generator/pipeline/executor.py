"""Runs batches of reports in this process or in several, in order and with the same result.

A worker process that dies (out of memory, killed) is noticed: what was in hand is tried once more by a process of its
own, and where that dies too the run ends with a sentence that names the report in hand.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.context import BaseContext
from multiprocessing.sharedctypes import RawArray
from typing import Any, NamedTuple, Protocol

from generator.collection.office import Office
from generator.finding import Message, UserError
from generator.pipeline.stage_writer import StageWriter
from generator.pipeline.worker import Batch, Worker
from generator.report.entry import ReportRef

_BATCH = 24
_PARALLEL_FROM = 64
_RARELY = 100_000
_AHEAD = 3  # tasks given to each process before the first is done: results that wait are held in memory
_POOLS = 2  # how often several processes are begun with
_LOOK = 0.5  # seconds after which it is looked whether the processes live
_DIE_WITH_PARENT = 1  # prctl's PR_SET_PDEATHSIG


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


class Executor(Protocol):
    """Works through tasks, in whatever processes, and yields their batches in order; the result is always the same."""

    def batches(self, setup: Setup, tasks: Iterator[Task]) -> Iterator[Batch]: ...


class Serial:
    """Works in this process."""

    def batches(self, setup: Setup, tasks: Iterator[Task]) -> Iterator[Batch]:
        global _worker
        _worker = setup.worker()
        yield from map(_work, tasks)


class Processes:
    """Works in several processes of this machine."""

    def __init__(self, number: int) -> None:
        self.number = number

    def batches(self, setup: Setup, tasks: Iterator[Task]) -> Iterator[Batch]:
        yield from _in_processes(setup, tasks, self.number)


def automatic(jobs: int, reports: int) -> Executor:
    """Chooses by the work there is: `jobs` is the number of processes, 0 for as many as there are processors, up to 8;
    few reports are worked through in this process."""
    workers = jobs or min(os.cpu_count() or 1, 8)
    return Serial() if workers < 2 or reports < _PARALLEL_FROM else Processes(workers)


_worker: Worker | None = None


def _start(setup: Setup | None, in_hand: Any = None) -> None:
    """Makes a worker process ready. `setup` is None where the process was forked with a worker in it; `in_hand` is
    where it writes the report that it is working on."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    gc.set_threshold(_RARELY)
    if setup is not None:
        _worker = setup.worker()
    if _worker is not None and in_hand is not None:
        _worker.one_by_one(in_hand)


def _work(task: Task) -> Batch:
    assert _worker is not None
    return _worker.check(task.number, task.refs)


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

    `advance` is called with the number of reports done. Raises UserError where a process dies twice at the same
    report."""
    if not refs:
        return
    for batch in (executor or automatic(0, len(refs))).batches(Setup(office, refs, writer, preview), _tasks(refs)):
        yield batch
        advance(batch.reports)


def _in_processes(setup: Setup, tasks: Iterator[Task], workers: int) -> Iterator[Batch]:
    """Yields the batches in order, worked through by several processes. Where one dies, the batches that were in hand
    are tried once more, alone, and others go on with the rest; after a second death all of the rest is done alone."""
    for _ in range(_POOLS):
        lost = yield from _together(setup, tasks, workers)
        if not lost:
            return
        yield from _alone(setup, lost)
    yield from _alone(setup, ((task, None) for task in tasks))


def _together(
    setup: Setup, tasks: Iterator[Task], workers: int
) -> Generator[Batch, None, list[tuple[Task, Future[Batch]]]]:
    """Yields batches until all are done or a process dies; returns those in hand then."""
    global _worker
    forks = sys.platform.startswith("linux")
    context = multiprocessing.get_context("fork" if forks else "spawn")
    if forks:  # templates, lists and patterns are made once, before, and shared
        _worker = setup.worker()
        setup.office.words.look("")
    pool = ProcessPoolExecutor(workers, context, _start, (None if forks else setup,))
    waiting: deque[tuple[Task, Future[Batch]]] = deque()
    try:
        for task in tasks:
            waiting.append((task, _submit(pool, task)))
            if len(waiting) >= _AHEAD * workers:
                yield _result(pool, waiting[0][1])
                waiting.popleft()
        while waiting:
            yield _result(pool, waiting[0][1])
            waiting.popleft()
    except BrokenProcessPool:
        _end(pool)
        return list(waiting)
    except BaseException:
        _end(pool)
        raise
    pool.shutdown()
    return []


def _submit(pool: ProcessPoolExecutor, task: Task) -> Future[Batch]:
    try:
        return pool.submit(_work, task)
    except BrokenProcessPool as error:  # is told when its turn comes
        future: Future[Batch] = Future()
        future.set_exception(error)
        return future


def _result(pool: ProcessPoolExecutor, future: Future[Batch]) -> Batch:
    """Waits for a result; raises BrokenProcessPool where a process died.

    The pool itself notices that, but not while it reads the half of a result that a dead process left behind: it would
    wait for ever, so the processes are looked at here as well."""
    died = False
    while not wait([future], _LOOK).done:
        if died:
            raise BrokenProcessPool("a process died while it handed over a result")
        died = any(process.exitcode is not None for process in list((pool._processes or {}).values()))
    return future.result()


def _end(pool: ProcessPoolExecutor) -> None:
    """Ends every process of a pool at once, whatever it is doing. Then its pipes are closed: its thread may be in the
    middle of reading from one of them, and Python waits for that thread at its end."""
    processes = list((pool._processes or {}).values())
    queues = (getattr(pool, "_result_queue", None), "_writer"), (getattr(pool, "_call_queue", None), "_reader")
    ends = [getattr(queue, end) for queue, end in queues if queue]
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.kill()
    for process in processes:
        process.join()
    for end in ends:
        end.close()


def _alone(setup: Setup, tasks: Iterable[tuple[Task, Future[Batch] | None]]) -> Iterator[Batch]:
    """Works through batches in one process that does a report at a time, except those that are done already."""
    context: BaseContext = multiprocessing.get_context("spawn")
    in_hand = RawArray(ctypes.c_char, 512)
    if setup.writer is not None:
        setup.writer.start_again()
    pool = ProcessPoolExecutor(1, context, _start, (setup, in_hand))
    try:
        for task, future in tasks:
            done = future is not None and future.done() and not future.cancelled() and not future.exception()
            yield future.result() if future and done else _result(pool, pool.submit(_work, task))
    except BrokenProcessPool as error:
        folder = in_hand.value.decode("utf-8", "replace") or "?"
        raise UserError(
            Message(
                f"处理“{folder}”的进程两次意外中止，多半是内存不足：请看这份报告的文件是否特别大，或关掉别的程序再试",
                f"the process working on “{folder}” died twice, probably out of memory: see whether its files are "
                "very large, or close other programs and try again",
            )
        ) from error
    finally:
        _end(pool)
