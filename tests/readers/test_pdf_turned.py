"""Turns pages of a PDF whose text runs up, down or on its head, before anything is read of them."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, radians, sin

import pytest

from generator.readers.pdf import read
from generator.readers.pdf_turned import lean, quarter_turn, sheared
from tests.readers.pdf_samples import HEIGHT, box, pdf, text
from tests.readers.samples import LIMITS, grids, table, texts

WIDTH = 595
ROWS = [["项目", "自然人", "总计"], ["本年新收", "12", "2293"], ["结转", "1", "10"]]
# turned about the middle of a page, so that a square around it keeps its place
TURNS = {
    "upright": "1 0 0 1 0 0",
    "left": f"0 1 -1 0 {(WIDTH + HEIGHT) / 2} {(HEIGHT - WIDTH) / 2}",
    "over": f"-1 0 0 -1 {WIDTH} {HEIGHT}",
    "right": f"0 -1 1 0 {(WIDTH - HEIGHT) / 2} {(WIDTH + HEIGHT) / 2}",
}
UPRIGHT, LEFT, OVER, RIGHT, MIRRORED, SLANTING = (
    (1, 0, 0, 1, 0, 0),
    (0, 1, -1, 0, 0, 0),
    (-1, 0, 0, -1, 0, 0),
    (0, -1, 1, 0, 0, 0),
    (0, 1, 1, 0, 0, 0),
    (0.7, 0.7, -0.7, 0.7, 0, 0),
)


def ruled() -> str:
    content = text(160, 280, "三、收到和处理政府信息公开申请情况")
    for row, words in enumerate(ROWS):
        for column, word in enumerate(words):
            left, top = 150 + 90 * column, 300 + 40 * row
            content += box(left, top, left + 90, top + 40) + text(left + 10, top + 26, word)
    return content


# pdfplumber 0.11.10 reads the cells of such pages backward, 3922 for 2293: findings/pdfplumber-turned-tables.sh
@pytest.mark.parametrize("turn", TURNS)
def test_a_table_set_sideways_or_on_its_head_is_read_as_it_is_meant(turn: str) -> None:
    document = read(pdf(f"q {TURNS[turn]} cm\n{ruled()}Q\n"), "a.pdf", LIMITS)
    (grid,) = grids(document)
    assert table(grid) == ROWS
    assert not any(cell.uncertain for row in grid.rows for cell in row)
    assert texts(document)[0] == "三、收到和处理政府信息公开申请情况"


def test_each_page_is_turned_for_itself() -> None:
    turned = f"q {TURNS['left']} cm\n{ruled()}Q\n"
    for pages in ((ruled(), turned), (turned, ruled())):
        document = read(pdf(*pages), "a.pdf", LIMITS)
        assert [cell.text for grid in grids(document) for row in grid.rows for cell in row].count("2293") == 2


@pytest.mark.parametrize("turn", TURNS)
def test_a_line_that_someone_drew_through_a_figure_meets_it_on_a_turned_page_too(turn: str) -> None:
    a, b, c, d, e, f = map(float, TURNS[turn].split())
    corners = [(a * x + c * y + e, b * x + d * y + f) for x, y in ((338, 474), (392, 490))]  # of 2293, from the bottom
    edges = (*map(min, zip(*corners, strict=True)), *map(max, zip(*corners, strict=True)))
    annots = f"/Annots [<< /Type /Annot /Subtype /StrikeOut /Rect [{' '.join(map(str, edges))}] /F 4 >>]"
    (grid,) = grids(read(pdf(f"q {TURNS[turn]} cm\n{ruled()}Q\n", annots=annots), "a.pdf", LIMITS))
    assert table(grid) == [ROWS[0], [*ROWS[1][:2], ""], ROWS[2]]


@pytest.mark.parametrize(
    ("matrices", "degrees"),
    [
        ([UPRIGHT] * 20, 0),
        ([LEFT] * 20, 90),
        ([OVER] * 20, 180),
        ([RIGHT] * 20, 270),
        ([LEFT] * 7, 0),
        ([LEFT] * 15 + [UPRIGHT] * 5, 0),
        ([LEFT] * 16 + [UPRIGHT] * 4, 90),
        ([MIRRORED] * 20, 0),
        ([SLANTING] * 20, 0),
        ([], 0),
    ],
)
def test_most_of_a_page_says_how_it_is_held(matrices: list[tuple[float, ...]], degrees: int) -> None:
    assert quarter_turn([{"text": "甲", "matrix": matrix} for matrix in matrices]) == degrees


def test_blanks_do_not_count() -> None:
    assert quarter_turn([{"text": " ", "matrix": UPRIGHT}] * 30 + [{"text": "甲", "matrix": LEFT}] * 8) == 90


def sideways(x: float, top: float, words: str, up: bool) -> str:
    """Words that run up from here, or down."""
    matrix = "0 1 -1 0" if up else "0 -1 1 0"
    return f"BT /F1 9 Tf {matrix} {x} {HEIGHT - top} Tm <{words.encode('utf-16-be').hex()}> Tj ET\n"


@pytest.mark.parametrize("up", [True, False])
def test_names_of_columns_that_run_up_or_down_are_read_so(up: bool) -> None:
    """They were read from top to bottom whatever way they run: 持维果结."""
    heads, content = ("结果维持", "其他结果", "其中：12"), text(160, 280, "行政复议、行政诉讼情况这一行是横排")
    for column, head in enumerate(heads):
        left = 150 + 40 * column
        content += box(left, 300, left + 40, 380) + box(left, 380, left + 40, 404)
        content += sideways(left + 24, 360, head, up) if up else sideways(left + 16, 310, head, up)
        content += text(left + 10, 396, f"1{column}", 9)
    (grid,) = grids(read(pdf(content), "a.pdf", LIMITS))
    assert table(grid) == [list(heads), ["10", "11", "12"]]
    assert not any(cell.uncertain for cell in grid.rows[1])


def test_a_figure_that_runs_up_is_read_and_in_doubt() -> None:
    content = text(60, 80, "本机关主动公开信息若干条示例") + box(50, 100, 150, 160) + box(150, 100, 200, 160)
    content += text(60, 130, "行政许可") + sideways(180, 150, "2293", True)
    (row,) = grids(read(pdf(content), "a.pdf", LIMITS))[0].rows
    assert (row[1].text, row[1].uncertain) == ("2293", True)


def in_a_form(content: str) -> bytes:
    """A page that draws nothing but one form XObject with this content."""
    fonts = "/Resources << /Font << /F1 3 0 R >> >>"
    form = (
        f"30 0 obj\n<< /Type /XObject /Subtype /Form /BBox [-99 -99 999 999] {fonts} /Length {len(content)} >>\n"
        f"stream\n{content}\nendstream\nendobj\n"
    )
    page = pdf("/X0 Do").replace(b"/Resources << /Font", b"/Resources << /XObject << /X0 30 0 R >> /Font")
    return page[: page.rindex(b"xref\n0")] + form.encode() + b"trailer << /Size 31 /Root 1 0 R >>\n%%EOF"


@pytest.mark.parametrize("made", [pdf, in_a_form])
@pytest.mark.parametrize("degrees", [-2, 0.3, 2])
def test_a_page_that_was_copied_askew_is_straightened_and_in_doubt(
    degrees: float, made: Callable[[str], bytes]
) -> None:
    """Its rules were none, and figures of one line came as those of its neighbours. A form turns along, once."""
    a, b = cos(radians(degrees)), sin(radians(degrees))
    content = f"q {a:.6f} {b:.6f} {-b:.6f} {a:.6f} 20 {20 - 300 * b:.2f} cm {ruled()} {box(150, 420, 240, 440)} Q\n"
    (grid,) = grids(read(made(content), "a.pdf", LIMITS))
    assert table(grid)[: len(ROWS)] == ROWS
    figures = [cell for row in grid.rows for cell in row if not any(map(str.isalpha, cell.text))]
    assert figures and all(cell.uncertain or cell.doubt for cell in figures)


def test_upright_rules_that_lean_leave_what_is_near_them_in_doubt() -> None:
    """A figure had come into the cell of its label, and its own as a blank."""
    (grid,) = grids(read(pdf(f"q 1 0 .01 1 0 0 cm {ruled()} Q\n"), "a.pdf", LIMITS))
    assert table(grid) == ROWS and all(cell.uncertain for row in grid.rows for cell in row)


def matrices(*matrix: float, count: int = 10) -> list[dict[str, object]]:
    return [{"matrix": (*matrix, 0, 0), "text": "甲"}] * count


def test_lines_rise_where_most_of_them_do_and_a_little() -> None:
    assert lean(matrices(1, 0.01, -0.01, 1)) == pytest.approx(0.01, rel=0.01)
    assert lean(matrices(1, 0.01, -0.01, 1) + matrices(0.7, 0.7, -0.7, 0.7, count=2)) > 0
    assert lean(matrices(1, 0.01, -0.01, 1, count=5) + matrices(1, 0, 0, 1, count=6)) == 0
    assert lean(matrices(0.7, 0.7, -0.7, 0.7)) == lean(matrices(1, 0.01, -0.01, 1, count=7)) == lean([]) == 0
    assert sheared(matrices(1, 0, 0.05, 1)) and not sheared(matrices(1, 0, 0.21, 1))  # italics
    assert not sheared(matrices(1, 0, 0, 1)) and not sheared([])
