"""Reads what Word and Excel packages share."""

from __future__ import annotations

from generator.readers.bounds import archive
from generator.readers.opc import Relation, main_part, metadata, outside_links, parts_left, properties, relations
from tests.readers.samples import LIMITS, zipped
from tests.readers.word_samples import relations as relations_xml


def test_relations_are_resolved_against_the_folder_of_their_part() -> None:
    items = [
        ("a", "image", "media/a.png", False),
        ("b", "styles", "/word/styles.xml", False),
        ("c", "image", "../x/b.png", False),
        ("d", "hyperlink", "https://a.gov.cn/", True),
    ]
    package = archive(zipped({"word/_rels/document.xml.rels": relations_xml(*items)}), LIMITS)
    resolved = relations(package, "word/document.xml", LIMITS)
    assert resolved == {
        "a": Relation("image", "word/media/a.png", False),
        "b": Relation("styles", "word/styles.xml", False),
        "c": Relation("image", "x/b.png", False),
        "d": Relation("hyperlink", "https://a.gov.cn/", True),
    }


def test_a_part_without_relations_has_none() -> None:
    assert relations(archive(zipped({"a": ""}), LIMITS), "word/document.xml", LIMITS) == {}


def test_the_main_part_is_the_one_the_package_names_if_it_is_there() -> None:
    named = relations_xml(("r", "officeDocument", "word/other.xml", False))
    there = archive(zipped({"_rels/.rels": named, "word/other.xml": "<a/>"}), LIMITS)
    absent = archive(zipped({"_rels/.rels": named}), LIMITS)
    assert main_part(there, LIMITS, "word/document.xml") == "word/other.xml"
    assert main_part(absent, LIMITS, "word/document.xml") == "word/document.xml"


def test_properties_are_read_by_plain_names_and_empty_ones_left_out() -> None:
    core = '<c xmlns:dc="d"><dc:title> 示例局年报 </dc:title><dc:creator>示例甲</dc:creator><dc:subject/></c>'
    custom = '<p><property name="文号"><v>示例〔2025〕1号</v></property></p>'
    parts = {"docProps/core.xml": core, "docProps/app.xml": "<p><Company>示例局</Company><Pages>9</Pages></p>"}
    read = properties(archive(zipped({**parts, "docProps/custom.xml": custom}), LIMITS), LIMITS)
    assert read == {"title": "示例局年报", "author": "示例甲", "company": "示例局", "custom:文号": "示例〔2025〕1号"}


def test_metadata_that_reveals_people_is_reported_and_other_is_not() -> None:
    assert metadata({"title": "示例局年报", "template": "Normal.dotm"}, "a.docx") == []
    (finding,) = metadata({"last_editor": "示例甲", "template": "示例.dotm"}, "a.docx")
    assert finding.rule == "IMP-META" and "最后修改者“示例甲”、模板“示例.dotm”" in finding.message.zh
    assert "last editor “示例甲”, template “示例.dotm”" in finding.message.en


def test_macros_controls_and_embedded_files_are_reported() -> None:
    names = ["word/vbaProject.bin", "word/activeX/activeX1.xml", "xl/macrosheets/sheet1.xml", "word/embeddings/表.xlsx"]
    macros, embedded = parts_left(archive(zipped(dict.fromkeys(names, "")), LIMITS), "a.docx")
    assert macros.rule == "IMP-MACRO" and all(name in macros.message.zh for name in names[:3])
    assert embedded.rule == "IMP-EMBEDDED" and "表.xlsx" in embedded.message.zh
    assert parts_left(archive(zipped({"word/document.xml": ""}), LIMITS), "a.docx") == []


def test_each_outside_link_is_named_once() -> None:
    assert outside_links([], "a.docx") == []
    (finding,) = outside_links(["http://a.example/", "http://b.example/", "http://a.example/"], "a.docx")
    assert finding.rule == "IMP-LINK" and finding.message.en.endswith("“http://a.example/”, “http://b.example/”.")
