"""Works on each file in a supervised process: a hang, memory blow-up or crash fails that file only.

One worker takes file after file, so that small files do not pay for starting a process; a worker that died is replaced.
What is done with a file is the guard's `work`: reading it, or any other job that can be pickled.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Literal, NamedTuple, Self

from generator.finding import Message, UserError
from generator.readers.children import interrupts_held, leave_interrupts
from generator.readers.document import Limits, Unreadable
from generator.readers.open_file import read_path

Work = Callable[[Any, Limits], Any]
Method = Literal["fork", "spawn"]
_START = 60  # seconds a worker may take to get ready
_GRACE = 5  # seconds beyond the limit after which a worker whose parent is gone ends itself
_TICK = 0.2  # seconds between two checks
_JOBS = 300  # per worker, so that memory leaked by libraries does not add up


class _Answer(NamedTuple):
    """Holds what a job gave, or the reason why it gave nothing; `spent` when the worker must not do another.

    `asks` is an error that says what the user must add; it is raised again as it was."""

    result: Any
    why: Message | None = None
    asks: UserError | None = None
    spent: bool = False


class Guard:
    """Does jobs on files in a worker within `limits.seconds` and `limits.memory`; a context that leaves no process.

    `waiting` is called repeatedly meanwhile. `method` is how the worker starts; by default it is forked where that is
    safe (Linux, no other thread), else spawned.
    """

    def __init__(
        self, work: Work = read_path, method: Method | None = None, waiting: Callable[[], object] = lambda: None
    ) -> None:
        self._function, self._method, self.waiting = work, method, waiting
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._served = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> int | None:
        """End the worker, whatever it is doing; return its exit code (`Process.exitcode`) if it had already ended."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if pipe is not None:
            pipe.close()
        if process is None:
            return None
        process.join(0.2)
        ended = process.exitcode
        if ended is None:
            process.terminate()  # lets it end the processes it started
            process.join(2)
        if process.exitcode is None:
            process.kill()
        process.join()
        process.close()
        return ended

    def run(self, job: Any, limits: Limits) -> Any:
        """Do a job in the worker and return what it gives.

        Raises Unreadable for what cannot be read, exceeds the time or memory limit, or crashes the worker, and any
        other UserError that the job raises.
        """
        pipe = self._worker()
        try:
            pipe.send((job, limits))
            answer = self._answer(pipe, limits)
        except (EOFError, OSError):
            raise Unreadable(_crashed(self.close())) from None
        self._served += 1
        if answer.spent or self._served >= _JOBS:
            self.close()
        if answer.asks is not None:
            raise answer.asks
        if answer.why is not None:
            raise Unreadable(answer.why)
        return answer.result

    def _answer(self, pipe: Connection, limits: Limits) -> _Answer:
        end = time.monotonic() + limits.seconds
        while not pipe.poll(_TICK):
            self.waiting()
            if time.monotonic() < end:
                continue
            self.close()
            return _Answer(None, _timed_out(limits.seconds))
        answer: _Answer = pipe.recv()
        return answer

    def _worker(self) -> Connection:
        """Return the pipe to a worker that is ready; start one when needed."""
        if self._pipe is not None and self._process is not None and self._process.is_alive():
            return self._pipe
        self.close()
        forks = (self._method or _method()) == "fork"
        context = multiprocessing.get_context("fork") if forks else multiprocessing.get_context("spawn")
        pipe, worker_end = context.Pipe()
        process = context.Process(
            target=_work, args=(self._function, pipe, worker_end), daemon=True, name="nianbao-reader"
        )
        with interrupts_held():
            process.start()
        worker_end.close()
        self._process, self._pipe, self._served = process, pipe, 0
        with contextlib.suppress(EOFError, OSError):
            if pipe.poll(_START) and pipe.recv() == "ready":
                return pipe
        raise Unreadable(_crashed(self.close()))


def _method() -> Method:
    return "fork" if sys.platform.startswith("linux") and threading.active_count() == 1 else "spawn"


def _timed_out(seconds: int) -> Message:
    return Message(
        f"读了{seconds}秒还没有读完，已停止；"
        "请拆成几个文件，或换用同一报告的 Word、Excel 文件；确需久等请用 --max-seconds",
        f"reading took more than {seconds} s and was stopped; split the file, "
        "or use the Word or Excel file of the report; pass --max-seconds to wait longer",
    )


def _out_of_memory(size: int) -> Message:
    """Word the refusal of a file whose reading takes more than `size` bytes."""
    megabytes = size // 1_000_000
    return Message(
        f"读取它要用的内存超过{megabytes}MB，已停止；请拆成几个文件；确需导入请用 --max-memory",
        f"reading took more than {megabytes} MB of memory and was stopped; split the file, or pass --max-memory",
    )


def _crashed(code: int | None) -> Message:
    """Word the refusal of a file whose worker ended unexpectedly; `code` as in `Process.exitcode`."""
    zh, en = (f"（信号{-code}）", f" (signal {-code})") if code is not None and code < 0 else ("", "")
    return Message(
        f"读取程序中途退出{zh}：文件可能已损坏或过大，没有读取；请用原来的软件打开后另存一份再导入",
        f"the reading process crashed{en}; the file may be damaged or too large: "
        "open it in the program that made it, save a copy and import that copy",
    )


# ---------------------------------------------------------------- in the worker


def _work(work: Work, parent_end: Connection, pipe: Connection) -> None:
    """Do jobs until the parent is gone, to which Ctrl-C is left."""
    leave_interrupts()
    parent_end.close()
    signal.signal(signal.SIGTERM, _leave)
    with contextlib.suppress(EOFError, OSError):
        pipe.send("ready")
        while True:
            job, limits = pipe.recv()
            with _bounds(limits):
                answer = _sent(pipe, _serve(work, job, limits), limits)
            if answer.spent:
                return


def _leave(number: int, frame: object) -> None:
    sys.exit(128 + number)  # runs every `finally`, so that a converter it started ends too


def _sent(pipe: Connection, answer: _Answer, limits: Limits) -> _Answer:
    """Send an answer, or say that it is too large for the memory allowed."""
    try:
        pipe.send(answer)
    except MemoryError:
        answer = _Answer(None, _out_of_memory(limits.memory), spent=True)
        pipe.send(answer)
    return answer


def _serve(work: Work, job: Any, limits: Limits) -> _Answer:
    try:
        return _Answer(work(job, limits))
    except Unreadable as error:
        return _Answer(None, error.message)
    except UserError as error:
        return _Answer(None, asks=error)
    except MemoryError:
        return _Answer(None, _out_of_memory(limits.memory), spent=True)
    except Exception as error:
        name = type(error).__name__
        message = Message(
            f"读取程序出错（{name}），没有导入；这是程序的毛病，请把文件交给维护人员",
            f"the reader failed ({name}), nothing was imported; "
            "this is a bug in nianbao, please send the file to its maintainers",
        )
        return _Answer(None, message, spent=True)


@contextlib.contextmanager
def _bounds(limits: Limits) -> Iterator[None]:
    """Limit memory where the system can (Windows cannot), and end the worker in time even when its parent is gone."""
    lift_limit = _limit_memory(limits.memory)
    if hasattr(signal, "alarm"):
        signal.alarm(limits.seconds + _GRACE)
    try:
        yield
    finally:
        if hasattr(signal, "alarm"):
            signal.alarm(0)
        if lift_limit is not None:
            lift_limit()


def _limit_memory(size: int) -> Callable[[], None] | None:
    """Limit the address space and return what lifts the limit again; the hard limit stays for converters to use."""
    try:
        import resource
    except ImportError:
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    lower = min(bound for bound in (size, soft, hard) if bound != resource.RLIM_INFINITY)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (lower, hard))
    except (OSError, ValueError):  # macOS has the limit but refuses to set it
        return None
    return partial(resource.setrlimit, resource.RLIMIT_AS, (soft, hard))
