"""A plain folder whose files are replaced one by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.targets.local_store import LocalStore
from tests.targets.samples import lay


def test_files_are_replaced_whole_and_empty_folders_go(tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "out")
    assert list(store.paths()) == [] and store.read("a") is None and store.sums("a") is None
    lay(tmp_path / "source", {"2020/shili/a.html": b"1"})
    store.bring(tmp_path / "source", ["2020/shili/a.html"], lambda _: None, False)
    store.write("b", b"2")
    assert list(store.paths()) == ["2020/shili/a.html", "b"]
    store.delete(["2020/shili/a.html", "2020/shili/a.html"])
    assert list(store.paths()) == ["b"] and [path.name for path in (tmp_path / "out").iterdir()] == ["b"]


def test_a_copy_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = LocalStore(tmp_path / "out")
    store.write("a", b"old")

    def half(source: Path, target: Path) -> None:
        target.write_bytes(b"ha")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("generator.targets.local_store.shutil.copyfile", half)
    with pytest.raises(OSError, match="No space"):
        store.bring(tmp_path / "source", ["a"], lambda _: None, False)
    assert store.read("a") == b"old" and len(list((tmp_path / "out").iterdir())) == 1
