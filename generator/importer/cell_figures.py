"""Reads one printed cell as a figure of tables.yaml, or says why it cannot be read."""

from __future__ import annotations

import re
import unicodedata

from generator.drafts.readings import Certainty, Reading, SourcePlace
from generator.finding import Message
from generator.forms.model import FormColumn
from generator.report.figure import Slip, read_figure

# Only other shapes of the same character are folded. A raised, circled or bracketed digit is another character: it is
# a note's mark or a mistake, never a digit of the figure before it.
_SHAPES = str.maketrans("０１２３４５６７８９＋－．／，ＮＡ∕⁄−–﹣‐‑—﹘﹢", "0123456789+-./,NA//-------+")
_NOTE_MARKS = "\u2460-\u2487\u249c-\u24ff\u2776-\u2793\u3220-\u3229\u3280-\u3289¹²³⁰⁴-⁹*＊※†‡"
_NUMBER = r"[+-]?(?:0|[1-9]\d{0,14})(?:\.\d{1,8})?"
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_COUNTED = re.compile(rf"({_NUMBER})(亿元|万元|元|件|项|条|笔|次|个|宗|份|起|例|篇|人)?", re.ASCII)
_NOTED = re.compile(rf"({_NUMBER})((?:[{_NOTE_MARKS}]{{1,4}}|[\[［〔【]注?\d{{0,2}}[\]］〕】]))", re.ASCII)
_APART = re.compile(r"[\d.,]\s+[\d.,]", re.ASCII)
_ZERO_WORDS = frozenset({"无", "零", "〇"})
_MARKS = frozenset({"/", "-", "--", "N/A", "不适用"})
_UNREAD = Message("不是一个数", "not a figure")
_NOT_WHOLE = Message("这一列应为整数", "this column takes whole numbers only")
_DECIMAL = re.compile(r"[+-]?\d+\.\d+", re.ASCII)
_COMMAS = Message("去掉了千分位逗号", "thousands separators were removed")
_GUESSED = Message("原文件的单元格边界是推断的", "the cell borders of the file were inferred")
_SPACED = Message("数字之间有空格，连起来读作一个数", "digits with spaces between them, read as one figure")
_SEVERAL = Message(
    "数字之间有空格或换行，是一个数还是几个数不能确定", "spaces or line ends between the digits: one figure or several?"
)
_ONE_FIGURE = re.compile(r"[+-]?(?:\d(?: \d)+|\d{1,3}(?: \d{3})+)(?:\.\d+)?", re.ASCII)


def plain(text: str) -> str:
    """Unify full-width digits and signs, and take spaces out; no other character becomes a digit."""
    return re.sub(r"\s+", "", text[:200].translate(_SHAPES))


def looks_like_figure(text: str) -> bool:
    """Tell whether a cell is a figure, a blank or a mark for not applicable, so no label; a note's mark may follow."""
    figure = plain(text)
    known = not figure or figure in _MARKS or figure in _ZERO_WORDS or _NOTED.fullmatch(figure)
    return bool(known or _counts(figure) or _counts(unicodedata.normalize("NFKC", figure)))


def _counts(figure: str) -> bool:
    return bool(_COUNTED.fullmatch(figure) or _THOUSANDS.fullmatch(figure))


def read_cell(
    text: str,
    column: FormColumn,
    spot: SourcePlace,
    uncertain: bool = False,
    seen: str = "",
    doubt: Message | None = None,
) -> Reading:
    """Read one cell's text in a column of the form. `uncertain`: the reader of the file guessed the cell's borders;
    `seen` and `doubt` are the raw text and the doubt of a DocumentCell."""
    raw = " ".join((seen or text).split())[:120]
    reading = _read(plain(text), raw, column, spot)
    if doubt is not None:
        apart = _APART.search(text)  # figures that stand apart for a reason are not one
        return Reading("", raw, Certainty.UNDECIDED, spot, doubt) if apart else _doubted(reading, raw, doubt)
    if uncertain and reading.certainty is Certainty.CERTAIN:
        return reading._replace(certainty=Certainty.INFERRED, why=_GUESSED)
    if _APART.search(text):
        return _of_apart(text, reading, raw)
    return reading


def _of_apart(text: str, reading: Reading, raw: str) -> Reading:
    """Return a reading of figures that stand apart: one figure if only spaced out (2 2) or in groups (1 234), else it
    cannot be told; never one over a line end."""
    if "\n" in text.strip() or not _ONE_FIGURE.fullmatch(" ".join(text.translate(_SHAPES).split())):
        return Reading("", raw, Certainty.UNDECIDED, reading.spot, _SEVERAL)
    return reading._replace(certainty=Certainty.INFERRED, why=_SPACED) if reading.text else reading


def _doubted(reading: Reading, raw: str, doubt: Message) -> Reading:
    """Return a reading of a cell that shows more than its plain text: to be checked if that is a figure, else blank."""
    if reading.text in ("", "/"):
        return Reading("", raw, Certainty.UNDECIDED, reading.spot, doubt)
    return reading._replace(raw=raw, certainty=Certainty.INFERRED, why=doubt)


def _read(text: str, raw: str, column: FormColumn, spot: SourcePlace) -> Reading:
    if not text:
        return Reading("", "", Certainty.CERTAIN, spot)
    if text in _MARKS:
        return Reading("/", raw, Certainty.CERTAIN, spot)
    if text in _ZERO_WORDS:
        return _inferred("0", raw, column, spot, Message(f"“{text}”当作没有发生", f"“{text}” taken for none"))
    if not isinstance(read_figure(text, True, column), Slip) and text not in ("~", "null", "空"):
        return Reading(text, raw, Certainty.CERTAIN, spot)
    if _THOUSANDS.fullmatch(text):
        return _inferred(text.replace(",", ""), raw, column, spot, _COMMAS)
    noted = _NOTED.fullmatch(text)
    if noted:
        why = Message(
            f"数后面的“{noted[2]}”像是注号，没有算作数", f"“{noted[2]}” behind the figure is a note's mark; not taken"
        )
        return _inferred(noted[1], raw, column, spot, why)
    counted = _COUNTED.fullmatch(text)
    if counted and counted[2]:
        return _with_unit(counted[1], counted[2], raw, column, spot)
    whole = not column.decimal and _DECIMAL.fullmatch(text)
    return Reading("", raw, Certainty.UNDECIDED, spot, _NOT_WHOLE if whole else _UNREAD)


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
