"""Works out what a placeholder prints: a cell, an indicator, a statement, or what is derived from them.

The syntax is in `placeholder_syntax`. Rounding is half up. What cannot be computed is a Slip with its reason: no report
of last year, a blank operand, a division by zero, two forms that do not count the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.finding import Message, did_you_mean
from generator.forms.equivalents import counterparts, group
from generator.forms.model import Form
from generator.forms.sections import RequiredSentence
from generator.narrative import numerals
from generator.narrative.numerals import plain, rounded
from generator.report import placeholder_syntax
from generator.report.figure import NA, Slip
from generator.report.model import Report
from generator.report.placeholder_syntax import COMPARING, Expression, Filter, Operand


class PrintedPlaceholder(NamedTuple):
    """Holds what a placeholder prints, and the same as a plain number ("" where it is none)."""

    text: str
    value: str


class _Amount(NamedTuple):
    """Holds a figure to be printed: the words before it (增加), the number, its unit and what is printed of that."""

    number: Decimal
    unit: str
    prefix: str = ""
    suffix: str = ""
    only_words: bool = False


def show(key: str, report: Report, previous: Report | None) -> PrintedPlaceholder | Slip:
    """Work out what a placeholder prints; `previous` is the same organ's report of the year before."""
    figure = report.figure(key)
    if figure is not None:
        value, text = figure
        if text:
            return PrintedPlaceholder(text, "" if value is NA else str(value))
        return _blank(key)
    if report.form.statement and key == report.form.statement.key:
        return _sentence(report.form.statement, report)
    if not placeholder_syntax.is_derived(key):
        return unknown(key)
    parsed = placeholder_syntax.parse(key)
    if isinstance(parsed, placeholder_syntax.SyntaxSlip):
        return Slip("BIND-SYNTAX", parsed.message)
    amount = _amount(parsed, report, previous)
    return amount if isinstance(amount, Slip) else _print(amount, parsed.filters)


def _sentence(statement: RequiredSentence, report: Report) -> PrintedPlaceholder | Slip:
    """Fill the figures into the sentence of the form's statement; a Slip names one that is missing."""
    sentence = statement.sentence
    for item in statement.figures:
        name = f"{statement.key}.{item.key}"
        text = (report.figure(name) or (None, ""))[1]
        if not text:
            return Slip(
                "BIND-BLANK",
                Message(
                    f"“{name}”还没有填：在 tables.yaml 的“{statement.key}”里填上，没有发生填0",
                    f"“{name}” is missing: add it under {statement.key} in tables.yaml, 0 for none",
                ),
            )
        sentence = sentence.replace(f"{{{item.key}}}", text)
    return PrintedPlaceholder(sentence, "")


def _blank(name: str) -> Slip:
    return Slip("BIND-BLANK", Message(f"“{name}”在表中是空白，正文无数可用", f"“{name}” is blank in its table"))


def unknown(name: str) -> Slip:
    """Report a placeholder that names no figure."""
    return Slip("BIND-UNKNOWN", Message(f"占位“{name}”找不到对应的数", f"placeholder “{name}” names no figure"))


def nearest(name: str, report: Report) -> Slip:
    """Report an unknown placeholder with the closest name that exists; too slow for hundreds of them."""
    statement = report.form.statement
    stated = (statement.key, *(f"{statement.key}.{item.key}" for item in statement.figures)) if statement else ()
    known = [*report.form.by_name, *(f"指标.{item.name}" for item in report.indicators), *stated]
    hint, slip = did_you_mean(name, known, 0.7), unknown(name)
    return slip._replace(message=Message(slip.message.zh + hint.zh, slip.message.en + hint.en))


def _amount(parsed: Expression, report: Report, previous: Report | None) -> _Amount | Slip:
    now = _total(parsed.terms, report)
    first = parsed.filters[0] if parsed.filters else None
    if isinstance(now, Slip) or first is None or first.name not in COMPARING:
        return now
    if first.name == "占":
        return _share(now, _total(first.terms, report))
    before = _before(parsed.terms, report, previous)
    if isinstance(before, Slip):
        return before
    if first.name == "上年":
        shares = [item for item in parsed.filters if item.name == "占"]
        if shares:
            return _share(before, _before(shares[0].terms, report, previous))
        return before
    return _change(now, before) if first.name == "较上年" else _growth(now, before)


def _share(part: _Amount, total: _Amount | Slip) -> _Amount | Slip:
    if isinstance(total, Slip):
        return total
    if not total.number:
        return Slip(
            "BIND-ZERO",
            Message(
                "占比的总数是0，算不出占比：请改写这句话", "a share of 0 cannot be computed: word the sentence anew"
            ),
        )
    return _Amount(part.number * 100 / total.number, "%", suffix="%")


def _change(now: _Amount, before: _Amount) -> _Amount:
    gap = now.number - before.number
    if not gap:
        return _Amount(gap, "", "持平", only_words=True)
    return _Amount(abs(gap), now.unit, "增加" if gap > 0 else "减少", now.unit)


def _growth(now: _Amount, before: _Amount) -> _Amount | Slip:
    gap = now.number - before.number
    if not gap:
        return _Amount(gap, "", "持平", only_words=True)
    if not before.number:
        return Slip(
            "BIND-ZERO",
            Message("上年是0，算不出增长百分比；请改用“较上年”", "last year is 0: no percentage; use 较上年"),
        )
    return _Amount(abs(gap) * 100 / before.number, "%", "增长" if gap > 0 else "下降", "%")


def _total(terms: Sequence[Operand], report: Report) -> _Amount | Slip:
    total, unit = Decimal(0), ""
    for term in terms:
        for name in _names(term, report.form):
            amount = _single(name, report)
            if isinstance(amount, Slip):
                return amount
            if unit and amount.unit and amount.unit != unit:
                zh = f"“{name}”的单位是{amount.unit}，与前面的{unit}不同，不能相加"
                return Slip("BIND-UNIT", Message(zh, f"“{name}” is in {amount.unit}, not {unit}: cannot add them"))
            unit = unit or amount.unit
            total += term.sign * amount.number
    return _Amount(total, unit)


def _names(term: Operand, form: Form) -> tuple[str, ...]:
    return (group(form, term.name) or (term.name,)) if term.group else (term.name,)


def _single(name: str, report: Report) -> _Amount | Slip:
    figure = report.figure(name)
    if figure is None:
        return unknown(name)
    value, _ = figure
    if value is None:
        return _blank(name)
    if not isinstance(value, Decimal):
        zh, en = f"“{name}”是“/”（不适用），不能计算", f"“{name}” is “/” (not applicable): cannot compute with it"
        return Slip("BIND-BLANK", Message(zh, en))
    return _Amount(value, unit_of(name, report))


def unit_of(name: str, report: Report) -> str:
    """Return the unit a figure is counted in, "" where none is declared."""
    if name.startswith("指标."):
        return next((item.unit for item in report.indicators if item.name == name.removeprefix("指标.")), "")
    stated = report.form.statement.find(name) if report.form.statement else None
    if stated:
        return stated.unit
    table, index = report.form.by_name[name]
    sheet = next((sheet for sheet in report.sheets if sheet.table.id == table), None)
    return sheet.units[index] or sheet.table.slots[index].column.unit if sheet else ""


def _before(terms: Sequence[Operand], report: Report, previous: Report | None) -> _Amount | Slip:
    """Return the same sum in last year's report; a Slip where the two forms do not count the same."""
    if previous is None:
        folder = f"{report.year - 1}/{report.organ}"
        zh = f"要用上年的数，但没有上年的报告“{folder}”；请补上，或在正文中直接写数"
        en = f"last year's figure is needed, but there is no report “{folder}”; add it, or write the figure as text"
        return Slip("BIND-LASTYEAR", Message(zh, en))
    if previous.form is report.form:
        return _total(terms, previous)
    mapped: list[Operand] = []
    for term in terms:
        names = _names(term, report.form)
        same = counterparts(report.form, previous.form, names)
        if not same:
            zh = f"“{term.name}”在{previous.year}年的格式中没有含义相同的数，两年不可比"
            en = f"the form for {previous.year} has no figure with the meaning of “{term.name}”: not comparable"
            return Slip("BIND-FORM", Message(zh, en))
        mapped += (Operand(term.sign, name, False, term.at) for name in same)
    return _total(mapped, previous)


def _print(amount: _Amount, filters: Sequence[Filter]) -> PrintedPlaceholder | Slip:
    if amount.only_words:
        return PrintedPlaceholder(amount.prefix, "0")
    by_name = {item.name: item for item in filters}
    money = by_name.get("万元") or by_name.get("元")
    if money:
        converted = _converted(amount, money)
        if isinstance(converted, Slip):
            return converted
        amount = converted
    number = amount.number
    if "位" in by_name:
        number = rounded(number, by_name["位"].digits)
    elif amount.unit == "%":
        number = rounded(number, 2)
    text = f"{number:f}" if "位" in by_name else plain(number)
    if "汉字" in by_name:
        text = numerals.write(number)
    elif "千分位" in by_name:
        text = f"{Decimal(text):,f}"
    value = plain(-number if amount.prefix in ("减少", "下降") else number)
    return PrintedPlaceholder(amount.prefix + text + amount.suffix, value)


def _converted(amount: _Amount, money: Filter) -> _Amount | Slip:
    """Convert an amount of money to 元 or 万元, its unit printed."""
    if amount.unit not in ("元", "万元"):
        unit = f"单位是{amount.unit}" if amount.unit else "没有单位"
        zh, en = f"此数{unit}，不能换算成{money.name}", f"not an amount of money: cannot convert it to {money.name}"
        return Slip("BIND-SYNTAX", placeholder_syntax.wrong(money.at, zh, en).message)
    number = amount.number * (10000 if amount.unit == "万元" else 1) / (10000 if money.name == "万元" else 1)
    return amount._replace(number=number, unit=money.name, suffix=money.name)
