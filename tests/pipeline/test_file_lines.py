"""Lines about many files lie on the disk, in order."""

from __future__ import annotations

import errno
import mmap
import random
import tempfile
from collections.abc import Mapping

import pytest

from generator.pipeline.file_lines import ChangedLines, LineFile, SortedLines, StagedLines


def test_lines_come_back_in_order_as_often_as_wanted() -> None:
    lines = LineFile()
    for line in ("b", "", "甲 \udcff"):
        lines.add(line)
    assert len(lines) == 3 and list(lines) == list(lines) == ["b", "", "甲 \udcff"]


def test_staged_lines_come_by_path_as_texts_are_sorted() -> None:
    paths = ["b", "a/b", "a", "a-b/c", "甲/乙", "\udcff", "", "\U00020000", "a.b"]
    staged = StagedLines()
    staged.add(f"1 2 3 {path}" for path in paths)
    assert list(staged) == [f"1 2 3 {path}" for path in sorted(paths)]


def test_a_path_is_held_whatever_the_case_of_its_letters_also_after_the_first_question() -> None:
    staged = StagedLines()
    staged.add(["1 2 3 a/TU.png"])
    assert staged.holds("A/tu.png") and not staged.holds("a")
    staged.add(["1 2 3 a"])
    assert staged.holds("a") and staged.holds("A")


def test_the_same_path_twice_is_told() -> None:
    staged = StagedLines()
    assert not staged.add(["1 2 3 A", "1 2 3 b"]) and staged.add(["1 2 3 a", "1 2 3 A"]) == "A"
    assert staged.twice("a", "") and staged.twice("b", "b") and not staged.twice("b", "a") and not staged.twice("A", "")


def test_a_full_disk_is_an_error_of_the_system() -> None:
    staged = StagedLines()
    staged._database.execute("PRAGMA max_page_count = 3")
    with pytest.raises(OSError, match="full") as failed:
        staged.add(f"1 2 3 {'x' * 100}{number}" for number in range(1000))
    assert failed.value.errno == errno.ENOSPC


def changed(lines: Mapping[str, str], new: Mapping[str, str]) -> tuple[ChangedLines, bytes]:
    """Changes sorted lines `value path` in a file that begins and ends with something else; returns what follows from
    the lines by themselves too."""
    first, last = b"head\n", b"9 zzz\n"
    body = "".join(f"{lines[path]} {path}\n" for path in sorted(lines)).encode()
    with tempfile.TemporaryFile() as file:
        file.write(first + body + last)
        file.flush()
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    of_file = SortedLines(data, len(first), len(first) + len(body), lambda line: line.split(b" ", 1)[1].decode())
    after = {**{path: f"{value} {path}" for path, value in lines.items()}, **new}
    left = [after[path] for path in sorted(after) if after[path]]
    return ChangedLines(of_file, new, len(left)), "".join(f"{line}\n" for line in left).encode()


@pytest.mark.parametrize("chunk", [1 << 20, 40])
def test_changed_lines_are_those_of_a_file_written_anew(monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr("generator.pipeline.file_lines._CHUNK", chunk)
    chance = random.Random(14)
    names = [f"{chance.choice('甲ab-')}/{number}" for number in range(60)]
    for size in (0, 1, 2, 30):
        for _ in range(20):
            lines = {path: str(chance.randrange(10)) for path in chance.sample(names, size)}
            new = {path: chance.choice(["", f"7 {path}"]) for path in chance.sample(names, chance.randrange(8))}
            made, expected = changed(lines, new)
            assert b"".join(made.parts()) == expected
            assert list(made) == expected.decode().split("\n")[:-1] and len(made) == len(list(made))
    made, _ = changed({"a": "1", "c": "2"}, {"a": ""})
    assert list(made.and_also({"b": "3 b"})) == ["3 b", "2 c"] and len(made.and_also({"b": "3 b"})) == 2
