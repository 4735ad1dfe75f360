"""Whatever lies in a content folder: no traceback, no fault of ours, no hang. `bench/hostile.py` tries all of it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from generator.pipeline.request import Request
from generator.pipeline.run import run
from tests.hostile_contents import Hostile, contents, trees

ROOT = Path(__file__).parent.parent
# Those that ended in a traceback, a hang or gigabytes once.
ONCE = [
    *("picture 'aux.png'", "organ folder b'con'", "indicator 40 digits", "cell 5001 digits", "1500 folders in 2021"),
    *("organ 编号 mapping", "original 网址 lists", "excuse 年度 5001 digits", "report.md lines pictures"),
    *("accepted 5001 digits", "xca"),
]


def test_every_content_has_a_name_of_its_own() -> None:
    names = [hostile.name for hostile in contents()]
    assert len(names) > 1_000 and len(set(names)) == len(names)


@pytest.mark.slow
@pytest.mark.parametrize("chosen", [["--only", ",".join(ONCE)], ["--every", "400"]], ids=["those of old", "a sample"])
def test_no_command_ends_in_a_traceback_or_takes_too_much(chosen: list[str]) -> None:
    command = [sys.executable, "bench/hostile.py", *chosen, "--commands", "build"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0 and ", 0 failures" in result.stdout, result.stdout + result.stderr


def test_the_trial_bites(tmp_path: Path) -> None:
    """A command that ends in a traceback, says a fault of ours or moves the cursor is a failure."""
    from bench.hostile import Outcome

    assert Outcome(1, 0.1, 50, "错误 1，警告 0").failures("check") == []
    for bad in (
        Outcome(3, 0.1, 50, ""),
        Outcome(1, 0.1, 50, "错误 0，警告 0"),
        Outcome(0, 11, 50, ""),
        Outcome(0, 0.1, 501, ""),
        Outcome(1, 0.1, 50, "错误 1 TOOL-FAULT"),
        Outcome(0, 0.1, 50, "Traceback (most recent call last)"),
        Outcome(0, 0.1, 50, "\x1b[2J"),
        Outcome(-9, 0.1, 50, ""),
    ):
        assert len(bad.failures("check")) == 1, bad


@settings(max_examples=15)
@given(trees())
def test_any_folder_tree_is_checked_to_its_end(hostile: Hostile) -> None:
    with tempfile.TemporaryDirectory() as folder:
        content = hostile.write(Path(folder) / "content")
        if (content / "site.yaml").is_file():
            found = run(Request(content, jobs=1), None).findings
            assert [finding for finding in found if finding.rule == "TOOL-FAULT"] == []
