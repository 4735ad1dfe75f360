"""Batches of reports, in this process or in several: in order, with the same result."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from generator.collection.folder import scan
from generator.collection.office import Office, open_office
from generator.pipeline import executor
from generator.pipeline.executor import rare_collections, run_batches
from tests.example import prose, tables, write_content


@pytest.fixture
def office(tmp_path: Path) -> Office:
    reports = {
        f"{year}/{organ}": (tables(year, organ), prose(year))
        for organ in ("jiaju", "shili", "yizhen")
        for year in range(2019, 2023)
    }
    return open_office(write_content(tmp_path / "content", reports))


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_several_processes_give_what_one_gives(office: Office, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    refs, _ = scan(office.content)
    monkeypatch.setattr(executor, "_BATCH", 4)
    alone = list(run_batches("check", office, refs, jobs=1))
    monkeypatch.setattr(executor, "_PARALLEL_FROM", 1)
    monkeypatch.setattr("sys.platform", "linux" if method == "fork" else "darwin")
    together = list(run_batches("check", office, refs, jobs=2))
    assert len(alone) == 3 and [batch.part for batch in alone] == ["000000", "000001", "000002"]
    assert [(b.findings, b.facts, b.reports) for b in together] == [(b.findings, b.facts, b.reports) for b in alone]


def test_an_organ_is_never_cut_in_two(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executor, "_BATCH", 3)
    batches = list(run_batches("check", office, scan(office.content)[0], jobs=1))
    assert [{facts.organ for facts in batch.facts.reports} for batch in batches] == [{"jiaju"}, {"shili"}, {"yizhen"}]


def test_gathering_runs_no_rule(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.pipeline.worker.check_entries", None)
    batches = list(run_batches("gather", office, scan(office.content)[0], jobs=1))
    assert sum(len(batch.facts.reports) for batch in batches) == 12 and not any(batch.findings for batch in batches)


def test_what_is_done_is_told_as_it_is_done(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executor, "_BATCH", 4)
    done: list[int] = []
    for _ in run_batches("gather", office, scan(office.content)[0], jobs=1, advance=done.append):
        pass
    assert done == [4, 4, 4]


def test_garbage_collection_is_as_before_afterwards() -> None:
    before = gc.get_threshold()
    with rare_collections():
        assert gc.get_threshold()[0] == 100_000
    assert gc.get_threshold() == before
