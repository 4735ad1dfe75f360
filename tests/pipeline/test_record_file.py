"""The file of records: whatever is wrong with it costs only time."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from generator.pipeline.record_file import discard, open_store, read_result, records_beside
from generator.pipeline.record_store import Filed
from tests.pipeline.test_record_store import RECORD, fill


def test_what_is_not_kept_is_not_there_and_leaves_no_file(tmp_path: Path) -> None:
    with open_store(tmp_path / "r") as store:
        store.put_organ("key", RECORD)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_deleted_meanwhile_costs_its_records_only(tmp_path: Path) -> None:
    with open_store(tmp_path / "r") as store:
        (tmp_path / "r").unlink()
        store.put_organ("key", RECORD)
        store.keep()
        assert list(store.organs()) == ["shili"]
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_another_holds_alone_is_not_waited_for(tmp_path: Path) -> None:
    fill(tmp_path / "r")
    with closing(sqlite3.connect(tmp_path / "r")) as other:
        other.execute("BEGIN EXCLUSIVE")
        with open_store(tmp_path / "r") as store:
            assert not store.lasting and store.organs() == {}
    with open_store(tmp_path / "r") as store:
        assert store.organs().keys() == {"shili"}


@pytest.mark.parametrize("data", [b"", b"no database", b"SQLite format 3\0" + bytes(100)])
def test_a_file_that_is_no_record_is_begun_anew(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "r").write_bytes(data)
    fill(tmp_path / "r")
    assert read_result(tmp_path / "r", "check") == Filed("salt", "结果")


def test_a_file_of_another_version_is_begun_anew(tmp_path: Path) -> None:
    fill(tmp_path / "r")
    with sqlite3.connect(tmp_path / "r") as database:
        database.execute("PRAGMA user_version = 99")
    assert read_result(tmp_path / "r", "check") is None
    with open_store(tmp_path / "r") as store:
        assert store.organs() == {}


def test_a_file_in_use_is_read_and_left_alone(tmp_path: Path) -> None:
    fill(tmp_path / "r")
    with open_store(tmp_path / "r") as first, open_store(tmp_path / "r") as second:
        assert first.lasting and not second.lasting and second.organs().keys() == {"shili"}
        second.drop_organs(["shili"])
        second.keep()
    with open_store(tmp_path / "r") as store:
        assert store.organs().keys() == {"shili"}


@pytest.mark.parametrize("kind", ["fifo", "folder", "link", "no folder"])
def test_what_is_no_plain_file_is_left_alone(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "r"
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to(tmp_path / "elsewhere")
    else:
        path = tmp_path / "missing/r"
    fill(path)
    assert read_result(path, "check") is None and not (tmp_path / "elsewhere").exists()
    assert kind == "no folder" or not stat.S_ISREG(path.lstat().st_mode)


def test_without_a_path_records_serve_one_run() -> None:
    with open_store(None) as store:
        store.put_organ("key", RECORD)
        assert store.organs().keys() == {"shili"} and not store.lasting
        store.clear()
        assert store.organs() == {}
    discard(None)


def test_the_file_lies_beside_the_output_or_beside_the_folder_that_build_makes_by_default(tmp_path: Path) -> None:
    content = tmp_path / "content"
    assert records_beside(content, tmp_path / "out") == tmp_path / ".out.nianbao-records.sqlite"
    assert records_beside(content, None) == records_beside(content, tmp_path / "site")
