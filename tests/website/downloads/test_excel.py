"""The workbook: numbers are numbers, printed as published; nothing is a formula."""

from __future__ import annotations

import io
import zipfile

import pytest

from generator.finding import Message
from generator.website.downloads.excel import as_printed, number_of
from generator.website.downloads.materials import NotMade
from generator.website.downloads.office_files import Excel
from tests.example import prose, tables
from tests.website.downloads.samples import ORGAN, WORDS, loaded, rich


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


@pytest.mark.parametrize(
    ("text", "number", "printed"),
    [
        ("7", 7, 7),
        ("-82", -82, -82),
        ("2.5", 2.5, 2.5),
        ("2.50", 2.5, None),
        ("185.00", 185, None),
        ("999999999999999", 999999999999999, 999999999999999),
        ("0.000001", 0.000001, None),  # printed as 1E-06
    ],
)
def test_a_figure_is_a_number_where_that_prints_as_published(text: str, number: float, printed: float | None) -> None:
    assert (number_of(text), as_printed(text)) == (number, printed)


@pytest.mark.parametrize("text", ["", "/", "16284万元", "1234567890123456"])
def test_what_is_no_number_or_too_long_for_one_stays_a_text(text: str) -> None:
    assert number_of(text) is None


def test_no_cell_is_a_formula() -> None:
    evil = prose(2021).replace("示例引言。", "=1+1 示例引言。")
    made = parts(Excel().data(loaded(2021, text=evil), ORGAN, WORDS))
    assert not any("<f>" in xml or "<f " in xml for xml in made.values())
    assert "=1+1 示例引言。" in made["xl/sharedStrings.xml"]


def test_the_same_report_gives_the_same_bytes_with_a_day_of_its_own() -> None:
    first, second = Excel().data(rich(), ORGAN, WORDS), Excel().data(rich(), ORGAN, WORDS)
    assert first == second and "2022-01-20T00:00:00Z" in parts(first)["docProps/core.xml"]
    assert "1980-01-01T00:00:00Z" in parts(Excel().data(loaded(), ORGAN, WORDS))["docProps/core.xml"]


def test_heads_repeat_in_print_and_stay_on_screen() -> None:
    made = parts(Excel().data(loaded(), ORGAN, WORDS))
    assert "表三!$1:$3" in made["xl/workbook.xml"] and 'ySplit="3"' in made["xl/worksheets/sheet3.xml"]
    assert 'fitToHeight="0"' in made["xl/worksheets/sheet3.xml"] and 'paperSize="9"' in made["xl/worksheets/sheet3.xml"]


def test_a_paragraph_longer_than_a_cell_holds_is_said_and_not_cut() -> None:
    long = loaded(2021, tables(2021), prose(2021).replace("示例引言。", "\n".join(["字" * 9000] * 4), 1))
    with pytest.raises(NotMade) as error:
        Excel().data(long, ORGAN, WORDS)
    assert isinstance(error.value.said, Message) and "32767" in error.value.said.zh
