"""Reads a filled-in workbook of ours into a draft: every cell is known by its place, so nothing is guessed.

A workbook of another year, organ, form or version than asked for, or with changed labels, is refused.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterator, Mapping, Sequence

from generator.collection.settings import Organ
from generator.drafts.readings import Account, Ignored, SourcePlace, TableRead
from generator.drafts.tables_yaml import imported, stated_yaml, tables_yaml, word
from generator.finding import Finding, Message
from generator.forms.model import Form, form_for
from generator.importer.cell_figures import read_cell
from generator.importer.draft_findings import ignored_finding, table_findings
from generator.importer.identify import Identity, date_of
from generator.importer.make_draft import Draft, NeedsInput, Only, limited, narrative_of, passages_of
from generator.importer.sections import ReportPart
from generator.readers.document import BlockPlace, Document, Paragraph, Piece
from generator.readers.text_cleanup import plain, unstack
from generator.workbook.cell_names import address
from generator.workbook.layout import (
    CHECKS,
    FIRST_FIELD,
    FIRST_INDICATOR,
    FRONT,
    GUIDE,
    INDICATOR_HEADS,
    INDICATORS,
    MAX_INDICATORS,
    NARRATIVE,
    TOP,
    IndicatorRow,
    Plan,
    TablePlan,
    plan,
)
from generator.workbook.signature import VERSION, Stamp, read_carried, read_stamp

_Cells = Mapping[tuple[str, int, int], str]
_OUTSIDE = Message("不是填报的格", "not an input cell")
_NO_NAME = Message("没有写指标的名称", "the indicator has no name")
_NOT_A_NUMBER = Message("值不是一个数", "its value is not a number")
_TWICE = Message("同名的指标写了两次", "an indicator of this name was given above")
_NUMBER = re.compile(r"(?:0|[1-9]\d{0,14})(?:\.\d{1,8})?", re.ASCII)


def take_filled(
    document: Document,
    forms: Sequence[Form],
    organs: Sequence[Organ],
    organ: str = "",
    year: int = 0,
    only: Only = Only.BOTH,
) -> Draft:
    """Make the draft of a filled-in workbook. Raises NeedsInput where it is not the one that was asked for."""
    stamp = read_stamp(document.stamp)
    if stamp is None:
        raise NeedsInput(
            Message(
                "填报表的标记不全，不能确认是哪张表；请对方用原表重填，原表可用 nianbao workbook 重新生成",
                "the workbook's signature is damaged; ask the unit to fill in the original workbook again "
                "(nianbao workbook makes it anew)",
            )
        )
    _must_be_asked_for(stamp, organ, year)
    _must_be_registered(stamp, organs)
    layout = plan(_form(stamp, forms))
    _must_be_whole(stamp, layout, document.cells)
    draft = _draft(document, stamp, layout)
    return draft if draft.unfilled else limited(draft, only)


# ---------------------------------------------------------------- whose workbook it is


def _must_be_asked_for(stamp: Stamp, organ: str, year: int) -> None:
    if stamp.version != VERSION:
        raise NeedsInput(
            Message(
                f"填报表的版本是{stamp.version}，现在用的是{VERSION}；请用 {_made(stamp)} 重新生成后填报",
                f"the workbook has version {stamp.version}, the current one is {VERSION}; "
                f"make it again with {_made(stamp)}",
            )
        )
    if year and year != stamp.year:
        raise NeedsInput(
            Message(
                f"这是{stamp.year}年度的填报表，要导入的是{year}年度；表没有错的，请去掉 --year",
                f"this workbook is for {stamp.year}, but the import is for {year}; leave out --year if it is right",
            )
        )
    if organ and organ != stamp.organ:
        raise NeedsInput(
            Message(
                f"这是{stamp.name}（{stamp.organ}）的填报表，要导入的机关是 {organ}；表没有错的，请去掉 --organ",
                f"this workbook is for {stamp.organ} ({stamp.name}), but the import is for {organ}; "
                "leave out --organ if it is right",
            )
        )


def _made(stamp: Stamp) -> str:
    """Return the command that makes the workbook again."""
    return f"nianbao workbook {stamp.year} --organ {stamp.organ} --output biaoge"


def _must_be_registered(stamp: Stamp, organs: Sequence[Organ]) -> None:
    organ = next((organ for organ in organs if organ.id == stamp.organ), None)
    if organ is None:
        raise NeedsInput(
            Message(
                f"填报表的机关编号“{stamp.organ}”（{stamp.name}）不在 organs.yaml 中；请先把它加进去",
                f"organ “{stamp.organ}” ({stamp.name}) is not in organs.yaml; add it there first",
            )
        )
    if organ.name != stamp.name:
        raise NeedsInput(
            Message(
                f"填报表是“{stamp.name}”的，organs.yaml 中编号 {stamp.organ} 是“{organ.name}”；"
                "请改正 organs.yaml 或重新生成表",
                f"the workbook is for “{stamp.name}”, but organs.yaml calls {stamp.organ} “{organ.name}”; "
                "correct organs.yaml or make the workbook again",
            )
        )
    if not organ.valid_in(stamp.year):
        since, until = organ.since or "—", organ.until or "—"
        raise NeedsInput(
            Message(
                f"{organ.name}在{stamp.year}年度不存在（organs.yaml：起{since}，止{until}）；起止不对的，请改正",
                f"{organ.name} did not exist in {stamp.year} (organs.yaml: {since} to {until}); "
                "correct that if it is wrong",
            )
        )


def _form(stamp: Stamp, forms: Sequence[Form]) -> Form:
    form = form_for(forms, stamp.year)
    if form is None or form.id != stamp.form:
        due = form.id if form else "—"
        raise NeedsInput(
            Message(
                f"填报表用的格式是 {stamp.form}，{stamp.year}年度应用 {due}；请用 {_made(stamp)} 重新生成表",
                f"the workbook uses form {stamp.form}, but {stamp.year} requires {due}; "
                f"make it again with {_made(stamp)}",
            )
        )
    return form


def _must_be_whole(stamp: Stamp, layout: Plan, cells: _Cells) -> None:
    """Check that every label is where it was put: then so is everything that was typed beside it."""
    if stamp.layout != layout.digest:
        raise NeedsInput(
            Message(
                f"填报表是另一版表样，各格的位置不同；请用 {_made(stamp)} 重新生成后填报",
                f"the workbook has another layout; make it again with {_made(stamp)}",
            )
        )
    sheets = {sheet for sheet, _, _ in cells}
    again = Message(
        f"请对方用原表重填，原表可用 {_made(stamp)} 重新生成",
        f"ask the unit to fill in the original, which {_made(stamp)} makes again",
    )
    for (sheet, row, column), label in layout.labels.items():
        text = cells.get((sheet, row, column), "")
        if _bare(text) == _bare(label):
            continue
        if sheet not in sheets:
            raise NeedsInput(
                Message(
                    f"缺少工作表“{sheet}”：表样被改动，不能按位置读取；{again.zh}",
                    f"sheet “{sheet}” is missing: the layout was changed, so cells cannot be read by position; "
                    f"{again.en}",
                )
            )
        place = address(row, column)
        raise NeedsInput(
            Message(
                f"“{sheet}”的 {place} 应是“{label}”，现在是“{text[:40]}”："
                f"表样被改动（增删了行列或隐藏了内容），不能按位置读取；{again.zh}",
                f"{place} of “{sheet}” should be “{label}” but is “{text[:40]}”: the layout was changed "
                f"(rows or columns added, removed or hidden), so cells cannot be read by position; {again.en}",
            )
        )


def _of_own_formulas(finding: Finding, sheets: Container[str]) -> bool:
    """Tell a finding on formulas without a result in sheets where only ours stand; a formula that was typed over a
    figure is told at its cell."""
    name = re.match("工作表“([^”]*)”", finding.message.zh)
    return finding.rule == "IMP-FORMULA" and name is not None and name[1] in sheets


def _bare(text: str) -> str:
    return "".join(unstack(plain(text)).split())


# ---------------------------------------------------------------- what was filled in


def _draft(document: Document, stamp: Stamp, layout: Plan) -> Draft:
    cells = document.cells
    reads = tuple(_table(table_plan, document) for table_plan in layout.tables)
    front = _front(layout, cells)
    doubted = tuple(_doubted(layout, document, front))
    indicators, rejected = _indicators(document)
    ignored = (*_strays(layout, document), *doubted, *rejected)
    meta = {key: front[key] for key in ("索引号", "文号", "发文日期", "发布机构")}
    contact = {key.removeprefix("联系."): value for key, value in front.items() if key.startswith("联系.") and value}
    title = front["标题"] or f"{stamp.name}{stamp.year}年政府信息公开工作年度报告"
    head = imported(stamp.year, "填报表")
    figures = tables_yaml(stamp.year, stamp.organ, layout.form, False, title, meta, contact, reads, {}, head)
    files = {
        "tables.yaml": (figures + stated_yaml(layout.form, _stated(front)) + _indicators_yaml(indicators)).encode(),
        "report.md": _narrative(layout, cells, _stated(front)).encode(),
    }
    own = {*(table_plan.table.key for table_plan in layout.tables), CHECKS}
    told = (finding for finding in document.findings if not _of_own_formulas(finding, own))
    findings = [*told, *(ignored_finding(document.file, item) for item in ignored)]
    findings += (finding for read in reads for finding in table_findings(document.file, read))
    mapped = sum(len(read.readings) for read in reads)
    account = Account(len(layout.labels) + mapped + len(ignored), len(layout.labels), mapped, len(ignored), 0)
    identity = Identity(stamp.year, stamp.organ, title, meta, contact, (), -1)
    typed = _is_typed(document.stamp, layout.form, reads)
    stated = _stated(front)
    return Draft(
        identity,
        layout.form,
        reads,
        ignored,
        account,
        files,
        tuple(findings),
        has_tables=typed or bool(stated or indicators),
        has_narrative=any(part.blocks for part in _parts(layout, cells)),
        unfinished=_unfinished(layout.form, reads, stated),
        unfilled=not (typed or stated or indicators),
        fingerprint=_fingerprint(layout, document),
        passages=passages_of(_parts(layout, cells), "B"),
    )


def _is_typed(stamp: Mapping[str, str], form: Form, reads: Sequence[TableRead]) -> bool:
    """Tell whether a figure was typed into a table; those that the workbook came with were not."""
    carried = read_carried(stamp)
    rows = form.row_roles.get("carried_in", ()) if carried is None else ()
    return any(
        reading.raw and (not reading.text or reading.text != (carried or {}).get(slot.name, ""))
        for read in reads
        for slot, reading in ((read.table.slots[index], reading) for index, reading in read.readings.items())
        if (read.table.id, slot.row.key) not in rows
    )


def _unfinished(form: Form, reads: Sequence[TableRead], stated: Mapping[str, str]) -> frozenset[str]:
    """Name the tables with a cell that is blank or could not be read, and the required sentence if its figures lack."""
    names = {
        read.table.key
        for read in reads
        if not read.table.optional and any(not reading.text for reading in read.readings.values())
    }
    statement = form.statement
    required = {item.key for item in statement.figures} if statement and statement.required else set()
    return frozenset(names | ({statement.key} if statement and required - stated.keys() else set()))


def _fingerprint(layout: Plan, document: Document) -> str:
    """Return a digest of all that was typed, struck text too: a workbook saved again, or under another name, has the
    same."""
    texts = {**document.cells, **{place: doubt.raw for place, doubt in document.doubts.items()}}
    places = _known_places(layout) - layout.labels.keys()
    typed = sorted((place, " ".join(texts[place].split())) for place in places if place in texts)
    return hashlib.sha256(repr(typed).encode()).hexdigest()[:32]


def _table(plan: TablePlan, document: Document) -> TableRead:
    readings = {}
    for index, (slot, (row, column)) in enumerate(zip(plan.table.slots, plan.cells, strict=True)):
        spot = _spot(plan.sheet, row, column)
        place = plan.sheet, row, column
        seen, doubt = document.doubts.get(place, ("", None))
        readings[index] = read_cell(document.cells.get(place, ""), slot.column, spot, seen=seen, doubt=doubt)
    return TableRead(plan.table, readings, sum(box.cell.hole < 0 and bool(box.cell.text) for box in plan.boxes))


def _spot(sheet: str, row: int, column: int) -> SourcePlace:
    """Return the place of a cell, counted from 0."""
    return SourcePlace(BlockPlace(sheet=sheet, line=row + 1), row + 1, column + 1, cell=address(row, column))


def _front(layout: Plan, cells: _Cells) -> dict[str, str]:
    front = {item.key: " ".join(cells.get((FRONT, item.row, 1), "").split()) for item in layout.fields}
    front["发文日期"] = date_of(front["发文日期"]) or front["发文日期"]
    return front


def _doubted(layout: Plan, document: Document, front: dict[str, str]) -> Iterator[Ignored]:
    """List what is in doubt outside of the tables. A figure of the required sentence is then taken out of `front`."""
    for item in layout.fields:
        doubt = document.doubts.get((FRONT, item.row, 1))
        if doubt is not None and item.key != "发文日期":
            spot = SourcePlace(BlockPlace(sheet=FRONT, line=item.row + 1), item.row + 1, 2)
            yield Ignored(doubt.raw[:200], spot, doubt.doubt)
            if "." in item.key and not item.key.startswith("联系."):
                front[item.key] = ""
    for (sheet, row, column), doubt in sorted(document.doubts.items()):
        if sheet == NARRATIVE and column == 1:
            spot = SourcePlace(BlockPlace(sheet=NARRATIVE, line=row + 1), row + 1, 2)
            yield Ignored(doubt.raw[:200], spot, doubt.doubt)


def _stated(front: Mapping[str, str]) -> dict[str, str]:
    """Return what was filled in of the figures of the required sentence (信息处理费), by key."""
    return {
        key.partition(".")[2]: value
        for key, value in front.items()
        if "." in key and not key.startswith("联系.") and value
    }


def _narrative(layout: Plan, cells: _Cells, stated: Mapping[str, str]) -> str:
    """Write report.md; figures of the required sentence print as that sentence, unless the unit wrote one itself."""
    parts = _parts(layout, cells)
    text, statement = narrative_of(parts, lambda piece: ""), layout.form.statement
    if statement is None or not stated:
        return text
    for part in parts:
        written = any(statement.key in block.text for block in part.blocks if isinstance(block, Paragraph))
        if part.title.startswith(statement.section) and not written:
            text = text.replace(f"## {part.title}\n", f"## {part.title}\n\n{{{{{statement.key}}}}}\n", 1)
    return text


def _parts(layout: Plan, cells: _Cells) -> list[ReportPart]:
    """Read the narrative: each line of a cell is a paragraph, but for a part's own title typed again above its text."""
    parts = []
    for number, part in enumerate(layout.parts):
        lines = (
            (row, line.strip())
            for row in range(part.first, part.end)
            for line in cells.get((NARRATIVE, row, 1), "").split("\n")
            if line.strip() and _bare(line) != _bare(part.title)
        )
        blocks = tuple(Paragraph((Piece(line),), BlockPlace(line=row + 1, sheet=NARRATIVE)) for row, line in lines)
        parts.append(ReportPart(part.title if number else "", blocks))
    return parts


def _indicators(document: Document) -> tuple[list[IndicatorRow], list[Ignored]]:
    """Return the rows that give a name and a value, and those that cannot be accepted."""
    accepted: dict[str, IndicatorRow] = {}
    rejected: list[Ignored] = []
    for row in range(FIRST_INDICATOR, FIRST_INDICATOR + MAX_INDICATORS):
        places = [(INDICATORS, row, column) for column in range(len(INDICATOR_HEADS))]
        texts = (document.cells.get(place, "") for place in places)
        indicator = IndicatorRow(*(" ".join(text.split()) for text in texts))
        doubt = next((document.doubts[place].doubt for place in places if place in document.doubts), None)
        why = doubt or _rejection(indicator, accepted)
        if why is not None:
            spot = _spot(INDICATORS, row, 0)
            rejected.append(Ignored(" ".join(filter(None, indicator))[:200], spot, why))
        elif indicator.name and indicator.value:
            accepted[indicator.name] = indicator
    return list(accepted.values()), rejected


def _rejection(indicator: IndicatorRow, accepted: Container[str]) -> Message | None:
    """Say why a row cannot be accepted; None for one that can, or has nothing to accept."""
    if indicator.value and not indicator.name:
        return _NO_NAME
    if indicator.name in accepted:
        return _TWICE
    return _NOT_A_NUMBER if indicator.value and not _NUMBER.fullmatch(indicator.value) else None


def _indicators_yaml(rows: Sequence[IndicatorRow]) -> str:
    if not rows:
        return ""
    lines = ["", "# 只在正文中出现的数字。“部分”是它所在的部分；“约数”表示正文写作“…余”", "指标:"]
    for row in rows:
        attributes = zip(INDICATOR_HEADS[2:], row[2:], strict=True)
        pairs = [("值", row.value), *((key, word(value)) for key, value in attributes if value)]
        lines.append(f"  {word(row.name)}: {{{', '.join(f'{key}: {value}' for key, value in pairs)}}}")
    return "\n".join(lines) + "\n"


def _strays(layout: Plan, document: Document) -> Iterator[Ignored]:
    """List all texts outside of the places that the workbook has for input."""
    known = _known_places(layout)
    tables = dict.fromkeys((table_plan.sheet for table_plan in layout.tables), TOP)
    top = {**tables, FRONT: FIRST_FIELD, NARRATIVE: 2, INDICATORS: FIRST_INDICATOR}
    texts = {place: doubt.raw for place, doubt in document.doubts.items()} | dict(document.cells)
    for (sheet, row, column), text in sorted(texts.items()):
        if sheet in (GUIDE, CHECKS) or (sheet, row, column) in known or row < top.get(sheet, 0):
            continue
        yield Ignored(text[:200], _spot(sheet, row, column), _OUTSIDE)


def _known_places(layout: Plan) -> set[tuple[str, int, int]]:
    """Return the places of all labels, hints and input cells."""
    known = set(layout.labels)
    known |= {(plan.sheet, *cell) for plan in layout.tables for cell in plan.cells}
    known |= {(FRONT, item.row, column) for item in layout.fields for column in (1, 2)}
    lines = {row for part in layout.parts for row in range(part.row, part.end)}
    known |= {(NARRATIVE, row, column) for row in lines for column in (0, 1)}
    indicators = range(FIRST_INDICATOR, FIRST_INDICATOR + MAX_INDICATORS)
    return known | {(INDICATORS, row, column) for row in indicators for column in range(len(INDICATOR_HEADS))}
