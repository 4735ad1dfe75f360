"""tables.yaml as it is written: YAML that reads back as what was given, comments that cannot break it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.drafts.readings import AddedRow, Certainty, Reading, SourcePlace, TableRead
from generator.drafts.tables_yaml import added_yaml, note, stated_yaml, tables_yaml, with_state, word
from generator.finding import Message
from generator.readers.document import BlockPlace
from generator.report.reader import is_draft
from generator.yaml_source.controls import CONTROL
from generator.yaml_source.nodes import Pairs, Scalar
from generator.yaml_source.reader import read
from tests.importer.samples import figures, form, page, read_page, table, taken

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=40)


@pytest.mark.slow
@given(TEXTS, TEXTS)
def test_any_word_and_any_comment_read_back(text: str, comment: str) -> None:
    line = f"标题: {word(text)}  # {note(comment)}\n后: 1\n"
    node, findings = read(line.encode(), "tables.yaml")
    assert isinstance(node, Pairs) and not [f for f in findings if f.blocking], findings
    said = {key.text: value for key, value in node.pairs}
    value = said["标题"]
    assert isinstance(value, Scalar) and isinstance(said["后"], Scalar)
    assert (
        (value.text, value.plain) == ("~", True)
        if not text
        else value.text == CONTROL.sub(" ", text.replace("\u2028", " ").replace("\u2029", " "))
    )


def test_the_layout_is_a_row_a_line_with_the_columns_named() -> None:
    text = taken(read_page(page(2020, figures(2020)))).files["tables.yaml"].decode()
    assert "表二:\n  # 本年新制作数量、本年新公开数量、对外公开总数量\n  规章: [0, 0, 0]\n" in text
    assert "  # 采购项目数量、采购总金额（单位写在格内）\n  政府集中采购: [0, 0万元]\n" in text
    assert (
        "  # 行政复议、未经复议直接起诉、复议后起诉，各5个数：结果维持、结果纠正、其他结果、尚未审结、总计\n  件数: ["
        in text
    )


@pytest.mark.parametrize(
    ("text", "yaml"),
    [
        ("", "~"),
        ("示例区", "示例区"),
        ("示例〔2022〕1号", "示例〔2022〕1号"),
        ("012345", '"012345"'),
        ("1e5", '"1e5"'),
        ("2022-01-20", '"2022-01-20"'),
        ("Yes", '"Yes"'),
        ("~", '"~"'),
        ("甲: 乙", '"甲: 乙"'),
        ('甲"乙\\', '"甲\\"乙\\\\"'),
        ("甲\n乙", '"甲 乙"'),
    ],
)
def test_a_text_is_quoted_where_yaml_would_misread_it(text: str, yaml: str) -> None:
    assert word(text) == yaml


def test_a_comment_is_one_printable_line_of_limited_length() -> None:
    assert note("甲\n乙\x00\u2028丙") == "甲 乙 丙" and len(note("甲" * 1000)) == 160


def test_the_fee_statement_is_written_where_the_form_requires_it() -> None:
    text = stated_yaml(form(2021), {"发出通知": "3", "总金额": "一千"})
    assert text.endswith("\n信息处理费: {发出通知: 3, 总金额: 一千, 实际收取: ~}\n") and "发出通知件" in text
    assert stated_yaml(form(2020), {"发出通知": "3"}) == ""


def test_added_rows_name_their_place_and_what_is_in_doubt() -> None:
    spot = SourcePlace(BlockPlace(table=1), 6, 3)
    readings = (
        Reading("12", "12", Certainty.INFERRED, spot),
        Reading("", "约3", Certainty.UNDECIDED, spot, Message("不是一个数", "not a figure")),
    )
    row = AddedRow(table(2021, "t2"), "内部通知", "", "规章", "", readings, 1)
    assert added_yaml([row]).splitlines()[2:] == [
        "增加行:",
        '  - {表: 表二, 行: "内部通知", 之后: 规章, 数: [12, ~]}  # 待核：第1张表 第6行第3列；原文“约3”，不是一个数',
    ]
    inside = row._replace(after="", inside="（一）甲组", unit="条", readings=readings[:1])
    assert '{表: 表二, 行: "内部通知", 上级: "（一）甲组", 单位: 条, 数: 12}' in added_yaml([inside])
    assert added_yaml([]) == ""


def test_a_doubt_of_the_whole_row_is_said_once_and_of_single_cells_by_name() -> None:
    why = Message("原文连写", "run together")
    doubt = Reading("", "693", Certainty.UNDECIDED, SourcePlace(), why)
    sure = Reading("0", "0", Certainty.CERTAIN, SourcePlace())
    one = table(2021, "t2")
    text = "\n".join(
        tables_yaml(2021, "shili", form(2021), False, "示例", {}, {}, [TableRead(one, readings)], {}, ())
        for readings in ({0: doubt, 1: doubt, 2: doubt}, {0: sure, 1: doubt}, dict.fromkeys(range(9), sure))
    )
    assert "  规章: [~, ~, ~]  # 待核：原文“693”，原文连写\n" in text
    assert "  规章: [0, ~, ~]  # 待核：本年废止件数：原文“693”，原文连写；现行有效件数：原文件中没有这一格\n" in text
    assert "  规章: [0, 0, 0]\n" in text


def test_a_draft_is_marked_below_its_organ_and_unmarked_again() -> None:
    text = "# 示例\n年度: 2021\n机关: shili\n标题: 示例\n"
    marked = with_state(text, draft=True)
    assert marked == text.replace("标题", "状态: 草稿  # 写完、核对无误后删去这一行\n标题")
    assert is_draft(marked.encode()) and with_state(marked, draft=True) == marked
    assert with_state(marked, draft=False) == text
