"""`workbook`: the Excel workbooks that go out to the units."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.__main__ import commands
from tests.example import prose, tables, write_content


def workbook(*arguments: str | Path | int, name: str = "workbook", lang: str = "zh") -> Result:
    return CliRunner().invoke(commands(lang), [name, *map(str, arguments)])


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path / "content", {"2021/jiaju": (tables(2021, "jiaju"), prose(2021))})


@pytest.mark.parametrize("name", ["workbook", "form"])
def test_a_workbook_is_made_under_the_new_and_the_former_name(tmp_path: Path, content: Path, name: str) -> None:
    result = workbook(2022, "--organ", "jiaju", "-o", tmp_path / "out", "--content", content, name=name)
    assert result.exit_code == 0 and "已生成" in result.output
    assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".xlsx"]


def test_either_one_organ_or_all_must_be_asked_for(tmp_path: Path, content: Path) -> None:
    for arguments in ((), ("--organ", "jiaju", "--all")):
        result = workbook(2022, *arguments, "-o", tmp_path / "out", "--content", content, lang="en")
        assert result.exit_code == 2 and "either --organ ID or --all" in result.output


def test_a_file_name_as_the_folder_is_refused(tmp_path: Path, content: Path) -> None:
    """A folder `2022.xlsx` was made, which no spreadsheet program opens."""
    result = workbook(2022, "--organ", "jiaju", "-o", tmp_path / "2022.xlsx", "--content", content)
    assert result.exit_code == 2 and f"请写文件夹，如 “{tmp_path}”" in result.output
    assert not (tmp_path / "2022.xlsx").exists()


def test_an_output_that_is_a_file_is_refused(tmp_path: Path, content: Path) -> None:
    (tmp_path / "out").write_text("")
    result = workbook(2022, "--all", "-o", tmp_path / "out", "--content", content, lang="en")
    assert result.exit_code == 2 and "is no folder" in result.output
