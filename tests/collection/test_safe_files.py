"""Names that every system takes, and files that are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.collection.safe_files import safe_path, write_bytes, write_file

SAFE = ["index.html", "2021/shili/tables.csv", "a.b/c", "博山区2020年报告.docx", "auxiliary.png", "console"]
UNSAFE = [
    *("", "/etc/passwd", "..", "a/../b", "a//b", "./a", "a\\b", "C:a", "a?b", "a|b", "a\0b"),
    *("aux.png", "2021/con/index.html", "LPT1", "nul.tar.gz", "a ", "a./b"),
]


@pytest.mark.parametrize("path", SAFE)
def test_a_safe_path_comes_back_as_it_is(path: str) -> None:
    assert safe_path(path) == path


@pytest.mark.parametrize("path", UNSAFE)
def test_what_leaves_its_folder_or_some_system_refuses_is_an_error(path: str) -> None:
    with pytest.raises(ValueError, match="not a safe path"):
        safe_path(path)


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    write_bytes(file, b"old")
    write_file(file, ["新", "的"])
    assert file.read_text("utf-8") == "新的" and [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_failure_leaves_the_old_file_and_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "a.txt"
    file.write_text("old")
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="No space") as caught:
        write_file(file, ["new"])
    assert caught.value.filename == str(file) and file.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
