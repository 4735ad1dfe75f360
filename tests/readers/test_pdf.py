"""PDF files: ruled tables, lines rejoined, page numbers, hidden text, links, what is refused. Pages are drawn here by hand."""

from __future__ import annotations

import random
import sys
import time
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.readers.document import Limits, Paragraph, Piece, Unreadable
from generator.readers.pdf import read
from generator.readers.pdf_page import PdfBox, PdfChar, lines
from generator.readers.pdf_tables import ruled
from tests.readers.samples import LIMITS, grids, rules, table, texts

HEIGHT = 842
CODELESS = (
    "/F3 << /Type /Font /Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 "
    "/BaseFont /Odd /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>] >>"
)


def text(x: float, y: float, words: str, size: int = 12, extra: str = "", font: str = "F1") -> str:
    """Words at x, y from the top left, in a font that needs no file; Chinese by UTF-16 codes."""
    return f"BT {extra} /{font} {size} Tf 1 0 0 1 {x} {HEIGHT - y} Tm <{words.encode('utf-16-be').hex()}> Tj ET\n"


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S\n"


def pdf(*pages: str, extra: str = "", annots: str = "", flate: bool = True) -> bytes:
    """A file of these page contents; `extra` goes into the catalogue, `annots` into each page."""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {extra} >>".encode(),
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{6 + 2 * n} 0 R' for n in range(len(pages)))}] >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 >>",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Bold /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 "
        b"/BaseFont /STSong-Bold /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 "
        b"/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Bold /Flags 4 >> >>] >>",
    ]
    for number, content in enumerate(pages):
        data = zlib.compress(content.encode()) if flate else content.encode()
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 {HEIGHT}] /Contents {7 + 2 * number} 0 R {annots} /Resources << /Font << /F1 3 0 R /F2 5 0 R {CODELESS} >> >> >>".encode()
        )
        objects.append(
            f"<< /Length {len(data)} {'/Filter /FlateDecode' if flate else ''} >>\nstream\n".encode()
            + data
            + b"\nendstream"
        )
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(
        f"{place:010d} 00000 n \n".encode() for place in places
    )
    return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()


def box(x0: float, y0: float, x1: float, y1: float) -> str:
    return rule(x0, y0, x1, y0) + rule(x0, y1, x1, y1) + rule(x0, y0, x0, y1) + rule(x1, y0, x1, y1)


def test_a_table_with_merged_cells_and_a_stacked_label() -> None:
    stacked = "".join(text(60, 115 + 14 * n, char) for n, char in enumerate("三、结果"))
    content = (
        box(50, 100, 80, 180) + box(80, 100, 300, 140) + box(80, 140, 200, 180) + box(200, 140, 300, 180) + stacked
    )
    content += text(90, 125, "（一）予以公开") + text(90, 165, "甲") + text(210, 165, "22")
    (grid,) = grids(read(pdf(content), "a.pdf", LIMITS))
    assert (
        table(grid) == [["三、结果", "（一）予以公开", "（一）予以公开"], ["三、结果", "甲", "22"]]
        and grid.where.page == 1
    )


def test_a_table_cut_by_the_page_has_its_open_sides_closed() -> None:
    uprights = "".join(rule(x, 100, x, 160) for x in (50, 150, 250))
    content = (
        rule(50, 100, 250, 100)
        + rule(50, 130, 250, 130)
        + uprights
        + text(60, 120, "甲")
        + text(160, 120, "1")
        + text(60, 150, "乙")
        + text(160, 150, "2")
    )
    (grid,) = grids(read(pdf(content), "a.pdf", LIMITS))
    assert table(grid) == [["甲", "1"], ["乙", "2"]]


def test_backgrounds_are_no_tables() -> None:
    bands = "".join(f"1 1 1 rg 50 {HEIGHT - 100 - 20 * n} 400 20 re f\n" for n in range(5))
    lines_of_text = "".join(
        text(74, 95 + 20 * n, "这是一行正文这是一行正文这是一行正文这是一行", extra="0 g") for n in range(5)
    )
    assert not grids(read(pdf(bands + lines_of_text), "a.pdf", LIMITS))


def test_lines_of_a_paragraph_are_rejoined_across_pages_and_page_numbers_dropped() -> None:
    full = "甲" * 36
    first = text(98, 100, "乙" * 34) + text(74, 120, full) + text(74, 140, full) + text(280, 820, "- 1 -")
    second = text(74, 100, "末句。") + text(98, 120, "又一段。") + text(280, 820, "- 2 -")
    document = read(pdf(first, second), "a.pdf", LIMITS)
    assert texts(document) == ["乙" * 34 + full * 2 + "末句。", "又一段。"]
    assert [block.where.page for block in document.blocks] == [1, 2]


def test_paragraphs_without_indent_are_told_by_their_distance_and_their_last_sentence() -> None:
    full = "甲" * 37
    first = text(74, 100, full) + text(74, 120, full) + text(74, 147, full) + text(74, 167, full[:-1] + "。")
    document = read(
        pdf(first, text(74, 60, "下一段。") + text(74, 90, "（四）平台建设方面") + text(74, 110, "正文。")),
        "a.pdf",
        LIMITS,
    )
    assert texts(document) == [full * 2, full + full[:-1] + "。", "下一段。", "（四）平台建设方面", "正文。"]


def test_figures_beside_each_other_keep_their_distance_and_wide_gaps_become_tabs() -> None:
    document = read(
        pdf(
            text(74, 100, "规章")
            + text(200, 100, "0")
            + text(300, 100, "22")
            + text(74, 130, "共 22 件，邮 编 ： 255200")
        ),
        "a.pdf",
        LIMITS,
    )
    assert texts(document) == ["规章\t0\t22", "共22件，邮编：255200"]


def test_headings_bold_and_links() -> None:
    link = (
        "/Annots [<< /Type /Annot /Subtype /Link /Rect [98 720 122 745] /A << /S /URI /URI (https://a.gov.cn/) >> >>]"
    )
    content = (
        text(98, 80, "一、总体情况")
        + text(98, 116, "门户")
        + text(122, 116, "注意", font="F2")
        + text(146, 116, "正文。")
    )
    heading, block = read(pdf(content, annots=link), "a.pdf", LIMITS).blocks
    assert isinstance(heading, Paragraph) and heading.level == 1
    assert isinstance(block, Paragraph) and block.pieces == (
        Piece("门户", link="https://a.gov.cn/"),
        Piece("注意", True),
        Piece("正文。"),
    )


def test_running_heads_are_left_behind_and_told() -> None:
    pages = [text(200, 40, "示例局文件") + text(98, 200 + 20 * n, f"第{'一二三四'[n]}段话。") for n in range(4)]
    document = read(pdf(*pages), "a.pdf", LIMITS)
    assert texts(document) == ["第一段话。", "第二段话。", "第三段话。", "第四段话。"] and "IMP-HEADER" in rules(
        document
    )


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


def test_radicals_become_characters() -> None:
    assert texts(read(pdf(text(74, 100, "⾏政⺠⽣⻚")), "a.pdf", LIMITS)) == ["行政民生页"]


def test_comments_scripts_attachments_and_forms_are_told() -> None:
    extra = "/Names << /JavaScript << >> /EmbeddedFiles << >> >> /AcroForm << /Fields [1 0 R] >>"
    remark = "/Annots [<< /Type /Annot /Subtype /Text /Rect [10 10 20 20] /Contents (check) >>]"
    document = read(pdf(text(74, 100, "正文"), extra=extra, annots=remark), "a.pdf", LIMITS)
    assert {"IMP-COMMENT", "IMP-MACRO", "IMP-EMBEDDED"} <= rules(document)


def test_scans_are_refused_and_single_scanned_pages_told() -> None:
    with pytest.raises(Unreadable, match="scan"):
        read(pdf(box(10, 10, 500, 800)), "a.pdf", LIMITS)
    assert "IMP-NO-TEXT" in rules(read(pdf(text(74, 100, "正文"), ""), "a.pdf", LIMITS))


def test_text_over_a_scan_is_uncertain() -> None:
    image = f"q 595 0 0 {HEIGHT} 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q\n"
    grid = box(50, 100, 150, 130) + box(150, 100, 250, 130) + text(60, 120, "甲") + text(160, 120, "22")
    document = read(pdf(image + grid), "a.pdf", LIMITS)
    assert [(cell.text, cell.uncertain) for cell in grids(document)[0].rows[0]] == [
        ("甲", True),
        ("22", True),
    ] and "IMP-OCR" in rules(document)


def test_a_table_that_runs_off_the_page_is_uncertain() -> None:
    content = box(-40, 100, 100, 130) + box(100, 100, 640, 130) + text(-30, 120, "左边看不见") + text(160, 120, "22")
    document = read(pdf(content), "a.pdf", LIMITS)
    assert all(cell.uncertain for row in grids(document)[0].rows for cell in row if cell.text) and {
        "IMP-UNCERTAIN",
        "IMP-HIDDEN",
    } <= rules(document)


def test_fonts_without_codes() -> None:
    """Numbers of glyphs that only their font knows."""
    document = read(pdf(text(74, 100, "正文正文正文正文") + text(170, 100, "\u0123", font="F3")), "a.pdf", LIMITS)
    assert texts(document) == ["正文正文正文正文〓"] and "IMP-SYMBOL" in rules(document)
    with pytest.raises(Unreadable, match="fonts"):
        read(pdf(text(74, 100, "\u0123\u0124", font="F3")), "a.pdf", LIMITS)


def test_figures_stacked_in_one_cell_stay_apart_and_uncertain() -> None:
    content = (
        box(50, 100, 150, 160)
        + box(150, 100, 250, 160)
        + text(60, 120, "41")
        + text(60, 140, "19")
        + text(160, 120, "甲")
    )
    document = read(pdf(content), "a.pdf", LIMITS)
    cell = grids(document)[0].rows[0][0]
    assert (cell.text, cell.uncertain) == ("41\n19", True) and "IMP-UNCERTAIN" in rules(document)


def test_a_lattice_with_a_hole_reads_it_by_position() -> None:
    table_of = ruled([PdfBox(0, 0, 50, 20), PdfBox(50, 0, 100, 20), PdfBox(50, 20, 100, 40)])
    assert table_of is not None
    assert [(slot.row, slot.column, slot.uncertain) for slot in table_of.slots] == [
        (0, 0, False),
        (0, 1, False),
        (1, 1, False),
        (1, 0, True),
    ]
    assert ruled([PdfBox(0, 0, 50, 20)]) is None


@given(st.lists(st.tuples(st.floats(0, 500), st.floats(0, 800), st.sampled_from("甲a1 ")), max_size=60))
def test_no_character_is_lost_in_lines(places: list[tuple[float, float, str]]) -> None:
    chars = [PdfChar(char, x, y, x + 12, y + 12, 12) for x, y, char in places]
    joined = "".join(line.text for line in lines(chars, tabs=True))
    kept = sorted(char.text for char in chars if char.text.strip())
    assert sorted(joined.replace(" ", "").replace("\t", "")) == kept


# bounds


def test_too_many_pages_and_damage() -> None:
    with pytest.raises(Unreadable, match="pages"):
        read(pdf(*[text(74, 100, "文")] * 4), "a.pdf", Limits(pages=3))
    for broken in (b"%PDF-1.7\n", b"%PDF-1.7\nxref\ntrailer << /Root 9 0 R >>", pdf("")[:200]):
        with pytest.raises(Unreadable):
            read(broken, "a.pdf", LIMITS)


def test_bombs() -> None:
    data = zlib.compress(b"q Q " * 8_000_000, 9)
    bomb = pdf("").replace(b"stream\n", b"stream\n" + data + b"\n", 1)
    with pytest.raises(Unreadable, match="exceeds"):
        read(bomb, "a.pdf", Limits(unpacked_bytes=5_000_000))
    with pytest.raises(Unreadable, match="twice"):
        read(pdf("").replace(b"/Filter /FlateDecode", b"/Filter [/FlateDecode /FlateDecode]"), "a.pdf", LIMITS)


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
            f"{30 + number} 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] {names} /Length {len(calls)} >>\nstream\n{calls}\nendstream\nendobj\n"
        )
    body = body.replace(b"/Resources << /Font", b"/Resources << /XObject << /X0 30 0 R >> /Font")
    body = body[: body.rindex(b"xref\n0")] + "".join(forms).encode() + b"trailer << /Size 60 /Root 1 0 R >>\n%%EOF"
    with pytest.raises(Unreadable, match="too much"):
        read(body, "a.pdf", LIMITS)


def test_without_its_library_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(Unreadable, match="pip install"):
        read(pdf(text(74, 100, "正文")), "a.pdf", LIMITS)
