"""The content of a lost computer, taken back from the published section alone."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.__main__ import commands
from tests.example import prose, tables, write_content

pytestmark = pytest.mark.slow

MORE = """\
指标:
  培训次数: {值: 7, 单位: 次, 部分: 一, 约数: 是}
  "满意率: 全部": {值: 86.90, 单位: "%", 部分: 一}
更正:
  - {日期: 2022-03-01, 位置: 表二.行政许可.处理决定数量, 原值: ~, 更正为: 3, 原因: "漏计, 见附件", 批准人: 示例}
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands("zh"), list(arguments))


def build(content: Path, site: Path) -> Path:
    built = run("build", "--content", str(content), "--output", str(site))
    assert built.exit_code == 0, built.output
    return site


def fresh(content: Path, folder: Path) -> Path:
    folder.mkdir()
    for name in ("site.yaml", "organs.yaml"):
        shutil.copy(content / name, folder / name)
    return folder


@pytest.fixture
def content(tmp_path: Path) -> Path:
    blank = tables(2020, 表三_上年结转=[0, 0, 0, 0, 0, 0, "~"], 表二_行政许可=[1, 2, 3]) + MORE
    told = prose(2020).replace("\n\n", "\n\n培训{{指标.培训次数}}余次，满意率{{指标.满意率: 全部}}%。\n\n", 1)
    content = write_content(
        tmp_path / "content", {"2019/shili": (tables(2019), prose(2019)), "2020/shili": (blank, told)}
    )
    with (content / "site.yaml").open("a", encoding="utf-8") as site:
        site.write("历史年度截至: 2020\n")
    return content


def records(site: Path) -> list[dict[str, object]]:
    return [json.loads(path.read_bytes()) for path in sorted(site.glob("20*/*/report.json"))]


def test_figures_indicators_and_corrections_come_back_with_one_command_and_give_the_same_data(
    content: Path, tmp_path: Path
) -> None:
    site = build(content, tmp_path / "site")
    new = fresh(content, tmp_path / "new")
    done = run("restore", str(site), "--content", str(new))
    assert done.exit_code == 0 and done.output.startswith(
        "取回 2 份报告，0 处不同。\n接受的瑕疵（接受）不公开，取不回来"
    )
    again = build(new, tmp_path / "again")
    old, now = records(site), records(again)
    for key in ("tables", "indicators", "corrections", "title", "published"):
        assert [item.get(key) for item in now] == [item.get(key) for item in old], key
    assert old[1]["indicators"] and old[1]["corrections"]
    same = [path.relative_to(site) for path in sorted(site.glob("**/*.csv"))]
    assert same and all((again / path).read_bytes() == (site / path).read_bytes() for path in same)


def test_all_reports_are_brought_back_by_one_process_and_settings_are_read_once(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from generator.collection import office
    from generator.importer import run as importing
    from generator.readers import sandbox

    began, opened, real = list[object](), list[object](), office.open_office

    class Counted(sandbox.Guard):
        def __init__(self, *arguments: object) -> None:
            began.append(arguments)
            super().__init__(*arguments)  # type: ignore[arg-type]

    def counted(*arguments: object, **more: object) -> object:
        opened.append(arguments)
        return real(*arguments, **more)  # type: ignore[arg-type]

    site, new = build(content, tmp_path / "site"), fresh(content, tmp_path / "new")
    monkeypatch.setattr(sandbox, "Guard", Counted)
    for module in (office, importing):
        monkeypatch.setattr(module, "open_office", counted)
    assert run("restore", str(site), "--content", str(new)).exit_code == 0
    assert (len(began), len(opened)) == (1, 1)


def test_what_differs_or_is_there_already_is_said(content: Path, tmp_path: Path) -> None:
    site = build(content, tmp_path / "site")
    new = fresh(content, tmp_path / "new")
    place = site / "2020/shili/report.json"
    place.write_bytes(place.read_bytes().replace(b'"value":3,"text":"3"', b'"value":4,"text":"4"', 1))
    done = run("restore", str(site), "--content", str(new))
    assert done.exit_code == 1 and "2020/shili 表" in done.output and "4 → 3" in done.output
    before = (new / "2020/shili/tables.yaml").read_bytes()
    done = run("restore", str(site), "--content", str(new))
    assert done.exit_code == 1 and "2020/shili：没有取回" in done.output
    assert (new / "2020/shili/tables.yaml").read_bytes() == before
    assert run("restore", str(new), "--content", str(new)).exit_code == 2


def test_pictures_come_back_with_their_names_bytes_and_captions(content: Path, tmp_path: Path) -> None:
    from tests.website.downloads.test_word import png

    folder = content / "2020/shili"
    pictures = {"tu1.png": png(), "图 (二).png": png((9, 9))}
    for name, data in pictures.items():
        (folder / name).write_bytes(data)
    report = folder / "report.md"
    both = '![示例图](tu1.png)\n\n![另一图](图%20%28二%29.png "题注 \\"甲\\"")'
    report.write_text(report.read_text(encoding="utf-8").replace("\n\n", f"\n\n{both}\n\n", 1), encoding="utf-8")
    site = build(content, tmp_path / "site")
    new = fresh(content, tmp_path / "new")
    (site / "2020/shili/附件.pdf").write_bytes(b"%PDF")
    done = run("restore", str(site), "--content", str(new))
    assert done.exit_code == 0 and re.findall("附件 (.*) 不是", done.output) == ["2020/shili/附件.pdf"], done.output
    assert both in (new / "2020/shili/report.md").read_text(encoding="utf-8")
    assert {path.name: path.read_bytes() for path in (new / "2020/shili").glob("*.png")} == pictures
    assert "图片" not in (new / "2020/shili/tables.yaml").read_text(encoding="utf-8")
    old = site / "2020/jiu"  # an old address, where files of a report that moved stay beside the page that leads on
    old.mkdir()
    (old / "index.html").write_bytes(b'<!DOCTYPE html><meta http-equiv="refresh" content="0; url=../shili/">')
    (old / "report.json").write_bytes((site / "2020/shili/report.json").read_bytes())
    (site / "2020/shili/tu1.png").unlink()
    done = run("restore", str(site), "--content", str(fresh(content, tmp_path / "newest")))
    assert done.exit_code == 1 and "原图遗失" in done.output and "取回 2 份报告，1 处不同" in done.output
