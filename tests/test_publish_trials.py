"""Small samples of bench/publish_trials.py: a reader who polls through nginx, publishers killed at random moments."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest

from bench.publish_trials import bucket, kill, mixed, poll, torn
from tests.targets.ssh_server import running

pytestmark = pytest.mark.slow


def values(folder: Path) -> dict[str, str]:
    folder.chmod(0o755)
    return {"方式": "目录", "目录": str(folder / "www"), "保留": "3"}


def test_a_reader_never_finds_nothing_nor_two_releases_mixed(tmp_path: Path) -> None:
    if shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin") is None:
        pytest.skip("no nginx on this machine (tests/system.sh installs it)")
    reader = poll(tmp_path, values(tmp_path), pages=20, releases=12, rollbacks=4)
    assert reader.faults == [] and reader.asked > 20


@pytest.mark.parametrize(("way", "kills"), [("目录", 5), ("sftp", 2), ("rsync", 2), ("s3", 2)])
def test_a_killed_publisher_leaves_the_old_or_the_new_section_and_the_next_succeeds(
    way: str, kills: int, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        login: dict[str, str] = {}
        if way == "s3":
            pytest.importorskip("moto")
            login = stack.enter_context(bucket())
        elif way != "目录":
            (tmp_path / "sshd").mkdir()
            login = stack.enter_context(running(tmp_path / "sshd")).values
        assert kill(tmp_path, {**values(tmp_path), "方式": way, **login}, pages=10, kills=kills) == []


def test_the_check_after_a_kill_sees_what_is_torn() -> None:
    old, new = {"a.html": b"1"}, {"a.html": b"2", "b.html": b"2"}
    assert list(torn(old, old, new)) == []
    assert list(torn(old, {"a.html": b"2", "b.html": b"1"}, new))[1:] == ["the public tree is neither old nor new"]
    assert "pages of another release are public" in list(torn(old, {**new, "c.html": b"1"}, new))
    style = b'href="s.css"'
    before, after = {"a.html": style + b"1", "s.css": b""}, {"a.html": style + b"2", "s.css": b""}
    assert list(mixed(before, before, after)) == [] == list(mixed(before, after, after))
    assert list(mixed(before, {"a.html": style, "s.css": b""}, after)) == ["a.html is neither old nor new"]
    assert len(list(mixed(before, {"a.html": style + b"1"}, after))) == 1
    assert list(mixed(before, {"s.css": b""}, after)) == ["a.html is gone"]
