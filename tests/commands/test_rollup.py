"""`rollup`: the units below an organ, read without running a rule."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.__main__ import commands
from tests.example import prose, tables, write_content


@pytest.fixture
def content(tmp_path: Path) -> Path:
    reports = {
        "2021/shili": (tables(2021, "shili", 表三_本年新收=[5, 0, 0, 0, 0, 0, 5]), prose(2021)),
        "2021/jiaju": (tables(2021, "jiaju"), prose(2021)),
    }
    return write_content(tmp_path / "content", reports)


def rollup(content: Path, *arguments: str, lang: str = "zh") -> Result:
    return CliRunner().invoke(commands(lang), ["rollup", *arguments, "--content", str(content)])


def test_units_and_differences_are_shown_as_tables_or_as_json(content: Path) -> None:
    assert "下级机关2个" in rollup(content, "2021").output
    record = json.loads(rollup(content, "2021", "--json").stdout)
    assert [item["cell"] for item in record["differences"]] == ["表三.本年新收.自然人", "表三.本年新收.总计"]


def test_what_an_earlier_command_worked_out_is_only_read(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = rollup(content, "2021").output
    monkeypatch.setattr("generator.pipeline.worker.check_entries", None)
    assert rollup(content, "2021").output == first


def test_an_organ_without_units_is_one_sentence(content: Path) -> None:
    result = rollup(content, "2021", "--organ", "jiaju", lang="en")
    assert result.exit_code == 2 and "has no units in organs.yaml" in result.output


def test_a_folder_without_site_yaml_is_one_sentence(tmp_path: Path) -> None:
    result = rollup(tmp_path, "2021")
    assert result.exit_code == 2 and "没有 site.yaml" in result.output
