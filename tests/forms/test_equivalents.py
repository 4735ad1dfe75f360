"""Cells of another year's form that mean the same, and groups of cells by name."""

from __future__ import annotations

import pytest

from generator.forms.equivalents import counterpart, counterparts, group, unnumbered
from tests.example import form

OF_2014, OF_2019, OF_2021 = form("era-2014-stat"), form("gbkbh-2019-60"), form("gbkbh-2021-30")
RECEIVED = "表三.本年新收.总计"


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("（三）不予公开", "不予公开"),
        ("3.危及“三安全一稳定”", "危及“三安全一稳定”"),
        ("三、本年度办理结果", "本年度办理结果"),
        ("三类内部事务信息", "三类内部事务信息"),
    ],
)
def test_a_label_is_known_without_its_number(label: str, words: str) -> None:
    assert unnumbered(label) == words


@pytest.mark.parametrize("name", ["表三.不予公开", "表三.（三）不予公开", "denied"])
def test_a_group_goes_by_its_printed_name_or_its_role(name: str) -> None:
    cells = group(OF_2021, name)
    assert len(cells) == 8 and cells[0] == "表三.属于国家秘密.总计" and all(cell.endswith(".总计") for cell in cells)


def test_a_group_may_name_another_column() -> None:
    assert group(OF_2021, "表三.不予公开.自然人")[0] == "表三.属于国家秘密.自然人"


@pytest.mark.parametrize("name", ["表三.没有", "表三.不予公开.没有", "不予公开", ""])
def test_a_group_that_the_form_does_not_have_is_empty(name: str) -> None:
    assert group(OF_2021, name) == ()


def test_a_cell_printed_alike_is_the_counterpart() -> None:
    assert counterpart(OF_2021, OF_2019, RECEIVED) == RECEIVED
    assert counterpart(OF_2021, OF_2019, "指标.满意率") == "指标.满意率"
    assert counterpart(OF_2021, OF_2019, "信息处理费.总金额") == "信息处理费.总金额"


@pytest.mark.parametrize("name", ["表二.行政规范性文件.现行有效件数", "表二.行政事业性收费.本年收费金额", "表三.没有"])
def test_what_only_one_form_counts_has_no_counterpart(name: str) -> None:
    assert counterpart(OF_2021, OF_2019, name) == "" and counterparts(OF_2021, OF_2019, (name,)) == ()


def test_another_table_is_never_compared() -> None:
    """The list of 2014 counts received requests too, but by other rules."""
    assert OF_2014.role("received") and OF_2019.role("received")
    assert counterparts(OF_2019, OF_2014, OF_2019.role("received")) == ()


def test_a_whole_role_is_the_counterpart_of_the_same_role() -> None:
    made_2019, made_2021 = OF_2019.role("normdocs_made"), OF_2021.role("normdocs_made")
    assert made_2019 != made_2021 and counterparts(OF_2021, OF_2019, made_2021) == made_2019


def test_of_several_cells_all_or_none_have_counterparts() -> None:
    assert counterparts(OF_2021, OF_2019, (RECEIVED, "表三.总计.总计")) == (RECEIVED, "表三.总计.总计")
    assert counterparts(OF_2021, OF_2019, (RECEIVED, "表二.行政事业性收费.本年收费金额")) == ()
