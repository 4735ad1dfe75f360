"""What the system refuses, as a sentence in both languages."""

from __future__ import annotations

import errno
import os
import tempfile

import pytest

from generator.collection.system_errors import cause, sentence


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), ("磁盘已满", "the disk is full")),
        (OSError(errno.EROFS, "Read-only file system", "a"), ("所在磁盘是只读的", "its disk is read-only")),
        (OSError(errno.ENOTTY, "Inappropriate ioctl", "b"), ("Inappropriate ioctl", "Inappropriate ioctl")),
        (OSError("no number"), ("no number", "no number")),
    ],
)
def test_the_cause_is_said_in_both_languages(error: OSError, said: tuple[str, str]) -> None:
    assert cause(error) == said


def test_the_sentence_names_the_file_that_was_to_be_written() -> None:
    assert sentence(OSError(errno.ENOSPC, "full", "a", None, "b")).zh == "读写“b”时出错：磁盘已满"
    assert sentence(OSError(errno.ENOSPC, "full")).en == "cannot read or write a file: the disk is full"


def test_where_no_temporary_folder_can_be_written_to_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(os, "open", _refuse)
    with pytest.raises(FileNotFoundError) as raised:
        tempfile.gettempdir()
    assert "TMPDIR" in cause(raised.value).zh and "TMPDIR" in cause(raised.value).en


def _refuse(*_: object) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")
