"""The draft as files: YAML that reads back as what was written, comments that cannot break it, chrome left out and quoted."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import generator
from generator.drafts.tables_yaml import note, word
from generator.importer.page_furniture import without_chrome
from generator.importer.sections import ReportPart
from generator.printers.explain import documentation
from generator.readers.document import Paragraph, Piece
from generator.yaml_source.nodes import Pairs, Scalar
from generator.yaml_source.reader import read
from tests.importer.samples import document, figures, form, page, read_page, taken

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=40)


@given(TEXTS, TEXTS)
def test_any_word_and_any_comment_read_back(text: str, comment: str) -> None:
    line = f"标题: {word(text)}  # {note(comment)}\n后: 1\n"
    node, findings = read(line.encode(), "tables.yaml")
    assert isinstance(node, Pairs) and not [f for f in findings if f.blocking], findings
    said = {key.text: value for key, value in node.pairs}
    value = said["标题"]
    assert isinstance(value, Scalar) and isinstance(said["后"], Scalar)
    assert (
        (value.text, value.plain) == ("~", True)
        if not text
        else value.text == text.replace("\u2028", " ").replace("\u2029", " ")
    )


def test_a_hostile_title_and_file_name_stay_inside_their_lines() -> None:
    html = page(2021, figures(2021)).replace("示例区2021年", '示例区"\\#: {a}2021年')
    draft = taken(read_page(html))
    node, findings = read(draft.files["tables.yaml"], "tables.yaml")
    assert node is not None and not [f for f in findings if f.blocking]
    assert draft.identity.title == '示例区"\\#: {a}2021年政府信息公开工作年度报告'


def test_the_layout_is_a_row_a_line_with_the_columns_named() -> None:
    text = taken(read_page(page(2020, figures(2020)))).files["tables.yaml"].decode()
    assert "表二:\n  # 本年新制作数量、本年新公开数量、对外公开总数量\n  规章: [0, 0, 0]\n" in text
    assert "  # 采购项目数量、采购总金额（单位写在格内）\n  政府集中采购: [0, 0万元]\n" in text
    assert (
        "  # 行政复议、未经复议直接起诉、复议后起诉，各5个数：结果维持、结果纠正、其他结果、尚未审结、总计\n  件数: ["
        in text
    )


def test_a_document_without_tables_keeps_its_years_form_blank_and_says_so() -> None:
    draft = taken(document("一、总体情况", "示例正文。"))
    assert draft.form is form(2021) and draft.counts == {"certain": 0, "inferred": 0, "undecided": 0, "missing": 200}
    assert [finding.rule for finding in draft.findings] == ["IMP-TABLE"] * 3
    assert draft.files["tables.yaml"].decode().count("原文件中没有这一行") == len(
        [row for t in form(2021).tables for row in t.row_ranges]
    )


def test_a_table_run_together_that_no_form_knows_stays_as_text_and_is_pointed_at() -> None:
    text = "指标名称单位本年甲类文件数条20691210乙类文件数条0丙类文件数条12丁类申请数件3戊类申请数件4己类答复数件5"
    draft = taken(document("一、总体情况", text))
    assert text in draft.files["report.md"].decode() and "IMP-RUN-TOGETHER" in {
        finding.rule for finding in draft.findings
    }


def test_a_pages_furniture_is_left_out_and_quoted() -> None:
    preface = Paragraph((Piece("当前位置： 首页 来源：某网 字号 打印 根据《条例》要求，编制本报告。"),))
    last = Paragraph((Piece("示例。 附件下载"),))
    (first, end), found = without_chrome(
        (ReportPart("", (preface,)), ReportPart("六、其他需要报告的事项", (last,))), "a.html"
    )
    kept = [block.text for part in (first, end) for block in part.blocks if isinstance(block, Paragraph)]
    assert kept == ["根据《条例》要求，编制本报告。", "示例。"]
    assert [finding.rule for finding in found] == [
        "IMP-CHROME"
    ] * 2 and "当前位置： 首页 来源：某网 字号 打印" in found[0].message.zh


def test_ordinary_prose_is_no_furniture() -> None:
    preface = Paragraph((Piece("本报告根据《条例》编制，数据来源：各单位。"),))
    parts, found = without_chrome((ReportPart("", (preface,)),), "a.html")
    assert parts[0].blocks == (preface,) and not found


def test_every_finding_of_an_import_is_explained() -> None:
    package = Path(generator.__file__).parent
    sources = sorted((package / "importer").glob("*.py"))
    made = {
        name
        for path in sources
        if path.name != "explanations.py"
        for name in re.findall(r'"(IMP-[A-Z-]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(made) >= 12 and all(documentation(name) for name in made)
