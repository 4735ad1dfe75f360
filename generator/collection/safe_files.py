"""Writes single files whole or not at all, under names that every system takes."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable
from functools import lru_cache
from io import FileIO
from pathlib import Path

from generator import limits
from generator.yaml_source.controls import CONTROL

# Windows takes the first three for devices whatever stands behind the first dot, and blanks before it.
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"}
)
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_NAME_BYTES = 255  # of one name, on nearly every file system


@lru_cache(maxsize=4096)  # the same few names stand in the paths of all reports
def safe_name(name: str) -> bool:
    """Tells whether a file or folder can have this name on every system, and shows nothing that nobody sees."""
    return not (
        name in ("", ".", "..")
        or name[-1] in " ."
        or name.partition(".")[0].rstrip(" ").lower() in _RESERVED
        or _FORBIDDEN.search(name)
        or CONTROL.search(name)
        or len(name.encode("utf-8", "surrogatepass")) > _NAME_BYTES
    )


def safe_id(name: str) -> bool:
    """Tells whether a name can be an organ's id: lower-case letters, digits, hyphens, and a folder on every system."""
    plain = name.isascii() and name.replace("-", "").isalnum() and name == name.lower()
    return plain and len(name) <= limits.NAME and safe_name(name)


def safe_path(path: str) -> str:
    """Returns the path itself when it stays inside its folder on every system; raises ValueError otherwise."""
    if not all(map(safe_name, path.split("/"))):
        raise ValueError(f"not a safe path: {path!r}")
    return path


def write_file(path: Path, pieces: Iterable[str]) -> None:
    """Writes one file whole or not at all, through a temporary name beside it. Raises OSError that names the file."""
    _write_whole(path, (piece.encode("utf-8") for piece in pieces))


def write_bytes(path: Path, data: bytes) -> None:
    """Writes bytes as `write_file` writes text."""
    _write_whole(path, [data])


def write_whole(file: FileIO, data: bytes, name: str) -> None:
    """Writes all of the data to an unbuffered file: near the end of a disk, or of what is allowed, the system writes
    part of it without an error. Raises OSError that names the file, as writing itself does not."""
    left = memoryview(data)
    try:
        while left:
            left = left[file.write(left) or 0 :]
    except OSError as error:
        raise OSError(error.errno, error.strerror, name) from error


def _refuse_special(path: Path) -> None:
    """Refuses a pipe, a device or a socket, or a link to one: renaming a file over /dev/full would put it away for all.
    Raises OSError."""
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return  # not there, or writing will say why not
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise OSError(errno.ENOTSUP, "not a plain file", str(path))


def _write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    _refuse_special(path)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as opened:
            opened.writelines(pieces)
        os.replace(draft, path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        draft.unlink(missing_ok=True)
