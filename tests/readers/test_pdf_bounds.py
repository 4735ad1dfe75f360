"""Refuses PDF files that unpack or draw without end."""

from __future__ import annotations

import random
import time
import zlib

import pytest

from generator.readers.document import Limits, Unreadable
from generator.readers.pdf import read
from tests.readers.pdf_samples import HEIGHT, box, pdf, rule, text
from tests.readers.samples import LIMITS, grids, rules, table, texts


def test_bombs() -> None:
    data = zlib.compress(b"q Q " * 8_000_000, 9)
    bomb = pdf("").replace(b"stream\n", b"stream\n" + data + b"\n", 1)
    with pytest.raises(Unreadable, match="exceeds"):
        read(bomb, "a.pdf", Limits(unpacked_bytes=5_000_000))
    with pytest.raises(Unreadable, match="twice"):
        read(pdf("").replace(b"/Filter /FlateDecode", b"/Filter [/FlateDecode /FlateDecode]"), "a.pdf", LIMITS)


@pytest.mark.slow
def test_pages_full_of_lines_and_characters_end_soon() -> None:
    draw = random.Random(1)
    tangle = "".join(
        rule(x := draw.uniform(0, 590), y := draw.uniform(0, 800), x + draw.choice([0, 9]), y + draw.choice([0, 9]))
        for _ in range(9_000)
    )
    dashes = "".join(rule(x, y, x, y + 6) for x in range(10, 590, 10) for y in range(120, 800, 12))
    start = time.process_time()
    read(pdf(text(74, 100, "正文") + tangle), "a.pdf", LIMITS)
    document = read(pdf(text(74, 100, "正文") + dashes), "a.pdf", LIMITS)
    assert texts(document) == ["正文"] and "IMP-UNCERTAIN" in rules(document)
    with pytest.raises(Unreadable, match="too much"):
        read(pdf("".join(text(74, 100 + n % 600, "甲" * 100) for n in range(301))), "a.pdf", LIMITS)
    assert time.process_time() - start < 60  # takes a few


def test_forms_calling_forms_end() -> None:
    """Ten forms, each calling the next one ten times: ten thousand million drawings."""
    body = pdf(text(74, 100, "文") + "/X0 Do")
    forms = []
    for number in range(10):
        calls = f"/X{number + 1} Do " * 10
        names = f"/Resources << /XObject << /X{number + 1} {31 + number} 0 R >> >>"
        forms.append(
            f"{30 + number} 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] {names} /Length {len(calls)} >>\n"
            f"stream\n{calls}\nendstream\nendobj\n"
        )
    body = body.replace(b"/Resources << /Font", b"/Resources << /XObject << /X0 30 0 R >> /Font")
    body = body[: body.rindex(b"xref\n0")] + "".join(forms).encode() + b"trailer << /Size 60 /Root 1 0 R >>\n%%EOF"
    with pytest.raises(Unreadable, match="too much"):
        read(body, "a.pdf", LIMITS)


@pytest.mark.parametrize("shown", ["<{}> '", '0 0 <{}> "', "T* <{}> Tj"])
def test_each_figure_stands_on_the_line_that_its_operator_begins(shown: str) -> None:
    """pdfminer.six 20260107 leaves out the new line of the double quote: all rows came as one figure."""
    names, figures = ["规章", "许可", "处罚"], ["12", "2293", "10"]
    drawn = ""
    for row, name in enumerate(names):
        top = 100 + 30 * row
        drawn += box(50, top, 130, top + 30) + box(130, top, 230, top + 30) + text(60, top + 20, name)
    column = " ".join(shown.format(figure.encode("utf-16-be").hex()) for figure in figures)
    drawn += f"BT /F1 12 Tf 30 TL 1 0 0 1 140 {HEIGHT - 90} Tm {column} ET\n"
    (grid,) = grids(read(pdf(drawn), "a.pdf", LIMITS))
    assert table(grid) == [[name, figure] for name, figure in zip(names, figures, strict=True)]
