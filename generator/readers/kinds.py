"""Detects a file's type from its bytes: offices rename files, portals export web pages as .doc and .xls."""

from __future__ import annotations

import json
import re

from generator.readers import ole
from generator.readers.bounds import archive
from generator.readers.document import Limits, Unreadable
from generator.readers.encoding import byte_order
from generator.readers.notes import ENCRYPTED, refuse

_HTML = re.compile(rb"<\s*(!doctype\s+html|html|head|body|table|div|meta|p|span|h\d)\b", re.IGNORECASE)
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_DECLARED = re.compile(rb"office:mimetype=[\"']application/vnd\.oasis\.opendocument\.([a-z]{1,20})[\"']")
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf'\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"MSCF")
# page layouts by their first bytes: 方正 Apabi, CNKI, DjVu, PostScript
_LAYOUTS = {
    b"FOUNDER CEB": "ceb",
    b"Founder CEB": "ceb",
    b"CAJ\0": "caj",
    b"HN\0\0": "caj",
    b"KDH ": "caj",
    b"AT&TFORM": "djvu",
    b"%!PS": "ps",
}
# … by their suffixes, where their bytes say nothing
_NAMED = {"ceb": "ceb", "cebx": "ceb", "gd": "gd", "gw": "gd", "sep": "gd", "s72": "gd", "s92": "gd"}
_NAMED |= {"caj": "caj", "kdh": "caj", "nh": "caj", "djvu": "djvu", "ppt": "slides", "dps": "slides"}
_SHEETS = {"et", "ett", "xlt"}


def sniff(data: bytes, name: str, limits: Limits | None = None) -> str:
    """Detect the kind of a file.

    Kinds that are read: docx, xlsx, xls, ods, fods, odt, doc, rtf, flatopc, wordml, sheetml, uot, uos, pdf, html,
    mht, txt; kinds to refuse (see `refused`): data, xlsb, ofd, ceb, gd, caj, xps, djvu, ps, slides, iwork, uof, zip,
    picture, encrypted, unknown. `name` decides only between kinds whose bytes are alike, and names those whose
    bytes say nothing. Raises Unreadable for an archive beyond the limits.
    """
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith(b"PK\3\4") or data.startswith(b"PK\5\6"):
        return _zipped(data, limits or Limits())
    if data.startswith(ole.MAGIC):
        return _compound(data, name)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if any(data.startswith(magic) for magic in _PICTURES):
        return "picture"
    if data.startswith(_ARCHIVES) or data[257:262] == b"ustar":
        return "zip"
    for magic, kind in _LAYOUTS.items():
        if data.startswith(magic):
            return kind
    kind = _text(data, head)
    return _NAMED.get(name.rpartition(".")[2].lower(), kind) if kind == "unknown" else kind


def _zipped(data: bytes, limits: Limits) -> str:
    package = archive(data, limits)
    if any(package.under(folder) for folder in ("FixedDocSeq.fdseq", "FixedDocumentSequence.fdseq", "Documents/1/")):
        return "xps"
    if package.under("Index/") and "Index/Document.iwa" in package:
        return "iwork"
    if "mimetype" in package:
        declared = package.read("mimetype")[:100].rpartition(b".")[2].strip()
        return {b"spreadsheet": "ods", b"text": "odt"}.get(declared, "zip")
    if "OFD.xml" in package:
        return "ofd"
    if "uof.xml" in package:
        return "uof"
    if "xl/workbook.bin" in package:
        return "xlsb"
    for kind, folder in (("docx", "word/"), ("xlsx", "xl/"), ("slides", "ppt/")):
        if package.under(folder):
            return kind
    return "zip"


def _compound(data: bytes, name: str) -> str:
    streams = ole.names(data)
    if "EncryptedPackage" in streams:
        return "encrypted"
    if "WordDocument" in streams:
        return "doc"
    if "Workbook" in streams or "Book" in streams:
        return "xls"
    return "xls" if name.rpartition(".")[2].lower() in _SHEETS | {"xls"} else "doc"


def _text(data: bytes, head: bytes) -> str:
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff") or bool(byte_order(data))
    head = head.replace(b"\0", b"").lstrip(b"\xff\xfe") if wide else head  # as ASCII, which all that is asked for is
    if head[:200].upper().startswith((b"MIME-VERSION:", b"FROM: <SAVED BY")) or b"multipart/related" in head[:1000]:
        return "mht"
    if b"schemas.microsoft.com/office/2006/xmlPackage" in head:
        return "flatopc"
    if b'progid="Word.Document"' in head or b"schemas.microsoft.com/office/word/2003/wordml" in head:
        return "wordml"
    if b'progid="Excel.Sheet"' in head or b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return "sheetml"
    if b"schemas.uof.org/" in head or b"<uof:UOF" in head:
        return _office_format(head)
    if b"<office:document" in head:
        return _flat_document(data)
    if head.startswith((b"{", b"[")) and _is_json(data):
        return "data"
    text = data[:65_536].replace(b"\0", b"") if wide else data[:65_536]
    if _HTML.search(text):
        return "html"
    exchange = head.startswith((b"ID;P", b"TABLE\r\n0,1", b"TABLE\n0,1", b"socialcalc:version"))  # SYLK, DIF, EtherCalc
    return "unknown" if b"\0" in text or exchange else "txt"


def _is_json(data: bytes) -> bool:
    """Tell data from a text in brackets; what markup stands in its strings is no web page."""
    try:
        found = json.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) or (isinstance(found, list) and any(isinstance(item, dict) for item in found))


def _flat_document(data: bytes) -> str:
    """Tell what an OpenDocument in one XML file is (.fodt, .fods), by its declared type or the body it holds."""
    declared = re.search(
        rb"office:mimetype=[\"']application/vnd\.oasis\.opendocument\.([a-z]{1,20})[\"']", data[:65_536]
    )
    kind = declared[1] if declared else b"spreadsheet" if b"<office:spreadsheet" in data else b"text"
    return {b"spreadsheet": "fods", b"text": "odt"}.get(kind, "unknown")


def _office_format(head: bytes) -> str:
    """Tell a text from a workbook in 标文通 (UOF), by what it declares or by the part it begins with."""
    if b"vnd.uof.spreadsheet" in head:
        return "uos"
    if b"vnd.uof.presentation" in head:
        return "uof"
    sheet = any("电子表格".encode(encoding) in head for encoding in ("utf-8", "gb18030"))
    return "uos" if sheet and b"vnd.uof.text" not in head else "uot"


def refused(kind: str) -> Unreadable | None:
    """Return the error for a kind that no reader takes, None for kinds that can be read."""
    return refuse(*_REFUSED[kind]) if kind in _REFUSED else None


# What is said of kinds that no reader takes, in Chinese and English.
_REFUSED = {
    "encrypted": ENCRYPTED,
    "ofd": (
        "OFD 版式文件目前读不了：请换用同一报告的 Word、Excel 或 PDF 文件。",
        "OFD files cannot be read yet; use the Word, Excel or PDF version.",
    ),
    "ceb": (
        "方正 Apabi 版式文件（.ceb、.cebx）读不了：请换用 Word、Excel 原件，或用 Apabi Reader "
        "打开后打印成 PDF 再导入。",
        "Apabi files (.ceb, .cebx) cannot be read; use the original Word or Excel file, or print it to PDF from "
        "Apabi Reader and import that.",
    ),
    "gd": (
        "书生版式文件（.gd、.gw、.sep、.s72）读不了：请换用 Word、Excel 原件，或用书生阅读器打开后打印成 PDF 再导入。",
        "Sursen files (.gd, .gw, .sep, .s72) cannot be read; use the original Word or Excel file, or print it to "
        "PDF from its reader and import that.",
    ),
    "caj": (
        "CAJ 文件读不了：请换用 Word、Excel 原件，或用 CAJViewer 打开后另存成 PDF 再导入。",
        "CAJ files cannot be read; use the original Word or Excel file, or save it as PDF from CAJViewer.",
    ),
    "xps": (
        "XPS 版式文件读不了：请换用 Word、Excel 原件，或打开后打印成 PDF 再导入。",
        "XPS files cannot be read; use the original Word or Excel file, or print it to PDF and import that.",
    ),
    "djvu": (
        "DjVu 是扫描的图像，读不出数字：请换用 Word、Excel 原件或有文字的 PDF。",
        "DjVu files are scans; use the original Word or Excel file, or a PDF with a text layer.",
    ),
    "ps": (
        "PostScript（.ps、.eps）文件读不了：请换用 Word、Excel 原件，或转成 PDF 再导入。",
        "PostScript files cannot be read; use the original Word or Excel file, or convert it to PDF.",
    ),
    "slides": (
        "这是演示文稿（幻灯片），不作年度报告读：请把报告另存为 .docx、.xlsx 或 PDF。",
        "These are slides, which are not read as a report; save it as .docx, .xlsx or PDF.",
    ),
    "iwork": (
        "苹果 Pages、Numbers 文件读不了：请在其中导出为 Word、Excel 或 PDF。",
        "Apple Pages and Numbers files cannot be read; export them to Word, Excel or PDF.",
    ),
    "uof": (
        "这种标文通（UOF 2.0 压缩包或演示文稿）文件读不了：请用 WPS 或永中另存为 .docx 或 .xlsx。",
        "This kind of UOF file (version 2.0, zipped, or slides) cannot be read; save it as .docx or .xlsx.",
    ),
    "data": (
        "这是数据文件（JSON），不作年度报告读：请导入同一报告的 Word、Excel、PDF 或网页。",
        "This is a data file (JSON), which is not read as a report; import the Word, Excel, PDF or web page version.",
    ),
    "xlsb": (
        "二进制工作簿（.xlsb）读不了：请另存为 .xlsx。",
        "Binary workbooks (.xlsb) cannot be read; save as .xlsx.",
    ),
    "zip": ("这是压缩包：请先解开，再导入里面的文件。", "This is an archive; unpack it, then import the files inside."),
    "picture": (
        "这是图片，没有文字可读：请用 Word、Excel 或有文字的 PDF。",
        "This is a picture, it has no text to read; use Word, Excel or a PDF with a text layer.",
    ),
    "unknown": (
        "认不出这是什么文件：请另存为 .docx、.xlsx、.pdf、.html 或 .txt。",
        "The file type is unknown; save as .docx, .xlsx, .pdf, .html or .txt.",
    ),
}
