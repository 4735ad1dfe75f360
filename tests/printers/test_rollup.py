"""The roll-up of a year as tables on the terminal and as `nianbao.rollup/1`."""

from __future__ import annotations

import json

import pytest

from generator.collection.rollup import RollupView
from generator.printers.rollup import as_json, show, show_sums
from tests.collection.test_rollup import rolled_up


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
    assert record["differences"][0] == {"cell": "表三.本年新收.自然人", "own": "5", "sum": "3", "difference": "2"}


def test_tables_show_the_units_and_then_the_cells(capsys: pytest.CaptureFixture[str]) -> None:
    show(view(5), "zh")
    printed = capsys.readouterr().out
    assert "下级机关2个" in printed and "未报告（有说明）" in printed and "表三.本年新收.总计" in printed


@pytest.mark.parametrize(
    ("received", "year", "words"), [(3, 2021, "agree in every cell"), (5, 2020, "own report is not here")]
)
def test_where_there_is_no_table_a_sentence_says_why(
    capsys: pytest.CaptureFixture[str], received: int, year: int, words: str
) -> None:
    show_sums(view(received, year), "en")
    assert words in capsys.readouterr().out
