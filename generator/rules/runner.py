"""Runs the rules, applies the office's severities and marks the findings that a report accepts."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from itertools import groupby

from generator.collection.context import Context
from generator.collection.facts import CollectionFacts, ReportFacts
from generator.collection.settings import Settings
from generator.finding import Finding, Level, Message, Place, tool_fault
from generator.report.entry import LoadedReport, ReportRef
from generator.report.model import Acceptance
from generator.rules import ALL_RULES, COLLECTION_RULES, RULES
from generator.rules.merge_blanks import merge_blanks
from generator.rules.rule import CollectionRule, Rule

_LEVELS = {"错误": Level.ERROR, "警告": Level.WARNING, "提示": Level.NOTE, "关闭": None}


def govern(finding: Finding, rule: Rule | CollectionRule, context: Context) -> Finding | None:
    """Sets the level that applies: the office's setting first, then history, then probation.
    None where the office switched the rule off."""
    historical = finding.year <= context.historical_until
    setting = (context.historical_levels.get(finding.rule) if historical else None) or context.levels.get(finding.rule)
    level: Level | None = finding.level
    if setting in _LEVELS:
        level = _LEVELS[setting]
    elif level is Level.ERROR and (rule.probation or (historical and rule.softens)):
        level = Level.WARNING
    if level is None:
        return None
    return finding if level is finding.level else replace(finding, level=level)


def check_policy(settings: Settings) -> list[Finding]:
    """Checks the severities in site.yaml: each must name a rule and a level."""
    known = {name for rule in ALL_RULES for name in (rule.id, *rule.also)}
    findings = []
    for key, levels in (("规则级别", settings.levels), ("历史规则级别", settings.historical_levels)):
        for rule, level in levels.items():
            if rule not in known:
                message = Message(
                    f"“{key}”里的“{rule}”不是规则编号；请照发现里的编号写",
                    f"“{rule}” under {key} is not a rule; write an id as findings do",
                )
            elif level not in _LEVELS:
                message = Message(
                    f"“{key}”里“{rule}”的“{level}”应为：{'、'.join(_LEVELS)}",
                    f"“{level}” of {rule} should be one of {', '.join(_LEVELS)}",
                )
            else:
                continue
            findings.append(Finding("SITE-LEVEL", Level.ERROR, Place("site.yaml"), message, subject=rule))
    return findings


def _crashed(rule: str, error: Exception, place: Place, organ: str, year: int) -> Finding:
    """Reports a rule's crash: it is our fault and must not read as a verdict on the data."""
    return tool_fault(error, Message(f"规则{rule}", f"rule {rule}"), place, organ, year)


# Rules of one kind stand together, so that one call tells which of them to run; any other is a step by itself.
STEPS = tuple(
    (kind[0].among, kind)
    for kind in (tuple(rules) for _, rules in groupby(RULES, key=lambda rule: rule.among or rule.id))
)


def check_entry(entry: LoadedReport, context: Context) -> list[Finding]:
    """Returns all findings of the rules on one report."""
    return check_entries([(entry, context)])[0]


def check_entries(reports: Sequence[tuple[LoadedReport, Context]]) -> list[list[Finding]]:
    """Returns all findings of the rules on each report. One rule after the other checks all of them: its code, patterns
    and lists are fetched into the processor's cache once, which saves a sixth of the time."""
    work = [(entry, context, list[Finding]()) for entry, context in reports]
    for among, rules in STEPS:
        for entry, context, findings in work:
            for rule in rules if among is None else _rules_to_run(among, rules, entry):
                _run(rule, entry, context, findings)
    return [findings for _, _, findings in work]


def _run(rule: Rule, entry: LoadedReport, context: Context, findings: list[Finding]) -> None:
    """Adds one rule's findings on one report."""
    try:
        for finding in rule.check(entry, context):
            governed = govern(finding, rule, context)
            if governed is not None:
                findings.append(governed)
    except Exception as error:
        findings.append(_crashed(rule.id, error, Place(entry.report.file), entry.ref.organ, entry.ref.year))


def _rules_to_run(
    among: Callable[[LoadedReport], Container[str]], rules: Sequence[Rule], entry: LoadedReport
) -> Sequence[Rule]:
    """Picks the rules of one kind that may find something in a report."""
    try:
        ids = among(entry)
    except Exception:
        return rules  # each fails by itself and is reported so
    return [rule for rule in rules if rule.id in ids] if ids else ()


def check_organ(facts: CollectionFacts, context: Context) -> list[Finding]:
    """Returns the findings of the rules on all reports of one organ together; they wait for `check_year`."""
    return _collection_findings(facts, context, of_organ=True)


def check_year(facts: CollectionFacts, context: Context, waiting: Sequence[Finding] = ()) -> list[Finding]:
    """Returns the findings of the rules on all reports of one year together, and those `waiting` of `check_organ`;
    those that a report accepts are marked so."""
    by_report: dict[tuple[int, str], list[Finding]] = {}
    for finding in (*_collection_findings(facts, context, of_organ=False), *waiting):
        by_report.setdefault((finding.year, finding.organ), []).append(finding)
    marked: list[Finding] = []
    for report in facts.reports:
        of_this = by_report.pop((report.year, report.organ), [])
        if of_this or report.acceptances:
            marked += _apply(report.acceptances, of_this, f"{report.folder}/tables.yaml", report, context)
    return marked + [finding for rest in by_report.values() for finding in rest]


def _collection_findings(facts: CollectionFacts, context: Context, of_organ: bool) -> list[Finding]:
    findings: list[Finding] = []
    for rule in COLLECTION_RULES:
        if rule.of_organ != of_organ:
            continue
        try:
            governed = (govern(finding, rule, context) for finding in rule.check(facts, context))
            findings += [finding for finding in governed if finding is not None]
        except Exception as error:
            findings.append(_crashed(rule.id, error, Place(""), "", 0))
    return findings


COLLECTION_IDS = frozenset(name for rule in COLLECTION_RULES for name in (rule.id, *rule.also))


def accept(entry: LoadedReport, findings: Sequence[Finding], context: Context) -> list[Finding]:
    """Marks the findings that the report accepts, and adds findings about acceptances that do not hold. Blanks are
    accepted cell by cell; those that are not are told together afterwards.
    Acceptances of what the rules on all reports find wait for those (`check_year`)."""
    acceptances = [item for item in entry.report.acceptances if item.rule not in COLLECTION_IDS]
    return merge_blanks(_apply(acceptances, findings, entry.report.file, entry.ref, context), entry.report)


def _apply(
    acceptances: Sequence[Acceptance],
    findings: Sequence[Finding],
    file: str,
    report: ReportRef | ReportFacts,
    context: Context,
) -> list[Finding]:
    """Applies acceptances, keyed by rule, place and, where given, figures: one lapses when its figures change."""
    if not acceptances:
        return list(findings)
    keyed = {(item.rule, subject): item for item in acceptances for subject in item.subjects}
    marked: list[Finding] = []
    met = set()
    for finding in findings:
        key = (finding.rule, finding.subject)
        item = keyed.get(key)
        met.add(key)
        if item is None:
            marked.append(finding)
            continue
        objection = _objection(item, finding, context)
        if objection is not None:
            marked.append(_about(item, finding.subject, file, report, *objection))
        lapsed = objection is not None and objection[1] is Level.ERROR
        marked.append(finding if lapsed else replace(finding, accepted=item.reason))
    for (rule, subject), item in keyed.items():
        if (rule, subject) not in met:
            message = Message(
                f"接受项 {rule}“{subject}”已不对应任何发现，请删去",
                f"acceptance {rule} “{subject}” matches no finding; remove it",
            )
            marked.append(_about(item, subject, file, report, "ACC-STALE", Level.WARNING, message))
    return marked


def _objection(item: Acceptance, finding: Finding, context: Context) -> tuple[str, Level, Message] | None:
    """Says why an acceptance does not hold (an error) or should say more (a note); None when it is good."""
    name = f"{item.rule}“{finding.subject}”"
    if item.values and item.values != finding.values:
        message = Message(
            f"接受 {name} 时的值是“{item.values}”，现在是“{finding.values}”，接受已失效；核对后改“值”，或删去接受项",
            f"{name} was accepted for “{item.values}”, now it is “{finding.values}”: the acceptance has lapsed",
        )
        return "ACC-LAPSED", Level.ERROR, message
    approved = bool(item.approver and _DATE.fullmatch(item.date))
    if finding.level is Level.ERROR and finding.year > context.historical_until and not approved:
        message = Message(
            f"接受 {name} 须写明“批准人”和“批准日期”（如 2026-01-20）：这是新报告的错误",
            f"accepting {name} needs 批准人 (who) and 批准日期 (when, 2026-01-20): it is an error in a new report",
        )
        return "ACC-APPROVER", Level.ERROR, message
    if finding.values and not item.values:
        message = Message(
            f"接受 {name} 应写明“值: {finding.values}”，数一变接受即失效",
            f"accepting {name} should say 值: {finding.values}, so that it lapses when the figures change",
        )
        return "ACC-VALUES", Level.NOTE, message
    return None


_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)


def _about(
    item: Acceptance,
    subject: str,
    file: str,
    report: ReportRef | ReportFacts,
    rule: str,
    level: Level,
    message: Message,
) -> Finding:
    place = Place(file, item.line, item.column)
    return Finding(rule, level, place, message, (), report.organ, report.year, subject)
