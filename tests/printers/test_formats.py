"""What findings are printed as: JSON, SARIF, workflow commands, a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.printers.formats import repository_path
from tests.example import prose, write_content
from tests.printers.samples import ACCEPTED, BROKEN, nianbao

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_content(
        tmp_path_factory.mktemp("printers") / "content", {"2022/shili": (BROKEN + ACCEPTED, prose(2022))}
    )


@pytest.mark.slow
@pytest.mark.parametrize(("form", "start"), [("json", "{"), ("sarif", "{"), ("github", "::"), ("text", "2022/")])
def test_the_command_prints_each_format_and_exits_1_on_errors(content: Path, form: str, start: str) -> None:
    done = nianbao("check", "--content", content, "--format", form)
    assert (done.returncode, done.stderr) == (1, "") and done.stdout.startswith(start)


@pytest.mark.slow
def test_the_command_writes_to_a_file_or_says_why_not(content: Path, tmp_path: Path) -> None:
    assert nianbao("check", "--content", content, "--format", "json", "--output", tmp_path / "f.json").returncode == 1
    assert json.loads((tmp_path / "f.json").read_text("utf-8"))["counts"]["error"] >= 2
    done = nianbao("check", "--content", content, "--format", "json", "--output", tmp_path / "no" / "f.json")
    assert (
        done.returncode == 2
        and f"“{tmp_path / 'no' / 'f.json'}”时出错：没有这个文件或文件夹" in done.stderr
        and "Traceback" not in done.stderr
    )


PLACES = [
    ("repository", "content", "content"),
    ("repository/content", ".", "content"),
    ("repository/ci", "../content", "content"),
    ("repository/content", "../content", "content"),
]


@pytest.mark.parametrize(("where", "content", "folder"), PLACES)
def test_files_are_named_from_the_top_of_their_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, content: str, folder: str
) -> None:
    for name in ("repository/.git", "repository/content", "repository/ci"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / where)
    assert repository_path(Path(content)) == folder


def test_a_content_folder_that_is_a_repository_of_its_own_adds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    assert repository_path(Path()) == ""


def test_without_a_repository_the_workspace_of_the_job_is_the_top(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "job/content").mkdir(parents=True)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    monkeypatch.chdir(tmp_path / "job/content")
    assert repository_path(Path()) == "job/content"
