"""One printed cell → what tables.yaml takes for it, or why that cannot be said."""

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
_GUESSED = Message("原文件的单元格边界是推断的", "the file's cell borders were inferred")


def plain(text: str) -> str:
    """Widths, minus signs and spaces unified; what a cell shows and nothing else."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text[:200]).translate(_MINUS))


def looks_like_figure(text: str) -> bool:
    """A figure, a blank or a mark for not applicable; never a label."""
    said = plain(text)
    return not said or said in _MARKS or _COUNTED.fullmatch(said) is not None or _THOUSANDS.fullmatch(said) is not None


_MARKS = frozenset({"/", "-", "--", "N/A", "不适用"})


def read_cell(text: str, column: FormColumn, spot: SourcePlace, uncertain: bool = False) -> Reading:
    """The reading of one cell's text in a column of the form."""
    raw = " ".join(text.split())[:120]
    said = plain(text)
    reading = _read(said, raw, column, spot)
    if uncertain and reading.certainty is Certainty.CERTAIN:
        return reading._replace(certainty=Certainty.INFERRED, why=_GUESSED)
    return reading


def _read(said: str, raw: str, column: FormColumn, spot: SourcePlace) -> Reading:
    if not said:
        return Reading("", "", Certainty.CERTAIN, spot)
    if said in _MARKS:
        return Reading("/", raw, Certainty.CERTAIN, spot)
    if not isinstance(read_figure(said, True, column), Slip) and said not in ("~", "null", "空"):
        return Reading(said, raw, Certainty.CERTAIN, spot)
    if _THOUSANDS.fullmatch(said):
        return _inferred(
            said.replace(",", ""), raw, column, spot, Message("去掉了千分位逗号", "thousands commas were taken out")
        )
    counted = _COUNTED.fullmatch(said)
    if counted and counted[2]:
        return _with_unit(counted[1], counted[2], raw, column, spot)
    return Reading("", raw, Certainty.UNDECIDED, spot, _UNREAD)


def _with_unit(number: str, unit: str, raw: str, column: FormColumn, spot: SourcePlace) -> Reading:
    """A figure with a unit in a cell whose column has one already: the same unit says nothing new."""
    money = unit.endswith("元")
    if unit == column.unit or (not money and not column.decimal):
        return _inferred(
            number, raw, column, spot, Message(f"去掉了格内的单位“{unit}”", f"the unit “{unit}” was taken off")
        )
    zh = f"单位“{unit}”与表头的“{column.unit}”不同，未折算" if column.unit else f"单位“{unit}”不是元或万元，未填入"
    return Reading(
        "", raw, Certainty.UNDECIDED, spot, Message(zh, f"unit “{unit}” is not the column's “{column.unit}”")
    )


def _inferred(number: str, raw: str, column: FormColumn, spot: SourcePlace, why: Message) -> Reading:
    if isinstance(read_figure(number, True, column), Slip):
        return Reading("", raw, Certainty.UNDECIDED, spot, _UNREAD)
    return Reading(number, raw, Certainty.INFERRED, spot, why)
