"""Dresses any cell of a statutory table in any way: it reads as the true figure, doubted where more is to be seen."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.importer.marked_text import settle_marks
from generator.readers.document import Document
from generator.readers.open_file import read_bytes
from tests.readers import samples
from tests.readers.dressings import WEB, WORD, Dressing
from tests.readers.samples import LIMITS, Spec, big_table, expanded, grids, rules
from tests.readers.word_samples import WML, tbl, tc, tr, word

pytestmark = pytest.mark.slow

ROWS = big_table(random.Random(12))
FIGURES = [(r, c) for r, row in enumerate(ROWS) for c, spec in enumerate(row) if spec[0].isdigit()]
PLACES = st.sampled_from(FIGURES)
OTHERS = st.integers(0, 999).map(str)


def web_page(dressing: Dressing, place: tuple[int, int], other: str) -> bytes:
    def dressed(r: int, c: int, spec: Spec) -> Spec:
        return (dressing.cell.format(true=spec[0], other=other), *spec[1:]) if (r, c) == place else spec

    rows = [[dressed(r, c, spec) for c, spec in enumerate(row)] for r, row in enumerate(ROWS)]
    return samples.page([rows], dressing.head).encode()


def word_file(dressing: Dressing, place: tuple[int, int], other: str) -> bytes:
    lines = []
    for r, row in enumerate(ROWS):
        cells = []
        for c, (text, _, across) in enumerate(row):
            content = dressing.cell.format(true=text, other=other) if (r, c) == place else text
            cells.append(tc(content, f'<w:gridSpan w:val="{across}"/>'))
        lines.append(tr(*cells))
    styles = f"<w:styles {WML}>{dressing.head}</w:styles>"
    return word(tbl(*lines), {"word/styles.xml": styles}, [("s", "styles", "styles.xml", False)])


def check(document: Document, dressing: Dressing, true: str, other: str) -> None:
    """The dressed cell reads as the true figure, and every other cell as it was, without a doubt."""
    cells = [cell for row in grids(document)[0].rows for cell in row if cell.first]
    doubted = [cell for cell in cells if cell.doubt is not None]
    if dressing.hides:
        assert doubted == [] and "IMP-HIDDEN" in rules(document)
        return
    (cell,) = doubted
    assert cell.text == true and cell.raw != true and cell.doubt is not None
    assert other in cell.raw or dressing.name == "footnote"


@pytest.mark.slow
@pytest.mark.parametrize("dressing", WEB, ids=[dressing.name for dressing in WEB])
@settings(max_examples=6)
@given(place=PLACES, other=OTHERS)
def test_a_dressed_cell_of_a_web_page_is_never_another_figure(
    dressing: Dressing, place: tuple[int, int], other: str
) -> None:
    document = read_bytes(web_page(dressing, place, other), "示例.html", LIMITS)
    assert samples.table(grids(document)[0]) == expanded(ROWS)
    check(document, dressing, ROWS[place[0]][place[1]][0], other)


@pytest.mark.slow
@pytest.mark.parametrize("dressing", WORD, ids=[dressing.name for dressing in WORD])
@settings(max_examples=6)
@given(place=PLACES, other=OTHERS)
def test_a_dressed_cell_of_a_word_file_is_never_another_figure(
    dressing: Dressing, place: tuple[int, int], other: str
) -> None:
    document = read_bytes(word_file(dressing, place, other), "示例.docx", LIMITS)
    true = ROWS[place[0]][place[1]][0]
    texts = [cell.text for row in grids(document)[0].rows for cell in row if cell.first]
    assert [text for text in texts if text] == [spec[0] for row in ROWS for spec in row]
    check(document, dressing, true, other)


@pytest.mark.parametrize("dressing", [*WEB, *WORD], ids=lambda dressing: dressing.name)
@settings(max_examples=3)
@given(other=st.integers(10, 999).map(str))
def test_a_dressed_number_of_the_narrative_joins_no_other_number(dressing: Dressing, other: str) -> None:
    """In running text a struck or hidden number is gone, a raised one does not make another number."""
    if dressing in WEB:
        sentence = dressing.cell.format(true="2293", other=other)
        data = f"<html><head>{dressing.head}</head><body><p>收到申请{sentence}件。</p></body></html>".encode()
    else:
        styles = f"<w:styles {WML}>{dressing.head}</w:styles>"
        parts: dict[str, str | bytes] = {"word/styles.xml": styles}
        data = word(dressing.cell.format(true="2293", other=other), parts, [("s", "styles", "styles.xml", False)])
    shown = "".join(samples.texts(settle_marks(read_bytes(data, "示例", LIMITS))))
    numbers = re.findall("[0-9]+", shown)
    assert "2293" in numbers and not any("2293" in number and number != "2293" for number in numbers)
