"""Keeps a built section as it is while it is read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.collection.file_lock import try_lock
from generator.finding import Message, UserError
from generator.pipeline.layout import Layout
from generator.pipeline.plain_files import open_plain


@contextmanager
def steady(output: Path) -> Iterator[None]:
    """Keeps builds and rollbacks of the output folder waiting; others may read it at the same time.

    Raises UserError where a build is changing it. Where the lock can neither be made nor opened, nobody of this account
    has built there, and there is nothing to hold."""
    layout = Layout(output)
    try:
        file = open_plain(layout.lock, os.O_RDWR | os.O_CREAT)
    except OSError:
        try:
            file = open_plain(layout.lock)
        except OSError:
            yield
            return
    with file:
        if not try_lock(file, shared=True):
            raise UserError(
                Message(
                    f"正在生成“{output}”：等它生成完再试", f"“{output}” is being built: try again when that is done"
                )
            )
        yield
