"""Many files below a folder are looked at by a list of what is known; folders are listed only where they changed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from generator.pipeline.many_files import all_stand, folders_of, looking_below, others

LATER = 4_000_000_000_000_000_000  # still to come


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/b/c").write_bytes(b"12")
    os.utime(tmp_path / "a/b/c", ns=(7, 7))
    (tmp_path / "d").write_bytes(b"")
    return tmp_path


@pytest.mark.parametrize("by_handle", [True, False])
def test_files_are_compared_by_time_and_size_folders_by_time(
    folder: Path, by_handle: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not by_handle:
        monkeypatch.setattr(os, "supports_dir_fd", set())
    time = (folder / "a").stat().st_mtime_ns
    (folder / "link").symlink_to("a/b/c")
    with looking_below(folder) as look:
        assert all_stand(look, ["7 2 a/b/c", f"{time} -1 a"])
        assert not any(all_stand(look, [line]) for line in ("8 2 a/b/c", "7 3 a/b/c", "7 -1 a", "7 2 link"))
        with pytest.raises(FileNotFoundError):
            all_stand(look, ["7 2 gone"])


@pytest.mark.parametrize("path", ["a/b/new", "a/b/deep/er/new", "new", ".hidden/new"])
def test_what_came_is_found(folder: Path, path: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(b"")
    assert others(folder, {"a/b/c", "d", "gone/e"}, 0) == [path]


def test_a_link_in_the_place_of_a_known_file_counts_as_unknown(folder: Path) -> None:
    (folder / "d").unlink()
    (folder / "d").symlink_to("a")
    assert others(folder, {"a/b/c", "d"}, 0) == ["d"]


def test_folders_that_did_not_change_since_are_not_listed_but_for_the_uppermost(folder: Path) -> None:
    (folder / "a/b/new").write_bytes(b"")
    (folder / "new").write_bytes(b"")
    assert others(folder, {"a/b/c", "d"}, time.time_ns()) == ["new"]
    assert others(folder, {"a/b/c", "d"}, LATER) == ["a/b/new", "new"]  # the clock was put back since


def test_all_folders_above_files() -> None:
    assert folders_of(["a/b/c", "a/d", "e"]) == {"a", "a/b"}
