"""`preview`: what the command hands to the server. The server itself is tested in tests/preview/."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.__main__ import commands
from generator.commands.preview import _builder
from generator.pipeline.request import Request
from generator.preview.last_build import PreviewResult
from tests.example import prose, tables, write_content


def _never() -> bool:
    return False


@pytest.mark.slow
def test_a_good_build_shows_no_notice(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    (built,) = _builder(Request(content), "zh")(tmp_path / "out", None, _never)
    assert built[:3] == PreviewResult(True, [])[:3] and "index.html" in (built.changed or ())
    assert (tmp_path / "out/index.html").is_file()


@pytest.mark.slow
def test_errors_are_the_lines_of_the_notice(tmp_path: Path) -> None:
    reports = {"2021/shili": (tables(2021, 表三_总计=[9, 0, 0, 0, 0, 0, 9]), prose(2021))}
    request = Request(write_content(tmp_path / "content", reports), preview=True)
    ((ok, lines, stale, *_),) = _builder(request, "zh")(tmp_path / "out", None, _never)
    assert not ok and not stale and (tmp_path / "out/2021/shili/index.html").is_file()
    assert lines[0] == "2021/shili/tables.yaml" and any("T3-SUM" in line for line in lines)


@pytest.mark.slow
def test_an_edited_report_is_told_first_then_what_follows(tmp_path: Path) -> None:
    content, output = write_content(tmp_path / "content"), tmp_path / "out"
    build = _builder(Request(content, preview=True, durable=False), "zh")
    list(build(output, None, _never))
    page, file = output / "2021/shili/index.html", content / "2021/shili/report.md"
    file.write_text(prose(2021).replace("示例引言", "示例引言改"), encoding="utf-8")
    steps = build(output, frozenset([str(file)]), _never)
    first = next(steps)
    assert first.ok and first.changed == frozenset(("2021/shili/index.html", "2021/shili/report.json"))
    assert "示例引言改" in page.read_text("utf-8")
    (rest,) = steps
    assert rest.changed is not None and rest.changed >= {"2021/shili/text.js", "search/index.html"}
    assert "2021/shili/index.html" not in rest.changed
    (only,) = build(output, frozenset([str(content / "site.yaml")]), _never)
    assert only.ok and only.changed == frozenset()


@pytest.mark.slow
def test_a_mere_look_is_given_up_for_an_edit_and_the_edit_is_built(tmp_path: Path) -> None:
    content, output = write_content(tmp_path / "content"), tmp_path / "out"
    build = _builder(Request(content, preview=True, durable=False), "zh")
    list(build(output, None, lambda: True))
    assert list(build(output, frozenset(), lambda: True)) == []
    file = content / "2021/shili/report.md"
    file.write_text(prose(2021).replace("示例引言", "示例引言改"), encoding="utf-8")
    assert [step.sure for step in build(output, frozenset([str(file)]), lambda: True)] == [False, False]
    (look,) = build(output, frozenset(), _never)
    assert look.sure and look.changed == frozenset()


@pytest.mark.slow
def test_an_error_is_told_first_and_gone_first_and_rules_over_all_follow(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    build = _builder(Request(content, preview=True, durable=False), "zh")
    list(build(tmp_path / "out", None, _never))
    file = content / "2021/shili/tables.yaml"
    file.write_text(tables(2021, 表三_总计=[9, 0, 0, 0, 0, 0, 9]), encoding="utf-8")
    first, rest = ("\n".join(step.lines) for step in build(tmp_path / "out", frozenset([str(file)]), _never))
    assert "T3-BAL" in first and "AGG-CELL" not in first and "T3-BAL" in rest and "AGG-CELL" in rest
    file.write_text(tables(2021), encoding="utf-8")
    first, rest = ("\n".join(step.lines) for step in build(tmp_path / "out", frozenset([str(file)]), _never))
    assert "T3-BAL" not in first and rest == ""


def test_a_folder_that_cannot_be_read_is_the_notice(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    ((ok, (line,), stale, *_),) = _builder(Request(tmp_path / "content"), "en")(tmp_path / "out", None, _never)
    assert not ok and stale and "no site.yaml" in line


def test_a_missing_content_folder_is_refused_before_anything_is_served(tmp_path: Path) -> None:
    result = CliRunner().invoke(commands("en"), ["preview", "--content", str(tmp_path / "no")])
    assert result.exit_code == 2 and "no content folder" in result.output
