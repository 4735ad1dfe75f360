"""The findings on one report are read from the records where these still hold, and are those that checking it gives."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.__main__ import commands
from generator.collection.folder import scan
from generator.collection.office import open_office
from generator.finding import Finding
from generator.pipeline import fingerprints, one_report
from generator.pipeline.known_report import known_findings
from generator.pipeline.one_report import check_report
from generator.pipeline.record_file import records_beside
from generator.pipeline.request import Request
from generator.pipeline.run import run
from generator.report.entry import ReportRef
from tests.example import SITE, prose, tables, write_content
from tests.printers.samples import ACCEPTED

REPORTS = {
    "2020/shili": (tables(2020), prose(2020) + "\n![示例](meiyou.png)\n"),
    "2021/shili": (tables(2021, 表三_上年结转=[5, 0, 0, 0, 0, 0, 5], 表二_规章=["~", 0, 0]) + ACCEPTED, prose(2021)),
    "2021/jiaju": (tables(2021, "jiaju", 表三_总计=[9, 0, 0, 0, 0, 0, 9]), prose(2021)),
    "2022/shili": ("状态: 草稿\n" + tables(2022, 表三_本年新收=["~"] * 7), prose(2022)),
}


GRAIN = -3_600_000_000_000  # what was written just now counts as settled


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns a content folder whose reports are checked and known by their stamps."""
    content = write_content(tmp_path_factory.mktemp("known") / "content", REPORTS)
    (content / "2020/shili/旧稿.docx").write_bytes(b"")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(fingerprints, "_GRAIN_NS", GRAIN)
        run(Request(content, jobs=1), None)
    return content


@pytest.fixture
def content(settled: Path, tmp_path: Path) -> Path:
    """Returns a copy to edit, whose reports are known by their content."""
    shutil.copytree(settled.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / "content"


def ref_of(content: Path, folder: str) -> ReportRef:
    return next(ref for ref in scan(content)[0] if ref.folder == folder)


def known(content: Path, folder: str) -> list[Finding] | None:
    return known_findings(content, ref_of(content, folder))


def test_what_is_known_of_each_report_is_what_checking_it_gives(settled: Path, content: Path) -> None:
    office = open_office(content)
    for folder in REPORTS:
        right = check_report(office, ref_of(content, folder))
        assert right and known(content, folder) == known(settled, folder) == right
    assert {item.rule for item in known(content, "2020/shili") or ()} >= {"MD-PICTURE", "FILE-STRAY"}
    assert [item.rule for item in known(content, "2021/shili") or () if item.accepted] == ["T2-BLANK"]


def test_also_after_a_build(content: Path) -> None:
    shutil.copytree(content, content.parent / "more/content")
    content = content.parent / "more/content"
    assert known(content, "2020/shili") is None
    run(Request(content, jobs=1), content.parent / "site")
    assert known(content, "2020/shili") == check_report(open_office(content), ref_of(content, "2020/shili"))


def touched(content: Path) -> None:
    os.utime(content / "2021/shili/tables.yaml", ns=(1, 10**18))


def other_organ(content: Path) -> None:
    (content / "2021/jiaju/report.md").write_text("", encoding="utf-8")


def figure(content: Path) -> None:
    (content / "2021/shili/tables.yaml").write_text(tables(2021), encoding="utf-8")


def year_before(content: Path) -> None:
    (content / "2020/shili/tables.yaml").write_text(tables(2020, 表三_本年新收=[4, 0, 0, 0, 0, 0, 4]), encoding="utf-8")


def picture_came(content: Path) -> None:
    (content / "2020/shili/meiyou.png").write_bytes(b"")


def settings(content: Path) -> None:
    (content / "site.yaml").write_text(SITE + "规则级别: {T3-SUM: 提示}\n", encoding="utf-8")


def words(content: Path) -> None:
    (content / "lists").mkdir()
    (content / "lists/names.yaml").write_text("人名:\n  - 示例\n", encoding="utf-8")


def now_a_draft(content: Path) -> None:
    (content / "2021/shili/tables.yaml").write_text("状态: 草稿\n" + tables(2021), encoding="utf-8")


def report_gone(content: Path) -> None:
    shutil.rmtree(content / "2020/shili")


@pytest.mark.parametrize("edit", [touched, other_organ])
def test_an_edit_that_does_not_concern_it_leaves_it_known(content: Path, edit: Callable[[Path], None]) -> None:
    edit(content)
    assert known(content, "2021/shili") == check_report(open_office(content), ref_of(content, "2021/shili"))


@pytest.mark.parametrize("edit", [figure, year_before, picture_came, settings, words, now_a_draft, report_gone])
def test_after_one_that_does_it_is_checked_anew(content: Path, edit: Callable[[Path], None]) -> None:
    edit(content)
    assert known(content, "2021/shili") is None


def test_what_is_damaged_says_nothing_wrong(content: Path) -> None:
    file, office = records_beside(content, None), open_office(content)
    data, right = file.read_bytes(), check_report(office, ref_of(content, "2021/shili"))
    for at in range(0, len(data), 4999):
        file.write_bytes(data[:at] + b"\xff" + data[at + 1 :])
        assert known(content, "2021/shili") in (None, right)


def test_no_file_is_read_where_stamps_prove_that_all_is_as_it_was(
    settled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = ref_of(settled, "2021/shili")
    monkeypatch.setattr(fingerprints, "_GRAIN_NS", GRAIN)
    monkeypatch.setattr(fingerprints, "read_files", None)
    assert known_findings(settled, ref)


def test_nothing_is_written(content: Path) -> None:
    file = records_beside(content, None)
    before = file.read_bytes(), file.stat().st_mtime_ns
    assert known(content, "2021/shili") is not None
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    assert sorted(path.name for path in content.parent.iterdir()) == [file.name, "content"]


@pytest.mark.parametrize("command", [["check"], ["check", "--strict"], ["explain"]])
def test_the_commands_print_from_records_what_they_print_without(
    content: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(folder: str) -> tuple[int, str]:
        done = CliRunner().invoke(commands("zh"), [*command, str(content / folder)])
        return done.exit_code, done.output

    def computed(*_: object) -> list[Finding]:
        raise AssertionError("checked again")

    with monkeypatch.context() as patched:
        patched.setattr(one_report, "check_report", computed)
        from_records = list(map(said, REPORTS))
    records_beside(content, None).unlink()
    assert from_records == list(map(said, REPORTS)) and {code for code, _ in from_records} <= {0, 1}


def test_what_is_known_is_told_without_loading_what_draws_pages() -> None:
    program = (
        "import sys, generator.pipeline.known_report, generator.printers.formats, generator.printers.one_report\n"
        "sys.exit('jinja2' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parents[2], check=False).returncode == 0
