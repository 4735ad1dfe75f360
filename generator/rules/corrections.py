"""Checks the corrections of published figures (更正) against the figures as they are now."""

from __future__ import annotations

from collections.abc import Iterator

from generator.collection.context import Context
from generator.finding import Finding, Level, Message, did_you_mean
from generator.report.entry import DRAFT, LoadedReport
from generator.rules.rule import Rule, at_line


def corrected_figures(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """更正说明里的“更正为”应当就是表里现在的数；同一处更正过几次的，看最后一次。
    改法：先改表里的数，再照着写“更正为”；空白写 ~。
    例：更正为 23，表里仍是 22；更正日期早于发文日期；写有更正（已经公开）的报告又成了“状态: 草稿”，它的网页会撤下。
    ---
    What a correction says a figure became is what the table has now; of several at one place the last counts. A report
    with corrections is public: as a draft it would leave the site."""
    report = entry.report
    yield from _too_early(entry)
    yield from _of_a_draft(entry)
    for correction in {item.name: item for item in report.corrections}.values():
        found = report.figure(correction.name)
        if found is None:
            names = [*report.form.by_name, *(f"指标.{item.name}" for item in report.indicators)]
            hint = did_you_mean(correction.name, names)
            rule = "CORR-PLACE"
            message = Message(
                f"更正的位置“{correction.name}”没有这个数{hint.zh}",
                f"there is no figure “{correction.name}” to correct{hint.en}",
            )
        elif found[1] != correction.new:
            rule = "CORR-VALUE"
            message = Message(
                f"更正说明写“{correction.name}”更正为“{correction.new or '空白'}”，表里是“{found[1] or '空白'}”",
                f"“{correction.name}” is said to be corrected to “{correction.new or 'blank'}”, the table has "
                f"“{found[1] or 'blank'}”",
            )
        else:
            continue
        line, column, name = correction.line, correction.column, correction.name
        values = found[1] if found else ""
        yield at_line(entry, "tables.yaml", line, column, rule, Level.ERROR, message, name, values)


def _of_a_draft(entry: LoadedReport) -> Iterator[Finding]:
    """Finds a report that is public, since it has corrections, and would leave the site as a draft."""
    if entry.ref.withheld == DRAFT and entry.report.corrections:
        first = entry.report.corrections[0]
        message = Message(
            "报告写有更正，应是已经公开的，又标着“状态: 草稿”：它的网页会从网站上撤下；"
            "没有公开过的删去更正，公开过的删去“状态: 草稿”",
            "the report has corrections, so it is public, and is marked as a draft: its page would leave the site; "
            "delete the corrections if it never was public, otherwise delete 状态: 草稿",
        )
        yield at_line(entry, "tables.yaml", first.line, first.column, "CORR-DRAFT", Level.WARNING, message, first.name)


def _too_early(entry: LoadedReport) -> Iterator[Finding]:
    """Finds corrections of a day before the report was published."""
    for item in entry.report.corrections:
        if item.date < entry.report.published:
            message = Message(
                f"更正日期 {item.date} 早于发文日期 {entry.report.published}：公布以前的改动不用写更正",
                f"the correction is of {item.date}, before the report was published on {entry.report.published}: what "
                "changes before needs no correction",
            )
            values = f"{item.date} {entry.report.published}"
            place = ("tables.yaml", item.line, item.column)
            yield at_line(entry, *place, "CORR-DATE", Level.ERROR, message, item.name, values)


RULES = (Rule("CORR-VALUE", corrected_figures, also=("CORR-PLACE", "CORR-DATE", "CORR-DRAFT")),)
