"""Keeps page templates compiled: in this process for every build of a preview, and between runs on the disk. Compiling
them takes a tenth of a second, much of a short run."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import Any

import jinja2
from jinja2.bccache import Bucket, BytecodeCache, FileSystemBytecodeCache

_codes: dict[tuple[str, str], Any] = {}


class _InMemory(BytecodeCache):
    """Keeps compiled templates for the life of the process, in front of a cache on the disk where there is one."""

    def __init__(self, disk: BytecodeCache | None) -> None:
        self.disk = disk

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = _codes.get((bucket.key, bucket.checksum))
        if bucket.code is None and self.disk:
            with suppress(OSError):
                self.disk.load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        _codes[bucket.key, bucket.checksum] = bucket.code
        if self.disk:
            with suppress(OSError):
                self.disk.dump_bytecode(bucket)


@cache
def compiled_templates(lang: str) -> BytecodeCache:
    """Opens jinja2's own folder of compiled templates, which is the user's alone; each language has its own there.
    Without the folder, templates are compiled once in every process."""
    try:
        return _InMemory(FileSystemBytecodeCache(pattern=f"nianbao-jinja2-{jinja2.__version__}-{lang}-%s.cache"))
    except (OSError, RuntimeError):  # no folder for temporary files, or one that is not ours alone
        return _InMemory(None)
