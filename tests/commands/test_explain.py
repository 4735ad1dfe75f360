"""`explain`: a rule by its id, or the findings of one report."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from generator.__main__ import commands
from tests.example import prose, tables, write_content


def explain(argument: str | Path, lang: str = "zh") -> Result:
    return CliRunner().invoke(commands(lang), ["explain", str(argument)])


def test_a_rule_is_explained_in_the_language_asked_for() -> None:
    assert explain("t3-sum").output.startswith("T3-SUM\n表三每列") and "列" not in explain("T3-SUM", "en").output


def test_an_unknown_rule_lists_the_known_ones() -> None:
    result = explain("nope")
    assert result.exit_code == 2 and "没有规则“nope”" in result.output and "T3-SUM" in result.output


def test_a_report_is_explained_without_reading_others(tmp_path: Path) -> None:
    reports = {"2021/shili": (tables(2021, 表三_总计=[9, 0, 0, 0, 0, 0, 9]), prose(2021)), "2021/jiaju": ("甲: [", "")}
    result = explain(write_content(tmp_path / "content", reports) / "2021/shili")
    assert result.exit_code == 0 and "【错误】T3-SUM" in result.output and "SRC-SYNTAX" not in result.output
