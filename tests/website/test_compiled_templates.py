"""Templates are compiled once, and again when they change; where they cannot be kept they are compiled each time."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from generator.website import compiled_templates as module
from generator.website.compiled_templates import compiled_templates
from generator.website.shell import Shell
from generator.website.theme import Theme
from generator.website.words import load_words
from tests.example import SETTINGS


def rendered(text: str) -> str:
    """Renders a template as a process does that has just begun."""
    module._codes.clear()
    compiled_templates.cache_clear()
    return Shell(Theme({"a.html": text}, {}), SETTINGS, load_words()).env.get_template("a.html").render()


def counted(calls: list[str], work: Callable[..., Any]) -> Callable[..., Any]:
    def call(*args: Any, **options: Any) -> Any:
        calls.append("")
        return work(*args, **options)

    return call


def test_a_template_is_compiled_once_and_again_when_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    compiled: list[str] = []
    monkeypatch.setattr(Environment, "_generate", counted(compiled, Environment._generate))
    for text, page, times in (
        ("{{ 1 + 1 }}示例", "2示例", 1),
        ("{{ 1 + 1 }}示例", "2示例", 1),
        ("{{ 3 }}示例", "3示例", 2),
    ):
        assert (rendered(text), len(compiled)) == (page, times)


def test_a_folder_that_goes_away_or_is_damaged_costs_only_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert rendered("示例") == "示例"
    (kept,) = next(tmp_path.iterdir()).iterdir()
    kept.write_bytes(b"\xff")
    assert rendered("示例") == "示例"
    module._codes.clear()
    env = Shell(Theme({"a.html": "示例"}, {}), SETTINGS, load_words()).env
    shutil.rmtree(next(tmp_path.iterdir()))
    assert env.get_template("a.html").render() == "示例"


def test_without_a_folder_for_temporary_files_templates_are_kept_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    assert rendered("示例") == "示例" and len(module._codes) == 1
    compiled_templates.cache_clear()
