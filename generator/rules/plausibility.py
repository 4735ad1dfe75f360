"""Finds figures the law or common sense rules out, or makes unlikely, by comparing those of one report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import cycle
from operator import gt
from typing import cast

from generator.collection.context import Context
from generator.collection.settings import Organ
from generator.finding import Finding, Level, Message, counted
from generator.report.entry import LoadedReport
from generator.report.figure import Value
from generator.report.model import Report
from generator.rules.fees import given
from generator.rules.figures import ReportCell, at_spot, figure, row_spots, row_values, spots, values
from generator.rules.powers import collects_for_others, makes_rules_above, rule_making_power
from generator.rules.rule import Rule, at_cell

_FEE_LIMITS = {"区": 100_000, "县": 100_000, "县级市": 100_000, "部门": 1_000, "镇": 1_000, "乡": 1_000, "街道": 1_000}


def _nonzero(cells: tuple[ReportCell, ...]) -> Iterator[ReportCell]:
    return (spot for spot in cells if spot.number)


def _nonzero_cells(report: Report, role: str) -> Iterator[ReportCell]:
    """Returns the cells of a role that hold a figure other than 0; built only where the values show one."""
    return _nonzero(spots(report, role) if any(values(report, role)) else ())


def _nonzero_in_rows(report: Report, role: str) -> Iterator[ReportCell]:
    return _nonzero(row_spots(report, role) if any(row_values(report, role)) else ())


def _cases(entry: LoadedReport) -> Decimal | None:
    """Adds up reviews and lawsuits."""
    review, suits = figure(entry.report, "review_total"), figure(entry.report, "suits_total")
    return None if review is None or suits is None else review + suits


def _requests(entry: LoadedReport) -> Decimal | None:
    """Adds up the requests of the year: new and carried in."""
    new, carried = figure(entry.report, "received"), figure(entry.report, "carried_in")
    return None if new is None or carried is None else new + carried


def rule_making(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """没有规章制定权的机关，规章一行只能是0或“/”。
    规章只由国务院部门和省、自治区、直辖市、设区的市、自治州人民政府制定；县（市、区）、镇街和它们的部门都没有。
    政府的办公厅（室）报的是本级政府的规章，看本级政府有没有制定权；有制定权的政府的部门填了数，作警告，请核对是否本级政府的规章。
    有制定权的机关，规章一行不能不印：没有发生填0。
    依据：《立法法》第九十一条、第九十三条。改法：把文件归入规范性文件一行。
    ---
    The row 规章 (rules) is 0 or “/” for bodies without rule-making power: counties, districts, towns and their
    departments have none (Legislation Law, articles 91 and 93); a body that has it may not leave the row out. An office
    of a government reports that government's rules; for a department of a government that makes rules it is a warning.
    Count the document as a normative document instead."""
    organ = context.organs.get(entry.ref.organ)
    power = rule_making_power(entry.ref.organ, context.organs)
    if organ is not None and power:
        yield from _left_out(entry, organ)
    if organ is None or power is not False:
        return
    above = makes_rules_above(organ.id, context.organs)
    level = Level.WARNING if above else Level.ERROR
    zh, en = (f"；是{above}的规章吗？", f"; are these rules of {above}?") if above else ("", "")
    for spot in _nonzero_in_rows(entry.report, "rules"):
        message = Message(
            f"{spot.name} 是{spot.text}：{organ.name}（{organ.level}）没有规章制定权，此格应为0或“/”{zh}",
            f"{spot.name} is {spot.text}: {organ.name} has no rule-making power; expected 0 or “/”{en}",
        )
        yield at_spot(entry, spot, "T2-RULES-POWER", level, message, spot.text)


def _left_out(entry: LoadedReport, organ: Organ) -> Iterator[Finding]:
    """Tells that a body with rule-making power leaves the row of its rules out."""
    for sheet in entry.report.sheets:
        for index, slot in enumerate(sheet.table.slots):
            key = slot.row.key
            if slot.row.slash and key in sheet.absent and index == sheet.table.row_ranges[key][0]:
                message = Message(
                    f"{sheet.table.key}没有{key}一行：{organ.name}（{organ.level}）有规章制定权，请补上（没有发生填0）",
                    f"{sheet.table.key} has no row {key}: {organ.name} has rule-making power; add it (0 where none)",
                )
                yield replace(
                    at_cell(entry, sheet, index, "T2-RULES-POWER", Level.ERROR, message),
                    subject=f"{sheet.table.key}.{key}",
                )


def above_total(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """表三每列：任何一种办理结果都不大于（七）总计。
    ---
    Table 三, every column: no result exceeds （七） 总计."""
    totals = row_values(entry.report, "handled_total")
    if not _may_exceed(row_values(entry.report, "results"), totals):
        return
    for number, (value, total) in enumerate(zip(row_values(entry.report, "results"), cycle(totals), strict=False)):
        if value is not total and isinstance(value, Decimal) and isinstance(total, Decimal) and value > total:
            spot = row_spots(entry.report, "results")[number]
            above = row_spots(entry.report, "handled_total")[number % len(totals)]
            message = Message(
                f"{spot.name} 是{spot.text}，大于 {above.name} 的{above.text}",
                f"{spot.name} is {spot.text}, above {above.name}, {above.text}",
            )
            yield at_spot(entry, spot, "T3-CAP", Level.NOTE, message, f"{spot.text} > {above.text}")


def _may_exceed(values: Sequence[Value], totals: Sequence[Value]) -> bool:
    """Compares values fast; a blank among them does not compare, and asks for a closer look."""
    try:
        return any(map(gt, cast("Sequence[Decimal]", values), cycle(cast("Sequence[Decimal]", totals))))
    except TypeError:
        return True


def zero_state(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """本年新收与上年结转都是0时，表三的办理结果、总计和结转下年度也应全是0。
    改法：核对收到的申请数，或删去办理结果中的数。
    ---
    When nothing was received and nothing carried in, all other cells of table 三 are 0 as well."""
    if _requests(entry) != 0:
        return
    for role in ("results", "handled_total", "carried_out"):
        for spot in _nonzero_in_rows(entry.report, role):
            message = Message(
                f"没有新收也没有结转的申请，{spot.name} 却是{spot.text}",
                f"nothing received or carried in, yet {spot.name} is {spot.text}",
            )
            yield at_spot(entry, spot, "T3-ZEROSTATE", Level.ERROR, message, spot.text)


def open_only(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """申请全部“予以公开”，表四却有行政复议或行政诉讼：可能是以前年度的案件，请核对并在正文说明。
    ---
    Every request was granted in full, yet table 四 shows reviews or lawsuits: older cases? Check, and say so."""
    disclosed, handled, cases = figure(entry.report, "disclosed"), figure(entry.report, "handled_total"), _cases(entry)
    if not disclosed or disclosed != handled or not cases:
        return
    message = Message(
        f"{handled}件申请全部予以公开，表四却有行政复议和诉讼{cases}件；是否为以前年度的案件？请核对并在总体情况中说明",
        f"all requests ({handled}) were granted, yet table 四 shows {counted(cases, 'case')}; "
        "from earlier years? Check and say so",
    )
    spot = spots(entry.report, "disclosed")[0]
    yield at_spot(entry, spot, "T3-OPENONLY", Level.WARNING, message, f"{handled} {cases}")


def massive(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """“无正当理由大量反复申请”有数，而全年新收不足30件：这一情形以数量、频次明显超过合理范围为前提（《条例》第三十五条）。
    ---
    “Excessive repeated requests” are counted in a year of fewer than 30 requests, though they presuppose unreasonable
    numbers (Regulations, article 35)."""
    new = figure(entry.report, "received")
    for spot in _nonzero_cells(entry.report, "rej_massive"):
        if new is not None and new < 30:
            message = Message(
                f"{spot.name} 是{spot.text}，而全年新收只有{new}件，请核对",
                f"{spot.name} is {spot.text} with only {new} requests received",
            )
            yield at_spot(entry, spot, "T3-MASSIVE", Level.NOTE, message, f"{spot.text} {new}")


def unpaid(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """“申请人逾期未按收费通知要求缴纳费用”有数，就应发出过收费通知：tables.yaml“信息处理费”的“发出通知”应大于0；
    没有这一项的，正文应说明发出收费通知的件数和金额。通知是上年发出的，请在正文说明后接受。
    依据：《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）。
    ---
    Requests closed for unpaid fees are counted, but 信息处理费 in tables.yaml has no fee notice or, where it is not
    given, the narrative mentions none."""
    notices = given(entry).get("notices")
    for spot in _nonzero_cells(entry.report, "oth_unpaid"):
        if notices is not None:
            if not notices.value:
                message = Message(
                    f"{spot.name} 是{spot.text}，tables.yaml 的信息处理费却写发出通知0件",
                    f"{spot.name} is {spot.text}, but tables.yaml gives no fee notice",
                )
                yield at_spot(entry, spot, "T3-UNPAID", Level.WARNING, message, f"{spot.text} 0")
        elif "收费通知" not in entry.plain.text:
            message = Message(
                f"{spot.name} 是{spot.text}，正文却没有说明收费通知的件数和金额；请补写",
                f"{spot.name} is {spot.text}, but the narrative mentions no fee notice; add it",
            )
            yield at_spot(entry, spot, "T3-UNPAID", Level.WARNING, message, spot.text)


def cases_without_requests(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """本年（和上年）没有任何申请，表四却有复议或诉讼；复议诉讼多于申请也请核对。可能是更早年度的案件。
    ---
    Table 四 shows cases in a year without requests, or more cases than requests; they may concern earlier years."""
    requests, cases = _requests(entry), _cases(entry)
    if not cases or requests is None or cases <= requests:
        return
    before = _requests(context.previous) if context.previous else None
    spot = next(iter(_nonzero((*spots(entry.report, "review_total"), *spots(entry.report, "suits_total")))))
    values = f"{cases} {requests}"
    if requests == 0 and not before:
        message = Message(
            f"没有收到申请，表四却有{cases}件复议诉讼，请核对并说明",
            f"no request was received, yet table 四 shows {counted(cases, 'case')}",
        )
        yield at_spot(entry, spot, "T4-NOTAPPLIED", Level.WARNING, message, values)
    elif requests > 0:
        message = Message(
            f"表四有{cases}件复议诉讼，多于本年新收与结转的申请{requests}件，请核对",
            f"{counted(cases, 'case')} in table 四, more than the requests ({requests})",
        )
        yield at_spot(entry, spot, "T4-RATIO", Level.WARNING, message, values)


def review_first(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """2024年起，对不予公开决定不服的，应当先申请行政复议（《行政复议法》第二十三条第一款第四项）；表四仍有“未经复议直接起诉”时提醒核对。
    ---
    Since 2024 a refusal to disclose must go to administrative review before a court (Administrative Review Law,
    article 23); check direct lawsuits again."""
    if entry.ref.year < 2024:
        return
    for spot in _nonzero_cells(entry.report, "direct_total"):
        message = Message(
            f"{spot.name} 是{spot.text}：2024年起不予公开案件须先复议，请核对是否为其他类型的案件",
            f"{spot.name} is {spot.text}: since 2024 refusals go to review first; are these other cases?",
        )
        yield at_spot(entry, spot, "T4-PRE", Level.NOTE, message, spot.text)


def fee_unit(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """行政事业性收费的金额以万元为单位；数额异常大，多半是把元填进了万元格。上限可在“规则设置”里以 T2-21-FEEUNIT 改。
    财政、税务部门代各部门收缴，数额本来就大，不查（写了上限的照查）。
    ---
    The fee amount is in 万元 (10,000 yuan); an enormous figure was probably typed in yuan. Bureaus of finance and
    taxation collect for all others and are left out, unless 规则设置 sets a limit."""
    organ = context.organs.get(entry.ref.organ)
    known = _FEE_LIMITS.get(organ.level, 0) if organ and not collects_for_others(organ.name) else 0
    limit = context.option("T2-21-FEEUNIT", known)
    for spot in spots(entry.report, "fee_amount"):
        if limit and spot.number is not None and spot.number > limit:
            message = Message(
                f"{spot.name} 是{spot.text}万元，异常大：是否以元为单位填写？",
                f"{spot.name} is {spot.text} 万元: was it typed in yuan?",
            )
            yield at_spot(entry, spot, "T2-21-FEEUNIT", Level.WARNING, message, spot.text)


def procurement(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """政府集中采购的项目数量与总金额应同时有或同时为0（2019—2020年格式）。
    ---
    Procurement: the number of projects and the amount are both zero or both above it (2019-2020 form)."""
    count, amount = figure(entry.report, "procurement_count"), figure(entry.report, "procurement_amount")
    if count is None or amount is None or (count > 0) == (amount > 0):
        return
    spot = spots(entry.report, "procurement_amount")[0]
    message = Message(
        f"采购项目{count}项、总金额{spot.text}：二者应同时有数或同时为0",
        f"{count} projects, amount {spot.text}: both must be zero or neither",
    )
    yield at_spot(entry, spot, "T2-19-PAIR", Level.WARNING, message, f"{count} {spot.text}")


def stock(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """对外公开总数量通常包含历年公开的文件；与本年新公开数量相同，或比上一年少，请核对（2019—2020年格式）。
    ---
    The total disclosed normally includes earlier years; check it where it equals this year's or is below last
    year's."""
    for kind in ("rules", "normdocs"):
        now, new = figure(entry.report, f"{kind}_stock"), figure(entry.report, f"{kind}_disclosed")
        if not now:
            continue
        spot = spots(entry.report, f"{kind}_stock")[0]
        before = figure(context.previous.report, f"{kind}_stock") if context.previous else None
        if before is not None and now < before:
            message = Message(
                f"{spot.name} 是{now}，比上一年的{before}少，请核对",
                f"{spot.name} is {now}, below last year's {before}",
            )
            yield at_spot(entry, spot, "T2-19-STOCK", Level.WARNING, message, f"{now} < {before}")
        elif now == new and before != 0:
            message = Message(
                f"{spot.name} 与本年新公开数量同为{now}：总数量通常包含历年，请核对",
                f"{spot.name} equals this year's {now}; it normally includes earlier years",
            )
            yield at_spot(entry, spot, "T2-19-STOCK", Level.WARNING, message, f"{now} = {new}")


def decimals(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """金额最多保留六位小数（以万元为单位时精确到分）。
    ---
    An amount has at most six decimals (万元 to the cent)."""
    for role in ("fee_amount", "procurement_amount"):
        for spot in _nonzero_cells(entry.report, role):
            if spot.number is not None and int(spot.number.as_tuple().exponent) < -6:
                message = Message(
                    f"{spot.name} 是{spot.text}：小数超过六位，请核对单位",
                    f"{spot.name} is {spot.text}: more than six decimals; check the unit",
                )
                yield at_spot(entry, spot, "T2-DECIMALS", Level.ERROR, message, spot.text)


RULES = (
    Rule("T2-RULES-POWER", rule_making),
    Rule("T2-DECIMALS", decimals),
    Rule("T2-19-PAIR", procurement),
    Rule("T2-19-STOCK", stock),
    Rule("T2-21-FEEUNIT", fee_unit),
    Rule("T3-CAP", above_total),
    Rule("T3-ZEROSTATE", zero_state),
    Rule("T3-OPENONLY", open_only),
    Rule("T3-MASSIVE", massive),
    Rule("T3-UNPAID", unpaid),
    Rule("T4-NOTAPPLIED", cases_without_requests, also=("T4-RATIO",)),
    Rule("T4-PRE", review_first),
)
