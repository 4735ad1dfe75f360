"""Reads a filled-in workbook of ours into a draft: every cell is known by its place, so nothing is guessed.

A workbook of another year, organ, form or version than asked for, or with changed labels, is refused.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterator, Mapping, Sequence

from generator.collection.settings import Organ
from generator.drafts.readings import Account, Ignored, SourcePlace, TableRead
from generator.drafts.tables_yaml import imported, stated_yaml, tables_yaml
from generator.finding import Finding, Message
from generator.forms.model import Form
from generator.importer.cell_figures import read_cell
from generator.importer.draft_findings import ignored_finding, table_findings
from generator.importer.filled_indicators import cell_place, indicators_of, indicators_yaml
from generator.importer.identify import Identity, date_of
from generator.importer.make_draft import Draft, Only, limited
from generator.importer.narrative_file import narrative_of, passages_of
from generator.importer.sections import ReportPart
from generator.importer.workbook_identity import bare_label, checked
from generator.readers.document import BlockPlace, Document, Paragraph, Piece
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
    Plan,
    TablePlan,
)
from generator.workbook.signature import Stamp, read_carried

_Cells = Mapping[tuple[str, int, int], str]
_OUTSIDE = Message("不是填报的格", "not an input cell")


def take_filled(
    document: Document,
    forms: Sequence[Form],
    organs: Sequence[Organ],
    organ: str = "",
    year: int = 0,
    only: Only = Only.BOTH,
) -> Draft:
    """Make the draft of a filled-in workbook. Raises NeedsInput where it is not the one that was asked for."""
    stamp, layout = checked(document, forms, organs, organ, year)
    draft = _draft(document, stamp, layout)
    return draft if draft.unfilled else limited(draft, only)


def _of_own_formulas(finding: Finding, sheets: Container[str]) -> bool:
    """Tell a finding on formulas without a result in sheets where only ours stand; a formula that was typed over a
    figure is told at its cell."""
    name = re.match("工作表“([^”]*)”", finding.message.zh)
    return finding.rule == "IMP-FORMULA" and name is not None and name[1] in sheets


def _draft(document: Document, stamp: Stamp, layout: Plan) -> Draft:
    cells = document.cells
    reads = tuple(_table(table_plan, document) for table_plan in layout.tables)
    front = _front(layout, cells)
    doubted = tuple(_doubted(layout, document, front))
    indicators, rejected = indicators_of(document)
    ignored = (*_strays(layout, document), *doubted, *rejected)
    meta = {key: front[key] for key in ("索引号", "文号", "发文日期", "发布机构")}
    contact = {key.removeprefix("联系."): value for key, value in front.items() if key.startswith("联系.") and value}
    title = front["标题"] or f"{stamp.name}{stamp.year}年政府信息公开工作年度报告"
    head = imported(stamp.year, "填报表")
    figures = tables_yaml(stamp.year, stamp.organ, layout.form, False, title, meta, contact, reads, {}, head)
    files = {
        "tables.yaml": (figures + stated_yaml(layout.form, _stated(front)) + indicators_yaml(indicators)).encode(),
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
        spot = cell_place(plan.sheet, row, column)
        place = plan.sheet, row, column
        seen, doubt = document.doubts.get(place, ("", None))
        readings[index] = read_cell(document.cells.get(place, ""), slot.column, spot, seen=seen, doubt=doubt)
    return TableRead(plan.table, readings, sum(box.cell.hole < 0 and bool(box.cell.text) for box in plan.boxes))


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
            if line.strip() and bare_label(line) != bare_label(part.title)
        )
        blocks = tuple(Paragraph((Piece(line),), BlockPlace(line=row + 1, sheet=NARRATIVE)) for row, line in lines)
        parts.append(ReportPart(part.title if number else "", blocks))
    return parts


def _strays(layout: Plan, document: Document) -> Iterator[Ignored]:
    """List all texts outside of the places that the workbook has for input."""
    known = _known_places(layout)
    tables = dict.fromkeys((table_plan.sheet for table_plan in layout.tables), TOP)
    top = {**tables, FRONT: FIRST_FIELD, NARRATIVE: 2, INDICATORS: FIRST_INDICATOR}
    texts = {place: doubt.raw for place, doubt in document.doubts.items()} | dict(document.cells)
    for (sheet, row, column), text in sorted(texts.items()):
        if sheet in (GUIDE, CHECKS) or (sheet, row, column) in known or row < top.get(sheet, 0):
            continue
        yield Ignored(text[:200], cell_place(sheet, row, column), _OUTSIDE)


def _known_places(layout: Plan) -> set[tuple[str, int, int]]:
    """Return the places of all labels, hints and input cells."""
    known = set(layout.labels)
    known |= {(plan.sheet, *cell) for plan in layout.tables for cell in plan.cells}
    known |= {(FRONT, item.row, column) for item in layout.fields for column in (1, 2)}
    lines = {row for part in layout.parts for row in range(part.row, part.end)}
    known |= {(NARRATIVE, row, column) for row in lines for column in (0, 1)}
    indicators = range(FIRST_INDICATOR, FIRST_INDICATOR + MAX_INDICATORS)
    return known | {(INDICATORS, row, column) for row in indicators for column in range(len(INDICATOR_HEADS))}
