"""A writer of the stage: files equal to those published before are only noted, changed ones are written."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.pipeline.manifest import Entry, measure
from generator.pipeline.stage_writer import FileRange, StageWriter, path_of, staged_line
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
    same = Entry("same", *measure(f"{old}/same"))
    assert staged.lines[0] == staged_line((old / "same").stat().st_mtime_ns, same)
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


def test_bytes_and_ranges_of_files_are_joined_in_the_order_asked_for(folders: tuple[Path, Path]) -> None:
    old, new = folders
    writer = StageWriter(str(old), str(new))
    writer.append("a", b"0123456789")
    part = writer.part("a")
    published = FileRange(str(old / "same"), 0, 1)
    writer.assemble("data.csv", [b"head\n", FileRange(part, 4, 2), published, FileRange(part, 0, 1)])
    (line,) = writer.take().lines
    assert (new / "site/data.csv").read_bytes() == b"head\n4510"
    assert line.split(" ", 1)[1] == "9 " + hashlib.sha256(b"head\n4510").hexdigest() + " data.csv"


def test_a_joined_file_equal_to_the_published_one_is_only_noted(folders: tuple[Path, Path]) -> None:
    old, new = folders
    writer = StageWriter(str(old), str(new))
    writer.assemble("same", [b"1"])
    staged = writer.take()
    assert made(new) == {} and staged.written == 0 and [path_of(line) for line in staged.lines] == ["same"]


def test_a_range_beyond_the_end_of_its_file_is_an_error(folders: tuple[Path, Path]) -> None:
    writer = StageWriter("", str(folders[1]))
    with pytest.raises(OSError, match="same"):
        writer.assemble("data.csv", [FileRange(str(folders[0] / "same"), 0, 2)])


def test_a_file_that_another_process_staged_is_replaced_in_one_step(folders: tuple[Path, Path]) -> None:
    first, second = StageWriter("", str(folders[1])), StageWriter("", str(folders[1]))
    first.put("a", b"1")
    first.append("part", b"1")
    second.start_again()
    with (folders[1] / "site/a").open("rb") as reader:
        second.put("a", b"1")
        second.append("part", b"1")
        assert reader.read() == b"1"
    assert made(folders[1]) == {"site/a": b"1", "parts/part": b"1"}


def test_a_file_that_is_written_in_part_is_written_on_or_an_error_that_names_it(tmp_path: Path) -> None:
    """Where files may hold 1000 bytes, as at the end of a disk, the first write takes 1000 and says so: no error."""
    script = (
        "import resource; from generator.pipeline.stage_writer import StageWriter; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); StageWriter('', '.').put('page.html', bytes(1500))"
    )
    paths = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=tmp_path, env=paths, capture_output=True, check=False)
    assert b"File too large" in done.stderr and b"page.html" in done.stderr
