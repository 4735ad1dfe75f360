"""Draws reports whose figures are known as files, with some of their cells dressed: struck out, raised, hidden …

The dressings are those of the tests (`tests/readers/dressings.py`, `tests/readers/test_sheet_looks.py`). Web pages,
Word files and workbooks are drawn here; LibreOffice and Chromium, where they are installed, make other formats of them.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator.forms.model import Form, Table
from generator.forms.table_layout import grid
from tests.browser import CHROMIUM
from tests.importer.samples import PREFACE, TITLE, html_table
from tests.readers.dressings import NOT_CONVERTED, NOT_PRINTED, WEB, WORD, Dressing
from tests.readers.samples import book
from tests.readers.test_sheet_looks import DRESSES, NOT_THERE
from tests.readers.word_samples import WML, p, tbl, tc, tr, word

Slot = tuple[str, int]  # table id, number of the slot
OTHER = "47"  # the number that is not the figure
EVERY = 5  # of so many figures one is dressed

# target → (drawn here as, how LibreOffice calls it; "" = Chromium prints it)
CONVERTED = {
    "odt": ("docx", "odt"),
    "doc": ("docx", "doc:MS Word 97"),
    "rtf": ("docx", "rtf"),
    "pdf": ("docx", "pdf"),
    "xls": ("xlsx", "xls:MS Excel 97"),
    "ods": ("xlsx", "ods:calc8"),
    "print": ("html", ""),
}
FORMATS = ("html", "docx", "xlsx", *CONVERTED)
_KINDS: Mapping[str, Sequence[str]] = {
    "html": [dressing.name for dressing in WEB],
    "docx": [dressing.name for dressing in WORD],
    "xlsx": sorted(DRESSES),
}


class Known(NamedTuple):
    """A report whose figures are known: the text of each slot ("" for a blank), without the slots that are not."""

    year: int
    form: Form
    figures: Mapping[Slot, str]


class Dressed(NamedTuple):
    """A file in which the cells `dressed` are dressed as `kind`."""

    kind: str
    name: str
    data: bytes
    dressed: frozenset[Slot]


def kinds(target: str, wanted: str) -> list[str]:
    """Return the dressings that a format can show and whose name has `wanted` in it ("all": every one)."""
    drawn = CONVERTED[target][0] if target in CONVERTED else target
    # LibreOffice does not keep them, Chromium does not know it
    lost = NOT_THERE if drawn == "xlsx" != target else NOT_PRINTED if target == "print" else set[str]()
    lost = NOT_CONVERTED if drawn == "docx" != target else lost
    known = (kind for kind in _KINDS[drawn] if kind not in lost)
    return [kind for kind in known if wanted == "all" or wanted.lower() in kind.lower()]


def draw(target: str, kind: str, known: Known) -> Dressed:
    """Draw a report as html, docx or xlsx, with every fifth of its whole numbers dressed."""
    whole = [slot for slot, text in known.figures.items() if text.isdecimal()]
    first = _KINDS[target].index(kind) % EVERY
    chosen = frozenset(whole[first::EVERY])
    make = {"html": _page, "docx": _word, "xlsx": _book}[target]
    return Dressed(kind, f"示例{known.year}.{target}", make(kind, known, chosen), chosen)


def convert(made: Sequence[Dressed], target: str) -> Iterator[Dressed | None]:
    """Have LibreOffice or Chromium make another format of files, in one folder that is removed afterwards. Yields None
    for a file that the program refuses, and nothing where it is not installed."""
    drawn, by_office = CONVERTED[target]
    program = shutil.which("soffice") if by_office else CHROMIUM
    if program is None:
        return
    suffix = by_office.partition(":")[0] or "pdf"
    with tempfile.TemporaryDirectory() as made_here:
        folder = Path(made_here)
        for number, one in enumerate(made):
            (folder / f"{number}.{drawn}").write_bytes(one.data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        sources = sorted(folder.glob(f"*.{drawn}"))
        office = [program, profile, "--headless", "--convert-to", by_office, "--outdir", made_here]
        if by_office:
            subprocess.run([*office, *map(str, sources)], check=True, capture_output=True, timeout=60 + 30 * len(made))
        for number, one in enumerate(made):
            result = folder / f"{number}.{suffix}"
            if not by_office:
                _print(program, folder / f"{number}.{drawn}", result)
            name = f"{Path(one.name).stem}.{suffix}"
            yield one._replace(name=name, data=result.read_bytes()) if result.exists() else None


def _print(program: str, page: Path, result: Path) -> None:
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={result}"]
    profile = f"--user-data-dir={page.parent / 'chromium'}"
    subprocess.run([program, *options, profile, page.as_uri()], check=True, capture_output=True, timeout=120)


# ---------------------------------------------------------------- the three formats drawn here


def _texts(table: Table, known: Known) -> list[str]:
    return [known.figures.get((table.id, number), "") for number in range(len(table.slots))]


def _sections(known: Known, tables: Mapping[str, str]) -> list[tuple[str, str]]:
    """List (title, what stands below it) of the report's parts; a table that no part takes comes last."""
    parts = [(one.title, tables.get(one.table, "示例正文，无实义。")) for one in known.form.sections]
    placed = {one.table for one in known.form.sections}
    return parts + [(table.caption, tables[table.id]) for table in known.form.tables if table.id not in placed]


def _named(dressings: Sequence[Dressing], kind: str) -> Dressing:
    return next(dressing for dressing in dressings if dressing.name == kind)


_NARROW = ' nowrap="nowrap" style="width:38px;"'  # would leave the paper when printed


def _page(kind: str, known: Known, chosen: frozenset[Slot]) -> bytes:
    dressing = _named(WEB, kind)
    tables = {}
    for table in known.form.tables:
        texts = _texts(table, known)
        for number, text in enumerate(texts):
            if (table.id, number) in chosen:
                texts[number] = dressing.cell.format(true=text, other=OTHER)
        tables[table.id] = html_table(table, texts).replace(_NARROW, "")
    body = "".join(f"<p>{title}</p>{text}" for title, text in _sections(known, tables))
    title = TITLE.format(year=known.year)
    head = f'<meta charset="utf-8"><title>{title}</title>{dressing.head}'
    preface = PREFACE.format(year=known.year)
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body><h1>{title}</h1><p>{preface}</p>{body}</body></html>".encode()
    )


def _word(kind: str, known: Known, chosen: frozenset[Slot]) -> bytes:
    dressing = _named(WORD, kind)
    tables = {}
    for table in known.form.tables:
        texts = _texts(table, known)
        cells = {
            number: dressing.cell.format(true=text, other=OTHER)
            for number, text in enumerate(texts)
            if (table.id, number) in chosen
        }
        tables[table.id] = _word_table(table, texts, cells)
    body = [p(TITLE.format(year=known.year)), p(PREFACE.format(year=known.year))]
    for title, text in _sections(known, tables):
        body += [p(title), text if text.startswith("<") else p(text)]
    body.append(p("示例落款。"))  # no table is the last thing in a file of Word's
    styles = f"<w:styles {WML}>{dressing.head}</w:styles>"
    parts: dict[str, str | bytes] = {"[Content_Types].xml": _TYPES, "word/styles.xml": styles}
    return word("".join(body), parts, [("s", "styles", "styles.xml", False)])


_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD_TYPE}.styles+xml"/></Types>'
)


def _word_table(table: Table, texts: Sequence[str], dressed: Mapping[int, str]) -> str:
    """Return the table as WordprocessingML, merged downwards by vMerge; `dressed` has the content of some cells."""
    rows = []
    pending: dict[int, tuple[int, int]] = {}  # column → rows left, width
    drawn = grid(table)
    for row in (*drawn.head, *(row for body in drawn.bodies for row in body.rows)):
        cells, column, left = [], 0, list(row.cells)
        while left or column in pending:
            if column in pending:
                count, width = pending.pop(column)
                if count > 1:
                    pending[column] = count - 1, width
                cells.append(tc("", f'<w:gridSpan w:val="{width}"/><w:vMerge/>'))
                column += width
                continue
            cell = left.pop(0)
            merge = '<w:vMerge w:val="restart"/>' if cell.rowspan > 1 else ""
            if cell.rowspan > 1:
                pending[column] = cell.rowspan - 1, cell.colspan
            text = dressed.get(cell.hole, texts[cell.hole]) if cell.hole >= 0 else cell.text
            cells.append(tc(text, f'<w:gridSpan w:val="{cell.colspan}"/>{merge}'))
            column += cell.colspan
        rows.append(tr(*cells))
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = f'<w:gridCol w:w="{9000 // table.width}"/>' * table.width  # LibreOffice goes by these
    head = f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
    return tbl(*rows).replace("<w:tblPr/>", head)


class _At:
    """A worksheet whose cell B1 is another cell."""

    def __init__(self, sheet: Any, row: int, column: int) -> None:
        self._sheet, self._row, self._column = sheet, row, column

    def set_row(self, row: int, *rest: Any) -> Any:
        return self._sheet.set_row(row + self._row, *rest)

    def set_column(self, first: int, last: int, *rest: Any) -> Any:
        shift = self._column - 1
        return self._sheet.set_column(first + shift, last + shift, *rest)

    def __getattr__(self, name: str) -> Any:
        return lambda row, column, *rest: getattr(self._sheet, name)(self._row + row, self._column + column - 1, *rest)


def _book(kind: str, known: Known, chosen: frozenset[Slot]) -> bytes:
    def fill(workbook: Any) -> None:
        for number, table in enumerate(known.form.tables):
            sheet = workbook.add_worksheet(table.key)
            sheet.write(0, 0, TITLE.format(year=known.year) if number == 0 else table.caption)
            _sheet_table(workbook, sheet, table, kind, known, chosen)

    return book(fill)


def _sheet_table(workbook: Any, sheet: Any, table: Table, kind: str, known: Known, chosen: frozenset[Slot]) -> None:
    taken: set[tuple[int, int]] = set()
    drawn = grid(table)
    lines = (*drawn.head, *(row for body in drawn.bodies for row in body.rows))
    for line, row in enumerate(lines, start=1):
        column = 0
        for cell in row.cells:
            while (line, column) in taken:
                column += 1
            text = known.figures.get((table.id, cell.hole), "") if cell.hole >= 0 else cell.text
            last = line + cell.rowspan - 1, column + cell.colspan - 1
            taken |= {(r, c) for r in range(line, last[0] + 1) for c in range(column, last[1] + 1)}
            if cell.rowspan > 1 or cell.colspan > 1:
                sheet.merge_range(line, column, *last, "")
            if (table.id, cell.hole) in chosen and cell.hole >= 0:
                DRESSES[kind](_At(sheet, line, column), workbook, int(text))
            elif text.isdecimal():
                sheet.write_number(line, column, int(text))
            else:
                sheet.write_string(line, column, text)
            column += cell.colspan
