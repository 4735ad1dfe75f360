"""A writer of the stage: files equal to those published before are only noted, changed ones are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.pipeline.manifest import Entry, measure
from generator.pipeline.stage_writer import StageWriter, read_line
from tests.pipeline.test_run import made


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    (old / "same").write_bytes(b"1")
    (old / "changed").write_bytes(b"1")
    return old, new


def test_only_what_differs_is_written(folders: tuple[Path, Path]) -> None:
    old, new = folders
    writer = StageWriter(str(old), str(new))
    for name, data in (("same", b"1"), ("changed", b"2"), ("a/new", b"3")):
        writer.put(name, data)
    staged = writer.take()
    assert staged.written == 2 and [line.split(" ")[3] for line in staged.lines] == ["same", "changed", "a/new"]
    assert made(new) == {"site/changed": b"2", "site/a/new": b"3"}
    assert read_line(staged.lines[0]) == ((old / "same").stat().st_mtime_ns, Entry("same", *measure(f"{old}/same")))
    assert writer.take() == ([], 0)


def test_a_path_staged_twice_is_an_error(folders: tuple[Path, Path]) -> None:
    writer = StageWriter("", str(folders[1]))
    writer.put("a", b"1")
    with pytest.raises(FileExistsError):
        writer.put("a", b"2")


@pytest.mark.parametrize("path", ["../a", "/a", "aux.txt"])
def test_a_path_that_is_not_safe_is_an_error(folders: tuple[Path, Path], path: str) -> None:
    with pytest.raises(ValueError, match="not a safe path"):
        StageWriter("", str(folders[1])).put(path, b"")


def test_parts_are_joined_in_the_order_asked_for_and_go(folders: tuple[Path, Path]) -> None:
    old, new = folders
    writer = StageWriter(str(old), str(new))
    writer.append("b", b"2\n")
    writer.append("a", b"1\n")
    writer.join("data.csv", ["a", "b"])
    assert writer.take().written == 1 and made(new) == {"site/data.csv": b"1\n2\n"}


def test_joined_parts_equal_to_the_old_file_are_only_noted(folders: tuple[Path, Path]) -> None:
    old, new = folders
    writer = StageWriter(str(old), str(new))
    writer.append("a", b"1")
    writer.join("same", ["a"])
    staged = writer.take()
    assert made(new) == {} and staged.written == 0 and [read_line(line)[1].path for line in staged.lines] == ["same"]
