"""Leaves large words that lie over a page's text out of it, and keeps titles."""

from __future__ import annotations

import pytest

from generator.readers.pdf import read
from generator.readers.pdf_page import PdfChar
from generator.readers.pdf_watermarks import without_watermarks
from tests.readers.pdf_samples import box, pdf, text
from tests.readers.samples import LIMITS, grids, rules, table, texts

PALE, BLACK = (0.85, 0.85, 0.85), (0.0, 0.0, 0.0)


def line(words: str, x: float, top: float, size: float, color: tuple[float, float, float] = BLACK) -> list[PdfChar]:
    return [
        PdfChar(word, x + size * n, top, x + size * n + size, top + size, size, color=color)
        for n, word in enumerate(words)
    ]


BODY = [char for n in range(4) for char in line("行政许可一二三四2293", 50, 100 + 20 * n, 10)]


@pytest.mark.parametrize(
    ("large", "found"),
    [
        (line("草稿", 60, 105, 40, PALE), "草稿"),
        (line("2021", 60, 105, 40, PALE), "2021"),
        (line("作废", 60, 105, 40), "作废"),  # dark, but over text with both letters
        (line("年度报告", 50, 60, 20), ""),  # a title above the text
        (line("年度报告", 50, 60, 20, (1.0, 1.0, 1.0)), ""),  # in white on a banner
        (line("○", 60, 105, 20), ""),  # a ring around a digit
        (line("草稿", 60, 105, 12, PALE), ""),  # of the size of the text
    ],
)
def test_words_over_the_text_are_watermarks(large: list[PdfChar], found: str) -> None:
    for chars in ([*large, *BODY], [*BODY, *large]):
        kept, words = without_watermarks(chars)
        assert words == found
        assert kept == (BODY if found else chars)


def test_a_watermark_that_also_stands_beside_the_text_is_left_out_there() -> None:
    kept, words = without_watermarks([*BODY, *line("草稿", 60, 105, 40, PALE), *line("草稿", 60, 500, 40, PALE)])
    assert (kept, words) == (BODY, "草稿草稿")


def test_figures_below_a_level_watermark_are_read_and_it_is_told() -> None:
    """Its letters went into the cells beside the figures, and cut sentences in two."""
    names = ("行政许可", "行政处罚", "行政强制")
    rows = "".join(
        box(50, 100 + 24 * n, 150, 124 + 24 * n)
        + box(150, 100 + 24 * n, 250, 124 + 24 * n)
        + text(60, 116 + 24 * n, name, 9)
        + text(180, 116 + 24 * n, f"22{n}", 9)
        for n, name in enumerate(names)
    )
    words = text(60, 200, "本机关全年主动公开政府信息若干条", 9)
    mark = text(130, 165, "草稿", 50, "0.9 g") + "0 g\n"
    document = read(pdf(mark + rows + words), "a.pdf", LIMITS)
    assert table(grids(document)[0]) == [[name, f"22{n}"] for n, name in enumerate(names)]
    assert "IMP-WATERMARK" in rules(document) and texts(document) == ["本机关全年主动公开政府信息若干条"]
    assert not any(cell.uncertain or cell.doubt for row in grids(document)[0].rows for cell in row)
