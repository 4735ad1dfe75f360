"""Silences what libraries write to the process's standard error."""

from __future__ import annotations

import os

import pytest

from generator.readers.quiet import hushed


def test_standard_error_is_silent_inside_and_back_afterwards(capfd: pytest.CaptureFixture[str]) -> None:
    os.write(2, b"before ")
    with hushed():
        os.write(2, b"inside ")
    os.write(2, b"after")
    assert capfd.readouterr().err == "before after"


def test_standard_error_is_back_after_an_exception(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="a fault"), hushed():
        raise ValueError("a fault")
    os.write(2, b"after")
    assert capfd.readouterr().err == "after"


def test_a_process_without_standard_error_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(descriptor: int) -> int:
        raise OSError(9, "Bad file descriptor")

    monkeypatch.setattr(os, "dup", closed)
    with hushed():
        reached = True
    assert reached
