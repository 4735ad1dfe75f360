"""Names of rows are headers of their rows in the PDF, for people who hear a table instead of seeing it."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pdfplumber
import pikepdf
import pytest

from generator.forms.table_layout import grid, laid
from generator.website.downloads.manuscript import manuscript
from generator.website.downloads.office_files import Pdf
from generator.website.downloads.paper_tables import blank
from generator.website.downloads.pdf_row_names import name_rows
from tests.website.downloads.samples import ORGAN, WORDS, corrected, every_form, hard

pytest.importorskip("typst", exc_type=ImportError)
TABLES = [id for id, entry in every_form().items() if entry.report.sheets]


def elements(node: Any, kind: str) -> Iterator[Any]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child, kind)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        if node["/S"] == kind:
            yield node
        yield from elements(node.get("/K"), kind)


def marks(cell: Any) -> list[str]:
    """The marks of the headers that a cell refers to."""
    return [str(mark) for look in cell["/A"] for mark in look.get("/Headers", ())]


def shown(data: bytes) -> dict[tuple[int, int], str]:
    """The text of each marked content, by its page and number."""
    texts: dict[tuple[int, int], str] = defaultdict(str)
    with pdfplumber.open(io.BytesIO(data)) as opened:
        for number, page in enumerate(opened.pages):
            for char in page.chars:
                if char["mcid"] is not None:
                    texts[number, char["mcid"]] += char["text"].strip()
    return texts


@pytest.mark.parametrize("name", [*TABLES, "hard", "corrected"])
def test_every_figure_refers_to_the_names_of_its_row_and_no_other(name: str) -> None:
    entry = {"hard": hard, "corrected": corrected}.get(name, lambda: every_form()[name])()
    data = Pdf().data(entry, ORGAN, WORDS)
    texts = shown(data)
    with pikepdf.open(io.BytesIO(data)) as opened:
        assert not opened.check_pdf_syntax()
        pages = [page.objgen for page in opened.pages]

        def text(cell: Any) -> str:
            numbers = [kid for kid in cell.get("/K", ()) if isinstance(kid, int)]
            return "".join(texts[pages.index(cell["/Pg"].objgen), number] for number in numbers)

        tree = opened.Root["/StructTreeRoot"]
        found = list(tree["/IDTree"]["/Names"])
        known = dict(zip(map(str, found[::2]), found[1::2], strict=True))
        assert [bytes(mark) for mark in found[::2]] == sorted(bytes(mark) for mark in found[::2])
        tables = list(elements(tree["/K"], "/Table"))
        sheets = entry.report.sheets
        if name == "hard":
            assert not [cell for cell in elements(tables.pop(0), "/TH") if "/Row" in str(cell["/A"][0].get("/Scope"))]
        for table, sheet in zip(tables, sheets, strict=False):
            cells = [*elements(table, "/TH"), *elements(table, "/TD")]
            assert {str(cell["/A"][0].get("/Scope")) for cell in elements(table, "/TH")} <= {"/Row", "/Column"}
            said = sorted(
                (
                    "".join(text(known[mark]) for mark in marks(cell) if mark.startswith("R")),
                    text(cell).removesuffix("更正"),
                )
                for cell in cells
                if cell["/S"] == "/TD"
            )
            assert said == sorted(wanted(sheet)), sheet.table.id


def wanted(sheet: Any) -> Iterator[tuple[str, str]]:
    """The names beside each cell that is neither a name nor a head, joined, and its text."""
    areas, lowest = list(laid(grid(sheet.table, sheet.absent))), len(grid(sheet.table, sheet.absent).head)
    titles = {top + step for cell, top, *_ in areas if cell.title_row for step in (0, 1)} | set(range(lowest))
    names = [area for area in areas if area.cell.kind == "th" and area.top not in titles]
    for area in areas:
        if area in names or area.top in titles:
            continue
        beside = [it.cell.text for it in names if it.top <= area.top < it.bottom and it.left < area.left]
        text = area.cell.text if area.cell.hole < 0 else sheet.texts[area.cell.hole]
        yield "".join("".join(beside).split()), "".join(text.split())


def test_a_file_that_is_built_otherwise_stays_as_it_is() -> None:
    entry = every_form()["gbkbh-2021-30"]
    data = Pdf().data(entry, ORGAN, WORDS)
    tables = [blank(sheet.table, sheet.absent) for sheet in entry.report.sheets]
    assert name_rows(data, tables[:2]) == data
    assert name_rows(b"%PDF-1.7\n%%EOF", tables) == b"%PDF-1.7\n%%EOF"
    other = data.replace(b"/S/TH/", b"/S/TX/")  # cells that are not known
    assert name_rows(other, tables) == other
    assert name_rows(data.replace(b"/IDTree", b"/OtherID"), tables).count(b"/OtherID") == 1
    assert manuscript(entry, ORGAN, WORDS).corrections is None
