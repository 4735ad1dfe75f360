from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.report.identities import holds
from generator.workbook.checks import BROKEN, NOT_APPLICABLE, PASSED, UNFILLED, IdentityCheck, checks, values_of
from generator.workbook.layout import plan
from tests.example import FORMS
from tests.workbook.samples import layout

pytestmark = pytest.mark.slow

ALL = [check for form in FORMS if form.tables for check in checks(plan(form))]


def one(words: str) -> IdentityCheck:
    return next(check for check in checks(layout(2021)) if check.words == words)


def test_every_identity_of_every_form_is_a_check() -> None:
    for form in FORMS:
        if form.tables:
            assert [check.equation for check in checks(plan(form))] == [
                equation for table in form.tables for equation in table.equations
            ]


def test_the_formulas_of_a_row_and_of_a_column() -> None:
    row = one("“本年新收”：自然人 + 商业企业 + 科研机构 + 社会公益组织 + 法律服务机构 + 其他 = 总计")
    assert row.broken == "=AND(COUNT($D$7:$J$7)=7,ROUND(SUM($D$7:$I$7)-SUM($J$7),6)<>0)"
    assert row.state == (
        "=IF(COUNTA('表三'!$D$7:$J$7)<7,\"未填\",IF(COUNT('表三'!$D$7:$J$7)<7,IF(COUNT('表三'!$D$7:$J$7)+COUNTIF('表三'!$D$7:$J$7,\"/\")=7,\"不适用\",\"非数字\"),"
        "IF(ROUND(SUM('表三'!$D$7:$I$7)-SUM('表三'!$J$7),6)<>0,\"不符\",\"通过\")))"
    )
    column = one("“自然人”：予以公开 + 部分公开 + … + 其他（共21项） = 总计")
    assert column.broken == "=AND(COUNT($D$9:$D$30)=22,ROUND(SUM($D$9:$D$29)-SUM($D$30),6)<>0)"
    assert "SUM($D$7:$D$8)-SUM($D$30:$D$31)" in one("“自然人”：本年新收 + 上年结转 = 总计 + 结转下年度").broken


@pytest.mark.parametrize("check", ALL, ids=[f"{number}-{check.words[:20]}" for number, check in enumerate(ALL)])
def test_a_formula_names_its_cells_and_no_other(check: IdentityCheck) -> None:
    named = set()
    for first, last in re.findall(r"(\$[A-Z]+\$\d+)(?::(\$[A-Z]+\$\d+))?", check.broken.split("=", 2)[1]):
        named |= _covered(first, last or first)
    assert named == set(check.cells)
    assert len(check.state) < 8192 and len(check.broken) < 8192  # what Excel takes


def _covered(first: str, last: str) -> set[tuple[int, int]]:
    (top, left), (bottom, right) = map(_place, (first, last))
    return {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}


def _place(name: str) -> tuple[int, int]:
    found = re.fullmatch(r"\$([A-Z])\$(\d+)", name)
    assert found
    return int(found[2]) - 1, ord(found[1]) - 65


@pytest.mark.slow
@given(st.data())
def test_the_verdict_is_that_of_the_rules(data: st.DataObject) -> None:
    check = data.draw(st.sampled_from(ALL))
    slots = check.plan.table.slots
    figures = {
        slot.name: data.draw(st.sampled_from(["0", "1", "2", "3", "", "/"]))
        for slot in (slots[i] for i in (*check.equation.left, *check.equation.right))
    }
    values = values_of(check.plan.table, figures)
    state, gap = check.verdict(values)
    said = set(figures.values())
    assert state == (
        UNFILLED
        if "" in said
        else NOT_APPLICABLE
        if "/" in said
        else PASSED
        if holds(check.equation, values)
        else BROKEN
    )
    assert (gap is None) == (state in (UNFILLED, NOT_APPLICABLE))


def test_the_difference_is_left_less_right() -> None:
    check = one("“行政复议”：结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计")
    figures = {
        f"表四.行政复议.{key}": value
        for key, value in zip(("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"), "12340", strict=True)
    }
    assert check.verdict(values_of(check.plan.table, figures)) == (BROKEN, Decimal(10))
