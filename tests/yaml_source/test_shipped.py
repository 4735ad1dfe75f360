"""Shipped files are parsed once, and again when they change; where that cannot be kept they are parsed each time."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.yaml_source import shipped
from generator.yaml_source.shipped import load_yaml


@pytest.fixture
def parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The files that were really parsed, in a folder for temporary files of its own."""
    calls: list[bytes] = []
    load = yaml.load

    def counted(data: bytes, Loader: Any) -> Any:
        calls.append(data)
        return load(data, Loader=Loader)

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(yaml, "load", counted)
    return calls


def test_a_file_is_parsed_once_and_again_when_it_changes(parsed: list[bytes]) -> None:
    for data, values in (
        ("示例: [1, ~, 是]", {"示例": [1, None, "是"]}),
        ("示例: [1, ~, 是]", {"示例": [1, None, "是"]}),
        ("示例: 2", {"示例": 2}),
    ):
        assert load_yaml(data.encode()) == values
    assert len(parsed) == 2


def test_values_are_the_callers_own(parsed: list[bytes]) -> None:
    load_yaml(b"a: [1]")["a"].append(2)
    load_yaml(b"a: [1]")["a"].append(2)
    assert load_yaml(b"a: [1]") == {"a": [1]}


def test_all_that_ships_is_kept(parsed: list[bytes]) -> None:
    files = sorted(Path(shipped.__file__).parents[1].rglob("*.yaml"))
    assert files
    for file in files:
        assert load_yaml(file.read_bytes()) == load_yaml(file.read_bytes()), file
    assert len(parsed) == len(files)
