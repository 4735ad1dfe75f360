"""Imports for people: a row a file, what each was recognised as, and who is missing after a folder of workbooks."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.collection.rollup import RollupView
from generator.finding import Message
from generator.printers.imported import print_coverage, print_results, recognised, rows, what_becomes
from tests.collection.test_rollup import rolled_up
from tests.importer.samples import dump_text, figures
from tests.printers.test_imported_json import imported
from tests.printers.test_rollup import view


def test_a_row_counts_the_cells_and_says_what_became_of_the_file(tmp_path: Path) -> None:
    (row,) = rows([imported(tmp_path, dump_text(2020, figures(2020)))], "zh")
    assert row == ("报告.txt", "shili", "2020", "gbkbh-2019-60", "198", "0", "0", "0", "0", "已写入")


def test_a_refused_file_has_a_row_without_figures(tmp_path: Path) -> None:
    (row,) = rows([imported(tmp_path, "与年报无关的文字。")], "en")
    assert row == ("报告.txt", *[""] * 8, "refused")


def test_what_was_recognised_is_said_line_by_line(tmp_path: Path) -> None:
    draft = imported(tmp_path, dump_text(2020, figures(2020))).draft
    assert draft is not None
    lines = list(recognised(tmp_path / "a\x1b.txt", draft, "zh"))
    assert lines[0] == "a\\u001b.txt" and "  机关：shili" in lines and "  年度：2020" in lines


def test_where_each_file_went_follows_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    print_results([imported(tmp_path, dump_text(2020, figures(2020)))], "en")
    printed = capsys.readouterr().out
    assert "报告.txt → " in printed and "organ shili" in printed and "0 errors" in printed


def test_after_a_folder_of_workbooks_the_missing_units_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    print_coverage([view(5, 2020)], "zh")
    assert "还没有：甲局、乙镇" in capsys.readouterr().out


def test_what_stays_and_what_changes_is_said_of_a_report_that_is_there() -> None:
    kept, lost = [Message("甲", "a")], [Message("乙", "b"), Message("丙", "c")]
    assert list(what_becomes(kept, lost, "zh")) == ["  原有的不动：甲", "  原有内容的变动：乙；丙"]
    assert list(what_becomes((), lost, "en")) == ["  changes to what is there: b; c"] and not list(
        what_becomes((), (), "zh")
    )


def test_system_files_are_counted_below_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    print_results([imported(tmp_path, "与年报无关的文字。")], "zh", 2)
    assert "另有2个系统文件未读" in capsys.readouterr().out


def test_a_draft_says_what_is_left_to_do_and_where_its_findings_are_in_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    print_results([imported(tmp_path, dump_text(2020, figures(2020, t3_本年新收=["很多", 0, 0, 0, 0, 0, 3])))], "zh")
    printed = capsys.readouterr().out
    assert (
        "已标“状态: 草稿”" in printed and "在 tables.yaml 里删去这一行" in printed and "（原文件：第2张表 第" in printed
    )


def test_drafts_among_the_units_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    result = rolled_up(3, drafts=frozenset({(2021, "jiaju")}))
    assert isinstance(result, RollupView)
    print_coverage([result], "zh")
    assert "已收入1个（其中草稿1个：甲局）" in capsys.readouterr().out
