"""Each office file type has a reader that takes bytes and gives a Document or refuses."""

from __future__ import annotations

import pytest

from generator.readers.document import Unreadable
from generator.readers.kinds import refused
from generator.readers.office import OFFICE
from tests.readers.pdf_samples import pdf, text
from tests.readers.samples import LIMITS, book
from tests.readers.sheet_samples import ods
from tests.readers.word_samples import p, word


@pytest.mark.parametrize("kind", sorted(OFFICE))
def test_a_kind_with_a_reader_is_not_refused_and_its_reader_refuses_rubbish(kind: str) -> None:
    assert refused(kind) is None
    with pytest.raises(Unreadable):
        OFFICE[kind](b"\1\2\3\0" * 200, f"a.{kind}", LIMITS)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("docx", word(p("文"))),
        ("xlsx", book(lambda workbook: workbook.add_worksheet("表").write(0, 0, "文"))),
        ("ods", ods("<table:table-row><table:table-cell><text:p>文</text:p></table:table-cell></table:table-row>")),
        ("pdf", pdf(text(74, 100, "文"))),
    ],
)
def test_a_kind_is_read_by_its_own_reader(kind: str, data: bytes) -> None:
    document = OFFICE[kind](data, f"a.{kind}", LIMITS)
    assert document.kind == kind and [getattr(block, "text", "") for block in document.blocks] == ["文"]
