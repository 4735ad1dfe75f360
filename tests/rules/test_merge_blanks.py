"""Blank cells are told by row or by table, accepted cell by cell; no cell is lost on the way."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.collection.context import Context
from generator.finding import Finding, Level
from generator.rules.merge_blanks import BLANK_RULES, merge_blanks
from generator.rules.runner import check_entry
from tests.example import entry, findings, form, prose, tables

BLANK = "~"
T3_ROWS = list(form("gbkbh-2021-30").tables[1].row_ranges)


def blanks(text: str, year: int = 2021, historical_until: int = 0) -> list[Finding]:
    return [f for f in findings(year, text, None, historical_until) if f.rule in BLANK_RULES]


def rows_of_three(*rows: str) -> dict[str, list[object]]:
    return {f"表三_{row}": [BLANK] * 7 for row in rows}


def test_one_blank_is_told_by_its_cell() -> None:
    (hit,) = blanks(tables(2021, 表三_重复申请=[0, 0, 0, 0, 0, BLANK, 0]))
    assert hit.subject == "表三.重复申请.其他" and "空白：请确认是0还是漏填" in hit.message.zh


def test_several_blanks_of_a_row_are_one_finding_that_names_them() -> None:
    (hit,) = blanks(tables(2021, 表二_行政规范性文件=[1, BLANK, BLANK]))
    assert (hit.subject, hit.level, hit.place.column) == ("表二.行政规范性文件", Level.ERROR, 16)
    assert hit.message.zh == "表二.行政规范性文件：2格空白（本年废止件数、现行有效件数），请确认是0还是漏填"
    assert [cell.column[-1] for cell in hit.cells] == ["本年废止件数", "现行有效件数"]


def test_what_the_identities_give_is_told_with_them() -> None:
    hits = blanks(tables(2021, 表三_总计=[3, BLANK, BLANK, 0, 0, 0, 3]))
    assert [f.message.zh.rpartition("；")[2] for f in hits] == ["按勾稽关系都应为0"]
    hits = blanks(tables(2021, 表三_总计=[BLANK, BLANK, 0, 0, 0, 0, 3]))
    assert [f.message.zh.rpartition("；")[2] for f in hits] == ["按勾稽关系，自然人应为3、商业企业应为0"]


def test_a_row_without_any_figure() -> None:
    (hit,) = blanks(tables(2021, **rows_of_three("重复申请")))
    assert hit.message.zh == "表三.重复申请：整行7格未填，请确认是0还是漏填" and len(hit.cells) == 7


def test_two_such_rows_are_told_apart_three_together() -> None:
    assert [f.subject for f in blanks(tables(2021, **rows_of_three(*T3_ROWS[4:6])))] == [
        f"表三.{row}" for row in T3_ROWS[4:6]
    ]
    (hit,) = blanks(tables(2021, **rows_of_three(*T3_ROWS[4:7])))
    assert (hit.subject, len(hit.cells)) == ("表三", 21)
    assert hit.message.zh == f"表三：3行整行未填，共21格（{'、'.join(T3_ROWS[4:7])}），请确认是0还是漏填"


def test_a_row_with_some_figures_stays_by_itself_beside_rows_without() -> None:
    text = tables(2021, **rows_of_three(*T3_ROWS[4:7]), 表三_重复申请=[BLANK, 0, 0, 0, 0, 0, BLANK])
    assert [(f.subject, len(f.cells)) for f in blanks(text)] == [("表三", 21), ("表三.重复申请", 2)]


def test_blanks_in_many_rows_are_one_finding_of_the_table() -> None:
    some: dict[str, list[object]] = {f"表三_{row}": [0, 0, 0, 0, 0, BLANK, BLANK] for row in T3_ROWS[3:12]}
    (hit,) = blanks(tables(2021, **some))
    assert (hit.subject, len(hit.cells)) == ("表三", 18) and hit.message.zh.startswith("表三：9行里18格空白（")
    del some[f"表三_{T3_ROWS[3]}"]
    assert len(blanks(tables(2021, **some))) == 8


def test_a_table_that_nobody_filled_in_is_one_line() -> None:
    text = tables(2021, **rows_of_three(*T3_ROWS), 表四_件数=[BLANK] * 15)
    assert [(f.rule, f.message.zh, len(f.cells)) for f in blanks(text)] == [
        ("T3-BLANK", f"表三：{7 * len(T3_ROWS)}格未填，请确认是0还是漏填", 7 * len(T3_ROWS)),
        ("T4-BLANK", "表四：15格未填，请确认是0还是漏填", 15),
    ]


def test_the_list_table_too() -> None:
    text = tables(2016, 统计表_培训人数=[BLANK], 统计表_会议次数=[BLANK])
    assert [f.subject for f in blanks(text, 2016)] == ["统计表.会议次数", "统计表.培训人数"]
    text = tables(2016, 统计表_培训人数=[BLANK], 统计表_会议次数=[BLANK], 统计表_查阅点数=[BLANK])
    (hit,) = blanks(text, 2016)
    assert (hit.rule, hit.subject, len(hit.cells)) == ("A-BLANK", "统计表", 3)


def test_a_row_that_the_report_may_not_print() -> None:
    (hit,) = blanks(tables(2021, 表二_规章=[BLANK] * 3))
    assert hit.level is Level.WARNING, "示例区 has no rule-making power"
    assert hit.message.zh == (
        "表二.规章：整行3格未填，填0，不适用填“/”；原报告没有印这一行的，从 tables.yaml 删去这一行"
    )
    absent = "\n".join(line for line in tables(2021).split("\n") if not line.startswith("  规章:"))
    assert blanks(absent) == []
    assert [(f.rule, f.level) for f in findings(2021, absent)] == [("ROW-MISSING", Level.NOTE)]
    assert [f.level for f in blanks(tables(2021, 表二_规章=[0, BLANK, 0]))] == [Level.ERROR]


def test_a_blank_still_marked_by_an_import_is_to_be_filled_in_from_its_file() -> None:
    marked = "  # 待核：原文“5066”，有多种切分法"
    text = tables(2021, 表二_行政规范性文件=[1, BLANK, BLANK], 表二_行政许可=[BLANK], 表二_行政处罚=[BLANK])
    text = text.replace("[1, ~, ~]", f"[1, ~, ~]{marked}").replace("行政许可: [~]", f"行政许可: [~]{marked}")
    assert [f.message.zh for f in blanks(text)] == [
        "表二.行政规范性文件：2格空白（本年废止件数、现行有效件数），还标着“待核”，请照原文件填",
        "表二.行政许可：整行1格未填，还标着“待核”，请照原文件填",
        "表二.行政处罚.本年处理决定数量 空白：请确认是0还是漏填",
    ]


def test_blanks_are_accepted_cell_by_cell_and_the_rest_told_together() -> None:
    row = tables(2021, 表三_重复申请=[0, BLANK, BLANK, BLANK, 0, 0, 0])
    one = "接受:\n  - {规则: T3-BLANK, 位置: [表三.重复申请.科研机构], 原因: 原表如此}\n"
    hits = blanks(row + one, historical_until=2021)
    assert [(f.subject, f.accepted) for f in hits] == [("表三.重复申请", None), ("表三.重复申请.科研机构", "原表如此")]
    assert [cell.column[-1] for cell in hits[0].cells] == ["商业企业", "社会公益组织"]
    filled = tables(2021, 表三_重复申请=[0, BLANK, 0, BLANK, 0, 0, 0])
    assert [f.subject for f in findings(2021, filled + one) if f.rule == "ACC-STALE"] == ["表三.重复申请.科研机构"]
    whole = "接受:\n  - {规则: T3-BLANK, 位置: [表三.重复申请], 原因: 原表如此}\n"
    assert {f.rule for f in findings(2021, row + whole)} == {"ACC-STALE", "T3-BLANK"}, "a row is no cell"


def test_of_a_report_still_being_written_a_table_takes_one_line() -> None:
    report, _ = entry(2021, tables(2021, **rows_of_three(*T3_ROWS[4:6]), 表三_重复申请=[BLANK, 0, 0, 0, 0, 0, 0]))
    assert report is not None
    hits = [f for f in check_entry(report, Context()) if f.rule == "T3-BLANK"]
    assert [f.subject for f in merge_blanks(hits, report.report, by_table=True)] == ["表三"]


ROW = st.lists(st.sampled_from([0, BLANK]), min_size=7, max_size=7)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(rows=st.dictionaries(st.sampled_from(T3_ROWS), ROW, max_size=len(T3_ROWS)), by_table=st.booleans())
def test_every_blank_cell_is_in_exactly_one_finding_and_all_else_stays(
    rows: dict[str, list[object]], by_table: bool
) -> None:
    report, reading = entry(
        2021, tables(2021, **{f"表三_{row}": figures for row, figures in rows.items()}), prose(2021)
    )
    assert report is not None
    found = [*reading, *check_entry(report, Context())]
    merged = merge_blanks(found, report.report, by_table)
    assert [f for f in merged if f.rule not in BLANK_RULES] == [f for f in found if f.rule not in BLANK_RULES]
    cells = [cell for f in merged if f.rule in BLANK_RULES for cell in f.cells]
    assert sorted(cells, key=str) == sorted((c for f in found if f.rule in BLANK_RULES for c in f.cells), key=str)
    assert len(set(cells)) == len(cells)
    assert not by_table or sum(f.rule == "T3-BLANK" for f in merged) <= 1


def test_no_blank_is_said_to_be_less_than_nothing() -> None:
    text = tables(2021, 表三_本年新收=["~", 4, 0, 0, 0, 0, -22])
    (blank,) = [item for item in findings(2021, text) if item.rule == "T3-BLANK"]
    assert "按勾稽关系" not in blank.message.zh and "identities" not in blank.message.en


def test_one_blank_of_a_row_is_spoken_of_as_one() -> None:
    row = "本年新收: [~, 0, 0, 0, 0, 0, 3]"
    text = tables(2021, 表三_本年新收=["~", 0, 0, 0, 0, 0, 3]).replace(
        row, f"{row}  # 待核：自然人（第2张表 第4行第4列）"
    )
    (blank,) = [item for item in findings(2021, text) if item.rule == "T3-BLANK"]
    assert "1格空白（自然人）" in blank.message.zh and blank.message.zh.endswith("按勾稽关系应为3")
