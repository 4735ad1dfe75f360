"""Compares a district's report with the sums (汇总) of the reports of the organs below it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.collection.context import Context
from generator.collection.facts import CollectionFacts, ParentFigures, ReportFacts, facts_by_year
from generator.collection.rollup import Difference, UnitReport, UnitStatus, complete, differences, units
from generator.collection.settings import Organ
from generator.finding import Finding, Level, Message, Place, counted
from generator.forms.model import Form
from generator.narrative.numerals import plain
from generator.report.model import address
from generator.rules.rule import CollectionRule, of_report

_ORGANS = "organs.yaml"


def _parents(
    facts: CollectionFacts, context: Context
) -> Iterator[tuple[ReportFacts, list[UnitReport], dict[str, ReportFacts]]]:
    """Yields each report whose organ has registered units: the report, those units, and the year's reports by organ."""
    years = facts_by_year(facts.reports)
    for report in facts.reports:
        if (report.year, report.organ) in facts.parents:
            peers = years[report.year]
            below = units(context.organs, report.organ, report.year, peers, context.excused, context.originals)
            yield report, below, peers


def coverage(facts: CollectionFacts, context: Context) -> Iterator[Finding]:
    """登记在册、当年存续的每个下级机关都有当年的报告，或在 organs.yaml 的“未报告”里写明原因。
    依据：《政府信息公开条例》第四十九条。改法：补上报告；机关已撤销的填“止”；确无报告的写入“未报告”并说明原因。
    下级报告一份也没有收入时只作提示：无从汇总核对。
    ---
    Every registered unit of the year has a report, or is listed under 未报告 in organs.yaml with the reason
    (Regulations, article 49). Where none of their reports is here, a note only: there is nothing to add up."""
    absent = (UnitStatus.MISSING, UnitStatus.UNFILLED, UnitStatus.ORIGINAL)
    for report, units_below, _ in _parents(facts, context):
        below = [unit for unit in units_below if (report.year, unit.organ.id) not in facts.unread]
        if below and all(unit.state in absent for unit in below):
            message = Message(
                f"{report.year}年：{len(below)}个下级机关的报告都未收入，不作汇总核对",
                f"{report.year}: no report of its {counted(len(below), 'unit')} is here; nothing is added up",
            )
            yield of_report(report, Place(_ORGANS), "AGG-COVER", Level.NOTE, message, "全部下级机关")
            continue
        for unit in below:
            if unit.state in absent:
                yield _uncovered(report, unit, (report.year, unit.organ.id) in facts.withheld)


def _uncovered(report: ReportFacts, unit: UnitReport, withheld: bool) -> Finding:
    name, zh, en = unit.organ.name, "", ""
    if withheld:
        message = Message(
            f"{report.year}年“{name}”的报告还是草稿，或暂缓发布：不作汇总核对",
            f"{report.year}: the report of “{name}” is a draft or held back; nothing is added up",
        )
        return of_report(report, Place(_ORGANS, unit.organ.line, 5), "AGG-COVER", Level.NOTE, message, name)
    if unit.state is UnitStatus.UNFILLED:
        message = Message(
            f"{report.year}年“{name}”的报告还没有填数：请填好，或在“未报告”中写明原因",
            f"{report.year}: the report of “{name}” is not filled in; fill it in, or give the reason under 未报告",
        )
        return of_report(report, Place(_ORGANS, unit.organ.line, 5), "AGG-COVER", Level.ERROR, message, name)
    if unit.state is UnitStatus.ORIGINAL:
        zh, en = "，原页面有报告但未收入", "; its original page exists, but its report is not here"
    message = Message(
        f"{report.year}年缺少“{name}”的报告{zh}：请补上，或在“未报告”中写明原因",
        f"{report.year}: no report of “{name}”{en}; add it, or give the reason under 未报告",
    )
    return of_report(report, Place(_ORGANS, unit.organ.line, 5), "AGG-COVER", Level.ERROR, message, name)


def formats(facts: CollectionFacts, context: Context) -> Iterator[Finding]:
    """下级机关与上级使用同一年度格式，否则无法逐格汇总。
    ---
    Units use the same form as the organ above them; reports on other forms cannot be added up."""
    for parent, below, peers in _parents(facts, context):
        for unit in below:
            report = peers.get(unit.organ.id)
            if report is not None and report.form != parent.form:
                name = unit.organ.name
                message = Message(
                    f"“{name}”用的格式是{report.form}，上级用的是{parent.form}",
                    f"“{name}” uses {report.form}, the organ above it {parent.form}",
                )
                place = Place(f"{report.folder}/tables.yaml")
                yield of_report(report, place, "AGG-FORMAT", Level.ERROR, message, parent.form)


def cells(facts: CollectionFacts, context: Context) -> Iterator[Finding]:
    """每个可加的格：上级的数 = 各下级之和。项目数量（清单共用）不汇总；
    金额按元比较，各单位四舍五入的差（每家0.005万元）不算。
    下级有缺报或空白时无法判断，不报错。表四同一案件可能由政府和部门各报一次，属实则接受并写明原因。
    ---
    In every additive cell the district's figure = the sum of its units'. Shared item catalogues are not added; amounts
    are compared in yuan, with 0.005 万元 a unit for rounding. Silent where a report is missing or a cell blank."""
    for report, below, _ in _parents(facts, context):
        form = context.forms.get(report.form)
        totals = facts.unit_totals.get((report.year, report.organ, report.form))
        if form and totals and complete(below):
            figures = facts.parents[report.year, report.organ]
            for difference in differences(figures, totals, form):
                yield _differs(report, figures, difference, totals.units, form)


def _differs(report: ReportFacts, figures: ParentFigures, difference: Difference, number: int, form: Form) -> Finding:
    slot, text = difference.slot, figures.texts[difference.at]
    table = next(table for table in form.tables if slot in table.slots)
    added, gap = plain(difference.added), plain(difference.own - difference.added)
    unit = "元" if slot.column.unit_in_cell else ""
    zh = f"{slot.name} 是{text}，{number}个下级机关之和是{added}{unit}，相差{gap}{unit}"
    en = f"{slot.name} is {text}, {counted(number, 'unit')} below: {added}{unit} in all, difference {gap}{unit}"
    if slot.name in form.role("review_total") + form.role("suits_total"):
        zh, en = f"{zh}；同一案件是否由政府和部门各报了一次？", f"{en}; was a case counted by both?"
    values, place = f"{plain(difference.own)} ≠ {added}", figures.place(difference.at)
    cell = (address(table, slot),)
    return of_report(report, place, "AGG-CELL", Level.ERROR, Message(zh, en), slot.name, values, cell)


def twice(facts: CollectionFacts, context: Context) -> Iterator[Finding]:
    """同一年度存续的两个机关用同一名称或统一社会信用代码登记，汇总时会重复计入。
    ---
    Two organs of the same year share a name or a credit code and would be added up twice."""
    years = {report.year for report in facts.reports}
    seen: dict[str, Organ] = {}
    for organ in context.organs.values():
        for key in filter(None, (organ.name, organ.code)):
            other = seen.setdefault(key, organ)
            if other is not organ and any(organ.valid_in(year) and other.valid_in(year) for year in years):
                message = Message(
                    f"“{organ.id}”与“{other.id}”的“{key}”相同，汇总会重复计入；请改 organs.yaml",
                    f"“{organ.id}” and “{other.id}” share “{key}”; they would be added twice; mend organs.yaml",
                )
                yield Finding("AGG-DUP", Level.WARNING, Place(_ORGANS, organ.line, 5), message, subject=key)


def taken_over(facts: CollectionFacts, context: Context) -> Iterator[Finding]:
    """更名、合并、新设的机关（organs.yaml 写有“前身”）：
    上年结转 = 各前身（及自身）上一年度的结转下年度之和。
    ---
    Where an organ took over others (前身 in organs.yaml), carried in = what they and it carried out the year before."""
    years = facts_by_year((*facts.before, *facts.reports))
    for report in facts.reports:
        organ = context.organs.get(report.organ)
        if organ is None or not organ.before or report.carried_in is None:
            continue
        before = years.get(report.year - 1, {})
        old = [before[name] for name in (*organ.before, organ.id) if name in before]
        carried = [item.carried_out for item in old if item.carried_out is not None]
        total = sum(carried)
        known = any(item.organ in organ.before for item in old) and len(carried) == len(old)
        if not known or total == report.carried_in:
            continue
        names = "、".join(
            context.organs[item.organ].name if item.organ in context.organs else item.organ for item in old
        )
        message = Message(
            f"上年结转是{report.carried_in}，{names}上一年度的结转下年度合计是{total}；请核对",
            f"carried in is {report.carried_in}; {names} carried out {total} the year before; check them",
        )
        place, values = Place(f"{report.folder}/tables.yaml"), f"{report.carried_in} ≠ {total}"
        yield of_report(report, place, "AGG-CARRYMEMBER", Level.WARNING, message, "上年结转", values)


_TOWNS = frozenset({"镇", "乡", "街道"})


def lone_year(facts: CollectionFacts, context: Context) -> Iterator[Finding]:
    """镇街只有一年报了行政许可、处罚、强制决定，其余各年（至少三年）都是0：提示核对口径。
    ---
    A town reports licences, penalties or coercion in one year and none in all others (at least three): check the
    scope."""
    by_town: dict[str, list[ReportFacts]] = {}
    for report in facts.reports:
        organ = context.organs.get(report.organ)
        if organ and organ.level in _TOWNS and report.decisions is not None:
            by_town.setdefault(report.organ, []).append(report)
    for reports in by_town.values():
        with_decisions = [report for report in reports if report.decisions]
        if len(with_decisions) == 1 and len(reports) >= 4:
            (report,) = with_decisions
            year, count, others = report.year, report.decisions, len(reports) - 1
            message = Message(
                f"只有{year}年报了许可、处罚、强制决定{count}件，其余{others}年都是0，请核对口径",
                f"only {year} has decisions ({count}); {counted(others, 'other year has', 'other years have')} none",
            )
            place = Place(f"{report.folder}/tables.yaml")
            yield of_report(report, place, "T2-TOWN-PERM", Level.NOTE, message, "处理决定数量", str(count))


COLLECTION_RULES = (
    CollectionRule("AGG-COVER", coverage),
    CollectionRule("AGG-FORMAT", formats),
    CollectionRule("AGG-CELL", cells),
    CollectionRule("AGG-DUP", twice),
    CollectionRule("AGG-CARRYMEMBER", taken_over),
    CollectionRule("T2-TOWN-PERM", lone_year, of_organ=True),
)
