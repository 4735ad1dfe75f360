"""What a web page puts around a report."""

from __future__ import annotations

import pytest

from generator.importer.page_furniture import remove_furniture
from generator.importer.sections import ReportPart
from generator.readers.document import Paragraph, Piece


def test_a_pages_furniture_is_left_out_and_quoted() -> None:
    preface = Paragraph((Piece("当前位置： 首页 来源：某网 字号 打印 根据《条例》要求，编制本报告。"),))
    last = Paragraph((Piece("示例。 附件下载"),))
    (first, end), found = remove_furniture(
        (ReportPart("", (preface,)), ReportPart("六、其他需要报告的事项", (last,))), "a.html"
    )
    kept = [block.text for part in (first, end) for block in part.blocks if isinstance(block, Paragraph)]
    assert kept == ["根据《条例》要求，编制本报告。", "示例。"]
    assert [finding.rule for finding in found] == [
        "IMP-CHROME"
    ] * 2 and "当前位置： 首页 来源：某网 字号 打印" in found[0].message.zh


def test_ordinary_prose_is_no_furniture() -> None:
    preface = Paragraph((Piece("本报告根据《条例》编制，数据来源：各单位。"),))
    parts, found = remove_furniture((ReportPart("", (preface,)),), "a.html")
    assert parts[0].blocks == (preface,) and not found


def preface(*texts: str) -> ReportPart:
    return ReportPart("", tuple(Paragraph((Piece(text),)) for text in texts))


def kept(*texts: str) -> list[str]:
    parts, _ = remove_furniture([preface(*texts)], "a.html")
    return [block.text for block in parts[0].blocks if isinstance(block, Paragraph)]


def test_a_line_of_metadata_alone_is_removed() -> None:
    assert kept("发布日期：2022-01-20 浏览次数：12", "本报告根据《条例》编制。") == ["本报告根据《条例》编制。"]


def test_several_lines_behind_the_report_are_removed_up_to_its_last_words() -> None:
    last = ReportPart("六、其他", preface("示例正文。", "附件：", "打印本页 关闭窗口", "上一篇：示例").blocks)
    (_, end), found = remove_furniture([preface("示例引言。"), last], "a.html")
    assert end.blocks == last.blocks[:1]
    assert len(found) == 3 and found[0].message.en.endswith("left out: “上一篇：示例”")


def test_where_the_report_begins_is_unclear_nothing_is_cut() -> None:
    text = "当前位置：首页。" + "示例文字。" * 60
    assert kept(text) == [text]


@pytest.mark.parametrize(
    "number", ["— 3 —", "-3-", "－ 12 －", "——3——", "第3页", "第 3 页 共 12 页", "第3页（共12页）"]
)
def test_page_numbers_between_paragraphs_are_left_out_and_quoted(number: str) -> None:
    """What was copied from a PDF has them in lines of their own; they were published as sentences."""
    section = ReportPart("一、总体情况", preface("示例前文，", number, "示例后文。").blocks)
    (_, made), found = remove_furniture([preface("示例引言。"), section], "a.html")
    assert [block.text for block in made.blocks if isinstance(block, Paragraph)] == ["示例前文，", "示例后文。"]
    assert [finding.rule for finding in found] == ["IMP-CHROME"] and f"“{number}”" in found[0].message.zh


@pytest.mark.parametrize("text", ["3", "-3", "3件", "第3页第2行有误。", "—", "（3）"])
def test_what_may_be_said_is_no_page_number(text: str) -> None:
    assert kept("示例前文。", text) == ["示例前文。", text]


def test_no_parts_no_furniture() -> None:
    assert remove_furniture([], "a.html") == ((), [])


def test_a_table_of_contents_is_left_out_and_told_once() -> None:
    titles = [f"{number}、示例{number}的情况" for number in "一二三四"]
    parts = [preface("目  录", *(f"{title}……2" for title in titles), "示例引言。")]
    parts += [ReportPart(title, preface("示例正文。").blocks) for title in titles]
    (first, *rest), found = remove_furniture(parts, "a.docx")
    assert [block.text for block in first.blocks if isinstance(block, Paragraph)] == ["示例引言。"]
    assert rest == parts[1:] and [finding.rule for finding in found] == ["IMP-CONTENTS"]


def test_two_titles_named_in_the_preface_are_no_table_of_contents() -> None:
    parts = [preface("一、甲的情况", "二、乙的情况"), ReportPart("一、甲的情况", ()), ReportPart("二、乙的情况", ())]
    (first, *_), found = remove_furniture(parts, "a.docx")
    assert len(first.blocks) == 2 and not found
