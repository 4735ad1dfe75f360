"""Makes valid samples of every kind and spoils them: bytes of the file, or text inside its parts packed again."""

from __future__ import annotations

import random
import re
import shutil
import tempfile
import zipfile
from email.message import EmailMessage
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from tests.readers import samples
from tests.readers.pdf_samples import box, pdf, text
from tests.readers.sheet_samples import ODS
from tests.readers.word_samples import NUMBERING, WML, boxed, drawn, numbered, p, relations, tbl, tc, tr, word

_WILD = ["0", "-1", "99999999", "1e400", "", "XFD1048576", "true", "../../x", "\0", "甲" * 50, "%1", "&#0;", "]]>"]
_WILD += ["/X0 Do", "[", "<<"]


def _docx() -> bytes:
    image = BytesIO()
    Image.new("RGB", (20, 20), (9, 9, 9)).save(image, "JPEG")
    styles = (
        f'<w:styles {WML}><w:style w:type="paragraph" w:styleId="1">'
        '<w:name w:val="heading 1"/><w:basedOn w:val="1"/></w:style></w:styles>'
    )
    merged = tbl(
        tr(tc("甲", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'), tc("乙")),
        tr(tc("", '<w:gridSpan w:val="2"/><w:vMerge/>'), tc("22")),
        tr(tc("丙"), tc(tbl(tr(tc("内"), tc("1"))) + p("")), tc("7730.28"), properties='<w:gridBefore w:val="1"/>'),
    )
    body = (
        p("概况", '<w:pStyle w:val="1"/>')
        + numbered("总体", 1)
        + merged
        + f"<w:p>{drawn('g', '图')}<w:r>{boxed(p('框') + tbl(tr(tc('a'), tc('b'))))}</w:r></w:p>"
    )
    body += (
        "<w:p><w:ins><w:r><w:t>插</w:t></w:r></w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r></w:p>"
    )
    bound = '<w:dataBinding w:xpath="/a[1]/b[1]" w:storeItemID="{1}"/><w:text/>'
    body += f'<w:sdt><w:sdtPr>{bound}</w:sdtPr><w:sdtContent>{p("20")}</w:sdtContent></w:sdt><w:altChunk r:id="k"/>'
    parts: dict[str, str | bytes] = {
        "customXml/item1.xml": "<a><b>22</b></a>",
        "customXml/itemProps1.xml": '<d itemID="{1}"/>',
        "customXml/_rels/item1.xml.rels": relations(("p", "customXmlProps", "itemProps1.xml", False)),
        "word/chunk.html": "<p>片段</p><table><tr><td>甲</td><td>1</td></tr></table>",
        "word/styles.xml": styles,
        "word/numbering.xml": NUMBERING,
        "word/media/a.jpg": image.getvalue(),
    }
    rels = [
        ("g", "image", "media/a.jpg", False),
        ("s", "styles", "styles.xml", False),
        ("k", "aFChunk", "chunk.html", False),
        ("x", "customXml", "../customXml/item1.xml", False),
        ("n", "numbering", "numbering.xml", False),
    ]
    return word(body, parts, rels)


def _xlsx() -> bytes:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet("表")
        sheet.merge_range("A1:C1", "二、主动公开")
        sheet.write_row("A2", ["甲", 22, 7730.28])
        sheet.write_formula("A3", "=1/0", None, "#DIV/0!")
        sheet.write_comment("A2", "批注")
        sheet.set_row(4, None, None, {"hidden": True})
        stamp = workbook.add_worksheet("_nianbao")
        stamp.write_row(0, 0, ["年度", 2024])
        stamp.very_hidden()

    return samples.book(fill)


def _pdf() -> bytes:
    content = (
        box(50, 100, 150, 130)
        + box(150, 100, 250, 130)
        + box(50, 130, 250, 160)
        + text(60, 120, "甲")
        + text(160, 120, "22")
        + text(74, 300, "一、总体情况")
    )
    return pdf(content, text(98, 100, "末句。") + text(280, 820, "- 2 -"), flate=False)


_OFFICE = {
    "xls": ("xls:MS Excel 97", "HTML (StarCalc)"),
    "ods": ("ods:calc8", "HTML (StarCalc)"),
    "pdf2": ("pdf:writer_web_pdf_Export", "HTML (StarWriter)"),
    "docx2": ("docx:MS Word 2007 XML", "HTML (StarWriter)"),
}


def _web() -> dict[str, bytes]:
    """A page, the same saved as one file with a picture beside it, and its text."""
    draw = random.Random(2)
    page = samples.page([samples.small_table(draw), samples.big_table(draw)]).replace(
        "</body>", '<ol><li><b>甲</b><a href="http://x.cn">乙</a></ol><img src="cid:p" alt="丙"></body>'
    )
    image = BytesIO()
    Image.new("RGB", (20, 20), (9, 9, 9)).save(image, "PNG")
    saved = EmailMessage()
    saved["MIME-Version"] = "1.0"
    saved.set_content(page, subtype="html", charset="utf-8", cte="quoted-printable")
    saved.add_related(image.getvalue(), "image", "png", cid="<p>")
    saved.add_related("<p>框架</p>", subtype="html", cid="<f>")
    saved.set_boundary("=_part")
    plain = re.sub(r"<[^>]+>", "\t", page)
    return {
        "html": page.encode(),
        "html1": page.encode("gb18030"),
        "mht": saved.as_bytes(),
        "txt": plain.encode(),
        "txt1": plain.encode("utf-16"),
        "csv": '甲,"1,234",22\r\n乙,"他说""好""\r\n再说",3\r\n'.encode("gb18030"),
        "fods": ODS.format(
            "<table:table-row><table:table-cell><text:p>甲</text:p></table:table-cell></table:table-row>"
        )
        .replace("office:document-content", "office:document")
        .encode(),
    }


@cache
def seeds() -> dict[str, bytes]:
    """One or two samples a kind; those that only LibreOffice makes are missing where it is not installed."""
    made = {
        "docx": _docx(),
        "xlsx": _xlsx(),
        "pdf": _pdf(),
        "ods0": samples.zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
    }
    made |= _web()
    if shutil.which("soffice"):
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "report.html"
            draw = random.Random(1)
            source.write_text(samples.page([samples.small_table(draw), samples.big_table(draw)]), encoding="utf-8")
            for kind, (target, infilter) in _OFFICE.items():
                made[kind] = samples.soffice(source, target, infilter)
    return made


def mutated(number: int) -> tuple[str, bytes]:
    """Case `number`: the kind of its seed and the spoilt bytes; the same number gives the same bytes."""
    draw = random.Random(number)
    kind = draw.choice(sorted(seeds()))
    data = seeds()[kind]
    if data.startswith(b"PK") and draw.random() < 0.7:
        return kind, _inside(data, draw)
    if kind.startswith(("pdf", "html", "mht")) and draw.random() < 0.5:
        return kind, _marks(data, draw)
    return kind, _bytes(data, draw)


def _bytes(data: bytes, draw: random.Random) -> bytes:
    """Flip, cut, repeat, insert: a few times over."""
    out = bytearray(data)
    for _ in range(draw.choice([1, 1, 2, 5, 20])):
        at = draw.randrange(len(out) + 1)
        size = draw.choice([1, 1, 2, 4, 16, 300])
        match draw.randrange(5):
            case 0:
                out[at : at + size] = draw.randbytes(len(out[at : at + size]))
            case 1:
                del out[at : at + size]
            case 2:
                out[at:at] = out[at : at + size]
            case 3:
                out[at : at + 4] = draw.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f"])
            case _:
                if draw.random() < 0.2:
                    del out[at:]
    return bytes(out)


def _inside(data: bytes, draw: random.Random) -> bytes:
    """Spoil the parts of an archive, then pack them properly: what a broken writer or an attacker would send."""
    package = zipfile.ZipFile(BytesIO(data))
    parts: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
    for _ in range(draw.choice([1, 1, 2, 4])):
        name = draw.choice(sorted(parts))
        content = parts[name]
        assert isinstance(content, bytes)
        if draw.random() < 0.05:
            del parts[name]
            if not parts:
                parts["x"] = b""
        else:
            parts[name] = _marks(content, draw) if draw.random() < 0.8 else _bytes(content, draw)
    return samples.zipped(parts)


def _marks(data: bytes, draw: random.Random) -> bytes:
    """Numbers and attribute values made wild, elements dropped, doubled, nested."""
    choice = draw.randrange(5)
    if choice < 2 and (matches := list(re.finditer(rb'"[^"]*"|\b\d+\b', data))):
        for match in draw.sample(matches, min(len(matches), draw.choice([1, 3, 10]))):
            wild = draw.choice(_WILD).encode()
            data = (
                data[: match.start()]
                + (b'"' + wild + b'"' if match[0].startswith(b'"') else wild)
                + data[match.end() :]
            )
        return data
    if choice < 4 and (matches := list(re.finditer(rb"<([\w:]+)[^<>]*>", data))):
        match = draw.choice(matches)
        end = data.find(b"</" + match[1] + b">", match.end())
        element = data[match.start() : end + len(match[1]) + 3] if end > 0 else match[0]
        times = draw.choice([0, 2, 2, 30])
        nested = (
            match[0] * times + data[match.end() : end] + (b"</" + match[1] + b">") * times
            if end > 0 and choice == 3
            else element * times
        )
        return data[: match.start()] + nested + data[match.start() + len(element) :]
    return _bytes(data, draw)
