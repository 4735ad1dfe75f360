"""A folder of fragments, from a built section to a page that was pasted and saved."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.__main__ import commands
from generator.collection.office import open_office
from generator.targets.fragments import BODY, HELP, LIST, make_fragments
from tests.example import prose, tables, write_content


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Content of two reports, of which one was built."""
    reports = {f"2021/{organ}": (tables(2021, organ), prose(2021)) for organ in ("shili", "jiaju")}
    content = write_content(tmp_path / "content", reports)
    for name in ("report.json", "tables.csv", "index.html", "text.js"):
        (tmp_path / "site/2021/shili").mkdir(parents=True, exist_ok=True)
        (tmp_path / "site/2021/shili" / name).write_bytes(name.encode())
    (tmp_path / "out").mkdir()
    make_fragments(open_office(content), tmp_path / "site", tmp_path / "out", "样式")
    return tmp_path


def test_each_built_report_has_fragment_help_and_downloads_and_a_line_of_the_list(office: Path) -> None:
    out = office / "out"
    files = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    assert files == [*sorted(f"2021/shili/{name}" for name in ("report.json", "tables.csv", BODY, HELP)), LIST]
    assert (out / LIST).read_bytes().decode("utf-8-sig").splitlines()[1].endswith(f",2021/shili/{BODY}")


def verify(office: Path, page: Path, lang: str = "zh") -> Result:
    return CliRunner().invoke(commands(lang), ["verify", str(office / "content/2021/shili"), "--page", str(page)])


def test_a_saved_page_is_verified_without_a_network(office: Path) -> None:
    body = office / "out/2021/shili" / BODY
    assert verify(office, body).exit_code == 0
    harmed = office / "saved.html"
    harmed.write_text(body.read_text("utf-8").replace(">3</td>", ">4</td>", 1), encoding="utf-8")
    told = verify(office, harmed)
    assert told.exit_code == 3 and "应为“3”，网页上是“4”" in told.stdout
    shutil.rmtree(office / "content/2021/shili")
    assert verify(office, harmed).exit_code == 2
