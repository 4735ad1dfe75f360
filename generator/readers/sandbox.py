"""Files read in a process of its own, watched: what hangs, swells or crashes there costs one file a sentence, not the run.

One worker reads file after file, so that a small file costs no start of a process; a worker that broke off is replaced.
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
from pathlib import Path
from types import TracebackType
from typing import Literal, NamedTuple, Self

from generator.finding import Message
from generator.readers.document import Document, Limits, Unreadable
from generator.readers.open_file import read_path

Read = Callable[[Path, Limits], Document]
Method = Literal["fork", "spawn"]
_START = 60  # seconds a worker may take until it can read
_GRACE = 5  # a worker whose watcher is gone ends itself so much later
_TICK = 0.2  # seconds between two looks
_FILES = 100  # then a fresh worker: what libraries leak is not held against later files


class _Answer(NamedTuple):
    """What came of a file: a document, or the reason why not; `spent` when the worker is not to read another."""

    document: Document | None
    why: Message | None = None
    spent: bool = False


class Guard:
    """Reads files in a worker within `limits.seconds` and `limits.memory`; as a context, so that no process is left behind.

    `waiting` is called again and again meanwhile. `method` is how processes start; by itself, forked where that is safe
    (Linux, no other thread), else spawned.
    """

    def __init__(
        self, read: Read = read_path, method: Method | None = None, waiting: Callable[[], object] = lambda: None
    ) -> None:
        self._function, self._method, self.waiting = read, method, waiting
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
        """End the worker, whatever it is doing; how it had ended where it already had (as `Process.exitcode`)."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if pipe is not None:
            pipe.close()
        if process is None:
            return None
        process.join(0.2)
        ended = process.exitcode
        if ended is None:
            process.terminate()  # lets it end what it started itself
            process.join(2)
        if process.exitcode is None:
            process.kill()
        process.join()
        process.close()
        return ended

    def read(self, path: Path, limits: Limits) -> Document:
        """The document of a file. Raises Unreadable for what cannot be read, and for what took too long, too much or broke off."""
        pipe = self._worker()
        try:
            pipe.send((path, limits))
            answer = self._answer(pipe, limits)
        except (EOFError, OSError):
            raise Unreadable(_broke(self.close())) from None
        self._served += 1
        if answer.spent or self._served >= _FILES:
            self.close()
        if answer.document is None:
            raise Unreadable(answer.why or _broke(None))
        return answer.document

    def _answer(self, pipe: Connection, limits: Limits) -> _Answer:
        end = time.monotonic() + limits.seconds
        while not pipe.poll(_TICK):
            self.waiting()
            if time.monotonic() < end:
                continue
            self.close()
            return _Answer(
                None,
                Message(
                    f"读了{limits.seconds}秒还没有读完，已停止；请拆成几个文件，或换用同一报告的 Word、Excel 文件；确需久等请用 --max-seconds",
                    f"not read within {limits.seconds} s and given up; split it, or use the report's Word or Excel file; --max-seconds gives it longer",
                ),
            )
        answer: _Answer = pipe.recv()
        return answer

    def _worker(self) -> Connection:
        """The pipe to a worker that is ready."""
        if self._pipe is not None and self._process is not None and self._process.is_alive():
            return self._pipe
        self.close()
        forks = (self._method or _method()) == "fork"
        context = multiprocessing.get_context("fork") if forks else multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(self._function, ours, theirs), daemon=True, name="nianbao-reader")
        process.start()
        theirs.close()
        self._process, self._pipe, self._served = process, ours, 0
        with contextlib.suppress(EOFError, OSError):
            if ours.poll(_START) and ours.recv() == "ready":
                return ours
        raise Unreadable(_broke(self.close()))


def _method() -> Method:
    return "fork" if sys.platform.startswith("linux") and threading.active_count() == 1 else "spawn"


def _broke(code: int | None) -> Message:
    """The sentence for a worker that ended by itself."""
    zh, en = (f"（信号{-code}）", f" (signal {-code})") if code is not None and code < 0 else ("", "")
    return Message(
        f"读取程序中途退出{zh}：文件可能已损坏或过大，没有读取；请用原来的软件打开后另存一份再导入",
        f"the reading process broke off{en}: the file may be damaged or too large; open it in its own program, save a copy and import that",
    )


# ---------------------------------------------------------------- in the worker


def _work(read: Read, ours: Connection, theirs: Connection) -> None:
    """Serve until the watcher is gone. Ctrl-C is the watcher's to take: it reaches the whole group of processes."""
    ours.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    with contextlib.suppress(EOFError, OSError):
        theirs.send("ready")
        while True:
            path, limits = theirs.recv()
            with _bounds(limits):
                answer = _serve(read, path, limits)
            theirs.send(answer)
            if answer.spent:
                return


def _leave(number: int, frame: object) -> None:
    sys.exit(128 + number)  # by way of every `finally`: a converter that was started ends too


def _serve(read: Read, path: Path, limits: Limits) -> _Answer:
    try:
        return _Answer(read(path, limits))
    except Unreadable as error:
        return _Answer(None, error.message)
    except MemoryError:
        return _Answer(
            None,
            Message(
                f"读取它要用的内存超过{limits.memory // 1_000_000}MB，已停止；请拆成几个文件；确需导入请用 --max-memory",
                f"reading it takes more than {limits.memory // 1_000_000} MB of memory; given up. Split it, or use --max-memory",
            ),
            spent=True,
        )
    except Exception as error:
        name = type(error).__name__
        return _Answer(
            None,
            Message(
                f"读取程序出错（{name}），没有读取；这是程序的毛病，请把文件交给维护人员",
                f"the reader failed ({name}); a fault of the program, please hand the file to its maintainers",
            ),
            spent=True,
        )


@contextlib.contextmanager
def _bounds(limits: Limits) -> Iterator[None]:
    """A limit on memory where the system has one (Windows has not), and an end even when nobody watches any more."""
    limit = _limit_memory(limits.memory)
    if hasattr(signal, "alarm"):
        signal.alarm(limits.seconds + _GRACE)
    try:
        yield
    finally:
        if hasattr(signal, "alarm"):
            signal.alarm(0)
        if limit is not None:
            limit()


def _limit_memory(size: int) -> Callable[[], None] | None:
    """Bound the address space; gives what takes the bound off again. The hard limit stays: a converter has its own."""
    try:
        import resource
    except ImportError:
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    lower = min(bound for bound in (size, soft, hard) if bound != resource.RLIM_INFINITY)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (lower, hard))
    except (OSError, ValueError):  # macOS knows the limit and refuses it
        return None
    return partial(resource.setrlimit, resource.RLIMIT_AS, (soft, hard))
