"""Reads OpenDocument spreadsheets from their XML."""

from __future__ import annotations

import pytest

from generator.readers.document import Unreadable
from generator.readers.sheet import read
from tests.readers.samples import LIMITS, grids, rules, table, texts
from tests.readers.sheet_samples import ods


def cell(text: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}>{f'<text:p>{text}</text:p>' if text else ''}</table:table-cell>"


def row(cells: str, attributes: str = "", repeat: int = 1) -> str:
    return f'<table:table-row {attributes} table:number-rows-repeated="{repeat}">{cells}</table:table-row>'


def test_ods_repeats_and_exact_figures() -> None:
    twice = row(cell("22", 'table:number-columns-repeated="3" office:value-type="float" office:value="22.0"'), repeat=2)
    rounded = cell("7,730.3", 'office:value-type="float" office:value="7730.28"')
    inner = twice + row(rounded + cell("", 'table:number-columns-repeated="16000"')) + row(cell(""), repeat=1_048_000)
    (grid,) = grids(read(ods(inner), "a.ods", LIMITS))
    assert table(grid) == [["22", "22", "22"], ["22", "22", "22"], ["7730.28", "", ""]]


def test_ods_hidden_rows_repeated_to_the_end_stay_hidden() -> None:
    hidden = row(cell("内情"), 'table:visibility="collapse"', repeat=1_048_570)
    document = read(ods(row(cell("甲") + cell("1")) + hidden), "a.ods", LIMITS)
    assert (
        [table(grid) for grid in grids(document)] == [[["甲", "1"]]]
        and not texts(document)
        and "IMP-HIDDEN" in rules(document)
    )


def test_ods_repeated_without_end_is_refused() -> None:
    inner = row(cell("9", 'table:number-columns-repeated="16384"'), repeat=1_048_576)
    with pytest.raises(Unreadable, match="cells"):
        read(ods(inner), "a.ods", LIMITS)
