"""The signature at the end of a report: what is taken off, what stays, and its date."""

from __future__ import annotations

import pytest

from generator.importer.sections import ReportPart
from generator.importer.signature import Signature, take_signature
from generator.readers.document import Paragraph, Piece
from tests.importer.samples import grid_of

LAST = "本年度未收取信息处理费。"


def taken_off(*lines: str) -> Signature:
    parts = (ReportPart("一、总体情况", ()), ReportPart("六、其他", tuple(Paragraph((Piece(line),)) for line in lines)))
    return take_signature(parts, "示例.txt")


def left(signature: Signature) -> list[str]:
    return [block.text for block in signature.parts[-1].blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        ([LAST + " 示例区示例局 2025年1月20日 （此件主动公开）"], "2025-01-20"),
        ([LAST + "示例区人民政府办公室2025年1月20日"], "2025-01-20"),
        ([LAST, "示例区示例局", "2025年1月20日"], "2025-01-20"),
        ([LAST, "示例区示例局", "二〇二五年一月二十日", "（此件公开发布）"], "2025-01-20"),
        ([LAST, "附件：1.政府信息公开情况统计表", "示例区示例局", "2025 年 1 月 20 日"], "2025-01-20"),
        ([LAST + " 附件：政府信息公开情况统计表"], ""),
    ],
)
def test_organ_date_and_annexes_behind_the_last_sentence_are_taken_off(lines: list[str], date: str) -> None:
    signature = taken_off(*lines)
    assert left(signature) == [LAST]
    assert signature.date == date
    (finding,) = signature.findings
    assert finding.rule == "IMP-SIGNATURE" and lines[-1].removeprefix(LAST).strip() in finding.message.zh


@pytest.mark.parametrize("said", ["无", "无。", "无 ", "暂无 ", "此函 ", "没有需要报告的事项 "])
def test_what_the_last_section_says_in_a_word_stays(said: str) -> None:
    signature = taken_off(f"{said}示例区示例局2025年1月20日")
    assert [line.strip() for line in left(signature)] == [said.strip()]
    assert signature.date == "2025-01-20"


@pytest.mark.parametrize(
    "text",
    [
        LAST,
        "2025年1月20日起，新平台上线运行。",
        "全年召开会议2次；2024年12月31日前完成清理",
        "下一步，将继续做好政务公开工作",
        "（一）主动公开情况",
        "示例区示例局",
    ],
)
def test_sentences_stay(text: str) -> None:
    signature = taken_off("示例正文。", text)
    assert left(signature) == ["示例正文。", text] and signature.findings == () and signature.date == ""


def test_a_table_at_the_end_has_no_signature_behind_it() -> None:
    grid = grid_of([["项目", "数量"], ["甲", "1"]])
    parts = (ReportPart("六、其他", (Paragraph((Piece("附件：统计表"),)), grid)),)
    assert take_signature(parts, "示例.txt").parts == parts


def test_nothing_has_no_signature() -> None:
    assert take_signature((), "示例.txt") == Signature((), "", "", ())


def test_who_signed_is_told_and_may_sign_without_a_date() -> None:
    lines = tuple(Paragraph((Piece(line),)) for line in (LAST, "示例区人民政府"))
    parts = (ReportPart("六、其他", lines),)
    assert take_signature(parts, "示例.docx").parts == parts
    signature = take_signature(parts, "示例.docx", {"示例区人民政府"})
    assert (left(signature), signature.organ, signature.date) == ([LAST], "示例区人民政府", "")
    assert taken_off(LAST, "示例区示例局", "2025年1月20日").organ == "示例区示例局"


NAME = "示例省示例市示例区示例经济技术开发区管理委员会行政审批服务局综合办公室"


def test_the_name_of_a_signer_may_be_broken_over_lines() -> None:
    parts = (ReportPart("六、其他", tuple(Paragraph((Piece(line),)) for line in (LAST, NAME[:28], NAME[28:]))),)
    signature = take_signature(parts, "示例.pdf", {NAME})
    assert (left(signature), signature.organ) == ([LAST], NAME)
    assert left(take_signature(parts, "示例.pdf", {NAME + "甲"}))[-2:] == [NAME[:28], NAME[28:]]
