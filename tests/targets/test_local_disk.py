"""A folder of this computer as a target."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.finding import UserError
from generator.targets.local_disk import LocalDisk
from generator.targets.target import Plan
from tests.targets.samples import FILES, lay


@pytest.fixture
def disk(tmp_path: Path) -> LocalDisk:
    lay(tmp_path / "site", FILES)
    return LocalDisk(tmp_path / "www", ".draft-x")


def assemble(disk: LocalDisk, tmp_path: Path, folder: str, base: str, kept: list[str]) -> list[int]:
    sizes: list[int] = []
    changed = [path for path in FILES if path not in kept]
    disk.assemble(folder, base, Plan("r", tmp_path / "site", changed, kept, (), {}, ""), sizes.append)
    return sizes


def test_changed_files_are_copied_and_counted_and_kept_ones_are_linked(disk: LocalDisk, tmp_path: Path) -> None:
    assert sum(assemble(disk, tmp_path, "releases/a", "", [])) == sum(map(len, FILES.values()))
    assert assemble(disk, tmp_path, "releases/b", "releases/a", ["index.html"]) == [
        len(FILES[path]) for path in FILES if path != "index.html"
    ]
    a, b = tmp_path / "www/releases/a", tmp_path / "www/releases/b"
    assert (a / "index.html").stat().st_ino == (b / "index.html").stat().st_ino
    assert list(disk.walk("releases/b")) == sorted(FILES) and disk.names("releases") == ["a", "b"]


def test_files_are_copied_where_hard_links_are_not_to_be_had(
    disk: LocalDisk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assemble(disk, tmp_path, "releases/a", "", [])

    def refuse(*_: object) -> None:
        raise PermissionError(1, "no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    assemble(disk, tmp_path, "releases/b", "releases/a", list(FILES))
    assert (tmp_path / "www/releases/b/index.html").read_bytes() == FILES["index.html"]


def test_the_pointer_is_replaced_and_must_be_a_link(disk: LocalDisk, tmp_path: Path) -> None:
    assert disk.pointer() == ""
    for name in "ab":
        (tmp_path / "www/releases" / name).mkdir(parents=True)
    assert disk.switch("", "releases/a", "") and disk.pointer() == "releases/a"
    assert disk.switch("", "releases/b", "releases/a") and disk.pointer() == "releases/b"
    with pytest.raises(UserError, match="somebody else"):
        disk.switch("", "releases/a", "releases/a")
    (tmp_path / "www/current").unlink()
    (tmp_path / "www/current").mkdir()
    with pytest.raises(UserError, match="no symbolic link"):
        disk.pointer()


def test_what_is_not_there_is_nothing(disk: LocalDisk) -> None:
    assert disk.read("current/a") is None and disk.sums("current/a") is None and disk.names("releases") == []
    disk.remove("releases/none")
