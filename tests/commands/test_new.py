"""`new`: the report folders of a new year; what exists is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.__main__ import commands
from tests.example import prose, tables, write_content


def new(content: Path, *arguments: str | int, lang: str = "zh") -> Result:
    return CliRunner().invoke(commands(lang), ["new", *map(str, arguments), "--content", str(content)])


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path / "content", {"2021/jiaju": (tables(2021, "jiaju"), prose(2021))})


def test_a_folder_is_made_and_made_once(content: Path) -> None:
    result = new(content, 2022, "--organ", "jiaju", lang="en")
    assert result.exit_code == 0 and result.output.startswith(f"made  {content / '2022/jiaju'}\nNext: ")
    again = new(content, 2022, "--organ", "jiaju", lang="en").output
    assert "unchanged" in again and "Next: " not in again


def test_what_was_typed_since_is_left_alone_and_said(content: Path) -> None:
    new(content, 2022, "--organ", "jiaju")
    report = content / "2022/jiaju/report.md"
    report.write_text("已写的正文", encoding="utf-8")
    result = new(content, 2022, "--organ", "jiaju")
    assert result.exit_code == 1 and "没有动" in result.output and report.read_text("utf-8") == "已写的正文"


@pytest.mark.slow
def test_an_unknown_organ_is_one_sentence(content: Path) -> None:
    result = new(content, 2022, "--organ", "nobody")
    assert result.exit_code == 2 and "不在 organs.yaml 中" in result.output
