"""Statutory terms in the tables lead to their explanations, and back."""

from __future__ import annotations

import pytest

from generator.forms.declared import declared_forms
from generator.forms.model import Form, form_for
from generator.forms.table_layout import grid
from generator.website.glossary import explained, find, term_id, uses

FORMS = [form for form in declared_forms() if form.glossary]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_term_is_used_in_a_table_and_leads_back_to_a_header(form: Form) -> None:
    ids = {
        cell.id
        for table in form.tables
        for rows in (grid(table).head, *(body.rows for body in grid(table).bodies))
        for row in rows
        for cell in row.cells
    }
    back = uses(form)
    assert set(back) <= set(range(1, len(form.glossary) + 1)) and set(back.values()) <= ids
    assert {form.glossary[number - 1].term for number in back} >= {
        "三安全一稳定",
        "三类内部事务信息",
        "四类过程性信息",
        "部分公开",
    }


def test_a_term_in_a_label_is_a_link_and_the_rest_is_as_printed() -> None:
    form = form_for(declared_forms(), 2021)
    assert form is not None
    number = find(form, "3.危及“三安全一稳定”")
    assert (
        explained(form, "3.危及“三安全一稳定”") == f'3.危及“<a class="term" href="#{term_id(number)}">三安全一稳定</a>”'
    )
    assert explained(form, "自然人") == "自然人" and find(form, "自然人") == 0


def test_the_longest_of_two_terms_wins() -> None:
    form = form_for(declared_forms(), 2021)
    assert form is not None
    terms = {term.term: number for number, term in enumerate(form.glossary, 1)}
    assert find(form, "无正当理由大量反复申请、重复申请") == terms["无正当理由大量反复申请"]


def test_the_ways_an_application_lapses_are_explained_since_2021() -> None:
    form = form_for(declared_forms(), 2021)
    assert form is not None
    rows = {row.key: row.path[-1] for table in form.tables for block in table.blocks for row in block.rows}
    articles = {key: form.glossary[find(form, rows[key]) - 1].article for key in ("逾期不补正", "逾期不缴费")}
    assert articles == {
        "逾期不补正": "《条例》第三十条",
        "逾期不缴费": "《条例》第四十二条、《政府信息公开信息处理费管理办法》",
    }
