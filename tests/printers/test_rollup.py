"""The roll-up of a year as tables on the terminal and as `nianbao.rollup/1`."""

from __future__ import annotations

import json

import pytest

from generator.collection.rollup import RollupView, UnitStatus
from generator.printers.rollup import as_json, show, show_sums
from tests.collection.test_rollup import BLANK, NEW, rolled_up


def view(received: int, year: int = 2021) -> RollupView:
    result = rolled_up(received, year)
    assert isinstance(result, RollupView)
    return result


def test_the_record_names_units_and_differences() -> None:
    record = json.loads(as_json(view(5)))
    assert (record["schema"], record["complete"], record["summed"]) == ("nianbao.rollup/1", True, 1)
    assert [(unit["organ"], unit["state"], unit["reason"]) for unit in record["units"]] == [
        ("jiaju", "here", None),
        ("yizhen", "excused", "示例：当年没有报告"),
    ]
    assert (record["compared"], record["blank"]) == (200, 0)
    assert record["differences"][0] == {"cell": "表三.本年新收.自然人", "own": "5", "sum": "3", "difference": "2"}


def test_tables_show_the_units_and_then_the_cells(capsys: pytest.CaptureFixture[str]) -> None:
    show(view(5), "zh")
    printed = capsys.readouterr().out
    assert "下级机关2个" in printed and "未报告（有说明）" in printed and "表三.本年新收.总计" in printed


@pytest.mark.parametrize(("is_draft", "words"), [(True, "草稿，还没有填数"), (False, "│ 还没有填数")])
def test_a_report_without_a_figure_is_not_called_missing(
    capsys: pytest.CaptureFixture[str], is_draft: bool, words: str
) -> None:
    rolled = rolled_up(3, unit=BLANK, drafts=frozenset({(2021, "jiaju")}) if is_draft else frozenset())
    assert isinstance(rolled, RollupView)
    show(rolled, "zh")
    printed = capsys.readouterr().out
    assert words in printed and "缺少" not in printed and "还没有填数，不作比较" in printed


@pytest.mark.parametrize(
    ("received", "words"), [(3, "1份报告（其中草稿1份）之和与本级一致"), (5, "1份报告（其中草稿1份）之和与本级不一致")]
)
def test_drafts_among_the_reports_added_up_are_counted(
    capsys: pytest.CaptureFixture[str], received: int, words: str
) -> None:
    rolled = view(received)
    units = [unit._replace(state=UnitStatus.DRAFT) if unit.organ.id == "jiaju" else unit for unit in rolled.units]
    show_sums(rolled._replace(units=units), "zh")
    assert words in "".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("received", "year", "words"), [(3, 2021, "agree: 200 cells compared, 0 not"), (5, 2020, "own report is not here")]
)
def test_where_there_is_no_table_a_sentence_says_why(
    capsys: pytest.CaptureFixture[str], received: int, year: int, words: str
) -> None:
    show_sums(view(received, year), "en")
    assert words in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ([3, 0, 0, 0, 0, 0, 3], "1份报告之和与本级一致：比较了7格，193格因空白未比。"),
        ([4, 0, 0, 0, 0, 0, 3], "比较了7格，193格因空白未比。"),
    ],
)
def test_what_could_not_be_compared_is_counted(
    capsys: pytest.CaptureFixture[str], typed: list[object], words: str
) -> None:
    result = rolled_up(3, unit={**BLANK, NEW: typed})
    assert isinstance(result, RollupView)
    show_sums(result, "zh")
    assert words in capsys.readouterr().out


def test_where_nothing_can_be_compared_nothing_is_said_to_agree(capsys: pytest.CaptureFixture[str]) -> None:
    result = rolled_up(3, unit={**BLANK, NEW: [3] + ["~"] * 6}, own={NEW: ["~"] * 7})
    assert isinstance(result, RollupView)
    show_sums(result, "zh")
    printed = capsys.readouterr().out
    assert "无从比较：比较了0格，200格因空白未比" in printed and "一致" not in printed


def test_while_a_unit_is_missing_there_are_no_counts() -> None:
    record = json.loads(as_json(view(5, 2020)))
    assert (record["complete"], record["compared"], record["blank"]) == (False, None, None)
