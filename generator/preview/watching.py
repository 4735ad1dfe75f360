"""Watches folders for the preview and says which files changed.

livereload's own watcher drops edits made within three seconds of a reload, so watchfiles tells instead."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from watchfiles import watch

_LOOK = 0.3  # seconds
_STEP = 10  # milliseconds without a further change after which changes are told
# The paths that changed, empty where none did; None where it is not known which.
Changes = frozenset[str] | None
_NONE: frozenset[str] = frozenset()


def changes(paths: Sequence[Path], poll: bool, stop: threading.Event) -> Iterator[Changes]:
    """Yields what changed, again and again; nothing at first, once it is watched.

    `poll` looks at the files themselves: network drives often do not tell of changes made elsewhere. watchfiles' own
    polling compares whole seconds and loses the second of two edits within one; ours compares all that the file system
    keeps. It is also what is left where the system grants no more watches."""
    if not poll:
        try:
            yield from _events(paths, stop)
        except OSError:
            yield None
        else:
            return
    yield from _looks(paths, stop)


def _events(paths: Sequence[Path], stop: threading.Event) -> Iterator[Changes]:
    """Yields what changed as the system reports it.

    The system watches a folder, not its name: where another takes its place, watching begins again."""
    again = False
    while not stop.is_set():
        there = _identities(paths)
        present = [path for path in paths if path.exists()]
        for found in watch(
            *present, debounce=100, step=_STEP, rust_timeout=100, yield_on_timeout=True, stop_event=stop
        ):
            replaced = _identities(paths) != there
            # an edit may have come before watching began again
            yield None if replaced or again else frozenset(path for _, path in found)
            again = replaced
            if replaced:
                break


def _looks(paths: Sequence[Path], stop: threading.Event) -> Iterator[Changes]:
    """Yields what changed, comparing stamps every `_LOOK` seconds."""
    seen = _stamps(paths)
    yield _NONE
    while not stop.wait(_LOOK):
        now = _stamps(paths)
        yield frozenset(path for path, _ in seen.items() ^ now.items())
        seen = now


def _identities(paths: Sequence[Path]) -> list[tuple[int, int] | None]:
    """Tells which folder each path leads to, None where there is none."""
    identities: list[tuple[int, int] | None] = []
    for path in paths:
        try:
            status = os.stat(path)
            identities.append((status.st_dev, status.st_ino))
        except OSError:
            identities.append(None)
    return identities


_DEEP = 9  # levels of folders that are looked at; content has three


def _stamps(paths: Sequence[Path]) -> dict[str, tuple[int, int, int]]:
    """Stamps every file in the folders by time (ns), size and inode; a file that vanishes meanwhile is left out."""
    stamps: dict[str, tuple[int, int, int]] = {}
    waiting = [(os.fspath(folder), _DEEP) for folder in paths]
    while waiting:
        folder, deep = waiting.pop()
        with suppress(OSError), os.scandir(folder) as listing:
            for item in listing:
                with suppress(OSError):
                    if item.is_dir(follow_symlinks=False):
                        waiting += [(item.path, deep - 1)] if deep else []
                        continue
                    status = item.stat()
                    stamps[item.path] = status.st_mtime_ns, status.st_size, status.st_ino
    return stamps
