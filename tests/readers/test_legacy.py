"""Reads old formats through LibreOffice where it is installed, else refuses clearly; leaves nothing on the disk."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

from generator.readers import legacy
from generator.readers.document import DocumentTable, Limits, Unreadable
from tests.readers.samples import grids, rules, texts
from tests.readers.sheet_samples import one_sheet
from tests.readers.word_samples import tbl, tc, tr, word

pytestmark = pytest.mark.slow

LIMITS = Limits()
RTF = rb"{\rtf1\ansi\ansicpg936 {\pard Example \u25253?\par}}"
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def test_without_libreoffice_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "program", lambda: "")
    with pytest.raises(Unreadable) as refused:
        legacy.read(RTF, "年报.doc", LIMITS)
    assert "请用 Word 或 WPS 另存为 .docx" in refused.value.message.zh


@pytest.mark.slow
@needs_office
def test_rtf_is_converted_and_the_folder_is_gone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    document = legacy.read(RTF, "年报.rtf", LIMITS)
    assert document.kind == "rtf" and texts(document)[0].startswith("Example") and "IMP-CONVERTED" in rules(document)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@needs_office
def test_what_it_cannot_convert_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(Unreadable):
        legacy.read(b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><broken', "表.xml", LIMITS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_program_that_does_not_end_is_stopped(tmp_path: Path) -> None:
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nsleep 60 &\nsleep 60\n", encoding="utf-8")
    slow.chmod(0o755)
    with pytest.raises(Unreadable, match="stopped"):
        legacy.convert(str(slow), RTF, "rtf", "docx", seconds=1)


def test_other_files_are_not_handed_on() -> None:
    with pytest.raises(Unreadable):
        legacy.read(b"\1\2\3\0", "a.doc", LIMITS)


UOF = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<uof:UOF xmlns:uof="http://schemas.uof.org/cn/2003/uof" '
    'xmlns:字="http://schemas.uof.org/cn/2003/uof-wordproc" uof:mimetype="vnd.uof.text"><uof:文字处理><字:主体>'
    "<字:段落><字:句>{}<字:文本串>示例局2024年年度报告</字:文本串></字:句></字:段落></字:主体></uof:文字处理></uof:UOF>"
)


@needs_office
@pytest.mark.office
def test_a_text_in_the_national_office_format_is_converted() -> None:
    document = legacy.read(UOF.format("").encode(), "年报.uot", LIMITS)
    assert document.kind == "uot" and texts(document) == ["示例局2024年年度报告"]


@pytest.mark.parametrize(
    "lost", ['<字:修订开始 字:类型="delete"/>', '<字:句属性><字:隐藏文字 字:值="true"/></字:句属性>']
)
def test_what_conversion_would_make_living_text_of_is_refused(lost: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "program", lambda: "soffice")
    with pytest.raises(Unreadable, match="tracked changes or hidden text"):
        legacy.read(UOF.format(lost).encode(), "年报.uot", LIMITS)


PARTED = (  # a number in two stretches of text
    "</字:句属性><字:文本串>22</字:文本串></字:句><字:句>{}<字:文本串>{}</字:文本串></字:句><字:句><字:句属性>"
)


@pytest.mark.parametrize(
    ("look", "doubted"),
    [
        ('<字:删除线 字:类型="single"/>', True),
        ("<字:删除线 字:类型='none'/>", False),
        ('<字:上下标 字:值="sup"/>', True),
        ('<字:上下标 字:值="none"/>', False),
        ("<字:位置>6.0</字:位置>", True),
        ("<字:位置>0.0</字:位置>", False),
        ('<字:字体 字:字号="10.5" 字:颜色="#FFFFFF"/>', True),
        ('<字:字体 字:字号="1"/>', True),
        ('<字:字体 字:字号="16.0" 字:颜色="#000000"/>', False),
        ('<字:字体 字:相对字号="50"/>', True),
        ("<字:缩放>1</字:缩放>", True),
        ("<字:缩放>100</字:缩放>", False),
        ('<wp:上下标 xmlns:wp="a" wp:值="sup"/>', True),
        ('<上下标 值="sup"/>', True),
        (PARTED.format("<字:句属性 字:式样引用='T1'/>", "93"), True),
        (PARTED.format("", "件"), False),
    ],
)
def test_figures_beside_looks_that_conversion_drops_are_in_doubt(
    look: str, doubted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LibreOffice 7.4 makes 22931 of 2293 with a raised 1 in a table of a UOF text."""
    converted = word(tbl(tr(tc("规章"), tc("22931"), tc(""))))
    monkeypatch.setattr(legacy, "program", lambda: "soffice")
    monkeypatch.setattr(legacy, "convert", lambda *_: converted)
    document = legacy.read(UOF.format(f"<字:句属性>{look}</字:句属性>").encode(), "年报.uot", LIMITS)
    (grid,) = grids(document)
    assert [cell.doubt is not None for cell in grid.rows[0]] == [False, doubted, False]
    assert sum(finding.rule == "IMP-CONVERTED" for finding in document.findings) == 1 + doubted


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "GB2312", "GBK", "utf-16"])
def test_looks_are_found_in_every_encoding(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "program", lambda: "soffice")
    monkeypatch.setattr(legacy, "convert", lambda *_: word(tbl(tr(tc("规章"), tc("22931")), tr(tc("合计"), tc("5")))))
    text = UOF.replace("UTF-8", encoding)
    raised = text.format('<字:句属性><字:上下标 字:值="sup"/></字:句属性>').encode(encoding)
    (grid,) = grids(legacy.read(raised, "年报.uot", LIMITS))
    assert grid.rows[0][1].doubt is not None
    with pytest.raises(Unreadable, match="tracked changes or hidden text"):
        legacy.read(text.format('<字:修订开始 字:类型="delete"/>').encode(encoding), "年报.uot", LIMITS)


def test_an_encoding_that_nobody_knows_is_read_as_utf_8(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "program", lambda: "soffice")
    with pytest.raises(Unreadable, match="tracked changes or hidden text"):
        legacy.read(UOF.replace("UTF-8", "x-other").format("<字:隐藏文字/>").encode(), "年报.uot", LIMITS)


@pytest.mark.parametrize(
    ("look", "doubted"),
    [
        ('html:Color="#FFFFFF"', True),
        ('html:Face="宋体" html:Size="3"', True),
        ('html:Color="#000000"', False),
        ('html:Size="11"', False),
    ],
)
def test_figures_of_excel_xml_of_2003_with_white_or_tiny_parts_are_in_doubt(
    look: str, doubted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LibreOffice 7.4 makes 229 of 22 with a white 9 behind it."""
    converted = one_sheet(lambda sheet, _: sheet.write_row(0, 0, ["规章", "229"]))
    monkeypatch.setattr(legacy, "program", lambda: "soffice")
    monkeypatch.setattr(legacy, "convert", lambda *_: converted)
    cell = f'<ss:Data ss:Type="String">22<Font {look}>9</Font></ss:Data>'
    document = legacy.read(f'<?mso-application progid="Excel.Sheet"?>{cell}'.encode(), "表.xml", LIMITS)
    (grid,) = grids(document)
    assert [cell.doubt is not None for cell in grid.rows[0]] == [False, doubted]


FORMULA = (
    rb"{\rtf1\ansi{\trowd\cellx2000\cellx4000\cellx6000\intbl A\cell\intbl "
    rb"{\mmath{\*\moMath{\msSup{\me{\mr 22}}{\msup{\mr 1}}}}}\cell\intbl 7\cell\row}\pard x\par}"
)


@needs_office
@pytest.mark.office
def test_blanks_of_an_rtf_with_formulas_are_in_doubt() -> None:
    """LibreOffice moves a formula that stands alone in its cell: the cell is blank then, and was not."""
    (grid,) = (block for block in legacy.read(FORMULA, "a.rtf", LIMITS).blocks if isinstance(block, DocumentTable))
    assert [(cell.text == "", cell.doubt is not None) for cell in grid.rows[0][1:]] == [(True, True), (False, False)]


def test_digits_of_a_field_beside_a_figure_of_an_odt_are_taken_off_and_leave_it_in_doubt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    converted = word(tbl(tr(tc("2293〔待更新的域：9〕"), tc("2293"), tc("第二项〔2024〕9号"))))
    monkeypatch.setattr(legacy, "program", lambda: "soffice")
    monkeypatch.setattr(legacy, "convert", lambda *_: converted)
    odt = b'<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.text"/>'
    (grid,) = grids(legacy.read(odt, "a.fodt", LIMITS))
    assert [(cell.text, cell.raw, cell.doubt is None) for cell in grid.rows[0]] == [
        ("2293", "2293〔待更新的域：9〕", False),
        ("2293", "", True),
        ("第二项〔2024〕9号", "", True),
    ]
