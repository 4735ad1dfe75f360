"""Figures by the parts they play: the form says which cells these are, on whatever form a report is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.finding import Level, Message
from generator.report.entry import LoadedReport
from generator.rules.figures import ReportCell, at_spot, figure, place_of, row_spots, row_values, spots, values
from tests.example import entry, tables

SUITS = [0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 2, "~", 0, 0, 2]


def read(year: int = 2021, text: str | None = None, **rows: list[object]) -> LoadedReport:
    report, _ = entry(year, tables(year, "shili", **rows) if text is None else text)
    assert report is not None
    return report


def texts(cells: tuple[ReportCell, ...]) -> list[str]:
    return [f"{spot.name} {spot.text}" for spot in cells]


def test_the_cells_of_a_role_in_the_order_of_the_form() -> None:
    report = read(表四_件数=SUITS).report
    assert texts(spots(report, "suits_total")) == ["表四.未经复议直接起诉.总计 1", "表四.复议后起诉.总计 2"]
    assert values(report, "suits_total") == (Decimal(1), Decimal(2)) and figure(report, "suits_total") == Decimal(3)
    assert texts(spots(report, "received")) == ["表三.本年新收.总计 3"], "of a row: its total"
    assert texts(spots(report, "fee_amount")) == ["表二.行政事业性收费.本年收费金额 0"]


def test_the_cells_of_a_row_or_of_a_group_of_rows() -> None:
    report = read(表二_规章=[5, "/", "~"], 表三_属于国家秘密=[1, 0, 0, 0, 0, 0, 1]).report
    assert texts(row_spots(report, "rules")) == [
        "表二.规章.本年制发件数 5",
        "表二.规章.本年废止件数 /",
        "表二.规章.现行有效件数 ",
    ]
    denied = texts(row_spots(report, "denied"))
    assert len(denied) == 56 and denied[:2] == ["表三.属于国家秘密.自然人 1", "表三.属于国家秘密.商业企业 0"]
    assert denied[6:8] == ["表三.属于国家秘密.总计 1", "表三.其他法律行政法规禁止公开.自然人 0"]
    for role in ("rules", "denied"):
        assert row_values(report, role) == tuple(spot.value for spot in row_spots(report, role))


@pytest.mark.parametrize(("role", "total"), [("pending", 0), ("other_outcomes", 0), ("corrected", None)])
def test_a_sum_with_a_blank_is_unknown(role: str, total: int | None) -> None:
    report = read(表四_件数=SUITS).report
    assert figure(report, role) == total
    assert values(report, role) == tuple(spot.value for spot in spots(report, role))


@pytest.mark.parametrize("year", [2018, 2021])
def test_a_report_without_tables_has_no_figures(year: int) -> None:
    report = read(year, f"年度: {year}\n机关: shili\n").report
    assert (
        spots(report, "received")
        == values(report, "received")
        == row_spots(report, "rules")
        == row_values(report, "rules")
        == ()
    )
    assert spots(report, "suits_total") == () and figure(report, "received") is None


def test_a_part_that_no_cell_of_the_form_plays() -> None:
    report = read().report
    assert (
        spots(report, "nothing")
        == values(report, "nothing")
        == row_spots(report, "nothing")
        == row_values(report, "nothing")
        == ()
    )
    assert figure(report, "nothing") is None


def test_a_finding_at_a_cell() -> None:
    report = read()
    (spot,) = spots(report.report, "received")
    finding = at_spot(report, spot, "X", Level.NOTE, Message("示例", "example"))
    assert (finding.subject, finding.values, len(finding.cells)) == ("表三.本年新收.总计", "", 1)
    assert finding.place == report.report.place(spot.sheet, spot.slot)
    assert at_spot(report, spot, "X", Level.NOTE, Message("示例", "example"), "3").values == "3"


def test_a_cell_is_a_number_or_none_and_has_a_place() -> None:
    report = read(表二_规章=[5, "/", "~"]).report
    five, not_applicable, blank = row_spots(report, "rules")
    assert (five.number, not_applicable.number, blank.number) == (Decimal(5), None, None)
    assert [place_of(report, spot) for spot in (five, blank)] == [
        report.place(five.sheet, five.slot),
        report.place(blank.sheet, blank.slot),
    ]
    assert place_of(report, five).column < place_of(report, blank).column
