"""Whole folders in, whole folders out: nothing changes in what is published without somebody having seen it."""

from __future__ import annotations

import difflib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import renew

ROOT = Path(__file__).parent.parent


def difference(path: str, before: bytes | None, now: bytes | None) -> str:
    if before is None or now is None:
        return f"{path}: {'unexpected' if before is None else 'missing'}"
    old, new = (data.decode("utf-8", "replace").splitlines() for data in (before, now))
    return "\n".join(difflib.unified_diff(old, new, f"expected/{path}", f"made/{path}", lineterm="", n=1))


@pytest.mark.parametrize("case", renew.cases(), ids=lambda case: case.name)
def test_a_folder_in_gives_the_expected_folder_out(case: Path) -> None:
    before, now = renew.expected(case), renew.made(case)
    changed = sorted(path for path in before.keys() | now.keys() if before.get(path) != now.get(path))
    told = "\n".join(difference(path, before.get(path), now.get(path)) for path in changed)
    assert not changed, f"{told}\n\nmeant so? python -m tests.renew, look at git diff, commit"


def test_there_are_cases_and_each_keeps_something() -> None:
    kept = {case.name: renew.expected(case).keys() for case in renew.cases()}
    assert kept.keys() == {"eras", "flaws", "slips"}
    assert {
        "site/2020/shili/report.json",
        "site/2020/shili/tables.csv",
        "site/data/datapackage.json",
        "site/data/index.json",
        "site/sitemap.xml",
    } <= kept["eras"]
    assert "site/2020/jiaju/index.html" in kept["flaws"] and kept["slips"] == {"findings.txt", "paths.txt"}


def test_ci_never_renews_them() -> None:
    before = {case: renew.expected(case) for case in renew.cases()}
    command = [sys.executable, "-m", "tests.renew"]
    result = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"CI": "true"}, capture_output=True, text=True, check=False
    )
    assert result.returncode == 1 and "CI" in result.stderr and result.stdout == ""
    assert {case: renew.expected(case) for case in renew.cases()} == before
