"""Reads spoilt files: each gives a Document or a refusal, nothing else; bench/fuzz_readers.py tries thousands."""

from __future__ import annotations

import contextlib
import os
import time

import pytest

from generator.readers.document import Document, DocumentTable, Limits, Unreadable
from generator.readers.kinds import sniff
from generator.readers.open_file import read_bytes
from generator.readers.stored_fields import keep_results
from tests.readers.mutate import mutated, seeds

pytestmark = pytest.mark.slow

COUNT = int(os.environ.get("NIANBAO_FUZZ", "80"))
SLICES = 4


def read(data: bytes, seed: str) -> Document | None:
    """What the import command does with a file; legacy kinds are not converted here."""
    name = f"示例.{seed.rstrip('0123456789')}"
    kind = sniff(data, name)
    if kind in ("doc", "rtf", "odt", "wordml", "sheetml"):
        keep_results(data, kind, Limits())
        return None
    return read_bytes(data, name, Limits())


@pytest.mark.parametrize("part", range(SLICES))
def test_only_documents_or_sentences_come_out(part: int) -> None:
    for number in range(part, COUNT, SLICES):
        seed, data = mutated(number)
        start = time.process_time()
        document = None
        with contextlib.suppress(Unreadable):
            document = read(data, seed)
        grids = [] if document is None else [block for block in document.blocks if isinstance(block, DocumentTable)]
        assert all(len({len(row) for row in grid.rows}) == 1 for grid in grids), number
        assert time.process_time() - start < 10, number


def test_the_seeds_themselves_are_read() -> None:
    for kind, data in seeds().items():
        document = read(data, kind)
        assert document is not None and (document.blocks or kind == "ods0"), kind


def test_a_case_is_the_same_every_time() -> None:
    assert mutated(7) == mutated(7)
