"""Reads files in a worker process: a hang, crash or memory blow-up fails that file, and the next one is read."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.__main__ import commands
from generator.readers import open_file, sandbox
from generator.readers.document import Document, Limits, Paragraph, Piece, Unreadable
from generator.readers.sandbox import Guard, Method
from tests.example import write_content
from tests.importer.samples import figures, page

pytestmark = pytest.mark.slow

QUICK = Limits(seconds=1, memory=1_000_000_000)


def misbehaving(path: Path, limits: Limits) -> Document:
    """A reader that does what the file's name says."""
    match path.stem:
        case "hang":
            time.sleep(60)
        case "hang-in-c":
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGALRM})
            time.sleep(60)
        case "crash":
            signal.signal(signal.SIGSEGV, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGSEGV)
        case "leave":
            os._exit(3)
        case "hog":
            return Document(path.name, "txt", (Paragraph((Piece("x" * 3_000_000_000),)),))
        case "fault":
            raise ValueError("a fault of ours")
        case "refuse":
            raise Unreadable(sandbox._crashed(None))
    return Document(path.name, "txt", (), properties={"process": str(os.getpid())})


@pytest.fixture(params=["fork", "spawn"])
def guard(request: pytest.FixtureRequest) -> Iterator[Guard]:
    if request.param == "fork" and not sys.platform.startswith("linux"):
        pytest.skip("processes are forked on Linux only")
    with Guard(misbehaving, request.param) as made:
        yield made
    assert not [child for child in multiprocessing.active_children() if child.name == "nianbao-reader"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("hang", "读了1秒还没有读完，已停止"),
        ("hang-in-c", "读了1秒"),
        ("crash", "读取程序中途退出（信号11）"),
        ("leave", "读取程序中途退出："),
        ("hog", "内存超过1000MB"),
        ("fault", "读取程序出错（ValueError）"),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_the_next_file_is_read(guard: Guard, name: str, sentence: str) -> None:
    first = guard.run(Path("first.txt"), QUICK).properties["process"]
    begun = time.monotonic()
    with pytest.raises(Unreadable) as caught:
        guard.run(Path(f"{name}.txt"), QUICK)
    assert sentence in caught.value.message.zh and time.monotonic() - begun < 8
    after = guard.run(Path("after.txt"), QUICK).properties["process"]
    assert after not in (first, str(os.getpid()))
    with pytest.raises(ProcessLookupError):
        os.kill(int(first), 0)


def test_good_files_and_refused_ones_share_one_worker(guard: Guard) -> None:
    seen = {guard.run(Path("a.txt"), QUICK).properties["process"] for _ in range(3)}
    with pytest.raises(Unreadable):
        guard.run(Path("refuse.txt"), QUICK)
    assert {guard.run(Path("b.txt"), QUICK).properties["process"]} == seen and str(os.getpid()) not in seen


def test_after_many_files_the_worker_is_a_fresh_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_JOBS", 2)
    with Guard(misbehaving, "spawn") as guard:
        seen = [guard.run(Path("a.txt"), QUICK).properties["process"] for _ in range(4)]
    assert seen[0] == seen[1] != seen[2] == seen[3]


def test_a_limit_that_stood_before_is_neither_raised_nor_left_lowered() -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_AS)
    off = sandbox._limit_memory(64_000_000_000)
    assert off is not None and resource.getrlimit(resource.RLIMIT_AS)[0] == 64_000_000_000
    inner = sandbox._limit_memory(80_000_000_000)
    assert inner is not None and resource.getrlimit(resource.RLIMIT_AS)[0] == 64_000_000_000
    inner()
    off()
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_the_import_goes_on_behind_a_file_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = write_content(tmp_path / "content", {})
    folder = tmp_path / "收到"
    folder.mkdir()
    os.mkfifo(folder / "a.txt")  # no plain file: refused at once, not waited for
    (folder / "b.txt").write_text("甲", encoding="utf-8")
    (folder / "c.html").write_text(page(2021, figures(2021)), encoding="utf-8")
    read = open_file.read_bytes

    def slow(data: bytes, name: str, limits: Limits) -> Document:
        time.sleep(60 if name == "b.txt" else 0)
        return read(data, name, limits)

    monkeypatch.setattr(open_file, "read_bytes", slow)
    monkeypatch.setattr(sandbox, "_method", lambda: "fork")
    done = CliRunner().invoke(
        commands("zh"), ["import", str(folder), "--content", str(content), "--max-seconds", "5", "--max-memory", "4000"]
    )
    assert done.exit_code == 1 and done.output.count("IMP-REFUSED") == 2, done.output
    assert "不是普通文件" in done.output and "读了5秒还没有读完" in done.output
    assert (content / "2021/shili/tables.yaml").is_file()


WATCHED = """
import sys
from pathlib import Path
from generator.readers.sandbox import Guard
from tests.readers.test_sandbox import misbehaving
from generator.readers.document import Limits
with Guard(misbehaving, sys.argv[1]) as guard:
    print(guard.run(Path("a.txt"), Limits(seconds=1)).properties["process"], flush=True)
    guard.run(Path("hang.txt"), Limits(seconds=1))
"""


@pytest.mark.parametrize("method", ["fork", "spawn"])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_the_command(method: Method, how: signal.Signals, tmp_path: Path) -> None:
    """Ctrl-C reaches the whole group; a killed command's reader ends by itself."""
    script = tmp_path / "watched.py"
    script.write_text(
        f"import sys\nsys.path.insert(0, {str(Path(__file__).parents[2])!r})\nif __name__ == '__main__':\n"
        + "".join(f"    {line}\n" for line in WATCHED.strip().splitlines()),
        encoding="utf-8",
    )
    process = subprocess.Popen(
        [sys.executable, str(script), method],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    reader = int(process.stdout.readline())
    time.sleep(0.3)
    if how is signal.SIGINT:
        os.killpg(process.pid, how)
    else:
        process.kill()
    assert process.wait(20) != 0
    process.stdout.close()
    for _ in range(120):
        if not alive(reader):
            return
        time.sleep(0.1)
    pytest.fail(f"the reader ({method}) is still there")


def alive(process: int) -> bool:
    try:
        return "\tZ" not in Path(f"/proc/{process}/status").read_text("utf-8").split("State:")[1].splitlines()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
