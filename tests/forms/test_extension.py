"""Rows that a report prints beyond its form."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.forms.extension import NewRow, extended, knows_row
from generator.forms.model import Form, plain_label
from generator.forms.table_layout import grid
from tests.example import FORMS, form

OF_2014, OF_2021 = form("era-2014-stat"), form("gbkbh-2021-30")


PLACES = [
    (item, table.key, name)
    for item in FORMS
    for table in item.tables
    for block in table.blocks
    for row in block.rows
    for name in (row.key, *row.path)
    if plain_label(name)
]


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(st.sampled_from(PLACES), st.booleans())
def test_a_row_added_anywhere_leaves_a_rectangle_and_every_identity(place: tuple[Form, str, str], inside: bool) -> None:
    of_form, key, name = place
    row = NewRow(key, "示例行", "示例行", "件", **{"inside" if inside else "after": name})
    before, after = (
        next(table for table in f.tables if table.key == key) for f in (of_form, extended(of_form, (row,)))
    )
    assert len(after.row_ranges) == len(before.row_ranges) + 1
    assert [slot.name for slot in after.slots if not slot.row.added] == [slot.name for slot in before.slots]
    sides = [
        [[[t.slots[i].name for i in side] for side in (e.left, e.right)] for e in t.equations] for t in (before, after)
    ]
    assert sides[0] == sides[1]
    drawn = grid(after)
    for rows in [drawn.head, *(body.rows for body in drawn.bodies)]:
        assert sum(cell.rowspan * cell.colspan for line in rows for cell in line.cells) == len(rows) * after.width


def test_equal_rows_give_the_same_form_so_that_tables_are_drawn_once() -> None:
    row = (NewRow("统计表", "甲", "甲", "条"),)
    assert (
        extended(OF_2014, row) is extended(OF_2014, row) and extended(OF_2014, row).tables[0] is not OF_2014.tables[0]
    )
    assert len(OF_2014.tables[0].slots) == 58 and len(extended(OF_2014, row).tables[0].slots) == 59
    with pytest.raises(KeyError, match="没有"):
        extended(OF_2014, (NewRow("统计表", "甲", "甲", "条", after="没有"),))


def test_an_added_row_has_a_key_of_its_own_whatever_it_is_called() -> None:
    names = ["甲 乙", "甲_20乙", "甲/乙", '甲"<b>', "甲乙"]
    keys = [extended(OF_2014, (NewRow("统计表", name, name, "条"),)).tables[0].keys[-1].row for name in names]
    assert keys[0] == "stat.added.甲_20乙" and keys[1] == "stat.added.甲_5f20乙" and len(set(keys)) == len(names)
    assert all(letter.isalnum() or letter in "._" for key in keys for letter in key)


def test_a_row_is_known_by_key_printed_label_or_its_plain_words() -> None:
    known = ("收到申请数", "（一）收到申请数", "三、依申请公开情况", "依申请公开情况")
    assert all(knows_row(OF_2014, "统计表", name) for name in known)
    assert not knows_row(OF_2014, "统计表", "收到申请") and not knows_row(OF_2014, "统计表", "")


def test_a_row_of_another_table_changes_that_table_only() -> None:
    wider = extended(OF_2021, (NewRow("表三", "小计", "小计", "", inside="（三）不予公开"),))
    assert [len(table.slots) for table in wider.tables] == [10, 182, 15]
    added = [slot.name for slot in wider.tables[1].slots if slot.row.added]
    assert added[-1] == "表三.小计.总计" and len(added) == 7
    assert [len(table.slots) for table in OF_2021.tables] == [10, 175, 15]
