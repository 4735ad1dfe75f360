"""A Dask cluster of several processes gives what one process gives, though one of them is killed on the way."""

from __future__ import annotations

import gc
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from bench import workload
from generator.collection.folder import scan
from generator.collection.office import open_office
from generator.finding import UserError
from generator.pipeline import dask_executor
from generator.pipeline.dask_executor import Dask, check_scheduler
from generator.pipeline.executor import run_batches
from generator.pipeline.worker import Batch
from tests.pipeline.test_run import made

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}


class Cluster:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, folder: Path, number: int) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        port = self.address.rpartition(":")[2]
        self.folder = folder
        self.processes = [self._start("dask_scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")]
        for _ in range(number):
            options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--memory-limit", "0")
            self.processes.append(self._start("dask_worker", self.address, *options))

    def _start(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{program}", *arguments]
        silent = subprocess.DEVNULL
        return subprocess.Popen(command, cwd=self.folder, env=ENVIRONMENT, stdout=silent, stderr=silent)

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "cluster"
    folder.mkdir()
    cluster = Cluster(folder, 2)
    yield cluster
    cluster.end()


def build(content: Path, output: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "generator", "--lang", "en", "build", "--content", str(content)]
    command += ["--output", str(output), "--no-fsync", *options]
    return subprocess.Popen(
        command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed(tmp_path: Path, cluster: Cluster) -> None:
    content = tmp_path / "content"
    workload.write_content(content, 80)
    alone = build(content, tmp_path / "alone/site", "--executor", "serial")
    alone.communicate(timeout=300)
    together = build(content, tmp_path / "together/site", "--executor", "dask", "--scheduler", cluster.address)
    parts = tmp_path / "together/.site.nianbao-new/parts"
    while together.poll() is None and not (parts.is_dir() and any(parts.iterdir())):
        time.sleep(0.02)
    cluster.processes[1].kill()  # every worker has a batch in hand now
    said = together.communicate(timeout=300)
    assert alone.returncode == together.returncode == 0, said
    assert made(tmp_path / "together/site") == made(tmp_path / "alone/site")
    assert len(made(tmp_path / "alone/site")) > 80


def test_who_asks_holds_one_batch_at_a_time(tmp_path: Path, cluster: Cluster) -> None:
    content = tmp_path / "content"
    workload.write_content(content, 300)
    refs, _ = scan(content)
    held, reports = [], 0
    for batch in run_batches(open_office(content), refs, None, Dask(cluster.address)):
        reports += batch.reports
        held.append(sum(isinstance(item, Batch) for item in gc.get_objects()))
    assert reports == 300 and len(held) >= 10
    assert max(held) <= 2  # this one, and the one before while it is let go


def test_without_a_scheduler_it_is_said(tmp_path: Path) -> None:
    script = (
        "import sys; from generator.pipeline import dask_executor; dask_executor._WAIT = 1; "
        "from generator.__main__ import main; main()"
    )
    workload.write_content(tmp_path / "content", 5)
    command = [sys.executable, "-c", script, "--lang", "en", "build", "--content", str(tmp_path / "content")]
    command += ["--output", str(tmp_path / "site"), "--executor", "dask", "--scheduler", "tcp://127.0.0.1:9"]
    result = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=60)
    assert result.returncode == 2 and "cannot reach the Dask scheduler" in result.stderr
    assert "Traceback" not in result.stderr and not (tmp_path / "site").exists()


@pytest.mark.parametrize("text", ["local:", "local:0", "local:x", "local:-1", "local:9999"])
def test_a_scheduler_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        check_scheduler(text)


def test_a_scheduler_is_an_address_or_a_number_of_processes() -> None:
    assert check_scheduler("tcp://host:8786") == "tcp://host:8786" and check_scheduler("local:2") == "local:2"
    assert check_scheduler("").startswith("local:")


@pytest.mark.parametrize(("losses", "taken"), [(0, True), (3, True), (4, False)])
def test_a_result_that_died_with_its_worker_is_asked_for_again(losses: int, taken: bool) -> None:
    """Dask calls a result cancelled that was done but could not be fetched; the build ended as a fault of ours."""
    result, asked = Future[str](), list[str]()
    result.set_result("done")
    futures = [Future[str]() for _ in range(losses)]
    for lost in futures:
        lost.cancel()
    answers = iter([*futures, result])

    def again(task: str) -> Future[str]:
        asked.append(task)
        return next(answers)

    first = next(answers)
    vars(result)["release"] = lambda: None
    if taken:
        assert dask_executor._taken("batch", first, again) == "done"  # type: ignore[arg-type, comparison-overlap]
    else:
        with pytest.raises(UserError, match="lost its worker several times"):
            dask_executor._taken("batch", first, again)  # type: ignore[arg-type]
    assert asked == ["batch"] * min(losses, 3)
