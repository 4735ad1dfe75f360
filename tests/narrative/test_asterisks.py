"""An asterisk beside a figure or between words is a multiplication; emphasis stands around whole words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.narrative.asterisks import flanks
from generator.narrative.plain_text import passages
from tests.narrative.rendered import KNOWN, html

KEPT = [
    "培训场地规格3*4*5米，两处面积为3*4米和5*6米",
    "共123*456件，其中一半以上为2*1.5倍",
    "长*宽*高",
    "长*（宽+1）*高",
    "(2+3)*(4+5)*(6)",
    "5%*3，6%*（2）",
    "2**3**4",
    "A*B*C",
    "３*４*５",
    "_甲_ 和 （__）年（__）月",
    "*为必填，带*的为选填",
    "a_b_c",
]


@pytest.mark.parametrize("text", KEPT)
def test_the_asterisks_of_a_multiplication_stay(text: str) -> None:
    assert html(text) == f"<p>{text}</p>"


@pytest.mark.parametrize("text", [text for text in KEPT if "*高" not in text[4:] and "必填" not in text])
def test_rules_read_a_multiplication_as_it_is_printed(text: str) -> None:
    (passage,) = passages(text, KNOWN.get)
    assert passage.text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共**12**件", "共<strong>12</strong>件"),
        ("第**（一）**项", "第<strong>（一）</strong>项"),
        ("***重点***", "<em><strong>重点</strong></em>"),
        ("（*注*）", "（<em>注</em>）"),
        ("**3*4米**", "<strong>3*4米</strong>"),
    ],
)
def test_emphasis_works_in_chinese(text: str, expected: str) -> None:
    assert html(text) == f"<p>{expected}</p>"


FACTOR = st.sampled_from(["3", "4.5", "１２", "A", "长", "（2+3）", "(6)", "5%"])


@given(st.lists(FACTOR, min_size=2, max_size=6), st.sampled_from(["，", "。共", " 和 "]), st.lists(FACTOR, min_size=2))
def test_any_product_is_printed_as_typed(first: list[str], between: str, second: list[str]) -> None:
    text = f"计{'*'.join(first)}{between}{'*'.join(second)}。"
    assert html(text) == f"<p>{text}</p>"


def test_a_single_asterisk_beside_a_figure_neither_opens_nor_closes() -> None:
    assert flanks(" ", "3", 1) == (True, True) and flanks("3", " ", 1)[1]
    assert flanks(" ", "注", 1)[0] is False and flanks("注", " ", 1)[1] is False
    assert flanks("第", "1", 2) == (False, False)
