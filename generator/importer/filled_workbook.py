"""A filled-in form of ours becomes a draft: every cell is known by its place, so nothing is guessed.

What is not the form that was asked for (another year, organ, format or version, labels changed) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.collection.settings import Organ
from generator.drafts.readings import Account, Ignored, SourcePlace, TableRead
from generator.drafts.tables_yaml import imported, stated_yaml, tables_yaml, word
from generator.finding import Message
from generator.forms.model import Form, form_for
from generator.importer.cell_figures import read_cell
from generator.importer.identify import Identity, date_of
from generator.importer.make_draft import Draft, NeedsInput, ignored_finding, narrative_of, table_findings
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
from generator.workbook.signature import VERSION, Stamp, read_stamp

_Cells = Mapping[tuple[str, int, int], str]
_OUTSIDE = Message("不是填报的格", "not a cell to be filled in")
_NO_VALUE = Message("只有名称没有值", "a name without a value")
_NO_NAME = Message("没有写指标的名称", "an indicator without a name")
_NOT_A_NUMBER = Message("值不是一个数", "its value is not a number")
_TWICE = Message("同名的指标写了两次", "an indicator of this name stands above already")
_NUMBER = re.compile(r"(?:0|[1-9]\d{0,14})(?:\.\d{1,8})?", re.ASCII)


def take_filled(
    document: Document, forms: Sequence[Form], organs: Sequence[Organ], organ: str = "", year: int = 0
) -> Draft:
    """The draft of a filled-in form. Raises Asked with one sentence where it is not the form that was asked for."""
    stamp = read_stamp(document.stamp)
    if stamp is None:
        raise NeedsInput(
            Message(
                "填报表的标记不全，不能确认是哪张表；请用原表另存后重报",
                "the form's own mark is damaged; ask for the form again",
            )
        )
    _must_be_asked_for(stamp, organ, year)
    _must_be_registered(stamp, organs)
    layout = plan(_form(stamp, forms))
    _must_be_whole(stamp, layout, document.cells)
    return _draft(document, stamp, layout)


# ---------------------------------------------------------------- whose form it is


def _must_be_asked_for(stamp: Stamp, organ: str, year: int) -> None:
    if stamp.version != VERSION:
        raise NeedsInput(
            Message(
                f"填报表的版本是{stamp.version}，现在用的是{VERSION}；请用 nianbao form 重新生成后填报",
                f"the form is of version {stamp.version}, the one in use is {VERSION}; make it again with nianbao form",
            )
        )
    if year and year != stamp.year:
        raise NeedsInput(
            Message(
                f"这是{stamp.year}年度的填报表，要导入的是{year}年度",
                f"this is the form of {stamp.year}, {year} was asked for",
            )
        )
    if organ and organ != stamp.organ:
        raise NeedsInput(
            Message(
                f"这是{stamp.name}（{stamp.organ}）的填报表，要导入的机关是 {organ}",
                f"this is the form of {stamp.organ} ({stamp.name}), {organ} was asked for",
            )
        )


def _must_be_registered(stamp: Stamp, organs: Sequence[Organ]) -> None:
    found = next((organ for organ in organs if organ.id == stamp.organ), None)
    if found is None:
        raise NeedsInput(
            Message(
                f"填报表的机关编号“{stamp.organ}”（{stamp.name}）不在 organs.yaml 中",
                f"organ “{stamp.organ}” ({stamp.name}) is not in organs.yaml",
            )
        )
    if found.name != stamp.name:
        raise NeedsInput(
            Message(
                f"填报表是“{stamp.name}”的，organs.yaml 中编号 {stamp.organ} 是“{found.name}”；请改正 organs.yaml 或重新生成表",
                f"the form is that of “{stamp.name}”, but organs.yaml calls {stamp.organ} “{found.name}”; mend it or make the form again",
            )
        )
    if not found.valid_in(stamp.year):
        raise NeedsInput(
            Message(
                f"{found.name}在{stamp.year}年度不存在（organs.yaml：起{found.since or '—'}，止{found.until or '—'}）",
                f"{found.name} did not exist in {stamp.year} (organs.yaml: {found.since or '—'} to {found.until or '—'})",
            )
        )


def _form(stamp: Stamp, forms: Sequence[Form]) -> Form:
    form = form_for(forms, stamp.year)
    if form is None or form.id != stamp.format:
        due = form.id if form else "—"
        raise NeedsInput(
            Message(
                f"填报表用的格式是 {stamp.format}，{stamp.year}年度应用 {due}；请重新生成表",
                f"the form is on {stamp.format}, {due} is due for {stamp.year}; make the form again",
            )
        )
    return form


def _must_be_whole(stamp: Stamp, layout: Plan, cells: _Cells) -> None:
    """Every label is where it was put: then so is everything that was typed beside it."""
    if stamp.layout != layout.digest:
        raise NeedsInput(
            Message(
                "填报表是另一版表样，各格的位置不同；请用 nianbao form 重新生成后填报",
                "the form is of another layout; make it again with nianbao form",
            )
        )
    sheets = {sheet for sheet, _, _ in cells}
    for (sheet, row, column), label in layout.labels.items():
        found = cells.get((sheet, row, column), "")
        if _bare(found) == _bare(label):
            continue
        if sheet not in sheets:
            raise NeedsInput(
                Message(
                    f"缺少工作表“{sheet}”：表样被改动，不能按位置读取",
                    f"sheet “{sheet}” is missing: the form was changed",
                )
            )
        place = address(row, column)
        raise NeedsInput(
            Message(
                f"“{sheet}”的 {place} 应是“{label}”，现在是“{found[:40]}”：表样被改动（增删了行列或隐藏了内容），不能按位置读取",
                f"{place} of “{sheet}” should be “{label}” and is “{found[:40]}”: the form was changed",
            )
        )


def _bare(text: str) -> str:
    return "".join(unstack(plain(text)).split())


# ---------------------------------------------------------------- what was filled in


def _draft(document: Document, stamp: Stamp, layout: Plan) -> Draft:
    cells = document.cells
    reads = tuple(_table(one, cells) for one in layout.tables)
    front = _front(layout, cells)
    indicators, odd = _indicators(layout, cells)
    ignored = (*_strays(layout, cells), *odd)
    meta = {key: front[key] for key in ("索引号", "文号", "发文日期", "发布机构")}
    contact = {key.removeprefix("联系."): value for key, value in front.items() if key.startswith("联系.") and value}
    title = front["标题"] or f"{stamp.name}{stamp.year}年政府信息公开工作年度报告"
    figures = tables_yaml(
        stamp.year, stamp.organ, layout.form, False, title, meta, contact, reads, {}, imported(stamp.year, "填报表")
    )
    files = {
        "tables.yaml": (figures + stated_yaml(layout.form, _stated(front)) + _indicators_yaml(indicators)).encode(),
        "report.md": _narrative(layout, cells, _stated(front)).encode(),
    }
    findings = [*document.findings, *(ignored_finding(document.file, item) for item in ignored)]
    findings += (finding for read in reads for finding in table_findings(document.file, read))
    mapped = sum(len(read.readings) for read in reads)
    account = Account(len(layout.labels) + mapped + len(ignored), len(layout.labels), mapped, len(ignored), 0)
    identity = Identity(stamp.year, stamp.organ, title, meta, contact, (), -1)
    return Draft(identity, layout.form, reads, ignored, account, files, tuple(findings))


def _table(one: TablePlan, cells: _Cells) -> TableRead:
    readings = {}
    for index, (slot, (row, column)) in enumerate(zip(one.table.slots, one.cells, strict=True)):
        spot = SourcePlace(BlockPlace(sheet=one.sheet, line=row + 1), row + 1, column + 1)
        readings[index] = read_cell(cells.get((one.sheet, row, column), ""), slot.column, spot)
    return TableRead(one.table, readings, sum(box.cell.hole < 0 and bool(box.cell.text) for box in one.boxes))


def _front(layout: Plan, cells: _Cells) -> dict[str, str]:
    said = {item.key: " ".join(cells.get((FRONT, item.row, 1), "").split()) for item in layout.fields}
    said["发文日期"] = date_of(said["发文日期"]) or said["发文日期"]
    return said


def _stated(front: Mapping[str, str]) -> dict[str, str]:
    """What was filled in of the figures that the report owes a sentence on, by key."""
    return {
        key.partition(".")[2]: value
        for key, value in front.items()
        if "." in key and not key.startswith("联系.") and value
    }


def _narrative(layout: Plan, cells: _Cells, stated: Mapping[str, str]) -> str:
    """The narrative; what was filled in of the statement prints as its sentence, unless the unit wrote one itself."""
    parts = _parts(layout, cells)
    text, owed = narrative_of(parts, lambda piece: ""), layout.form.statement
    for part in parts if owed and stated else ():
        if (
            owed
            and part.title.startswith(owed.section)
            and not any(owed.key in block.text for block in part.blocks if isinstance(block, Paragraph))
        ):
            text = text.replace(f"## {part.title}\n", f"## {part.title}\n\n{{{{{owed.key}}}}}\n", 1)
    return text


def _parts(layout: Plan, cells: _Cells) -> list[ReportPart]:
    """The narrative: a cell is a paragraph, or several by its line ends. A part's title typed again above its text is none."""
    parts = []
    for number, one in enumerate(layout.parts):
        lines = (
            (row, line.strip())
            for row in range(one.first, one.end)
            for line in cells.get((NARRATIVE, row, 1), "").split("\n")
            if line.strip() and _bare(line) != _bare(one.title)
        )
        blocks = tuple(Paragraph((Piece(line),), BlockPlace(line=row + 1, sheet=NARRATIVE)) for row, line in lines)
        parts.append(ReportPart(one.title if number else "", blocks))
    return parts


def _indicators(layout: Plan, cells: _Cells) -> tuple[list[IndicatorRow], list[Ignored]]:
    """The rows that give a name and a value, and those that cannot be taken."""
    taken: dict[str, IndicatorRow] = {}
    odd: list[Ignored] = []
    for row in range(FIRST_INDICATOR, FIRST_INDICATOR + MAX_INDICATORS):
        said = IndicatorRow(
            *(" ".join(cells.get((INDICATORS, row, column), "").split()) for column in range(len(INDICATOR_HEADS)))
        )
        why = _NO_NAME if said.value and not said.name else _TWICE if said.name in taken else None
        if said.value and why is None and not _NUMBER.fullmatch(said.value):
            why = _NOT_A_NUMBER
        if why is not None:
            odd.append(
                Ignored(
                    " ".join(filter(None, said))[:200],
                    SourcePlace(BlockPlace(sheet=INDICATORS, line=row + 1), row + 1),
                    why,
                )
            )
        elif said.name and said.value:
            taken[said.name] = said
    return list(taken.values()), odd


def _indicators_yaml(rows: Sequence[IndicatorRow]) -> str:
    if not rows:
        return ""
    lines = ["", "# 只在正文中出现的数字。“部分”是它所在的部分；“约数”表示正文写作“…余”", "指标:"]
    for row in rows:
        said = [
            ("值", row.value),
            *((key, word(value)) for key, value in zip(INDICATOR_HEADS[2:], row[2:], strict=True) if value),
        ]
        lines.append(f"  {word(row.name)}: {{{', '.join(f'{key}: {value}' for key, value in said)}}}")
    return "\n".join(lines) + "\n"


def _strays(layout: Plan, cells: _Cells) -> Iterator[Ignored]:
    """Anything that stands outside of the form's own places."""
    known = set(layout.labels)
    rows = {one.sheet: one for one in layout.tables}
    for one in layout.tables:
        known |= {(one.sheet, *cell) for cell in one.cells}
    known |= {(FRONT, item.row, column) for item in layout.fields for column in (1, 2)}
    known |= {
        (NARRATIVE, row, column) for part in layout.parts for row in range(part.row, part.end) for column in (0, 1)
    }
    known |= {
        (INDICATORS, row, c)
        for row in range(FIRST_INDICATOR, FIRST_INDICATOR + MAX_INDICATORS)
        for c in range(len(INDICATOR_HEADS))
    }
    top = {**dict.fromkeys(rows, TOP), FRONT: FIRST_FIELD, NARRATIVE: 2, INDICATORS: FIRST_INDICATOR}
    for (sheet, row, column), text in sorted(cells.items()):
        if sheet in (GUIDE, CHECKS) or (sheet, row, column) in known or row < top.get(sheet, 0):
            continue
        yield Ignored(text[:200], SourcePlace(BlockPlace(sheet=sheet, line=row + 1), row + 1, column + 1), _OUTSIDE)
