"""Runs a command and says what it cost: wall time, CPU time and peak memory of its whole process tree.

Wall and CPU come from the kernel when the command ends (wait4: user + system of the process and of all children it
waited for). Memory is taken in a run of its own, so that looking does not slow what is timed: every 20 ms the
proportional set size (PSS: pages shared by forked workers count once) of all processes of the tree is summed, and the
largest sum is the peak; the kernel's own peak of the largest single process (VmHWM) is a floor under it. What wait4
says of memory is of no use: a child starts from the peak of the process that started it, which is this one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_EVERY = 0.02
_LINUX = sys.platform.startswith("linux")


class Failed(Exception):
    """A command that did not end well; says what it printed."""


class Cost(NamedTuple):
    """Seconds and bytes; `memory` is 0 where it was not looked at (or cannot be: it takes Linux)."""

    wall: float
    cpu: float
    memory: int = 0


def run(command: Sequence[str], folder: Path, watch: bool = False) -> Cost:
    """Raises Failed when the command returns anything but 0."""
    with tempfile.TemporaryFile() as out:
        os.sync()  # what others left to be written is not this command's work
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=environment()
        )
        peak = _watch(process) if watch and _LINUX else 0
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read().decode(errors="replace")
    if process.returncode:
        raise Failed(f"{' '.join(command)} ended with {process.returncode}:\n{said[-3000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak)


def environment() -> dict[str, str]:
    """The environment without what keeps Python from keeping its modules compiled, as an installed program does."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _watch(process: subprocess.Popen[bytes]) -> int:
    """The largest sum of PSS, or VmHWM, seen until the process ends (it is left to be waited for)."""
    peak = 0
    while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        tree = _tree(process.pid)
        sizes = [_field(pid, "smaps_rollup", "Pss:") for pid in tree]
        peak = max(peak, sum(sizes), *(_field(pid, "status", "VmHWM:") for pid in tree))
        time.sleep(_EVERY)
    return peak


def _tree(root: int) -> list[int]:
    """A process and all below it."""
    found = [root]
    for pid in found:  # grows while we walk it
        try:
            for task in os.listdir(f"/proc/{pid}/task"):
                found += map(int, Path(f"/proc/{pid}/task/{task}/children").read_text().split())
        except OSError:  # it has just ended
            continue
    return found


def _field(pid: int, file: str, name: str) -> int:
    """Bytes of a field of /proc; 0 when the process has just ended."""
    try:
        with open(f"/proc/{pid}/{file}", encoding="utf-8", errors="replace") as opened:
            line = next((line for line in opened if line.startswith(name)), "")
    except OSError:
        return 0
    return int(line.split()[1]) * 1024 if line else 0
