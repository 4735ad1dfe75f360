"""Values are kept between runs where JSON gives them back as they are, in a folder that is the user's alone."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

from generator.yaml_source.kept import keep, recall


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of its own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("value", [{"示例": [1, None, "是"]}, [], "a", 0.5])
def test_a_value_is_kept_by_its_name(value: Any) -> None:
    assert recall("a") is None
    keep("a", value)
    assert recall("a") == value and recall("b") is None


@pytest.mark.parametrize("value", [{2021: "a"}, (1,), {1}, b"a", "\ud800"])
def test_what_json_would_change_is_not_kept(value: Any, temporary: Path) -> None:
    keep("a", value)
    assert recall("a") is None
    assert not [*next(temporary.iterdir()).iterdir()]


def test_what_is_damaged_counts_for_nothing(temporary: Path) -> None:
    keep("a", {"a": 1})
    (kept,) = next(temporary.iterdir()).iterdir()
    kept.write_bytes(b'{"a"')
    assert recall("a") is None
    keep("a", {"a": 2})
    assert recall("a") == {"a": 2}


def test_without_a_folder_for_temporary_files_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> str:
        raise FileNotFoundError

    for way in (nowhere, lambda: "/dev/null"):
        monkeypatch.setattr(tempfile, "gettempdir", way)
        keep("a", 1)
        assert recall("a") is None


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="rights of a folder are those of Unix")
@pytest.mark.parametrize("way", ["open to others", "a link", "a file"])
def test_a_folder_that_others_may_write_to_is_not_used(temporary: Path, way: str) -> None:
    elsewhere = temporary / "elsewhere"
    elsewhere.mkdir(0o700)
    folder = temporary / f"nianbao-kept-{os.getuid()}"
    if way == "a link":
        folder.symlink_to(elsewhere)
    elif way == "a file":
        folder.write_text("")
    else:
        folder.mkdir()
        folder.chmod(0o777)
    keep("a", 1)
    assert recall("a") is None and not [*elsewhere.iterdir()]
