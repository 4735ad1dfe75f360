"""The records: what is kept is found again, and what was changed is damage."""

from __future__ import annotations

import sqlite3
import zlib
from pathlib import Path

import pytest

from generator.pipeline.organ_record import OrganRecord, ReportRecord, digest
from generator.pipeline.record_file import open_store, read_result
from generator.pipeline.record_store import Damaged, Filed

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


@pytest.mark.parametrize("body", ["{}x", "[[2021]]", "[1]", '[[2021, "", "", "", "", "", "", "", ""]]', "3"])
def test_reports_in_the_shape_of_another_program_are_damage(tmp_path: Path, body: str) -> None:
    fill(tmp_path / "r")
    with sqlite3.connect(tmp_path / "r") as database:
        seal = zlib.crc32(f"shili\0key\0{body}".encode())
        database.execute("UPDATE organs SET body = ?, seal = ?", (body, seal))
    with open_store(tmp_path / "r") as store, pytest.raises(Damaged):
        store.organs()
