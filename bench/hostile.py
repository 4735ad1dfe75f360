"""Every command on hundreds of hostile content folders: python bench/hostile.py [--only TEXT] [--commands check,build]

Each command runs in a forked process with its output in files. It must end with 0, 1 or 2 (1 only with errors found),
within 10 s of processor time and 500 MB, without a traceback, a fault of our own, or a character that commands the
terminal. Reports every failure by name, the slowest run and the largest; the exit code is 1 when anything failed.
With --random N, N folder trees drawn by hypothesis are run instead; --minutes N begins nothing more after N minutes and
says how many were done.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.budget import Budget, add_minutes, tally
from generator.__main__ import commands as command_tree
from tests.hostile_contents import Hostile, contents, trees

SECONDS = 10
MEGABYTES = 500
COMMANDS = {
    "check": "check --content CONTENT --jobs 1",
    "github": "check --content CONTENT --jobs 1 --format github",
    "json": "check --content CONTENT --jobs 1 --format json",
    "html": "check --content CONTENT --jobs 1 --format html --output OUT/findings.html",
    "sarif": "check --content CONTENT --jobs 1 --format sarif",
    "one": "check CONTENT/2021/shili",
    "build": "build --content CONTENT --jobs 1 --output OUT/site",
    "explain": "explain CONTENT/2021/shili",
    "rollup": "rollup 2021 --content CONTENT",
    "bind": "bind CONTENT/2021/shili --yes",
    "new": "new 2022 --all --content CONTENT",
    "workbook": "workbook 2022 --all --content CONTENT --output OUT/books",
    "preview": "PREVIEW",
}
_TRACE = re.compile(r"Traceback|TOOL-FAULT|\bBUG\b|nianbao 自身出错")
_COMMANDS_THE_TERMINAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_ERRORS = re.compile(r"^错误 [1-9]", re.MULTILINE)


class Outcome(NamedTuple):
    """What became of one command: its exit code (negative: the signal), processor time (s) and peak memory (MB)."""

    code: int
    seconds: float
    megabytes: float
    said: str

    def failures(self, command: str) -> list[str]:
        """Says what is wrong with it."""
        wrong = []
        if self.code not in (0, 1, 2):
            wrong.append(f"exit {self.code}")
        if _TRACE.search(self.said):
            wrong.append("fault: " + next(line for line in self.said.splitlines() if _TRACE.search(line))[:200])
        if self.code == 1 and command in ("check", "build", "one") and not _ERRORS.search(self.said):
            wrong.append("exit 1 without an error")
        if command != "json" and _COMMANDS_THE_TERMINAL.search(self.said):
            wrong.append(f"commands the terminal: {_COMMANDS_THE_TERMINAL.search(self.said)}")
        if self.seconds > SECONDS:
            wrong.append(f"{self.seconds:.1f} s")
        if self.megabytes > MEGABYTES:
            wrong.append(f"{self.megabytes:.0f} MB")
        return wrong


def run(command: str, content: Path, out: Path) -> Outcome:
    """Runs one command in a forked process, which inherits the modules that are loaded."""
    words = [word.replace("CONTENT", str(content)).replace("OUT", str(out)) for word in COMMANDS[command].split()]
    log = out / f"{command}.log"
    child = os.fork()
    if child == 0:
        _child(words, content, out, log)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
    signal.alarm(120)
    _, status, used = os.wait4(child, 0)
    signal.alarm(0)
    seconds, megabytes = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    said = log.read_text("utf-8", "replace") if log.exists() else ""
    return Outcome(os.waitstatus_to_exitcode(status), seconds, megabytes, said)


def _child(words: Sequence[str], content: Path, out: Path, log: Path) -> None:
    code = 70
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (3 * SECONDS, 3 * SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (3_000_000_000, 3_000_000_000))
        opened = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(opened, 1)
        os.dup2(opened, 2)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        sys.stdout = open(1, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
        sys.argv = ["nianbao", *words]
        tempfile.tempdir = str(out)
        try:
            if words == ["PREVIEW"]:
                _preview(content, out)
            else:
                command_tree("zh")(words, prog_name="nianbao")
            code = 0
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else 1
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _preview(content: Path, out: Path) -> None:
    """Builds as a preview does, drafts and errors drawn too."""
    from generator.commands.preview import _builder
    from generator.pipeline.request import Request

    for step in _builder(Request(content, preview=True, jobs=1), "zh")(out / "shown", None, lambda: False):
        print("\n".join(step.lines))


def load() -> None:
    """Imports what commands import when they run, so that it is measured once."""
    from generator.collection.office import open_office  # noqa: F401
    from generator.forms.declared import declared_forms
    from generator.pipeline import run as pipeline  # noqa: F401
    from generator.printers import formats, terminal  # noqa: F401
    from generator.wordlists.figure_patterns import shipped_patterns
    from generator.wordlists.shipped import shipped_words

    declared_forms(), shipped_words().look(""), shipped_patterns()


class Trial:
    """Runs commands on contents and keeps the tally."""

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        self.folder, self.names = folder, names
        self.contents = 0
        self.failures: list[str] = []
        self.codes: Counter[int] = Counter()
        self.slowest, self.largest = (0.0, ""), (0.0, "")

    def take(self, hostile: Hostile) -> None:
        """Tries one content folder, written anew for each command that may change it."""
        content, out = self.folder / "content", self.folder / "out"
        self.contents += 1
        for name in self.names:
            if name == self.names[0] or name in ("bind", "new"):
                _remove(content)
                hostile.write(content)
            _remove(out)
            out.mkdir()
            outcome = run(name, content, out)
            self.codes[outcome.code] += 1
            label = f"{hostile.name} · {name}"
            for wrong in outcome.failures(name):
                self.failures.append(f"{label}: {wrong}")
                print(self.failures[-1], flush=True)
            self.slowest = max(self.slowest, (outcome.seconds, label))
            self.largest = max(self.largest, (outcome.megabytes, label))
        _remove(content)


def _remove(folder: Path) -> None:
    """Removes a folder however deep it is; shutil.rmtree stops at the depth of Python's stack."""
    if folder.exists() and os.system(f"rm -rf '{folder}'"):
        shutil.rmtree(folder)


def at_random(trial: Trial, number: int, budget: Budget) -> None:
    """Draws folder trees; one that fails is made smaller by hypothesis, and the smallest is kept as `failed`."""
    from hypothesis import HealthCheck, given, settings

    @settings(max_examples=number, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(trees())
    def holds(hostile: Hostile) -> None:
        if budget.spent:
            return
        before = len(trial.failures)
        trial.take(hostile)
        if len(trial.failures) > before:
            kept = Path("failed").absolute()
            _remove(kept)
            hostile.write(kept)
            raise AssertionError(f"see {kept}: {trial.failures[-1]}")

    try:
        holds()
    except AssertionError as error:
        print(error)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", default="", help="contents whose name has one of these in it, parted by commas")
    options.add_argument("--random", type=int, default=0, help="so many folder trees drawn at random, and nothing else")
    options.add_argument("--every", type=int, default=1, help="each n-th content")
    options.add_argument("--commands", default=",".join(COMMANDS))
    add_minutes(options)
    chosen = options.parse_args()
    budget = Budget(chosen.minutes)
    load()
    these = [item for item in contents() if any(name in item.name for name in chosen.only.split(","))][:: chosen.every]
    with tempfile.TemporaryDirectory(prefix="nianbao-hostile-") as folder:
        trial = Trial(Path(folder), chosen.commands.split(","))
        if chosen.random:
            at_random(trial, chosen.random, budget)
        for hostile in budget.within(() if chosen.random else these):
            trial.take(hostile)
    print(
        f"{tally(trial.contents, chosen.random or len(these))} contents, {trial.codes.total()} runs, "
        f"exits {dict(sorted(trial.codes.items()))}, "
        f"{len(trial.failures)} failures; slowest {trial.slowest[0]:.1f} s ({trial.slowest[1]}), "
        f"largest {trial.largest[0]:.0f} MB ({trial.largest[1]})"
    )
    return 1 if trial.failures else 0


if __name__ == "__main__":
    sys.exit(main())
