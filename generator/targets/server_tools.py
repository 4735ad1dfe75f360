"""Programs that servers have, and how to read what they print: GNU find, sha256sum, sync."""

from __future__ import annotations

import os
from collections.abc import Sequence

from generator.ledger.sums import Stamp

# Every file below the folder it is run in; `stamps` reads it.
FIND = "find . ! -type d -printf '%y %s %T@ %P\\0' 2>/dev/null"
# The sums of the files that it is given as `zero` writes them; `hashes` reads it.
HASH = "xargs -0 sha256sum -- 2>/dev/null"
# Writes the file system of a folder to the disk: GNU's and BusyBox's own way, then that of every system.
SYNC = "{{ sync -f {} || sync; }} 2>/dev/null"


def stamps(listed: bytes) -> dict[str, Stamp]:
    """Reads what FIND prints, as path → stamp."""
    lines = (os.fsdecode(line).split(" ", 3) for line in listed.split(b"\0") if line)
    return {
        path: Stamp(int(size) if kind == "f" else -1, int(time.partition(".")[0])) for kind, size, time, path in lines
    }


def hashes(listed: bytes) -> dict[str, str]:
    """Reads what HASH prints, as path → SHA-256. A name that sha256sum has to escape is not found again."""
    lines = (line.partition("  ") for line in os.fsdecode(listed).split("\n") if line)
    return {path: sha256 for sha256, _, path in lines}


def zero(paths: Sequence[str]) -> bytes:
    """Writes paths as `xargs -0` and `rsync --from0` read them."""
    return b"".join(os.fsencode(path) + b"\0" for path in paths)
