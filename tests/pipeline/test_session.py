"""A command finds which records still hold, and reads no file where the stamps say so."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.collection import folder
from generator.pipeline import fingerprints, validity
from generator.pipeline import run as pipeline
from generator.pipeline.record_file import open_store
from generator.pipeline.record_store import Filed, RecordStore
from generator.pipeline.request import Request
from generator.pipeline.run import run
from generator.pipeline.session import Session, open_session
from tests.example import tables, write_content
from tests.pipeline.test_run import made
from tests.pipeline.test_run import run as build


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(fingerprints, "_GRAIN_NS", 0)
    content = write_content(tmp_path / "content")
    run(Request(content, jobs=1), None)
    return content


def current(content: Path, path: Path, **asked: bool) -> tuple[Session, set[str]]:
    with open_store(path) as store:
        opened = open_session(Request(content, cold=asked.get("cold", False)), store)
        return opened, set(opened.current(opened.scan()[0]))


def test_where_nothing_changed_all_records_hold_and_no_report_is_read(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "is_draft", None)
    monkeypatch.setattr(validity, "digest_of_folder", None)
    assert current(content, tmp_path / ".site.nianbao-records.sqlite")[1] == {"shili", "jiaju"}


def test_the_record_of_an_organ_goes_with_any_of_its_reports(content: Path, tmp_path: Path) -> None:
    records = tmp_path / ".site.nianbao-records.sqlite"
    file = content / "2020/shili/tables.yaml"
    text = file.read_text("utf-8")
    file.write_text(tables(2020, 表三_本年新收=[0] * 7), encoding="utf-8")
    assert current(content, records)[1] == {"jiaju"}
    file.write_text(text, encoding="utf-8")  # another stamp, the same content
    assert current(content, records)[1] == {"shili", "jiaju"}
    file.write_text("状态: 草稿\n" + text, encoding="utf-8")
    assert current(content, records)[1] == {"jiaju"}


def test_no_record_holds_for_other_settings_or_when_asked_to_do_all_anew(content: Path, tmp_path: Path) -> None:
    records = tmp_path / ".site.nianbao-records.sqlite"
    assert current(content, records, cold=True)[1] == set()
    with (content / "site.yaml").open("a", encoding="utf-8") as site:
        site.write("历史报告截至: 2020\n")
    assert current(content, records)[1] == set()


def test_what_another_program_filed_is_forgotten_whatever_its_shape(content: Path, tmp_path: Path) -> None:
    records = tmp_path / ".site.nianbao-records.sqlite"
    with open_store(records) as store:
        program = store.result(validity.PROGRAM)
        assert program is not None
        store.put_result(validity.PROGRAM, Filed("then", "another program"))
        store.begin_publishing()
        store.stage_published("organ shili", Filed("key", "[]"))
        store.take_published([])
        store.keep()
    with open_store(records) as store:
        assert open_session(Request(content), store).organs == {} == store.published()
        assert store.result(validity.PROGRAM) == program


@pytest.mark.parametrize("where", ["beside", "everywhere"])
def test_records_on_a_full_disk_cost_time_and_where_none_has_room_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    content = write_content(tmp_path / "content")
    build(content, tmp_path / "site")
    records = tmp_path / ".site.nianbao-records.sqlite"
    before = records.read_bytes()
    shutil.rmtree(content / "2020")

    @contextmanager
    def full(path: Path | None) -> Iterator[RecordStore]:
        with open_store(path) as store:
            if path or where == "everywhere":
                store._database.execute("PRAGMA max_page_count = 1")
                store._database.execute("UPDATE results SET body = zeroblob(1000000)")
            yield store

    monkeypatch.setattr(pipeline, "open_store", full)
    if where == "beside":
        build(content, tmp_path / "site")
        monkeypatch.undo()
        build(content, tmp_path / "expected")
        assert made(tmp_path / "site") == made(tmp_path / "expected")
    else:
        with pytest.raises(OSError, match="full") as raised:
            build(content, tmp_path / "site")
        assert raised.value.errno == errno.ENOSPC
    assert records.read_bytes() == before
