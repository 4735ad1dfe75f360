from __future__ import annotations

import pytest

from generator.workbook.signature import Stamp, carried_row, read_carried, read_stamp

STAMP = Stamp("1", 2025, "jiaju", "示例区甲局", "gbkbh-2021-30", "0123456789abcdef")


def test_what_is_written_is_read() -> None:
    assert read_stamp(dict(STAMP.rows())) == STAMP


@pytest.mark.parametrize("key", [key for key, _ in STAMP.rows()])
def test_a_stamp_that_lacks_a_key_is_none(key: str) -> None:
    assert read_stamp({name: value for name, value in STAMP.rows() if name != key}) is None


@pytest.mark.parametrize("year", ["", "25", "２０２５", "-202", "20255", "year"])
def test_a_year_that_is_none(year: str) -> None:
    assert read_stamp({**dict(STAMP.rows()), "year": year}) is None


@pytest.mark.parametrize("figures", [{}, {"表三.上年结转.自然人": "2", "表三.上年结转.总计": "2"}])
def test_the_figures_that_a_workbook_came_with_are_remembered(figures: dict[str, str]) -> None:
    assert read_carried(dict([carried_row(figures)])) == figures


def test_an_older_workbook_remembers_none() -> None:
    assert read_carried(dict(STAMP.rows())) is None
