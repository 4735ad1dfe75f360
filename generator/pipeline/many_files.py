"""Looks at many files below one folder: whether each is as it was, and what else has come since.

Going by a list of what is known costs half of listing the folder: folders are listed only where they have changed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

Look = Callable[[str], os.stat_result]
# From so many files on, those are not each looked at every time whose folders did not change.
MANY = 4000


@contextmanager
def looking_below(folder: str | Path) -> Iterator[Look]:
    """Yields what looks at a file or link by its path relative to the folder; by the folder's handle where the system
    can, which spares it the way there each time. Raises OSError where there is no such folder."""
    if os.stat not in os.supports_dir_fd:
        yield lambda path: os.lstat(f"{folder}/{path}")
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield partial(os.stat, dir_fd=handle, follow_symlinks=False)
    finally:
        os.close(handle)


def all_stand(look: Look, lines: Iterable[str]) -> bool:
    """Tells whether every file is as its line `mtime_ns size path` says; of a folder, whose size is given as -1, the
    time. Raises OSError for one that is not there."""
    for line in lines:
        mtime, size, path = line.split(" ", 2)
        status = look(path)
        if status.st_mtime_ns != int(mtime) or (size != "-1" and status.st_size != int(size)):
            return False
    return True


def changed_folders(look: Look, folders: Iterable[str], since_ns: int) -> set[str]:
    """Names those of the folders that are gone or have changed since a time by their own clock; all, where that time is
    still to come. The uppermost, "", counts as changed."""
    found = {""}
    if since_ns > time.time_ns():  # the clock was put back: times prove nothing
        return found.union(folders)
    for name in folders:
        try:
            status = look(name)
            if status.st_mtime_ns >= since_ns or status.st_ctime_ns >= since_ns:
                found.add(name)
        except (FileNotFoundError, NotADirectoryError):
            found.add(name)
    return found


def others(folder: str | Path, known: Collection[str], since_ns: int) -> list[str]:
    """Lists the files below a folder that are not among those known, in folders that have changed since a time by its
    own clock; what is no plain file counts as unknown. Folders of known files that are gone are passed over."""
    folders = folders_of(known)
    with looking_below(folder) as look:
        return others_in(folder, known, folders, changed_folders(look, folders, since_ns))


def others_in(
    folder: str | Path, known: Collection[str], folders: Collection[str], changed: Iterable[str]
) -> list[str]:
    """Lists them where it is known which folders have changed; `folders` are all that hold known files."""
    found: list[str] = []
    for name in changed:
        try:
            found += _unknown(str(folder), name, known, folders)
        except (FileNotFoundError, NotADirectoryError):
            continue
    return sorted(found)


def _unknown(root: str, folder: str, known: Collection[str], folders: Collection[str]) -> Iterator[str]:
    """Lists one folder, and those in it that hold nothing known."""
    left = [f"{folder}/" if folder else ""]
    while left:
        below = left.pop()
        with os.scandir(f"{root}/{below}") as listing:
            for item in listing:
                path = f"{below}{item.name}"
                if item.is_dir(follow_symlinks=False):
                    if path not in folders:
                        left.append(f"{path}/")
                elif path not in known or not item.is_file(follow_symlinks=False):
                    yield path


def folders_of(paths: Iterable[str]) -> set[str]:
    """Names every folder that files with these paths lie in, at any depth."""
    folders: set[str] = set()
    fresh = {path.rpartition("/")[0] for path in paths}
    while fresh := fresh - folders - {""}:
        folders |= fresh
        fresh = {folder.rpartition("/")[0] for folder in fresh}
    return folders
