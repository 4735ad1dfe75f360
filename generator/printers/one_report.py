"""Writes the findings of one report as prose."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator

from generator.finding import Finding, Level, Message, counts
from generator.printers.explain import documentation
from generator.printers.html_page import LEVELS
from generator.printers.terminal import levels_counted
from generator.report.entry import ReportRef


def describe_report(findings: Iterable[Finding], ref: ReportRef, lang: str) -> Iterator[str]:
    """Yields one report's findings as prose: the gravest first, each rule explained once."""
    mine = [finding for finding in findings if (finding.year, finding.organ) == (ref.year, ref.organ)]
    number = counts(mine)
    yield Message(
        "{folder}：错误{error}项，警告{warning}项，提示{note}项，已接受{accepted}项。".format(
            folder=ref.folder, **number
        ),
        f"{ref.folder}: {levels_counted(number)}, {number['accepted']} accepted.",
    ).say(lang)
    for level in Level:
        standing = [finding for finding in mine if finding.level is level and finding.accepted is None]
        for rule in dict.fromkeys(finding.rule for finding in standing):
            yield ""
            yield f"【{LEVELS[level].say(lang)}】{rule}"
            for finding in standing:
                if finding.rule == rule:
                    yield f"  {finding.message.say(lang)}" + _where(finding, lang)
            doc = documentation(rule)
            yield from (f"  │ {line}" for line in inspect.cleandoc(doc.say(lang) if doc else "").splitlines())
    accepted = [finding for finding in mine if finding.accepted is not None]
    if accepted:
        yield ""
        yield Message("已接受，不再处理：", "Accepted, nothing to do:").say(lang)
        yield from (f"  {finding.rule}  {finding.message.say(lang)}　← {finding.accepted}" for finding in accepted)


def _where(finding: Finding, lang: str) -> str:
    place = finding.place
    if not place.line:
        return Message(f"（{place.file}）", f" ({place.file})").say(lang)
    return Message(
        f"（{place.file} 第{place.line}行第{place.column}列）",
        f" ({place.file}, line {place.line}, column {place.column})",
    ).say(lang)
