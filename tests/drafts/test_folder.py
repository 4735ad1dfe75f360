"""Writing a draft into the content folder: whole or not at all, never over what a clerk has typed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.drafts.folder import deposit, standing, was_received
from generator.finding import UserError


@pytest.mark.parametrize("name", ["../x.png", "a/b.png", ".hidden", "con.png", "a\\b.png", ""])
def test_no_picture_name_leaves_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError):
        deposit(tmp_path, 2021, "shili", {"report.md": b"x", name: b"x"}, replace=False)
    assert not any(tmp_path.iterdir())


def test_a_failed_write_leaves_all_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deposit(tmp_path, 2021, "shili", {"report.md": b"old"}, replace=False)
    rename = os.rename

    def failing(source: Path, target: Path) -> None:
        if ".nianbao-new" in str(source):
            raise OSError(28, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(os, "rename", failing)
    with pytest.raises(UserError):
        deposit(tmp_path, 2021, "shili", {"report.md": b"new"}, replace=True)
    assert (tmp_path / "2021/shili/report.md").read_bytes() == b"old" and [
        p.name for p in (tmp_path / "2021").iterdir() if "new" in p.name
    ] == []


FILES = {"tables.yaml": b"a", "report.md": b"b"}


def test_a_new_folder_holds_the_files_and_nothing_else(tmp_path: Path) -> None:
    written = deposit(tmp_path, 2021, "shili", FILES, replace=False)
    assert (written.status, written.folder, written.backup) == ("new", tmp_path / "2021/shili", None)
    assert {path.name: path.read_bytes() for path in written.folder.iterdir()} == FILES
    assert [path.name for path in (tmp_path / "2021").iterdir()] == ["shili"]


def test_the_same_files_again_are_unchanged(tmp_path: Path) -> None:
    deposit(tmp_path, 2021, "shili", FILES, replace=False)
    assert deposit(tmp_path, 2021, "shili", FILES, replace=True).status == "unchanged"


def test_other_files_are_left_alone_unless_they_are_to_be_replaced(tmp_path: Path) -> None:
    folder = deposit(tmp_path, 2021, "shili", FILES, replace=False).folder
    changed = {**FILES, "report.md": b"c"}
    assert deposit(tmp_path, 2021, "shili", changed, replace=False).status == "exists"
    assert (folder / "report.md").read_bytes() == b"b"
    for number in (1, 2):
        written = deposit(tmp_path, 2021, "shili", {**FILES, "report.md": b"%d" % number}, replace=True)
        assert written.status == "replaced" and written.backup == tmp_path / f"2021/.backup/shili-{number}"
    assert written.backup is not None and (written.backup / "report.md").read_bytes() == b"1"


def test_a_folder_without_these_files_is_filled_and_keeps_its_others(tmp_path: Path) -> None:
    (tmp_path / "2021/shili").mkdir(parents=True)
    (tmp_path / "2021/shili/note.txt").write_bytes(b"n")
    written = deposit(tmp_path, 2021, "shili", FILES, replace=False)
    assert written.status == "new" and not (tmp_path / "2021/.backup/shili-1").exists()
    assert {path.name for path in written.folder.iterdir()} == {"tables.yaml", "report.md", "note.txt"}


def test_a_link_in_the_folder_is_replaced_and_what_it_leads_to_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "2021/shili"
    folder.mkdir(parents=True)
    (tmp_path / "other.md").write_bytes(b"other")
    (folder / "report.md").symlink_to(tmp_path / "other.md")
    deposit(tmp_path, 2021, "shili", FILES, replace=True)
    assert (tmp_path / "other.md").read_bytes() == b"other" and not (folder / "report.md").is_symlink()


def test_a_folder_remembers_the_workbooks_that_came_into_it(tmp_path: Path) -> None:
    folder = tmp_path / "2021/shili"
    assert not was_received(folder, "aaaa")
    deposit(tmp_path, 2021, "shili", FILES, replace=False, received="aaaa")
    deposit(tmp_path, 2021, "shili", {**FILES, "report.md": b"c"}, replace=True, received="bbbb")
    assert was_received(folder, "aaaa") and was_received(folder, "bbbb")
    assert not was_received(folder, "cccc") and not was_received(folder, "")
    assert {path.name for path in folder.iterdir()} == {*FILES, ".received"}


def test_what_is_left_alone_is_not_remembered(tmp_path: Path) -> None:
    deposit(tmp_path, 2021, "shili", FILES, replace=False)
    deposit(tmp_path, 2021, "shili", {**FILES, "report.md": b"c"}, replace=False, received="aaaa")
    assert not was_received(tmp_path / "2021/shili", "aaaa")


def test_how_files_stand_to_what_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "2021/shili"
    assert standing(folder, FILES) == "new"
    deposit(tmp_path, 2021, "shili", FILES, replace=False)
    assert standing(folder, FILES) == standing(folder, {"report.md": b"b"}) == "unchanged"
    assert standing(folder, {**FILES, "a.png": b"x"}) == standing(folder, {"report.md": b"x"}) == "exists"
    assert standing(folder, {"a.png": b"x"}) == "new"
