"""Word files: the nasty tables, what is tracked, hidden, embedded or linked, numbering, pictures."""

from __future__ import annotations

import time
from io import BytesIO
from typing import Any

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.readers.document import Limits, Paragraph, Piece, Unreadable
from generator.readers.docx import read
from tests.readers.samples import LIMITS, grids, p, relations, rules, table, tbl, tc, texts, tr, word, zipped

CONTINUE = "<w:vMerge/>"
RESTART = '<w:vMerge w:val="restart"/>'


def span(number: int) -> str:
    return f'<w:gridSpan w:val="{number}"/>'


def body(xml: str, **more: object) -> list[str]:
    return texts(read(word(xml), "示例.docx", LIMITS))


# tables


def test_cells_merged_both_ways() -> None:
    document = read(
        word(
            tbl(
                tr(tc("甲", span(2) + RESTART), tc("乙")),
                tr(tc("", span(2) + CONTINUE), tc("1")),
                tr(tc("丙"), tc("丁"), tc("2")),
            )
        ),
        "a.docx",
        LIMITS,
    )
    (grid,) = grids(document)
    assert table(grid) == [["甲", "甲", "乙"], ["甲", "甲", "1"], ["丙", "丁", "2"]]
    first = grid.rows[0][0]
    assert (first.first, first.rowspan, first.colspan) == (True, 2, 2)
    assert [cell.first for cell in grid.rows[1]] == [False, False, True]


def test_rows_that_start_late_or_end_early_keep_their_columns() -> None:
    before, behind = '<w:gridBefore w:val="1"/>', '<w:gridAfter w:val="2"/>'
    document = read(
        word(
            tbl(
                tr(tc("甲"), tc("乙"), tc("丙")),
                tr(tc("1"), tc("2"), properties=before),
                tr(tc("3"), properties=behind),
            )
        ),
        "a.docx",
        LIMITS,
    )
    assert table(grids(document)[0]) == [["甲", "乙", "丙"], ["", "1", "2"], ["3", "", ""]]


def test_a_vertical_merge_that_does_not_fit_is_a_cell_of_its_own() -> None:
    document = read(
        word(tbl(tr(tc("甲", span(2) + RESTART), tc("乙")), tr(tc("左", CONTINUE), tc("右", CONTINUE), tc("1")))),
        "a.docx",
        LIMITS,
    )
    assert table(grids(document)[0]) == [["甲", "甲", "乙"], ["左", "右", "1"]]


def test_old_sideways_merges() -> None:
    document = read(
        word(
            tbl(
                tr(tc("甲", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("乙")),
                tr(tc("1"), tc("2"), tc("3")),
            )
        ),
        "a.docx",
        LIMITS,
    )
    assert table(grids(document)[0]) == [["甲", "甲", "乙"], ["1", "2", "3"]]


def test_columns_that_no_cell_starts_in_are_squeezed_out() -> None:
    document = read(
        word(tbl(tr(tc("甲", span(3)), tc("乙", span(2))), tr(tc("1", span(3)), tc("2", span(2))))), "a.docx", LIMITS
    )
    assert table(grids(document)[0]) == [["甲", "乙"], ["1", "2"]]


def test_a_nested_table_follows_its_outer_one() -> None:
    inner = tbl(tr(tc("内一"), tc("内二")))
    outer = tbl(tr(tc("外一"), f"<w:tc><w:tcPr/>{p('外二')}{inner}{p('')}</w:tc>"))
    first, second = grids(read(word(outer), "a.docx", LIMITS))
    assert table(first) == [["外一", "外二"]] and table(second) == [["内一", "内二"]]
    assert (first.where.table, second.where.table) == (1, 2)


def test_a_frame_of_one_cell_is_no_table() -> None:
    framed = tbl(tr(f"<w:tc><w:tcPr/>{p('一、总体情况')}{tbl(tr(tc('甲'), tc('1')))}{p('后文')}</w:tc>"))
    document = read(word(framed), "a.docx", LIMITS)
    assert [type(block).__name__ for block in document.blocks] == ["Paragraph", "DocumentTable", "Paragraph"]
    assert texts(document) == ["一、总体情况", "后文"]


def test_tables_rows_and_cells_inside_content_controls() -> None:
    cell = f"<w:sdt><w:sdtContent>{tc('1')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent>{tr(tc('甲'), cell)}</w:sdtContent></w:sdt>"
    document = read(
        word(f"<w:sdt><w:sdtPr/><w:sdtContent>{p('前')}{tbl(row)}</w:sdtContent></w:sdt>"), "a.docx", LIMITS
    )
    assert texts(document) == ["前"] and table(grids(document)[0]) == [["甲", "1"]]


BOX = "<w:txbxContent>{}</w:txbxContent>"


def boxed(content: str) -> str:
    """A text box as Word writes it: twice, for new and for old programs."""
    choice = f'<mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>{BOX.format(content)}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>'
    fallback = (
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{BOX.format(content)}</v:textbox></v:shape></w:pict></mc:Fallback>"
    )
    return f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>"


def test_text_boxes_are_read_once_with_their_tables() -> None:
    run = f"<w:p><w:r><w:t>正文</w:t></w:r><w:r>{boxed(p('框中文字') + tbl(tr(tc('甲'), tc('1'))))}</w:r></w:p>"
    document = read(word(run), "a.docx", LIMITS)
    assert texts(document) == ["正文", "框中文字"]
    assert [table(grid) for grid in grids(document)] == [[["甲", "1"]]]


def test_an_old_text_box_alone() -> None:
    assert body(
        f"<w:p><w:r><w:pict><v:shape><v:textbox>{BOX.format(p('旧框'))}</v:textbox></v:shape></w:pict></w:r></w:p>"
    ) == ["旧框"]


def test_a_label_stacked_one_character_a_paragraph_is_one_word() -> None:
    stacked = "".join(p(char) for char in "三、本年度办理结果")
    assert table(grids(read(word(tbl(tr(tc(stacked), tc("1")))), "a.docx", LIMITS))[0]) == [["三、本年度办理结果", "1"]]
    figures = "".join(p(char) for char in "123")
    assert grids(read(word(tbl(tr(tc(figures), tc("1")))), "a.docx", LIMITS))[0].rows[0][0].text == "1\n2\n3"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_tables_made_by_python_docx_read_as_it_reads_them(data: st.DataObject) -> None:
    height, width = data.draw(st.integers(1, 6)), data.draw(st.integers(2, 6))
    file = python_docx.Document()
    made = file.add_table(height, width)
    for row in range(height):
        for column in range(width):
            made.cell(row, column).text = f"{row}{column}甲"
    merged: set[tuple[int, int]] = set()
    for _ in range(data.draw(st.integers(0, 4))):
        top, left = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
        bottom, right = data.draw(st.integers(top, height - 1)), data.draw(st.integers(left, width - 1))
        block = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        if not block & merged:  # merging merged cells once more makes it write rows of unequal width
            merged |= block
            made.cell(top, left).merge(made.cell(bottom, right))
    cells = [list(row.cells) for row in made.rows]
    rows = [
        row
        for row in range(height)
        if any(row == 0 or cells[row][c]._tc is not cells[row - 1][c]._tc for c in range(width))
    ]
    columns = [
        c
        for c in range(width)
        if any(c == 0 or cells[row][c]._tc is not cells[row][c - 1]._tc for row in range(height))
    ]
    expected = [
        [cells[row][column].text.replace("\n", "") for column in columns] for row in rows
    ]  # others only merges pass through
    out = BytesIO()
    file.save(out)
    document = read(out.getvalue(), "a.docx", LIMITS)
    if len(made.rows) == 1 and len(columns) == 1:
        assert "".join(texts(document)) == expected[0][0]  # a frame
    else:
        assert [table(grid) for grid in grids(document)] == [expected]


# text


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    run = '<w:p><w:r><w:t>收到</w:t></w:r><w:del w:id="1"><w:r><w:delText>20</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>22</w:t></w:r></w:ins><w:r><w:t>件</w:t></w:r></w:p>'
    moved = (
        "<w:p><w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新处</w:t></w:r></w:moveTo></w:p>"
    )
    document = read(word(run + moved), "示例.docx", LIMITS)
    assert texts(document) == ["收到22件", "新处"]
    (finding,) = [finding for finding in document.findings if finding.rule == "IMP-TRACKED"]
    assert "插入2处、删除2处" in finding.message.zh and "“20”" in finding.message.zh and "“22”" in finding.message.zh
    assert finding.place.file == "示例.docx"


def test_deleted_rows_and_paragraph_marks() -> None:
    deleted = tr(tc("旧"), tc("1"), properties="<w:del/>")
    document = read(word(tbl(deleted, tr(tc("新"), tc("2")))), "a.docx", LIMITS)
    assert table(grids(document)[0]) == [["新", "2"]] and "IMP-TRACKED" in rules(document)
    assert body("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>" + p("后半")) == [
        "前半后半"
    ]


def test_old_formatting_of_a_tracked_change_is_not_taken_for_the_present_one() -> None:
    (block,) = read(
        word(
            "<w:p><w:r><w:rPr><w:rPrChange><w:rPr><w:b/><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>文字</w:t></w:r></w:p>"
        ),
        "a.docx",
        LIMITS,
    ).blocks
    assert isinstance(block, Paragraph) and block.pieces == (Piece("文字"),)


def test_hidden_text_is_left_behind_and_told() -> None:
    styles = '<w:styles {}><w:style w:type="character" w:styleId="h"><w:name w:val="暗"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    data = word(
        p("可见")
        + p("内部意见", run="<w:vanish/>")
        + p("样式隐藏", run='<w:rStyle w:val="h"/>')
        + tbl(tr(tc("甲"), tc("1")), tr(tc("乙"), tc("2"), properties="<w:hidden/>")),
        {
            "word/styles.xml": styles.replace(
                "{}", 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
            )
        },
        [("s", "styles", "styles.xml", False)],
    )
    document = read(data, "a.docx", LIMITS)
    assert texts(document) == ["可见"] and table(grids(document)[0]) == [["甲", "1"]]
    (finding,) = [finding for finding in document.findings if finding.rule == "IMP-HIDDEN"]
    assert "内部意见" in finding.message.zh and "样式隐藏" in finding.message.zh and "乙" in finding.message.zh


def test_white_text_on_white_paper_is_hidden_but_not_on_a_ground() -> None:
    white, ground = '<w:color w:val="FFFFFF"/>', '<w:shd w:val="clear" w:fill="1F4E79"/>'
    document = read(
        word(
            p("内情", run=white)
            + p("标签", ground, white)
            + p("底色", run=white + ground)
            + tbl(tr(tc(p("表头", run=white)), tc("1")))
        ),
        "a.docx",
        LIMITS,
    )
    assert (
        texts(document) == ["标签", "底色"]
        and table(grids(document)[0]) == [["表头", "1"]]
        and "IMP-HIDDEN" in rules(document)
    )


def test_headings_by_style_outline_and_look() -> None:
    styles = """<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
      <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
      <w:style w:type="paragraph" w:styleId="mine"><w:name w:val="公文二级"/><w:basedOn w:val="two"/></w:style>
      <w:style w:type="paragraph" w:styleId="two"><w:name w:val="heading 2"/></w:style></w:styles>"""
    xml = (
        p("概况", '<w:pStyle w:val="1"/>', "<w:b/>")
        + p("细目", '<w:pStyle w:val="mine"/>')
        + p("大纲", '<w:outlineLvl w:val="2"/>')
    )
    xml += p("二、主动公开") + p("（一）主动公开") + p("（一）主动公开情况。主要通过网站公开") + p("正文")
    blocks = read(
        word(xml, {"word/styles.xml": styles}, [("s", "styles", "styles.xml", False)]), "a.docx", LIMITS
    ).blocks
    assert [block.level for block in blocks if isinstance(block, Paragraph)] == [1, 2, 3, 1, 2, 0, 0]
    assert isinstance(blocks[0], Paragraph) and not blocks[0].pieces[0].bold


NUMBERING = """<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
  <w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>
  <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
  <w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xf0b7;"/></w:lvl></w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
</w:numbering>"""


def numbered(text: str, list_id: int, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def test_automatic_numbers_become_what_a_reader_sees() -> None:
    xml = (
        numbered("总体情况", 1)
        + numbered("一般", 1, 1)
        + numbered("特殊", 1, 1)
        + numbered("主动公开", 1)
        + numbered("一般", 1, 1)
    )
    xml += numbered("甲", 2) + numbered("乙", 2) + numbered("圆点", 3)
    blocks = read(
        word(xml, {"word/numbering.xml": NUMBERING}, [("n", "numbering", "numbering.xml", False)]), "a.docx", LIMITS
    ).blocks
    seen = [(block.text, block.bullet, block.level) for block in blocks if isinstance(block, Paragraph)]
    assert seen == [
        ("一、总体情况", "", 1),
        ("（一）一般", "", 2),
        ("（二）特殊", "", 2),
        ("二、主动公开", "", 1),
        ("（一）一般", "", 2),
        ("甲", "3.", 0),
        ("乙", "4.", 0),
        ("圆点", "-", 0),
    ]


def test_bold_links_and_fields() -> None:
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://a.gov.cn/" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>门户</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    xml = f'<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>注意</w:t></w:r><w:r><w:t xml:space="preserve">：见 </w:t></w:r><w:hyperlink r:id="l"><w:r><w:t>附件</w:t></w:r></w:hyperlink>{field}</w:p>'
    (block,) = read(word(xml, rels=[("l", "hyperlink", "https://b.gov.cn/", True)]), "a.docx", LIMITS).blocks
    assert isinstance(block, Paragraph)
    assert block.pieces == (
        Piece("注意", bold=True),
        Piece("：见 "),
        Piece("附件", link="https://b.gov.cn/"),
        Piece("门户", link="https://a.gov.cn/"),
    )


def test_line_breaks_part_paragraphs_and_formulas_ruby_and_symbols_keep_their_text() -> None:
    assert body("<w:p><w:r><w:t>上</w:t><w:br/><w:t>下</w:t></w:r></w:p>") == ["上", "下"]
    assert body("<w:p><m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath></w:p>") == ["a+b"]
    assert body(
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"
    ) == ["拼"]
    document = read(
        word('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Odd" w:char="F0AA"/></w:r></w:p>'),
        "a.docx",
        LIMITS,
    )
    assert texts(document) == ["☑〓"] and "IMP-SYMBOL" in rules(document)


def test_footnotes_move_to_the_end() -> None:
    notes = f'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2">{p("口径说明")}</w:footnote></w:footnotes>'
    data = word(
        '<w:p><w:r><w:t>22件</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
        {"word/footnotes.xml": notes},
        [("f", "footnotes", "footnotes.xml", False)],
    )
    document = read(data, "a.docx", LIMITS)
    assert texts(document) == ["22件〔注1〕", "〔注1〕口径说明"] and "IMP-FOOTNOTE" in rules(document)


def test_a_generated_table_of_contents_is_left_behind() -> None:
    gallery = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>'
        + p("一、总体情况 1")
        + "</w:sdtContent></w:sdt>"
    )
    document = read(word(gallery + p("一、总体情况")), "a.docx", LIMITS)
    assert texts(document) == ["一、总体情况"] and "IMP-TOC" in rules(document)


# what is left behind


def test_comments_macros_embedded_objects_links_headers_and_properties() -> None:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    core = '<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>示例局年报</dc:title><dc:creator>示例甲</dc:creator></cp:coreProperties>'
    app = "<Properties><Company>示例局</Company><Template>\\\\server\\示例.dotm</Template></Properties>"
    data = word(
        p("正文")
        + "<w:p><w:r><w:object><v:shape><v:imagedata r:id='i'/></v:shape><o:OLEObject/></w:object></w:r></w:p>",
        {
            "word/comments.xml": f"<w:comments {w}><w:comment>{p('请核实此数')}</w:comment></w:comments>",
            "word/vbaProject.bin": b"\0",
            "word/embeddings/Workbook1.xlsx": b"PK",
            "docProps/core.xml": core,
            "docProps/app.xml": app,
            "word/header1.xml": f"<w:hdr {w}>{p('内部资料 不得外传')}</w:hdr>",
            "word/footer1.xml": f"<w:ftr {w}>{p('第 1 页 共 9 页')}</w:ftr>",
            "word/settings.xml": "<settings/>",
            "word/_rels/settings.xml.rels": relations(("t", "attachedTemplate", "http://evil.example/x.dotm", True)),
        },
        [
            ("c", "comments", "comments.xml", False),
            ("h", "header", "header1.xml", False),
            ("f", "footer", "footer1.xml", False),
            ("i", "image", "http://evil.example/p.png", True),
        ],
    )
    document = read(data, "示例.docm", LIMITS)
    assert texts(document) == ["正文"] and document.properties["title"] == "示例局年报"
    said = {finding.rule: finding.message.zh for finding in document.findings}
    assert "请核实此数" in said["IMP-COMMENT"] and "vbaProject" in said["IMP-MACRO"]
    assert "http://evil.example/x.dotm" in said["IMP-LINK"] and "http://evil.example/p.png" in said["IMP-LINK"]
    assert "内部资料" in said["IMP-HEADER"] and "页" not in said["IMP-HEADER"].replace("页眉、页脚", "")
    assert "示例甲" in said["IMP-META"] and "示例局" in said["IMP-META"] and "dotm" in said["IMP-META"]
    assert next(finding.message.zh for finding in document.findings if finding.rule == "IMP-EMBEDDED").startswith(
        "没有读入：对象"
    )


def test_fields_that_fetch_are_told_and_imported_parts_are_not_read() -> None:
    xml = '<w:p><w:fldSimple w:instr=" INCLUDETEXT http://evil.example/x.docx "><w:r><w:t>旧文</w:t></w:r></w:fldSimple></w:p><w:altChunk r:id="x"/>'
    document = read(word(xml), "a.docx", LIMITS)
    assert texts(document) == ["旧文"] and {"IMP-LINK", "IMP-EMBEDDED"} <= rules(document)


def picture(suffix: str, **options: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), (200, 30, 30)).save(out, suffix, **options)
    return out.getvalue()


def drawn(relation: str, alt: str = "") -> str:
    return f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图" descr="{alt}"/><a:graphic><a:graphicData><a:blip r:embed="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'


def test_pictures_are_named_in_order_and_lose_their_metadata() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Example camera"
    jpeg = picture("JPEG", exif=exif)
    parts: dict[str, str | bytes] = {
        "word/media/image7.jpeg": jpeg,
        "word/media/image1.png": picture("PNG"),
        "word/media/x.emf": b"\1\0\0\0emf",
    }
    data = word(
        f"<w:p>{drawn('j', '会议现场')}{drawn('g')}{drawn('j')}{drawn('e')}</w:p>",
        parts,
        [
            ("j", "image", "media/image7.jpeg", False),
            ("g", "image", "media/image1.png", False),
            ("e", "image", "media/x.emf", False),
        ],
    )
    document = read(data, "a.docx", LIMITS)
    assert [(picture.name, picture.alt) for picture in document.pictures] == [("图1.jpg", "会议现场"), ("图2.png", "")]
    (block,) = document.blocks
    assert isinstance(block, Paragraph) and [piece.picture for piece in block.pieces] == [
        "图1.jpg",
        "图2.png",
        "图1.jpg",
    ]
    assert b"Example camera" in jpeg and b"Example camera" not in document.pictures[0].data
    assert {"IMP-EXIF", "IMP-PICTURE"} <= rules(document)


def test_pictures_in_cells_follow_the_table() -> None:
    cell = f"<w:tc><w:tcPr/><w:p>{drawn('g')}</w:p></w:tc>"
    document = read(
        word(tbl(tr(cell, tc("文"))), {"word/media/a.png": picture("PNG")}, [("g", "image", "media/a.png", False)]),
        "a.docx",
        LIMITS,
    )
    assert [type(block).__name__ for block in document.blocks] == ["DocumentTable", "Paragraph"] and document.pictures[
        0
    ].name == "图1.png"


# hostile


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        b"PK\3\4" + b"\0" * 80,
        word("")[:300],
        zipped({"word/document.xml": "<w:document"}),
        zipped({"x": "y"}),
    ],
)
def test_broken_files_are_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read(data, "a.docx", LIMITS)
    assert "文件" in refused.value.message.zh


def test_entities_are_refused() -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><document><body>&b;</body></document>'
    for text in (laughs, laughs.encode("utf-16")):
        with pytest.raises(Unreadable, match="entities"):
            read(zipped({"word/document.xml": text}), "a.docx", LIMITS)


def test_deep_nesting_and_large_tables_are_refused() -> None:
    with pytest.raises(Unreadable, match="deeper"):
        read(word("<w:sdt><w:sdtContent>" * 150 + p("底") + "</w:sdtContent></w:sdt>" * 150), "a.docx", LIMITS)
    with pytest.raises(Unreadable, match="cells"):
        read(word(tbl(tr(tc("甲", span(999999)), tc("乙")))), "a.docx", Limits(cells=100))
    with pytest.raises(Unreadable, match="cells"):
        read(word(tbl(*[tr(tc("甲"), tc("乙"))] * 60)), "a.docx", Limits(cells=100))


def test_no_work_grows_with_the_square_of_the_file() -> None:
    """Runs of alternating dress, paragraphs that run on, fields within fields, one footnote referred to over and over."""
    blanks = "".join(
        f"<w:r><w:rPr>{'<w:b/>' * (number % 2)}</w:rPr><w:t xml:space='preserve'> </w:t></w:r>"
        for number in range(20_000)
    )
    runs_on = p("甲", "<w:rPr><w:del/></w:rPr>") * 20_000
    fields = "<w:r><w:fldChar w:fldCharType='begin'/><w:fldChar w:fldCharType='separate'/><w:t>乙</w:t></w:r>" * 20_000
    notes = f'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2">{p("口径") * 300}</w:footnote></w:footnotes>'
    refers = "<w:r><w:footnoteReference w:id='2'/></w:r>" * 5_000
    data = word(
        f"<w:p>{blanks}</w:p>{runs_on}<w:p>{fields}</w:p><w:p>{refers}</w:p>",
        {"word/footnotes.xml": notes},
        [("f", "footnotes", "footnotes.xml", False)],
    )
    start = time.process_time()
    document = read(data, "a.docx", Limits(ratio=10_000))
    assert texts(document)[-1] == "〔注1〕" + "口径" * 300 and time.process_time() - start < 30
