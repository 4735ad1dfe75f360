"""Runs the rules, applies the office's severities, and lays the reports' acceptances on what was found."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from generator.collection.context import Context
from generator.collection.facts import CollectionFacts, ReportFacts
from generator.collection.settings import Settings
from generator.finding import Finding, Level, Message, Place
from generator.report.entry import LoadedReport, ReportRef
from generator.report.model import Acceptance
from generator.rules import ALL_RULES, COLLECTION_RULES, RULES
from generator.rules.rule import CollectionRule, Rule

_LEVELS = {"错误": Level.ERROR, "警告": Level.WARNING, "提示": Level.NOTE, "关闭": None}


def govern(finding: Finding, rule: Rule | CollectionRule, context: Context) -> Finding | None:
    """The finding at the level that applies: the office's own word first, then history, then probation.
    None where the office switched the rule off."""
    historical = finding.year <= context.historical_until
    said = (context.historical_levels.get(finding.rule) if historical else None) or context.levels.get(finding.rule)
    level: Level | None = finding.level
    if said in _LEVELS:
        level = _LEVELS[said]
    elif level is Level.ERROR and (rule.probation or (historical and rule.softens)):
        level = Level.WARNING
    if level is None:
        return None
    return finding if level is finding.level else replace(finding, level=level)


def check_policy(settings: Settings) -> list[Finding]:
    """What site.yaml says of severities, where it names no rule or no level."""
    known = {name for rule in ALL_RULES for name in (rule.id, *rule.also)}
    found = []
    for key, levels in (("规则级别", settings.levels), ("历史规则级别", settings.historical_levels)):
        for rule, level in levels.items():
            if rule not in known:
                text = Message(f"“{key}”里的“{rule}”不是规则编号", f"“{rule}” under {key} is no rule")
            elif level not in _LEVELS:
                text = Message(
                    f"“{key}”里“{rule}”的“{level}”应为：{'、'.join(_LEVELS)}",
                    f"“{level}” of {rule} should be one of {', '.join(_LEVELS)}",
                )
            else:
                continue
            found.append(Finding("SITE-LEVEL", Level.ERROR, Place("site.yaml"), text, subject=rule))
    return found


def _crashed(rule: str, error: Exception, place: Place, organ: str, year: int) -> Finding:
    """A rule's crash is our fault and must not read as a verdict on the data."""
    text = Message(
        f"规则{rule}自身出错（{error!r}），请报告给开发者", f"rule {rule} itself failed ({error!r}); please report it"
    )
    return Finding("BUG", Level.ERROR, place, text, (), organ, year)


# Rules of one kind stand together, so that one question tells which of them to run; any other is a step by itself.
STEPS = tuple(
    (kind[0].among, kind)
    for kind in (tuple(rules) for _, rules in groupby(RULES, key=lambda rule: rule.among or rule.id))
)


def check_entry(entry: LoadedReport, context: Context) -> list[Finding]:
    """All findings of the rules on one report."""
    return check_entries([(entry, context)])[0]


def check_entries(reports: Sequence[tuple[LoadedReport, Context]]) -> list[list[Finding]]:
    """All findings of the rules on each of some reports, at most `TOGETHER`. One rule after the other looks at all of them:
    its code, patterns and lists are fetched into the processor's cache once, which saves a sixth of the time."""
    work = [(entry, context, list[Finding]()) for entry, context in reports]
    for among, rules in STEPS:
        for entry, context, found in work:
            for rule in rules if among is None else _speaking(among, rules, entry):
                _ask(rule, entry, context, found)
    return [found for _, _, found in work]


def _ask(rule: Rule, entry: LoadedReport, context: Context, found: list[Finding]) -> None:
    """One rule's findings on one report."""
    try:
        for finding in rule.check(entry, context):
            governed = govern(finding, rule, context)
            if governed is not None:
                found.append(governed)
    except Exception as error:
        found.append(_crashed(rule.id, error, Place(entry.report.file), entry.ref.organ, entry.ref.year))


def _speaking(
    among: Callable[[LoadedReport], Container[str]], rules: Sequence[Rule], entry: LoadedReport
) -> Sequence[Rule]:
    try:
        told = among(entry)
    except Exception:
        return rules  # each fails by itself, and is told so
    return [rule for rule in rules if rule.id in told] if told else ()


def check_collection(gathered: CollectionFacts, context: Context) -> list[Finding]:
    """All findings of the rules on all reports together, with the reports' acceptances laid on them."""
    found: list[Finding] = []
    for rule in COLLECTION_RULES:
        try:
            governed = (govern(finding, rule, context) for finding in rule.check(gathered, context))
            found += [finding for finding in governed if finding is not None]
        except Exception as error:
            found.append(_crashed(rule.id, error, Place(""), "", 0))
    by_report: dict[tuple[int, str], list[Finding]] = {}
    for finding in found:
        by_report.setdefault((finding.year, finding.organ), []).append(finding)
    out: list[Finding] = []
    for gist in gathered.reports:
        own = by_report.pop((gist.year, gist.organ), [])
        if own or gist.acceptances:
            out += _lay(gist.acceptances, own, f"{gist.folder}/tables.yaml", gist, context)
    return out + [finding for rest in by_report.values() for finding in rest]


COLLECTION_IDS = frozenset(name for rule in COLLECTION_RULES for name in (rule.id, *rule.also))


def accept(entry: LoadedReport, findings: Sequence[Finding], context: Context) -> list[Finding]:
    """Findings with those the report accepts marked so; what is wrong with an acceptance is itself found.
    Acceptances of what the rules on all reports find wait for those (`check_collection`)."""
    own = [item for item in entry.report.acceptances if item.rule not in COLLECTION_IDS]
    return _lay(own, findings, entry.report.file, entry.ref, context)


def _lay(
    acceptances: Sequence[Acceptance],
    findings: Sequence[Finding],
    file: str,
    whose: ReportRef | ReportFacts,
    context: Context,
) -> list[Finding]:
    """An acceptance is keyed by rule, place and, where it says them, figures: it lapses when they change."""
    if not acceptances:
        return list(findings)
    keyed = {(item.rule, subject): item for item in acceptances for subject in item.subjects}
    out: list[Finding] = []
    met = set()
    for finding in findings:
        key = (finding.rule, finding.subject)
        item = keyed.get(key)
        met.add(key)
        if item is None:
            out.append(finding)
            continue
        wrong = _refused(item, finding, context)
        if wrong is not None:
            out.append(_about(item, finding.subject, file, whose, *wrong))
        lapsed = wrong is not None and wrong[1] is Level.ERROR
        out.append(finding if lapsed else replace(finding, accepted=item.reason))
    for (rule, subject), item in keyed.items():
        if (rule, subject) not in met:
            text = Message(
                f"接受项 {rule}“{subject}”已不对应任何发现，请删去",
                f"acceptance {rule} “{subject}” meets no finding; remove it",
            )
            out.append(_about(item, subject, file, whose, "ACC-STALE", Level.WARNING, text))
    return out


def _refused(item: Acceptance, finding: Finding, context: Context) -> tuple[str, Level, Message] | None:
    """Why an acceptance does not hold (an error) or should say more (a warning); None when it is good."""
    name = f"{item.rule}“{finding.subject}”"
    if item.values and item.values != finding.values:
        return (
            "ACC-LAPSED",
            Level.ERROR,
            Message(
                f"接受 {name} 时的值是“{item.values}”，现在是“{finding.values}”，接受已失效；核对后改“值”，或删去接受项",
                f"{name} was accepted for “{item.values}”, now it is “{finding.values}”: the acceptance has lapsed",
            ),
        )
    if (
        finding.level is Level.ERROR
        and finding.year > context.historical_until
        and not (item.approver and _DATE.fullmatch(item.date))
    ):
        return (
            "ACC-APPROVER",
            Level.ERROR,
            Message(
                f"接受 {name} 须写明“批准人”和“批准日期”（如 2026-01-20）：这是新报告的错误",
                f"accepting {name} needs 批准人 (who) and 批准日期 (when, 2026-01-20): it is an error in a new report",
            ),
        )
    if finding.values and not item.values:
        return (
            "ACC-VALUES",
            Level.NOTE,
            Message(
                f"接受 {name} 应写明“值: {finding.values}”，数一变接受即失效",
                f"accepting {name} should say 值: {finding.values}, so that it lapses when the figures change",
            ),
        )
    return None


_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)


def _about(
    item: Acceptance, subject: str, file: str, whose: ReportRef | ReportFacts, rule: str, level: Level, text: Message
) -> Finding:
    return Finding(rule, level, Place(file, item.line, item.column), text, (), whose.organ, whose.year, subject)


def strict(findings: Iterable[Finding]) -> list[Finding]:
    """--strict: warnings count as errors."""
    return [replace(f, level=Level.ERROR) if f.level is Level.WARNING else f for f in findings]
