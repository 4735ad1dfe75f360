"""Locks a file for one process at a time, or for many that only read; the system takes the lock from a process that
dies."""

from __future__ import annotations

import sys
from typing import IO


def try_lock(file: IO[bytes], shared: bool = False) -> bool:
    """Takes the lock unless another process holds it. Several processes may hold a `shared` one at a time, except on
    Windows."""
    try:
        _lock(file, wait=False, shared=shared)
    except OSError:
        return False
    return True


def wait_for_lock(file: IO[bytes]) -> None:
    """Takes the lock as soon as no other process holds it."""
    _lock(file, wait=True)


def _lock(file: IO[bytes], wait: bool, shared: bool = False) -> None:
    if sys.platform == "win32":  # pragma: no cover
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
