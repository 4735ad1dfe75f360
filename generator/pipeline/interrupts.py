"""Ctrl-C, SIGTERM and SIGHUP around the moment from which a section is replaced: before it they end the command, from
then on it finishes and tells that they came too late."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

_noted: list[int] | None = None  # signals that came too late for a command that `finishing` watches over


@contextmanager
def finishing() -> Iterator[list[int]]:
    """Lets a command end by itself from `no_return` on; yields the signals that came since then. Without it a signal
    that waited takes effect as soon as the section stands."""
    global _noted
    before = _handlers() if _in_main_thread() else {}
    _noted = []
    try:
        yield _noted
    finally:
        _noted = None
        _restore(before)


@contextmanager
def no_return() -> Iterator[None]:
    """Keeps signals waiting while a section is being replaced; only the main thread can be interrupted."""
    if not _in_main_thread():
        yield
        return
    received = [] if _noted is None else _noted
    before = _handlers()
    for number in before:
        signal.signal(number, lambda number, _: received.append(number))
    try:
        yield
    except BaseException:  # what failed is told; `finishing` need not wait for it
        _restore(before)
        raise
    finally:
        if _noted is None:
            _restore(before)
            for number in received[:1]:
                signal.raise_signal(number)


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def _handlers() -> dict[int, Any]:
    """What the signals do now; those that are ignored, as under nohup, are left alone."""
    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    handlers = {number: signal.getsignal(number) for number in numbers}
    return {number: handler for number, handler in handlers.items() if handler is not signal.SIG_IGN}


def _restore(handlers: Mapping[int, Any]) -> None:
    for number, handler in handlers.items():
        signal.signal(number, signal.SIG_DFL if handler is None else handler)
