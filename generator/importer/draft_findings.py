"""Reports what is missing, doubtful or left over in a draft: the IMP- findings."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from generator.drafts.readings import AddedRow, Certainty, Ignored, TableRead, TablesRead, spot_in
from generator.finding import Finding, Level, Message, Place
from generator.forms.model import Form, Table, plain_label
from generator.importer.added_rows import BEYOND
from generator.importer.marked_text import settled_cell
from generator.importer.sections import ReportPart
from generator.readers.document import BlockPlace, DocumentTable, Paragraph, only_pictures
from generator.report.model import address
from generator.report.review_marks import RULE as UNCHECKED


def draft_findings(
    file: str,
    reads: TablesRead,
    parts: Sequence[ReportPart],
    due: Form,
    year: int,
    slips: Sequence[tuple[Table, str]] = (),
) -> Iterator[Finding]:
    """Report on all tables and the narrative of a draft; `due` is the form of its year, `slips` are misprinted notes of
    its tables."""
    if reads.form.local:
        message = Message(
            f"表是地方自设的（{reads.form.title}），不是全国格式；已在 tables.yaml 写明格式，请核对",
            f"the table is a local one (form {reads.form.id}), not the national form; tables.yaml names it, "
            "please check",
        )
        yield Finding("IMP-FORM", Level.NOTE, Place(file), message)
    elif reads.form is not due:
        message = Message(
            f"报告用的是{reads.form.document}的表，{year}年度应用{due.document}；已在 tables.yaml 写明格式，请核对",
            f"the tables are those of form {reads.form.id}, but {year} requires {due.id}; "
            "tables.yaml names the form, please check",
        )
        yield _warning("IMP-FORM", file, BlockPlace(), message)
    for read in reads.tables:
        mixed = {name for extra in reads.extras if extra.table is read.table for name in rows_in_one(extra)}
        yield from table_findings(file, read, mixed)
    for extra in reads.extras:
        yield _mixed(file, extra) if rows_in_one(extra) else _added_row_finding(file, extra, reads.form)
    yield from (_slip(file, table, slip) for table, slip in slips)
    yield from _run_together_findings(file, parts)
    yield from _marked_findings(file, parts)
    yield from (ignored_finding(file, item) for item in reads.ignored)
    yield from (_marked_label(file, item) for item in reads.marked)


def ignored_finding(file: str, item: Ignored) -> Finding:
    """Report a cell that has no place in the form."""
    place = item.spot.describe()
    message = Message(
        f"{place.zh}的“{item.text}”没有填入：{item.why.zh}",
        f"“{item.text}” ({place.en}) was not filled in: {item.why.en}",
    )
    return _warning("IMP-IGNORED", file, item.spot.where, message)


def _marked_label(file: str, item: Ignored) -> Finding:
    """Report a header or a row name that shows more than the words it was recognised by."""
    place = item.spot.describe()
    message = Message(
        f"{place.zh}的行名或表头是“{item.text}”：{item.why.zh}；按其余的字认行、列，请核对",
        f"the row name or header at {place.en} is “{item.text}”: {item.why.en}; it was recognised by the rest, "
        "please check",
    )
    return _warning("IMP-MARKED", file, item.spot.where, message)


def _added_row_finding(file: str, extra: AddedRow, form: Form) -> Finding:
    spot = extra.readings[0].spot
    place, words = spot.describe(), ", ".join(reading.text or "~" for reading in extra.readings)
    doubts = dict.fromkeys(reading.why for reading in extra.readings if reading.why and reading.why != BEYOND)
    zh_doubts = "".join(f"；{why.zh}" for why in doubts)
    en_doubts = "".join(f"; {why.en}" for why in doubts)
    zh, en = ("", "") if form.extensible else ("；这个格式的表不应增行", "; this form does not allow added rows")
    message = Message(
        f"{place.zh}的“{extra.label}”（{words}）是{extra.table.key}没有的行，写在“增加行”里，请核对{zh}{zh_doubts}",
        f"“{extra.label}” ({place.en}; {words}) is not a row of {extra.table.key}; "
        f"it was written under 增加行, please check{en}{en_doubts}",
    )
    return _warning("IMP-EXTRA", file, spot.where, message)


def rows_in_one(extra: AddedRow) -> tuple[str, ...]:
    """Return the keys of the form's rows that an added row stands for: it bears the name of their group."""
    name = plain_label(extra.label)
    rows = [row for block in extra.table.blocks for row in block.rows if not row.added]
    return tuple(row.key for row in rows if name in map(plain_label, row.path[:-1]))


def _mixed(file: str, extra: AddedRow) -> Finding:
    """Report a group of rows that was printed as one row, as another form has it."""
    spot, keys = extra.readings[0].spot, rows_in_one(extra)
    place, words = spot.describe(), ", ".join(reading.text or "~" for reading in extra.readings)
    message = Message(
        f"{place.zh}的“{extra.label}”（{words}）只印了一行，这个格式分{len(keys)}行（{'、'.join(keys)}）："
        "像是混用了另一年的格式。数照原样写在“增加行”里，那几行留空；请核对，能分清的填到各行，"
        "分不清的从 tables.yaml 删去那几行",
        f"“{extra.label}” ({place.en}; {words}) is one row where the form has {len(keys)} ({', '.join(keys)}): "
        "the form of another year was mixed in. It was written under 增加行 and those rows were left blank; "
        "please check, and fill in the rows if you can tell, else delete them",
    )
    return _warning("IMP-MIXED", file, spot.where, message)


def _slip(file: str, table: Table, slip: str) -> Finding:
    printed, _, expected = slip.partition("→")
    message = Message(
        f"{table.key}的说明印作“{printed}”，法定表格是“{expected}”；页面上印法定的说明，不必改草稿",
        f"the note of {table.key} reads “{printed}”, the form prints “{expected}”; pages print the form's, so there is "
        "nothing to mend in the draft",
    )
    return Finding("IMP-SLIP", Level.NOTE, Place(file), message)


# names and figures alternating without a stop: cells of a table that no form has
_RUN_TOGETHER = re.compile(r"(?:[^\d\s。；;，,！？]{2,30}\d{1,20}){6,}")


def _run_together_findings(file: str, parts: Sequence[ReportPart]) -> Iterator[Finding]:
    """Point at running text that was plainly a table, in one finding; it stays in the narrative word for word."""
    paragraphs = [block for section in parts for block in section.blocks if isinstance(block, Paragraph)]
    matches = [(block, match) for block in paragraphs if (match := _RUN_TOGETHER.search(block.text))]
    if not matches:
        return
    starts = [match[0][:60] for _, match in matches]
    zh, en = (f"等{len(starts)}处", f" and {len(starts) - 1} more") if len(starts) > 1 else ("", "")
    message = Message(
        f"“{starts[0]}…”{zh}像是连写的表格，这个格式没有这样的表；原文留在正文里，请照原文件改成表格",
        f"“{starts[0]}…”{en} looks like a table whose cells ran together, and the form has no such table; "
        "it was kept as text, please turn it into a table",
    )
    yield _warning("IMP-RUN-TOGETHER", file, matches[0][0].where, message)


def _marked_findings(file: str, parts: Sequence[ReportPart]) -> Iterator[Finding]:
    """Quote the cells of tables of the narrative that show more than their plain text."""
    for grid in (block for section in parts for block in section.blocks if isinstance(block, DocumentTable)):
        for number, row in enumerate(grid.rows, 1):
            for column, cell in enumerate(row, 1):
                if cell.first and cell.doubt is not None and not only_pictures(cell.raw):
                    place, shown = spot_in(grid, number, column).describe(), (cell.raw or cell.text)[:300]
                    draft = settled_cell(cell)[:300]
                    message = Message(
                        f"{place.zh}是“{shown}”：{cell.doubt.zh}；正文的表格里写作“{draft}”，请核对，改成应有的样子",
                        f"{place.en} is “{shown}”: {cell.doubt.en}; the table of the narrative has “{draft}”, please "
                        "check and correct it",
                    )
                    yield _warning("IMP-MARKED", file, grid.where, message)


def table_findings(file: str, read: TableRead, mixed: Container[str] = ()) -> Iterator[Finding]:
    """Report what a table lacks but for the rows `mixed`, and each reading that is not certain."""
    table = read.table
    if not read.readings:
        yield replace(_warning("IMP-TABLE", file, BlockPlace(), _absent(table)), subject=table.key)
        return
    lacking = dict.fromkeys(table.slots[index].row.key for index in read.missing)
    lacking = {key: None for key in lacking if key not in mixed}
    if lacking:
        message = Message(
            f"{table.key}在原文件中没有这些行或格：{'、'.join(lacking)}",
            f"{table.key}: these rows or cells are not in the file: {', '.join(lacking)}",
        )
        yield _warning("IMP-MISSING", file, BlockPlace(), message)
    doubts: dict[tuple[str, str, str, Certainty], list[int]] = {}
    for index, reading in sorted(read.readings.items()):
        if reading.certainty is not Certainty.CERTAIN:
            why = reading.why.zh if reading.why else ""
            doubts.setdefault((table.slots[index].row.key, reading.raw, why, reading.certainty), []).append(index)
    for indexes in doubts.values():
        yield _doubt(file, read, indexes)


def not_told(checked: Sequence[Finding], of_file: Sequence[Finding]) -> tuple[Finding, ...]:
    """Leaves out of the findings on a draft each mark 待核 of which those on the file say the same: that was three
    findings for one cell."""
    doubted = [finding.subject for finding in of_file if finding.rule in ("IMP-INFERRED", "IMP-UNDECIDED")]
    return tuple(
        finding
        for finding in checked
        if finding.rule != UNCHECKED or not any(f"{cell}.".startswith(f"{finding.subject}.") for cell in doubted)
    )


def _absent(table: Table) -> Message:
    zh, en = ("，各格留空", "; its cells are blank")
    if table.optional:
        zh, en = ("，草稿里没有写", "; the draft leaves it out")
    return Message(f"没有找到{table.key}（{table.caption}）{zh}", f"{table.key} ({table.caption}) was not found{en}")


def _doubt(file: str, read: TableRead, indexes: Sequence[int]) -> Finding:
    """Report the cells of a row that share their raw text and its doubt in one finding."""
    first = read.readings[indexes[0]]
    slots = [read.table.slots[index] for index in indexes]
    place, why = first.spot.describe(), first.why or Message("未能确定", "not certain")
    texts = ", ".join(read.readings[index].text or "~" for index in indexes)
    if first.certainty is Certainty.INFERRED:
        rule, zh, en = "IMP-INFERRED", f"读作“{texts}”，请核对", f"read as “{texts}”, please check"
    else:
        rule, zh, en = "IMP-UNDECIDED", "留空，请照原文件填", "left blank, please fill in from the file"
    name = slots[0].name if len(slots) == 1 else f"{read.table.key}.{slots[0].row.key}（{len(slots)}格）"
    message = Message(
        f"{name}：{place.zh}原文“{first.raw}”，{why.zh}；{zh}", f"{name}: “{first.raw}” ({place.en}): {why.en}; {en}"
    )
    cells = tuple(address(read.table, slot) for slot in slots)
    return replace(_warning(rule, file, first.spot.where, message), cells=cells, subject=slots[0].name)


def _warning(rule: str, file: str, where: BlockPlace, message: Message) -> Finding:
    line = 0 if where.sheet else where.line  # a row of a worksheet is told in the message, by the name of its cell
    return Finding(rule, Level.WARNING, Place(file, line, 0), message)
