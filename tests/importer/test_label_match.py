"""Labels compared as a reader compares them."""

from __future__ import annotations

import pytest

from generator.importer.label_match import Label, bare, index, label, nearest, variants

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("text", "number", "letters"),
    [
        ("1．属于国家秘密", "1", "属于国家秘密"),
        ("1、属于国家秘密", "1", "属于国家秘密"),
        ("1.属于 国家 秘密", "1", "属于国家秘密"),
        ("（三）不予公开", "三", "不予公开"),
        ("(三) 不予公开", "三", "不予公开"),
        ("一、本年新收", "一", "本年新收"),
        ("危及“三安全一稳定”", "", "危及三安全一稳定"),
        ("本年增／减", "", "本年增减"),
        ("第二十条第（一）项", "", "第二十条第一项"),
    ],
)
def test_numbering_and_letters(text: str, number: str, letters: str) -> None:
    assert label(text) == Label(number, letters)


def test_what_stands_in_brackets_may_be_left_out() -> None:
    assert variants("（二）部分公开（区分处理的，只计这一情形）") == {"部分公开", "部分公开区分处理的只计这一情形"}
    assert variants("（本列数据的勾稽关系为：示例）") == {"本列数据的勾稽关系为示例"}


ROWS = index([("行政许可", "许可"), ("行政处罚", "处罚"), ("行政强制", "强制"), ("其他处理", "处理"), ("其他", "其他")])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("行政许可", "许可"),
        ("行政处罚罚", "处罚"),
        ("行政", None),
        ("行政复议", None),
        ("其他", "其他"),
        ("其它", None),
    ],
)
def test_one_name_reads_like_it_or_none_does(text: str, name: str | None) -> None:
    near = nearest(bare(text), ROWS)
    assert (near.name if near else None) == name


def test_a_label_of_two_rows_names_neither() -> None:
    assert nearest("总计", index([("总计", "甲"), ("总计", "乙")])) is None
