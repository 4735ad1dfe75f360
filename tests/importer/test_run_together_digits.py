"""Digits of several cells that run together."""

from __future__ import annotations

import pytest

from generator.drafts.readings import Reading, SourcePlace
from generator.importer.run_together_digits import Raw, split
from tests.importer.samples import table


def row(year: int, name: str, key: str, raw: str) -> list[Reading]:
    one = table(year, name)
    first, count = one.row_ranges[key]
    readings = split(one, {key: Raw(raw, SourcePlace())})
    return [readings[index] for index in range(first, first + count)]


@pytest.mark.parametrize(
    ("name", "key", "raw", "read", "certainty"),
    [
        ("t3", "本年新收", "0000000", "0 0 0 0 0 0 0", "certain"),
        ("t3", "本年新收", "4000004", "4 0 0 0 0 0 4", "inferred"),
        ("t3", "本年新收", "31000031", "31 0 0 0 0 0 31", None),  # 3 + 1 + 31 … as well
        ("t3", "本年新收", "160 02 0 018", "16 0 0 2 0 0 18", "inferred"),
        ("t3", "本年新收", "5 0 0 0 0 0 5", "5 0 0 0 0 0 5", "certain"),
        ("t3", "本年新收", "4000005", "", "undecided"),  # no split fulfils the sum
        ("t3", "本年新收", "", "", "undecided"),
        ("t2", "行政规范性文件", "693665", "", "undecided"),  # nothing proves a split
        ("t2", "行政规范性文件", "007", "0 0 7", "inferred"),  # three digits for three cells
        ("t2", "行政许可", "2293", "2293", "certain"),  # one cell
        ("t2", "行政事业性收费", "24252.311082", "24252.311082", "certain"),
        ("t4", "件数", "10203120001200000", "1 0 2 0 3 12 0 0 0 12 0 0 0 0 0", "inferred"),
    ],
)
def test_rows(name: str, key: str, raw: str, read: str, certainty: str | None) -> None:
    readings = row(2021, name, key, raw)
    if certainty is not None:
        assert {reading.certainty.value for reading in readings} == {certainty}
    if readings[0].certainty.value != "undecided":
        assert " ".join(reading.text for reading in readings) == read
    else:
        assert all(reading.text == "" and reading.raw == raw and reading.why for reading in readings)


def test_a_negative_glued_to_the_figure_before_it() -> None:
    assert [r.text for r in row(2020, "t2", "行政事业性收费", "35-15")] == ["35", "-15"]
    glued = row(2020, "t2", "行政处罚", "2648-18538")
    assert all(reading.text == "" and reading.raw == "2648-18538" for reading in glued)  # -18 and 538, or -1 and 8538?


def test_an_amount_with_its_unit() -> None:
    assert [r.text for r in row(2020, "t2", "政府集中采购", "00元")] == ["0", "0元"]
    assert all(r.text == "" for r in row(2020, "t2", "政府集中采购", "39573802895.90元"))


def test_sums_across_rows_choose_where_the_rows_own_sum_does_not() -> None:
    """示例: 220000022 is 22,…,22 or 2,20,…,22; the column of natural persons tells."""
    one = table(2021, "t3")
    zeros = {key: Raw("0000000", SourcePlace()) for key in one.row_ranges}
    both = {
        "本年新收": Raw("22 0 0 0 0 0 22", SourcePlace()),
        "予以公开": Raw("220000022", SourcePlace()),
        "总计": Raw("22 0 0 0 0 0 22", SourcePlace()),
    }
    first = one.row_ranges["予以公开"][0]
    alone = split(one, {"予以公开": both["予以公开"]})
    assert alone[first].certainty.value == "undecided"
    proven = split(one, {**zeros, **both})
    assert [proven[first + n].text for n in range(7)] == ["22", "0", "0", "0", "0", "0", "22"]
    assert proven[first].certainty.value == "inferred"


@pytest.mark.slow
@pytest.mark.parametrize("raw", ["1" * 140, "0" * 500, "12345678901234567890" * 3, "/" * 9, "-" * 40, "1.5" * 20])
def test_long_runs_end_soon_and_undecided(raw: str) -> None:
    assert {reading.certainty.value for reading in row(2021, "t3", "本年新收", raw)} == {"undecided"}
