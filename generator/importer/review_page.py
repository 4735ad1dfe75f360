"""Draws the side-by-side page: the file on the left, what was read of it on the right, doubts marked."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from generator.drafts.readings import Certainty, Reading, SourcePlace, TableRead
from generator.finding import Finding, Level
from generator.forms.table_layout import grid
from generator.importer.make_draft import Draft
from generator.importer.sections import collapsed
from generator.narrative.html import read_prose
from generator.readers.document import Document, DocumentTable, Paragraph

_LEVELS = {Level.ERROR: "错误", Level.WARNING: "警告", Level.NOTE: "提示"}
_KINDS = {"png": "png", "jpg": "jpeg", "jpeg": "jpeg", "gif": "gif", "webp": "webp"}


class CellView(NamedTuple):
    """One cell: `mark` is certain, inferred, undecided, missing, or "" for a label; `link` is the original's anchor."""

    tag: str
    text: str
    rowspan: int
    colspan: int
    mark: str = ""
    note: str = ""
    id: str = ""
    link: str = ""
    raw: str = ""


class BlockView(NamedTuple):
    """One block of the file: a paragraph (`level` > 0: a heading), a picture (`data`: its URI), or a table (`rows`)."""

    id: str
    text: str | Markup = ""
    level: int = 0
    data: str = ""
    caption: str = ""
    rows: tuple[tuple[CellView, ...], ...] = ()


class TableView(NamedTuple):
    """One table as read; `counts` are its cells by mark."""

    key: str
    caption: str
    rows: tuple[tuple[CellView, ...], ...]
    counts: Mapping[str, int]


class LineView(NamedTuple):
    """One finding."""

    level: str
    rule: str
    text: str


def review_page(template: str, document: Document, draft: Draft, checked: Sequence[Finding]) -> str:
    """Draw the page, complete in itself: no script, no link to anything outside, pictures embedded."""
    env = Environment(
        loader=DictLoader({"review.html": template}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    anchors = {_anchor(document, reading.spot) for read in draft.tables for reading in read.readings.values()}
    narrative = read_prose(draft.files["report.md"].decode(), "", lambda key: None)
    return env.get_template("review.html").render(
        draft=draft,
        file=document.file,
        blocks=list(_blocks(document, draft, anchors)),
        tables=[_table(document, read) for read in draft.tables],
        preface=Markup(narrative.preface),
        sections=[(s.title, Markup(s.html)) for s in narrative.sections],
        ignored=[
            (i.text, i.spot.describe().say("zh"), i.why.say("zh"), _anchor(document, i.spot)) for i in draft.ignored
        ],
        found=_lines(draft.findings),
        checked=_lines(finding for finding in checked if finding.accepted is None),
    )


def _lines(findings: Iterable[Finding]) -> list[LineView]:
    return [LineView(_LEVELS[finding.level], finding.rule, finding.message.say("zh")) for finding in findings]


def _anchor(document: Document, spot: SourcePlace) -> str:
    """Return the id of the original cell, or of the paragraph that holds its text; "" where it has none."""
    for number, block in enumerate(document.blocks, 1):
        if block.where == spot.where:
            if isinstance(block, DocumentTable):
                return f"o{number}-{spot.row}-{spot.column}" if spot.row else f"o{number}"
            return f"o{number}-c{spot.at}" if spot.at else f"o{number}"
    return ""


def _text_marks(document: Document, draft: Draft) -> dict[int, dict[int, str]]:
    """Map block number and character to the raw text that was read there."""
    marks: dict[int, dict[int, str]] = {}
    numbers = {block.where: number for number, block in enumerate(document.blocks, 1) if isinstance(block, Paragraph)}
    for read in draft.tables:
        for reading in read.readings.values():
            if reading.spot.at and reading.spot.where in numbers:
                marks.setdefault(numbers[reading.spot.where], {})[reading.spot.at] = reading.raw
    return marks


def _marked(text: str, raws: Mapping[int, str], name: str) -> str | Markup:
    """Mark each passage of a paragraph that was read, with an anchor."""
    if not raws:
        return text
    out, last = Markup(), 0
    for at in sorted(raws):
        start, end = at - 1, at - 1 + len(raws[at])
        out += Markup("{}<mark id='{}'>{}</mark>").format(text[last:start], f"{name}-c{at}", text[start:end])
        last = end
    return out + text[last:]


def _blocks(document: Document, draft: Draft, anchors: set[str]) -> Iterator[BlockView]:
    marks = _text_marks(document, draft)
    pictures = {picture.name: picture.data for picture in document.pictures}
    for number, block in enumerate(document.blocks, 1):
        name = f"o{number}"
        if isinstance(block, Paragraph):
            yield BlockView(name, _marked(collapsed(block).text, marks.get(number, {}), name), block.level)
            for piece in block.pieces:
                if piece.picture in pictures:
                    yield BlockView(f"{name}-p", piece.text, data=_uri(piece.picture, pictures[piece.picture]))
        else:
            yield BlockView(name, caption=block.caption, rows=tuple(_original(block, name, anchors)))


def _uri(name: str, data: bytes) -> str:
    kind = _KINDS.get(name.rpartition(".")[2].lower(), "png")
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def _original(block: DocumentTable, name: str, anchors: set[str]) -> Iterator[tuple[CellView, ...]]:
    for r, row in enumerate(block.rows, 1):
        cells = []
        for c, cell in enumerate(row, 1):
            if cell.first:
                anchor = f"{name}-{r}-{c}"
                mark = "taken" if anchor in anchors else ""
                cells.append(CellView("td", cell.text, cell.rowspan, cell.colspan, mark, "", anchor))
        yield tuple(cells)


def _table(document: Document, read: TableRead) -> TableView:
    drawn = grid(read.table)
    rows = [row for part in (drawn.head, *(body.rows for body in drawn.bodies)) for row in part]
    counts: dict[str, int] = {}
    out = []
    for row in rows:
        cells = []
        for cell in row.cells:
            if cell.hole < 0:
                cells.append(CellView(cell.kind, cell.text, cell.rowspan, cell.colspan))
                continue
            view = _value(document, read.readings.get(cell.hole), cell.rowspan, cell.colspan)
            counts[view.mark] = counts.get(view.mark, 0) + 1
            cells.append(view)
        out.append(tuple(cells))
    return TableView(read.table.key, read.table.caption, tuple(out), counts)


def _value(document: Document, reading: Reading | None, rowspan: int, colspan: int) -> CellView:
    if reading is None:
        return CellView("td", "", rowspan, colspan, "missing", "原文件中没有这一格")
    note = f"{reading.spot.describe().zh}，原文“{reading.raw}”" + (f"：{reading.why.zh}" if reading.why else "")
    raw = reading.raw if reading.certainty is Certainty.UNDECIDED else ""
    mark, link = reading.certainty.value, _anchor(document, reading.spot)
    return CellView("td", reading.text, rowspan, colspan, mark, note, link=link, raw=raw)
