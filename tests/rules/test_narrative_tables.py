"""Sums of the tables by role: their least and most, their names, and how a placeholder writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.finding import Finding, Level, Message, Place
from generator.report.model import Report
from generator.rules.narrative_tables import cell_of, exact, extent, named, part_of, phrase, with_cells
from tests.example import entry, tables
from tests.rules.narrative import FIGURES, row


def report(year: int = 2021, /, **rows: list[object]) -> Report:
    loaded, _ = entry(year, tables(year, "shili", **rows))
    assert loaded is not None
    return loaded.report


@pytest.mark.parametrize(
    ("roles", "low", "parts"),
    [
        (("received",), 22, ("22",)),
        (("received", "carried_in"), 23, ("22", "1")),
        (("denied",), 2, ("2",)),  # one role of several rows
        (("suits_total",), 4, ("4",)),
        (("rej_massive",), 0, ("0",)),
    ],
)
def test_a_sum_of_figures_is_exact(roles: tuple[str, ...], low: int, parts: tuple[str, ...]) -> None:
    total = extent(report(**FIGURES), roles)
    assert total is not None
    assert total.low == total.high == low and (total.parts, total.printed) == (parts, str(low))
    assert exact(report(**FIGURES), roles) == low


def test_a_blank_leaves_a_sum_open_upwards() -> None:
    open_row = report(**{**FIGURES, "表三_予以公开": [10, 5, "~", 0, 0, 0, "~"]})
    total = extent(open_row, ("disclosed", "partial"))
    assert total is not None
    assert (total.low, total.high) == (Decimal(17), None), "the cells filled in are a lower bound"
    assert total.parts == ("15", "2")
    assert exact(open_row, ("disclosed",)) is None


def test_a_blank_total_of_a_full_row_is_what_the_row_adds_up_to() -> None:
    assert exact(report(**{**FIGURES, "表三_予以公开": [10, 5, 0, 0, 0, 0, "~"]}), ("disclosed",)) == 15


def test_a_role_the_form_does_not_have_has_no_sum() -> None:
    assert extent(report(2018), ("carried_in",)) is None
    assert extent(report(), ("received", "nonsense")) is None
    assert exact(report(), ("nonsense",)) is None


def test_a_missing_table_has_no_sum() -> None:
    text = tables(2021).partition("表四:")[0]
    loaded, _ = entry(2021, text)
    assert loaded is not None
    assert cell_of(loaded.report, "表四.行政复议.总计") is None
    assert extent(loaded.report, ("review_total",)) is None


@pytest.mark.parametrize(
    ("blank", "value", "at_most", "allowed"),
    [
        (False, 22, False, True),
        (False, 21, False, False),
        (False, 21, True, True),
        (False, 23, True, False),
        (True, 23, False, True),
        (True, 2, False, False),
        (True, 2, True, True),
    ],
)
def test_which_numbers_a_sum_allows(blank: bool, value: int, at_most: bool, allowed: bool) -> None:
    rows: dict[str, list[object]] = {**FIGURES, "表三_本年新收": [3, "~", 0, 0, 0, 0, "~"]} if blank else FIGURES
    total = extent(report(**rows), ("received",))
    assert total is not None and total.allows(Decimal(value), at_most) is allowed


def test_a_sum_is_named_in_both_languages() -> None:
    assert named(("received", "carried_in")) == ("“本年新收 + 上年结转”", "“newly received + carried in”")


def test_the_cell_that_alone_has_a_value_is_named() -> None:
    rows: dict[str, list[object]] = {**FIGURES, "表三_属于行政执法案卷": row(3)}
    total = extent(report(**rows), ("denied",))
    assert total is not None and total.low == 4
    assert part_of(total, Decimal(3)) == "表三.属于行政执法案卷.总计"
    assert part_of(total, Decimal(4)) == "" and part_of(total, Decimal(0)) == ""


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        (("received",), "表三.本年新收.总计"),
        (("received", "carried_in"), "表三.本年新收.总计 + 表三.上年结转.总计"),
        (("denied",), "合计 表三.不予公开"),  # the form prints these rows under one label
        (("suits_total",), "表四.未经复议直接起诉.总计 + 表四.复议后起诉.总计"),
    ],
)
def test_a_placeholder_writes_a_sum(roles: tuple[str, ...], words: str) -> None:
    assert phrase(report().form, roles) == words


def test_a_finding_points_at_the_cells_of_a_sum_each_place_once() -> None:
    loaded = report(**FIGURES)
    total = extent(loaded, ("disclosed",))
    assert total is not None
    bare = Finding("X", Level.NOTE, Place("report.md", 1, 1), Message("示例", "example"))
    finding = with_cells(bare, loaded, [*total.cells, *total.cells])
    assert [cell.table for cell in finding.cells] == ["t3", "t3"]
    (sheet, index) = total.cells[0]
    assert finding.related == (loaded.place(sheet, index),)
    assert (finding.rule, finding.place, finding.message) == ("X", bare.place, bare.message)
