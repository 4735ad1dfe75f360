"""The Word document as a file: its bytes, its properties, its pictures and lists."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
from docx import Document
from PIL import Image

from generator.website.downloads.materials import Materials
from generator.website.downloads.office_files import Word
from generator.website.downloads.word import Lists
from tests.website.downloads.samples import ORGAN, WORDS, loaded, rich


def png(size: tuple[int, int] = (40, 20)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "gray").save(out, "png")
    return out.getvalue()


def test_the_same_report_gives_the_same_bytes_whatever_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Word().data(rich(), ORGAN, WORDS)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert Word().data(rich(), ORGAN, WORDS) == first
    assert {item.date_time for item in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_properties_say_what_the_file_is_and_nothing_else() -> None:
    said = Document(io.BytesIO(Word().data(rich(), ORGAN, WORDS))).core_properties
    assert (said.title, said.author, said.language) == (rich().report.title, "示例区人民政府", "zh-CN")
    day = datetime(2022, 1, 20, tzinfo=UTC)
    assert (said.created, said.modified, said.last_modified_by, said.comments, said.revision) == (day, day, "", "", 1)
    unknown = Document(io.BytesIO(Word().data(loaded(), ORGAN, WORDS))).core_properties
    assert unknown.created == datetime(1980, 1, 1, tzinfo=UTC)


def test_a_picture_is_in_the_document_with_its_description_and_no_wider_than_the_text() -> None:
    for size in ((40, 20), (9000, 100)):
        made = Word().data(rich(), ORGAN, WORDS, Materials({"tu.png": png(size)}.get))
        document = Document(io.BytesIO(made))
        (shape,) = document.inline_shapes
        assert shape._inline.docPr.get("descr") == "示例图" and shape.width.mm <= 156.01


@pytest.mark.parametrize("data", [None, b"", b"RIFF\x00\x00\x00\x00WEBPVP8 ", b"\x89PNG\r\n\x1a\n"])
def test_a_picture_that_word_cannot_show_is_told_in_words(data: bytes | None) -> None:
    made = Word().data(rich(), ORGAN, WORDS, Materials(lambda name: data))
    assert "〔图：示例图〕" in [p.text for p in Document(io.BytesIO(made)).paragraphs]


def test_each_list_begins_with_its_first_number() -> None:
    lists = Lists()
    given = [("•", 1), ("1.", 1), ("2.", 1), ("1.", 2), ("3.", 1), ("1.", 1), ("7.", 1)]
    assert [lists.number(*item) for item in given] == [1, 2, 2, 3, 2, 4, 5]
