"""Columns of the narrative's tables are as wide as their texts ask for."""

from __future__ import annotations

import pytest

from generator.website.downloads.free_widths import free_widths
from generator.website.downloads.narrative_blocks import Cell, FreeGrid, Run
from generator.website.downloads.page_style import TEXT_WIDTH


def grid(*rows: str) -> FreeGrid:
    head, *body = (tuple(Cell((Run(text),)) for text in row.split("|")) for row in rows)
    return FreeGrid((), head, tuple(body))


@pytest.mark.parametrize("rows", [("甲|乙",), ("项目|数量|备注", "示例项目|12|无"), ("甲",), ("长" * 200,)])
def test_short_texts_and_a_single_column_share_the_page_alike(rows: tuple[str, ...]) -> None:
    widths = free_widths(grid(*rows))
    assert len(set(widths)) == 1 and sum(widths) == pytest.approx(TEXT_WIDTH)


def test_what_is_short_stays_on_one_line_and_the_rest_goes_to_what_is_long() -> None:
    number, name, words, unit = free_widths(grid("序号|名称|内容|单位", f"100|示例事项第10项|{'长' * 60}|示例局"))
    assert number == pytest.approx((2 * 10.5 + 9) / 72 * 25.4, abs=0.01)  # its head is two characters wide
    assert number == pytest.approx(unit - (1 * 10.5) / 72 * 25.4, abs=0.02)
    assert number < name < 35 and words > 80
    assert sum((number, name, words, unit)) == pytest.approx(TEXT_WIDTH, abs=0.1)


def test_two_long_texts_share_by_their_root_and_room_to_spare_goes_to_all() -> None:
    first, second, third = free_widths(grid(f"甲|{'乙' * 60}|{'丙' * 240}"))
    assert first < 8 and third / second == pytest.approx(2, abs=0.05)
    wide, *others = free_widths(grid(f"{'甲' * 15}|1|2|3"))
    assert len(set(others)) == 1 and sum((wide, *others)) == pytest.approx(TEXT_WIDTH, abs=0.1)
    assert wide > 15 * 10.5 / 72 * 25.4


def test_rows_of_other_lengths_and_no_rows() -> None:
    assert len(free_widths(grid("甲|乙", "1|2|3"))) == 3
    assert free_widths(FreeGrid((), (), ())) == ()
