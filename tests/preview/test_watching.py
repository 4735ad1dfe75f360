"""What changed is told by path, as the system reports it and by looking; every change is told."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.preview.watching import Changes, changes

pytestmark = pytest.mark.slow


def next_change(watching: Iterator[Changes]) -> Changes:
    """The next change; nothing is told while there is none."""
    deadline = time.monotonic() + 10
    for found in watching:
        if found or found is None:
            return found
        assert time.monotonic() < deadline
    raise AssertionError("watching ended")


@pytest.mark.parametrize("poll", [False, True])
def test_a_changed_a_new_and_a_lost_file_are_told_by_path(tmp_path: Path, poll: bool) -> None:
    file, stop = tmp_path / "2021/shili/report.md", threading.Event()
    file.parent.mkdir(parents=True)
    file.write_text("示例", encoding="utf-8")
    watching = changes([tmp_path], poll, stop)
    assert next(watching) == frozenset()
    file.write_text("示例改", encoding="utf-8")
    assert next_change(watching) == frozenset([str(file)])
    (tmp_path / "新.yaml").write_text("示例", encoding="utf-8")
    assert next_change(watching) == frozenset([str(tmp_path / "新.yaml")])
    file.unlink()
    assert next_change(watching) == frozenset([str(file)])
    stop.set()


def test_where_the_folder_is_replaced_it_is_not_known_what_changed(tmp_path: Path) -> None:
    content, stop = tmp_path / "content", threading.Event()
    content.mkdir()
    watching = changes([content], False, stop)
    assert next(watching) == frozenset()
    content.rename(tmp_path / "away")
    content.mkdir()
    assert next_change(watching) is None
    (content / "site.yaml").write_text("示例", encoding="utf-8")
    assert next_change(watching) in (None, frozenset([str(content / "site.yaml")]))
    stop.set()
