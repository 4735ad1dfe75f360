"""The content of a lost computer, taken back from the published section alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.__main__ import commands
from generator.collection.folder import scan
from generator.collection.office import open_office
from tests.example import prose, tables, write_content

pytestmark = pytest.mark.slow


def figures(content: Path) -> dict[str, list[tuple[str, ...]]]:
    """Every figure of every statutory table as printed, by report."""
    office, found = open_office(content), {}
    for ref in scan(content)[0]:
        entry, _ = office.read(ref)
        assert entry is not None
        found[ref.folder] = [sheet.texts for sheet in entry.report.sheets]
    return found


def run(*arguments: str) -> int:
    return CliRunner().invoke(commands("zh"), list(arguments)).exit_code


def test_the_figures_of_all_reports_come_back_from_their_pages_with_one_command(tmp_path: Path) -> None:
    text = tables(2020, 表三_上年结转=[0, 0, 0, 0, 0, 0, "~"], 表二_行政许可=[1, 2, 3])
    reports = {f"{year}/shili": (text if year == 2020 else tables(year), prose(year)) for year in (2019, 2020)}
    content = write_content(tmp_path / "content", reports)
    with (content / "site.yaml").open("a", encoding="utf-8") as site:
        site.write("历史年度截至: 2020\n")
    built = CliRunner().invoke(commands("zh"), ["build", "--content", str(content), "--output", str(tmp_path / "site")])
    assert built.exit_code == 0, built.output
    new = tmp_path / "new"
    new.mkdir()
    for name in ("site.yaml", "organs.yaml"):
        shutil.copy(content / name, new / name)
    pages = sorted(str(page) for page in (tmp_path / "site").glob("20*/*/index.html"))
    assert len(pages) == 2 and run("import", *pages, "--content", str(new), "--yes") == 0
    assert figures(new) == figures(content)
