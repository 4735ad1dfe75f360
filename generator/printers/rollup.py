"""Prints the roll-up of one year: who reported, and which sums differ from the district's figures."""

from __future__ import annotations

import json
from typing import Any

from generator.collection.rollup import Comparison, RollupView, UnitReport, UnitStatus, complete
from generator.finding import Message, counted
from generator.narrative.numerals import plain
from generator.printers.terminal import console

_STATES = {
    UnitStatus.HERE: Message("已收入", "here"),
    UnitStatus.DRAFT: Message("草稿", "draft"),
    UnitStatus.EXCUSED: Message("未报告（有说明）", "excused"),
    UnitStatus.ORIGINAL: Message("只在原页面", "original page only"),
    UnitStatus.UNFILLED: Message("还没有填数", "not filled in"),
    UnitStatus.MISSING: Message("缺少", "missing"),
}


def as_json(view: RollupView) -> str:
    return json.dumps(as_record(view), ensure_ascii=False, indent=1)


def as_record(view: RollupView) -> dict[str, Any]:
    """Makes the published record, `nianbao.rollup/1`; `compared` and `blank` count cells, and are null where nothing
    can be compared."""
    return {
        "schema": "nianbao.rollup/1",
        "year": view.year,
        "organ": view.organ.id,
        "complete": complete(view.units),
        "summed": view.summed,
        "compared": view.comparison.compared if view.comparison else None,
        "blank": view.comparison.blank if view.comparison else None,
        "units": [
            {"organ": u.organ.id, "name": u.organ.name, "state": u.state.value, "reason": u.reason or None}
            for u in view.units
        ],
        "differences": [
            {"cell": d.slot.name, "own": plain(d.own), "sum": plain(d.added), "difference": plain(d.own - d.added)}
            for d in view.differences
        ],
    }


def show(view: RollupView, lang: str) -> None:
    """Draws two tables on the terminal: the units, then the cells that differ."""
    from rich.table import Table

    def t(zh: str, en: str) -> str:
        return Message(zh, en).say(lang)

    out = console()
    listed = Table(
        title=t(
            f"{view.organ.name} {view.year}年：下级机关{len(view.units)}个",
            f"{view.organ.name} {view.year}: {counted(len(view.units), 'unit')}",
        )
    )
    for heading in (t("机关", "organ"), t("报告", "report"), t("说明", "note")):
        listed.add_column(heading)
    for unit in view.units:
        listed.add_row(unit.organ.name, _where(unit).say(lang), unit.reason)
    out.print(listed)
    show_sums(view, lang)


def _where(unit: UnitReport) -> Message:
    """Says where a unit's report is."""
    state = _STATES[unit.state]
    if unit.is_draft and unit.state is UnitStatus.UNFILLED:
        return Message(f"草稿，{state.zh}", f"draft, {state.en}")
    return state


def show_sums(view: RollupView, lang: str) -> None:
    """Prints how the units' sums compare with the organ's own figures, or why nothing is compared."""
    from rich.table import Table

    def t(zh: str, en: str) -> str:
        return Message(zh, en).say(lang)

    out = console()
    if not view.has_own:
        out.print(t("本级报告未收入，不作比较。", "The organ's own report is not here; nothing to compare."))
    elif view.comparison is None:
        out.print(
            t("下级机关有缺报，或还没有填数，不作比较。", "Units are missing or not filled in; nothing is compared.")
        )
    elif not view.differences:
        out.print(_agreeing(view, view.comparison).say(lang))
    else:
        compared = Table(
            title=t(
                f"{_reports(view).zh}之和与本级不一致的格", f"Cells that differ from the sum of {_reports(view).en}"
            )
        )
        for heading in (t("格", "cell"), t("本级", "own"), t("下级之和", "sum"), t("相差", "difference")):
            compared.add_column(heading, justify="left" if heading in ("格", "cell") else "right")
        for item in view.differences:
            compared.add_row(item.slot.name, view.texts[item.at], plain(item.added), plain(item.own - item.added))
        out.print(compared)
        out.print(_counted(view.comparison).say(lang) + t("。", "."))


def _agreeing(view: RollupView, comparison: Comparison) -> Message:
    """Says that no cell differs, and how many could be compared at all."""
    counted, reports = _counted(comparison), _reports(view)
    if not comparison.compared:
        return Message(
            f"{reports.zh}之和与本级无从比较：{counted.zh}。",
            f"The sums of {reports.en} cannot be compared: {counted.en}.",
        )
    return Message(f"{reports.zh}之和与本级一致：{counted.zh}。", f"The sums of {reports.en} agree: {counted.en}.")


def _reports(view: RollupView) -> Message:
    """Names the reports added up, and how many of them are drafts: their figures may still change."""
    drafts = sum(unit.state is UnitStatus.DRAFT for unit in view.units)
    zh, en = (f"（其中草稿{drafts}份）", f" ({drafts} of them drafts)") if drafts else ("", "")
    return Message(f"{view.summed}份报告{zh}", f"{counted(view.summed, 'report')}{en}")


def _counted(comparison: Comparison) -> Message:
    number, blank = comparison.compared, comparison.blank
    return Message(
        f"比较了{number}格，{blank}格因空白未比",
        f"{counted(number, 'cell')} compared, {blank} not compared since blank",
    )
