"""Processes that die, are killed or interrupted: nothing hangs, nothing is half done, and what was in hand is named."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections import deque
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace

import pytest

from generator.pipeline import processes
from generator.pipeline.processes import Crew, Given
from generator.pipeline.request import Request
from generator.pipeline.run import run
from generator.pipeline.worker import Task
from generator.pipeline.worker_process import Seats
from tests.example import prose, tables, write_content
from tests.pipeline.test_run import made

pytestmark = pytest.mark.slow


def reports_of(*organs: str) -> dict[str, tuple[str, str]]:
    return {f"{year}/{organ}": (tables(year, organ), prose(year)) for organ in organs for year in range(2019, 2023)}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path / "content", reports_of("ju0", "ju1", "ju2"))


DYING = Path(__file__).with_name("dying.py")


def build_that_dies(content: Path, output: Path, reports: str, *how: object) -> tuple[int, str]:
    command = [sys.executable, str(DYING), str(content), str(output), reports, *map(str, how)]
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    return result.returncode, result.stdout + result.stderr


@pytest.mark.slow
@pytest.mark.parametrize("when", ["at a report", "half"])
def test_a_process_that_dies_once_costs_nothing_but_time(content: Path, tmp_path: Path, when: str) -> None:
    """Even where half of its result was handed over: nobody waits for the rest."""
    marker = tmp_path / "marker"
    marker.touch()
    code, said = build_that_dies(content, tmp_path / "site", "2020/ju1", marker, *(["half"] if when == "half" else []))
    assert code == 0 and "Traceback" not in said and not marker.exists()
    run(Request(content, jobs=1), tmp_path / "expected")
    assert made(tmp_path / "site") == made(tmp_path / "expected")


@pytest.mark.slow
def test_a_process_that_dies_again_is_one_sentence_that_names_the_report(content: Path, tmp_path: Path) -> None:
    run(Request(content, jobs=1), tmp_path / "site")
    before = made(tmp_path / "site")
    code, said = build_that_dies(content, tmp_path / "site", "2020/ju1")
    assert code == 2 and "处理“2020/ju1”的进程两次意外中止" in said and "Traceback" not in said
    assert made(tmp_path / "site") == before and not (tmp_path / ".site.nianbao-new").exists()
    assert run(Request(content, jobs=1), tmp_path / "site").written is not None, "the lock is free"


def test_only_what_a_dead_process_was_at_is_done_alone_and_a_second_death_ends_it_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 80 reports the process of its own reads no more than those of one batch, up to the one that kills it, and
    nothing that others still have to do is waited for."""
    content = write_content(tmp_path / "content", reports_of(*(f"ju{number:02}" for number in range(20))))
    monkeypatch.setenv("NIANBAO_READ", str(tmp_path / "read"))
    code, said = build_that_dies(content, tmp_path / "site", "2020/ju01")
    ended = time.monotonic()
    lines = [line.split() for line in (tmp_path / "read").read_text("utf-8").splitlines()]
    deadly = [(pid, float(at)) for pid, folder, at in lines if folder == "2020/ju01"]
    assert code == 2 and "处理“2020/ju01”的进程两次意外中止" in said and len(deadly) == 2
    again = [folder for pid, folder, _ in lines if pid == deadly[1][0]]
    assert again == ["2019/ju01", "2020/ju01"]
    assert ended - deadly[0][1] < 5 * max(1, os.getloadavg()[0])  # 5 s on a machine that has nothing else to do


def test_processes_that_die_at_one_report_after_another_end_the_run_with_a_sentence(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content", reports_of(*(f"ju{number}" for number in range(9))))
    code, said = build_that_dies(content, tmp_path / "site", "2020/*", "pool")
    assert code == 2 and "第3次意外中止" in said and "--jobs 1" in said and "Traceback" not in said
    assert not (tmp_path / "site").exists() and run(Request(content, jobs=1), tmp_path / "site").written


def test_after_one_death_new_processes_go_on_beside_the_one_that_tries_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = write_content(tmp_path / "content", reports_of(*(f"ju{number:02}" for number in range(12))))
    monkeypatch.setenv("NIANBAO_READ", str(tmp_path / "read"))
    code, said = build_that_dies(content, tmp_path / "site", "2021/ju02", "pool")
    read = [line.split()[:2] for line in (tmp_path / "read").read_text("utf-8").splitlines()]
    first, second = dict.fromkeys(pid for pid, folder in read if folder.endswith("/ju02"))
    assert code == 0 and "Traceback" not in said
    assert (
        {folder[5:] for pid, folder in read if pid == second}
        == {"ju02"}
        != {folder[5:] for pid, folder in read if pid == first}
    )
    run(Request(content, jobs=1), tmp_path / "expected")
    assert made(tmp_path / "site") == made(tmp_path / "expected")


def _sit(seats: Seats, number: int) -> None:
    seat = seats.take()
    seat.array[seat.place] = number


def test_a_death_in_the_pool_is_not_laid_to_the_report_that_is_tried_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine the sentence “处理…的进程两次意外中止” named a report that no process had died of twice."""
    monkeypatch.setattr(processes, "_LOOK", 0.01)
    monkeypatch.setattr(processes, "_of", lambda _: [SimpleNamespace(exitcode=-9)])
    crew = object.__new__(Crew)
    waiting = Given(Task(0, []), Future(), alone=True)
    crew._given, crew._alone, crew._pool = deque([waiting]), None, None  # type: ignore[assignment]
    replaced: list[BaseException] = []

    def replace(error: BaseException) -> None:
        replaced.append(error)
        waiting.future.set_result("done")  # type: ignore[arg-type]

    monkeypatch.setattr(crew, "_replace", replace)
    assert crew._next() == "done" and len(replaced) == 1  # type: ignore[comparison-overlap]


def test_each_process_has_a_place_of_its_own() -> None:
    context = multiprocessing.get_context("spawn")
    seats = Seats(context, 2)
    processes = [
        multiprocessing.get_context(way).Process(target=_sit, args=(seats, number))  # type: ignore[attr-defined]
        for way, number in (("fork", 7), ("spawn", 8))
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(30)
    assert seats.tasks() == {processes[0].pid: 7, processes[1].pid: 8}


ORPHANED_BEFORE_IT_WAS_READY = """
import multiprocessing, os, time
from generator.pipeline.worker_process import start

def late(parent):
    while os.getppid() == parent:
        time.sleep(0.01)
    start(None)
    time.sleep(60)

multiprocessing.get_context("fork").Process(target=late, args=(os.getpid(),)).start()
os._exit(0)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks")
def test_a_process_whose_parent_died_before_it_was_ready_ends(tmp_path: Path) -> None:
    """The system tells of the death of a parent only those that have asked. One that was too late waited for ever, for
    tasks through a pipe that it held open itself."""
    subprocess.run([sys.executable, "-c", ORPHANED_BEFORE_IT_WAS_READY], capture_output=True, timeout=30, check=True)


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
    return subprocess.Popen(
        [*command, "--jobs", "2"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


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
        for number in range(20)
        for year in range(2019, 2025)
    }
    return write_content(tmp_path_factory.mktemp("many") / "content", reports)


@pytest.mark.slow
@pytest.mark.parametrize("moment", [0.0, 0.15])
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
        else:  # to all processes of the terminal
            os.killpg(process.pid, signal.SIGINT)
        workers = sorted({*workers, *descendants(process.pid)})
        _, errors = process.communicate(timeout=60)
    finally:
        with contextlib.suppress(ProcessLookupError):  # whatever is left
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    assert gone(workers) and "Traceback" not in errors
    assert process.returncode == {"worker": 0, "parent": -signal.SIGKILL, "Ctrl-C": 130}[whom]
