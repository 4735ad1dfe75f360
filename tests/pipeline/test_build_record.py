"""The record of a build: it proves that nothing is to be done, or nothing at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.pipeline.build_record import BuildRecord, input_paths, load_record, proving, salt, stamps, still_true
from generator.pipeline.request import Request
from tests.example import write_content

RECORD = BuildRecord("salt", ["1 2 /a"], ["3 4 b", "5 6 c"], '[1, ["甲\\n"]]')


def written(folder: Path, data: bytes) -> Path:
    (folder / "record").write_bytes(data)
    return folder / "record"


def test_a_record_comes_back_as_it_was_written(tmp_path: Path) -> None:
    assert load_record(tmp_path / "record") is None
    assert load_record(written(tmp_path, b"".join(RECORD.lines()))) == RECORD
    for end in (b"\n", b" -\n"):  # as older programs wrote its head
        assert load_record(written(tmp_path, b"".join(RECORD.lines()).replace(b" - 0\n", end, 1))) == RECORD


@pytest.mark.parametrize("cut", [0, 5, 20, -1])
def test_a_record_cut_short_is_none(tmp_path: Path, cut: int) -> None:
    assert load_record(written(tmp_path, b"".join(RECORD.lines())[:cut])) is None


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    assert load_record(written(tmp_path, b"".join(RECORD.lines()).replace(b"3 4 b", b"3 5 b"))) is None


def test_files_are_stamped_with_time_and_size_and_folders_with_time_alone(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"123")
    os.utime(tmp_path / "a", ns=(7, 7))
    os.utime(tmp_path, ns=(8, 8))
    assert list(stamps([str(tmp_path / "a"), str(tmp_path)])) == [f"7 3 {tmp_path}/a", f"8 -1 {tmp_path}"]


def test_stamps_prove_nothing_where_a_file_is_too_new_or_its_name_breaks_the_line() -> None:
    old, second = ["1000000000 3 a"], 10**9
    assert list(proving(old, 4 * second)) == old and list(proving(old, 2 * second)) == []
    assert list(proving([*old, "1 1 a\nb"], 10 * second)) == []


def test_a_record_is_true_until_a_file_changes(tmp_path: Path) -> None:
    source, output = tmp_path / "content", tmp_path / "site"
    output.mkdir()
    source.mkdir()
    (source / "a").write_bytes(b"1")
    (output / "page").write_bytes(b"22")
    made = [line.replace(f"{output}/", "") for line in stamps([str(output / "page")])]
    record = BuildRecord("salt", list(stamps([str(source), str(source / "a"), str(tmp_path)])), made, "")
    assert still_true(record, "salt", output) and not still_true(record, "other", output)
    assert not still_true(record._replace(inputs=[]), "salt", output)
    (output / "page").write_bytes(b"333")
    assert not still_true(record, "salt", output) and still_true(record, "salt", output, output_stands=True)
    (source / "a").write_bytes(b"22")
    assert not still_true(record, "salt", output, output_stands=True)
    (output / "page").unlink()
    assert not still_true(record, "salt", output)


def test_whatever_else_decides_the_result_is_in_the_salt(tmp_path: Path) -> None:
    first = Request(tmp_path)
    others = [Request(tmp_path / "a"), Request(tmp_path, "http://a/"), Request(tmp_path, strict=True)]
    assert len({salt(request) for request in (first, *others)}) == 4 and salt(first) == salt(Request(tmp_path, jobs=3))


def test_a_folder_in_a_report_is_not_entered(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    deep = content / "2021/shili/一/二/三"
    deep.mkdir(parents=True)
    (deep / "a.txt").write_bytes(b"")
    paths = list(input_paths(content))
    assert str(content / "2021/shili/report.md") in paths and not any("二" in path or "a.txt" in path for path in paths)
