"""Reports what a PDF reader left behind."""

from __future__ import annotations

from generator.readers.document import BlockPlace, DocumentCell, DocumentTable
from generator.readers.pdf import read
from generator.readers.pdf_left import doubts, left_behind, picture_notes
from generator.readers.pdf_open import Opened
from generator.readers.pdf_page import UNKNOWN, PdfChar, PdfPage
from tests.readers.pdf_samples import pdf, text
from tests.readers.samples import LIMITS, rules


def test_comments_scripts_attachments_and_forms_are_reported() -> None:
    extra = "/Names << /JavaScript << >> /EmbeddedFiles << >> >> /AcroForm << /Fields [1 0 R] >>"
    remark = "/Annots [<< /Type /Annot /Subtype /Text /Rect [10 10 20 20] /Contents (check) >>]"
    document = read(pdf(text(74, 100, "正文"), extra=extra, annots=remark), "a.pdf", LIMITS)
    assert {"IMP-COMMENT", "IMP-MACRO", "IMP-EMBEDDED"} <= rules(document)


def char(text: str) -> PdfChar:
    return PdfChar(text, 0, 0, 12, 12, 12)


def opened(*pages: PdfPage, marks: frozenset[str] = frozenset()) -> Opened:
    return Opened(pages, {}, marks)


BLANK = PdfPage(1, 595, 842, ())
PLAIN = PdfPage(1, 595, 842, (char("文"),))


def test_a_plain_page_leaves_nothing_behind() -> None:
    assert left_behind(opened(PLAIN), "a.pdf", [], {"title": "示例局年报"}) == []
    assert doubts(opened(PLAIN), [], "a.pdf") == []


def test_comments_and_watermarks_name_their_page() -> None:
    page = PLAIN._replace(number=3, remarks=("请核实",), slanted="内部资料")
    watermark, comment = left_behind(opened(page), "a.pdf", [], {})
    assert (watermark.rule, watermark.message.zh) == ("IMP-WATERMARK", "第3页的水印没有读入：“内部资料”。")
    assert comment.message == ("第3页有批注没有读入：“请核实”。", "Comments on page 3 were not read: “请核实”.")


def test_what_nobody_sees_is_told_once_a_file() -> None:
    pages = [PLAIN._replace(number=number, hidden=tuple(map(char, "内情" * 20))) for number in (3, 5)]
    (hidden,) = left_behind(opened(PLAIN, *pages), "a.pdf", [], {})
    assert hidden.message.zh == f"第3、5页有看不见的文字没有读入：“{'内情' * 10}”、“{'内情' * 10}”。"
    (hidden,) = left_behind(opened(pages[0]), "a.pdf", [], {})
    assert hidden.message.en == f"Invisible text on page 3 was not read: “{'内情' * 10}”."


def test_running_heads_and_author_are_named() -> None:
    heads, author = left_behind(opened(PLAIN), "a.pdf", ["示例局文件"], {"author": "示例甲", "title": "年报"})
    assert (heads.rule, author.rule) == ("IMP-HEADER", "IMP-META")
    assert "“示例局文件”" in heads.message.zh
    assert "作者“示例甲”" in author.message.zh
    assert "年报" not in author.message.zh


def test_each_mark_of_the_catalogue_is_reported() -> None:
    marks = frozenset({"script", "files", "form"})
    findings = left_behind(opened(PLAIN, marks=marks), "a.pdf", [], {})
    assert [finding.rule for finding in findings] == ["IMP-MACRO", "IMP-EMBEDDED", "IMP-EMBEDDED"]


def test_pictures_without_metadata_or_not_read_are_reported() -> None:
    assert picture_notes([], 0, "a.pdf") == []
    assert [finding.rule for finding in picture_notes(["图1.jpg"], 2, "a.pdf")] == ["IMP-EXIF", "IMP-PICTURE"]


def test_doubtful_pages_are_listed_by_their_numbers() -> None:
    pages = [
        BLANK,
        PLAIN._replace(number=2, tangled=True),
        PLAIN._replace(number=3, scanned=True),
        BLANK._replace(number=4),
    ]
    messages = {finding.rule: finding.message.zh for finding in doubts(opened(*pages), [], "a.pdf")}
    assert messages["IMP-NO-TEXT"].startswith("第1、4页") and messages["IMP-UNCERTAIN"].startswith("第2页")
    assert messages["IMP-OCR"].startswith("第3页") and len(messages) == 3


def test_unknown_characters_are_counted() -> None:
    (finding,) = doubts(opened(PLAIN._replace(chars=(char(UNKNOWN), char("文"), char(UNKNOWN)))), [], "a.pdf")
    assert finding.rule == "IMP-SYMBOL" and finding.message.zh.startswith("有2个字")


def test_cells_read_by_position_are_quoted_except_on_scans() -> None:
    row = DocumentCell("22", uncertain=True), DocumentCell("22", first=False, uncertain=True), DocumentCell("甲")
    grid = DocumentTable((row,), BlockPlace(page=1, table=2))
    (finding,) = doubts(opened(PLAIN), [grid], "a.pdf")
    assert finding.message.zh == "第1页第2个表有1格按位置读出，请核对：“22”。"
    assert [finding.rule for finding in doubts(opened(PLAIN._replace(scanned=True)), [grid], "a.pdf")] == ["IMP-OCR"]
