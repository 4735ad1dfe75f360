"""A lock that one process holds at a time."""

from __future__ import annotations

from pathlib import Path

from generator.collection.file_lock import try_lock, wait_for_lock


def test_a_lock_is_held_once_and_goes_with_its_holder(tmp_path: Path) -> None:
    with open(tmp_path / "lock", "ab") as first, open(tmp_path / "lock", "ab") as second:
        assert try_lock(first) and not try_lock(second)
    with open(tmp_path / "lock", "ab") as third:
        wait_for_lock(third)
