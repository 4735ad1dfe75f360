"""`explain`: a rule by its id, or the findings of one report."""

from __future__ import annotations

from pathlib import Path

import pytest
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
    assert len(result.output) < 500  # the kinds of ids, not two hundred of them


@pytest.mark.slow
def test_a_report_is_explained_without_reading_others(tmp_path: Path) -> None:
    reports = {"2021/shili": (tables(2021, 表三_总计=[9, 0, 0, 0, 0, 0, 9]), prose(2021)), "2021/jiaju": ("甲: [", "")}
    result = explain(write_content(tmp_path / "content", reports) / "2021/shili")
    assert result.exit_code == 0 and "【错误】T3-SUM" in result.output and "SRC-SYNTAX" not in result.output


def test_hyphens_and_case_do_not_matter() -> None:
    for typed in ("T3SUM", "t3 sum", "Ｔ３－ＳＵＭ"):
        assert explain(typed).output.startswith("T3-SUM\n")


def test_a_word_lists_the_rules_that_speak_of_it_one_line_each() -> None:
    result = explain("空白")
    lines = result.output.splitlines()
    assert (
        result.exit_code == 0 and lines[0].startswith("说到“空白”的有") and lines[-1] == "看全文：nianbao explain 编号"
    )
    listed = [line.split()[0] for line in lines[1:-1]]
    assert {"T2-BLANK", "T3-BLANK", "T4-BLANK", "A-BLANK", "BIND-BLANK"} <= set(listed)
    assert "  T3-BLANK        表三不应有空白格：没有发生填0。" in lines
    assert "T3-BAL" in explain("勾稽").output and "T3-BLANK" in explain("blank", "en").output


def test_a_word_that_one_rule_speaks_of_explains_it() -> None:
    assert explain("接连写了两遍").output.startswith("NAR-DUPCHAR\n")


def test_a_near_name_is_suggested() -> None:
    result = explain("t3-som")
    assert result.exit_code == 2 and "没有规则“t3-som”" in result.output and "  T3-SUM " in result.output
    assert "Near:" in explain("t3-som", "en").output


def test_a_rule_shows_what_is_wrong_and_what_is_right() -> None:
    for rule in ("T2-BLANK", "T3-BLANK", "T3-SUM", "XT-PERIOD", "XT-TITLE", "XT-FEE", "XT-CONTACT", "WORD-PUNCT"):
        output = explain(rule).output
        assert "\n错：" in output and "\n对：" in output, rule
    for rule in ("STR-TITLE", "NAR-NEW", "NAR-SEC1-COV", "NAR-GOV50"):
        output = explain(rule).output
        assert "\n错：" in output and "\n对：" in output, rule
