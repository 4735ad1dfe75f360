"""Programs that servers have, and how to read what they print: GNU find, sha256sum, sync."""

from __future__ import annotations

import hashlib
import os
import tarfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from generator.ledger.sums import Stamp, stamp_of
from generator.pipeline import many_files
from generator.targets.disk import Fitting
from generator.targets.target import Advance

# Every file below the folder it is run in; `stamps` reads it.
FIND = "find . ! -type d -printf '%y %s %T@ %P\\0' 2>/dev/null"
# The sums of the files that it is given as `zero` writes them; `hashes` reads it.
HASH = "xargs -0 sha256sum -- 2>/dev/null"
# Writes a whole file system, or one folder, to the disk; where sync takes no names, everything.
_SYNC_ALL, SYNC_FOLDER = "{ sync -f . || sync; } 2>/dev/null", "{ sync . || sync; } 2>/dev/null"
_THERE = """xargs -0 sh -c 'for p; do [ ! -e "$p" ] || printf "%s\\0" "$p"; done' sh"""
_SYNC_EACH = f"{{ {_THERE} | xargs -0 sync -- || sync; }} 2>/dev/null"
_MANY = 64


def holds(path: str, known: bytes) -> str:
    """A test by the shell whether a file, a path as the shell reads it, holds these bytes; false where there is no
    sha256sum."""
    return f'[ "$(sha256sum < {path} 2>/dev/null)" = "{hashlib.sha256(known).hexdigest()}  -" ]'


def flushing(paths: Sequence[str]) -> tuple[str, bytes]:
    """A command that writes what is at these paths, below the folder it is run in, to the disk, with the folders on the
    way there; and its input."""
    if len(paths) > _MANY:
        return _SYNC_ALL, b""
    return _SYNC_EACH, zero([*paths, *folders_of(paths), "."])


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


def folders_of(paths: Sequence[str]) -> list[str]:
    """The folders that files lie in, the deepest first."""
    return sorted(many_files.folders_of(paths), key=lambda folder: (-folder.count("/"), folder))


def sorted_out(there: Mapping[str, Stamp], wanted: Iterable[str], lines: Mapping[str, str]) -> Fitting:
    """Sorts the files of a folder, all of which are listed: those wanted that are as they should be, and others."""
    fitting = {path for path in wanted if path in there and path in lines and there[path] == stamp_of(lines[path])}
    return fitting, [path for path in there if path not in fitting]


def linking(old: str, new: str) -> str:
    """A command that fills an empty folder with links to all that another holds; both as the shell reads them. It fails
    and leaves the folder as it was where that is not empty, or the server has no `cp -l` or no hard links."""
    undo = f"{{ rm -rf {new}; mkdir {new}; false; }}"
    return f'[ -d {old} ] && [ -z "$(ls -A {new})" ] && rm -rf {new} && {{ cp -al {old} {new} 2>/dev/null || {undo}; }}'


def packed(source: Path, paths: Iterable[str], advance: Advance) -> Iterator[bytes]:
    """Packs files of a folder of this computer for `tar -x`, a file at a time."""
    for path in paths:
        with open(source / path, "rb") as file:
            data, status = file.read(), os.fstat(file.fileno())
        item = tarfile.TarInfo(path)
        item.size, item.mode, item.mtime = len(data), 0o644, int(status.st_mtime)
        yield item.tobuf(tarfile.GNU_FORMAT) + data + bytes(-len(data) % tarfile.BLOCKSIZE)
        advance(len(data))
    yield bytes(2 * tarfile.BLOCKSIZE)


def zero(paths: Sequence[str]) -> bytes:
    """Writes paths as `xargs -0` and `rsync --from0` read them."""
    return b"".join(os.fsencode(path) + b"\0" for path in paths)
