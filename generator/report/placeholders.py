"""What a placeholder prints: a cell, an indicator, a statement, or what is derived from them (placeholder_syntax.py).

Rounding is half up. What cannot be told is a slip with its reason: last year missing, a blank operand, a division by
zero, two forms that do not mean the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.finding import Message, did_you_mean
from generator.forms.equivalents import counterparts, group
from generator.forms.model import Form, RequiredSentence
from generator.narrative import numerals
from generator.narrative.numerals import plain, rounded
from generator.report import placeholder_syntax
from generator.report.figure import NA, Slip
from generator.report.model import Report
from generator.report.placeholder_syntax import COMPARING, Expression, Filter, Operand


class PrintedPlaceholder(NamedTuple):
    """What a placeholder prints, and that as a plain number ("" where it is none)."""

    text: str
    value: str


class _Amount(NamedTuple):
    """A figure on its way to print: words before it (增加), the number, its unit and whether that prints."""

    number: Decimal
    unit: str
    prefix: str = ""
    suffix: str = ""
    only_words: bool = False


def show(key: str, report: Report, previous: Report | None) -> PrintedPlaceholder | Slip:
    """What a placeholder prints in a report; `previous` is the same organ's report of the year before."""
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
    """The statement in words, once all its figures are there."""
    said = statement.sentence
    for item in statement.figures:
        name = f"{statement.key}.{item.key}"
        text = (report.figure(name) or (None, ""))[1]
        if not text:
            return Slip(
                "BIND-BLANK",
                Message(
                    f"“{name}”还没有填：在 tables.yaml 的“{statement.key}”里填上，没有发生填0",
                    f"“{name}” is not given: fill it in under {statement.key} in tables.yaml, 0 for none",
                ),
            )
        said = said.replace(f"{{{item.key}}}", text)
    return PrintedPlaceholder(said, "")


def _blank(name: str) -> Slip:
    return Slip("BIND-BLANK", Message(f"“{name}”在表中是空白，正文无数可用", f"“{name}” is blank in its table"))


def unknown(name: str) -> Slip:
    return Slip("BIND-UNKNOWN", Message(f"占位“{name}”找不到对应的数", f"placeholder “{name}” names no figure"))


def nearest(name: str, report: Report) -> Slip:
    """`unknown`, with the nearest name that there is; not for hundreds of them, the search is slow."""
    statement = report.form.statement
    stated = (statement.key, *(f"{statement.key}.{item.key}" for item in statement.figures)) if statement else ()
    known = [*report.form.by_name, *(f"指标.{item.name}" for item in report.indicators), *stated]
    hint, plainly = did_you_mean(name, known, 0.7), unknown(name)
    return plainly._replace(message=Message(plainly.message.zh + hint.zh, plainly.message.en + hint.en))


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


def _share(part: _Amount, whole: _Amount | Slip) -> _Amount | Slip:
    if isinstance(whole, Slip):
        return whole
    if not whole.number:
        return Slip("BIND-ZERO", Message("占比的总数是0，算不出占比", "a share of 0 cannot be computed"))
    return _Amount(part.number * 100 / whole.number, "%", suffix="%")


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
            read = _one(name, report)
            if isinstance(read, Slip):
                return read
            if unit and read.unit and read.unit != unit:
                return Slip(
                    "BIND-UNIT",
                    Message(
                        f"“{name}”的单位是{read.unit}，与前面的{unit}不同，不能相加",
                        f"“{name}” is in {read.unit}, not {unit}: no sum",
                    ),
                )
            unit = unit or read.unit
            total += term.sign * read.number
    return _Amount(total, unit)


def _names(term: Operand, form: Form) -> tuple[str, ...]:
    return (group(form, term.name) or (term.name,)) if term.group else (term.name,)


def _one(name: str, report: Report) -> _Amount | Slip:
    figure = report.figure(name)
    if figure is None:
        return unknown(name)
    if not isinstance(figure[0], Decimal):
        return (
            _blank(name)
            if figure[0] is None
            else Slip(
                "BIND-BLANK",
                Message(f"“{name}”是“/”（不适用），不能计算", f"“{name}” is “/” (not applicable): nothing to compute"),
            )
        )
    return _Amount(figure[0], unit_of(name, report))


def unit_of(name: str, report: Report) -> str:
    """The unit a figure is counted in, "" where none is declared."""
    if name.startswith("指标."):
        return next((item.unit for item in report.indicators if item.name == name.removeprefix("指标.")), "")
    stating = report.form.statement.find(name) if report.form.statement else None
    if stating:
        return stating.unit
    table, index = report.form.by_name[name]
    return next(
        (
            sheet.units[index] or sheet.table.slots[index].column.unit
            for sheet in report.sheets
            if sheet.table.id == table
        ),
        "",
    )


def _before(terms: Sequence[Operand], report: Report, previous: Report | None) -> _Amount | Slip:
    """The same sum in last year's report, where the two forms mean the same by it."""
    if previous is None:
        folder = f"{report.year - 1}/{report.organ}"
        return Slip(
            "BIND-LASTYEAR",
            Message(
                f"要用上年的数，但没有上年的报告“{folder}”；请补上，或在正文中直接写数",
                f"last year's figure is asked for, but there is no report “{folder}”",
            ),
        )
    if previous.form is report.form:
        return _total(terms, previous)
    mapped: list[Operand] = []
    for term in terms:
        names = _names(term, report.form)
        same = counterparts(report.form, previous.form, names)
        if not same:
            return Slip(
                "BIND-FORM",
                Message(
                    f"“{term.name}”在{previous.year}年的格式中没有含义相同的数，两年不可比",
                    f"the form of {previous.year} has no figure that means what “{term.name}” does: not comparable",
                ),
            )
        mapped += (Operand(term.sign, name, False, term.at) for name in same)
    return _total(mapped, previous)


def _print(amount: _Amount, filters: Sequence[Filter]) -> PrintedPlaceholder | Slip:
    if amount.only_words:
        return PrintedPlaceholder(amount.prefix, "0")
    asked = {item.name: item for item in filters}
    money = asked.get("万元") or asked.get("元")
    if money:
        converted = _converted(amount, money)
        if isinstance(converted, Slip):
            return converted
        amount = converted
    number = amount.number
    if "位" in asked:
        number = rounded(number, asked["位"].digits)
    elif amount.unit == "%":
        number = rounded(number, 2)
    fixed = f"{number:f}" if "位" in asked else plain(number)
    text = numerals.write(number) if "汉字" in asked else f"{Decimal(fixed):,f}" if "千分位" in asked else fixed
    return PrintedPlaceholder(
        amount.prefix + text + amount.suffix, plain(-number if amount.prefix in ("减少", "下降") else number)
    )


def _converted(amount: _Amount, money: Filter) -> _Amount | Slip:
    """An amount in 元 or 万元, its unit printed."""
    if amount.unit not in ("元", "万元"):
        unit = f"单位是{amount.unit}" if amount.unit else "没有单位"
        wrong = placeholder_syntax.wrong(
            money.at, f"此数{unit}，不能换算成{money.name}", f"this figure is not an amount of money: no {money.name}"
        )
        return Slip("BIND-SYNTAX", wrong.message)
    number = amount.number * (10000 if amount.unit == "万元" else 1) / (10000 if money.name == "万元" else 1)
    return amount._replace(number=number, unit=money.name, suffix=money.name)
