"""Compares an organ's report with its own of the year before; silent where that report is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import wraps

from generator.collection.context import Context
from generator.finding import Finding, Level, Message, Place
from generator.report.entry import LoadedReport
from generator.report.model import Report
from generator.rules.figures import at_spot, figure, place_of, row_spots, row_values, spots, values
from generator.rules.rule import Rule

Compare = Callable[[LoadedReport, Report], Iterator[Finding]]


def _with_last_year(compare: Compare) -> Callable[[LoadedReport, Context], Iterator[Finding]]:
    """Makes a rule of a comparison with the year before; its findings also point there."""

    @wraps(compare)
    def check(entry: LoadedReport, context: Context) -> Iterator[Finding]:
        organ = context.organs.get(entry.ref.organ)
        if context.previous is None or (organ and organ.before and organ.since == str(entry.ref.year)):
            return  # in the year an organ takes over others, its own past is not the measure (AGG-CARRYMEMBER)
        before = context.previous.report
        for finding in compare(entry, before):
            yield finding if finding.related else replace(finding, related=(_place(before, finding.subject),))

    return check


def _place(report: Report, name: str) -> Place:
    table, index = report.form.by_name.get(name, ("", 0))
    sheet = next((sheet for sheet in report.sheets if sheet.table.id == table), None)
    return report.place(sheet, index) if sheet else Place(report.file)


@_with_last_year
def carried_over(entry: LoadedReport, before: Report) -> Iterator[Finding]:
    """上年结转 = 上一年度报告的结转下年度继续办理（逐列；总计不符为错误，单列不符为警告）。
    改法：核对两年的表三；申请人类别重新认定的，接受并写明原因。
    ---
    Carried in = carried out in last year's report, column by column (the total is an error, a single column a
    warning)."""
    if entry.report.form is before.form and row_values(entry.report, "carried_in") == row_values(before, "carried_out"):
        return
    old = {spot.sheet.table.slots[spot.slot].column.key: spot for spot in row_spots(before, "carried_out")}
    total_name = entry.report.form.role("carried_in")
    for spot in row_spots(entry.report, "carried_in"):
        last = old.get(spot.sheet.table.slots[spot.slot].column.key)
        now, then = spot.number, last.number if last else None
        if last is None or now is None or then is None or now == then:
            continue
        message = Message(
            f"{spot.name} 是{now}，上一年度报告的 {last.name} 是{then}：两者应相等",
            f"{spot.name} is {now}, but last year's {last.name} was {then}: they should be equal",
        )
        level = Level.ERROR if spot.name in total_name else Level.WARNING
        finding = at_spot(entry, spot, "T3-YOY-CARRY", level, message, f"{now} ≠ {then}")
        yield replace(finding, related=(place_of(before, last),))


@_with_last_year
def items(entry: LoadedReport, before: Report) -> Iterator[Finding]:
    """上一年项目数量 = 上一年度报告的（上一年项目数量 + 本年增/减）（2019—2020年格式）。
    ---
    Last year's items = last year's report: its items before plus its change (2019-2020 form)."""
    pairs = zip(spots(before, "items_before"), spots(before, "items_change"), strict=True)
    for spot, (base, change) in zip(spots(entry.report, "items_before"), pairs, strict=False):
        now, start, moved = spot.number, base.number, change.number
        if now is None or start is None or moved is None or now == start + moved:
            continue
        formula = f"{start} + {moved} = {start + moved}".replace("+ -", "- ")
        message = Message(
            f"{spot.name} 是{now}，按上一年度报告应为 {formula}",
            f"{spot.name} is {now}; by last year's report it is {formula}",
        )
        yield at_spot(entry, spot, "T2-19-YOY", Level.WARNING, message, f"{now} ≠ {start + moved}")


@_with_last_year
def in_force(entry: LoadedReport, before: Report) -> Iterator[Finding]:
    """现行有效件数 = 上一年度的现行有效件数 + 本年制发件数 - 本年废止件数（2021年格式）。
    文件自然失效、宣布失效不计入废止的，会有合理差异：请核对，属实则接受并写明原因。
    ---
    Documents in force = last year's + made - repealed (2021 form). Expiry that is not counted as repeal may explain
    a difference: check, and accept with the reason."""
    for kind in ("rules", "normdocs"):
        old = figure(before, f"{kind}_valid")
        now, made, repealed = (figure(entry.report, f"{kind}_{part}") for part in ("valid", "made", "repealed"))
        if old is None or now is None or made is None or repealed is None:
            continue
        expected = old + made - repealed
        if now == expected:
            continue
        spot, formula, gap = spots(entry.report, f"{kind}_valid")[0], f"{old} + {made} - {repealed}", now - expected
        message = Message(
            f"{spot.name} 是{now}，按上一年度报告应为 {formula} = {expected}，相差{gap}",
            f"{spot.name} is {now}; by last year's report it is {formula} = {expected}, difference {gap}",
        )
        yield at_spot(entry, spot, "T2-21-VALID", Level.WARNING, message, f"{now} ≠ {expected}")


def document_flow(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """本年制发件数 ≤ 现行有效件数 + 本年废止件数；本年废止件数 ≤ 上一年度现行有效件数 + 本年制发件数（2021年格式）。
    ---
    Made ≤ in force + repealed; repealed ≤ last year's in force + made (2021 form)."""
    for kind in ("rules", "normdocs"):
        now, made, repealed = (figure(entry.report, f"{kind}_{part}") for part in ("valid", "made", "repealed"))
        if now is None or made is None or repealed is None:
            continue
        if made > now + repealed:
            spot = spots(entry.report, f"{kind}_made")[0]
            message = Message(
                f"{spot.name} 是{made}，多于现行有效{now}与废止{repealed}之和；请核对",
                f"{spot.name} is {made}, above in force {now} + repealed {repealed}; check them",
            )
            yield at_spot(entry, spot, "T2-21-LE", Level.WARNING, message, f"{made} > {now} + {repealed}")
        before = context.previous.report if context.previous else None
        old = figure(before, f"{kind}_valid") if before else None
        if before and old is not None and repealed > old + made:
            spot = spots(entry.report, f"{kind}_repealed")[0]
            message = Message(
                f"{spot.name} 是{repealed}，多于上一年有效{old}与本年制发{made}之和；请核对",
                f"{spot.name} is {repealed}, above last year's {old} + made {made}; check them",
            )
            finding = at_spot(entry, spot, "T2-21-LE", Level.WARNING, message, f"{repealed} > {old} + {made}")
            yield replace(finding, related=(_place(before, before.form.role(f"{kind}_valid")[0]),))


@_with_last_year
def cumulative(entry: LoadedReport, before: Report) -> Iterator[Finding]:
    """历年累计 = 上一年度报告的历年累计 + 本年度（地方自设的统计表，逐行）。
    改法：核对两年的表；以前漏报、口径变了的，接受并写明原因。
    ---
    The sum of all years = last year's sum + this year (lists of one province, row by row)."""
    old = {spot.sheet.table.slots[spot.slot].row.key: spot for spot in spots(before, "cumulative")}
    for spot, year in zip(spots(entry.report, "cumulative"), spots(entry.report, "counted"), strict=True):
        last = old.get(spot.sheet.table.slots[spot.slot].row.key)
        now, counted, then = spot.number, year.number, last.number if last else None
        if last is None or now is None or counted is None or then is None or now == then + counted:
            continue
        formula = f"{then} + {counted} = {then + counted}"
        message = Message(
            f"{spot.name} 是{now}，按上一年度报告应为 {formula}",
            f"{spot.name} is {now}; by last year's report it is {formula}",
        )
        finding = at_spot(entry, spot, "A-YOY-CUM", Level.WARNING, message, f"{now} ≠ {then + counted}")
        yield replace(finding, related=(place_of(before, last),))


_JUMP = 10
_JUMP_FROM = 100


@_with_last_year
def jump(entry: LoadedReport, before: Report) -> Iterator[Finding]:
    """表二的数与上一年相差十倍以上，或在0与100以上之间跳变：提示核对单位和口径。
    ---
    A figure of table 二 changed more than tenfold, or between 0 and 100 or more: check units and scope."""
    for role in ("license_decisions", "penalty_decisions", "coercion_decisions", "fee_amount", "normdocs_valid"):
        now, then = figure(entry.report, role), figure(before, role)
        if now is None or then is None:
            continue
        low, high = sorted((now, then))
        if high >= _JUMP_FROM and low * _JUMP < high:
            spot = spots(entry.report, role)[0]
            message = Message(
                f"{spot.name} 从上一年的{then}变为{now}，变化很大，请核对单位和口径",
                f"{spot.name} went from {then} to {now}; check unit and scope",
            )
            finding = at_spot(entry, spot, "T2-JUMP", Level.NOTE, message, f"{then} {now}")
            yield replace(finding, related=(place_of(before, spots(before, role)[0]),))


@_with_last_year
def cases_go_on(entry: LoadedReport, before: Report) -> Iterator[Finding]:
    """上一年尚未审结的案件，本年应以审结或仍未审结出现；复议后起诉不多于两年内审结的复议。统计口径未见官方说明，只作提示。
    ---
    Cases pending last year reappear this year; lawsuits after review are no more than the reviews closed in the two
    years. The counting basis is not published, so these are notes."""
    if any(values(before, "pending")):
        yield from _reappear(entry, before)
    after, closed, closed_before = figure(entry.report, "after_total"), _closed(entry.report), _closed(before)
    if after is not None and closed is not None and closed_before is not None and after > closed + closed_before:
        spot = spots(entry.report, "after_total")[0]
        message = Message(
            f"{spot.name} 是{after}，多于本年和上年审结的复议{closed + closed_before}件；请核对",
            f"{spot.name} is {after}, above the {closed + closed_before} reviews closed; check them",
        )
        yield at_spot(entry, spot, "T4-AFTER-LE", Level.NOTE, message, f"{after} > {closed + closed_before}")


def _reappear(entry: LoadedReport, before: Report) -> Iterator[Finding]:
    """Notes kinds of cases of which there are fewer than were pending last year."""
    totals = (*spots(entry.report, "review_total"), *spots(entry.report, "suits_total"))
    for spot, pending in zip(totals, spots(before, "pending"), strict=False):
        now, then = spot.number, pending.number
        if now is not None and then is not None and now < then:
            message = Message(
                f"{spot.name} 是{now}，上一年尚未审结的有{then}件，应在本年出现",
                f"{spot.name} is {now}, but {then} were pending last year",
            )
            yield at_spot(entry, spot, "T4-YOY-PEND", Level.NOTE, message, f"{now} < {then}")


def _closed(report: Report) -> Decimal | None:
    """Returns the reviews closed in the year: all but those pending."""
    total, pending = figure(report, "review_total"), values(report, "pending")[:1]
    return total - pending[0] if total is not None and pending and isinstance(pending[0], Decimal) else None


RULES = (
    Rule("T3-YOY-CARRY", carried_over),
    Rule("T2-19-YOY", items),
    Rule("T2-21-VALID", in_force),
    Rule("T2-21-LE", document_flow),
    Rule("A-YOY-CUM", cumulative),
    Rule("T2-JUMP", jump),
    Rule("T4-YOY-PEND", cases_go_on, also=("T4-AFTER-LE",)),
)
