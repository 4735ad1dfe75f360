"""Where titles and labels may break, and how years are listed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from generator.website.line_breaks import bare, pairs, phrases, spans, unnumbered
from generator.website.words import load_words


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("博山区2020年政府信息公开工作年度报告", "博山区|2020年|政府信息公开|工作年度报告"),
        ("2023年政府信息公开年报", "2023年|政府信息公开|年报"),
        ("三、收到和处理政府信息公开申请情况", "三、收到和处理|政府信息公开申请|情况"),
        ("示例区乙镇人民政府历年政府信息公开年报", "示例区乙镇人民政府|历年|政府信息公开|年报"),
        ("示例回族自治区示例市人民政府2020年", "示例回族自治区示例市|人民政府|2020年"),
        ("示例西区：本级报告与所属机关之和", "示例西区：本级报告|与所属机关之和"),
        ("名称里没有这些词", "名称里没有这些词"),
        ("", ""),
    ],
)
def test_a_title_breaks_between_phrases(title: str, expected: str) -> None:
    assert phrases(title).replace('<span class="gap"></span>', "").replace("<wbr>", "|") == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("社会公益组织", "社会|公益|组织"),
        ("（三）不予公开", "（三）|不予|公开"),
        ("三、总计", "三、|总计"),
        ("1.属于国家秘密", "1.属于|国家|秘密"),
        ("自然人", "自然人"),
        ("1.本机关不掌握相关政府信息", "1.本机关不掌握相关政府信息"),
        ("本年增/减", "本年增/减"),
    ],
)
def test_a_short_even_label_breaks_between_its_words(label: str, expected: str) -> None:
    assert pairs(label).replace("<wbr>", "|") == expected


@given(st.text())
def test_nothing_is_lost_and_markup_is_escaped(text: str) -> None:
    for drawn in (phrases(text), pairs(text)):
        plain = re.sub('<wbr>|<span class="gap">|</span>', "", drawn)
        assert plain == escape(text)


def test_a_label_is_said_without_its_number() -> None:
    labels = ("（三）不予公开", "8.属于行政查询事项", "(1) Other", "其他")
    assert [unnumbered(label) for label in labels] == ["不予公开", "属于行政查询事项", "Other", "其他"]


def test_a_figure_keeps_its_space_at_a_break() -> None:
    assert (
        phrases("甲&乙2024年政府信息公开年报")
        == '甲&amp;乙<span class="gap"></span><wbr>2024年<wbr>政府信息公开<wbr>年报'
    )


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ([2020], "2020"),
        ([2021, 2020], "2020、2021"),
        ([2011, 2014, 2019, 2020, 2021, 2020], "2011、2014、2019—2021"),
        ([], ""),
    ],
)
def test_runs_of_years_are_told_as_one(years: list[int], expected: str) -> None:
    assert spans(years, load_words()) == expected


def test_a_label_loses_only_a_remark_at_its_end() -> None:
    assert bare("（二）部分公开（区分处理的，只计这一情形，不计其他情形）") == "（二）部分公开"
    assert bare("（一）予以公开") == "（一）予以公开"
    assert bare("（七）") == "（七）"
