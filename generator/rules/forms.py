"""Checks which form a report uses, and that it adds no rows to it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.report.entry import LoadedReport
from generator.rules.rule import Rule, at_line


def wrong_form(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """报告应使用报告年度施行的格式。依据：国办公开办函〔2021〕30号（2021年度起）、〔2019〕60号（2019、2020年度）。
    新报告改用本年度的格式；已公开的报告用错了格式的，在 tables.yaml 写明“格式: 格式编号”，照原样登载，再接受这一项。
    各地在全国格式之外自设的表（如福建省的情况表）不在此列。
    没有写“格式”、或写错了而各行明显属于另一格式的，也在此说明，并先按那一格式读。
    例：2022年度的报告仍用2019年的表。
    ---
    A report uses the form in force for its year. One published on another form says so (格式: id) and is shown as
    published."""
    report, origin = entry.report, entry.report.origin
    if report.form.local or (not origin.guessed and origin.named in ("", origin.due.id if origin.due else "")):
        return
    used = f"{report.form.id}（{report.form.document}）"
    due = f"{origin.due.id}（{origin.due.document}）" if origin.due else ""
    zh = f"{report.year}年度应使用格式 {due}" if due else f"{report.year}年度没有对应的法定格式"
    en = f"the form for {report.year} is {due}" if due else f"no form governs {report.year}"
    if origin.guessed and origin.named:
        zh = f"“格式”写的是 {origin.named}，各行却与 {used} 一致：请改正“格式”"
        en = f"“格式” says {origin.named}, but the rows are those of {used}: correct “格式”"
    elif origin.guessed:
        zh = f"各行与格式 {used} 一致；{zh}。原报告确是如此的，请写明“格式: {report.form.id}”；否则请照本年度格式填"
        en = (
            f"the rows are those of {used}; {en}. "
            f"If published so, write “格式: {report.form.id}”; else use the form for the year"
        )
    else:
        zh, en = f"报告使用的是格式 {used}；{zh}", f"the report uses the form {used}; {en}"
    line, column, used_id, level = origin.line, origin.column, report.form.id, Level.ERROR
    yield at_line(entry, "tables.yaml", line, column, "STR-FORM-YEAR", level, Message(zh, en), used_id, used_id)


def extra_rows(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """法定表不得增行（如小计、法人小计）。依据：国办公开办函〔2019〕60号、〔2021〕30号所附表格。
    增加的行照原样登载，但不计入任何勾稽关系。2014—2018年的统计表允许各地增加统计指标，不在此列。
    改法：删去增加的行；已公开的报告可以接受。
    ---
    The statutory tables take no further rows. Added rows are shown as published and are part of no identity."""
    if entry.report.form.extensible:
        return
    for row in entry.report.origin.added:
        message = Message(
            f"{row.table}增加了格式之外的一行“{row.label}”",
            f"{row.table} has a row that is not part of the form: “{row.label}”",
        )
        name = f"{row.table}.{row.key}"
        yield at_line(entry, "tables.yaml", row.line, row.column, "STR-EXTRA", Level.ERROR, message, name)


RULES = (Rule("STR-FORM-YEAR", wrong_form), Rule("STR-EXTRA", extra_rows))
