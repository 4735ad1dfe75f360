"""Small samples of bench/publish_trials.py: a reader who polls through nginx, publishers killed at random moments."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from bench.publish_trials import kill, poll

pytestmark = pytest.mark.slow


def values(folder: Path) -> dict[str, str]:
    folder.chmod(0o755)
    return {"方式": "目录", "目录": str(folder / "www"), "保留": "3"}


def test_a_reader_never_finds_nothing_nor_two_releases_mixed(tmp_path: Path) -> None:
    if shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin") is None:
        pytest.skip("no nginx on this machine (tests/system.sh installs it)")
    reader = poll(tmp_path, values(tmp_path), pages=20, releases=12, rollbacks=4)
    assert reader.faults == [] and reader.asked > 20


def test_a_killed_publisher_leaves_the_old_or_the_new_section_and_the_next_succeeds(tmp_path: Path) -> None:
    assert kill(tmp_path, values(tmp_path), pages=30, kills=4) == []
