"""Puts an imported draft into the content folder: whole or not at all, never over what a clerk has typed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from generator.collection.safe_files import safe_path
from generator.finding import Message, UserError


class Deposit(NamedTuple):
    """`status` is new, unchanged, exists (and differs, so it was left alone) or replaced (`backup` holds the old)."""

    status: str
    folder: Path
    backup: Path | None = None


def deposit(content: Path, year: int, organ: str, files: Mapping[str, bytes], replace: bool) -> Deposit:
    """Write `<year>/<organ>/`. Raises UserError for a name that leaves the folder, a link in the way, or a disk error."""
    folder = content / str(year) / organ
    names = [_name(name) for name in files]
    for place in (content / str(year), folder):
        if place.is_symlink():
            raise UserError(Message(f"“{place}”是符号链接，不写入", f"“{place}” is a symbolic link; not written"))
    there = [name for name in names if os.path.lexists(folder / name)]
    if there and all(_same(folder / name, files[name]) for name in names):
        return Deposit("unchanged", folder)
    if there and not replace:
        return Deposit("exists", folder)
    try:
        return _write(folder, files, bool(there))
    except OSError as error:
        raise UserError(
            Message(f"写不进“{folder}”：{error.strerror}", f"cannot write “{folder}”: {error.strerror}")
        ) from None


def _name(name: str) -> str:
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
    """Stage beside the folder, then change places; what else lay in the folder (pictures, notes) comes along."""
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
        shutil.rmtree(backup)  # nothing of it was overwritten: all of it came along
        backup = None
    return Deposit("replaced" if replaces else "new", folder, backup)


def _put(path: Path, data: bytes) -> None:
    """A new file of its own, never through a link that came along."""
    if os.path.lexists(path):
        path.unlink()
    with open(path, "xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _swap(stage: Path, folder: Path) -> Path | None:
    """Put the new folder in place; where the old one went. What breaks in between (a full disk, Ctrl-C) puts it back."""
    backup = _shelf(folder) if folder.exists() else None
    try:
        if backup is not None:
            os.rename(folder, backup)
        os.rename(stage, folder)
    except BaseException:
        if backup is not None and os.path.lexists(backup) and not os.path.lexists(folder):
            os.rename(backup, folder)
        raise
    return backup


def _shelf(folder: Path) -> Path:
    """A free place in `.backup/` beside the folder, under the next number."""
    shelf = folder.parent / ".backup"
    shelf.mkdir(exist_ok=True)
    number = 1
    while os.path.lexists(shelf / f"{folder.name}-{number}"):
        number += 1
    return shelf / f"{folder.name}-{number}"
