"""A release takes the place of another, and what a killed run left is completed or undone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.pipeline.layout import Layout
from generator.pipeline.publication import publish, recover
from tests.pipeline.test_run import made


def staged(folder: Path, data: str = "new") -> Layout:
    """A published section `old` and a staged one that is to take its place."""
    layout = Layout(folder / "site")
    layout.output.mkdir()
    (layout.output / "page").write_text("old", encoding="utf-8")
    layout.manifest.write_text("old", encoding="utf-8")
    layout.tree.mkdir(parents=True)
    (layout.tree / "page").write_text(data, encoding="utf-8")
    layout.new_manifest.write_text(data, encoding="utf-8")
    layout.new_previous.mkdir()
    return layout


def test_the_staged_release_is_published_and_the_old_one_kept(tmp_path: Path) -> None:
    layout = staged(tmp_path)
    publish(layout)
    assert made(layout.output) == {"page": b"new"} and layout.manifest.read_bytes() == b"new"
    assert made(layout.previous_tree) == {"page": b"old"}
    assert {path.name for path in tmp_path.iterdir()} == {"site", layout.manifest.name, layout.previous.name}


def test_without_a_journal_a_stage_means_nothing(tmp_path: Path) -> None:
    layout = staged(tmp_path)
    recover(layout)
    assert made(layout.output) == {"page": b"old"} and layout.manifest.read_bytes() == b"old"
    assert not layout.stage.exists()


@pytest.mark.parametrize("switched", [False, True])
def test_a_journal_tells_whether_the_folders_have_changed_places(tmp_path: Path, switched: bool) -> None:
    layout = staged(tmp_path)
    layout.journal.write_text(json.dumps({"tree": layout.tree.stat().st_ino}), encoding="utf-8")
    if switched:
        layout.output.rename(tmp_path / "x")
        layout.tree.rename(layout.output)
        (tmp_path / "x").rename(layout.tree)
    recover(layout)
    now = b"new" if switched else b"old"
    assert made(layout.output) == {"page": now} and layout.manifest.read_bytes() == now
    assert layout.previous.exists() == switched and not layout.journal.exists() and not layout.stage.exists()


@pytest.mark.parametrize("journal", ["", "[]", "{", "null"])
def test_a_journal_that_says_nothing_is_as_none(tmp_path: Path, journal: str) -> None:
    layout = staged(tmp_path)
    layout.journal.write_text(journal, encoding="utf-8")
    recover(layout)
    assert made(layout.output) == {"page": b"old"} and not layout.journal.exists()
