"""Batches of reports, in this process or in several: in order, with the same result."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.collection.folder import scan
from generator.collection.office import Office, open_office
from generator.pipeline import executor
from generator.pipeline.executor import Processes, Serial, automatic, rare_collections, run_batches
from generator.pipeline.organ_record import OrganRecord
from generator.pipeline.request import Request
from generator.pipeline.run import run
from generator.pipeline.worker import Batch
from tests.example import prose, tables, write_content
from tests.pipeline.test_run import made

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


# ---------------------------------------------------------------- processes that die

DYING = Path(__file__).with_name("dying.py")


def build_that_dies(office: Office, output: Path, *marker: Path) -> tuple[int, str, float]:
    command = [sys.executable, str(DYING), str(office.content), str(output), "2020/ju1", *map(str, marker)]
    started = time.monotonic()
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return result.returncode, result.stdout + result.stderr, time.monotonic() - started


@pytest.mark.slow
@pytest.mark.parametrize("when", ["at a report", "half"])
def test_a_process_that_dies_once_costs_nothing_but_time(office: Office, tmp_path: Path, when: str) -> None:
    """Even where half of its result was handed over: nobody waits for the rest."""
    marker = tmp_path / "marker"
    marker.touch()
    code, said, _ = build_that_dies(office, tmp_path / "site", marker, *([Path(when)] if when == "half" else []))
    assert code == 0 and "Traceback" not in said and not marker.exists()
    run(Request(office.content, jobs=1), tmp_path / "expected")
    assert made(tmp_path / "site") == made(tmp_path / "expected")


@pytest.mark.slow
def test_a_process_that_dies_again_is_one_sentence_that_names_the_report(office: Office, tmp_path: Path) -> None:
    run(Request(office.content, jobs=1), tmp_path / "site")
    before = made(tmp_path / "site")
    code, said, _ = build_that_dies(office, tmp_path / "site")
    assert code == 2 and "处理“2020/ju1”的进程两次意外中止" in said and "Traceback" not in said
    assert made(tmp_path / "site") == before and not (tmp_path / ".site.nianbao-new").exists()
    assert run(Request(office.content, jobs=1), tmp_path / "site").written is not None, "the lock is free"


def descendants(pid: int) -> list[int]:
    """Process numbers below one, from /proc."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
    below = [child for child, parent in parents.items() if parent == pid]
    return below + [further for child in below for further in descendants(child)]


def started(content: Path, output: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "generator", "build", "--content", str(content), "--output", str(output)]
    return subprocess.Popen([*command, "--jobs", "2"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def gone(processes: list[int], seconds: float = 5) -> bool:
    """Whether all processes end in time; a dead one nobody has waited for yet counts as gone."""
    end = time.monotonic() + seconds

    def alive(pid: int) -> bool:
        try:
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except OSError:
            return False

    while any(map(alive, processes)) and time.monotonic() < end:
        time.sleep(0.05)
    return not any(map(alive, processes))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    reports = {
        f"{year}/ju{number}": (tables(year, f"ju{number}"), prose(year))
        for number in range(60)
        for year in range(2019, 2025)
    }
    return write_content(tmp_path_factory.mktemp("many") / "content", reports)


@pytest.mark.slow
@pytest.mark.parametrize("moment", [0.0, 0.2, 0.6])
@pytest.mark.parametrize("whom", ["worker", "parent", "Ctrl-C"])
def test_whoever_is_killed_whenever_no_process_is_left(many: Path, tmp_path: Path, moment: float, whom: str) -> None:
    process = started(many, tmp_path / "site")
    try:
        while len(descendants(process.pid)) < 2 and process.poll() is None:
            time.sleep(0.01)
        workers = descendants(process.pid)
        time.sleep(moment)
        if whom == "worker" and workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(workers[0], signal.SIGKILL)
        elif whom == "parent":
            process.kill()
        else:
            process.send_signal(signal.SIGINT)
        workers = sorted({*workers, *descendants(process.pid)})
        _, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert gone(workers) and "Traceback" not in errors
    assert process.returncode == {"worker": 0, "parent": -signal.SIGKILL, "Ctrl-C": 130}[whom] or moment >= 0.6
