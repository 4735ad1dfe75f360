"""The flat view: one header row, no spans, every cell once."""

from __future__ import annotations

import pytest

from generator.forms.flat_table import FlatColumn, flat
from generator.forms.model import Form
from tests.example import FORMS, form

OF_2014, OF_2019, OF_2021 = form("era-2014-stat"), form("gbkbh-2019-60"), form("gbkbh-2021-30")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_cell_stands_once_in_official_order(form: Form) -> None:
    for table in form.tables:
        drawn = flat(table)
        assert [cell.hole for row in drawn.rows for cell in row.cells] == list(range(len(table.slots)))
        assert {cell.rowspan * cell.colspan for row in drawn.rows for cell in row.cells} == {1}
        widths = {len(row.labels) + len(row.cells) for row in drawn.rows}
        labels = {"单位", *(block.unit_label for block in table.blocks)}
        units = sum(column.label in labels for column in drawn.columns)
        assert widths == {len(drawn.columns) - units}


def test_a_table_of_many_rows_keeps_its_columns() -> None:
    drawn = flat(OF_2021.tables[1])
    assert [column.label for column in drawn.columns[:4]] == ["类别", "项目", "自然人", "商业企业"]
    assert [column.kind for column in drawn.columns] == ["text"] * 2 + ["number"] * 7
    rows = {row.labels[-1]: row for row in drawn.rows}
    assert rows["一、本年新收政府信息公开申请数量"].labels[0] == ""
    assert rows["1.属于国家秘密"].labels[0] == "（三）不予公开"


def test_any_other_table_has_one_row_a_cell() -> None:
    titled, cases = flat(OF_2021.tables[0]), flat(OF_2021.tables[2])
    assert [column.label for column in titled.columns] == ["依据", "信息内容", "指标", "数值", "单位"]
    assert titled.rows[0].labels == ("第二十条第（一）项", "规章", "本年制发件数") and titled.rows[0].unit == "件"
    assert titled.columns[-2:] == (FlatColumn("数值", "number"), FlatColumn("单位", "text"))
    assert cases.rows[-1].labels == ("行政诉讼·复议后起诉", "总计")


def test_rows_that_are_left_out_are_no_cells() -> None:
    whole, drawn = flat(OF_2021.tables[0]), flat(OF_2021.tables[0], frozenset({"规章"}))
    assert drawn.rows == whole.rows[3:] and whole.rows[2].labels[1] == "规章" != whole.rows[3].labels[1]


def test_a_list_names_each_unit_and_leaves_absent_rows_out() -> None:
    (table,) = OF_2014.tables
    drawn = flat(table, frozenset({"收到申请数", "专项经费"}))
    assert len(drawn.rows) == 56 and drawn.columns[-1].label == "单位"
    assert drawn.rows[-1].labels == ("九、政府信息公开会议和培训情况", "（三）接受培训人员数")
    assert drawn.rows[-1].unit == "人次" and drawn.rows[-1].cells[0].hole == 57
    assert not any("收到申请数" in row.labels[-1] for row in drawn.rows)
