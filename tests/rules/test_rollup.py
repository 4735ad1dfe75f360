"""汇总: a district against the organs below it, from real builds' gathering to the finding."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from generator import build
from generator.diagnostic import Finding, Level
from generator.job import Job
from tests.example import brief, prose, tables, write_content

ORGANS = """\
机关:
  - {编号: shili, 名称: 示例区人民政府, 层级: 区, 上级: ~}
  - {编号: jiaju, 名称: 示例区甲局, 层级: 部门, 上级: shili}
  - {编号: yizhen, 名称: 示例区乙镇人民政府, 层级: 镇, 上级: shili}
"""
NONE: dict[str, list[object]] = {f"表三_{row}": [0] * 7 for row in ("本年新收", "予以公开", "总计")}
ONE: dict[str, list[object]] = {f"表三_{row}": [1, 0, 0, 0, 0, 0, 1] for row in ("本年新收", "予以公开", "总计")}
TWO: dict[str, list[object]] = {f"表三_{row}": [2, 0, 0, 0, 0, 0, 2] for row in ("本年新收", "予以公开", "总计")}


def found(folder: Path, reports: dict[str, str], organs: str = ORGANS, site: str = "") -> list[Finding]:
    """Collection findings of reports given as `year/organ` → tables.yaml."""
    content = write_content(folder / "content", {key: (text, prose(int(key[:4]))) for key, text in reports.items()})
    (content / "organs.yaml").write_text(organs, encoding="utf-8")
    if site:
        (content / "site.yaml").write_text((content / "site.yaml").read_text("utf-8") + site, encoding="utf-8")
    return [f for f in build.run(Job(content, jobs=1), None).findings if f.rule.startswith(("AGG", "T2-TOWN", "ACC"))]


def district(**rows: list[object]) -> dict[str, str]:
    """3 = 1 + 2."""
    return {
        "2021/shili": tables(2021, **rows),
        "2021/jiaju": tables(2021, "jiaju", **ONE),
        "2021/yizhen": tables(2021, "yizhen", **TWO),
    }


def test_a_district_that_is_the_sum_of_its_units_is_left_alone(tmp_path: Path) -> None:
    assert found(tmp_path, district()) == []


def test_a_cell_that_differs_names_both_figures_at_its_place(tmp_path: Path) -> None:
    (one,) = found(tmp_path, district(表二_行政处罚=[5]))
    assert (one.rule, one.level, one.subject, one.values) == ("AGG-CELL", Level.ERROR, "表二.行政处罚.本年处理决定数量", "5 ≠ 0")
    assert one.place.file == "2021/shili/tables.yaml" and one.place.line > 1
    assert "2个下级机关之和是0，相差5" in one.message.zh and one.cells[0].table == "t2"


def test_a_reasoned_variance_is_accepted_until_a_figure_changes(tmp_path: Path) -> None:
    accepted = (
        "接受:\n  - {规则: AGG-CELL, 位置: 表二.行政处罚.本年处理决定数量, 值: %s, 原因: 示例：含区政府本级, 批准人: 示例甲, 批准日期: 2022-01-20}\n"
    )
    good, lapsed = district(表二_行政处罚=[5]), district(表二_行政处罚=[5])
    good["2021/shili"] += accepted % "5 ≠ 0"
    lapsed["2021/shili"] += accepted % "4 ≠ 0"
    assert [(f.rule, f.accepted) for f in found(tmp_path / "a", good)] == [("AGG-CELL", "示例：含区政府本级")]
    assert brief(found(tmp_path / "b", lapsed)) == ["ACC-LAPSED 表二.行政处罚.本年处理决定数量", "AGG-CELL 表二.行政处罚.本年处理决定数量"]


def test_a_stale_variance_note_is_named(tmp_path: Path) -> None:
    reports = district()
    reports["2021/shili"] += "接受:\n  - {规则: AGG-CELL, 位置: 表二.行政处罚.本年处理决定数量, 原因: 示例}\n"
    assert brief(found(tmp_path, reports)) == ["ACC-STALE 表二.行政处罚.本年处理决定数量"]


def test_a_missing_unit_is_named_and_then_nothing_is_added_up(tmp_path: Path) -> None:
    reports = district(表二_行政处罚=[5])
    del reports["2021/yizhen"]
    (one,) = found(tmp_path, reports)
    assert (one.rule, one.level, one.subject, one.place.line) == ("AGG-COVER", Level.ERROR, "示例区乙镇人民政府", 4)


def test_an_excused_or_ended_unit_is_not_missing(tmp_path: Path) -> None:
    reports = district(**ONE)
    del reports["2021/yizhen"]
    excused = ORGANS + "未报告:\n  - {年度: 2021, 机关: yizhen, 原因: 示例：当年设立}\n"
    ended = ORGANS.replace("层级: 镇, 上级: shili", "层级: 镇, 上级: shili, 止: 2020")
    assert found(tmp_path / "a", reports, excused) == []
    assert found(tmp_path / "b", reports, ended) == []


def test_no_unit_at_all_is_only_a_note(tmp_path: Path) -> None:
    (one,) = found(tmp_path, {"2021/shili": tables(2021)})
    assert (one.rule, one.level) == ("AGG-COVER", Level.NOTE)


def test_a_blank_of_a_unit_leaves_its_cell_undecided(tmp_path: Path) -> None:
    reports = district(表二_行政处罚=[5])
    reports["2021/jiaju"] = tables(2021, "jiaju", **ONE, 表二_行政处罚=["~"])
    assert found(tmp_path, reports) == []


def test_amounts_are_compared_in_yuan_and_items_are_not_added(tmp_path: Path) -> None:
    kept = {"表二_行政许可": [349, 0, 0]}  # the catalogue is shared: 349 items everywhere
    reports = {
        "2020/shili": tables(2020, **kept, 表二_政府集中采购=[2, "3万元"]),
        "2020/jiaju": tables(2020, "jiaju", **ONE, **kept, 表二_政府集中采购=[1, "1万元"]),
        "2020/yizhen": tables(2020, "yizhen", **TWO, **kept, 表二_政府集中采购=[1, "20000元"]),
    }
    assert found(tmp_path / "a", reports) == []
    reports["2020/yizhen"] = tables(2020, "yizhen", **TWO, **kept, 表二_政府集中采购=[1, "20500元"])
    (one,) = found(tmp_path / "b", reports)
    assert one.subject == "表二.政府集中采购.采购总金额" and "相差-500元" in one.message.zh


def test_cases_of_table_four_ask_whether_they_were_counted_twice(tmp_path: Path) -> None:
    (one, two) = found(tmp_path, district(表四_件数=[1, 0, 0, 0, 1, *[0] * 10]))
    assert "是否由政府和部门各报了一次" in two.message.zh and "各报" not in one.message.zh


def test_two_organs_under_one_name_would_count_twice(tmp_path: Path) -> None:
    organs = ORGANS + "  - {编号: jiaju2, 名称: 示例区甲局, 层级: 部门, 上级: shili, 起: 2021}\n"
    reports = district() | {"2021/jiaju2": tables(2021, "jiaju2", **NONE)}
    assert brief(found(tmp_path, reports, organs)) == ["AGG-DUP 示例区甲局"]


def test_an_organ_that_took_others_over_carries_their_requests_in(tmp_path: Path) -> None:
    organs = ORGANS.replace("名称: 示例区甲局, 层级: 部门, 上级: shili", "名称: 示例区甲局, 层级: 部门, 上级: shili, 止: 2021")
    organs += "  - {编号: bingju, 名称: 示例区丙局, 层级: 部门, 上级: shili, 起: 2022, 前身: [jiaju]}\n"
    left: dict[str, list[object]] = {"表三_本年新收": [2, 0, 0, 0, 0, 0, 2], "表三_结转下年度": [1, 0, 0, 0, 0, 0, 1]}
    old = tables(2021, "jiaju", **(ONE | left))
    moved: dict[str, list[object]] = {"表三_上年结转": [1, 0, 0, 0, 0, 0, 1], "表三_予以公开": [1, 0, 0, 0, 0, 0, 1], "表三_本年新收": [0] * 7}
    agree = {"2021/jiaju": old, "2022/bingju": tables(2022, "bingju", **(ONE | moved))}
    assert found(tmp_path / "a", agree, organs) == []
    lost = {"2021/jiaju": old, "2022/bingju": tables(2022, "bingju", **ONE)}
    (one,) = found(tmp_path / "b", lost, organs)
    assert (one.rule, one.values) == ("AGG-CARRYMEMBER", "0 ≠ 1") and "示例区甲局" in one.message.zh


def test_a_town_with_decisions_in_one_year_only_is_asked_about(tmp_path: Path) -> None:
    years = {f"{year}/yizhen": tables(year, "yizhen") for year in range(2021, 2025)}
    assert found(tmp_path / "a", years) == []
    years["2023/yizhen"] = tables(2023, "yizhen", 表二_行政许可=[7])
    (one,) = found(tmp_path / "b", years)
    assert (one.rule, one.year, one.values) == ("T2-TOWN-PERM", 2023, "7")


def test_an_office_may_switch_a_rule_off(tmp_path: Path) -> None:
    assert found(tmp_path, district(表二_行政处罚=[5]), site="规则级别:\n  AGG-CELL: 关闭\n") == []


def rollup(content: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", "rollup", *arguments, "--content", str(content)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command_lists_the_units_and_the_cells_that_differ(tmp_path: Path) -> None:
    reports = district(表二_行政处罚=[5])
    content = write_content(tmp_path / "content", {key: (text, prose(2021)) for key, text in reports.items()})
    (content / "organs.yaml").write_text(ORGANS, encoding="utf-8")
    said = json.loads(rollup(content, "2021", "--json").stdout)
    assert said["complete"] and said["summed"] == 2 and {unit["state"] for unit in said["units"]} == {"here"}
    assert said["differences"] == [{"cell": "表二.行政处罚.本年处理决定数量", "own": "5", "sum": "0", "difference": "5"}]
    shown = rollup(content, "2021").stdout
    assert "下级机关2个" in shown and "表二.行政处罚.本年处理决定数量" in shown
    wrong = rollup(content, "2021", "--organ", "jiaju")
    assert wrong.returncode == 2 and "没有下级机关" in wrong.stderr
