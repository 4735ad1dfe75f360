"""Declarations: what they must say, and rows added to them."""

from __future__ import annotations

import pytest

from generator.forms.declaration import read_form
from tests.example import form

OF_2014, OF_2021 = form("era-2014-stat"), form("gbkbh-2021-30")


def test_a_declaration_that_lacks_something_says_what() -> None:
    with pytest.raises(KeyError, match="years"):
        read_form(b"id: x\n")


SMALL = """\
id: small
document: 〔2030〕1号
title: 示例
years: [2030, ~]
closed: false
confidence: C
verified: false
source: {zh: 示例, en: example}
sections: [{title: 一、总体情况, keywords: [总体]}]
roles: {received: [表一.甲], most: [表一.大类]}
tables:
  - id: t1
    key: 表一
    caption: 一、示例
    unit: 件
    total: 总计
    blocks:
      - columns: [{key: 个人, label: 个人, id: person}, {key: 总计, label: 总计, id: total}]
        rows:
          - {key: 甲, label: 甲, id: first}
          - label: 大类
            id: class
            rows: [{key: 乙, label: 1.乙, id: class.b}, {key: 丙, label: 2.丙, id: class.c, unit: 万元, decimal: true}]
identities:
  - {rule: X-ROW, table: t1, each: row, relation: equal, left: [个人], right: [总计]}
  - {rule: X-COL, table: t1, each: column, relation: at_most, each_of: [乙, 丙], right: [甲], level: note}
"""


def test_a_declaration_becomes_cells_roles_and_identities() -> None:
    small = read_form(SMALL.encode())
    (table,) = small.tables
    names = ["甲.个人", "甲.总计", "乙.个人", "乙.总计", "丙.个人", "丙.总计"]
    assert [slot.name for slot in table.slots] == [f"表一.{name}" for name in names]
    assert table.slots[4].row.path == ("大类", "2.丙") and table.width == 4
    assert [(c.unit, c.decimal) for c in (table.slots[0].column, table.slots[4].column)] == [
        ("件", False),
        ("万元", True),
    ]
    assert table.keys[4] == ("t1.class.c", "person") and table.keys[4].address == "t1.class.c-person"
    assert small.role("received") == ("表一.甲.总计",) and small.role("most") == ("表一.乙.总计", "表一.丙.总计")
    assert small.row_roles["most"] == (("t1", "乙"), ("t1", "丙"))
    sides = [(e.rule, e.relation, e.left, e.right, e.along, e.level) for e in table.equations]
    assert sides[:3] == [
        ("X-ROW", "equal", (at,), (at + 1,), key, "error") for at, key in ((0, "甲"), (2, "乙"), (4, "丙"))
    ]
    assert [side[2:] for side in sides[3:5]] == [((2,), (0,), "个人", "note"), ((4,), (0,), "个人", "note")]


def test_a_role_that_names_no_row_is_refused() -> None:
    with pytest.raises(KeyError, match=r"表一\.丁"):
        read_form(SMALL.replace("received: [表一.甲]", "received: [表一.丁]").encode())
