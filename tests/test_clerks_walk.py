"""A clerk's year from one end to the other: send out a workbook, take it back wrong, mend it, publish it, begin anew.

Every command is one that the clerk types; what each says is held here, so that a step more or a message less is seen.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.__main__ import commands
from tests.example import MORE, ORGANS, prose, tables, write_content
from tests.importer.samples import figures
from tests.workbook.samples import Spot, layout, spot, typed

WORKBOOK = "2022年度_示例区甲局.xlsx"


class Desk:
    """A clerk's content folder, workbooks and output; `typed` are the commands typed so far."""

    def __init__(self, folder: Path) -> None:
        self.content, self.workbooks, self.site = folder / "content", folder / "biaoge", folder / "site"
        write_content(self.content, {"2021/jiaju": (tables(2021, "jiaju"), prose(2021))})
        alone = ORGANS.replace("\n  - {编号: yizhen", "\n#  - {编号: yizhen").replace("\n  - {年度", "\n#  - {年度")
        (self.content / "organs.yaml").write_text(
            alone.replace("上级: shili", "上级: ~").replace("未报告:", ""), encoding="utf-8"
        )
        self.typed = 0

    def types(self, *arguments: str | Path, fails: bool = False) -> str:
        """Type a command and return what it says; `fails`: it ends with 1."""
        self.typed += 1
        done = CliRunner().invoke(commands("zh"), [*map(str, arguments), "--content", str(self.content)])
        assert done.exit_code == int(fails), done.output
        return done.output

    def fills(self, **changes: float | str) -> None:
        """Fill in the workbook as a unit does: a whole and consistent report but for the `changes`."""
        path, plan, said = self.workbooks / WORKBOOK, layout(2022), figures(2022)
        cells: dict[Spot, float | str] = {("正文", plan.parts[0].first, 1): "示例引言。"}
        for part in plan.parts[1:]:
            required = "".join(text for word, text in MORE.items() if word in part.title)
            cells["正文", part.first, 1] = f"{required}收到申请3件，均已答复。"
        cells |= {("基本信息", item.row, 1): 0.0 for item in plan.fields if item.unit}
        for one in plan.tables:
            for slot, text in zip(one.table.slots, said[one.table.id], strict=True):
                cells[spot(2022, slot.name)] = float(text)
        cells |= {spot(2022, name.replace("_", ".")): value for name, value in changes.items()}
        path.write_bytes(typed(path.read_bytes(), cells))

    def edits(self, file: str, old: str, new: str) -> None:
        path = self.content / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1, (old, text)
        path.write_text(text.replace(old, new), encoding="utf-8")

    def holds(self, file: str) -> str:
        return (self.content / file).read_text("utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def errors(said: str) -> int:
    return int(re.findall(r"错误 (\d+)", said)[-1])


@pytest.mark.slow
def test_a_year_from_the_empty_workbook_to_the_next_one(desk: Desk) -> None:
    assert "已生成" in desk.types("workbook", "2022", "--organ", "jiaju", "--output", desk.workbooks)

    # it comes back as it went out
    empty = desk.types("import", desk.workbooks, "--yes", fails=True)
    assert "未填，未写入" in empty and "IMP-UNFILLED" in empty and not (desk.content / "2022").exists()
    assert "“示例区甲局”仍算缺报" in empty

    # it comes back with a sum that is wrong and a cell that is blank
    desk.fills(表三_本年新收_总计=4.0, 表四_行政复议_结果维持="")
    wrong = desk.types("import", desk.workbooks, "--yes")
    assert "已写入" in wrong and "状态: 草稿" in wrong and errors(wrong) == 0
    assert re.search(r"2022/jiaju/tables\.yaml\n(?:.*\n)*? +\d+:\d+  警告  T3-ROW  .*（原文件：表三 D7.*", wrong), wrong
    assert "表四 A" in wrong
    assert "\n状态: 草稿  # 写完、核对无误后删去这一行\n" in desk.holds("2022/jiaju/tables.yaml")

    # a draft holds nothing up: last year's report is built
    assert "jiaju" in desk.types("build", "--output", desk.site) and (desk.site / "2021/jiaju").is_dir()
    assert not (desk.site / "2022/jiaju").exists()

    # the clerk mends one figure by telephone; the old workbook does not undo that, whatever is typed
    desk.edits("2022/jiaju/tables.yaml", "本年新收: [3, 0, 0, 0, 0, 0, 4]", "本年新收: [3, 0, 0, 0, 0, 0, 3]")
    for option in ((), ("--replace",)):
        again = desk.types("import", desk.workbooks, "--yes", *option)
        assert "已收过，未动" in again and "IMP-TAKEN" in again
    assert "本年新收: [3, 0, 0, 0, 0, 0, 3]" in desk.holds("2022/jiaju/tables.yaml")

    # the unit sends it again, complete
    desk.fills()
    refused = desk.types("import", desk.workbooks, "--yes", fails=True)
    assert "IMP-EXISTS" in refused and "--replace" in refused
    whole = desk.types("import", desk.workbooks, "--yes", "--replace")
    assert "已替换" in whole and "备份" in whole and "草稿" not in whole and errors(whole) == 0
    assert "状态" not in desk.holds("2022/jiaju/tables.yaml")

    # figures of the text are bound to the tables, and stay so when the same workbook comes in once more
    desk.types("bind", "--organ", "jiaju", "--year", "2022", "--yes")
    bound = desk.holds("2022/jiaju/report.md")
    assert "{{表三.本年新收.总计}}" in bound
    assert "未变" in desk.types("import", desk.workbooks, "--yes", "--replace")
    assert desk.holds("2022/jiaju/report.md") == bound

    assert errors(desk.types("check")) == 0
    assert "已生成" in desk.types("new", "2023", "--organ", "jiaju")
    built = desk.types("build", "--output", desk.site)
    assert errors(built) == 0 and (desk.site / "2022/jiaju").is_dir() and not (desk.site / "2023/jiaju").exists()
    assert desk.typed == 13


@pytest.mark.slow
def test_a_folder_of_untouched_workbooks_is_no_folder_of_reports(tmp_path: Path) -> None:
    """The guide's own two commands, one after the other."""
    content = write_content(tmp_path / "content")
    out = tmp_path / "biaoge"
    run = CliRunner().invoke
    run(commands("zh"), ["workbook", "2022", "--all", "--output", str(out), "--content", str(content)])
    done = run(commands("zh"), ["import", str(out), "--yes", "--content", str(content)])
    assert done.exit_code == 1 and done.output.count("未填，未写入") == 3 and not (content / "2022").exists()
    assert "已收入0个；还没有：甲局、乙镇" in done.output
    assert "没有缺报" not in done.output and "一致" not in done.output


@pytest.mark.slow
def test_an_empty_workbook_that_comes_late_takes_nothing_away(desk: Desk) -> None:
    desk.types("new", "2022", "--organ", "jiaju")
    before = desk.holds("2022/jiaju/tables.yaml")
    desk.types("workbook", "2022", "--organ", "jiaju", "--output", desk.workbooks)
    late = desk.types("import", desk.workbooks, "--yes", fails=True)
    assert "“2022/jiaju”里原有的没有动" in late and "仍算缺报" not in late
    assert desk.holds("2022/jiaju/tables.yaml") == before
