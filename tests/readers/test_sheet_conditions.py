"""Doubts figures that a conditional format may dress."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.readers.sheet import read
from generator.readers.sheet_conditions import Condition, areas, doubtful, odf_condition
from tests.readers.samples import LIMITS, grids, soffice
from tests.readers.sheet_samples import one_sheet


def doubts(figures: list[int], rule: dict[str, object], **face: object) -> list[bool]:
    """Which figures of a row are in doubt with a conditional format of this face."""

    def fill(sheet: Any, made: Any) -> None:
        sheet.write_row(0, 0, ["甲", *figures])
        sheet.conditional_format(0, 1, 0, len(figures), {**rule, "format": made.add_format(face)})

    row = grids(read(one_sheet(fill), "a.xlsx", LIMITS))[0].rows[0]
    assert [cell.text for cell in row[1:]] == [str(figure) for figure in figures]
    return [cell.doubt is not None for cell in row[1:]]


ZERO = {"type": "cell", "criteria": "==", "value": 0}


@pytest.mark.parametrize(
    ("face", "doubted"),
    [
        ({"font_strikeout": True}, True),
        ({"font_color": "#FFFFFF"}, True),
        ({"num_format": "0,"}, True),
        ({"num_format": ";;;"}, True),
        ({"num_format": "0"}, False),
        ({"font_color": "#9C0006", "bg_color": "#FFC7CE"}, False),
        ({"font_color": "#FFFFFF", "bg_color": "#C00000"}, False),
        ({"bold": True}, False),
    ],
)
def test_only_formats_that_change_how_a_figure_reads_count(face: dict[str, object], doubted: bool) -> None:
    assert doubts([0, 22], ZERO, **face) == [doubted, False]


@pytest.mark.parametrize(
    ("rule", "doubted"),
    [
        ({"type": "cell", "criteria": ">", "value": 9}, [False, True, True]),
        ({"type": "cell", "criteria": "between", "minimum": 5, "maximum": 22}, [False, True, False]),
        ({"type": "cell", "criteria": "not between", "minimum": 5, "maximum": 22}, [True, False, True]),
        ({"type": "cell", "criteria": "!=", "value": 22}, [True, False, True]),
        ({"type": "cell", "criteria": ">", "value": "$A$1"}, [True, True, True]),
        ({"type": "formula", "criteria": "=B1>9"}, [True, True, True]),
        ({"type": "duplicate"}, [True, True, True]),
    ],
)
def test_comparisons_with_numbers_are_worked_out_others_are_doubted(
    rule: dict[str, object], doubted: list[bool]
) -> None:
    assert doubts([1, 22, 99], rule, font_strikeout=True) == doubted


@pytest.mark.parametrize(
    ("text", "operator", "formulas"),
    [
        ("cell-content()>5", "greaterThan", ["5"]),
        (">= 5", "greaterThanOrEqual", ["5"]),
        ("!=5", "notEqual", ["5"]),
        ("=-1.5", "equal", ["-1.5"]),
        ("between(1,5)", "between", ["1", "5"]),
        ("cell-content-is-not-between(1,5)", "notBetween", ["1", "5"]),
        ("formula-is([.B1]>0)", "", []),
        (">[.A1]", "", []),
        ("duplicate", "", []),
    ],
)
def test_conditions_of_open_document(text: str, operator: str, formulas: list[str]) -> None:
    assert odf_condition(text, [(0, 0, 0, 0)]) == Condition([(0, 0, 0, 0)], operator, formulas)


def _dressed(sheet: Any, made: Any) -> None:
    for column in range(4):
        sheet.write_column(0, column, [11, 22, 33])
    formats = [{"font_strikeout": True}, {"font_color": "#FFFFFF"}, {"font_color": "#FF0000", "bg_color": "#FFC7CE"}]
    for column, face in enumerate(formats, 1):
        over = {"type": "cell", "criteria": ">", "value": 20, "format": made.add_format(face)}
        sheet.conditional_format(0, column, 2, column, over)


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_all_kinds_of_workbooks_are_doubted_alike(suffix: str, tmp_path: Path) -> None:
    data = one_sheet(_dressed)
    if suffix != "xlsx":
        (tmp_path / "示例.xlsx").write_bytes(data)
        data = soffice(tmp_path / "示例.xlsx", suffix)
    rows = grids(read(data, f"a.{suffix}", LIMITS))[0].rows
    assert [[cell.doubt is not None for cell in row] for row in rows] == [
        [False] * 4,
        *[[False, True, True, False]] * 2,
    ]


def test_areas_are_read_with_and_without_dollars() -> None:
    assert areas("B2:D9 $F$2 Q") == [(1, 1, 8, 3), (1, 5, 1, 5)]
    assert areas(" ".join(f"A{row}" for row in range(1, 999))) == [(0, 0, 997, 0)]


def test_many_conditions_are_taken_as_one() -> None:
    conditions = [Condition([(row, 0, row, 0)], "equal", ["5"]) for row in range(0, 1_000, 2)]
    assert set(doubtful({(1, 0): "22", (1, 1): "22", (3, 0): "甲"}, conditions)) == {(1, 0)}


@pytest.mark.parametrize(
    ("rule", "doubted"),
    [
        ({"type": "data_bar", "bar_only": True}, True),
        ({"type": "icon_set", "icon_style": "3_arrows", "icons_only": True}, True),
        ({"type": "data_bar"}, False),
        ({"type": "icon_set", "icon_style": "3_arrows"}, False),
    ],
)
def test_a_bar_or_an_icon_in_place_of_the_figure_is_doubted(rule: dict[str, object], doubted: bool) -> None:
    assert doubts([22], rule) == [doubted]
