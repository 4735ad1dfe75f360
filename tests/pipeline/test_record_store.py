"""The file of records: what is kept is found again, and whatever is wrong with the file costs only time."""

from __future__ import annotations

import os
import sqlite3
import stat
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from generator.pipeline.organ_record import OrganRecord, ReportRecord, digest
from generator.pipeline.record_store import Damaged, Filed, discard, open_store, read_result, records_beside

RECORD = OrganRecord("shili", (ReportRecord(2021, "", "s", "d", ("tu.png",), "[]", "事实", "摘要"),))


def fill(path: Path) -> None:
    with open_store(path) as store:
        store.put_organ("key", RECORD)
        store.put_result("check", Filed("salt", "结果"))
        store.begin_publishing()
        store.stage_published("index.html", Filed("key", "lines"))
        store.take_published([])
        store.keep()


def test_what_is_kept_is_found_again(tmp_path: Path) -> None:
    fill(tmp_path / "r")
    with open_store(tmp_path / "r") as store:
        (known,) = store.organs()["shili"].reports
        assert store.lasting and (known.year, known.pictures, known.facts) == (2021, ("tu.png",), digest("事实"))
        assert list(store.facts(2021, [("shili", known.facts)])) == ["事实"]
        assert list(store.summaries(2021, [("shili", known.summary)])) == ["摘要"]
        assert store.published() == {"index.html": "key"} and store.published_by("index.html") == "lines"
    assert read_result(tmp_path / "r", "check") == Filed("salt", "结果")


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


def test_an_organ_that_goes_takes_its_facts_along(tmp_path: Path) -> None:
    fill(tmp_path / "r")
    with open_store(tmp_path / "r") as store:
        store.drop_organs(["shili"])
        assert store.organs() == {}
        with pytest.raises(Damaged):
            list(store.facts(2021, [("shili", digest("事实"))]))


@pytest.mark.parametrize("table", ["organs", "results", "published"])
def test_a_row_that_was_changed_is_damage(tmp_path: Path, table: str) -> None:
    fill(tmp_path / "r")
    with sqlite3.connect(tmp_path / "r") as database:
        database.execute(f"UPDATE {table} SET key = 'other'")
    with open_store(tmp_path / "r") as store, pytest.raises(Damaged):
        (store.organs(), store.result("check"), list(map(store.published_by, store.published())))


def test_what_is_about_to_be_published_counts_once_it_is_taken(tmp_path: Path) -> None:
    fill(tmp_path / "r")
    with open_store(tmp_path / "r") as store:
        for owner in ("year", "home"):
            store.begin_publishing()  # of the attempt before nothing stays
            store.stage_published(owner, Filed("new", "more"))
        assert store.published() == {"index.html": "key"}
        store.take_published(["index.html"])
        assert store.published() == {"home": "new"} and store.published_by("home") == "more"
        with pytest.raises(Damaged):
            store.published_by("year")


def test_facts_that_were_changed_are_damage(tmp_path: Path) -> None:
    fill(tmp_path / "r")
    with sqlite3.connect(tmp_path / "r") as database:
        database.execute("UPDATE reports SET facts = 'other'")
    with open_store(tmp_path / "r") as store, pytest.raises(Damaged):
        list(store.facts(2021, [("shili", digest("事实"))]))


@pytest.mark.parametrize("value", [None, b"\xff", 5])
@pytest.mark.parametrize("column", ["key", "body", "seal"])
def test_values_of_another_type_are_damage(tmp_path: Path, value: object, column: str) -> None:
    fill(tmp_path / "r")
    with sqlite3.connect(tmp_path / "r") as database:
        database.execute(f"UPDATE organs SET {column} = ?", (value,))
        database.execute("UPDATE reports SET facts = ?, summary = ?", (value, value))
    with open_store(tmp_path / "r") as store:
        for read in (store.organs, lambda: list(store.facts(2021, [("shili", digest("事实"))]))):
            with pytest.raises(Damaged):
                read()


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


@pytest.mark.parametrize("body", ["{}x", "[[2021]]", "[1]", '[[2021, "", "", "", "", "", "", "", ""]]', "3"])
def test_reports_in_the_shape_of_another_program_are_damage(tmp_path: Path, body: str) -> None:
    fill(tmp_path / "r")
    with sqlite3.connect(tmp_path / "r") as database:
        seal = zlib.crc32(f"shili\0key\0{body}".encode())
        database.execute("UPDATE organs SET body = ?, seal = ?", (body, seal))
    with open_store(tmp_path / "r") as store, pytest.raises(Damaged):
        store.organs()


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
