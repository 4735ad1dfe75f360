"""Accepted differences and corrections: what each must say."""

from __future__ import annotations

import pytest

from tests.example import report, tables

ACCEPTED = """\
接受:
  - {规则: T3-SUM, 位置: [表三.总计.总计, 表三.总计.其他], 原因: " 原文如此 ", 值: "3 4", 批准人: 甲,
     批准日期: 2022-01-05}
  - {规则: T3-ROW, 位置: 表三.总计, 原因: 原文如此}
  - {规则: T3-ROW, 原因: 没有位置}
"""


def test_an_acceptance_needs_a_rule_a_place_and_a_reason() -> None:
    made = report(2021, tables(2021) + ACCEPTED)
    first, second = made.acceptances
    assert (first.rule, first.subjects, first.reason) == ("T3-SUM", ("表三.总计.总计", "表三.总计.其他"), "原文如此")
    assert (first.values, first.approver, first.date) == ("3 4", "甲", "2022-01-05")
    assert (second.subjects, second.values, second.approver) == (("表三.总计",), "", "")
    assert [f.rule for f in made.findings] == ["ACC-INCOMPLETE"]


CORRECTION = {
    "日期": "2022-03-01",
    "位置": "表三.总计.总计",
    "原值": "9",
    "更正为": "3",
    "原因": "示例",
    "批准人": "甲",
}


@pytest.mark.parametrize("lacking", [*CORRECTION, ""])
def test_a_correction_needs_all_of_its_parts(lacking: str) -> None:
    given = ", ".join(f"{key}: {text}" for key, text in CORRECTION.items() if key != lacking)
    made = report(2021, tables(2021) + f"更正:\n  - {{{given}}}\n")
    assert [f.rule for f in made.findings] == ["CORR-INCOMPLETE"] * bool(lacking)
    assert [correction.name for correction in made.corrections] == ["表三.总计.总计"] * (not lacking)


@pytest.mark.parametrize("date", ["2022-02-29", "2022-13-01", "2022-3-1", "0000-01-01", "２０２２-03-01", "三月一日"])
def test_a_correction_was_made_on_a_day_of_the_calendar(date: str) -> None:
    given = ", ".join(f"{key}: {text}" for key, text in (CORRECTION | {"日期": date}).items())
    made = report(2021, tables(2021) + f"更正:\n  - {{{given}}}\n")
    assert [f.rule for f in made.findings] == ["CORR-INCOMPLETE"] and made.corrections == ()


@pytest.mark.parametrize("name", ["接受", "更正"])
def test_an_odd_key_and_what_is_no_list_are_reported(name: str) -> None:
    odd = report(2021, tables(2021) + f"{name}:\n  - {{没有这项: 1}}\n").findings
    assert "KEY-UNKNOWN" in [f.rule for f in odd]
    assert [f.rule for f in report(2021, tables(2021) + f"{name}: 甲\n").findings] == ["KEY-SHAPE"]
    assert report(2021, tables(2021) + f"{name}: ~\n").findings == ()
