"""The process beside a pool; what it is for is tried in test_processes.py."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import pytest

from generator.pipeline import worker_process
from generator.pipeline.alone import Alone
from generator.pipeline.worker import Task

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks, to have the patches")


def worked(task: Task) -> Any:
    if task.number == 9:
        os.kill(os.getpid(), signal.SIGKILL)
    if task.number == 5:
        raise OSError(28, "示例")
    return task.number


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Alone]:
    monkeypatch.setattr(worker_process, "start", lambda *_: None)
    monkeypatch.setattr(worker_process, "work", worked)
    made = Alone(multiprocessing.get_context("fork"), None, None)
    yield made
    made.end()


def outcome(alone: Alone, future: Future[Any]) -> Any:
    end = time.monotonic() + 20
    while not future.done() and time.monotonic() < end:
        alone.look()
        time.sleep(0.01)
    return future.exception(0) or future.result(0)


def test_tasks_are_done_in_turn_and_what_goes_wrong_in_one_is_handed_over(alone: Alone) -> None:
    threads = threading.active_count()
    futures = [alone.submit(Task(number, [])) for number in (1, 5, 2)]
    assert outcome(alone, futures[2]) == 2 and outcome(alone, futures[0]) == 1
    error = outcome(alone, futures[1])
    assert isinstance(error, OSError) and error.errno == 28
    assert threading.active_count() == threads


def test_a_death_ends_what_was_in_hand_and_what_waited(alone: Alone) -> None:
    futures = [alone.submit(Task(number, [])) for number in (1, 9, 2)]
    assert isinstance(outcome(alone, futures[1]), BrokenProcessPool)
    assert isinstance(outcome(alone, futures[2]), BrokenProcessPool) and outcome(alone, futures[0]) == 1
