"""The folder of a preview holds what its last build made, and nothing else once everything was looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.finding import UserError
from generator.pipeline.private_folder import PrivateFolder
from generator.pipeline.request import FileCounts
from tests.pipeline.test_run import made


def stage(folder: PrivateFolder, files: dict[str, bytes], drop: tuple[str, ...] = (), trusting: bool = False) -> None:
    """Publishes files; of those that `drop` names, given up before, the lines are what a writer would have noted."""
    with folder.staging(trusting):
        folder.drop([f"1 1 0 {path}" for path in drop])
        for path, data in files.items():
            folder.put(path, data)
        folder.commit()


@pytest.fixture
def folder(tmp_path: Path) -> PrivateFolder:
    folder = PrivateFolder(tmp_path / "site")
    stage(folder, {"index.html": b"1", "a/b/index.html": b"2", "a/TU.png": b"3"})
    return folder


def test_a_release_replaces_the_one_before_and_what_others_put_there(folder: PrivateFolder) -> None:
    (folder.output / "stray").mkdir()
    (folder.output / "stray/x").write_bytes(b"")
    stage(folder, {"index.html": b"1", "a/tu.png": b"3"})
    assert made(folder.output) == {"index.html": b"1", "a/tu.png": b"3"}
    assert folder.changed == {"a/tu.png", "a/TU.png", "a/b/index.html", "stray/x"}
    assert sorted(item.name for item in folder.output.iterdir()) == ["a", "index.html"]
    assert list(folder.output.parent.iterdir()) == [folder.output]


def test_trusting_what_is_not_dropped_stays_and_is_not_looked_at(folder: PrivateFolder) -> None:
    (folder.output / "stray").write_bytes(b"")
    stage(folder, {"a/tu.png": b"4"}, ("a/TU.png", "a/b/index.html"), trusting=True)
    assert made(folder.output) == {"index.html": b"1", "a/tu.png": b"4", "stray": b""}
    assert folder.holds("INDEX.html") and folder.holds("a/tu.png") and not folder.holds("a/b/index.html")


def test_a_path_that_stands_already_is_refused(folder: PrivateFolder) -> None:
    with pytest.raises(UserError, match="two pages want"):
        stage(folder, {"Index.html": b"1"}, trusting=True)


def test_counts_are_of_the_whole_release(folder: PrivateFolder) -> None:
    with folder.staging(trusting=True):
        folder.drop(["1 1 0 a/TU.png"])
        folder.put("a/neu.png", b"5")
        assert folder.read("a/neu.png") == b"5" and folder.read("index.html") == b"1"
        assert folder.commit() == FileCounts(written=1, unchanged=2, removed=1)
