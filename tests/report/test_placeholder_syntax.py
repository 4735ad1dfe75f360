"""Derived placeholders as typed: their parts, and what is wrong with them where."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.report.placeholder_syntax import Expression, Filter, Operand, SyntaxSlip, is_derived, names, parse

NEW, ALL = "表三.本年新收.总计", "表三.总计.总计"


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (f"{NEW}|较上年", Expression((Operand(1, NEW, False, 1),), (Filter("较上年", (), 0, 12),))),
        (
            f"{NEW} ｜ 较上年％ ｜ 1位",
            Expression((Operand(1, NEW, False, 1),), (Filter("较上年%", (), 0, 14), Filter("位", (), 1, 21))),
        ),
        (
            f"{NEW}＋{ALL} - 合计 表三.不予公开",
            Expression(
                (Operand(1, NEW, False, 1), Operand(1, ALL, False, 12), Operand(-1, "表三.不予公开", True, 26)), ()
            ),
        ),
        (
            f"合计 表三.不予公开|占 {ALL}",
            Expression((Operand(1, "表三.不予公开", True, 4),), (Filter("占", (Operand(1, ALL, False, 14),), 0, 12),)),
        ),
        ("表二.行政许可.本年增/减", Expression((Operand(1, "表二.行政许可.本年增/减", False, 1),), ())),
    ],
)
def test_a_placeholder_reads_as_its_parts(key: str, expected: Expression) -> None:
    assert parse(key) == expected


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("", "第1个字起：这里缺少数的名称"),
        ("|汉字", "第1个字起：这里缺少数的名称"),
        ("甲|", "第3个字起：不认识“”"),
        ("+甲", "第1个字起：两个名称之间"),
        ("甲 + ", "第3个字起：“+”处"),
        ("甲|占", "第4个字起：这里缺少数的名称"),
        ("甲|7位", "第3个字起：不认识“7位”"),
        ("甲|汉字|占 乙", "第6个字起：“占”要写在最前"),
        ("甲|占 乙|元", "第7个字起：百分比没有"),
    ],
)
def test_what_is_wrong_is_told_with_the_character_it_begins_at(key: str, said: str) -> None:
    wrong = parse(key)
    assert (
        isinstance(wrong, SyntaxSlip)
        and wrong.message.zh.startswith(said)
        and wrong.message.en.startswith("at character ")
    )


def test_only_what_may_be_derived_is_parsed_at_all() -> None:
    assert not is_derived(NEW) and not is_derived("指标.12345热线满意率")
    assert all(map(is_derived, (f"{NEW}|汉字", f"{NEW}+{ALL}", "合计 表三.不予公开")))


def test_every_name_is_told_also_one_that_holds_a_plus() -> None:
    assert set(names("指标.甲 + 指标.乙|占 指标.丙|1位")) >= {"指标.甲", "指标.乙", "指标.丙"}
    assert "指标.互联网+件数" in names("指标.互联网+件数")
    assert names("指标.甲") == ("指标.甲",)


@given(st.text(alphabet="表三.合计占较上年%1位元万+＋-|｜ ", max_size=200))
@settings(deadline=None)
def test_any_text_reads_or_is_told_wrong(key: str) -> None:
    assert isinstance(parse(key), (Expression, SyntaxSlip))
