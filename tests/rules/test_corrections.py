"""Corrections of published figures against the figures as they are."""

from __future__ import annotations

import pytest

from tests.example import brief, findings, tables

ITEM = "  - {{日期: 2022-03-01, 位置: {name}, 原值: {old}, 更正为: {new}, 原因: 示例, 批准人: 示例}}\n"


def corrected(*items: tuple[str, str, str], published: str = "2022-01-20") -> list[str]:
    dated = tables(2021).replace("发布机构:", f"发文日期: {published}\n发布机构:")
    text = dated + "更正:\n" + "".join(ITEM.format(name=name, old=old, new=new) for name, old, new in items)
    return [line for line in brief(findings(2021, text)) if line.startswith("CORR")]


@pytest.mark.parametrize(
    ("items", "found"),
    [
        ([("表三.本年新收.总计", "2", "3")], []),
        ([("表三.本年新收.总计", "2", "4")], ["CORR-VALUE 表三.本年新收.总计"]),
        ([("表三.本年新收.总计", "1", "2"), ("表三.本年新收.总计", "2", "3")], []),
        ([("表三.本年新收.合计", "2", "3")], ["CORR-PLACE 表三.本年新收.合计"]),
        ([("表三.上年结转.总计", "1", "~")], ["CORR-VALUE 表三.上年结转.总计"]),
    ],
)
def test_the_new_value_is_what_the_table_has(items: list[tuple[str, str, str]], found: list[str]) -> None:
    assert corrected(*items) == found


def test_a_correction_is_of_a_day_that_exists_and_not_before_the_report_was_published() -> None:
    item = ("表三.本年新收.总计", "2", "3")
    assert corrected(item, published="2022-03-01") == []
    assert corrected(item, published="2022-03-02") == ["CORR-DATE 表三.本年新收.总计"]
    text = tables(2021) + "更正:\n" + ITEM.format(name=item[0], old="2", new="3").replace("2022-03-01", "2022-02-30")
    assert "CORR-INCOMPLETE" in {found.rule for found in findings(2021, text)}
