"""Walks the body of Word files: merged and nested tables, text boxes, hidden text, runs, fields; within limits."""

from __future__ import annotations

import time
from io import BytesIO

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.readers.document import DocumentCell, Limits, Paragraph, Piece, Unreadable
from generator.readers.docx import read
from tests.readers.samples import LIMITS, grids, rules, table, texts
from tests.readers.word_samples import BOX, NUMBERING, WML, boxed, drawn, numbered, p, picture, run, tbl, tc, tr, word

CONTINUE = "<w:vMerge/>"


RESTART = '<w:vMerge w:val="restart"/>'


def span(number: int) -> str:
    return f'<w:gridSpan w:val="{number}"/>'


def body(xml: str, **more: object) -> list[str]:
    return texts(read(word(xml), "示例.docx", LIMITS))


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


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
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


def test_hidden_text_is_left_behind_and_reported() -> None:
    styles = (
        f'<w:styles {WML}><w:style w:type="character" w:styleId="h">'
        '<w:name w:val="暗"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    )
    data = word(
        p("可见")
        + p("内部意见", run="<w:vanish/>")
        + p("样式隐藏", run='<w:rStyle w:val="h"/>')
        + tbl(tr(tc("甲"), tc("1")), tr(tc("乙"), tc("2"), properties="<w:hidden/>")),
        {"word/styles.xml": styles},
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
            + tbl(tr(tc(p("表头", run=white), ground), tc(f"<w:p>{run('9', white)}{run('2')}</w:p>")))
        ),
        "a.docx",
        LIMITS,
    )
    assert texts(document) == ["标签", "底色"]
    assert table(grids(document)[0]) == [["表头", "2"]]
    assert "IMP-HIDDEN" in rules(document)


def test_bold_links_and_fields() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText> HYPERLINK "https://a.gov.cn/" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>门户</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    xml = (
        '<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>注意</w:t></w:r><w:r><w:t xml:space="preserve">：见 </w:t></w:r>'
        f'<w:hyperlink r:id="l"><w:r><w:t>附件</w:t></w:r></w:hyperlink>{field}</w:p>'
    )
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
    ) == ["拼pin"]
    document = read(
        word('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Odd" w:char="F0AA"/></w:r></w:p>'),
        "a.docx",
        LIMITS,
    )
    assert texts(document) == ["☑〓"] and "IMP-SYMBOL" in rules(document)


def test_a_character_of_a_newer_symbol_is_not_lost() -> None:
    new = 'xmlns:s="http://schemas.microsoft.com/office/word/2015/wordml/symex"'
    document = read(
        word(f'<w:p><w:r><s:symEx {new} s:font="Odd" s:char="0039"/><w:t>22</w:t></w:r></w:p>'), "a.docx", LIMITS
    )
    assert texts(document) == ["〓22"] and "IMP-SYMBOL" in rules(document)


def test_a_generated_table_of_contents_is_left_behind() -> None:
    gallery = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        + "<w:sdtContent>"
        + p("一、总体情况 1")
        + "</w:sdtContent></w:sdt>"
    )
    document = read(word(gallery + p("一、总体情况")), "a.docx", LIMITS)
    assert texts(document) == ["一、总体情况"] and "IMP-TOC" in rules(document)


def test_pictures_in_cells_follow_the_table() -> None:
    cell = f"<w:tc><w:tcPr/><w:p>{drawn('g')}</w:p></w:tc>"
    document = read(
        word(tbl(tr(cell, tc("文"))), {"word/media/a.png": picture("PNG")}, [("g", "image", "media/a.png", False)]),
        "a.docx",
        LIMITS,
    )
    assert [type(block).__name__ for block in document.blocks] == ["DocumentTable", "Paragraph"]
    assert document.pictures[0].name == "图1.png"


def test_deep_nesting_and_large_tables_are_refused() -> None:
    with pytest.raises(Unreadable, match="deeper"):
        read(word("<w:sdt><w:sdtContent>" * 150 + p("底") + "</w:sdtContent></w:sdt>" * 150), "a.docx", LIMITS)
    with pytest.raises(Unreadable, match="cells"):
        read(word(tbl(tr(tc("甲", span(999999)), tc("乙")))), "a.docx", Limits(cells=100))
    with pytest.raises(Unreadable, match="cells"):
        read(word(tbl(*[tr(tc("甲"), tc("乙"))] * 60)), "a.docx", Limits(cells=100))


@pytest.mark.slow
def test_no_work_grows_with_the_square_of_the_file() -> None:
    """Runs of alternating formatting, paragraphs that run on, nested fields, one footnote referred to over and over."""
    blanks = "".join(
        f"<w:r><w:rPr>{'<w:b/>' * (number % 2)}</w:rPr><w:t xml:space='preserve'> </w:t></w:r>"
        for number in range(10_000)
    )
    runs_on = p("甲", "<w:rPr><w:del/></w:rPr>") * 10_000
    fields = "<w:r><w:fldChar w:fldCharType='begin'/><w:fldChar w:fldCharType='separate'/><w:t>乙</w:t></w:r>" * 10_000
    notes = f'<w:footnotes {WML}><w:footnote w:id="2">{p("口径") * 300}</w:footnote></w:footnotes>'
    refers = "<w:r><w:footnoteReference w:id='2'/></w:r>" * 2_500
    data = word(
        f"<w:p>{blanks}</w:p>{runs_on}<w:p>{fields}</w:p><w:p>{refers}</w:p>",
        {"word/footnotes.xml": notes},
        [("f", "footnotes", "footnotes.xml", False)],
    )
    start = time.process_time()
    document = read(data, "a.docx", Limits(ratio=10_000))
    assert texts(document)[-1] == "〔注1〕" + "口径" * 300 and time.process_time() - start < 15


def cell(content: str, properties: str = "") -> DocumentCell:
    return grids(read(word(tbl(tr(tc("甲"), tc(content, properties)))), "a.docx", LIMITS))[0].rows[0][1]


def test_a_cell_with_a_tracked_insertion_beside_other_text_is_doubted() -> None:
    inserted = "<w:ins>" + run("3") + "</w:ins>"
    assert cell(f"<w:p>{run('2')}{inserted}</w:p>").doubt is not None
    assert cell(f"<w:p>{inserted}</w:p>").doubt is None


def test_an_automatic_number_is_no_digit_of_a_figure() -> None:
    relation = [("n", "numbering", "numbering.xml", False)]
    data = word(tbl(tr(tc(numbered("甲", 2)), tc(numbered("22", 2)))), {"word/numbering.xml": NUMBERING}, relation)
    label, counted = grids(read(data, "a.docx", LIMITS))[0].rows[0]
    assert (label.text, label.doubt) == ("3.甲", None)
    assert counted.text == "22" and counted.raw == "〔自动编号：4.〕22"


def test_a_fraction_has_a_stroke() -> None:
    fraction = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    assert cell(f"<w:p><m:oMath>{fraction}</m:oMath></w:p>").text == "1/2"


def test_a_cell_whose_whole_line_is_moved_is_plain() -> None:
    assert cell(p("22", run='<w:position w:val="-2"/>')) == DocumentCell("22")


EQUATION = '<w:r><w:object><o:OLEObject Type="Embed" ProgID="Equation.3" r:id="r8"/></w:object></w:r>'


def test_a_picture_or_an_object_in_a_cell_puts_it_in_doubt() -> None:
    """LibreOffice turns the formulas of an .rtf into objects: the cell looks empty, and is not."""
    image, related = {"word/media/a.png": picture("png")}, [("r9", "image", "media/a.png", False)]
    shown = word(tbl(tr(tc("甲"), tc(f"<w:p>{drawn('r9', '示例')}</w:p>"))), {**image}, related)
    pictured = grids(read(shown, "a.docx", LIMITS))[0].rows[0][1]
    assert pictured.text == "" and pictured.raw == "〔图片或对象：示例〕" and pictured.doubt is not None
    enclosed = cell(f"<w:p>{EQUATION}</w:p>")
    assert enclosed.text == "" and enclosed.doubt is not None and cell(f"<w:p>{run('2')}</w:p>").doubt is None


def test_a_figure_crossed_by_a_diagonal_border_is_doubted_and_a_corner_is_not() -> None:
    crossed = '<w:tcBorders><w:tl2br w:val="single"/></w:tcBorders>'
    assert cell(p("22"), crossed).doubt is not None and cell(p("22"), crossed).text == "22"
    assert cell(p("项目"), crossed).doubt is None
    assert cell(p("22"), '<w:tcBorders><w:tl2br w:val="nil"/></w:tcBorders>').doubt is None


NUMBERED = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="7"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="{}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)
IN_LIST = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'


@pytest.mark.parametrize("text", ["%1", "%1.", "（%1）"])
def test_an_automatic_number_alone_in_a_cell_is_no_blank(text: str) -> None:
    parts: dict[str, str | bytes] = {"word/numbering.xml": f"<w:numbering {WML}>{NUMBERED.format(text)}</w:numbering>"}
    row = tbl(tr(tc("规章"), f"<w:tc><w:p>{IN_LIST}</w:p></w:tc>"))
    (grid,) = grids(read(word(row, parts, [("n", "numbering", "numbering.xml", False)]), "a.docx", LIMITS))
    assert grid.rows[0][1].text == "" and grid.rows[0][1].doubt is not None and "7" in grid.rows[0][1].raw


@pytest.mark.parametrize(
    ("content", "properties"),
    [
        (run("22", '<w:color w:val="FFFFFF"/>'), ""),
        (run("22", "<w:vanish/>"), ""),
        (run("22", '<w:color w:val="000000"/>'), '<w:shd w:val="clear" w:fill="000000"/>'),
        (run("22"), '<w:cellDel w:id="1"/>'),
    ],
)
def test_a_figure_that_nobody_sees_or_that_was_deleted_is_no_certain_blank(content: str, properties: str) -> None:
    made = cell(f"<w:p>{content}</w:p>", properties)
    assert made.text == "" and made.doubt is not None


def test_a_deleted_cell_keeps_its_place() -> None:
    (grid,) = grids(read(word(tbl(tr(tc("规章"), tc("1", "<w:cellDel/>"), tc("2"), tc("3")))), "a.docx", LIMITS))
    assert [made.text for made in grid.rows[0]] == ["规章", "", "2", "3"]


def test_a_figure_whose_merging_was_tracked_is_in_doubt() -> None:
    made = cell(f"<w:p>{run('22')}</w:p>", '<w:cellMerge w:id="1" w:vMerge="rest"/>')
    assert (made.text, made.raw) == ("22", "22") and made.doubt is not None and "拆分" in made.doubt.zh
    label = cell(f"<w:p>{run('规章')}</w:p>", '<w:cellMerge w:id="1" w:vMerge="rest"/>')
    assert label.doubt is None


def test_text_in_alternatives_of_a_run_is_read() -> None:
    made = cell(
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:t>22</w:t></mc:Choice>'
        "<mc:Fallback><w:t>9</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert (made.text, made.doubt) == ("22", None)


@pytest.mark.parametrize(
    ("rule", "height", "doubted"), [("exact", 20, True), ("atLeast", 20, False), ("exact", 300, False)]
)
def test_a_row_too_low_to_be_seen_is_in_doubt(rule: str, height: int, doubted: bool) -> None:
    low = f'<w:trHeight w:val="{height}" w:hRule="{rule}"/>'
    (grid,) = grids(read(word(tbl(tr(tc("规章"), tc("22"), properties=low))), "a.docx", LIMITS))
    assert (grid.rows[0][1].doubt is not None) is doubted
