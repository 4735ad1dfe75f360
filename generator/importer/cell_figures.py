"""Reads one printed cell as a figure of tables.yaml, or says why it cannot be read."""

from __future__ import annotations

import re
import unicodedata

from generator.drafts.readings import Certainty, Reading, SourcePlace
from generator.finding import Message
from generator.forms.model import FormColumn
from generator.report.figure import Slip, read_figure

_MINUS = str.maketrans({"−": "-", "–": "-", "﹣": "-", "‐": "-", "—": "-", "﹢": "+"})
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_COUNTED = re.compile(r"([+-]?(?:0|[1-9]\d{0,14})(?:\.\d{1,8})?)(亿元|万元|元|件|项|条|笔|次|个|宗|份|起|例|篇|人)?")
_UNREAD = Message("不是一个数", "not a figure")
_COMMAS = Message("去掉了千分位逗号", "thousands separators were removed")
_GUESSED = Message("原文件的单元格边界是推断的", "the cell borders of the file were inferred")


def plain(text: str) -> str:
    """Normalise widths and minus signs, and take spaces out."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text[:200]).translate(_MINUS))


def looks_like_figure(text: str) -> bool:
    """Tell whether a cell is a figure, a blank or a mark for not applicable, so no label."""
    figure = plain(text)
    return not figure or figure in _MARKS or bool(_COUNTED.fullmatch(figure) or _THOUSANDS.fullmatch(figure))


_MARKS = frozenset({"/", "-", "--", "N/A", "不适用"})


def read_cell(text: str, column: FormColumn, spot: SourcePlace, uncertain: bool = False) -> Reading:
    """Read one cell's text in a column of the form. `uncertain`: the reader of the file guessed the cell's borders."""
    raw = " ".join(text.split())[:120]
    reading = _read(plain(text), raw, column, spot)
    if uncertain and reading.certainty is Certainty.CERTAIN:
        return reading._replace(certainty=Certainty.INFERRED, why=_GUESSED)
    return reading


def _read(text: str, raw: str, column: FormColumn, spot: SourcePlace) -> Reading:
    if not text:
        return Reading("", "", Certainty.CERTAIN, spot)
    if text in _MARKS:
        return Reading("/", raw, Certainty.CERTAIN, spot)
    if not isinstance(read_figure(text, True, column), Slip) and text not in ("~", "null", "空"):
        return Reading(text, raw, Certainty.CERTAIN, spot)
    if _THOUSANDS.fullmatch(text):
        return _inferred(text.replace(",", ""), raw, column, spot, _COMMAS)
    counted = _COUNTED.fullmatch(text)
    if counted and counted[2]:
        return _with_unit(counted[1], counted[2], raw, column, spot)
    return Reading("", raw, Certainty.UNDECIDED, spot, _UNREAD)


def _with_unit(number: str, unit: str, raw: str, column: FormColumn, spot: SourcePlace) -> Reading:
    """Read a figure with a unit: the column's own unit is dropped, amounts in another unit are not converted."""
    money = unit.endswith("元")
    if unit == column.unit or (not money and not column.decimal):
        why = Message(f"去掉了格内的单位“{unit}”", f"the unit “{unit}” was removed")
        return _inferred(number, raw, column, spot, why)
    if column.unit:
        zh = f"单位“{unit}”与表头的“{column.unit}”不同，未折算"
        why = Message(zh, f"the unit “{unit}” differs from the column's “{column.unit}”; not converted")
    else:
        why = Message(f"单位“{unit}”不是元或万元，未填入", f"the unit “{unit}” is neither 元 nor 万元; not filled in")
    return Reading("", raw, Certainty.UNDECIDED, spot, why)


def _inferred(number: str, raw: str, column: FormColumn, spot: SourcePlace, why: Message) -> Reading:
    if isinstance(read_figure(number, True, column), Slip):
        return Reading("", raw, Certainty.UNDECIDED, spot, _UNREAD)
    return Reading(number, raw, Certainty.INFERRED, spot, why)
