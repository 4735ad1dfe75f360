"""Works out what number formats make of numbers."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.readers.sheet_formats import (
    BUILT_IN,
    Look,
    Seen,
    days_since_zero,
    look_of_number,
    look_of_text,
    moment,
    same_figure,
)


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("General", "22", "22"),
        ("G/通用格式", "7730.28", "7730.28"),
        ("#,##0", "12345", "12,345"),
        ("0_ ", "22", "22"),
        ("0_);(0)", "22", "22"),
        ("0_);(0)", "-22", "(22)"),
        ("0.00", "22", "22.00"),
        ("0", "22.6", "23"),
        ("0,", "12345", "12"),
        ("0.0,,", "12345678", "12.3"),
        ("0!.0,", "12345", "1.2"),
        ('0!.0,"万"', "12345", "1.2万"),
        ('0"万"', "22", "22万"),
        ('"约"0', "22", "约22"),
        ("0%", "0.22", "22%"),
        ("[Red]0", "22", "22"),
        ("[$￥-804]#,##0", "1234", "￥1,234"),
        ('[>=10000]0!.0,"万";0', "12345", "1.2万"),
        ('[>=10000]0!.0,"万";0', "22", "22"),
        (";;;", "22", ""),
        ("0;-0;;@", "0", ""),
        ("#,###", "0", ""),
        (BUILT_IN[41], "0", "-"),
        ("000", "22", "022"),
        ("@", "22", "22"),
    ],
)
def test_a_number_is_shown_as_excel_shows_it(code: str, number: str, shown: str) -> None:
    assert look_of_number(code, Decimal(number)) == Look(Seen.TEXT, shown)


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("yyyy/m/d", Seen.DATE),
        ('m"月"d"日"', Seen.DATE),
        ("mmm", Seen.DATE),
        (BUILT_IN[57], Seen.DATE),
        ("[h]:mm", Seen.TIME),
        ("上午/下午h", Seen.TIME),
        ("[DBNum1]General", Seen.UNKNOWN),
        ("# ?/?", Seen.UNKNOWN),
        ("0.00E+00", Seen.UNKNOWN),
    ],
)
def test_dates_and_what_is_not_worked_out_are_recognised(code: str, seen: Seen) -> None:
    assert look_of_number(code, Decimal(22)) == Look(seen)


@pytest.mark.parametrize(
    ("code", "shown"),
    [("@", "22"), ('@"件"', "22件"), ('0;0;0;"约"@', "约22"), (";;;", ""), ("0.00", "22"), ("yyyy/m/d", "22")],
)
def test_a_text_is_shown_by_the_section_for_texts(code: str, shown: str) -> None:
    assert look_of_text(code, "22") == shown


@pytest.mark.parametrize("shown", ["22", "22.00", " 22 ", "22.", "2 2"])
def test_blanks_and_decimals_of_zero_do_not_make_another_figure(shown: str) -> None:
    assert same_figure(shown, Decimal(22))


@pytest.mark.parametrize("shown", ["", "022", "23", "22万", "2.2", "-22", "２２", "NaN", "22%"])
def test_anything_else_is_another_figure_or_none(shown: str) -> None:
    assert not same_figure(shown, Decimal(22))


def test_dates_count_from_1900_with_excels_leap_day() -> None:
    assert moment(Decimal(22)) == "1900-01-22"
    assert moment(Decimal("45678.5")) == "2025-01-21 12:00"
    assert moment(Decimal(-1)) == "" and moment(Decimal(10**9)) == ""


@given(st.dates())
def test_days_are_counted_as_python_counts_them(date: datetime.date) -> None:
    days = (date - datetime.date(1899, 12, 30)).days
    assert days_since_zero(date.isoformat()) == days
    assert days_since_zero(date.isoformat(), "1904-01-01") == days - 1462
    assert (60 <= days < 2_958_466 and moment(Decimal(days)) == date.isoformat()) or not 60 <= days < 2_958_466


@pytest.mark.parametrize("date", ["", "1900-13-01", "1900-01-00", "26/01/25", "１９００-01-01"])
def test_what_is_no_date_has_no_days(date: str) -> None:
    assert days_since_zero(date) is None


CODES = st.text(st.sampled_from('0#?.,%@;"[]\\!_*/E+-ymdhs万件 $<>=1General'), max_size=30)


@given(CODES, st.decimals(-(10**20), 10**20, allow_nan=False, places=6))
def test_any_format_and_number_give_a_look(code: str, number: Decimal) -> None:
    look = look_of_number(code, number)
    assert look.seen is Seen.TEXT or look.text == ""
    assert isinstance(look_of_text(code, "22"), str)


@given(st.integers(0, 10**9), st.sampled_from(["0", "#,##0", "0.00", "#,##0.00_ ", "0_);[Red](0)", "_ * #,##0_ "]))
def test_formats_of_separators_blanks_and_decimals_show_the_number_itself(number: int, code: str) -> None:
    assert same_figure(look_of_number(code, Decimal(number)).text, Decimal(number))


@given(st.integers(1, 10**9), st.sampled_from(["0,", "0!.0,", "0%", '0"万"', '"约"0', "0.0,,", "0‰", '0"."0']))
def test_formats_that_scale_or_add_words_never_show_the_number_itself(number: int, code: str) -> None:
    assert not same_figure(look_of_number(code, Decimal(number)).text, Decimal(number))
