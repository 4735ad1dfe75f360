"""The draft of a document: its files, its account, and what it needs to know."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.importer.make_draft import NeedsInput, take
from generator.readers.document import Document, Paragraph, Picture, Piece
from generator.yaml_source.reader import read
from tests.example import FORMS, SETTINGS
from tests.importer.samples import document, figures, form, page, read_page, taken


def test_a_document_without_tables_keeps_its_years_form_blank_and_says_so() -> None:
    draft = taken(document("一、总体情况", "示例正文。"))
    assert draft.form is form(2021) and draft.counts == {"certain": 0, "inferred": 0, "undecided": 0, "missing": 200}
    assert [finding.rule for finding in draft.findings] == ["IMP-TABLE"] * 3
    assert draft.files["tables.yaml"].decode().count("原文件中没有这一行") == len(
        [row for t in form(2021).tables for row in t.row_ranges]
    )


def test_a_hostile_title_and_file_name_stay_inside_their_lines() -> None:
    html = page(2021, figures(2021)).replace("示例区2021年", '示例区"\\#: {a}2021年')
    draft = taken(read_page(html))
    node, findings = read(draft.files["tables.yaml"], "tables.yaml")
    assert node is not None and not [f for f in findings if f.blocking]
    assert draft.identity.title == '示例区"\\#: {a}2021年政府信息公开工作年度报告'


def test_what_the_command_says_goes_before_what_the_file_says() -> None:
    draft = take(document("一、总体情况", "示例正文。"), FORMS, SETTINGS.organs, "jiaju", 2020)
    assert (draft.identity.organ, draft.identity.year, draft.form) == ("jiaju", 2020, form(2020))


@pytest.mark.parametrize(
    ("organ", "year", "zh", "en"),
    [
        (
            "",
            2021,
            "请加 --organ 编号",
            "cannot tell whose report it is (it has no name of organs.yaml); pass --organ ID",
        ),
        ("shili", 0, "请加 --year", "cannot tell which year the report is for; pass --year, as in --year 2021"),
        (
            "shili",
            1999,
            "1999年没有登记法定格式",
            "no statutory form is declared for 1999; see nianbao forms for the years that have one, or pass --year if "
            "the year was misread",
        ),
    ],
)
def test_what_the_file_does_not_say_is_asked_for(organ: str, year: int, zh: str, en: str) -> None:
    nameless = Document("a.txt", "text", document("一、总体情况", "示例正文。").blocks[1:])
    with pytest.raises(NeedsInput) as asked:
        take(nameless, FORMS, (), organ, year)
    assert zh in asked.value.message.zh and asked.value.message.say("en") == en


@pytest.mark.slow
def test_a_narrative_too_long_for_content_is_refused() -> None:
    with pytest.raises(NeedsInput, match="far too long"):
        taken(document("一、总体情况", "示例。" * 400_000))


def test_pictures_come_along_and_lost_ones_are_numbered_gaps() -> None:
    made = document("一、总体情况", "示例。")
    picture = Paragraph(
        (
            Piece("示例[图]", picture="a.png"),
            Piece("甲图", picture="b.png"),
            Piece(r"C:\\Users\\x.png", picture="c.png"),
            Piece("", picture="d.png"),
        )
    )
    draft = taken(replace(made, blocks=(*made.blocks, picture), pictures=(Picture("a.png", b"png"),)))
    assert draft.files["a.png"] == b"png"
    narrative, tables = draft.files["report.md"].decode(), draft.files["tables.yaml"].decode()
    assert "![示例图](a.png){{图片.1}}{{图片.2}}{{图片.3}}" in narrative
    assert "  1: {状态: 遗失, 说明: 原替代文本：甲图}\n" in tables
    assert (
        "  2: {状态: 遗失, 说明: 原替代文本是文件名或路径，未转录}\n  3: {状态: 遗失, 说明: 原替代文本为空}\n" in tables
    )


def test_the_account_covers_every_cell_of_a_page() -> None:
    account = taken(read_page(page(2021, figures(2021)))).account
    assert account.mapped == 200 and (account.ignored, account.kept) == (0, 0)
    assert account.read == account.labels + account.mapped
