"""A form as values: the form of a year, cells by role, labels, what takes cells out of a tuple."""

from __future__ import annotations

import pytest

from generator.forms.declared import declared_forms
from generator.forms.model import Form, form_for, label_columns, picked, plain_label

FORMS = declared_forms()
OF_2007, OF_2014, OF_2019, OF_2021, *LOCAL = FORMS
LIVING = (OF_2019, OF_2021)


@pytest.mark.parametrize(
    ("year", "document"),
    [(2019, "〔2019〕60号"), (2020, "〔2019〕60号"), (2021, "〔2021〕30号"), (2025, "〔2021〕30号")],
)
def test_the_report_year_chooses_the_form(year: int, document: str) -> None:
    form = form_for(FORMS, year)
    assert form is not None and form.document.endswith(document)


@pytest.mark.parametrize(
    ("year", "form"), [(2008, OF_2007), (2013, OF_2007), (2014, OF_2014), (2018, OF_2014), (2019, OF_2019)]
)
def test_earlier_years_have_their_own_forms(year: int, form: Form) -> None:
    assert form_for(FORMS, year) is form


def test_a_local_form_is_never_that_of_a_year() -> None:
    assert [form.id for form in LOCAL] == ["fujian-2009-list", "fujian-2014-list"]
    assert all(form.local and not form.evidence.verified and form.evidence.confidence == "B" for form in LOCAL)
    assert not {form_for(FORMS, year) for year in range(2008, 2030)} & set(LOCAL)


def test_a_local_form_knows_other_printings_of_its_labels() -> None:
    (block,) = LOCAL[0].tables[0].blocks
    assert "年末统计" in block.columns[0].aliases and "6.其它形式申请数" in block.rows[9].aliases


def test_before_there_were_reports_there_is_no_form() -> None:
    assert form_for(FORMS, 2007) is None


def test_rules_find_cells_by_role_whatever_the_form_calls_them() -> None:
    form_2019, form_2021 = LIVING
    assert form_2019.role("received") == form_2021.role("received") == ("表三.本年新收.总计",)
    assert form_2021.row_roles["received"] == (("t3", "本年新收"),)
    assert form_2019.role("normdocs_made") == ("表二.规范性文件.本年新制作数量",)
    assert form_2021.role("normdocs_made") == ("表二.行政规范性文件.本年制发件数",)
    assert form_2019.role("oth_unpaid") == () and form_2021.role("oth_unpaid") == ("表三.逾期不缴费.总计",)


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "主动公开政府信息数"),
        ("其中：涉及国家秘密", "涉及国家秘密"),
        ("1．属于国家秘密", "属于国家秘密"),
        ("1、属于国家秘密", "属于国家秘密"),
        ("3.危及“三安全一稳定”", "危及三安全一稳定"),
        ("三、本年度办 理结果", "本年度办理结果"),
        ("三类内部事务信息", "三类内部事务信息"),
        ("(二)部分公开(区分处理的)", "部分公开"),
    ],
)
def test_labels_are_compared_by_their_words(label: str, words: str) -> None:
    assert plain_label(label) == words


@pytest.mark.parametrize(
    ("indexes", "taken"), [((), ()), ((2,), ("c",)), ((0, 2), ("a", "c")), ((2, 0, 2), ("c", "a", "c"))]
)
def test_any_number_of_items_is_taken_as_a_tuple(indexes: tuple[int, ...], taken: tuple[str, ...]) -> None:
    assert picked(indexes)(("a", "b", "c")) == taken


def test_an_identity_knows_what_takes_its_cells() -> None:
    table = OF_2021.tables[1]
    for equation, every, left, right in table.sides:
        indexes = tuple(range(len(table.slots)))
        assert (left(indexes), right(indexes)) == (equation.left, equation.right)
        assert every(indexes) == (*equation.left, *equation.right)


def test_rows_have_ranges_of_cells_and_columns_in_their_own_unit() -> None:
    (table,) = OF_2014.tables
    first, length = table.row_ranges["专项经费"]
    assert (table.slots[first].name, length) == ("统计表.专项经费", 1)
    assert [column.unit for column in table.row_columns["专项经费"]] == ["万元"]
    assert OF_2019.tables[0].own_units == (OF_2019.by_name["表二.政府集中采购.采购总金额"][1],)


def test_a_form_that_leaves_its_only_row_unnamed_has_no_label_column() -> None:
    numbers = [[label_columns(block) for block in table.blocks] for table in OF_2021.tables]
    assert numbers == [[1, 1, 1, 1], [3], [0]]
    assert [label_columns(block) for block in OF_2014.tables[0].blocks] == [1]
