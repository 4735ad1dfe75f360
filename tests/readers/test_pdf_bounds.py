"""Refuses PDF files that unpack or draw without end."""

from __future__ import annotations

import random
import time
import zlib

import pytest

from generator.readers.document import Limits, Unreadable
from generator.readers.pdf import read
from tests.readers.pdf_samples import pdf, rule, text
from tests.readers.samples import LIMITS, rules, texts


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
