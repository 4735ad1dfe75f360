"""汇总: a district against the organs below it, from real builds and from facts made up for a rule."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from generator.collection.context import Context
from generator.collection.facts import CollectionFacts, gather
from generator.collection.settings import Organ
from generator.finding import Finding, Level
from generator.pipeline import run as pipeline
from generator.pipeline.request import Request
from generator.report.entry import Files, ReportRef, read_entry
from generator.rules.runner import check_organ, check_year
from tests.example import FORMS, brief, prose, tables, write_content

pytestmark = pytest.mark.slow

ORGANS = """\
机关:
  - {编号: shili, 名称: 示例区人民政府, 层级: 区, 上级: ~}
  - {编号: jiaju, 名称: 示例区甲局, 层级: 部门, 上级: shili}
  - {编号: yizhen, 名称: 示例区乙镇人民政府, 层级: 镇, 上级: shili}
"""
NONE: dict[str, list[object]] = {f"表三_{row}": [0] * 7 for row in ("本年新收", "予以公开", "总计")}
ONE: dict[str, list[object]] = {f"表三_{row}": [1, 0, 0, 0, 0, 0, 1] for row in ("本年新收", "予以公开", "总计")}
TWO: dict[str, list[object]] = {f"表三_{row}": [2, 0, 0, 0, 0, 0, 2] for row in ("本年新收", "予以公开", "总计")}


def findings_of(folder: Path, reports: dict[str, str], organs: str = ORGANS, site: str = "") -> list[Finding]:
    """Builds reports given as `year/organ` → tables.yaml and returns the findings of the rules on all."""
    content = write_content(folder / "content", {key: (text, prose(int(key[:4]))) for key, text in reports.items()})
    (content / "organs.yaml").write_text(organs, encoding="utf-8")
    if site:
        (content / "site.yaml").write_text((content / "site.yaml").read_text("utf-8") + site, encoding="utf-8")
    return [
        f for f in pipeline.run(Request(content, jobs=1), None).findings if f.rule.startswith(("AGG", "T2-TOWN", "ACC"))
    ]


def district(**rows: list[object]) -> dict[str, str]:
    """3 = 1 + 2."""
    return {
        "2021/shili": tables(2021, **rows),
        "2021/jiaju": tables(2021, "jiaju", **ONE),
        "2021/yizhen": tables(2021, "yizhen", **TWO),
    }


def test_a_district_that_is_the_sum_of_its_units_is_left_alone(tmp_path: Path) -> None:
    assert findings_of(tmp_path, district()) == []


def test_a_report_that_cannot_be_read_is_not_called_missing(tmp_path: Path) -> None:
    reports = district() | {"2021/jiaju": tables(2021, "jiaju").replace("规章: [0, 0, 0]", "规章: [0, , 0]")}
    assert findings_of(tmp_path, reports) == []


def test_a_cell_that_differs_names_both_figures_at_its_place(tmp_path: Path) -> None:
    (finding,) = findings_of(tmp_path, district(表二_行政处罚=[5]))
    assert (finding.rule, finding.level, finding.subject, finding.values) == (
        "AGG-CELL",
        Level.ERROR,
        "表二.行政处罚.本年处理决定数量",
        "5 ≠ 0",
    )
    assert finding.place.file == "2021/shili/tables.yaml" and finding.place.line > 1
    assert "2个下级机关之和是0，相差5" in finding.message.zh and finding.cells[0].table == "t2"


ACCEPTED = (
    "接受:\n  - {规则: AGG-CELL, 位置: 表二.行政处罚.本年处理决定数量, 值: %s, "
    "原因: 示例：含区政府本级, 批准人: 示例甲, 批准日期: 2022-01-20}\n"
)


def test_a_reasoned_variance_is_accepted_until_a_figure_changes(tmp_path: Path) -> None:
    good, lapsed = district(表二_行政处罚=[5]), district(表二_行政处罚=[5])
    good["2021/shili"] += ACCEPTED % "5 ≠ 0"
    lapsed["2021/shili"] += ACCEPTED % "4 ≠ 0"
    assert [(f.rule, f.accepted) for f in findings_of(tmp_path / "a", good)] == [("AGG-CELL", "示例：含区政府本级")]
    assert brief(findings_of(tmp_path / "b", lapsed)) == [
        "ACC-LAPSED 表二.行政处罚.本年处理决定数量",
        "AGG-CELL 表二.行政处罚.本年处理决定数量",
    ]


def test_a_stale_variance_note_is_named(tmp_path: Path) -> None:
    reports = district()
    reports["2021/shili"] += "接受:\n  - {规则: AGG-CELL, 位置: 表二.行政处罚.本年处理决定数量, 原因: 示例}\n"
    assert brief(findings_of(tmp_path, reports)) == ["ACC-STALE 表二.行政处罚.本年处理决定数量"]


def test_a_missing_unit_is_named_and_then_nothing_is_added_up(tmp_path: Path) -> None:
    reports = district(表二_行政处罚=[5])
    del reports["2021/yizhen"]
    (finding,) = findings_of(tmp_path, reports)
    assert (finding.rule, finding.level, finding.subject, finding.place.line) == (
        "AGG-COVER",
        Level.ERROR,
        "示例区乙镇人民政府",
        4,
    )


def test_a_unit_that_typed_no_figure_is_named_so(tmp_path: Path) -> None:
    blank = re.sub(
        r": \[[^\]]*\]", lambda row: ": [" + ", ".join(["~"] * (row[0].count(",") + 1)) + "]", tables(2021, "yizhen")
    )
    (finding,) = findings_of(tmp_path, district() | {"2021/yizhen": blank})
    assert (finding.rule, finding.level) == ("AGG-COVER", Level.ERROR) and "还没有填数" in finding.message.zh


def test_an_excused_or_ended_unit_is_not_missing(tmp_path: Path) -> None:
    reports = district(**ONE)
    del reports["2021/yizhen"]
    excused = ORGANS + "未报告:\n  - {年度: 2021, 机关: yizhen, 原因: 示例：当年设立}\n"
    ended = ORGANS.replace("层级: 镇, 上级: shili", "层级: 镇, 上级: shili, 止: 2020")
    assert findings_of(tmp_path / "a", reports, excused) == []
    assert findings_of(tmp_path / "b", reports, ended) == []


def test_no_unit_at_all_is_only_a_note(tmp_path: Path) -> None:
    (finding,) = findings_of(tmp_path, {"2021/shili": tables(2021)})
    assert (finding.rule, finding.level) == ("AGG-COVER", Level.NOTE)


def test_a_blank_of_a_unit_leaves_its_cell_undecided(tmp_path: Path) -> None:
    reports = district(表二_行政处罚=[5])
    reports["2021/jiaju"] = tables(2021, "jiaju", **ONE, 表二_行政处罚=["~"])
    assert findings_of(tmp_path, reports) == []


def test_amounts_are_compared_in_yuan_and_items_are_not_added(tmp_path: Path) -> None:
    kept = {"表二_行政许可": [349, 0, 0]}  # the catalogue is shared: 349 items everywhere
    reports = {
        "2020/shili": tables(2020, **kept, 表二_政府集中采购=[2, "3万元"]),
        "2020/jiaju": tables(2020, "jiaju", **ONE, **kept, 表二_政府集中采购=[1, "1万元"]),
        "2020/yizhen": tables(2020, "yizhen", **TWO, **kept, 表二_政府集中采购=[1, "20000元"]),
    }
    assert findings_of(tmp_path / "a", reports) == []
    reports["2020/yizhen"] = tables(2020, "yizhen", **TWO, **kept, 表二_政府集中采购=[1, "20500元"])
    (finding,) = findings_of(tmp_path / "b", reports)
    assert finding.subject == "表二.政府集中采购.采购总金额" and finding.message.zh.endswith(
        "2个下级机关之和是30500元，相差-500元"
    )


def test_cases_of_table_four_ask_whether_they_were_counted_twice(tmp_path: Path) -> None:
    (first, second) = findings_of(tmp_path, district(表四_件数=[1, 0, 0, 0, 1, *[0] * 10]))
    assert "是否由政府和部门各报了一次" in second.message.zh and "各报" not in first.message.zh


def test_two_organs_under_one_name_would_count_twice(tmp_path: Path) -> None:
    organs = ORGANS + "  - {编号: jiaju2, 名称: 示例区甲局, 层级: 部门, 上级: shili, 起: 2021}\n"
    reports = district() | {"2021/jiaju2": tables(2021, "jiaju2", **NONE)}
    assert brief(findings_of(tmp_path, reports, organs)) == ["AGG-DUP 示例区甲局"]


def test_an_organ_that_took_others_over_carries_their_requests_in(tmp_path: Path) -> None:
    organs = ORGANS.replace(
        "名称: 示例区甲局, 层级: 部门, 上级: shili", "名称: 示例区甲局, 层级: 部门, 上级: shili, 止: 2021"
    )
    organs += "  - {编号: bingju, 名称: 示例区丙局, 层级: 部门, 上级: shili, 起: 2022, 前身: [jiaju]}\n"
    left: dict[str, list[object]] = {"表三_本年新收": [2, 0, 0, 0, 0, 0, 2], "表三_结转下年度": [1, 0, 0, 0, 0, 0, 1]}
    old = tables(2021, "jiaju", **(ONE | left))
    moved: dict[str, list[object]] = {
        "表三_上年结转": [1, 0, 0, 0, 0, 0, 1],
        "表三_予以公开": [1, 0, 0, 0, 0, 0, 1],
        "表三_本年新收": [0] * 7,
    }
    agree = {"2021/jiaju": old, "2022/bingju": tables(2022, "bingju", **(ONE | moved))}
    assert findings_of(tmp_path / "a", agree, organs) == []
    lost = {"2021/jiaju": old, "2022/bingju": tables(2022, "bingju", **ONE)}
    (finding,) = findings_of(tmp_path / "b", lost, organs)
    assert (finding.rule, finding.values) == ("AGG-CARRYMEMBER", "0 ≠ 1") and "示例区甲局" in finding.message.zh


def test_a_town_with_decisions_in_one_year_only_is_asked_about(tmp_path: Path) -> None:
    years = {f"{year}/yizhen": tables(year, "yizhen") for year in range(2021, 2025)}
    assert findings_of(tmp_path / "a", years) == []
    years["2023/yizhen"] = tables(2023, "yizhen", 表二_行政许可=[7])
    (finding,) = findings_of(tmp_path / "b", years)
    assert (finding.rule, finding.year, finding.values) == ("T2-TOWN-PERM", 2023, "7")


@pytest.mark.slow
def test_an_accepted_difference_is_explained_on_the_years_page(tmp_path: Path) -> None:
    reports = district(表二_行政处罚=[5])
    reports["2021/shili"] += ACCEPTED % "5 ≠ 0"
    content = write_content(tmp_path / "content", {key: (text, prose(2021)) for key, text in reports.items()})
    (content / "organs.yaml").write_text(ORGANS, encoding="utf-8")
    outcome = pipeline.run(Request(content, jobs=1), tmp_path / "site")
    assert outcome.written is not None, [f.message.zh for f in outcome.findings if f.blocking]
    page = (tmp_path / "site/2021/index.html").read_text("utf-8")
    assert '<h2 id="differences">汇总差异说明</h2>' in page
    assert (
        "<li>示例：含区政府本级<ul><li>示例区人民政府：表二.行政处罚.本年处理决定数量是5，所属机关之和是0</li></ul></li>"
        in page
    )
    assert "汇总差异说明" not in (tmp_path / "site/index.html").read_text("utf-8")


def test_an_office_may_switch_a_rule_off(tmp_path: Path) -> None:
    assert findings_of(tmp_path, district(表二_行政处罚=[5]), site="规则级别:\n  AGG-CELL: 关闭\n") == []


def rollup(content: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", "rollup", *arguments, "--content", str(content)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_the_command_lists_the_units_and_the_cells_that_differ(tmp_path: Path) -> None:
    reports = district(表二_行政处罚=[5])
    content = write_content(tmp_path / "content", {key: (text, prose(2021)) for key, text in reports.items()})
    (content / "organs.yaml").write_text(ORGANS, encoding="utf-8")
    record = json.loads(rollup(content, "2021", "--json").stdout)
    assert record["complete"] and record["summed"] == 2 and {unit["state"] for unit in record["units"]} == {"here"}
    assert record["differences"] == [
        {"cell": "表二.行政处罚.本年处理决定数量", "own": "5", "sum": "0", "difference": "5"}
    ]
    shown = rollup(content, "2021").stdout
    assert "下级机关2个" in shown and "表二.行政处罚.本年处理决定数量" in shown
    wrong = rollup(content, "2021", "--organ", "jiaju")
    assert wrong.returncode == 2 and "没有下级机关" in wrong.stderr


# ---------------------------------------------------------------- each rule by itself, without a build

BASE = {
    "shili": Organ("shili", "示例区人民政府", "示例区", "区", "", "", "", "", (), 2),
    "jiaju": Organ("jiaju", "示例区甲局", "甲局", "部门", "shili", "", "", "", (), 3),
    "yizhen": Organ("yizhen", "示例区乙镇人民政府", "乙镇", "镇", "shili", "", "", "", (), 4),
}
FORMS_BY_ID = {form.id: form for form in FORMS}
Key = tuple[int, str]


def collection_findings(
    rule: str,
    reports: dict[Key, dict[str, list[object]]],
    organs: dict[str, Organ] = BASE,
    excused: dict[Key, str] | None = None,
    originals: frozenset[Key] = frozenset(),
) -> list[Finding]:
    """Returns the findings of a rule on reports given as (year, organ) → rows unlike the consistent report."""
    made = CollectionFacts()
    parents = {organ.parent for organ in organs.values()}
    for (year, organ), rows in reports.items():
        text = tables(year, organ, **rows)
        if organ == "old":
            text = tables(2020, organ, **rows).replace("2020", str(year)) + "格式: gbkbh-2019-60\n"
        read, _ = read_entry(
            ReportRef(year, organ, f"{year}/{organ}"), Files(text.encode(), prose(year).encode()), FORMS
        )
        assert read is not None
        gather(made, read, organs[organ].parent if organ in organs else "", organ in parents, ())
    known = Context(organs=organs, forms=FORMS_BY_ID, excused=excused or {}, originals=originals)
    return [f for f in check_year(made, known, check_organ(made, known)) if f.rule in (rule, "TOOL-FAULT")]


def short(hits: list[Finding]) -> list[tuple[int, str, Level, str, str, int]]:
    return [(f.year, f.organ, f.level, f.subject, f.place.file, f.place.line) for f in hits]


DISTRICT: dict[Key, dict[str, list[object]]] = {(2021, "shili"): {}, (2021, "jiaju"): ONE, (2021, "yizhen"): TWO}


def without(*left: Key) -> dict[Key, dict[str, list[object]]]:
    return {key: rows for key, rows in DISTRICT.items() if key not in left}


def test_a_missing_unit_is_reported_at_its_line_of_the_register() -> None:
    (finding,) = collection_findings("AGG-COVER", without((2021, "yizhen")))
    assert (
        short([finding]) == [(2021, "shili", Level.ERROR, "示例区乙镇人民政府", "organs.yaml", 4)]
        and finding.place.column == 5
    )
    assert finding.message.zh == "2021年缺少“示例区乙镇人民政府”的报告：请补上，或在“未报告”中写明原因"
    assert finding.message.en == "2021: no report of “示例区乙镇人民政府”; add it, or give the reason under 未报告"


def test_a_unit_on_its_original_page_only_is_reported_as_such() -> None:
    (finding,) = collection_findings("AGG-COVER", without((2021, "yizhen")), originals=frozenset({(2021, "yizhen")}))
    assert (
        finding.level is Level.ERROR
        and "原页面有报告但未收入" in finding.message.zh
        and "report is not here" in finding.message.en
    )


def test_where_no_units_report_is_here_one_note_says_so() -> None:
    alone = without((2021, "jiaju"), (2021, "yizhen"))
    (finding,) = collection_findings("AGG-COVER", alone, originals=frozenset({(2021, "yizhen")}))
    assert (
        short([finding]) == [(2021, "shili", Level.NOTE, "全部下级机关", "organs.yaml", 0)]
        and "2个下级机关的报告都未收入" in finding.message.zh
    )
    excused = {(2021, "jiaju"): "示例", (2021, "yizhen"): "示例"}
    assert collection_findings("AGG-COVER", alone, excused=excused) == []
    ended = {name: replace(organ, until="2020") if organ.parent else organ for name, organ in BASE.items()}
    assert collection_findings("AGG-COVER", alone, ended) == []


def test_each_district_of_each_year_is_looked_at() -> None:
    reports = without((2021, "jiaju"), (2021, "yizhen")) | {(2022, "shili"): {}, (2022, "jiaju"): ONE}
    assert [(f.year, f.level) for f in collection_findings("AGG-COVER", reports)] == [
        (2021, Level.NOTE),
        (2022, Level.ERROR),
    ]
    broken = DISTRICT | {(2021, "shili"): {"表二_行政处罚": [5]}, (2020, "shili"): {}, (2020, "jiaju"): {}}
    assert [(f.year, f.subject) for f in collection_findings("AGG-CELL", broken)] == [
        (2021, "表二.行政处罚.本年处理决定数量")
    ]


def test_a_sum_that_differs_is_an_error_with_both_figures() -> None:
    (finding,) = collection_findings("AGG-CELL", DISTRICT | {(2021, "jiaju"): ONE | {"表二_行政处罚": [1234]}})
    assert (finding.level, finding.subject, finding.values, finding.organ, finding.year) == (
        Level.ERROR,
        "表二.行政处罚.本年处理决定数量",
        "0 ≠ 1234",
        "shili",
        2021,
    )
    assert finding.message.zh == "表二.行政处罚.本年处理决定数量 是0，2个下级机关之和是1234，相差-1234"
    assert (finding.place.file, finding.place.line, finding.place.column) == ("2021/shili/tables.yaml", 9, 10)


def test_rounding_of_amounts_is_half_a_hundredth_a_unit() -> None:
    def differs(amount: str) -> bool:
        figures: dict[str, list[object]] = {"表二_行政事业性收费": ["1.11"]}
        return bool(
            collection_findings(
                "AGG-CELL",
                {
                    (2021, "shili"): {"表二_行政事业性收费": [amount]},
                    (2021, "jiaju"): ONE | figures,
                    (2021, "yizhen"): TWO,
                },
            )
        )

    assert not differs("1.12") and not differs("1.1") and differs("1.1201") and differs("1.0999")


def test_lawsuits_too_may_have_been_counted_twice() -> None:
    suit: list[object] = [0, 0, 0, 0, 0, 1, 0, 0, 0, 1, *[0] * 5]
    hits = collection_findings("AGG-CELL", DISTRICT | {(2021, "shili"): {"表四_件数": suit}})
    assert {f.cells[0].table for f in hits} == {"t4"}
    assert [("各报了一次" in f.message.zh, "counted by both" in f.message.en) for f in hits] == [
        (False, False),
        (True, True),
    ]


def test_a_unit_on_another_form_is_reported_in_its_report() -> None:
    organs = BASE | {"old": replace(BASE["jiaju"], id="old", name="示例区老局")}
    reports = DISTRICT | {(2021, "old"): {}}
    (finding,) = collection_findings("AGG-FORMAT", reports, organs)
    assert short([finding]) == [(2021, "old", Level.ERROR, "gbkbh-2021-30", "2021/old/tables.yaml", 0)]
    assert finding.message.zh == "“示例区老局”用的格式是gbkbh-2019-60，上级用的是gbkbh-2021-30"
    assert (
        collection_findings("AGG-FORMAT", DISTRICT)
        == []
        == collection_findings("AGG-FORMAT", without((2021, "yizhen")))
    )


def test_two_of_a_name_or_code_are_reported_where_the_second_is_registered() -> None:
    double = BASE | {"bing": Organ("bing", "示例区甲局", "", "部门", "", "", "", "", (), 5)}
    (finding,) = collection_findings("AGG-DUP", DISTRICT, double)
    assert (finding.level, finding.subject, finding.place.file, finding.place.line, finding.place.column) == (
        Level.WARNING,
        "示例区甲局",
        "organs.yaml",
        5,
        5,
    )
    assert finding.message.zh == "“bing”与“jiaju”的“示例区甲局”相同，汇总会重复计入；请改 organs.yaml"
    code = {name: replace(organ, code="11370304000000000X") if organ.parent else organ for name, organ in BASE.items()}
    assert [f.subject for f in collection_findings("AGG-DUP", DISTRICT, code)] == ["11370304000000000X"]


@pytest.mark.parametrize(
    ("first", "second", "told_of"), [("2020", "", False), ("2021", "2021", True), ("", "2022", False), ("", "", True)]
)
def test_organs_of_different_years_may_share_a_name(first: str, second: str, told_of: bool) -> None:
    """Lets `first` end and `second` begin in a year; the reports are of 2021, and one of 2023."""
    organs = BASE | {
        "jiaju": replace(BASE["jiaju"], until=first),
        "bing": replace(BASE["jiaju"], id="bing", since=second),
    }
    assert bool(collection_findings("AGG-DUP", DISTRICT, organs)) is told_of
    both = collection_findings("AGG-DUP", DISTRICT | {(2023, "shili"): {}}, organs)
    assert bool(both) is (told_of or (first, second) == ("", "2022"))


def carried(number: object) -> dict[str, list[object]]:
    return {"表三_上年结转": [number, 0, 0, 0, 0, 0, number]}


def left(number: object) -> dict[str, list[object]]:
    return {"表三_结转下年度": [number, 0, 0, 0, 0, 0, number]}


MERGED = {
    "jia": Organ("jia", "甲局", "", "部门", "", "", "", ""),
    "yi": Organ("yi", "乙局", "", "部门", "", "", "", ""),
} | {"bing": Organ("bing", "丙局", "", "部门", "", "", "2022", "", ("jia", "yi"))}
CARRIED: list[tuple[dict[Key, dict[str, list[object]]], list[str]]] = [
    ({(2021, "jia"): left(1), (2021, "yi"): left(2), (2022, "bing"): carried(3)}, []),
    ({(2021, "jia"): left(1), (2021, "yi"): left(2), (2022, "bing"): carried(2)}, ["2 ≠ 3"]),
    ({(2021, "jia"): left(1), (2022, "bing"): carried(2)}, ["2 ≠ 1"]),
    ({(2021, "jia"): left(1), (2021, "bing"): left(1), (2022, "bing"): carried(2)}, []),
    ({(2021, "jia"): left(1), (2021, "yi"): left("~"), (2022, "bing"): carried(5)}, []),
    ({(2021, "jia"): left(1), (2022, "bing"): carried("~")}, []),
    ({(2021, "bing"): left(1), (2022, "bing"): carried(2)}, []),  # its own past is T3-YOY-CARRY's affair
    ({(2020, "jia"): left(1), (2022, "bing"): carried(2)}, []),
    ({(2021, "jia"): left(1), (2022, "jia"): carried(2)}, []),
    ({(2021, "jia"): left(1), (2022, "fremd"): carried(2)}, []),
]


@pytest.mark.parametrize(("reports", "expected"), CARRIED)
def test_what_is_carried_in_from_those_taken_over(
    reports: dict[Key, dict[str, list[object]]], expected: list[str]
) -> None:
    hits = collection_findings("AGG-CARRYMEMBER", reports, MERGED)
    assert [f.values for f in hits] == expected
    assert all(short([f]) == [(2022, "bing", Level.WARNING, "上年结转", "2022/bing/tables.yaml", 0)] for f in hits)


def test_those_taken_over_are_named() -> None:
    reports: dict[Key, dict[str, list[object]]] = {
        (2021, "jia"): left(1),
        (2021, "yi"): left(2),
        (2022, "bing"): carried(2),
    }
    (finding,) = collection_findings("AGG-CARRYMEMBER", reports, MERGED)
    assert finding.message.zh == "上年结转是2，甲局、乙局上一年度的结转下年度合计是3；请核对"
    unknown = {name: organ for name, organ in MERGED.items() if name != "yi"}
    (finding,) = collection_findings("AGG-CARRYMEMBER", reports, unknown)
    assert "甲局、yi上一年度" in finding.message.zh


TOWN: list[tuple[str, dict[int, int | str], list[tuple[int, str]]]] = [
    ("镇", {2021: 0, 2022: 0, 2023: 7, 2024: 0}, [(2023, "7")]),
    ("乡", {2021: 0, 2022: 0, 2023: 7, 2024: 0}, [(2023, "7")]),
    ("街道", {2021: 0, 2022: 0, 2023: 7, 2024: 0}, [(2023, "7")]),
    ("部门", {2021: 0, 2022: 0, 2023: 7, 2024: 0}, []),
    ("镇", {2021: 0, 2022: 0, 2023: 7}, []),
    ("镇", {2021: 0, 2022: 1, 2023: 7, 2024: 0}, []),
    ("镇", {2021: 0, 2022: 0, 2023: 7, 2024: "~"}, []),
    ("镇", {2021: 0, 2022: 0, 2023: 7, 2024: "~", 2025: 0}, [(2023, "7")]),
]


@pytest.mark.slow
@pytest.mark.parametrize(("level", "decided", "expected"), TOWN)
def test_a_town_that_decides_in_one_year_only(
    level: str, decided: dict[int, int | str], expected: list[tuple[int, str]]
) -> None:
    organs = BASE | {"yizhen": replace(BASE["yizhen"], level=level, parent="")}
    hits = collection_findings(
        "T2-TOWN-PERM", {(year, "yizhen"): {"表二_行政强制": [number]} for year, number in decided.items()}, organs
    )
    assert [(f.year, f.values) for f in hits] == expected
    assert all(
        short([f])[0][1:] == ("yizhen", Level.NOTE, "处理决定数量", f"{f.year}/yizhen/tables.yaml", 0) for f in hits
    )
    assert all(f"其余{sum(number != '~' for number in decided.values()) - 1}年都是0" in f.message.zh for f in hits)
