"""`bind`: typed numbers become placeholders, and nothing else changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.__main__ import commands
from tests.example import prose, tables, write_content

TYPED = prose(2021).replace("收到申请{{表三.本年新收.总计}}件", "收到政府信息公开申请3件", 1)


def bind(*arguments: str | Path, lang: str = "zh") -> Result:
    return CliRunner().invoke(commands(lang), ["bind", *map(str, arguments)])


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path / "content", {"2021/shili": (tables(2021), TYPED)})


def test_without_a_yes_the_numbers_are_only_listed(content: Path) -> None:
    result = bind(content / "2021/shili", "--json")
    number = next(item for item in json.loads(result.stdout)["numbers"] if item["text"] == "3")
    assert number["placeholder"] == "表三.本年新收.总计" and not number["applied"]
    assert (content / "2021/shili/report.md").read_text("utf-8") == TYPED


def test_with_yes_what_a_rule_matches_is_bound(content: Path) -> None:
    assert bind(content / "2021/shili", "--yes").exit_code == 0
    text = (content / "2021/shili/report.md").read_text("utf-8")
    assert text == TYPED.replace("申请3件", "申请{{表三.本年新收.总计}}件")


def test_a_content_folder_needs_no_site_yaml(content: Path) -> None:
    (content / "site.yaml").unlink()
    assert bind("--organ", "shili", "--year", "2021", "--content", content, "--yes").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("nowhere",), "没有这个文件夹"), ((), "请写报告文件夹"), (("--organ", "jiaju", "--year", "2021"), "没有报告")],
)
def test_where_there_is_nothing_to_bind_in_one_sentence_says_so(
    content: Path, arguments: tuple[str, ...], words: str
) -> None:
    result = bind(*arguments, "--content", content)
    assert result.exit_code == 2 and words in result.output
