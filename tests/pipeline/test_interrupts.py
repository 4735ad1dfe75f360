"""Ctrl-C and SIGTERM before, at and after the moment from which a section is replaced."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.pipeline.interrupts import finishing, no_return
from generator.pipeline.journal import publish_files
from generator.pipeline.run import run
from generator.pipeline.verification import verify_folder
from tests.example import prose, tables, write_content
from tests.pipeline.test_journal import staged
from tests.pipeline.test_run import made

ROOT = Path(__file__).parent.parent.parent
SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM") if hasattr(signal, name)]


def stopped(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.fixture(params=SIGNALS)
def number(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    before = signal.signal(request.param, stopped)
    yield request.param
    assert signal.getsignal(request.param) is stopped
    signal.signal(request.param, before)


def test_a_signal_waits_until_the_section_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    layout = staged(tmp_path)
    replace = os.replace

    def interrupted(source: Any, target: Any) -> None:
        signal.raise_signal(number)
        replace(source, target)

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        publish_files(layout, ["page"], [])
    assert made(layout.output) == {"page": b"new"} and not layout.journal.exists()


def test_one_that_comes_too_late_for_a_command_is_noted(number: int) -> None:
    with finishing() as late:
        with no_return():
            signal.raise_signal(number)
        signal.raise_signal(number)
        assert late == [number, number]


def test_one_that_comes_before_ends_the_command(number: int) -> None:
    with pytest.raises(KeyboardInterrupt), finishing() as late:
        signal.raise_signal(number)
    assert late == []


def test_what_fails_is_told_instead_of_the_signal(number: int) -> None:
    def fails() -> None:
        with finishing(), no_return():
            signal.raise_signal(number)
            raise OSError("示例")

    with pytest.raises(OSError, match="示例"):
        fails()


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with finishing() as late, no_return():
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        assert late == []
    finally:
        signal.signal(signal.SIGINT, before)


def test_other_threads_are_left_alone() -> None:
    done: list[int] = []

    def work() -> None:
        with finishing() as late, no_return():
            done.append(len(late))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(5)
    assert done == [0]


# ---------------------------------------------------------------- the command

_BUILD = """\
import os, signal
from generator.pipeline import journal, record_store, site_build
from generator.__main__ import main
def sent(): os.kill(os.getpid(), signal.{signal})
{moment}
main()
"""
BEFORE = "def now(*a, **k): sent(); import time; time.sleep(5)\nsite_build.SiteBuild._draw_rest = now"
DURING = "usual = journal._switch\ndef now(layout): sent(); return usual(layout)\njournal._switch = now"
AFTER = (
    "usual = record_store.RecordStore.keep\ndef now(store): sent(); usual(store)\nrecord_store.RecordStore.keep = now"
)


def nianbao(tmp_path: Path, moment: str, name: str, *more: str) -> subprocess.CompletedProcess[str]:
    words = ["--lang", "zh", "build", "--content", str(tmp_path / "content"), "--output", str(tmp_path / "site"), *more]
    program = _BUILD.format(signal=name, moment=moment)
    return subprocess.run(
        [sys.executable, "-c", program, *words], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[], str]:
    """A built section whose content has changed since; gives the release that stands."""
    content = write_content(tmp_path / "content")
    run_once(tmp_path)
    (content / "2020/shili").mkdir(parents=True, exist_ok=True)
    (content / "2020/shili/tables.yaml").write_text(tables(2020), "utf-8")
    (content / "2020/shili/report.md").write_text(prose(2020) + "\n示例改动。\n", "utf-8")
    return lambda: verify_folder(tmp_path / "site").manifest.release


def run_once(tmp_path: Path) -> None:
    from generator.pipeline.request import Request

    assert run(Request(tmp_path / "content"), tmp_path / "site").written


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("whole", [(), ("--whole",)], ids=["files", "whole"])
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_build_interrupted_once_the_new_section_stands_ends_as_done(
    tmp_path: Path, edited: Callable[[], str], name: str, whole: tuple[str, ...]
) -> None:
    before = edited()
    ended = nianbao(tmp_path, DURING if whole else AFTER, name, *whole)
    assert ended.returncode == 0 and "中断来晚了：新的栏目已经换上" in ended.stderr, ended.stderr
    assert edited() != before and "份报告：写入" in ended.stdout and "Traceback" not in ended.stderr
    again = nianbao(tmp_path, "", name)
    assert again.returncode == 0 and "写入 0 个文件" in again.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_build_interrupted_before_says_that_the_old_section_stands(tmp_path: Path, edited: Callable[[], str]) -> None:
    before = edited()
    ended = nianbao(tmp_path, BEFORE, "SIGINT")
    assert ended.returncode == 130 and "已中断：" in ended.stderr and "没有更新" in ended.stderr
    assert edited() == before and "Traceback" not in ended.stderr and "中断来晚了" not in ended.stderr
    assert not (tmp_path / ".site.nianbao-new").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_rollback_that_is_interrupted_late_ends_as_done(tmp_path: Path, edited: Callable[[], str]) -> None:
    first = edited()
    run_once(tmp_path)
    second = edited()
    ended = nianbao(tmp_path, DURING, "SIGINT", "--rollback", "--whole")
    assert ended.returncode == 0 and "中断来晚了" in ended.stderr and edited() == first != second
