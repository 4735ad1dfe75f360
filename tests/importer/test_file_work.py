"""All that is done with a stranger's file is a job that a supervised process can be given, and has its limits."""

from __future__ import annotations

import os
import pickle
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from generator.importer import file_work
from generator.importer.file_work import Check, FileWork, Place, Recognise, content_file, ref_of
from generator.importer.make_draft import Only
from generator.importer.run import Importer, ImportRequest
from generator.readers.document import Limits
from generator.readers.sandbox import Guard, Method
from generator.report.entry import Files
from tests.example import prose, tables, write_content
from tests.importer.samples import figures, page

METHODS: list[Method] = ["spawn", "fork"] if sys.platform.startswith("linux") else ["spawn"]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path / "content", {"2020/shili": (tables(2020), prose(2020))})


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "a.html"
    path.write_text(page(2021, figures(2021)), encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
def test_in_a_process_of_its_own_the_result_is_the_same(content: Path, source: Path, method: Method) -> None:
    here, there = Importer(ImportRequest(content)), Importer(ImportRequest(content))
    here.agree = there.agree = lambda path, draft, placing: False
    with Guard(there.work, method) as guard:
        there.do = guard.run
        one, other = here.run(source), there.run(source)
    assert one.status == other.status == "declined" and one.checked == other.checked and one.kept == other.kept
    assert one.draft is not None and other.draft is not None
    assert one.draft.files == other.draft.files and one.draft.counts == other.draft.counts
    assert one.document == other.document


def test_jobs_and_results_can_be_pickled(content: Path, source: Path) -> None:
    work = pickle.loads(pickle.dumps(FileWork(Importer(ImportRequest(content)).office)))
    _, draft = pickle.loads(pickle.dumps(work(Recognise(source, "", 0, Only.BOTH), Limits())))
    placed = pickle.loads(pickle.dumps(work(pickle.loads(pickle.dumps(Place(draft, Files(None, None)))), Limits())))
    assert placed.placing.files.keys() == {"tables.yaml", "report.md"}
    assert work(Check(ref_of(draft), placed.files), Limits()) == placed.checked


@pytest.mark.slow
@pytest.mark.parametrize("slow", ["take", "place", "check_entry"])
def test_whatever_takes_too_long_is_stopped_and_nothing_is_written(
    content: Path, source: Path, monkeypatch: pytest.MonkeyPatch, slow: str
) -> None:
    """Recognition, joining and the rules, by turns; forked, so that the process inherits the slow function."""
    if not sys.platform.startswith("linux"):
        pytest.skip("processes are forked on Linux only")
    parent = os.getpid()

    def sleep(*arguments: Any) -> None:
        assert os.getpid() != parent
        time.sleep(60)

    monkeypatch.setattr(file_work, slow, sleep)
    importer = Importer(ImportRequest(content, limits=Limits(seconds=1)))
    began = time.monotonic()
    with Guard(importer.work, "fork") as guard:
        importer.do = guard.run
        result = importer.run(source)
    assert time.monotonic() - began < 10 and result.status == "refused"
    assert [finding.rule for finding in result.findings] == ["IMP-REFUSED"] and "1秒" in result.findings[0].message.zh
    assert not (content / "2021").exists()


def test_one_file_has_one_allowance_for_all_its_jobs(
    content: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    monkeypatch.setattr("generator.importer.run.time.monotonic", lambda: clock[0])
    importer = Importer(ImportRequest(content, limits=Limits(seconds=10)))
    given: list[int] = []

    def do(job: file_work.Job, limits: Limits) -> Any:
        given.append(limits.seconds)
        clock[0] += 3.5
        return importer.work(job, limits)

    importer.do = do
    importer.run(source)
    importer.run(source)
    assert given == [10, 7, 10, 7]


@pytest.mark.parametrize(
    ("name", "beside", "own"),
    [
        ("tables.yaml", "", True),
        ("organs.yaml", "", True),
        ("report.md", "tables.yaml", True),
        ("report.md", "", False),
        ("年报.md", "tables.yaml", False),
    ],
)
def test_files_of_a_content_folder_are_told_from_others(tmp_path: Path, name: str, beside: str, own: bool) -> None:
    for one in filter(None, (name, beside)):
        (tmp_path / one).write_text("标题: 示例", encoding="utf-8")
    told = content_file(tmp_path / name)
    assert (told is not None) is own and (told is None or "content/" in told.zh)
