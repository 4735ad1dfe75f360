"""Works through batches of reports in several processes of this machine, in order.

A process that dies (out of memory, killed) is noticed. What it was at is tried once more by a process of its own, while
new processes go on with the rest; where that one dies too, or a third process dies elsewhere, the run ends with a
sentence that names the report in hand.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import signal
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.context import BaseContext
from multiprocessing.sharedctypes import RawArray
from typing import Any

from generator.finding import Message, UserError
from generator.pipeline.alone import Alone
from generator.pipeline.worker import Batch, Setup, Task
from generator.pipeline.worker_process import Seats, prepare_fork, start, work
from generator.readers.children import interrupts_held

_AHEAD = 3  # tasks given to each process before the first is done: results that wait are held in memory
_DEATHS = 3  # so many deaths end a run
_LOOK = 0.5  # seconds after which it is looked whether the processes live
_SOON = 0.02  # seconds between two looks at the process of its own


@dataclass
class Given:
    """A task that was given to a pool; `alone` where that is the process of its own."""

    task: Task
    future: Future[Batch]
    alone: bool = False

    @property
    def died_alone(self) -> bool:
        """Tells whether its own process died of it, and not one of the pool meanwhile."""
        return self.alone and self.future.done() and isinstance(self.future.exception(), BrokenProcessPool)

    @property
    def done(self) -> bool:
        return self.future.done() and not self.future.cancelled() and not self.future.exception()


class Crew:
    """The processes that work through one run: a pool, and after a death one process for what was in hand then."""

    def __init__(self, setup: Setup, workers: int) -> None:
        self._setup, self._workers, self._deaths = setup, workers, 0
        self._given: deque[Given] = deque()
        self._in_hand = RawArray(ctypes.c_char, 512)
        self._alone: Alone | None = None
        self._open()

    def batches(self, tasks: Iterator[Task]) -> Iterator[Batch]:
        """Yields the batches in order. Raises UserError where processes die again and again."""
        for task in tasks:
            self._given.append(Given(task, _submit(self._pool, task)))
            if len(self._given) >= _AHEAD * self._workers:
                yield self._next()
        while self._given:
            yield self._next()
        self._pool.shutdown()

    def end(self) -> None:
        """Ends every process at once."""
        _end(self._pool)
        if self._alone is not None:
            self._alone.end()
            self._alone = None

    def _open(self) -> None:
        """Makes the pool. Forked processes share templates, lists and patterns, which are made once, before."""
        forks = sys.platform.startswith("linux")
        self._context: BaseContext = multiprocessing.get_context("fork" if forks else "spawn")
        if forks:
            prepare_fork(self._setup)
        self._given_to_processes = None if forks else self._setup
        self._seats = Seats(self._context, self._workers)
        start_with = (self._given_to_processes, self._seats)
        self._pool = ProcessPoolExecutor(self._workers, self._context, start, start_with)

    def _next(self) -> Batch:
        while True:
            given = self._given[0]
            try:
                batch = self._result(given.future)
            except BrokenProcessPool as error:
                if given.died_alone:
                    raise self._died_twice() from error
                self._replace(error)
            else:
                self._given.popleft()
                return batch

    def _result(self, future: Future[Batch]) -> Batch:
        """Waits for a result; raises BrokenProcessPool where a process died.

        A pool itself notices that, but not while it reads the half of a result that a dead process left behind: it
        would wait for ever, so the processes are looked at here as well. A second death at what is tried again ends
        the run, whatever is due before it."""
        died = False
        while not self._waited(future):
            for given in self._given:
                if given.died_alone:
                    raise self._died_twice()
            if died:
                raise BrokenProcessPool("a process died while it handed over a result")
            died = any(process.exitcode is not None for process in _of(self._pool))
        return future.result()

    def _waited(self, future: Future[Batch]) -> bool:
        """Waits for a result, at most for as long as the processes need not be looked at."""
        if self._alone is None:
            return bool(wait([future], _LOOK).done)
        end = time.monotonic() + _LOOK
        while not wait([future], _SOON).done and time.monotonic() < end:
            self._alone.look()
        return future.done()

    def _replace(self, error: BrokenProcessPool) -> None:
        """After a death: what was in hand is tried once more, alone; new processes go on with the rest."""
        self._deaths += 1
        suspects = self._suspects()
        self.end()
        if self._deaths >= _DEATHS:
            raise _died_often([given for given in self._given if given.task.number in suspects]) from error
        if self._deaths == _DEATHS - 1:  # memory for fewer, probably
            self._workers = max(1, self._workers // 2)
        if self._setup.writer is not None:
            self._setup.writer.start_again()
        self._open()
        left = [given for given in self._given if not given.done]
        for given in left:
            given.alone = given.alone or given.task.number in suspects
        if any(given.alone for given in left):  # before the pool has threads, of which a fork would copy the locks
            self._alone = Alone(self._context, self._given_to_processes, self._in_hand)
        for given in left:
            alone = self._alone if given.alone else None
            given.future = alone.submit(given.task) if alone else _submit(self._pool, given.task)

    def _suspects(self) -> set[int]:
        """The tasks that dead processes were at. The pool ends the others by SIGTERM, so those do not count, unless
        none died otherwise."""
        tasks, end = self._seats.tasks(), time.monotonic() + _LOOK
        while not (dead := [item.pid for item in _of(self._pool) if item.exitcode not in (None, 0, -signal.SIGTERM)]):
            if time.monotonic() > end:
                break
            time.sleep(0.01)  # the pool's thread may be about to learn how it ended
        return {tasks[pid] for pid in dead if pid in tasks} or set(tasks.values())

    def _died_twice(self) -> UserError:
        folder = self._in_hand.value.decode("utf-8", "replace") or "?"
        return UserError(
            Message(
                f"处理“{folder}”的进程两次意外中止，多半是内存不足：请看这份报告的文件是否特别大，或关掉别的程序再试",
                f"the process working on “{folder}” died twice, probably out of memory: see whether its files are "
                "very large, or close other programs and try again",
            )
        )


def _died_often(in_hand: Iterable[Given]) -> UserError:
    folder = next((given.task.refs[0].folder for given in in_hand), "?")
    return UserError(
        Message(
            f"处理报告的进程第{_DEATHS}次意外中止（这次在“{folder}”前后），多半是内存不足："
            "请关掉别的程序，或加 --jobs 1 再试",
            f"a process working on reports died for the {_DEATHS}rd time (now at “{folder}” or soon after), probably "
            "out of memory: close other programs, or try again with --jobs 1",
        )
    )


def _submit(pool: ProcessPoolExecutor, task: Task) -> Future[Batch]:
    try:
        with interrupts_held():  # the first task starts the processes
            return pool.submit(work, task)
    except BrokenProcessPool as error:  # is told when its turn comes
        future: Future[Batch] = Future()
        future.set_exception(error)
        return future


def _of(pool: ProcessPoolExecutor) -> list[Any]:
    """The processes of a pool."""
    return list((pool._processes or {}).values())


def _end(pool: ProcessPoolExecutor) -> None:
    """Ends every process of a pool at once, whatever it is doing. Then its pipes are closed: its thread may be in the
    middle of reading from one of them, or of writing to the other, and Python waits for that thread at its end."""
    processes, thread = _of(pool), getattr(pool, "_executor_manager_thread", None)
    results, calls = getattr(pool, "_result_queue", None), getattr(pool, "_call_queue", None)
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.kill()
    for process in processes:
        process.join()
    if results is not None:
        results._writer.close()
    if thread is not None:
        thread.join(_LOOK)  # it closes the other pipe itself, but in early releases of Python 3.11
        if thread.is_alive() and calls is not None:
            with suppress(OSError):
                calls._reader.close()
