"""Writes a draft into the content folder: whole or not at all, never over what a clerk has typed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from generator.collection.safe_files import safe_path
from generator.finding import Message, UserError


class Deposit(NamedTuple):
    """Reports a write. `status` is new, unchanged, exists (differs, left alone) or replaced (`backup` has the old)."""

    status: str
    folder: Path
    backup: Path | None = None


def deposit(content: Path, year: int, organ: str, files: Mapping[str, bytes], replace: bool) -> Deposit:
    """Write `<year>/<organ>/`. Raises UserError for an unsafe file name, a symbolic link or a disk error."""
    folder = content / str(year) / organ
    names = [_name(name) for name in files]
    for place in (content / str(year), folder):
        if place.is_symlink():
            raise UserError(Message(f"“{place}”是符号链接，不写入", f"“{place}” is a symbolic link; not written"))
    existing = [name for name in names if os.path.lexists(folder / name)]
    if existing and all(_same(folder / name, files[name]) for name in names):
        return Deposit("unchanged", folder)
    if existing and not replace:
        return Deposit("exists", folder)
    try:
        return _write(folder, files, bool(existing))
    except OSError as error:
        raise UserError(
            Message(f"写不进“{folder}”：{error.strerror}", f"cannot write “{folder}”: {error.strerror}")
        ) from None


def _name(name: str) -> str:
    """Check that a file name is plain and safe on every system. Raises UserError."""
    try:
        if "/" in name or name.startswith("."):
            raise ValueError
        return safe_path(name)
    except ValueError:
        raise UserError(
            Message(f"文件名“{name[:80]}”不安全，不写入", f"“{name[:80]}” is not a safe file name; not written")
        ) from None


def _same(path: Path, data: bytes) -> bool:
    return path.is_file() and not path.is_symlink() and path.stat().st_size == len(data) and path.read_bytes() == data


def _write(folder: Path, files: Mapping[str, bytes], replaces: bool) -> Deposit:
    """Stage a copy beside the folder, then swap the two; other files of the folder (pictures, notes) are kept."""
    stage = folder.with_name(f".{folder.name}.nianbao-new")
    folder.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(stage, ignore_errors=True)
    try:
        if folder.exists():
            shutil.copytree(folder, stage, symlinks=True)
        else:
            stage.mkdir()
        for name, data in files.items():
            _put(stage / name, data)
        backup = _swap(stage, folder)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    if backup is not None and not replaces:
        shutil.rmtree(backup)  # no file of it was overwritten: the new folder has all of it
        backup = None
    return Deposit("replaced" if replaces else "new", folder, backup)


def _put(path: Path, data: bytes) -> None:
    """Write a new file to disk, never through a symbolic link that was copied along."""
    if os.path.lexists(path):
        path.unlink()
    with open(path, "xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _swap(stage: Path, folder: Path) -> Path | None:
    """Put the new folder in place and return the backup of the old; a failure in between (Ctrl-C) restores it."""
    backup = _free_backup(folder) if folder.exists() else None
    try:
        if backup is not None:
            os.rename(folder, backup)
        os.rename(stage, folder)
    except BaseException:
        if backup is not None and os.path.lexists(backup) and not os.path.lexists(folder):
            os.rename(backup, folder)
        raise
    return backup


def _free_backup(folder: Path) -> Path:
    """Return a free path in `.backup/` beside the folder, under the next number."""
    shelf = folder.parent / ".backup"
    shelf.mkdir(exist_ok=True)
    number = 1
    while os.path.lexists(shelf / f"{folder.name}-{number}"):
        number += 1
    return shelf / f"{folder.name}-{number}"
