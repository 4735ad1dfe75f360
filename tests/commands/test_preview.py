"""`preview`: what the command hands to the server. The server itself is tested in tests/test_preview.py."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.__main__ import commands
from generator.commands.preview import _builder
from generator.pipeline.request import Request
from generator.preview import PreviewResult
from tests.example import prose, tables, write_content


@pytest.mark.slow
def test_a_good_build_shows_no_notice(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    assert _builder(Request(content), "zh")(tmp_path / "out") == PreviewResult(True, [])
    assert (tmp_path / "out/index.html").is_file()


@pytest.mark.slow
def test_errors_are_the_lines_of_the_notice(tmp_path: Path) -> None:
    reports = {"2021/shili": (tables(2021, 表三_总计=[9, 0, 0, 0, 0, 0, 9]), prose(2021))}
    request = Request(write_content(tmp_path / "content", reports), preview=True)
    ok, lines, stale = _builder(request, "zh")(tmp_path / "out")
    assert not ok and not stale and (tmp_path / "out/2021/shili/index.html").is_file()
    assert lines[0] == "2021/shili/tables.yaml" and any("T3-SUM" in line for line in lines)


def test_a_folder_that_cannot_be_read_is_the_notice(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    ok, (line,), stale = _builder(Request(tmp_path / "content"), "en")(tmp_path / "out")
    assert not ok and stale and "no site.yaml" in line


def test_a_missing_content_folder_is_refused_before_anything_is_served(tmp_path: Path) -> None:
    result = CliRunner().invoke(commands("en"), ["preview", "--content", str(tmp_path / "no")])
    assert result.exit_code == 2 and "no content folder" in result.output
