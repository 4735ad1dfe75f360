"""Explains every finding that a reader makes, and none that no reader makes."""

from __future__ import annotations

import re
from pathlib import Path

from generator.finding import Message
from generator.printers.explain import documentation, known
from generator.readers import notes
from generator.readers.notes import listed

READERS = Path(notes.__file__).parent


def test_every_finding_of_the_office_readers_is_documented() -> None:
    made: set[str] = set()
    for path in READERS.glob("*.py"):
        if path.name != "notes.py":
            made |= set(re.findall(r'(?:note|warn)\(\s*"(IMP-[A-Z-]+)"', path.read_text(encoding="utf-8")))
    assert made <= set(notes.DOCS) and len(made) > 15
    assert all(text.zh and text.en for text in notes.DOCS.values())
    assert set(notes.DOCS) <= made
    assert documentation("IMP-HIDDEN") == notes.DOCS["IMP-HIDDEN"] and set(notes.DOCS) <= set(known())


def test_long_lists_are_counted() -> None:
    assert listed(["甲", Message("乙", "B")]) == ("甲、乙", "甲, B")
    assert listed(str(number) for number in range(10)) == (
        "0、1、2、3、4、5、6、7等10项",
        "0, 1, 2, 3, 4, 5, 6, 7 and 2 more",
    )
