"""Flushing to the disk: everything that is asked for, by whichever way."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from generator.pipeline import flush as module
from generator.pipeline.flush import below, flush


@pytest.fixture
def flushed(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Names of the files and folders that were flushed one by one."""
    names: set[str] = set()
    fsync = os.fsync

    def note(descriptor: int) -> None:
        names.add(os.readlink(f"/proc/self/fd/{descriptor}"))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", note)
    return names


def files(folder: Path, count: int) -> list[str]:
    (folder / "sub").mkdir()
    for number in range(count):
        (folder / "sub" / str(number)).touch()
    return sorted(below(folder))


@pytest.mark.parametrize("count", [0, 3, 100])
def test_every_file_and_folder_is_flushed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flushed: set[str], count: int
) -> None:
    monkeypatch.setattr(module, "_syncfs", lambda path: False)
    paths = files(tmp_path, count)
    flush([*paths, tmp_path / "gone"])
    assert len(paths) == count + 2 and flushed == set(paths)


def test_many_files_are_flushed_by_one_call_where_that_can_be_relied_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flushed: set[str]
) -> None:
    monkeypatch.setattr(module, "_file_system", lambda path: "ext4")
    paths = files(tmp_path, 100)
    flush([tmp_path / "gone", *paths])
    assert not flushed
    monkeypatch.setattr(module, "_kernel", lambda: (5, 7))
    flush(paths)
    assert flushed == set(paths)


def test_a_network_drive_is_flushed_file_by_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flushed: set[str]
) -> None:
    monkeypatch.setattr(module, "_file_system", lambda path: "cifs")
    paths = files(tmp_path, 100)
    flush(paths)
    assert flushed == set(paths)


@pytest.mark.parametrize("code", [errno.EIO, errno.EINVAL])
def test_a_failing_disk_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def fail(_: int) -> None:
        raise OSError(code, "示例")

    (tmp_path / "a").touch()
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="示例"):
        flush([tmp_path / "a"])
    if code == errno.EINVAL:  # a file system that flushes no folders
        flush([tmp_path])
