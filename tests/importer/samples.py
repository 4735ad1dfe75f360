"""示例 reports in the shapes files arrive in. No figure here is real; every text was written for these tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis.strategies import DrawFn, sampled_from

from generator.forms.model import Form, Table
from generator.forms.table_layout import grid
from generator.importer.make_draft import Draft, take
from generator.readers.document import BlockPlace, Document, DocumentCell, DocumentTable, Limits, Paragraph, Piece
from generator.readers.open_file import read_bytes
from generator.report.entry import Files, ReportRef, read_entry
from generator.report.model import Report
from tests.example import FORMS

LIMITS = Limits()
Figures = Mapping[str, Sequence[str]]  # table id → the text of every slot, in official order


def form(year: int) -> Form:
    return next(form for form in FORMS if form.governs(year))


def table(year: int, name: str) -> Table:
    return next(table for table in form(year).tables if table.id == name)


def figures(year: int, **rows: Sequence[object]) -> dict[str, list[str]]:
    """A consistent report: 3 received, 3 disclosed, the rest 0; `rows` replace whole rows: t3_本年新收=[…]."""
    said: dict[str, list[str]] = {}
    for one in form(year).tables:
        texts = ["0万元" if slot.column.unit_in_cell else "0" for slot in one.slots]
        if one.id == "t3":
            for key in ("本年新收", "予以公开", "总计"):
                first = one.row_ranges[key][0]
                texts[first], texts[first + 6] = "3", "3"
        for key, values in rows.items():
            if key.startswith(one.id + "_"):
                first, count = one.row_ranges[key.removeprefix(one.id + "_")]
                texts[first : first + count] = [str(value) for value in values]
        said[one.id] = texts
    return said


def run_together(one: Table, texts: Sequence[str]) -> str:
    """A table as portals' text versions have it: labels and figures without anything between them."""
    out: list[str] = []
    drawn = grid(one)
    for row in (*drawn.head, *(row for body in drawn.bodies for row in body.rows)):
        out += [texts[cell.hole] if cell.hole >= 0 else cell.text for cell in row.cells]
    return "".join(out)


def tabbed(one: Table, texts: Sequence[str]) -> str:
    """A table as a Word dump has it: a tab before each cell, an empty line behind each row, merged cells once."""
    lines: list[str] = []
    pending: dict[int, int] = {}
    drawn = grid(one)
    for row in (*drawn.head, *(row for body in drawn.bodies for row in body.rows)):
        column = 0
        for cell in row.cells:
            while pending.get(column):
                pending[column] -= 1
                lines.append("\t")
                column += 1
            lines.append("\t" + (texts[cell.hole] if cell.hole >= 0 else cell.text))
            if cell.rowspan > 1:
                pending[column] = cell.rowspan - 1
            column += cell.colspan
        while any(at >= column and left for at, left in pending.items()):
            pending[column] = pending.get(column, 0) - 1 if pending.get(column) else 0
            lines.append("\t")
            column += 1
        lines.append("")
    return "\n".join(lines)


def html_table(one: Table, texts: Sequence[str]) -> str:
    """A table as Word pastes it into a portal: no headers, paragraphs in the cells, widths everywhere."""
    rows = []
    drawn = grid(one)
    for row in (*drawn.head, *(row for body in drawn.bodies for row in body.rows)):
        cells = []
        for cell in row.cells:
            text = (texts[cell.hole] or "&nbsp;") if cell.hole >= 0 else cell.text
            span = (f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else "") + (
                f" colspan='{cell.colspan}'" if cell.colspan > 1 else ""
            )
            cells.append(f'<td{span} nowrap="nowrap" style="width:38px;"><p align="center">{text}</p></td>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table border="1" cellspacing="0"><tbody>{"".join(rows)}</tbody></table>'


def sections(year: int, tables: Mapping[str, str], words: str = "示例正文，无实义。") -> list[tuple[str, str]]:
    """(title, what stands below it) of the six parts, each table in its own."""
    return [(s.title, tables.get(s.table, "") if s.table else words) for s in form(year).sections]


TITLE = "示例区{year}年政府信息公开工作年度报告"
PREFACE = "本报告根据《中华人民共和国政府信息公开条例》编制，统计期限自{year}年1月1日至{year}年12月31日。"


def flat_text(year: int, said: Figures, **changes: str) -> str:
    """A whole report in one line, as a portal's text version gives it."""
    tables = {one.id: run_together(one, said[one.id]) for one in form(year).tables}
    body = "".join(title + text for title, text in sections(year, tables))
    for old, new in changes.items():
        body = body.replace(old, new)
    return f"{TITLE.format(year=year)} {PREFACE.format(year=year)}{body}"


def dump_text(year: int, said: Figures) -> str:
    tables = {one.id: tabbed(one, said[one.id]) for one in form(year).tables}
    body = "\n".join(f"{title}\n{text}\n" for title, text in sections(year, tables))
    return f"{TITLE.format(year=year)}\n\n{PREFACE.format(year=year)}\n{body}"


def page(year: int, said: Figures) -> str:
    """A portal page around a pasted report."""
    tables = {one.id: html_table(one, said[one.id]) for one in form(year).tables}
    body = "".join(
        f"<p>{title}</p>{text if text.startswith('<') else f'<p>　　{text}</p>'}"
        for title, text in sections(year, tables)
    )
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>年报_示例区人民政府</title></head><body>'
        '<div class="header"><a href="/">首页</a></div><div class="position">当前位置：首页</div>'
        f'<h1>{TITLE.format(year=year)}</h1><div class="TRS_Editor"><p>{PREFACE.format(year=year)}</p>{body}</div>'
        '<script>var x = "<table><tr><td>9</td></tr></table>";</script>'
        '<div class="footer">主办单位：示例区人民政府</div></body></html>'
    )


def grid_of(rows: Sequence[Sequence[str]], where: BlockPlace = BlockPlace(table=1)) -> DocumentTable:  # noqa: B008 (a frozen tuple)
    """A grid without merged cells."""
    return DocumentTable(tuple(tuple(DocumentCell(text) for text in row) for row in rows), where)


def document(*blocks: DocumentTable | str, file: str = "示例2021.html", year: int = 2021) -> Document:
    """A document of paragraphs and grids, with a title."""
    made = [
        block if isinstance(block, DocumentTable) else Paragraph((Piece(block),), BlockPlace(line=n))
        for n, block in enumerate(blocks, 2)
    ]
    return Document(file, "html", (Paragraph((Piece(TITLE.format(year=year)),), BlockPlace(line=1)), *made))


def taken(made: Document, organ: str = "shili") -> Draft:
    return take(made, FORMS, (), organ)


def texts_of(draft: Draft, name: str) -> list[str | None]:
    """What was read of a table, slot by slot; None for a cell the file does not have."""
    read = next(read for read in draft.tables if read.table.id == name)
    return [read.readings[i].text if i in read.readings else None for i in range(len(read.table.slots))]


def read_page(html: str) -> Document:
    return read_bytes(html.encode(), "示例.html", LIMITS)


# ---------------------------------------------------------------- the list of 2014-2018


LIST = table(2016, "stat")


SHAPES = ["page", "dump", "flat"]


def listed(drawn: DrawFn) -> list[str]:
    return [
        drawn(sampled_from(["2.02", "116", "0"] if s.column.decimal else ["0", "1", "7", "12", "305", "20691"]))
        for s in LIST.slots
    ]


def list_report(shape: str, texts: list[str], instead: tuple[str, str] = ("", "")) -> str:
    """A whole 示例 report of 2016 with the list behind its parts; `instead` replaces a piece of the list."""
    made = {"page": html_table, "dump": tabbed, "flat": run_together}[shape](LIST, texts).replace(*instead)
    head, name = [TITLE.format(year=2016), PREFACE.format(year=2016)], "附件：政府信息公开情况统计表"
    body = [line for title, words in sections(2016, {}) for line in (title, words)]
    if shape == "page":
        return (
            "<html><head><meta charset='utf-8'></head><body>"
            + "".join(f"<p>{line}</p>" for line in (*head, *body, name))
            + made
            + "</body></html>"
        )
    return ("\n" if shape == "dump" else " ").join([*head, *body, name, made])


def read_list(shape: str, texts: list[str], *instead: str) -> Draft:
    data = list_report(shape, texts, (instead[0], instead[1]) if instead else ("", "")).encode()
    return taken(read_bytes(data, "示例2016.html" if shape == "page" else "示例2016.txt", LIMITS))


def ordered_list() -> list[str]:
    """Every cell another figure, so that none can be taken for its neighbour."""
    return ["2.02" if slot.column.decimal else str(number + 101) for number, slot in enumerate(LIST.slots)]


def read_draft(draft: Draft) -> tuple[Report, list[str]]:
    """The draft read as content, and the rules of what is wrong with it."""
    ref = ReportRef(draft.identity.year, "shili", f"{draft.identity.year}/shili")
    entry, found = read_entry(ref, Files(draft.files["tables.yaml"], draft.files["report.md"]), FORMS)
    assert entry is not None
    return entry.report, [finding.rule for finding in found if finding.blocking]
