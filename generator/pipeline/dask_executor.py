"""Runs batches on a Dask cluster: content folder and output folder lie on a file system that all machines share.

A batch whose worker is lost is done again by another one. Few batches are under way at a time and each result is let go
as soon as it is taken, so that this process never holds more than a few of them."""

from __future__ import annotations

import dataclasses
import logging
import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack
from functools import partial
from importlib import import_module
from threading import Lock
from typing import Any
from uuid import uuid4

from generator.finding import Message, UserError
from generator.pipeline.worker import Batch, Setup, Task, Worker

_AHEAD = 3  # batches under way for each worker
_AGAIN = 3  # times a batch is asked for again
_WAIT = 30  # seconds until a scheduler must have answered
_workers: dict[str, Worker] = {}
_one_at_a_time = Lock()


class Dask:
    """Gives batches to the workers of a scheduler: `tcp://host:8786`, or `local:N` for N processes of this machine."""

    def __init__(self, scheduler: str) -> None:
        self.scheduler = scheduler

    def batches(self, setup: Setup, tasks: Iterator[Task]) -> Iterator[Batch]:
        """Yields the batches in order. Raises UserError where there is no cluster, or it loses a batch again and
        again."""
        office = dataclasses.replace(setup.office, content=setup.office.content.absolute())
        with ExitStack() as stack:
            client = self._client(stack)
            token = uuid4().hex
            everywhere = dataclasses.replace(setup, office=office)
            shared = client.scatter(everywhere, broadcast=True, hash=False)
            ahead = _AHEAD * max(1, len(client.scheduler_info()["workers"]))
            waiting: deque[tuple[Task, Any]] = deque()
            again = partial(client.submit, work, everywhere, token, pure=False)
            for task in tasks:
                waiting.append((task, client.submit(work, shared, token, task, pure=False)))
                if len(waiting) >= ahead:
                    yield _taken(*waiting.popleft(), again)
            while waiting:
                yield _taken(*waiting.popleft(), again)

    def _client(self, stack: ExitStack) -> Any:
        """Connects to the scheduler, or starts a cluster on this machine that ends with the stack."""
        try:
            distributed: Any = import_module("distributed")
        except ImportError:
            message = Message(
                "没有安装 Dask：请先 pip install 'nianbao[scale]'",
                "Dask is not installed; first run pip install 'nianbao[scale]'",
            )
            raise UserError(message) from None
        for name in ("distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # a lost worker is no matter for the user
        address: Any = self.scheduler
        if self.scheduler.startswith("local:"):
            number = int(self.scheduler.removeprefix("local:"))
            options = {"dashboard_address": None, "memory_limit": 0, "silence_logs": logging.CRITICAL}
            address = stack.enter_context(
                distributed.LocalCluster(n_workers=number, threads_per_worker=1, processes=True, **options)
            )
        try:
            return stack.enter_context(distributed.Client(address, timeout=_WAIT, set_as_default=False))
        except OSError:
            message = Message(
                f"连不上 Dask 调度器“{self.scheduler}”：请看它是否在运行、地址是否写对",
                f"cannot reach the Dask scheduler “{self.scheduler}”: see whether it runs and the address is right",
            )
            raise UserError(message) from None


def _taken(task: Task, future: Any, again: Callable[[Task], Any]) -> Batch:
    """Takes a result. One that was done, but died with its worker before it was fetched, is cancelled by Dask: it is
    asked for `again`. Raises UserError where that is so several times."""
    lost: Any = import_module("distributed").KilledWorker
    try:
        for _ in range(_AGAIN):
            try:
                batch: Batch = future.result()
                break
            except CancelledError:
                future = again(task)
        else:
            batch = future.result()
    except (lost, CancelledError) as error:
        message = Message(
            "同一批报告几次丢失了处理它的进程，多半是内存不足：请给每个 Dask worker 多一些内存再试",
            "one batch of reports lost its worker several times, probably out of memory: give each Dask worker more",
        )
        raise UserError(message) from error
    future.release()
    return batch


def work(setup: Setup, token: str, task: Task) -> Batch:
    """Works through one batch in a process of the cluster, which keeps its worker from batch to batch."""
    with _one_at_a_time:  # a process may have several threads, or still be at a batch that another one does again
        if token not in _workers:
            _workers.clear()
            _workers[token] = setup.worker()
        worker = _workers[token]
        if worker.writer is not None:
            worker.writer.start_again()  # a lost process may have staged some of the files before
            worker.writer.take()
        return worker.check(task.number, task.refs)


def check_scheduler(text: str) -> str:
    """Returns an address of a scheduler as typed, by default one process for each processor. Raises ValueError."""
    if not text:
        return f"local:{os.cpu_count() or 1}"
    kind, _, number = text.partition(":")
    if kind == "local" and not (number.isascii() and number.isdecimal() and 0 < int(number) <= 1024):
        raise ValueError(text)
    return text
