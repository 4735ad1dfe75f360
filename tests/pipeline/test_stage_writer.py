"""A writer of the stage: files equal to those published before are only noted, changed ones are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.pipeline.manifest import Entry, measure
from generator.pipeline.stage_writer import Range, StageWriter, read_line
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


def test_a_file_is_assembled_from_ranges_of_part_files_which_then_go(folders: tuple[Path, Path]) -> None:
    old, new = folders
    writer = StageWriter(str(old), str(new))
    writer.append("b", b"xx2;")
    writer.append("a", b"1;yy")
    writer.assemble("data.csv", b"head;", [Range("a", 0, 2), Range("b", 2, 2)], b";", b"!")
    assert writer.take().written == 1
    with writer.open("data.csv") as file:
        assert file.read() == b"head;1;2!"
    for part in ("a", "b"):
        writer.drop(part)
    assert made(new) == {"site/data.csv": b"head;1;2!"}


def test_a_file_without_ranges_keeps_its_head(folders: tuple[Path, Path]) -> None:
    writer = StageWriter("", str(folders[1]))
    writer.assemble("index.json", b"[\n", [], b"\n", b"]")
    assert made(folders[1]) == {"site/index.json": b"[\n]"}


def test_an_assembled_file_equal_to_the_old_one_is_only_noted(folders: tuple[Path, Path]) -> None:
    old, new = folders
    writer = StageWriter(str(old), str(new))
    writer.append("a", b"1")
    writer.assemble("same", b"", [Range("a", 0, 1)], b"", b"")
    writer.drop("a")
    with writer.open("same") as file:
        assert file.read() == b"1"
    staged = writer.take()
    assert made(new) == {} and staged.written == 0 and [read_line(line)[1].path for line in staged.lines] == ["same"]
