"""`build`: writes the section, says what it wrote, and leaves the old one where there are errors."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.__main__ import commands
from tests.example import prose, tables, write_content


def build(content: Path, output: Path, *arguments: str, lang: str = "zh") -> Result:
    return CliRunner().invoke(commands(lang), ["build", "--content", str(content), "--output", str(output), *arguments])


@pytest.mark.slow
def test_what_was_written_is_counted_and_where_to_open_it(tmp_path: Path) -> None:
    content, output = write_content(tmp_path / "content"), tmp_path / "site"
    result = build(content, output, lang="en")
    assert result.exit_code == 0 and f"0 unchanged, 0 removed. Open: {output / 'index.html'}" in result.output
    assert (output / "index.html").is_file()


@pytest.mark.parametrize("place", ["record", "lock", "manifest.jsonl"])
def test_a_pipe_in_the_place_of_what_lies_beside_the_section_is_one_sentence(tmp_path: Path, place: str) -> None:
    content, output = write_content(tmp_path / "content"), tmp_path / "site"
    build(content, output)
    beside = tmp_path / f".site.nianbao-{place}"
    beside.unlink()
    os.mkfifo(beside)
    (content / "2021/shili/report.md").write_text(prose(2021).replace("示例引言", "示例引言改"), encoding="utf-8")
    result = build(content, output)
    assert result.exit_code == 2 and f"{beside.name}”" in result.output
    assert "不是普通文件" in result.output and "请移走" in result.output


@pytest.mark.slow
def test_errors_leave_the_old_section_and_exit_with_1(tmp_path: Path) -> None:
    content, output = write_content(tmp_path / "content"), tmp_path / "site"
    build(content, output)
    old = (output / "index.html").read_bytes()
    (content / "2021/shili/tables.yaml").write_text(tables(2021, 表三_总计=[9, 0, 0, 0, 0, 0, 9]), encoding="utf-8")
    result = build(content, output)
    assert result.exit_code == 1 and f"有错误，“{output}”未更新：请改正后再生成。" in result.output
    assert "有错误的新报告: 暂缓发布" in result.output
    assert (output / "index.html").read_bytes() == old


@pytest.mark.slow
def test_a_section_is_verified_and_goes_back_to_the_release_before(tmp_path: Path) -> None:
    content, output = write_content(tmp_path / "content"), tmp_path / "site"
    refused = build(content, output, "--rollback")
    assert refused.exit_code == 2 and "没有可以回到的上一版" in refused.output
    build(content, output, "--no-fsync")
    old = (output / "2021/shili/index.html").read_bytes()
    (content / "2021/shili/report.md").write_text(prose(2021).replace("示例引言", "示例引言改"), encoding="utf-8")
    build(content, output, "--whole")
    back = build(content, output, "--rollback", lang="en")
    assert back.exit_code == 0 and "went from release" in back.output and "Traceback" not in back.output
    assert (output / "2021/shili/index.html").read_bytes() == old
    verify = ["verify", str(output)]
    assert CliRunner().invoke(commands("zh"), verify).exit_code == 0
    (output / "index.html").write_text("x", encoding="utf-8")
    (output / "404.html").unlink()
    (output / "new\x1b[2J").touch()
    told = CliRunner().invoke(commands("zh"), verify)
    assert told.exit_code == 3 and "\x1b" not in told.output
    assert all(said in told.output for said in ("“index.html”被改动", "缺少“404.html”", "多出“new", "不一致：3处"))


@pytest.mark.slow
@pytest.mark.parametrize(("arguments", "code"), [((), 0), (("--strict",), 1)])
def test_strict_counts_warnings_as_errors(tmp_path: Path, arguments: tuple[str, ...], code: int) -> None:
    reports = {
        "2021/shili": (tables(2021), prose(2021) + "\n[点](ftp://example.gov.cn/)\n"),
        "2021/jiaju": (tables(2021, "jiaju"), prose(2021)),
    }
    assert build(write_content(tmp_path / "content", reports), tmp_path / "site", *arguments).exit_code == code


@pytest.mark.slow
def test_the_base_url_makes_addresses_absolute(tmp_path: Path) -> None:
    build(write_content(tmp_path / "content"), tmp_path / "site", "--base-url", "https://www.example.gov.cn/nianbao")
    sitemap = (tmp_path / "site/sitemap.xml").read_text("utf-8")
    assert "<loc>https://www.example.gov.cn/nianbao/</loc>" in sitemap
