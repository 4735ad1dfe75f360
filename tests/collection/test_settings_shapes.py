"""What site.yaml and organs.yaml hold in another shape than it is read in: told at its place, and left out."""

from __future__ import annotations

import pytest

from generator.collection.settings import read_settings
from generator.collection.settings_shapes import Entry, read_shapes
from generator.yaml_source.reader import read


def told(text: str) -> list[tuple[str, int, str]]:
    return [
        (f.rule, f.place.line, f.subject)
        for f in read_shapes(read(text.encode(), "site.yaml")[0], "site.yaml").findings
    ]


def test_what_has_its_shape_is_read_as_texts() -> None:
    text = "域名: a\n网址: ~\n联系: {电话: 1}\n导航:\n  - {名称: 甲, 网址: ~}\n机关:\n  - {编号: a, 前身: [b, c]}\n"
    sound = read_shapes(read(text.encode(), "site.yaml")[0], "site.yaml")
    assert sound.texts == {"域名": "a", "网址": ""} and sound.groups == {"联系": {"电话": "1"}}
    assert sound.lists["导航"] == (Entry({"名称": "甲", "网址": ""}, 5),)
    assert sound.lists["机关"][0].texts == {"编号": "a", "前身": "b\nc"} and sound.findings == ()
    assert read_shapes(None, "site.yaml") == ({}, {}, {}, ())


@pytest.mark.parametrize(
    ("text", "line", "subject"),
    [
        ("- 甲\n", 1, "site.yaml"),
        ("域名: [a]\n", 1, "域名"),
        ("联系: 甲\n", 1, "联系"),
        ("联系: {电话: [1]}\n", 1, "联系.电话"),
        ("导航: {名称: 甲}\n", 1, "导航"),
        ("导航:\n  - 甲\n", 2, "导航"),
        ("机关:\n  - {编号: [a]}\n", 2, "机关.编号"),
        ("机关:\n  - {前身: {a: b}}\n", 2, "机关.前身"),
        ("机关:\n  - {起: 20211}\n", 2, "机关.起"),
        ("机关:\n  - {曾用名: 旧局}\n", 2, "机关.曾用名"),
        ("机关:\n  - {曾用名: {旧局: 前年}}\n", 2, "机关.曾用名.旧局"),
        ("历史年度截至: 去年\n", 1, "历史年度截至"),
        ("历史年度截至: ２０２１\n", 1, "历史年度截至"),
        (f"原页面:\n  - {{年度: {'9' * 5_001}}}\n", 2, "原页面.年度"),
    ],
)
def test_another_shape_is_told_at_its_place(text: str, line: int, subject: str) -> None:
    assert told(text) == [("SITE-SHAPE", line, subject)]


def test_an_organ_that_cannot_be_a_folder_is_no_organ() -> None:
    text = "机关:\n" + "".join(f"  - {{编号: {name}, 名称: 甲}}\n" for name in ("con", "../x", "a" * 65, "a" * 64))
    settings = read_settings(None, read(text.encode(), "organs.yaml")[0])
    assert [organ.id for organ in settings.organs] == ["a" * 64]
    assert [(f.rule, f.place.line) for f in settings.slips] == [("SITE-ORGAN", line) for line in (2, 3, 4)]
