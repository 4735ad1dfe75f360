"""Refuses a publication that would do harm; each refusal has a name, by which it may be set aside with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from generator.collection.settings import IDENTIFIERS, Settings
from generator.finding import NIANBAO, Finding, Message, counted
from generator.ledger.chain import Ledger, continues, paths_of_pages
from generator.ledger.changes import FormOf
from generator.ledger.proposal import Proposal
from generator.targets.correction_gate import correction_faults

ERRORS, STALE, IDENTIFIER, DATES, REDATED = "errors", "stale", "identifiers", "dates", "redate"
VANISH, MASS, FOREIGN, CHAIN, CORRECTION = "vanish", "mass", "foreign", "chain", "correction"
GATES = (ERRORS, STALE, IDENTIFIER, DATES, REDATED, CORRECTION, VANISH, MASS, FOREIGN, CHAIN)
REPORT = re.compile(r"\d{4}/[a-z0-9-]+/report\.json")
_SHOWN = 5
EMPTY = Message(
    "目标上没有账本，而本机的账本记着以前的发布：目录写错了、磁盘没有挂上，或公开的被删了？",
    "there is no ledger on the target, though the copy kept here has earlier publications: is the folder written "
    "wrongly, a disk not mounted, or what was public deleted?",
)


class Refusal(NamedTuple):
    """Why the gate is shut, and the way out; `gate` is the name for --allow."""

    gate: str
    message: Message


class Reports(NamedTuple):
    """The `report.json` that a publication would change or add, by path: as public now (None: not public), and new.
    `earlier`: as last public of reports that were withdrawn and come again, where that release is still kept."""

    old: Mapping[str, Mapping[str, Any] | None]
    new: Mapping[str, Mapping[str, Any]]
    earlier: Mapping[str, Mapping[str, Any] | None] = MappingProxyType({})

    def before(self, path: str) -> Mapping[str, Any] | None:
        """What a report must agree with: withdrawing it and adding it again takes nothing back in silence."""
        return self.old.get(path) or self.earlier.get(path)


def refusals(
    settings: Settings,
    findings: Sequence[Finding],
    stale: bool,
    ledger: Ledger,
    witness: bytes,
    proposal: Proposal,
    reports: Reports,
    strangers: Sequence[str],
    form_of: FormOf,
    today: date | None = None,
) -> Iterator[Refusal]:
    """Yields everything that stands against a publication. `witness` is this office's own copy of the ledger; with
    `today`, corrections of the future are refused."""
    errors = sum(finding.blocking for finding in findings)
    if errors:
        text = Message(
            f"核对有{errors}项错误：请按 {NIANBAO} check 所列改正，再运行 {NIANBAO} build",
            f"{NIANBAO} check finds {counted(errors, 'error')}: mend, then run {NIANBAO} build",
        )
        yield Refusal(ERRORS, text)
    if stale:
        text = Message(
            f"生成的栏目比内容旧，或是另一版 nianbao 生成的：请先运行 {NIANBAO} build",
            f"the build is older than the content or of another nianbao: run {NIANBAO} build first",
        )
        yield Refusal(STALE, text)
    unset = [key for key in IDENTIFIERS if not settings.values.get(key)]
    if unset:
        names = ", ".join(IDENTIFIERS[key] for key in unset)
        text = Message(
            f"site.yaml 里未填：{'、'.join(unset)}；请问门户运维方后填写",
            f"unset in site.yaml: {names}; ask the portal",
        )
        yield Refusal(IDENTIFIER, text)
    yield from _dates(reports)
    yield from _corrections(reports, form_of, today)
    yield from _addresses(ledger, proposal)
    if strangers:
        text = Message(
            f"目标里有不是 nianbao 放的东西：{_some(strangers)}；请移走，或换一个空文件夹",
            f"the target holds what nianbao did not put there: {_some(strangers, ', ')}; move it away or name "
            "an empty folder",
        )
        yield Refusal(FOREIGN, text)
    yield from chain_refusals(ledger, witness)


def _dates(reports: Reports) -> Iterator[Refusal]:
    undated = [_folder(path) for path, new in reports.new.items() if not new["published"]]
    if undated:
        text = Message(
            f"没有发文日期：{_some(undated)}；请在 tables.yaml 填写",
            f"no date of publication (发文日期): {_some(undated, ', ')}; fill it in in tables.yaml",
        )
        yield Refusal(DATES, text)
    redated = []
    for path, new in reports.new.items():
        old = reports.before(path)
        if old and old["published"] and old["published"] != new["published"]:
            redated.append(f"{_folder(path)} {old['published']} → {new['published'] or '~'}")
    if redated:
        text = Message(
            f"已公开报告的发文日期会变：{_some(redated)}；请改回原来的日期",
            f"the date of a published report would change: {_some(redated, ', ')}; put the old date back",
        )
        yield Refusal(REDATED, text)


def _corrections(reports: Reports, form_of: FormOf, today: date | None) -> Iterator[Refusal]:
    """Refuses a published figure that changes without a correction that says so, and corrections that do not fit what
    is public."""
    faults = []
    for path, new in reports.new.items():
        old = reports.before(path)
        for fault in correction_faults(old, new, form_of, today) if old else ():
            faults.append(Message(f"{_folder(path)} {fault.zh}", f"{_folder(path)} {fault.en}"))
    if faults:
        text = Message(
            f"更正与公开的对不上：{_some([fault.zh for fault in faults])}；请在 tables.yaml 的“更正”里"
            "写明日期、位置、原值、更正为、原因、批准人",
            f"corrections do not fit what is public: {_some([fault.en for fault in faults], ', ')}; put 更正 in "
            "tables.yaml right",
        )
        yield Refusal(CORRECTION, text)


def _addresses(ledger: Ledger, proposal: Proposal) -> Iterator[Refusal]:
    gone = paths_of_pages(proposal.gone)
    if gone:
        text = Message(
            f"今天公开的{len(gone)}个网址会消失：{_some(gone)}；请恢复，或在 site.yaml 的 redirects 里写明新地址",
            f"{len(gone)} public addresses would vanish: {_some(gone, ', ')}; restore them or add "
            "redirects to site.yaml",
        )
        yield Refusal(VANISH, text)
    public = len(ledger.files)
    if len(proposal.gone) > max(5, public * 0.02):
        text = Message(
            f"会删去{len(proposal.gone)}个文件（现有{public}个），多于5个和2%：内容文件夹是否完整？",
            f"{len(proposal.gone)} of {counted(public, 'file')} would be deleted, more than 5 and 2 %: "
            "is the content complete?",
        )
        yield Refusal(MASS, text)


def chain_refusals(ledger: Ledger, witness: bytes) -> Iterator[Refusal]:
    """Yields why a history cannot be gone on from: it is broken, or does not continue `witness`, our own copy."""
    for fault in ledger.faults[:1]:
        text = Message(
            f"目标上的账本有问题：{fault.zh}；请先用 {NIANBAO} verify 查明",
            f"the target's ledger: {fault.en}; run {NIANBAO} verify first",
        )
        yield Refusal(CHAIN, text)
    if not ledger.data and witness:
        zh, en = f"{EMPTY.zh}确是换了新地方，才放行", f"{EMPTY.en} Set this aside only where it is a new place"
        yield Refusal(CHAIN, Message(zh, en))
    elif not ledger.faults and not continues(ledger.data, witness):
        text = Message(
            f"目标上的账本不是本机所存账本的续写：被换过、截断过，或目标换了地方；请先用 {NIANBAO} verify 查明",
            "the target's ledger does not continue the copy kept here: it was replaced or cut, or the target is "
            f"another place; run {NIANBAO} verify first",
        )
        yield Refusal(CHAIN, text)


def _folder(path: str) -> str:
    return path.removesuffix("/report.json")


def _some(items: Sequence[str], comma: str = "、") -> str:
    more = len(items) - _SHOWN
    return comma.join(items[:_SHOWN]) + (f"{comma}… (+{more})" if more > 0 else "")
