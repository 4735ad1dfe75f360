"""Flushes files and folders to the disk, so that they are whole there after a power cut.

One after the other takes seconds for a thousand files, because each waits for the disk. A few files are flushed by
several threads at once, whose waits the file system joins; many by one `syncfs`, where Linux reports its errors
(since 5.8) and the file system is a local one that is known to carry it out.
"""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_MANY = 64
_THREADS = 16
_LOCAL = {"ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "tmpfs", "overlay", "zfs", "bcachefs"}


def flush(paths: Iterable[str | Path]) -> None:
    """Flushes each of the files and folders; links and what has gone are left out. Raises OSError where the disk
    fails."""
    paths = list(paths)
    if len(paths) > _MANY and _syncfs(next(filter(os.path.exists, paths), "")):
        return
    if len(paths) == 1:
        _fsync(paths[0])
        return
    with ThreadPoolExecutor(_THREADS) as threads:
        for _ in threads.map(_fsync, paths):
            pass


def below(folder: str | Path) -> Iterable[str]:
    """Lists a folder and everything in it, links not followed."""
    yield str(folder)
    with os.scandir(folder) as listing:
        for item in listing:
            if item.is_dir(follow_symlinks=False):
                yield from below(item.path)
            elif item.is_file(follow_symlinks=False):
                yield item.path


def _fsync(path: str | Path) -> None:
    windows = sys.platform == "win32"
    try:
        if windows and os.path.isdir(path):  # pragma: no cover - folders cannot be opened there
            return
        descriptor = os.open(path, os.O_RDWR if windows else os.O_RDONLY | os.O_NONBLOCK)
    except FileNotFoundError:
        return
    try:
        if sys.platform == "darwin":  # pragma: no cover - there fsync stops short of the disk's own cache
            import fcntl

            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        else:
            os.fsync(descriptor)
    except OSError as error:
        # some network file systems flush no folders
        if error.errno not in (errno.EINVAL, errno.ENOTSUP) or not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise
    finally:
        os.close(descriptor)


def _syncfs(path: str | Path) -> bool:
    """Flushes the whole file system of a path in one call; False where that is not to be relied on, or there is no
    path."""
    if not path or not sys.platform.startswith("linux") or _kernel() < (5, 8) or _file_system(path) not in _LOCAL:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "syncfs"):
        return False
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        if libc.syncfs(descriptor) != 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(path))
    finally:
        os.close(descriptor)
    return True


def _kernel() -> tuple[int, ...]:
    return tuple(int(part) for part in os.uname().release.split("-")[0].split(".")[:2] if part.isdecimal())


def _file_system(path: str | Path) -> str:
    """The type of a path's file system; "" where the system does not tell."""
    device = os.stat(path).st_dev
    wanted = f"{os.major(device)}:{os.minor(device)}"
    try:
        lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    kinds = [line.partition(" - ")[2].split(" ")[0] for line in lines if line.split(" ")[2] == wanted]
    return kinds[-1] if kinds else ""
