"""What happens in a worker process: it is made ready once, then works through tasks and says which it is at."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.sharedctypes import RawArray
from typing import Any, NamedTuple

from generator.pipeline.worker import RARELY, Batch, Setup, Task, Worker
from generator.readers.children import leave_interrupts

_DIE_WITH_PARENT = 1  # prctl's PR_SET_PDEATHSIG


_worker: Worker | None = None
_seat: Seat | None = None


class Seats:
    """An array in which every process of a pool writes its number and that of the task that it is at."""

    def __init__(self, context: BaseContext, number: int) -> None:
        self._array, self._taken = RawArray(ctypes.c_int64, 2 * number), context.Value("i", 0)

    def take(self) -> Seat:
        """Takes a place for this process."""
        with self._taken.get_lock():
            place = 2 * self._taken.value % len(self._array)
            self._taken.value += 1
        self._array[place], self._array[place + 1] = os.getpid(), -1
        return Seat(self._array, place + 1)

    def tasks(self) -> dict[int, int]:
        """The task that each process is at or was at last, by its number."""
        return dict(zip(self._array[::2], self._array[1::2], strict=True))


class Seat(NamedTuple):
    """Where one process writes the number of its task."""

    array: Any
    place: int


def start(setup: Setup | None, seats: Seats | None = None, in_hand: Any = None) -> None:
    """Makes a worker process ready. `setup` is None where the process was forked with a worker in it; `in_hand` is
    where it writes the report that it is working on."""
    global _worker, _seat
    leave_interrupts()
    _die_with_parent()
    gc.set_threshold(RARELY)
    gc.freeze()  # what a process begins with stays: looking at it for garbage would copy all of its memory
    _seat = seats.take() if seats else None
    if setup is not None:
        _worker = setup.worker()
    if _worker is not None and in_hand is not None:
        _worker.one_by_one(in_hand)


def _die_with_parent() -> None:
    """Has this process ended as soon as the one that started it is gone; ends it where that is so already."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent is not None and os.getppid() != parent.pid:  # it died before this process could ask to be told
        os._exit(1)


def work(task: Task) -> Batch:
    """Works through a batch in the process that `start` made ready."""
    assert _worker is not None
    if _seat is not None:
        _seat.array[_seat.place] = task.number
    return _worker.check(task.number, task.refs)


def prepare_fork(setup: Setup) -> None:
    """Makes the worker that forked processes will have, with what it shares with them: templates, lists, patterns."""
    global _worker
    _worker = setup.worker()
    setup.office.words.look("")


def serve(pipe: Connection, setup: Setup | None, in_hand: Any) -> None:
    """Works through the tasks that come through a pipe, one report at a time, until the pipe is closed; answers each
    with its batch or with what went wrong."""
    start(setup, None, in_hand)
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        try:
            answer: Batch | Exception = work(task)
        except Exception as error:
            answer = error
        pipe.send(answer)
