"""Do the tests notice a fault in a rule? Puts single small faults into the rules, one at a time, and runs the tests.

    python bench/mutate_rules.py                       # every module of generator/rules, and those rules stand on (BESIDES)
    python bench/mutate_rules.py crosstext repair      # some modules

Prints the faults that no test noticed (file:line, the line as it is and as it was changed) and a table of counts.
Faults listed in `mutants_kept.yaml` are known to change nothing that matters, and only counted; an entry that no longer
stands for a survivor is said. Ends with 1 where a survivor is not listed.

The tests are collected once. Which of them run which lines is seen in one traced run; each fault then gets a forked child
that runs only these, until the first failure: first those that noticed faults before, then the module's own, then quick
ones. Where hundreds run a line, those of other modules are not all asked (--all asks them). A function is changed in place, in the modules already imported; a fault
that matters while modules are imported has them imported anew.
"""

from __future__ import annotations

import argparse
import gc
import importlib.abc
import importlib.util
import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.mutants import Mutant, mutants

ROOT = Path(__file__).parent.parent
# modules of generator/ that find slips or help rules to
BESIDES = ("checksums", "nearby", "own_narrative", "own_words", "repair", "sketch", "traces", "wordlist")
TESTS = (
    "tests/rules", "tests/test_eras.py", "tests/test_fitting.py", "tests/test_check.py", "tests/test_slips.py",
    *(f"tests/test_{module}.py" for module in BESIDES),
)  # fmt: skip
# slow, and about time or other programs rather than about what rules say
SKIPPED = "not hostile and not megabyte and not valid_html and not linear and not the_command"
KEPT = Path(__file__).parent / "mutants_kept.yaml"
FLAGS = ["-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", "--assert=plain", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT)]
KILLED, SURVIVED, UNFIT = 1, 0, 9
_OTHERS = 60  # so many tests of other modules are asked, the likeliest first


class Survivor(NamedTuple):
    module: str
    mutant: Mutant
    why: str  # "" = not listed as known


def path_of(module: str) -> Path:
    return ROOT / "generator" / (f"{module}.py" if module in BESIDES else f"rules/{module}.py")


def name_of(module: str) -> str:
    return f"generator.{module}" if module in BESIDES else f"generator.rules.{module}"


def all_modules() -> list[str]:
    found = sorted(path.stem for path in (ROOT / "generator/rules").glob("*.py"))
    return [*(name for name in found if name not in ("__init__", "docs")), *BESIDES]


# ---------------------------------------------------------------- children


def in_child(session: pytest.Session, work: Callable[[], int], seconds: float) -> int:
    """What `work` returns in a forked child that prints nothing; one that dies or computes too long has failed."""
    child = os.fork()
    if child == 0:
        code = KILLED
        try:
            os.setpgid(0, 0)
            signal.setitimer(signal.ITIMER_PROF, seconds)  # of computing: a busy machine is no fault noticed
            signal.alarm(int(10 * seconds) + 1)
            resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
            session.config.pluginmanager.unregister(name="terminalreporter")
            with open(os.devnull, "w", encoding="utf-8") as nothing:
                os.dup2(nothing.fileno(), 1)
                os.dup2(nothing.fileno(), 2)
            code = work()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def caches() -> list[Any]:
    """Every function that remembers its results."""
    return [thing for thing in gc.get_objects() if hasattr(type(thing), "cache_clear") and hasattr(thing, "__wrapped__")]


def functions_of(file: Path) -> dict[tuple[str, int], list[FunctionType]]:
    """Every live function of a module, closures and cached ones among them, by name and line of its code."""
    found: dict[tuple[str, int], list[FunctionType]] = {}
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and thing.__code__.co_filename == str(file):
            found.setdefault((thing.__code__.co_qualname, thing.__code__.co_firstlineno), []).append(thing)
    return found


def codes_in(code: CodeType) -> list[CodeType]:
    inner = [const for const in code.co_consts if isinstance(const, CodeType)]
    return inner + [deeper for const in inner for deeper in codes_in(const)]


def put_in_place(mutant: Mutant, file: Path, live: dict[tuple[str, int], list[FunctionType]]) -> bool:
    """Give the live functions their changed code; False where that cannot be done."""
    done = False
    for code in codes_in(compile(mutant.source, str(file), "exec", dont_inherit=True)):
        for function in live.get((code.co_qualname, code.co_firstlineno), ()):
            if function.__code__ != code:
                if code.co_name == "<lambda>" or code.co_freevars != function.__code__.co_freevars:
                    return False
                function.__code__ = code
                done = True
    return done


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from changed source."""

    def __init__(self, name: str, mutant: Mutant, file: Path) -> None:
        self.name, self.mutant, self.file = name, mutant, file

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        return importlib.util.spec_from_file_location(fullname, self.file, loader=self) if fullname == self.name else None

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.mutant.source, str(self.file), "exec", dont_inherit=True), module.__dict__)


def forget() -> None:
    """As if nothing of ours had been imported."""
    for name in [name for name in sys.modules if name.partition(".")[0] in ("generator", "tests")]:
        del sys.modules[name]


def anew(module: str, mutant: Mutant, tests: Sequence[str]) -> int:
    """The tests, with the changed module and all others imported anew."""
    forget()
    sys.meta_path.insert(0, _Changed(name_of(module), mutant, path_of(module)))
    return SURVIVED if pytest.main([*FLAGS, *tests]) == 0 else KILLED


# ---------------------------------------------------------------- the session


class Runner:
    """A pytest plugin: once the tests are collected, it takes their running over."""

    def __init__(self, modules: Sequence[str], seconds: float, every: bool) -> None:
        self.modules, self.seconds, self.every = modules, seconds, every
        self.noticed: dict[int, int] = {}
        self.kept = yaml.safe_load(KEPT.read_text("utf-8")) if KEPT.exists() else {}
        self.survivors: list[Survivor] = []
        self.rows: list[tuple[str, int, int, int, int]] = []
        self.stale: list[str] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise session.Failed("the tests cannot be collected")
        traced = self._traced(session)
        self.caches = caches()
        with tempfile.TemporaryDirectory() as folder:
            self.said = Path(folder) / "noticed"
            for module in self.modules:
                self.noticed.clear()
                self._module(session, module, traced.get(str(path_of(module)), {}))
        return True

    def _traced(self, session: pytest.Session) -> dict[str, dict[int, list[int]]]:
        """File → line → numbers of the tests that run it; −1: it runs while modules are imported."""
        with tempfile.NamedTemporaryFile(suffix=".json") as file:
            if in_child(session, lambda: _trace(session, [str(path_of(name)) for name in self.modules], file.name), 600) != 0:
                raise session.Failed("the tests fail without any fault put in")
            said = json.loads(Path(file.name).read_text("utf-8"))
        self.times = dict(enumerate(said["times"])) | {-1: -1.0}
        return {path: {int(line): tests for line, tests in lines.items()} for path, lines in said["lines"].items()}

    def _module(self, session: pytest.Session, module: str, covering: dict[int, list[int]]) -> None:
        live = functions_of(path_of(module))
        known = {(item["was"], item["now"]): item["why"] for item in self.kept.get(module) or ()}
        met = set()
        killed = started = kept = 0
        begun = time.monotonic()
        for mutant in mutants(path_of(module).read_text("utf-8")):
            started += 1
            if self._killed(session, module, mutant, covering, live):
                killed += 1
                continue
            key = (mutant.was, mutant.now)
            met.add(key)
            kept += key in known
            self.survivors.append(Survivor(module, mutant, known.get(key, "")))
            if key not in known:
                print(f"{path_of(module).relative_to(ROOT)}:{mutant.line}\n  - {mutant.was}\n  + {mutant.now}", flush=True)
        self.stale += [f"{module}: {now}" for was, now in known if (was, now) not in met]
        self.rows.append((module, started, killed, kept, round(time.monotonic() - begun)))

    def _killed(
        self, session: pytest.Session, module: str, mutant: Mutant, covering: dict[int, list[int]],
        live: dict[tuple[str, int], list[FunctionType]],
    ) -> bool:  # fmt: skip
        tests = self._tests(session, module, mutant, covering)
        if not tests:
            return False
        code = UNFIT
        if mutant.inside and -1 not in tests:
            code = in_child(session, lambda: self._here(session, mutant, path_of(module), live, tests), self.seconds)
            if self.said.exists():
                number = int(self.said.read_text("utf-8"))
                self.noticed[number] = self.noticed.get(number, 0) + 1
                self.said.unlink()
        if code == UNFIT:
            names = [session.items[n].nodeid for n in tests if n >= 0]
            code = in_child(session, lambda: anew(module, mutant, names), self.seconds * 2)
        return code != SURVIVED

    def _tests(self, session: pytest.Session, module: str, mutant: Mutant, covering: dict[int, list[int]]) -> list[int]:
        """The tests that may notice; all of the module's where no line tells. A line within a statement of several
        may not be seen to run: then that above it is asked."""
        if not mutant.reach & covering.keys():
            near = max((line for line in covering if line < mutant.line), default=0) if mutant.inside else 0
            lines = [near] if near else list(covering)
        else:
            lines = sorted(mutant.reach & covering.keys())
        if any(-1 in covering[line] for line in lines):
            lines = list(covering)
        tests = {test for line in lines for test in covering[line]}
        own = {number for number, item in enumerate(session.items) if self._own(module, item.nodeid)}
        own = (own | {-1}) & tests if mutant.inside else own  # a test may look at a constant without running a line
        tests |= own
        if not any(f"test_{module.partition('_')[0]}.py" in item.nodeid for item in session.items):
            own = tests  # what others build on is tested through them
        ranked = sorted(tests, key=lambda test: (-self.noticed.get(test, 0), test not in own, self.times[test], test))
        return ranked if self.every else [test for at, test in enumerate(ranked) if at < len(own) + _OTHERS or test in own]

    def _own(self, module: str, nodeid: str) -> bool:
        return f"test_{module.partition('_')[0]}.py" in nodeid or "test_rules.py" in nodeid

    def _here(
        self, session: pytest.Session, mutant: Mutant, file: Path, live: dict[tuple[str, int], list[FunctionType]], tests: Sequence[int]
    ) -> int:
        if not put_in_place(mutant, file, live):
            return UNFIT
        for thing in self.caches:
            thing.cache_clear()
        failed = next((number for number in tests if not _run(session, number)), None)
        if failed is None:
            return SURVIVED
        self.said.write_text(str(failed), "utf-8")
        return KILLED


def _run(session: pytest.Session, number: int) -> bool:
    """Whether a collected test passes; with no next one told, all it set up is torn down, whatever runs next."""
    failed = session.testsfailed
    item = session.items[number]
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
    return session.testsfailed == failed


def _trace(session: pytest.Session, files: Sequence[str], out: str) -> int:
    """Run every test, noting the lines of `files` that it runs; then import all anew, noting the lines inside functions."""
    wanted = set(files)
    lines: dict[str, dict[int, list[int]]] = {}
    times: list[float] = []
    cached = caches()
    seen: set[tuple[str, int]] = set()

    def local(frame: FrameType, event: str, arg: Any) -> Any:
        seen.add((frame.f_code.co_filename, frame.f_lineno))
        return local

    def each(frame: FrameType, event: str, arg: Any) -> Any:
        inside = frame.f_code.co_filename in wanted and frame.f_code.co_name != "<module>"
        return local(frame, event, arg) if inside else None

    def note(number: int) -> None:
        for path, line in seen:
            lines.setdefault(path, {}).setdefault(line, []).append(number)
        seen.clear()

    for number in range(len(session.items)):
        for thing in cached:
            thing.cache_clear()
        begun = time.monotonic()
        sys.settrace(each)
        passed = _run(session, number)
        sys.settrace(None)
        times.append(time.monotonic() - begun)
        if not passed:
            return KILLED
        note(number)
    forget()
    sys.settrace(each)
    importlib.import_module("generator.rules.runner")
    sys.settrace(None)
    note(-1)
    Path(out).write_text(json.dumps({"lines": lines, "times": times}), "utf-8")
    return SURVIVED


def tell(runner: Runner) -> int:
    new = [survivor for survivor in runner.survivors if not survivor.why]
    for entry in runner.stale:
        print(f"no survivor any more, remove it from {KEPT.name}: {entry}")
    print(f"\n{'module':20}{'faults':>8}{'noticed':>9}{'kept':>6}{'new':>5}{'s':>6}")
    for module, all_of_them, killed, kept, seconds in runner.rows:
        print(f"{module:20}{all_of_them:8}{killed:9}{kept:6}{all_of_them - killed - kept:5}{seconds:6}")
    faults, killed, kept = (sum(counts) for counts in zip(*((row[1], row[2], row[3]) for row in runner.rows), strict=True))
    print(f"{'all':20}{faults:8}{killed:9}{kept:6}{faults - killed - kept:5}")
    return 1 if new else 0


def main() -> int:
    parser = argparse.ArgumentParser(description="Put single faults into the rules; list those that no test notices.")
    parser.add_argument("modules", nargs="*", help=f"names of modules under generator/rules, or {', '.join(BESIDES)}; all if none")
    parser.add_argument("--seconds", type=float, default=20, help="how long the tests may compute with one fault (20)")
    parser.add_argument("--all", action="store_true", help="ask every test that runs the line")
    args = parser.parse_args()
    unknown = [name for name in args.modules if not path_of(name).exists()]
    if unknown:
        parser.error(f"no such module: {', '.join(unknown)}")
    os.chdir(ROOT)
    settings.register_profile("mutants", derandomize=True, deadline=None, database=None)
    settings.load_profile("mutants")
    runner = Runner(args.modules or all_modules(), args.seconds, args.all)
    code = pytest.main([*FLAGS, "-k", SKIPPED, *TESTS], plugins=[runner])
    if code not in (0, 5):
        return int(code)
    return tell(runner)


if __name__ == "__main__":
    sys.exit(main())
