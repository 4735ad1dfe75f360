"""Parses one printed figure into a Decimal, None (printed blank) or NA ("/"): never a string, and blank is not zero."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from generator import limits
from generator.finding import Message
from generator.forms.model import FormColumn


class NotApplicable(Enum):
    """Stands for a figure printed as "/" (不适用)."""

    NA = "/"


NA = NotApplicable.NA
Value = Decimal | None | NotApplicable
# (value, text as printed, unit)
Read = tuple[Value, str, str]

BLANKS = frozenset({"", "~", "null", "空"})
_NOT_APPLICABLE = frozenset({"/", "-", "—", "--", "不适用", "N/A"})
_NUMBER = re.compile(r"[+-]?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)
_WIDE_DIGITS = re.compile("[-+.0-9０-９．＋－]+")
_AMOUNT = re.compile(r"((?:0|[1-9]\d*)(?:\.\d+)?)(元|万元)", re.ASCII)


class Slip(NamedTuple):
    """Says why a cell is not a figure."""

    rule: str
    message: Message


@lru_cache(maxsize=2048)
def read_figure(text: str, plain: bool, column: FormColumn) -> Read | Slip:
    """Parse a cell as typed into (value, text as printed, unit); a Slip says why it is not a figure."""
    if plain and text in BLANKS:
        return None, "", ""
    if text in _NOT_APPLICABLE:
        return NA, "/", ""
    if len(text) > limits.DIGITS and (digits := sum(map(str.isdigit, text))) > limits.DIGITS:
        return _too_long(text, digits)
    if _NUMBER.fullmatch(text):
        if "." in text and not column.decimal:
            return Slip("FIG-NUMBER", Message(f"“{text}”应为整数", f"“{text}” must be a whole number"))
        return Decimal(text), text, "" if column.unit_in_cell else column.unit
    amount = _AMOUNT.fullmatch(text)
    if amount and column.unit_in_cell:
        return Decimal(amount[1]), text, amount[2]
    return _slip(text)


def _too_long(text: str, digits: int) -> Slip:
    """Refuse a figure that no report can have, before anything is computed with it."""
    return Slip(
        "FIG-NUMBER",
        Message(
            f"“{text[:30]}…”有{digits}位数字，最多{limits.DIGITS}位；是不是几个数连在了一起？",
            f"“{text[:30]}…” has {digits} digits, {limits.DIGITS} at most; were several figures run together?",
        ),
    )


def _slip(text: str) -> Slip:
    rule, zh, en = _explain(text)
    return Slip(rule, Message(f"“{text}”{zh}", f"“{text}” {en}"))


def _explain(text: str) -> tuple[str, str, str]:
    """Say why a cell is not a figure, guessing what the clerk meant: the rule, the message in Chinese and English."""
    half_width = unicodedata.normalize("NFKC", text)
    if "，" in text or "、" in text:
        zh = "里是全角逗号或顿号，几个数被当成了一个；请改成半角逗号"
        return "FIG-COMMA", zh, "has a full-width comma, so several figures are read as one; use a half-width comma"
    if _WIDE_DIGITS.fullmatch(text) and _NUMBER.fullmatch(half_width):  # not ② or ²: nobody knows what they stand for
        return (
            "FIG-FULLWIDTH",
            f"是全角数字，请改为半角“{half_width}”",
            f"is in full-width digits; write “{half_width}”",
        )
    if re.fullmatch(r"[+-]?0\d+", text, re.ASCII):
        digits = text.lstrip("+-0") or "0"  # not int(), which refuses more than 4,300 digits
        number = f"-{digits}" if text[0] == "-" and digits != "0" else digits
        return "FIG-ZERO", f"以0开头，请写“{number}”", f"has a leading zero; write “{number}”"
    if re.fullmatch(r"\d{1,3}([,_' ]\d{3})+", text, re.ASCII):
        digits = re.sub(r"\D", "", text)
        return "FIG-THOUSANDS", f"有千分位分隔符，请写“{digits}”", f"has thousands separators; write “{digits}”"
    if re.fullmatch(r"\d+:\d+(:\d+)?", text, re.ASCII):
        return "FIG-TIME", "像时间，不是数", "looks like a time, not a figure"
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", text, re.ASCII):
        return "FIG-DATE", "是日期，不是数", "is a date, not a figure"
    zh = "不是数；应为整数、~（空白）或 /（不适用）"
    return "FIG-NUMBER", zh, "is not a figure; expected a whole number, ~ (blank) or / (not applicable)"
