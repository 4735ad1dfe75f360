"""Names of cells as Excel writes them."""

from __future__ import annotations

import pytest

from generator.workbook.cell_names import address, letters


@pytest.mark.parametrize(
    ("column", "name"),
    [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")],
)
def test_letters_of_a_column(column: int, name: str) -> None:
    assert letters(column) == name


def test_an_address_counts_rows_from_one() -> None:
    assert (address(6, 2), address(0, 0), address(1_048_575, 16_383)) == ("C7", "A1", "XFD1048576")
