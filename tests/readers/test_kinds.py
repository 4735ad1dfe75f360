"""Detects what a file really is, whatever it is called."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from generator.readers.kinds import refused, sniff
from generator.readers.ole import Compound, names
from tests.readers.samples import book, zipped
from tests.readers.sheet_samples import compound
from tests.readers.word_samples import p, word

ODS = "application/vnd.oasis.opendocument.spreadsheet"


FLAT = b'<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.%s"><office:body>'


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (word(p("文")), "年报.doc", "docx"),
        (word(p("文")), "年报.wps", "docx"),
        (zipped({"xl/workbook.xml": "", "a": ""}), "表.xls", "xlsx"),
        (zipped({"xl/workbook.bin": ""}), "表.xlsx", "xlsb"),
        (zipped({"mimetype": ODS}), "表.xlsx", "ods"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "a.odt", "odt"),
        (zipped({"OFD.xml": ""}), "年报.ofd", "ofd"),
        (zipped({"年报.docx": ""}), "年报.docx", "zip"),
        ('{"title": "示例", "html": "<p>示例<\\/p>"}'.encode(), "report.json", "data"),
        ('\ufeff[{"html": "<table><tr><td>1"}]\n'.encode(), "接口.html", "data"),
        ("[2021] 示例发3号<p>".encode(), "a.html", "html"),
        (b"[2021]", "a.txt", "txt"),
        (b"Rar!\x1a\x07\x01\0", "年报.rar", "zip"),
        (b"7z\xbc\xaf'\x1c\0\4", "年报.docx", "zip"),
        (b"\0" * 257 + b"ustar", "年报.tar", "zip"),
        (b"%PDF-1.4 ", "年报.doc", "pdf"),
        (b"\xef\xbb\xbf<html><body>", "年报.doc", "html"),
        ("<!DOCTYPE html><TABLE>".encode("utf-16"), "表.xls", "html"),
        ("<meta charset=gbk><table><tr><td>甲".encode("gb18030"), "表.xls", "html"),
        (b"{\\rtf1\\ansi", "年报.doc", "rtf"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "年报.doc", "mht"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "年报.xml", "wordml"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "表.xml", "sheetml"),
        ("一、总体情况".encode("gb18030"), "年报.txt", "txt"),
        ("一、总体情况".encode("utf-16"), "年报.txt", "txt"),
        (b"\x89PNG\r\n", "年报.pdf", "picture"),
        (b"\1\2\3\0\0", "年报.docx", "unknown"),
        (b"FOUNDER CEB 1.2\0", "年报.pdf", "ceb"),
        (b"\1\2\3\0\0", "年报.CEB", "ceb"),
        (b"\1\2\3\0\0", "年报.cebx", "ceb"),
        (b"\1\2\3\0\0", "年报.gd", "gd"),
        (b"CAJ\0\0", "年报.caj", "caj"),
        (b"KDH 2.00\0", "年报.kdh", "caj"),
        (b"AT&TFORM\0", "年报.djvu", "djvu"),
        (b"%!PS-Adobe-3.0", "年报.ps", "ps"),
        (zipped({"FixedDocSeq.fdseq": ""}), "年报.xps", "xps"),
        (zipped({"ppt/presentation.xml": ""}), "年报.docx", "slides"),
        (zipped({"Index/Document.iwa": ""}), "年报.pages", "iwork"),
        ("一、总体情况".encode(), "年报.gd", "txt"),
        (FLAT % b"spreadsheet", "表.fods", "fods"),
        (FLAT % b"text", "年报.fodt", "odt"),
        (FLAT % b"presentation", "年报.fodp", "unknown"),
        (b"ID;PSHEETJS\r\nC;Y1;X1;K22\r\n", "表.slk", "unknown"),
        (b'TABLE\r\n0,1\r\n"EXCEL"\r\n', "表.dif", "unknown"),
    ],
)
def test_kinds_by_bytes(data: bytes, name: str, kind: str) -> None:
    assert sniff(data, name) == kind


def test_what_no_reader_takes_has_a_sentence() -> None:
    for kind in (
        "encrypted",
        "ofd",
        "data",
        "ceb",
        "gd",
        "caj",
        "xps",
        "djvu",
        "ps",
        "slides",
        "iwork",
        "xlsb",
        "zip",
        "picture",
        "unknown",
    ):
        sentence = refused(kind)
        assert sentence is not None and "：" in sentence.message.zh
    assert refused("docx") is None


def test_compound_containers() -> None:
    data = compound(("WordDocument", b"text"), ("Macros", b"x"))
    assert Compound(data).read("WordDocument").startswith(b"text\0") and Compound(data).read("missing") == b""
    assert names(data) == {"Root Entry", "WordDocument", "Macros"}
    assert sniff(data, "a.xls") == "doc"
    assert sniff(compound(("Workbook", b"x")), "a.doc") == "xls"
    assert sniff(compound(("EncryptedPackage", b"x")), "a.docx") == "encrypted"
    assert sniff(compound(("Contents", b"x")), "a.et") == "xls"
    assert sniff(compound(("Contents", b"x")), "a.wps") == "doc"


def test_a_real_workbook_is_one() -> None:
    data = book(lambda workbook: workbook.add_worksheet("表").write(0, 0, 1))
    assert zipfile.is_zipfile(BytesIO(data)) and sniff(data, "表.et") == "xlsx"


@pytest.mark.parametrize(
    ("declared", "kind"),
    [
        ('uof:mimetype="vnd.uof.text"><uof:文字处理>', "uot"),
        ('uof:mimetype="vnd.uof.spreadsheet"><uof:电子表格>', "uos"),
        ('uof:mimetype="vnd.uof.presentation"><uof:演示文稿>', "uof"),
        ("><uof:电子表格>", "uos"),
        ("><uof:文字处理>", "uot"),
    ],
)
def test_the_national_office_format_is_told_from_other_xml(declared: str, kind: str) -> None:
    xml = f'<?xml version="1.0"?><uof:UOF xmlns:uof="http://schemas.uof.org/cn/2003/uof" {declared}'
    assert sniff(xml.encode(), "年报.xml") == kind and (refused(kind) is not None) == (kind == "uof")


def test_utf_16_without_a_mark_is_text() -> None:
    assert sniff("一、总体情况 22件".encode("utf-16-be"), "年报.txt") == "txt"
    assert sniff(zipped({"uof.xml": "", "content.xml": ""}), "年报.uot") == "uof"
