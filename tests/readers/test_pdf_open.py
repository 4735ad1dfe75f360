"""Opens PDF files within limits and tells visible text from hidden."""

from __future__ import annotations

import sys
from io import BytesIO

import pikepdf
import pytest

from generator.readers.document import Limits, Unreadable
from generator.readers.pdf import read
from generator.readers.pdf_open import pages
from tests.readers.pdf_samples import HEIGHT, pdf, text
from tests.readers.samples import LIMITS, texts


def test_white_and_off_page_text_is_hidden_but_not_white_on_a_dark_ground() -> None:
    content = (
        text(98, 100, "可见", extra="0 g")
        + text(98, 130, "白字内情", extra="1 g")
        + text(98, 990, "页外")
        + f"0 0 0.6 rg 90 {HEIGHT - 170} 200 30 re f\n"
    )
    document = read(pdf(content + text(98, 160, "深底白字", extra="1 1 1 rg")), "示例.pdf", LIMITS)
    assert texts(document) == ["可见", "深底白字"]
    (finding,) = [finding for finding in document.findings if finding.rule == "IMP-HIDDEN"]
    assert "白字内情" in finding.message.zh and "第1页" in finding.message.zh


def test_too_many_pages_and_damage() -> None:
    with pytest.raises(Unreadable, match="pages"):
        read(pdf(*[text(74, 100, "文")] * 4), "a.pdf", Limits(pages=3))
    for broken in (b"%PDF-1.7\n", b"%PDF-1.7\nxref\ntrailer << /Root 9 0 R >>", pdf("")[:200]):
        with pytest.raises(Unreadable):
            read(broken, "a.pdf", LIMITS)


def test_without_its_library_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(Unreadable, match="pip install"):
        read(pdf(text(74, 100, "正文")), "a.pdf", LIMITS)


def test_pages_are_plain_values_with_places_from_the_top_left() -> None:
    (page,) = pages(pdf(text(74, 100, "文", size=20, font="F2")), LIMITS).pages
    (char,) = page.chars
    assert (page.number, page.width, page.height) == (1, 595, HEIGHT)
    assert (char.text, char.size, char.bold, char.x0) == ("文", 20, True, 74) and 75 < char.y < 105


def test_links_belong_to_the_characters_inside_them() -> None:
    link = "/Annots [<< /Type /Annot /Subtype /Link /Rect [70 720 90 760] /A << /S /URI /URI (https://a.gov.cn/) >> >>]"
    (page,) = pages(pdf(text(74, 100, "甲") + text(200, 100, "乙"), annots=link), LIMITS).pages
    assert [char.link for char in page.chars] == ["https://a.gov.cn/", ""]


@pytest.mark.parametrize(
    ("extra", "marks"),
    [
        ("", set()),
        ("/Names << /JavaScript << >> >>", {"script"}),
        ("/Names << /EmbeddedFiles << >> >>", {"files"}),
        ("/AcroForm << /Fields [1 0 R] >>", {"form"}),
    ],
)
def test_the_catalogue_is_marked_by_what_it_carries(extra: str, marks: set[str]) -> None:
    assert pages(pdf(text(74, 100, "文"), extra=extra), LIMITS).marks == marks


@pytest.mark.parametrize(
    ("title", "decoded"),
    [
        (b"<" + b"\xfe\xff\x79\x3a\x4f\x8b".hex().encode() + b">", "示例"),
        (b"<" + "示例".encode().hex().encode() + b">", "示例"),
        (b"<" + "示例".encode("gb18030").hex().encode() + b">", "示例"),
        (b"(Report)", "Report"),
    ],
)
def test_metadata_is_decoded_whatever_its_encoding(title: bytes, decoded: str) -> None:
    data = pdf(text(74, 100, "文")).replace(b"trailer << ", b"trailer << /Info << /Title " + title + b" >> ")
    assert pages(data, LIMITS).info == {"Title": decoded}


def bookmarked(nested: bool) -> bytes:
    """A page with a bookmark; `nested` leads in a circle."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf(text(98, 100, "（一）甲")))) as made:
        with made.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("（一） 甲", 0))
        first = made.Root.Outlines.First
        if nested:
            first.Next = first
        made.save(out)
    return out.getvalue()


@pytest.mark.parametrize("nested", [False, True])
def test_bookmarks_name_headings_and_a_circle_of_them_ends(nested: bool) -> None:
    assert pages(bookmarked(nested), LIMITS).headings == {"（一）甲": 1}
    assert pages(pdf(text(98, 100, "甲")), LIMITS).headings == {}
