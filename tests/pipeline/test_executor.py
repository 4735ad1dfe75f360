"""Batches of reports, in this process or in several: in order, with the same result."""

from __future__ import annotations

import errno
import gc
from pathlib import Path

import pytest

from generator.collection.folder import scan
from generator.collection.office import Office, open_office
from generator.pipeline import executor
from generator.pipeline.executor import Processes, Serial, automatic, rare_collections, run_batches
from generator.pipeline.organ_record import OrganRecord
from generator.pipeline.worker import Batch
from tests.example import prose, tables, write_content

pytestmark = pytest.mark.slow


@pytest.fixture
def office(tmp_path: Path) -> Office:
    reports = {
        f"{year}/{organ}": (tables(year, organ), prose(year))
        for organ in ("ju0", "ju1", "ju2")
        for year in range(2019, 2023)
    }
    return open_office(write_content(tmp_path / "content", reports))


def kept(batch: Batch) -> list[OrganRecord]:
    """Returns the records of a batch without the stamps, which prove something only some seconds later."""
    return [
        record._replace(reports=tuple(report._replace(signature="") for report in record.reports))
        for record in batch.organs
    ]


@pytest.mark.slow
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_several_processes_give_what_one_gives(office: Office, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    refs, _ = scan(office.content)
    monkeypatch.setattr(executor, "_BATCH", 4)
    alone = list(run_batches(office, refs, executor=Serial()))
    monkeypatch.setattr(executor, "_PARALLEL_FROM", 1)
    monkeypatch.setattr("sys.platform", "linux" if method == "fork" else "darwin")
    together = list(run_batches(office, refs, executor=Processes(2)))
    assert len(alone) == 3 and [batch.part for batch in alone] == ["000000", "000001", "000002"]
    assert [kept(batch) for batch in together] == [kept(batch) for batch in alone]


def test_without_memory_to_share_one_process_does_it_all(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """`/dev/shm` is missing or read-only in some containers: “读写“”时出错” was all that was said."""
    refs, _ = scan(office.content)

    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, "示例")

    monkeypatch.setattr("generator.pipeline.processes.Seats", refuse)
    together = list(run_batches(office, refs, executor=Processes(2)))
    assert [kept(batch) for batch in together] == [kept(batch) for batch in run_batches(office, refs)]


def test_an_organ_is_never_cut_in_two(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executor, "_BATCH", 3)
    batches = list(run_batches(office, scan(office.content)[0]))
    assert [{record.organ for record in batch.organs} for batch in batches] == [{"ju0"}, {"ju1"}, {"ju2"}]


def test_what_is_done_is_told_as_it_is_done(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executor, "_BATCH", 4)
    done: list[int] = []
    for _ in run_batches(office, scan(office.content)[0], advance=done.append):
        pass
    assert done == [4, 4, 4]


def test_few_reports_are_worked_through_in_one_process() -> None:
    assert isinstance(automatic(4, 63), Serial) and isinstance(automatic(1, 1_000), Serial)
    chosen = automatic(4, 64)
    assert isinstance(chosen, Processes) and chosen.number == 4


def test_garbage_collection_is_as_before_afterwards() -> None:
    before = gc.get_threshold()
    with rare_collections():
        assert gc.get_threshold()[0] == 100_000
    assert gc.get_threshold() == before
