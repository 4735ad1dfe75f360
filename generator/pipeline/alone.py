"""One process beside a pool, for tasks that another may have died of.

No thread serves it: a pool can be forked after it without a thread of this process being caught in the middle of
something, and forked it is there at once, while a process started anew takes as long as a small build.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from typing import Any

from generator.pipeline.worker import Batch, Setup, Task
from generator.pipeline.worker_process import serve
from generator.readers.children import interrupts_held


class Alone:
    """Works through tasks one after the other, a report at a time; `in_hand` is where the process writes which.

    `setup` is None where the process is forked with a worker in it. `look` must be called now and then: only then are
    results taken and tasks handed over."""

    def __init__(self, context: BaseContext, setup: Setup | None, in_hand: Any) -> None:
        self._pipe, its = context.Pipe()
        self._process: Any = context.Process(target=serve, args=(its, setup, in_hand), daemon=True)  # type: ignore[attr-defined]
        with interrupts_held():
            self._process.start()
        its.close()  # or its end would not be noticed
        self._waiting: deque[tuple[Task, Future[Batch]]] = deque()
        self._at: Future[Batch] | None = None

    def submit(self, task: Task) -> Future[Batch]:
        future: Future[Batch] = Future()
        self._waiting.append((task, future))
        self.look()
        return future

    def look(self) -> None:
        """Takes the result that is there, and hands over the next task. Where the process has died, what it was at and
        what waits for it ends in BrokenProcessPool."""
        try:
            if self._at is not None and self._pipe.poll():
                answer = self._pipe.recv()
                future, self._at = self._at, None
                if isinstance(answer, Exception):
                    future.set_exception(answer)
                else:
                    future.set_result(answer)
            if self._at is None and self._waiting:
                task, self._at = self._waiting.popleft()
                self._pipe.send(task)
        except (EOFError, OSError) as error:
            self._fail(error)

    def end(self) -> None:
        """Ends the process at once."""
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def _fail(self, error: Exception) -> None:
        left = [self._at] if self._at else []
        for future in (*left, *(future for _, future in self._waiting)):
            broken = BrokenProcessPool("the process died")
            broken.__cause__ = error
            future.set_exception(broken)
        self._waiting.clear()
        self._at = None
