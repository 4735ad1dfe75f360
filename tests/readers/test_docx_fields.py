"""Reads Word fields that store no result: circled characters, lists, tick boxes; what cannot be told is 〓."""

from __future__ import annotations

import pytest

from generator.readers.docx import read
from generator.readers.docx_fields import has_drawn, has_drawn_cells
from generator.readers.legacy import read as read_legacy
from tests.readers.samples import LIMITS, grids, rules, table, texts
from tests.readers.word_samples import WML, run, tbl, tc, tr, word


def field(code: str, result: str | None = None, settings: str = "") -> str:
    """Writes a field as Word does; without a `result` there is no separator either."""
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{settings}</w:fldChar></w:r>'
    parts = "".join(f'<w:r><w:instrText xml:space="preserve">{part}</w:instrText></w:r>' for part in code.split("|"))
    middle = "" if result is None else '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run(result)
    return f'{begin}{parts}{middle}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def circled(text: str, circle: str = "○") -> str:
    return field(rf" eq \o\ac(|{circle}|,{text})")


def options(*texts_of_list: str, result: str = "") -> str:
    entries = "".join(f'<w:listEntry w:val="{text}"/>' for text in texts_of_list)
    return f"<w:ffData><w:ddList>{result}{entries}</w:ddList></w:ffData>"


def box(inside: str) -> str:
    return f"<w:ffData><w:checkBox>{inside}</w:checkBox></w:ffData>"


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (run("依据第") + circled("3") + run("项"), "依据第③项"),
        (run("共") + circled("20", "◯"), "共⑳"),
        (run("第") + field(r"EQ \o(○,7)") + run("条"), "第⑦条"),
        (run("甲") + circled("密"), "甲〓"),  # no character of its own
        (run("甲") + circled("3", "□"), "甲〓"),
        (run("甲") + field(r"EQ \f(1,2)"), "甲〓"),
        (run("甲") + field("SYMBOL 252 \\f Wingdings"), "甲〓"),
        (run("甲") + field("AUTONUM"), "甲〓"),
        (run("共") + field("=SUM(ABOVE)", "22"), "共22"),  # the stored result is what people saw
        (run("共") + field("=SUM(ABOVE)"), "共〓"),
        (run("选") + field("FORMDROPDOWN", "", options("是", "否", result='<w:result w:val="1"/>')), "选否"),
        (run("选") + field("FORMDROPDOWN", None, options("是", "否")), "选是"),
        (run("选") + field("FORMDROPDOWN", None, options(result='<w:result w:val="7"/>')), "选"),
        (field("FORMCHECKBOX", "", box("<w:checked/>")) + run("公开"), "☑公开"),
        (field("FORMCHECKBOX", "", box('<w:default w:val="0"/>')) + run("公开"), "☐公开"),
        (run("甲") + field("FORMTEXT", ""), "甲"),  # left empty
        (run("见") + field("PAGEREF x"), "见"),  # nothing of the report
        (run("共") + '<w:fldSimple w:instr="=1+2"/>', "共〓"),
        (run("共") + f'<w:fldSimple w:instr="=1+2">{run("3")}</w:fldSimple>', "共3"),
    ],
)
def test_what_a_field_shows_is_read(xml: str, text: str) -> None:
    document = read(word(f"<w:p>{xml}</w:p>"), "示例.docx", LIMITS)
    assert texts(document) == [text]
    assert ("IMP-SYMBOL" in rules(document)) == ("〓" in text)


def test_a_circle_beside_a_figure_never_joins_it() -> None:
    cells = tr(tc("新收"), f"<w:tc><w:p>{run('2293')}{circled('1')}</w:p></w:tc>")
    (grid,) = grids(read(word(tbl(cells)), "示例.docx", LIMITS))
    assert table(grid) == [["新收", "2293①"]]


def test_what_a_field_inside_another_shows_is_part_of_its_code() -> None:
    inner = circled("3")
    outer = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + inner + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert texts(read(word(f"<w:p>{run('甲')}{outer}</w:p>"), "示例.docx", LIMITS)) == ["甲"]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (rb"{\field{\*\fldinst eq \\o\\ac(\'a1\'f0,3)}}", True),
        (r"EQ \o\ac(○,3)".encode("utf-16-le"), True),
        (rb" eq \o\ac(", True),
        (rb"eq \f(1,2)", True),
        (rb"eq 1", False),
        (b"sequence of words", False),
    ],
)
def test_enclosed_characters_are_seen_in_the_bytes_of_older_files(data: bytes, found: bool) -> None:
    assert has_drawn(data) is found


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (rb"\intbl{\field{\*\fldinst EQ \\s\\up5(1)}{\fldrslt }}22\cell 3\cell\row", True),
        (rb"\pard{\field{\*\fldinst EQ \\s\\up5(1)}{\fldrslt }}\par\intbl 22\cell\row", False),
        ("\x13 EQ \\o\\ac(○,3)\x1522\x073\x07".encode("utf-16-le"), True),
        ("\x13 EQ \\o\\ac(○,3)\x15万万\r22\x07".encode("utf-16-le"), False),
    ],
)
def test_such_fields_in_tables_of_older_files_are_found(data: bytes, found: bool) -> None:
    assert has_drawn_cells(data) is found


@pytest.mark.office
def test_older_files_say_that_they_lost_them() -> None:
    rtf = rb"{\rtf1\ansi\pard A{\field{\*\fldinst { eq \\o\\ac(O,3)}}{\fldrslt {}}}\par}"
    document = read_legacy(rtf, "示例.rtf", LIMITS)
    assert texts(document) == ["A"]
    assert "IMP-SYMBOL" in rules(document)
    cells = rb"\trowd\cellx900\cellx1800\pard\intbl 22{\field{\*\fldinst EQ \\s\\up5(1)}{\fldrslt }}\cell 3\cell\row"
    (grid,) = grids(read_legacy(rb"{\rtf1\ansi" + cells + rb"\pard x\par}", "示例.rtf", LIMITS))
    assert all(cell.doubt is not None for cell in grid.rows[0])


@pytest.mark.parametrize(
    ("code", "dirty", "doubted"),
    [
        ("=SUM(LEFT)", ' w:dirty="true"', True),
        ("REF a", ' w:dirty="1"', True),
        ("REF a", "", False),
        ("FORMTEXT", ' w:dirty="true"', False),
    ],
)
@pytest.mark.parametrize("simple", [False, True])
def test_a_result_that_the_file_asks_to_calculate_anew_is_in_doubt(
    code: str, dirty: str, doubted: bool, simple: bool
) -> None:
    field = (
        f'<w:fldSimple w:instr="{code}"{dirty}>{run("22")}</w:fldSimple>'
        if simple
        else f'<w:r><w:fldChar w:fldCharType="begin"{dirty}/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("22")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    (grid,) = grids(read(word(tbl(tr(tc("20"), f"<w:tc><w:p>{field}</w:p></w:tc>"))), "a.docx", LIMITS))
    cell = grid.rows[0][1]
    assert (cell.doubt is not None) == doubted and "22" in (cell.raw or cell.text)
    assert cell.doubt is None or "待更新的域" in cell.doubt.zh


def test_a_file_whose_fields_are_to_be_updated_leaves_no_total_certain() -> None:
    field = f'<w:fldSimple w:instr="=SUM(LEFT)">{run("22")}</w:fldSimple>'
    settings = f'<w:settings {WML}><w:updateFields w:val="true"/></w:settings>'
    data = word(
        tbl(tr(tc("20"), f"<w:tc><w:p>{field}</w:p></w:tc>")),
        {"word/settings.xml": settings},
        [("s", "settings", "settings.xml", False)],
    )
    (grid,) = grids(read(data, "a.docx", LIMITS))
    assert [cell.doubt is None for cell in grid.rows[0]] == [True, False]


def test_the_result_of_a_formula_is_kept_for_a_look() -> None:
    field = f'<w:fldSimple w:instr="=SUM(LEFT)">{run("22")}</w:fldSimple>'
    (grid,) = grids(read(word(tbl(tr(tc("20"), f"<w:tc><w:p>{field}</w:p></w:tc>"))), "a.docx", LIMITS))
    cell = grid.rows[0][1]
    assert cell.text == "22" and cell.doubt is not None and "公式" in cell.doubt.zh


def text_field(settings: str, result: str | None) -> str:
    return field("FORMTEXT", result, f"<w:ffData><w:textInput>{settings}</w:textInput></w:ffData>")


BEGIN, PARTED, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
CODE = "<w:r><w:instrText>REF a</w:instrText></w:r>"


def in_cell(xml: str) -> tuple[str, bool]:
    """The text of a cell, and whether it is in doubt."""
    inner = xml if xml.startswith("<w:p>") else f"<w:p>{xml}</w:p>"
    (grid,) = grids(read(word(tbl(tr(tc("甲"), tc(inner)), tr(tc("乙"), tc("5")))), "示例.docx", LIMITS))
    return grid.rows[0][1].text, grid.rows[0][1].doubt is not None


@pytest.mark.parametrize(
    ("xml", "text", "doubted"),
    [
        (field('IF 1=1 "22" "47"'), "〓", False),  # nothing is stored; 〓 is no figure
        (field("DOCVARIABLE n"), "〓", False),
        (field('TC "47"') + run("22"), "22", False),
        (field("SET a", "47") + run("22"), "22", True),
        (text_field('<w:default w:val="22"/>', None), "", True),
        (text_field('<w:default w:val="47"/>', "22"), "22", False),
        (text_field('<w:type w:val="calculated"/>', "22"), "22", True),
        (field("FORMDROPDOWN", "47", options("47", "22", result='<w:result w:val="1"/>')), "", True),
        (field("FORMDROPDOWN", "22", options("47", "22", result='<w:result w:val="1"/>')), "22", False),
        # a field whose code nothing ends
        (BEGIN + CODE + run("22"), "", True),
        # one that goes on in the next paragraph, in its code or in its result
        (f"<w:p>{BEGIN}{CODE}</w:p><w:p>{run('47')}{PARTED}{run('22')}{END}</w:p>", "22", False),
        (f"<w:p>{BEGIN}{CODE}{PARTED}{run('22')}</w:p><w:p>{END}</w:p>", "22", False),
        # a formula in the code of another field shows nothing
        (BEGIN + CODE + field("=SUM(LEFT)", "47") + PARTED + run("22") + END, "22", False),
        # what counts is no part of the figure beside it
        (field("SEQ a", "1") + run("22"), "22", True),
        (run("22") + field("PAGE", "3"), "22", True),
        (run("22") + field("NOTEREF _Ref1", "3"), "22", True),
        (field("DATE \\@ d", "3") + run("22"), "22", True),
        (field("MACROBUTTON nomacro 9", "9") + run("22"), "22", True),
        # drawn from its code, whatever is stored
        (field(r"EQ \o(22,47)", "22"), "", True),
    ],
)
def test_a_field_in_a_cell_gives_the_figure_that_word_shows_or_a_doubt(xml: str, text: str, doubted: bool) -> None:
    assert in_cell(xml) == (text, doubted)


def test_letters_behind_the_code_of_a_field_that_nothing_ends_are_told() -> None:
    document = read(
        word(f"<w:p>{run('共')}{BEGIN}{CODE}{run('22件')}</w:p><w:p>{run('下一段')}</w:p>"), "a.docx", LIMITS
    )
    assert texts(document) == ["共", "下一段"]
    assert ["22件" in f.message.zh for f in document.findings if f.rule == "IMP-HIDDEN"] == [True]
