"""Only plain files are opened, and nothing waits."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from generator.finding import UserError
from generator.pipeline.plain_files import is_odd, open_plain, read_plain


def test_a_plain_file_is_read_and_written(tmp_path: Path) -> None:
    with open_plain(tmp_path / "a", os.O_RDWR | os.O_CREAT) as file:
        file.write(b"1")
    assert read_plain(tmp_path / "a") == b"1"
    with pytest.raises(FileNotFoundError):
        read_plain(tmp_path / "b")


@pytest.mark.parametrize("kind", ["pipe", "device", "socket", "folder"])
@pytest.mark.parametrize("flags", [os.O_RDONLY, os.O_RDWR | os.O_CREAT])
def test_anything_else_is_refused_by_name(
    tmp_path: Path, kind: str, flags: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "odd"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path = Path("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    else:
        with socket.socket(socket.AF_UNIX) as made:
            monkeypatch.chdir(tmp_path)  # a socket's path may not be long
            made.bind("odd")
    with pytest.raises(UserError, match=path.name):
        open_plain(path, flags)
    assert is_odd(os.stat(path).st_mode) == (kind != "folder")
