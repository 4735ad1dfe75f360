"""Page templates and assets, read from a folder."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from generator.website.shell import Shell
from generator.website.theme import load_theme, templates_folder
from generator.website.words import load_words
from tests.example import SETTINGS


def test_the_theme_of_the_program_has_every_kind_of_page_and_its_assets() -> None:
    theme = load_theme()
    assert {"base.html", "home.html", "year.html", "organ.html", "report.html", "error.html"} <= theme.templates.keys()
    assert {"early.js", "nianbao.css", "nianbao.js"} <= theme.assets.keys()
    assert (templates_folder() / "base.html").read_text("utf-8") == theme.templates["base.html"]


def test_a_folder_gives_its_templates_as_text_and_its_assets_as_bytes(tmp_path: Path) -> None:
    (tmp_path / "assets" / "deeper").mkdir(parents=True)
    (tmp_path / "home.html").write_text("示例", encoding="utf-8")
    (tmp_path / "note.txt").write_text("示例", encoding="utf-8")
    (tmp_path / "assets" / "a.css").write_bytes(b"\xff")
    assert load_theme(tmp_path)[:2] == ({"home.html": "示例"}, {"a.css": b"\xff"})


def _counted(calls: list[str], work: Callable[..., Any]) -> Callable[..., Any]:
    def counted(*args: Any, **options: Any) -> Any:
        calls.append("")
        return work(*args, **options)

    return counted


def test_templates_are_compiled_once_and_again_when_they_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    compiled: list[str] = []
    monkeypatch.setattr(Environment, "_generate", _counted(compiled, Environment._generate))
    for text, times in (("{{ 1 + 1 }}示例", 1), ("{{ 1 + 1 }}示例", 1), ("{{ 1 + 2 }}示例", 2)):
        theme = load_theme()._replace(templates={"a.html": text})
        shell = Shell(theme, SETTINGS, load_words())
        assert shell.env.get_template("a.html").render() == text.replace("{{ 1 + 1 }}", "2").replace("{{ 1 + 2 }}", "3")
        assert len(compiled) == times


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    shell = Shell(load_theme()._replace(templates={"a.html": "示例"}), SETTINGS, load_words())
    shutil.rmtree(next(tmp_path.iterdir()))
    assert shell.env.get_template("a.html").render() == "示例"
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    assert load_theme().compiled is None
