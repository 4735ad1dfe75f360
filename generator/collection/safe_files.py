"""Writes single files whole or not at all, under names that every system takes."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))})


def safe_id(name: str) -> bool:
    """Tells whether a name can be an organ's id: lower-case letters, digits, hyphens, and a folder on every system."""
    return name.isascii() and name.replace("-", "").isalnum() and name == name.lower() and name not in _RESERVED


def safe_path(path: str) -> str:
    """Returns the path itself when it stays inside its folder on every system; raises ValueError otherwise."""
    parts = path.split("/")
    wrong = any(
        part in ("", ".", "..") or part.split(".")[0].lower() in _RESERVED or any(c in '\\:*?"<>|\0' for c in part)
        for part in parts
    )
    if wrong or any(part[-1] in " ." for part in parts):
        raise ValueError(f"not a safe path: {path!r}")
    return path


def write_file(path: Path, pieces: Iterable[str]) -> None:
    """Writes one file whole or not at all, through a temporary name beside it. Raises OSError that names the file."""
    _write_whole(path, (piece.encode("utf-8") for piece in pieces))


def write_bytes(path: Path, data: bytes) -> None:
    """Writes bytes as `write_file` writes text."""
    _write_whole(path, [data])


def _write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as opened:
            opened.writelines(pieces)
        os.replace(draft, path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        draft.unlink(missing_ok=True)
