"""Writes a draft into the content folder: whole or not at all, never over what a clerk has typed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from generator.collection.safe_files import safe_path
from generator.collection.system_errors import cause
from generator.finding import Message, UserError


class Deposit(NamedTuple):
    """Reports a write. `status` is new, unchanged, exists (differs, left alone) or replaced (`backup` has the old)."""

    status: str
    folder: Path
    backup: Path | None = None


_RECEIVED = ".received"  # fingerprints of the workbooks that came into this folder, a line each
_MANY = 1_000_000  # bytes of that file


def standing(folder: Path, files: Mapping[str, bytes]) -> str:
    """Compare files with what is in a folder: new, unchanged, or exists (something of them is there and differs)."""
    existing = [name for name in files if os.path.lexists(folder / name)]
    if not existing:
        return "new"
    return "unchanged" if all(_same(folder / name, files[name]) for name in files) else "exists"


def is_untouched(folder: Path, files: Mapping[str, bytes], fresh: Mapping[str, bytes]) -> bool:
    """Tell whether a folder holds, of those files, only what `fresh` has, to the byte: nothing typed is lost."""
    there = [name for name in {**files, **fresh} if os.path.lexists(folder / name)]
    return bool(there) and all(name in fresh and _same(folder / name, fresh[name]) for name in there)


def was_received(folder: Path, fingerprint: str) -> bool:
    """Tell whether a workbook with this fingerprint came into the folder before."""
    path = folder / _RECEIVED
    if not fingerprint or path.is_symlink() or not path.is_file():
        return False
    with open(path, encoding="ascii", errors="replace") as file:
        return fingerprint in file.read(_MANY).split()


def deposit(
    content: Path,
    year: int,
    organ: str,
    files: Mapping[str, bytes],
    replace: bool,
    received: str = "",
    fresh: Mapping[str, bytes] | None = None,
) -> Deposit:
    """Write `<year>/<organ>/`; `received` is the fingerprint of the workbook that the files come from. A folder that is
    still what `fresh` says (the files as `new` writes them) is filled like an empty one.

    Raises UserError for an unsafe file name, a symbolic link or a disk error."""
    folder = content / str(year) / organ
    for name in files:
        _name(name)
    for place in (content / str(year), folder):
        if place.is_symlink():
            raise UserError(Message(f"“{place}”是符号链接，不写入", f"“{place}” is a symbolic link; not written"))
    state = standing(folder, files)
    if state == "exists" and is_untouched(folder, files, fresh or {}):
        state = "new"
    if state == "unchanged" or (state == "exists" and not replace):
        return Deposit(state, folder)
    try:
        return _write(folder, files, state == "exists", received)
    except OSError as error:
        raise UserError(
            Message(f"写不进“{folder}”：{cause(error).zh}", f"cannot write “{folder}”: {cause(error).en}")
        ) from None


def _name(name: str) -> None:
    """Check that a file name is plain and safe on every system. Raises UserError."""
    try:
        if "/" in name or name.startswith("."):
            raise ValueError
        safe_path(name)
    except ValueError:
        raise UserError(
            Message(f"文件名“{name[:80]}”不安全，不写入", f"“{name[:80]}” is not a safe file name; not written")
        ) from None


def _same(path: Path, data: bytes) -> bool:
    return path.is_file() and not path.is_symlink() and path.stat().st_size == len(data) and path.read_bytes() == data


def _write(folder: Path, files: Mapping[str, bytes], replaces: bool, received: str) -> Deposit:
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
        if received:
            _put(stage / _RECEIVED, _with_line(stage / _RECEIVED, received))
        backup = _swap(stage, folder)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    if backup is not None and not replaces:
        shutil.rmtree(backup)  # nothing typed was overwritten: the new folder has all of it
        with suppress(OSError):  # other backups are in it
            backup.parent.rmdir()
        backup = None
    return Deposit("replaced" if replaces else "new", folder, backup)


def _with_line(path: Path, line: str) -> bytes:
    """Return the lines of a file, if it is one of a fair size, with another behind them."""
    fair = path.is_file() and not path.is_symlink() and path.stat().st_size < _MANY
    there = path.read_bytes() if fair else b""
    return there + line.encode() + b"\n"


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
