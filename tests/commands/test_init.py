"""`init`: from nothing to a first report in three commands."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.__main__ import commands


def run(*arguments: str | Path, lang: str = "zh") -> Result:
    return CliRunner().invoke(commands(lang), [str(argument) for argument in arguments])


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_from_an_empty_folder_to_a_first_draft(tmp_path: Path, lang: str) -> None:
    content = tmp_path / "content"
    made = run(
        "init",
        "--organ",
        "shili",
        "--name",
        "示例区人民政府",
        "--domain",
        "www.example.gov.cn",
        "--content",
        content,
        lang=lang,
    )
    assert made.exit_code == 0 and f"nianbao check --content {content}" in made.output
    assert run("check", "--content", content).exit_code == 0
    assert run("new", "2025", "--organ", "shili", "--content", content).exit_code == 0
    built = run("build", "--content", content, "--output", tmp_path / "site")
    assert built.exit_code == 0 and (tmp_path / "site/index.html").is_file()


def test_twice_is_one_sentence_and_changes_nothing(tmp_path: Path) -> None:
    arguments = ("init", "--organ", "shili", "--name", "示例区", "--content", tmp_path)
    run(*arguments)
    before = (tmp_path / "site.yaml").read_bytes()
    again = run(*arguments)
    assert (
        again.exit_code == 2 and "已经有了，没有动" in again.output and (tmp_path / "site.yaml").read_bytes() == before
    )


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (("init",), "缺少：--organ（本级机关的编号，如 boshan）、--name（本级机关的全称）", "missing: --organ (id"),
        (("init", "--organ", "shili"), "缺少：--name（本级机关的全称）", "missing: --name (full name of the office)"),
        (("workbook",), "缺少：年度、--output（", "missing: YEAR, --output ("),
        (("import",), "缺少：文件…", "missing: FILES..."),
    ],
)
def test_all_that_is_missing_is_named_at_once(arguments: tuple[str, ...], zh: str, en: str) -> None:
    for lang, words in (("zh", zh), ("en", en)):
        refused = run(*arguments, lang=lang)
        assert refused.exit_code == 2 and words in refused.output
