"""Whatever is edited, a build that uses records makes what a build without any makes: the same files and findings."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.collection.folder import scan
from generator.collection.office import open_office
from generator.finding import Finding
from generator.pipeline import fingerprints
from generator.pipeline.known_report import known_findings
from generator.pipeline.one_report import check_report
from generator.pipeline.record_file import records_beside
from generator.pipeline.request import BuildResult, Request
from generator.pipeline.run import run
from generator.website import theme
from tests.example import ORGANS, SITE, prose, tables, write_content
from tests.pipeline.test_run import made

YEARS, IDS = (2019, 2020, 2021, 2022), ("shili", "jiaju", "yizhen", "bingju")
ORIGINAL = theme.templates_folder()
PICTURES = tuple(b"\x89PNG\r\n\x1a\n" + bytes([number]) for number in range(3))


SETTINGS = (
    "历史年度截至: 2021\n",
    "规则级别: {T3-SUM: 提示}\n",
    "有错误的新报告: 暂缓发布\n",
    "更新方式: 整体替换\n",
    "网址: https://www.example.gov.cn/nb/\n",
    "英文页面: {网站名称: Example District}\n",
    "下载: [Excel]\n",
    "数据许可: {名称: 示例许可, 网址: 'https://www.example.gov.cn/xuke'}\n",
    "发布:\n  本机: {方式: 目录, 目录: /tmp/shili}\n",
    "redirects:\n  2018/jiuju/: 2021/shili/\n  2018/meiyou/: 2021/meiyou/\n",
    "redirects:\n  2021/shili/: 2020/shili/\n",
)


class World:
    """A content folder, its section, and edits of them as people make; each edit is drawn by `chance`."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance = folder, chance
        self.content, self.output = write_content(folder / "content"), folder / "site"
        self.templates = folder / "templates"
        shutil.copytree(ORIGINAL, self.templates)

    def reports(self) -> list[Path]:
        return sorted(path.parent for path in self.content.glob("[0-9][0-9][0-9][0-9]/*/tables.yaml"))

    def report(self) -> Path:
        return self.chance.choice(self.reports())

    def write(self, path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def figures(self, year: int, organ: str) -> str:
        count = self.chance.randrange(4)
        row = [count, 0, 0, 0, 0, 0, count]
        return tables(year, organ, 表三_本年新收=row, 表三_予以公开=row, 表三_总计=row)

    def figure(self) -> None:
        folder = self.report()
        self.write(folder / "tables.yaml", self.figures(int(folder.parent.name), folder.name))

    def figure_unseen_by_size_and_time(self) -> None:
        file = self.report() / "tables.yaml"
        status = file.stat()
        self.write(file, file.read_text("utf-8").replace("[3, 0, 0", "[2, 0, 0", 1))
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))

    def wrong_figure(self) -> None:
        folder = self.report()
        row = [9, 0, 0, 0, 0, 0, 9]
        self.write(folder / "tables.yaml", tables(int(folder.parent.name), folder.name, 表三_总计=row))

    def narrative(self) -> None:
        folder = self.report()
        more = f"\n示例补充第{self.chance.randrange(3)}句。\n"
        self.write(folder / "report.md", prose(int(folder.parent.name)) + more)

    def broken(self) -> None:
        self.write(self.report() / "tables.yaml", "甲: [")

    def copied(self) -> None:
        first, second = self.report(), self.report()
        long = "".join(f"示例句子第{number}号说的是和进对的事。" for number in range(300))
        for folder in (first, second):
            self.write(folder / "report.md", prose(int(folder.parent.name)) + long)

    def picture(self) -> None:
        folder = self.report()
        text = prose(int(folder.parent.name)) + self.chance.choice(["\n![示例图](tu.png)\n", ""])
        self.write(folder / "report.md", text)
        (folder / "tu.png").write_bytes(self.chance.choice(PICTURES))

    def stray(self) -> None:
        file = self.report() / "草稿 副本.docx"
        if file.exists():
            file.unlink()
        else:
            file.write_bytes(b"")

    def report_added(self) -> None:
        year, organ = self.chance.choice(YEARS), self.chance.choice(IDS)
        self.write(self.content / f"{year}/{organ}/tables.yaml", self.figures(year, organ))
        self.write(self.content / f"{year}/{organ}/report.md", prose(year))

    def report_removed(self) -> None:
        if len(self.reports()) > 1:
            shutil.rmtree(self.report())

    def draft(self) -> None:
        file = self.report() / "tables.yaml"
        text, mark = file.read_text("utf-8"), "状态: 草稿\n"
        self.write(file, text.removeprefix(mark) if text.startswith(mark) else mark + text)

    def organs(self) -> None:
        more = self.chance.choice(
            ["", "  - {编号: bingju, 名称: 示例区丙局, 简称: 丙局, 层级: 部门, 上级: shili, 前身: [jiaju]}\n"]
        )
        name = self.chance.choice(["甲局", "甲委"])
        text = ORGANS.replace("示例区甲局", f"示例区{name}").replace("未报告:", more + "未报告:")
        legacy = "原页面:\n  - {机关: shili, 年度: 2018, 标题: 示例旧页, 网址: 'http://www.example.gov.cn/old'}\n"
        self.write(self.content / "organs.yaml", text + self.chance.choice(["", legacy]))

    def site(self) -> None:
        more = self.chance.sample(SETTINGS, self.chance.choice([0, 1, 1, 2]))
        text = "".join(more)
        self.write(self.content / "site.yaml", (SITE.replace("下载: []\n", "") if "下载" in text else SITE) + text)

    def last_years_figure(self) -> None:
        """Leaves two years that do not carry over, or mends them."""
        organ = self.chance.choice(IDS[:2])
        carried = self.chance.choice([0, 5])
        for year, key in ((2020, "表三_结转下年度"), (2021, "表三_上年结转")):
            text = tables(year, organ, **{key: [carried, 0, 0, 0, 0, 0, carried]})
            self.write(self.content / f"{year}/{organ}/tables.yaml", text)
            self.write(self.content / f"{year}/{organ}/report.md", prose(year))

    def corrected(self) -> None:
        folder = self.report()
        year, day = int(folder.parent.name), self.chance.choice(["2023-03-01", "2023-04-01"])
        old, new = self.chance.choice([("2", "3"), ("3", "2")])
        item = (
            f"  - {{日期: {day}, 位置: 表三.本年新收.总计, 原值: {old}, 更正为: {new}, 原因: 示例, 批准人: 示例甲}}\n"
        )
        self.write(folder / "tables.yaml", tables(year, folder.name) + "更正:\n" + item)

    def accepted(self) -> None:
        folder = self.report()
        text = tables(int(folder.parent.name), folder.name, 表二_规章=["~", 0, 0])
        reason = self.chance.choice(["示例：原表空白", "示例：另一原因"])
        item = f"规则: T2-BLANK, 位置: 表二.规章.本年制发件数, 原因: {reason}, 批准人: 示例, 批准日期: 2023-01-20"
        self.write(folder / "tables.yaml", f"{text}接受:\n  - {{{item}}}\n")

    def encoding(self) -> None:
        file = self.report() / "report.md"
        text = file.read_bytes().decode("utf-8-sig", "replace")
        file.write_bytes(text.encode(self.chance.choice(["gb18030", "utf-8-sig", "utf-8"])))

    def organ_moved(self) -> None:
        """Gives a report to another organ, as when an office was renamed."""
        folder, organ = self.report(), self.chance.choice(IDS)
        target = folder.parent / organ
        if not target.exists():
            shutil.move(folder, target)
            self.write(target / "tables.yaml", self.figures(int(target.parent.name), organ))

    def year_misnamed(self) -> None:
        odd = self.content / "2021年"
        if odd.exists():
            shutil.rmtree(odd)
        else:
            shutil.copytree(self.report(), odd / "shili")

    def own_patterns(self) -> None:
        statement = self.chance.choice(["收到", "接到"])
        pattern = f"statements:\n  - {{rule: NAR-RECEIVED, before: {statement}申请, equals: received, source: 示例}}\n"
        self.write(self.content / "lists/narrative.yaml", self.chance.choice([pattern, ""]))

    def word_list(self) -> None:
        words = self.chance.choice(["示例", "答复"])
        self.write(self.content / "lists/names.yaml", f"人名:\n  - {words}\n")

    def template(self) -> None:
        self.write(self.templates / "year.html", (self.templates / "year.html").read_text("utf-8") + "<!-- 示例 -->\n")

    def program(self) -> None:
        fingerprints.__version__ = str(self.chance.randrange(3))  # type: ignore[attr-defined]

    def page_edited(self) -> None:
        if self.output.exists():
            page = self.chance.choice(sorted(self.output.rglob("*.html")))
            self.write(page, "示例")

    def page_lost(self) -> None:
        if self.output.exists():
            self.chance.choice(sorted(path for path in self.output.rglob("*") if path.is_file())).unlink()

    def record_damaged(self) -> None:
        file = records_beside(self.content, self.output)
        data = bytearray(file.read_bytes()) if file.exists() else bytearray()
        for _ in range(20 if data else 0):
            data[self.chance.randrange(len(data))] ^= 0xFF
        file.write_bytes(data)

    def record_lost(self) -> None:
        records_beside(self.content, self.output).unlink(missing_ok=True)

    def nothing(self) -> None:
        """Changes nothing."""

    def edits(self) -> list[Callable[[], None]]:
        names = (
            name
            for name in vars(World)
            if name not in ("__init__", "reports", "report", "write", "figures", "edits", "undo")
        )
        return [getattr(self, name) for name in names if not name.startswith("_")]

    def undo(self, kept: Path) -> None:
        shutil.rmtree(self.content)
        shutil.copytree(kept, self.content)


def sorted_findings(result: BuildResult) -> list[Finding]:
    return sorted(result.findings, key=repr)


def assert_equal_to_cold(world: World, steps: list[str]) -> None:
    """Asserts that a build and a check with records give what they give without; errors leave the section as it is."""
    before = made(world.output) if world.output.exists() else {}
    result = run(Request(world.content, jobs=1), world.output)
    shutil.rmtree(world.folder / "cold", ignore_errors=True)
    cold = run(Request(world.content, jobs=1, cold=True), world.folder / "cold/site")
    assert result.findings == cold.findings, steps
    after = made(world.output) if world.output.exists() else {}
    if cold.written is None:
        assert result.written is None and after == before, steps
    else:
        expected = made(world.folder / "cold/site")
        assert result.written is not None and result.reports == cold.reports, steps
        assert {path: data for path, data in after.items() if expected.get(path) != data} == {}, steps
        assert after.keys() == expected.keys(), steps
    checked = run(Request(world.content, jobs=1), None)
    ref = world.chance.choice(scan(world.content)[0])
    known = known_findings(world.content, ref)
    assert known is None or known == check_report(open_office(world.content), ref), steps
    assert checked.findings == run(Request(world.content, jobs=1, cold=True), None).findings, steps


def walk(folder: Path, seed: int, steps: int) -> None:
    chance = random.Random(seed)
    world, done, kept = World(folder, chance), [f"seed {seed}"], folder / "kept"
    shutil.copytree(world.content, kept)
    for _ in range(steps):
        if chance.random() < 0.15:
            world.undo(kept)
            done.append("undo")
        else:
            for edit in chance.sample(world.edits(), chance.choice([1, 1, 1, 2])):
                edit()
                done.append(edit.__name__)
        if chance.random() < 0.2:
            shutil.rmtree(kept)
            shutil.copytree(world.content, kept)
        assert_equal_to_cold(world, done)


@pytest.fixture(autouse=True)
def the_program_is_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Lets a test edit templates and the program's version."""
    monkeypatch.setattr(fingerprints, "__version__", "0")
    for module in (theme, fingerprints):
        monkeypatch.setattr(module, "templates_folder", lambda: tmp_path / "templates")


@pytest.mark.slow
@pytest.mark.parametrize(("grain", "steps"), [(0, 10), (2_000_000_000, 5)])
def test_after_any_edits_it_is_as_if_built_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, grain: int, steps: int
) -> None:
    monkeypatch.setattr(fingerprints, "_GRAIN_NS", grain)
    walk(tmp_path, int(os.environ.get("NIANBAO_SEED", "14")), int(os.environ.get("NIANBAO_STEPS", steps)))
