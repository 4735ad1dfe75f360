"""`workbook`, `new` and the folder of answers, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.__main__ import commands
from tests.example import ORGANS, prose, tables, write_content
from tests.importer.samples import figures
from tests.workbook.samples import layout, opened, spot, typed

pytestmark = pytest.mark.slow


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Three organs; 2021 is there for two of them."""
    carried = {"表三_结转下年度": [2, 0, 0, 0, 0, 0, 2]}
    return write_content(
        tmp_path / "content",
        {
            "2021/shili": (tables(2021, "shili", **carried), prose(2021)),
            "2021/jiaju": (tables(2021, "jiaju"), prose(2021)),
        },
    )


def run(*arguments: str | Path | int, lang: str = "zh") -> Result:
    return CliRunner().invoke(commands(lang), list(map(str, arguments)))


def fill(path: Path, year: int = 2022, **changes: float) -> None:
    """Type a consistent report into the form, with a sentence in each part of the narrative."""
    said = figures(year)
    plan = layout(year)
    cells: dict[tuple[str, int, int], str | float] = {
        ("正文", part.first, 1): "示例正文，无实义。" for part in plan.parts
    }
    cells |= {("基本信息", item.row, 1): 0.0 for item in plan.fields if item.unit}
    for one in layout(year).tables:
        cells |= {
            spot(year, slot.name): float(text) for slot, text in zip(one.table.slots, said[one.table.id], strict=True)
        }
    cells |= {spot(year, name.replace("_", ".")): value for name, value in changes.items()}
    path.write_bytes(typed(path.read_bytes(), cells))


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_what_is_not_carried_over_is_said_and_why(tmp_path: Path, content: Path) -> None:
    organs = content / "organs.yaml"
    text = organs.read_text("utf-8")
    new = "  - {编号: bingju, 名称: 示例区丙局, 简称: 丙局, 层级: 部门, 上级: shili, 起: 2022}\n未报告:"
    organs.write_text(text.replace("未报告:", new), encoding="utf-8")
    said = run("new", 2022, "--all", "--content", content).output
    assert "（缺2021年度报告）：乙镇\n" in said and "没有填" not in said, "丙局 was not there in 2021"
    said = run("new", 2023, "--all", "--content", content).output
    assert (
        "没有带入上年结转（2022年度报告的“结转下年度”没有填）：示例区、甲局、乙镇、丙局\n" in said and "缺" not in said
    )


# ---------------------------------------------------------------- form


@pytest.mark.slow
def test_forms_for_all_with_what_last_year_hands_over(tmp_path: Path, content: Path) -> None:
    done = run("workbook", 2022, "--all", "-o", tmp_path / "out", "--content", content)
    assert done.exit_code == 0, done.output
    names = ["2022年度_示例区乙镇人民政府.xlsx", "2022年度_示例区人民政府.xlsx", "2022年度_示例区甲局.xlsx"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == names
    assert "没有带入上年结转（缺2021年度报告）：乙镇" in done.output
    document = opened((tmp_path / "out" / names[1]).read_bytes())
    assert (
        document.cells[spot(2022, "表三.上年结转.总计")] == "2"
        and document.cells["基本信息", 5, 1] == "示例区人民政府2022年政府信息公开工作年度报告"
    )
    assert (
        document.stamp["organ"] == "shili" and document.stamp["format"] == "gbkbh-2021-30" and document.findings == ()
    )


def test_forms_that_carry_nothing_over_speak_of_nothing_carried(content: Path) -> None:
    done = run("new", 2010, "--organ", "shili", "--content", content)
    assert done.exit_code == 0 and "结转" not in done.output


@pytest.mark.slow
def test_a_form_that_is_there_may_be_filled_in_and_is_left_alone(tmp_path: Path, content: Path) -> None:
    arguments = ("workbook", 2022, "--organ", "jiaju", "-o", tmp_path, "--content", content)
    path = tmp_path / "2022年度_示例区甲局.xlsx"
    assert run(*arguments).exit_code == 0
    assert "未变" in run(*arguments).output
    fresh = path.read_bytes()
    fill(path)
    filled = path.read_bytes()
    again = run(*arguments)
    assert again.exit_code == 1 and path.read_bytes() == filled != fresh
    assert "已有，没有动" in again.output and "1个已有而与要生成的不同，没有动；--replace 可以替换" in again.output
    assert run(*arguments, "--replace").exit_code == 0 and path.read_bytes() == fresh


def test_excused_and_abolished_organs_get_no_form(tmp_path: Path, content: Path) -> None:
    done = run("workbook", 2021, "--all", "-o", tmp_path / "out", "--content", content)
    assert done.exit_code == 0 and "乙镇" not in done.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("2010", "--all"), "2010年度没有全国统一的法定表，不能生成填报表"),
        (("2001", "--all"), "2001年度没有登记法定格式"),
        (("2022", "--organ", "nobody"), "机关编号“nobody”不在 organs.yaml 中；新成立的机关先在那里加一行"),
        (("2022", "--organ", "jiajv"), "机关编号“jiajv”不在 organs.yaml 中；是不是“jiaju”？"),
        (("2022",), "请写 --organ 编号 或 --all，二者选一"),
        (("2022", "--organ", "shili", "--all"), "请写 --organ 编号 或 --all，二者选一"),
    ],
)
def test_what_cannot_be_made_is_one_sentence(
    arguments: tuple[str, ...], said: str, tmp_path: Path, content: Path
) -> None:
    done = run("workbook", *arguments, "-o", tmp_path / "out", "--content", content)
    assert done.exit_code == 2 and said in done.output and not (tmp_path / "out").exists()


def test_an_output_that_is_a_file(tmp_path: Path, content: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    done = run("workbook", 2022, "--all", "-o", tmp_path / "out", "--content", content, lang="en")
    assert done.exit_code == 2 and "is no folder" in done.output


@pytest.mark.slow
def test_names_that_no_system_takes_and_names_borne_twice(tmp_path: Path, content: Path) -> None:
    more = (
        '  - {编号: bingju, 名称: "示例区/丙:局", 层级: 部门, 上级: shili}\n'
        "  - {编号: dingju, 名称: 示例区甲局, 层级: 部门, 上级: shili}\n未报告:"
    )
    (content / "organs.yaml").write_text(ORGANS.replace("未报告:", more), encoding="utf-8")
    run("workbook", 2022, "--all", "-o", tmp_path / "out", "--content", content)
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"2022年度_示例区_丙_局.xlsx", "2022年度_示例区甲局_jiaju.xlsx", "2022年度_示例区甲局_dingju.xlsx"} <= names


def test_a_renamed_organ_takes_over_what_was_carried_out_under_its_old_name(tmp_path: Path, content: Path) -> None:
    organs = ORGANS.replace("简称: 示例区, 层级: 区, 上级: ~", "简称: 示例区, 层级: 区, 上级: ~, 止: 2021")
    organs = organs.replace(
        "未报告:", "  - {编号: xinqu, 名称: 示例新区人民政府, 层级: 区, 起: 2022, 前身: [shili]}\n未报告:"
    )
    (content / "organs.yaml").write_text(organs, encoding="utf-8")
    assert run("workbook", 2022, "--organ", "xinqu", "-o", tmp_path, "--content", content).exit_code == 0
    assert (
        opened((tmp_path / "2022年度_示例新区人民政府.xlsx").read_bytes()).cells[spot(2022, "表三.上年结转.自然人")]
        == "2"
    )
    done = run("workbook", 2022, "--organ", "shili", "-o", tmp_path, "--content", content)
    assert done.exit_code == 2 and "示例区人民政府在2022年度不存在（organs.yaml：起—，止2021）" in done.output


# ---------------------------------------------------------------- the answers


@pytest.mark.slow
def test_a_folder_of_forms_becomes_the_years_units(tmp_path: Path, content: Path) -> None:
    out = tmp_path / "out"
    run("workbook", 2022, "--all", "-o", out, "--content", content)
    fill(out / "2022年度_示例区人民政府.xlsx", 表三_上年结转_自然人=0.0, 表三_上年结转_总计=0.0)
    fill(out / "2022年度_示例区甲局.xlsx")
    (out / "2022年度_示例区乙镇人民政府.xlsx").unlink()
    first = run("import", out, "--content", content)
    assert "示例区人民政府2022年：下级机关2个，已收入1个；还没有：乙镇" in first.output
    before = snapshot(content)
    again = run("import", out, "--content", content)
    assert again.output.count("未变") == 2 and snapshot(content) == before
    run("workbook", 2022, "--organ", "yizhen", "-o", out, "--content", content)
    fill(out / "2022年度_示例区乙镇人民政府.xlsx")
    last = run("import", out, "--content", content)
    assert "下级机关2个，已收入2个；没有缺报" in last.output and "2份报告之和与本级不一致的格" in last.output
    (view,) = json.loads(run("import", out, "--content", content, "--json").stdout)["rollup"]
    assert view["complete"] and {item["cell"]: (item["own"], item["sum"]) for item in view["differences"]}[
        "表三.本年新收.总计"
    ] == ("3", "6")


@pytest.mark.slow
def test_the_same_answer_under_another_file_name_changes_nothing(tmp_path: Path, content: Path) -> None:
    run("workbook", 2022, "--organ", "jiaju", "-o", tmp_path, "--content", content)
    path = tmp_path / "2022年度_示例区甲局.xlsx"
    fill(path)
    run("import", path, "--content", content)
    (tmp_path / "甲局(1).xlsx").write_bytes(path.read_bytes())
    assert "未变" in run("import", tmp_path / "甲局(1).xlsx", "--content", content).output


@pytest.mark.slow
def test_the_form_of_another_year_is_refused_with_the_reason(tmp_path: Path, content: Path) -> None:
    run("workbook", 2022, "--organ", "jiaju", "-o", tmp_path, "--content", content)
    done = run("import", tmp_path / "2022年度_示例区甲局.xlsx", "--year", "2023", "--content", content)
    assert (
        done.exit_code == 1
        and "这是2022年度的填报表，要导入的是2023年度" in done.output
        and not (content / "2023").exists()
    )


# ---------------------------------------------------------------- new


def test_a_new_year_begins_with_what_the_old_one_hands_over(content: Path) -> None:
    before = snapshot(content)
    done = run("new", 2022, "--all", "--content", content)
    assert done.exit_code == 0 and done.output.count("已生成") == 3
    text = (content / "2022/shili/tables.yaml").read_text("utf-8")
    assert (
        "上年结转: [2, 0, 0, 0, 0, 0, 2]  # 由上年结转下年度带入，请核对" in text
        and "本年新收: [~, ~, ~, ~, ~, ~, ~]" in text
    )
    assert "示例引言" not in (content / "2022/shili/report.md").read_text("utf-8")
    assert {path: data for path, data in snapshot(content).items() if "/2022/" not in path} == before
    checked = run("check", "--content", content)
    assert checked.exit_code == 1 and "LEAK-TEMPLATE" in checked.output and "T3-YOY-CARRY" not in checked.output


def test_new_never_overwrites(content: Path) -> None:
    assert run("new", 2022, "--organ", "shili", "--content", content).exit_code == 0
    assert "未变" in run("new", 2022, "--organ", "shili", "--content", content).output
    path = content / "2022/shili/report.md"
    path.write_text("## 一、总体情况\n\n示例。\n", encoding="utf-8")
    before = snapshot(content)
    done = run("new", 2022, "--all", "--content", content)
    assert done.exit_code == 1 and "已有，没有动" in done.output and "已有的从不覆盖" in done.output
    assert before.items() <= snapshot(content).items() and (content / "2022/jiaju/tables.yaml").is_file()


def test_a_year_without_tables_has_a_folder_of_narrative(content: Path) -> None:
    assert run("new", 2010, "--organ", "shili", "--content", content).exit_code == 0
    assert "## 一、概述" in (content / "2010/shili/report.md").read_text("utf-8")


@pytest.mark.slow
def test_the_former_name_of_the_command_still_works(tmp_path: Path, content: Path) -> None:
    assert run("form", 2022, "--organ", "jiaju", "-o", tmp_path, "--content", content).exit_code == 0
    assert [path.name for path in tmp_path.glob("*.xlsx")] == ["2022年度_示例区甲局.xlsx"]
