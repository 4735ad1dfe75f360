"""One printed figure: what reads as a number, as blank, as not applicable; what does not, and why."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.forms.model import FormColumn
from generator.report.figure import NA, Slip, Value, read_figure

COUNT = FormColumn("本年制发件数", (), unit="件")
MONEY = FormColumn("本年收费金额", (), unit="万元", decimal=True)
AMOUNT = FormColumn("采购总金额", (), unit_in_cell=True)


@pytest.mark.parametrize("text", ["", "~", "null", "空"])
def test_a_blank_is_not_zero_and_only_a_plain_one_is_blank(text: str) -> None:
    assert read_figure(text, True, COUNT) == (None, "", "")
    assert isinstance(read_figure(text, False, COUNT), Slip)


@pytest.mark.parametrize("text", ["/", "-", "—", "--", "不适用", "N/A"])
@pytest.mark.parametrize("plain", [True, False])
def test_not_applicable_is_printed_as_a_slash(text: str, plain: bool) -> None:
    assert read_figure(text, plain, COUNT) == (NA, "/", "")


@pytest.mark.parametrize(
    ("text", "column", "value", "unit"),
    [
        ("0", COUNT, Decimal(0), "件"),
        ("22", COUNT, Decimal(22), "件"),
        ("-3", COUNT, Decimal(-3), "件"),
        ("+4", COUNT, Decimal(4), "件"),
        ("1.50", MONEY, Decimal("1.5"), "万元"),
        ("16284万元", AMOUNT, Decimal(16284), "万元"),
        ("0.5元", AMOUNT, Decimal("0.5"), "元"),
        ("12", AMOUNT, Decimal(12), ""),
    ],
)
def test_a_number_keeps_its_printed_text_and_its_unit(text: str, column: FormColumn, value: Value, unit: str) -> None:
    assert read_figure(text, True, column) == (value, text, unit)


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("1.5", "FIG-NUMBER", "应为整数"),
        ("22件", "FIG-NUMBER", "不是数"),
        ("16284万元", "FIG-NUMBER", "不是数"),
        ("1e3", "FIG-NUMBER", "不是数"),
        (" 1", "FIG-NUMBER", "不是数"),
        ("1，024", "FIG-COMMA", "全角逗号"),
        ("12、0", "FIG-COMMA", "顿号"),
        ("１２", "FIG-FULLWIDTH", "请改为半角“12”"),
        ("－１２", "FIG-FULLWIDTH", "请改为半角“-12”"),
        ("②", "FIG-NUMBER", "不是数"),
        ("12²", "FIG-NUMBER", "不是数"),
        ("0533", "FIG-ZERO", "请写“533”"),
        ("-07", "FIG-ZERO", "请写“-7”"),
        ("+070", "FIG-ZERO", "请写“70”"),
        ("-00", "FIG-ZERO", "请写“0”"),
        ("0" * 18, "FIG-ZERO", "请写“0”"),
        ("0" + "1" * 17, "FIG-ZERO", "请写“1111"),
        ("1,024", "FIG-THOUSANDS", "请写“1024”"),
        ("1_024_000", "FIG-THOUSANDS", "请写“1024000”"),
        ("12:30", "FIG-TIME", "像时间"),
        ("2021-1-29", "FIG-DATE", "是日期"),
    ],
)
def test_what_is_no_figure_says_what_to_write(text: str, rule: str, words: str) -> None:
    slip = read_figure(text, True, COUNT)
    assert isinstance(slip, Slip) and slip.rule == rule and words in slip.message.zh and text in slip.message.en


@given(st.text(max_size=20), st.booleans(), st.sampled_from([COUNT, MONEY, AMOUNT]))
def test_any_text_is_a_figure_or_a_slip(text: str, plain: bool, column: FormColumn) -> None:
    read = read_figure(text, plain, column)
    assert isinstance(read, Slip) or read[0] is None or read[0] is NA or isinstance(read[0], Decimal)


@given(st.integers(-(10**9), 10**9))
def test_every_whole_number_reads_as_itself(number: int) -> None:
    assert read_figure(str(number), True, COUNT) == (Decimal(number), str(number), "件")


@pytest.mark.parametrize("digits", [19, 40, 5_001])
def test_a_figure_that_no_report_can_have_is_refused_in_few_words(digits: int) -> None:
    for text in ("9" * digits, "0." + "3" * (digits - 1), "９" * digits):
        slip = read_figure(text, True, COUNT)
        assert isinstance(slip, Slip) and slip.rule == "FIG-NUMBER"
        assert f"有{digits}位数字，最多18位" in slip.message.zh and len(slip.message.zh) < 100
    assert read_figure("9" * 18, True, COUNT) == (Decimal("9" * 18), "9" * 18, "件")
