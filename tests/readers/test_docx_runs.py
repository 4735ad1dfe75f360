"""Runs of a Word file in a cell: the figure is the one Word shows, or it is doubted."""

from __future__ import annotations

import pytest

from generator.readers.document import DocumentCell
from generator.readers.open_file import read_bytes
from tests.readers.samples import LIMITS, grids
from tests.readers.word_samples import WML, boxed, run, tbl, tc, tr, word

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def par(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def style(name: str, properties: str, kind: str = "character") -> str:
    inner = f'<w:name w:val="{name}"/><w:rPr>{properties}</w:rPr>'
    return f'<w:style w:type="{kind}" w:styleId="{name}">{inner}</w:style>'


def cell(inner: str, styles: str = "") -> DocumentCell:
    body = tbl(tr(tc("甲"), tc(inner), tc("7")), tr(tc("乙"), tc("5"), tc("7")))
    parts: dict[str, str | bytes] = {"word/styles.xml": f"<w:styles {WML}>{styles}</w:styles>"}
    data = word(body, parts, [("s", "styles", "styles.xml", False)])
    return grids(read_bytes(data, "示例.docx", LIMITS))[0].rows[0][1]


def alternative(*choices: tuple[str, str], fallback: str) -> str:
    inner = "".join(f'<mc:Choice Requires="{requires}">{run(text)}</mc:Choice>' for requires, text in choices)
    return par(f"<mc:AlternateContent>{inner}<mc:Fallback>{run(fallback)}</mc:Fallback></mc:AlternateContent>")


def filled(colour: str, color: str = "") -> str:
    solid = f'<w14:textFill {W14}><w14:solidFill><w14:srgbClr w14:val="{colour}"/></w14:solidFill></w14:textFill>'
    return par(run("9", color + solid) + run("22"))


PARAGRAPH_HIDDEN = style("a", "<w:vanish/>", "paragraph")
IN_A = '<w:pPr><w:pStyle w:val="a"/></w:pPr>'
WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize(
    ("inner", "styles", "figure"),
    [
        (par(IN_A + run("9") + run("22", '<w:vanish w:val="0"/>')), PARAGRAPH_HIDDEN, "22"),
        (alternative(("zzz", "9"), fallback="22"), "", "22"),
        (alternative(("zzz", "9"), ("wps", "22"), fallback="7"), "", "22"),
        (alternative(("w14 wps", "22"), fallback="7"), "", "22"),
        (filled("FFFFFF", WHITE), "", "22"),
        (par(run("22", '<w:fitText w:val="600" w:id="1"/>')), "", "22"),
        (par(run("22", '<w:spacing w:val="-10"/>')), "", "22"),
        (par(run("9", WHITE + '<w:shd w:val="clear" w:fill="auto" w:themeFill="text1"/>') + run("22")), "", "922"),
        (par("<m:oMath><m:d><m:e><m:r><m:t>22</m:t></m:r></m:e></m:d></m:oMath>"), "", "(22)"),
        (par("<m:oMath><m:rad><m:e><m:r><m:t>22</m:t></m:r></m:e></m:rad></m:oMath>"), "", "√22"),
        (par(f"<m:oMath><m:m><m:mr>{'<m:e><m:r><m:t>2</m:t></m:r></m:e>' * 2}</m:mr></m:m></m:oMath>"), "", "2 2"),
    ],
)
def test_a_figure_is_what_word_shows(inner: str, styles: str, figure: str) -> None:
    made = cell(inner, styles)
    assert (made.text, made.doubt) == (figure, None)


@pytest.mark.parametrize(
    ("inner", "styles"),
    [
        # what two kinds of style switch on is off for Word, and on for other programs
        (
            par(IN_A + run("9", '<w:rStyle w:val="c"/>') + run("22", '<w:vanish w:val="0"/>')),
            PARAGRAPH_HIDDEN + style("c", "<w:vanish/>"),
        ),
        *(
            (par(run("9", properties) + run("22")), "")
            for properties in (
                '<w:fitText w:val="1"/>',
                '<w:eastAsianLayout w:id="1" w:vert="1"/>',
                '<w:spacing w:val="-300"/>',
                '<w:spacing w:val="600"/>',
                '<w:bdr w:val="single" w:sz="4"/>',
                WHITE + "<w:outline/>",
                WHITE + "<w:emboss/>",
                WHITE + "<w:shadow/>",
                '<w:color w:val="000000" w:themeColor="background1"/>',
                "<w:webHidden/>",
                '<w:color w:val="FFFFFF" w:themeColor="text1"/>',
                f"<w14:textFill {W14}><w14:gradFill/></w14:textFill>",
            )
        ),
        (
            par(run("9", '<w:rStyle w:val="c"/>') + run("22")),  # one with a paragraph style that hides
            PARAGRAPH_HIDDEN + style("c", "").replace("<w:rPr>", '<w:link w:val="a"/><w:rPr>'),
        ),
        (filled("000000", WHITE), ""),
        (filled("FFFFFF"), ""),
        (par(f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('22')}</w:sdtContent></w:sdt>"), ""),
        (f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{par(run('22'))}</w:sdtContent></w:sdt>", ""),
        (par(run("22") + f"<w:r>{boxed(par(run('93')))}</w:r>"), ""),
        (par(run("22") + '<w:r><w:pict><v:line from="0,0" to="20,0"/></w:pict></w:r>'), ""),
        (
            par(run("22") + "<w:r><w:drawing><wp:anchor><wps:wsp><wps:spPr/></wps:wsp></wp:anchor></w:drawing></w:r>"),
            "",
        ),
        (par(run("22") + '<w:r><w:pict><v:shape><v:textpath string="93"/></v:shape></w:pict></w:r>'), ""),
        (par(run("22") + '<w:r><w:contentPart r:id="x"/></w:r>'), ""),
        (par("<w:r><w:pgNum/></w:r>" + run("2")), ""),
        (par('<w:fldSimple w:instr="ADVANCE \\l 12"/>' + run("22")), ""),
        (
            par(
                "<m:oMath><m:borderBox><m:borderBoxPr><m:strikeBLTR/></m:borderBoxPr><m:e><m:r><m:t>9</m:t></m:r>"
                "</m:e></m:borderBox></m:oMath>" + run("22")
            ),
            "",
        ),
        (
            par(
                "<m:oMath><m:limLow><m:e><m:r><m:t>22</m:t></m:r></m:e><m:lim><m:r><m:t>9</m:t></m:r></m:lim>"
                "</m:limLow></m:oMath>"
            ),
            "",
        ),
        (tbl(tr(tc("2"), tc("3"))) + par(""), ""),
    ],
)
def test_what_is_seen_in_more_than_one_way_is_no_certain_figure(inner: str, styles: str) -> None:
    inner = inner if inner.startswith("<w:p>") else f"<w:customXml>{inner}</w:customXml>{par('')}"
    made = cell(par("") + inner, styles)
    assert made.doubt is not None or not made.text.isdecimal()
    assert made.text in ("", "22", "2", "22\n93", "〓22")


def test_digits_that_stand_upright_in_text_that_runs_down_are_certain() -> None:
    turned = par(run("22", '<w:eastAsianLayout w:id="1" w:vert="1"/>'))
    down = tc(turned, '<w:textDirection w:val="tbRlV"/>')
    data = word(tbl(tr(tc("甲"), down), tr(tc("乙"), tc("5"))))
    made = grids(read_bytes(data, "示例.docx", LIMITS))[0].rows[0][1]
    assert (made.text, made.doubt) == ("22", None)


def math(inner: str) -> str:
    return par(f"<m:oMath>{inner}</m:oMath>")


def number(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def lines(properties: str) -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run('22')}</w:p>"


SUNK = '<w:style w:type="paragraph" w:styleId="s"><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:style>'


@pytest.mark.parametrize(
    ("inner", "styles", "text", "doubted"),
    [
        (math(f"<m:eqArr><m:e>{number('2')}</m:e><m:e>{number('2')}</m:e></m:eqArr>"), "", "2 2", False),
        (math(f"<m:d><m:e>{number('2')}</m:e><m:e>{number('2')}</m:e></m:d>"), "", "(2 2)", False),
        (math(f"<m:acc><m:e>{number('9')}</m:e></m:acc>{number('22')}"), "", "22", True),
        (math(f"<m:bar><m:e>{number('22')}</m:e></m:bar>"), "", "", True),
        (math(f"<m:phant><m:e>{number('9')}</m:e></m:phant>{number('22')}"), "", "22", True),
        (lines('<w:spacing w:line="20" w:lineRule="exact"/>'), "", "", True),
        (lines('<w:pStyle w:val="s"/>'), SUNK, "", True),
        (lines('<w:ind w:left="-5000"/>'), "", "", True),
        (lines('<w:ind w:left="0" w:hanging="5000"/>'), "", "", True),
        (lines('<w:spacing w:line="240" w:lineRule="exact"/><w:ind w:left="-105" w:hanging="420"/>'), "", "22", False),
    ],
)
def test_formulas_and_lines_out_of_sight_make_no_figure(inner: str, styles: str, text: str, doubted: bool) -> None:
    made = cell(inner, styles)
    assert (made.text, made.doubt is not None) == (text, doubted)


def test_a_blank_cell_with_digits_in_what_is_passed_over_is_in_doubt() -> None:
    made = cell(par("<w:unknown><w:r><w:t>22</w:t></w:r></w:unknown>"))
    assert (made.text, made.doubt is not None) == ("", True)


def test_a_table_in_a_note_follows_it_and_what_a_tracked_move_took_away_is_told() -> None:
    note = f'<w:endnote w:id="1">{tbl(tr(tc("甲"), tc("22")), tr(tc("乙"), tc("5")))}</w:endnote>'
    parts: dict[str, str | bytes] = {"word/endnotes.xml": f"<w:endnotes {WML}>{note}</w:endnotes>"}
    body = par('<w:r><w:endnoteReference w:id="1"/></w:r>') + f"<w:moveFrom>{par(run('移走'))}</w:moveFrom>"
    document = read_bytes(word(body, parts, [("n", "endnotes", "endnotes.xml", False)]), "示例.docx", LIMITS)
    assert [[cell.text for cell in row] for row in grids(document)[0].rows] == [["甲", "22"], ["乙", "5"]]
    assert [("移走" in f.message.zh) for f in document.findings if f.rule == "IMP-TRACKED"] == [True]
