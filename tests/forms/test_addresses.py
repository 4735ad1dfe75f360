"""Addresses of rows and cells in words: one for each row, the same in all years, none taken twice."""

from __future__ import annotations

import re

import pytest

from generator.forms.addresses import cell_address, row_addresses
from generator.forms.extension import NewRow, extended
from generator.forms.model import Form
from tests.example import FORMS
from tests.website.downloads.samples import FORM_IDS

OF_2021 = next(form for form in FORMS if form.id == "gbkbh-2021-30")


def addresses(form: Form) -> list[str]:
    return [name for table in form.tables for name in row_addresses(table).values()]


def test_a_row_is_named_as_the_form_prints_it() -> None:
    t2, t3, t4 = (row_addresses(table) for table in OF_2021.tables)
    assert t3["属于国家秘密"] == "t3-不予公开-属于国家秘密"
    assert (t3["本年新收"], t3["其他"], t3["总计"]) == ("t3-本年新收", "t3-其他处理-其他", "t3-总计")
    assert (t2["规章"], t4["件数"]) == ("t2-规章", "t4-件数")
    assert cell_address(t4["件数"], OF_2021.tables[2].slots[0].column) == "t4-件数-行政复议-结果维持"


@pytest.mark.parametrize("name", FORM_IDS)
def test_no_two_are_the_same_on_any_form(name: str) -> None:
    form = next(form for form in FORMS if form.id == name)
    rows = addresses(form)
    cells = [
        cell_address(row_addresses(table)[slot.row.key], slot.column) for table in form.tables for slot in table.slots
    ]
    keys = [key for table in form.tables for slot in table.keys for key in (slot.row, slot.address)]
    folded = [text.casefold() for text in [*rows, *cells, *dict.fromkeys(keys)]]
    assert len(set(folded)) == len(folded)
    assert all(re.fullmatch(r"[\w·-]+", text) for text in [*rows, *cells])


def test_the_words_are_those_of_all_years_of_a_form() -> None:
    """Once public, an address is written down elsewhere: these may not change."""
    known = "t3-不予公开-属于国家秘密 t3-无法提供-没有现成信息 t3-不予处理-重复申请 t3-结转下年度 t2-行政许可".split()
    for form in (OF_2021, next(form for form in FORMS if form.id == "gbkbh-2019-60")):
        assert set(known) <= set(addresses(form))


def test_added_rows_leave_the_forms_rows_theirs_and_differ_by_more_than_case() -> None:
    keys = ["属于国家秘密 ", "A类", "a类", "50%#（件）", "total", "乌鲁木齐·示例", "\U0002cb5a州"]
    rows = tuple(
        NewRow("表三", key, key, "件", inside="（三）不予公开" if key.startswith("属于") else "") for key in keys
    )
    before, now = (row_addresses(form.tables[1]) for form in (OF_2021, extended(OF_2021, rows)))
    assert now.items() >= before.items()
    taken = extended(OF_2021, (NewRow("表三", "本年新收-总计", "本年新收-总计", "件"),)).tables[1]
    assert row_addresses(taken)["本年新收-总计"] == "t3-本年新收-总计-2"  # the first is that of a cell
    assert [now[key] for key in keys] == [
        "t3-不予公开-属于国家秘密-2",
        "t3-A类",
        "t3-a类-2",
        "t3-50-件",
        "t3-total-2",  # t3-total is the column's
        "t3-乌鲁木齐·示例",
        "t3-\U0002cb5a州",
    ]
