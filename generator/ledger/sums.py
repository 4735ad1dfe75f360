"""Computes the sums of files: SHA-256, and SM3 (国密, GB/T 32905) where OpenSSL or `cryptography` gives it."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from generator.finding import Message, UserError

SHA256SUMS, SM3SUMS, LEDGER, SIGNATURE = "SHA256SUMS", "SM3SUMS", "ledger.jsonl", "ledger.jsonl.sig"
# What publishing adds to the files of the build; the ledger does not list them.
ADDED = (SHA256SUMS, SM3SUMS, LEDGER, SIGNATURE)
# Hidden names that belong on a web server all the same.
_SHOWN = frozenset({".htaccess", ".well-known"})
_PIECE = 1 << 20


class FileSum(NamedTuple):
    """Holds a file's size in bytes and its sums in hexadecimal; `sm3` is "" where this Python cannot compute it."""

    size: int
    sha256: str
    sm3: str


class _CryptographySm3:
    def __init__(self) -> None:
        from cryptography.hazmat.primitives.hashes import SM3, Hash

        self._hash = Hash(SM3())
        self.update = self._hash.update

    def hexdigest(self) -> str:
        return self._hash.finalize().hex()


class Stamp(NamedTuple):
    """Tells two states of a file apart without reading it: its size in bytes and the time of its last change in whole
    seconds, which every file system and server keeps. What is no plain file has the size -1."""

    size: int
    seconds: int


# Of a file of which only the name is known.
UNKNOWN = Stamp(-2, -2)


def stamp_of(line: str) -> Stamp:
    """Reads a stamp off a line of the record of a build, `mtime_ns size path`."""
    mtime, size, _ = line.split(" ", 2)
    return Stamp(int(size), int(mtime) // 1_000_000_000)


@cache
def _sm3_maker() -> Any:
    """Finds an SM3: OpenSSL's by way of hashlib, else that of `cryptography`; None where there is neither."""
    try:
        hashlib.new("sm3")
        return lambda: hashlib.new("sm3")
    except ValueError:  # this OpenSSL was built without it
        try:
            _CryptographySm3()
        except Exception:  # not installed, or without SM3 too
            return None
        return _CryptographySm3


def sum_pieces(pieces: Iterable[bytes]) -> FileSum:
    """Sums a file that comes in pieces."""
    sha, make = hashlib.sha256(), _sm3_maker()
    sm3 = make() if make else None
    size = 0
    for piece in pieces:
        size += len(piece)
        sha.update(piece)
        if sm3 is not None:
            sm3.update(piece)
    return FileSum(size, sha.hexdigest(), sm3.hexdigest() if sm3 is not None else "")


def sum_file(path: str | Path) -> FileSum:
    """Sums one file in pieces of 1 MiB. Raises OSError."""
    with open(path, "rb", buffering=0) as file:
        return sum_pieces(iter(lambda: file.read(_PIECE), b""))


def list_files(root: str | Path, hidden: bool = True) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Lists every file and link below a folder, as paths with slashes, in whatever order: folders as one meets them.
    Without `hidden`, names that begin with a dot are left out."""
    folders = [""]
    while folders:
        below = folders.pop()
        with os.scandir(f"{root}/{below}") as listing:
            for item in listing:
                name = item.name
                if name[0] == "." and not hidden and name not in _SHOWN:
                    continue
                if item.is_dir(follow_symlinks=False):
                    folders.append(f"{below}{name}/")
                else:
                    yield below + name, item


def list_site(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Lists the files of a site, in whatever order; hidden ones (the build record) are left out.

    Raises UserError for a symbolic link: what it leads to may not be meant for the public; and for a pipe, a device or
    a socket: reading one might wait for ever."""
    for path, item in list_files(root, hidden=False):
        status = item.stat(follow_symlinks=False)
        refuse_odd(path, status)
        yield path, status


def refuse_odd(path: str, status: os.stat_result) -> None:
    """Raises UserError where something is not published: a link, a pipe, a device."""
    if stat.S_ISLNK(status.st_mode):
        raise UserError(
            Message(
                f"“{path}”是符号链接，不发布；请放真实文件",
                f"“{path}” is a symbolic link and is not published; put the real file there",
            )
        )
    if not stat.S_ISREG(status.st_mode):
        raise UserError(
            Message(
                f"“{path}”不是普通文件（是管道、设备之类），不发布；请移走",
                f"“{path}” is no plain file (a pipe, a device …) and is not published; move it away",
            )
        )


def is_shown(path: str) -> bool:
    """Tells whether no part of a path is hidden, as the names of our own records are."""
    return not any(part.startswith(".") and part not in _SHOWN for part in path.split("/"))


def sum_site(root: Path) -> dict[str, FileSum]:
    """Sums every file of a site by its path, in order. Raises OSError, and UserError for a link."""
    paths = sorted(path for path, _ in list_site(root) if path not in ADDED)
    return {path: sum_file(f"{root}/{path}") for path in paths}


def sha256_list(files: Mapping[str, FileSum]) -> bytes:
    """Writes SHA256SUMS as `sha256sum -c` reads it, sorted by path."""
    return "".join([f"{item.sha256}  {path}\n" for path, item in sorted(files.items())]).encode()


def sm3_list(files: Mapping[str, FileSum]) -> bytes:
    """Writes SM3SUMS as `cksum --check` reads it, sorted by path; empty where no SM3 is known."""
    return "".join([f"SM3 ({path}) = {item.sm3}\n" for path, item in sorted(files.items()) if item.sm3]).encode()
