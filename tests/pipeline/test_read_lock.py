"""A section stays as it is while it is read, also where this account may not write beside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.finding import UserError
from generator.pipeline.output_folder import Stage
from generator.pipeline.read_lock import steady


def test_a_build_waits_for_readers_and_readers_for_a_build(tmp_path: Path) -> None:
    with steady(tmp_path / "site"), steady(tmp_path / "site"), pytest.raises(UserError, match="building or publishing"):
        Stage(tmp_path / "site").__enter__()
    with Stage(tmp_path / "site"), pytest.raises(UserError, match="is being built"), steady(tmp_path / "site"):
        pass


def test_where_no_lock_can_be_made_there_is_nothing_to_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def read_only(path: str, flags: int, *mode: int) -> int:
        if flags & os.O_CREAT:
            raise PermissionError(13, "Permission denied", path)
        return opened(path, flags, *mode)

    monkeypatch.setattr(os, "open", read_only)
    with steady(tmp_path / "site"):
        assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    lock = tmp_path / ".site.nianbao-lock"
    lock.touch()
    monkeypatch.setattr(os, "open", read_only)
    with steady(tmp_path / "site"):
        monkeypatch.undo()
        with pytest.raises(UserError, match="building or publishing"):
            Stage(tmp_path / "site").__enter__()
