"""Names that every system takes, and files that are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.collection.safe_files import safe_id, safe_path, write_bytes, write_file

SAFE = ["index.html", "2021/shili/tables.csv", "a.b/c", "博山区2020年报告.docx", "auxiliary.png", "console"]
UNSAFE = [
    *("conin$", "COM¹.txt", "con .png", "a\x1fb", "a\u202eb", "a" * 256),
    *("", "/etc/passwd", "..", "a/../b", "a//b", "./a", "a\\b", "C:a", "a?b", "a|b", "a\0b"),
    *("aux.png", "2021/con/index.html", "LPT1", "nul.tar.gz", "a ", "a./b"),
]


@pytest.mark.parametrize("path", SAFE)
def test_a_safe_path_comes_back_as_it_is(path: str) -> None:
    assert safe_path(path) == path


def test_an_id_is_a_folder_on_every_system() -> None:
    assert all(map(safe_id, ("shili", "a-1", "2021", "a" * 64)))
    assert not any(map(safe_id, ("", "con", "Shili", "甲", "a_b", "../a", "a/b", "a" * 65, "a.b", " a")))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes by name here")
def test_a_pipe_or_device_is_refused_and_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    for name in ("pipe", "link"):
        with pytest.raises(OSError, match="not a plain file"):
            write_bytes(tmp_path / name, b"new")
    assert (tmp_path / "pipe").is_fifo() and (tmp_path / "link").is_symlink()


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
