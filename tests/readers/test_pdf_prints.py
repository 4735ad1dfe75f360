"""Reads 示例 reports printed by a browser and by LibreOffice: what is on paper is read, whatever its look."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from generator.importer.make_draft import Draft, take
from generator.readers.document import Document, DocumentCell
from generator.readers.pdf import read
from generator.readers.pdf_open import pages
from generator.readers.text_cleanup import plain
from tests.browser import needed, running
from tests.example import FORMS
from tests.importer.samples import figures, page, texts_of
from tests.readers.dressings import NOT_PRINTED, WEB
from tests.readers.samples import LIMITS, grids, rules, soffice, texts

_MARGIN: Any = dict.fromkeys(("top", "bottom", "left", "right"), "1cm")
RECEIVED = [20, 0, 0, 0, 0, 1, 21]
FIGURES = figures(2021, t3_本年新收=RECEIVED, t3_总计=[19, 0, 0, 0, 0, 1, 20], t2_行政许可=[2293])


def printed(html: str, **options: Any) -> bytes:
    with running() as opened:
        sheet = opened.new_page()
        sheet.set_content(html)
        return sheet.pdf(format="A4", print_background=True, margin=_MARGIN, **options)


def report(style: str = "", table: str = "<table border=1>") -> str:
    """The report of 2021 with these looks."""
    looks = f'<style>body{{font:10px "Noto Sans CJK SC"}}table{{width:100%}}{style}</style>'
    return re.sub("<table[^>]*>", table, page(2021, FIGURES).replace("<head>", f"<head>{looks}"))


def drafted(data: bytes) -> tuple[Document, Draft]:
    document = read(data, "示例.pdf", LIMITS)
    return document, take(document, FORMS, (), "shili", 2021)


def is_right(draft: Draft) -> bool:
    return all(texts_of(draft, name) == FIGURES[name] for name in FIGURES)


@needed
@pytest.mark.browser
def test_every_character_of_gb_2312_is_read_as_it_was_written() -> None:
    """Browsers share a glyph between 胶 and 㬵, 母 and ⺟, ／ and ∕ and name the other one in the font."""
    codes = (bytes((high, low)) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    chars = [char for char in (code.decode("gb2312", "ignore") for code in codes) if char and not char.isspace()]
    lines = ["".join(chars[at : at + 40]) for at in range(0, len(chars), 40)]
    data = printed('<body style="font:12px Noto Sans CJK SC">' + "".join(f"<div>{line}</div>" for line in lines))
    seen = [char for sheet in pages(data, LIMITS).pages for char in sheet.chars]
    assert len(chars) > 7_000 and "".join(char.text for char in seen) == "".join(map(plain, chars))


@needed
@pytest.mark.browser
@pytest.mark.parametrize(
    ("style", "table"),
    [
        ("", "<table border=1>"),
        ("td,th{border:1px dashed #000}table{border-collapse:collapse}", "<table>"),
        ("td,th{border:4px double #000}table{border-collapse:collapse}", "<table>"),
    ],
    ids=["separate", "dashed", "double"],
)
def test_borders_of_every_kind_are_read(style: str, table: str) -> None:
    document, draft = drafted(printed(report(style, table)))
    assert is_right(draft) and "IMP-UNCERTAIN" not in rules(document)


@needed
@pytest.mark.browser
def test_head_and_foot_lines_of_a_print_on_two_pages_break_no_table() -> None:
    html = report("td{padding:2px}", "<table border=1 style='border-collapse:collapse'>")
    document, draft = drafted(printed(html, display_header_footer=True))
    assert is_right(draft) and max(block.where.page for block in document.blocks) == 2
    assert "IMP-HEADER" in rules(document) and not any("1/2" in text or "2/2" in text for text in texts(document))


@needed
@pytest.mark.browser
def test_a_header_that_is_printed_on_each_page_breaks_no_table() -> None:
    html = report("td{padding:9px 3px}", "<table border=1 style='border-collapse:collapse'>")
    start = html.index("<table", html.index("<p>三、"))
    head = html.index(">", start) + 1
    end = [row.end() for row in re.finditer("</tr>", html) if row.start() > head][2]
    repeated = f"{html[:head]}<thead>{html[head:end]}</thead>{html[end:]}"
    document, draft = drafted(printed(repeated, display_header_footer=True))
    assert is_right(draft) and max(block.where.page for block in document.blocks) == 3


@needed
@pytest.mark.browser
def test_dressed_cells_of_a_print_are_read_plain_or_doubted() -> None:
    looks = [look for look in WEB if not look.head and look.name not in NOT_PRINTED]
    rows = "".join(f"<tr><td>甲</td><td>{look.cell.format(true=2293, other=99)}</td></tr>" for look in looks)
    (grid,) = grids(read(printed(f"<table border=1>{rows}</table>"), "a.pdf", LIMITS))
    for look, (_, cell) in zip(looks, grid.rows, strict=True):
        assert is_true_or_doubted(cell, "2293"), (look.name, cell)
        assert look.hides or cell.doubt is not None, look.name


def is_true_or_doubted(cell: DocumentCell, true: str) -> bool:
    return cell.text == true or (cell.doubt is not None and (not cell.text or "\n" in cell.text))


@pytest.mark.office
def test_struck_and_raised_figures_printed_by_libreoffice_are_doubted(tmp_path: Path) -> None:
    looks = ["<s>22</s>23", "23<sup>1</sup>", "23<sub>1</sub>", "<u>23</u>", "<b>23</b>"]
    rows = "".join(f"<tr><td>甲</td><td>{look}</td></tr>" for look in looks)
    source = tmp_path / "示例.html"
    source.write_text(f'<meta charset="utf-8"><table border=1>{rows}</table>', encoding="utf-8")
    (grid,) = grids(read(soffice(source, "pdf:writer_web_pdf_Export", "HTML (StarWriter)"), "a.pdf", LIMITS))
    cells = [row[1] for row in grid.rows]
    assert [cell.text for cell in cells] == ["23"] * 5
    assert [cell.raw for cell in cells] == ["〔划去：22〕23", "23〔上标：1〕", "23〔下标：1〕", "", ""]
    assert [cell.doubt is not None for cell in cells] == [True, True, True, False, False]
