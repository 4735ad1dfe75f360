"""汇总: a district's report against the reports of the organs below it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.collection.context import Context
from generator.collection.facts import CollectionFacts, ParentFigures, ReportFacts, facts_by_year
from generator.collection.rollup import Difference, UnitReport, UnitStatus, complete, differences, units
from generator.collection.settings import Organ
from generator.finding import CellName, Finding, Level, Message, Place
from generator.forms.model import Form
from generator.narrative.numerals import plain
from generator.report.model import address
from generator.rules.rule import CollectionRule

_ORGANS = "organs.yaml"


def _whole(
    gathered: CollectionFacts, context: Context
) -> Iterator[tuple[ReportFacts, list[UnitReport], dict[str, ReportFacts]]]:
    """Each report whose organ has registered units: the report, those units, and the year's reports by organ."""
    years = facts_by_year(gathered.reports)
    for gist in gathered.reports:
        if (gist.year, gist.organ) in gathered.parents:
            there = years[gist.year]
            yield gist, units(context.organs, gist.organ, gist.year, there, context.excused, context.originals), there


def coverage(gathered: CollectionFacts, context: Context) -> Iterator[Finding]:
    """登记在册、当年存续的每个下级机关都有当年的报告，或在 organs.yaml 的“未报告”里写明原因。
    依据：《政府信息公开条例》第四十九条。改法：补上报告；机关已撤销的填“止”；确无报告的写入“未报告”并说明原因。
    下级报告一份也没有收入时只作提示：无从汇总核对。
    ---
    Every registered unit of the year has a report, or is listed under 未报告 in organs.yaml with the reason
    (Regulations, article 49). Where none of them is here, a note only: there is nothing to add up."""
    for gist, found, _ in _whole(gathered, context):
        if found and all(unit.state in (UnitStatus.MISSING, UnitStatus.ORIGINAL) for unit in found):
            text = Message(
                f"{gist.year}年：{len(found)}个下级机关的报告都未收入，不作汇总核对",
                f"{gist.year}: none of the {len(found)} units' reports is here; nothing is added up",
            )
            yield Finding("AGG-COVER", Level.NOTE, Place(_ORGANS), text, (), gist.organ, gist.year, "全部下级机关")
            continue
        for unit in found:
            if unit.state in (UnitStatus.MISSING, UnitStatus.ORIGINAL):
                yield _uncovered(gist, unit)


def _uncovered(gist: ReportFacts, unit: UnitReport) -> Finding:
    zh, en = (
        ("，原页面有报告但未收入", "; its original page exists, but is not taken in")
        if unit.state is UnitStatus.ORIGINAL
        else ("", "")
    )
    name = unit.organ.name
    text = Message(
        f"{gist.year}年缺少“{name}”的报告{zh}：请补上，或在“未报告”中写明原因",
        f"{gist.year}: no report of “{name}”{en}; add it, or give the reason under 未报告",
    )
    return Finding("AGG-COVER", Level.ERROR, Place(_ORGANS, unit.organ.line, 5), text, (), gist.organ, gist.year, name)


def formats(gathered: CollectionFacts, context: Context) -> Iterator[Finding]:
    """下级机关与上级使用同一年度格式，否则无法逐格汇总。
    ---
    Units use the same form as the organ above them; other forms cannot be added up."""
    for gist, found, there in _whole(gathered, context):
        for unit in found:
            report = there.get(unit.organ.id)
            if report is not None and report.form != gist.form:
                name = unit.organ.name
                text = Message(
                    f"“{name}”用的格式是{report.form}，上级用的是{gist.form}",
                    f"“{name}” uses {report.form}, the organ above it {gist.form}",
                )
                place = Place(f"{report.folder}/tables.yaml")
                yield Finding("AGG-FORMAT", Level.ERROR, place, text, (), report.organ, report.year, gist.form)


def cells(gathered: CollectionFacts, context: Context) -> Iterator[Finding]:
    """每个可加的格：上级的数 = 各下级之和。项目数量（清单共用）不汇总；金额按元比较，各单位四舍五入的差（每家0.005万元）不算。
    下级有缺报或空白时无法判断，不报错。表四同一案件可能由政府和部门各报一次，属实则接受并写明原因。
    ---
    Every additive cell: the district's figure = the sum of its units'. Shared item catalogues are not added; amounts
    are compared in yuan, with 0.005 万元 a unit for rounding. A missing report or a blank cell: cannot tell."""
    for gist, found, _ in _whole(gathered, context):
        form = context.forms.get(gist.form)
        tally = gathered.unit_totals.get((gist.year, gist.organ, gist.form))
        if form and tally and complete(found):
            own = gathered.parents[gist.year, gist.organ]
            for difference in differences(own, tally, form):
                yield _differs(gist, own, difference, tally.units, form)


def _differs(gist: ReportFacts, own: ParentFigures, found: Difference, number: int, form: Form) -> Finding:
    slot, text = found.slot, own.texts[found.at]
    table = next(table for table in form.tables if slot in table.slots)
    added, gap = plain(found.added), plain(found.own - found.added)
    unit = "元" if slot.column.unit_in_cell else ""
    zh = f"{slot.name} 是{text}，{number}个下级机关之和是{added}{unit}，相差{gap}{unit}"
    en = f"{slot.name} is {text}, the {number} units add up to {added}{unit}, difference {gap}{unit}"
    if slot.name in form.role("review_total") + form.role("suits_total"):
        zh, en = f"{zh}；同一案件是否由政府和部门各报了一次？", f"{en}; was a case counted by both?"
    cell: tuple[CellName, ...] = (address(table, slot),)
    values = f"{plain(found.own)} ≠ {added}"
    return Finding(
        "AGG-CELL",
        Level.ERROR,
        own.place(found.at),
        Message(zh, en),
        cell,
        gist.organ,
        gist.year,
        slot.name,
        values=values,
    )


def twice(gathered: CollectionFacts, context: Context) -> Iterator[Finding]:
    """同一年度存续的两个机关用同一名称或统一社会信用代码登记，汇总时会重复计入。
    ---
    Two organs of the same year share a name or a credit code: they would be added up twice."""
    years = {gist.year for gist in gathered.reports}
    seen: dict[str, Organ] = {}
    for organ in context.organs.values():
        for key in filter(None, (organ.name, organ.code)):
            other = seen.setdefault(key, organ)
            if other is not organ and any(organ.valid_in(year) and other.valid_in(year) for year in years):
                text = Message(
                    f"“{organ.id}”与“{other.id}”的“{key}”相同，汇总会重复计入",
                    f"“{organ.id}” and “{other.id}” share “{key}”; they would be added twice",
                )
                yield Finding("AGG-DUP", Level.WARNING, Place(_ORGANS, organ.line, 5), text, subject=key)


def taken_over(gathered: CollectionFacts, context: Context) -> Iterator[Finding]:
    """更名、合并、新设的机关（organs.yaml 写有“前身”）：上年结转 = 各前身（及自身）上一年度的结转下年度之和。
    ---
    An organ that took over others (前身 in organs.yaml): carried in = what they, and itself, carried out the year before."""
    years = facts_by_year(gathered.reports)
    for gist in gathered.reports:
        organ = context.organs.get(gist.organ)
        if organ is None or not organ.before or gist.carried_in is None:
            continue
        before = years.get(gist.year - 1, {})
        old = [before[name] for name in (*organ.before, organ.id) if name in before]
        carried = [item.carried_out for item in old if item.carried_out is not None]
        if (
            not any(item.organ in organ.before for item in old)
            or len(carried) < len(old)
            or sum(carried) == gist.carried_in
        ):
            continue
        names = "、".join(
            context.organs[item.organ].name if item.organ in context.organs else item.organ for item in old
        )
        text = Message(
            f"上年结转是{gist.carried_in}，{names}上一年度的结转下年度合计是{sum(carried)}",
            f"carried in is {gist.carried_in}; {names} carried out {sum(carried)} the year before",
        )
        place = Place(f"{gist.folder}/tables.yaml")
        yield Finding(
            "AGG-CARRYMEMBER",
            Level.WARNING,
            place,
            text,
            (),
            gist.organ,
            gist.year,
            "上年结转",
            values=f"{gist.carried_in} ≠ {sum(carried)}",
        )


_TOWNS = frozenset({"镇", "乡", "街道"})


def lone_year(gathered: CollectionFacts, context: Context) -> Iterator[Finding]:
    """镇街只有一年报了行政许可、处罚、强制决定，其余各年（至少三年）都是0：提示核对口径。
    ---
    A town reports licences, penalties or coercion in one year and none in all others (three at least): check the scope."""
    decided: dict[str, list[ReportFacts]] = {}
    for gist in gathered.reports:
        organ = context.organs.get(gist.organ)
        if organ and organ.level in _TOWNS and gist.decisions is not None:
            decided.setdefault(gist.organ, []).append(gist)
    for reports in decided.values():
        some = [gist for gist in reports if gist.decisions]
        if len(some) == 1 and len(reports) >= 4:
            gist = some[0]
            text = Message(
                f"只有{gist.year}年报了许可、处罚、强制决定{gist.decisions}件，其余{len(reports) - 1}年都是0，请核对口径",
                f"only {gist.year} has decisions ({gist.decisions}); the other {len(reports) - 1} years have none",
            )
            place = Place(f"{gist.folder}/tables.yaml")
            yield Finding(
                "T2-TOWN-PERM",
                Level.NOTE,
                place,
                text,
                (),
                gist.organ,
                gist.year,
                "处理决定数量",
                values=str(gist.decisions),
            )


COLLECTION_RULES = (
    CollectionRule("AGG-COVER", coverage),
    CollectionRule("AGG-FORMAT", formats),
    CollectionRule("AGG-CELL", cells),
    CollectionRule("AGG-DUP", twice),
    CollectionRule("AGG-CARRYMEMBER", taken_over),
    CollectionRule("T2-TOWN-PERM", lone_year),
)
