"""Prints what came of imported files: a table of files, then what to look at in each."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from generator.collection.rollup import RollupView, UnitStatus
from generator.finding import Finding, Message, Place, counted
from generator.importer.make_draft import Draft
from generator.importer.run import ImportResult
from generator.importer.source_places import place_in_file
from generator.printers import terminal
from generator.printers.clean import harmless
from generator.printers.rollup import show_sums

_STATUS = {
    "new": Message("已写入", "written"),
    "unchanged": Message("未变", "unchanged"),
    "exists": Message("已有，未动", "exists, left alone"),
    "replaced": Message("已替换", "replaced"),
    "refused": Message("未读", "refused"),
    "declined": Message("未写入", "declined"),
    "unfilled": Message("未填，未写入", "not filled in, not written"),
    "taken": Message("已收过，未动", "came in before, left alone"),
    "second": Message("重复，未用", "second file, not used"),
}
_HEADS = (
    Message("文件", "file"),
    Message("机关", "organ"),
    Message("年度", "year"),
    Message("格式", "form"),
    Message("确定", "certain"),
    Message("待核", "to check"),
    Message("未定", "undecided"),
    Message("缺", "missing"),
    Message("未用", "ignored"),
    Message("结果", "result"),
)


def rows(results: Sequence[ImportResult], lang: str) -> Iterator[tuple[str, ...]]:
    for result in results:
        draft = result.draft
        if draft is None:
            yield (result.file.name, *("",) * 8, _STATUS[result.status].say(lang))
            continue
        number = draft.counts
        yield (
            result.file.name,
            draft.identity.organ,
            str(draft.identity.year),
            draft.form.id,
            *(str(number[kind]) for kind in ("certain", "inferred", "undecided", "missing")),
            str(draft.account.ignored),
            _STATUS[result.status].say(lang),
        )


def recognised(path: Path, draft: Draft, lang: str) -> Iterator[str]:
    """Describes what a file was recognised as, for whoever is asked before anything is written."""
    identity, number = draft.identity, draft.counts
    unsaid = Message("（未认出）", "(not recognised)")
    dates = [f"{key} {value}" for key, value in identity.meta.items() if value]
    contact = [f"{key} {value}" for key, value in identity.contact.items()]
    facts = (
        (Message("机关", "organ"), identity.organ),
        (Message("年度", "year"), str(identity.year)),
        (Message("标题", "title"), identity.title),
        (Message("文号日期", "numbers and dates"), "，".join(dates)),
        (Message("联系", "contact"), "，".join(contact)),
        (Message("格式", "form"), draft.form.id),
    )
    yield harmless(path.name)
    for name, value in facts:
        yield f"  {name.say(lang)}{Message('：', ': ').say(lang)}{harmless(value) or unsaid.say(lang)}"
    yield "  " + Message(
        f"各表：确定 {number['certain']} 格，待核 {number['inferred']}，未定 {number['undecided']}，"
        f"缺 {number['missing']}；未用 {draft.account.ignored} 格",
        f"tables: {counted(number['certain'], 'cell')} certain, {number['inferred']} to check, "
        f"{number['undecided']} undecided, {number['missing']} missing; {draft.account.ignored} ignored",
    ).say(lang)


def what_becomes(kept: Sequence[Message], lost: Sequence[Message], lang: str) -> Iterator[str]:
    """Says of the report that is there what stays and what does not."""
    for name, items in (
        (Message("原有的不动", "stays as it is"), kept),
        (Message("原有内容的变动", "changes to what is there"), lost),
    ):
        if items:
            words = Message("；".join(item.zh for item in items), "; ".join(item.en for item in items))
            yield f"  {name.say(lang)}{Message('：', ': ').say(lang)}{words.say(lang)}"


def print_results(results: Sequence[ImportResult], lang: str, litter: int = 0) -> None:
    """Prints the table, then per file where it went, the account of its cells, and every finding; `litter` is the
    number of system files that were passed over."""
    heads = [head.say(lang) for head in _HEADS]
    if sys.stdout.isatty():
        from rich.table import Table

        table = Table(*heads)
        for row in rows(results, lang):
            table.add_row(*row)
        terminal.console().print(table)
    else:
        for line in (heads, *rows(results, lang)):
            print("  ".join(line))
    if litter:
        print(Message(f"另有{litter}个系统文件未读", f"{counted(litter, 'system file')} not read").say(lang))
    for result in results:
        for line in _account(result, lang):
            print(line)
    findings = [finding for result in results for finding in _placed(result)]
    terminal.print_findings(findings, lang, hide_accepted=True)


def print_coverage(views: Sequence[RollupView], lang: str) -> None:
    """Prints, after a folder of workbooks, which units are missing and how the sums compare."""
    for view in views:
        by = {state: [unit.organ.short for unit in view.units if unit.state is state] for state in UnitStatus}
        here, excused, missing = by[UnitStatus.HERE], by[UnitStatus.EXCUSED], by[UnitStatus.MISSING]
        drafts, unfilled = by[UnitStatus.DRAFT], by[UnitStatus.UNFILLED]
        line = Message(
            f"{view.organ.name}{view.year}年：下级机关{len(view.units)}个，已收入{len(here) + len(drafts)}个"
            + (f"（其中草稿{len(drafts)}个：{'、'.join(drafts)}）" if drafts else "")
            + (f"，有说明不报{len(excused)}个" if excused else "")
            + (f"，只在原页面{len(by[UnitStatus.ORIGINAL])}个" if by[UnitStatus.ORIGINAL] else "")
            + (f"；还没有：{'、'.join(missing)}" if missing else "" if unfilled else "；没有缺报")
            + (f"；还没有填数：{'、'.join(unfilled)}" if unfilled else ""),
            f"{view.organ.name} {view.year}: {counted(len(view.units), 'unit')}, {len(here) + len(drafts)} here, "
            f"{len(excused)} excused; "
            + (f"drafts among them: {', '.join(drafts)}; " if drafts else "")
            + (f"not filled in: {', '.join(unfilled)}; " if unfilled else "")
            + (f"missing: {', '.join(missing)}" if missing else "none missing"),
        )
        print(line.say(lang))
        show_sums(view, lang)


def _account(result: ImportResult, lang: str) -> Iterator[str]:
    draft = result.draft
    if draft is None or result.status == "unfilled":
        return
    identity, account = draft.identity, draft.account
    where = result.folder or ""
    yield Message(
        f"{result.file.name} → {where}：{identity.year}年，机关 {identity.organ}，《{identity.title}》；"
        f"表格共 {account.read} 格 = 表头行名 {account.labels} + 填入 {account.mapped}"
        f" + 留作正文表格 {account.kept} + 未用 {account.ignored}",
        f"{result.file.name} → {where}: {identity.year}, organ {identity.organ}, “{identity.title}”; "
        f"{counted(account.read, 'cell')} = {counted(account.labels, 'label')} + {account.mapped} taken "
        f"+ {account.kept} kept as tables"
        f" + {account.ignored} ignored",
    ).say(lang)
    if result.backup is not None:
        yield Message(f"  原有内容的备份：{result.backup}", f"  backup of what was there: {result.backup}").say(lang)
    if result.status == "replaced":
        yield from what_becomes(result.kept, result.lost, lang)
    if result.status in ("new", "replaced") and result.is_draft:
        yield Message(
            "  还没有填全，已标“状态: 草稿”：补全、核对无误后，在 tables.yaml 里删去这一行",
            "  not complete, so marked 状态: 草稿 (draft): fill it in, check it, then delete that line of tables.yaml",
        ).say(lang)


def _placed(result: ImportResult) -> Iterator[Finding]:
    """Places the findings of reading at the file, those of the rules at the draft, with their place in the file."""
    yield from (
        replace(finding, place=Place(result.file.name, finding.place.line, finding.place.column))
        for finding in result.findings
    )
    yield from (_with_place(finding, result) for finding in result.checked)


def _with_place(finding: Finding, result: ImportResult) -> Finding:
    """Returns a finding on the draft that also says where in the imported file it is."""
    place = place_in_file(finding, result.draft) if result.draft else None
    if place is None:
        return finding
    zh, en = finding.message
    return replace(finding, message=Message(f"{zh}（原文件：{place.zh}）", f"{en} (in the file: {place.en})"))
