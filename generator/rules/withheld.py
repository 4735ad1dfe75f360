"""Eases the findings of reports that are withheld from the site: a draft, or one that an office holds back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.finding import Finding, Level, Message, Place
from generator.report.entry import DRAFT, ReportRef

_FEW = 3


def ease(findings: Sequence[Finding], ref: ReportRef) -> list[Finding]:
    """Turns errors into warnings, which block nothing. A rule's findings on a draft, whose blanks and prompts are many
    and known, are told together beyond a few."""
    eased = [replace(item, level=Level.WARNING) if item.level is Level.ERROR else item for item in findings]
    return [state(ref), *(_gathered(eased) if ref.withheld == DRAFT else eased)]


def state(ref: ReportRef) -> Finding:
    """Says that a report is withheld, and why."""
    place = Place(f"{ref.folder}/tables.yaml")
    if ref.withheld == DRAFT:
        zh = f"{ref.folder} 是草稿：照样核对，不进入网站；写完、核对无误后删去“状态: 草稿”"
        en = f"{ref.folder} is a draft: checked, left off the site; delete “状态: 草稿” when it is done"
        return Finding("DRAFT-STATE", Level.NOTE, place, Message(zh, en), (), ref.organ, ref.year, ref.folder)
    zh = f"{ref.folder} 有错误，按 site.yaml 的设置暂缓发布，其余报告照常发布"
    en = f"{ref.folder} has errors and is held back, as site.yaml allows; the other reports are published"
    return Finding("HELD-BACK", Level.WARNING, place, Message(zh, en), (), ref.organ, ref.year, ref.folder)


def _gathered(findings: Sequence[Finding]) -> list[Finding]:
    """Tells a rule's findings together where there are more than a few; accepted ones stay by themselves."""
    by_rule: dict[str, list[Finding]] = {}
    for item in findings:
        by_rule.setdefault(item.rule if item.accepted is None else "", []).append(item)
    out = by_rule.pop("", [])
    for items in by_rule.values():
        out += items if len(items) <= _FEW else [_together(items)]
    return out


def _together(items: Sequence[Finding]) -> Finding:
    first, rest = items[0], len(items) - 1
    message = Message(f"{first.message.zh}；同类的还有{rest}处", f"{first.message.en}; {rest} more of the same kind")
    cells = tuple(dict.fromkeys(cell for item in items for cell in item.cells))
    places = tuple(item.place for item in items[1 : 1 + _FEW])
    return replace(first, message=message, cells=cells, related=(*first.related, *places))
