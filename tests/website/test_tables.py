"""Statutory tables as HTML: filled cell by cell, printed and as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from lxml import html  # type: ignore[import-untyped]

from generator.website.shell import Shell
from generator.website.tables import Drawer
from generator.website.theme import load_theme
from generator.website.views import TableView
from generator.website.words import load_words
from tests.example import SETTINGS, entry, tables

DRAWER = Drawer(Shell(load_theme(), SETTINGS, load_words()).env)


def drawn(table: str, year: int = 2021, text: str = "", **rows: Sequence[object]) -> TableView:
    report, _ = entry(year, text or tables(year, **rows))
    assert report is not None
    sheet = next(sheet for sheet in report.report.sheets if sheet.table.id == table)
    return DRAWER.view(sheet, report.report.form)


def cells(markup: str) -> list[Any]:
    """The value cells, as (class, value to sort by, text)."""
    values = html.fragment_fromstring(markup).xpath(".//td[not(contains('corner l', @class)) or not(@class)]")
    return [(cell.get("class"), cell.get("data-v"), cell.text) for cell in values]


def test_every_figure_is_printed_in_its_place_both_times() -> None:
    view = drawn("t4", 表四_件数=range(15))
    assert [text for _, _, text in cells(view.statutory)] == [str(number) for number in range(15)]
    assert [text for _, _, text in cells(view.flat)] == [str(number) for number in range(15)]


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ("7", (None, None, "7")),
        ("~", ("blank", None, None)),
        ("16284万元", (None, "162840000", "16284万元")),
        ("162840000元", (None, "162840000", "162840000元")),
    ],
)
def test_a_cell_prints_its_text_and_sorts_by_its_value(typed: str, cell: object) -> None:
    view = drawn("t2", 2020, 表二_政府集中采购=[1, typed])
    assert cells(view.statutory)[-1] == cell


def test_a_figure_that_does_not_apply_is_marked_so() -> None:
    assert ("na", None, "/") in cells(drawn("t2", 2020, 表二_行政事业性收费=["/", "/"]).statutory)


def test_blanks_of_the_original_are_counted() -> None:
    assert drawn("t4").blanks == 0 and drawn("t4", 表四_件数=["~", "~", *[0] * 13]).blanks == 2


def test_a_row_the_original_never_printed_is_no_blank() -> None:
    text = "\n".join(line for line in tables(2017).splitlines() if "微博微信回应数" not in line) + "\n"
    view = drawn("stat", 2017, text)
    assert view.blanks == 0 and len(cells(drawn("stat", 2017).statutory)) > len(cells(view.statutory))


def test_a_composition_shows_parts_in_proportion() -> None:
    many, some = [30, 0, 0, 0, 0, 0, 30], [10, 0, 0, 0, 0, 0, 10]
    view = drawn("t3", 表三_予以公开=many, 表三_部分公开=some, 表三_总计=[40, 0, 0, 0, 0, 0, 40])
    rows = html.fragment_fromstring(view.composition).xpath(".//tbody/tr")
    shown = [
        [row.xpath("string(th)"), row.xpath("string(.//rect/@width)"), *row.xpath("td[@class='num']/text()")]
        for row in rows
    ]
    assert shown[:3] == [
        ["（一）予以公开", "100.0", "30", "75.0%"],
        ["（二）部分公开", "33.3", "10", "25.0%"],
        ["（三）不予公开", "0.0", "0", "0.0%"],
    ]
    assert drawn("t2").composition == drawn("t3").composition == ""


def test_nothing_of_a_skeleton_is_left_in_what_is_drawn() -> None:
    view = drawn("t3")
    assert all("\x00" not in part and "%s" not in part for part in (view.statutory, view.flat, view.composition))
