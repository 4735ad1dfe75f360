"""Where parts begin."""

from __future__ import annotations

import pytest

from generator.importer.sections import parts_of
from generator.readers.document import Paragraph, Piece
from tests.example import FORMS


def titles(*texts: str) -> list[str]:
    return [part.title for part in parts_of([Paragraph((Piece(text),)) for text in texts], FORMS)][1:]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一、总体情况", ["一、总体情况"]),
        ("一总体情况", ["一总体情况"]),
        ("第一部分 总体情况", ["第一部分 总体情况"]),
        ("总体情况", ["总体情况"]),
        ("一、概述", ["一、概述"]),
        ("一、总体情况2021年，示例区开展工作。", ["一、总体情况"]),
        ("三、总体情况", ["三、总体情况"]),
        ("五、健全机制", []),
        ("一、健全机制，落实责任。", []),
        ("1.健全机制", []),
        ("一是健全机制", []),
    ],
)
def test_first_titles(text: str, found: list[str]) -> None:
    assert titles(text) == found


def test_titles_within_running_text_and_their_slips() -> None:
    text = (
        "本报告包括总体情况、主动公开政府信息情况等六个部分。一、总体情况示例。"
        "（一）主动公开示例。二、主动公开政府信息情况示例。"
        "三、收到和处理政府信息公开申请情况三、本年度办理结果0四、结转下年度继续办理0 "
        "四、政府信息公开行政法复议、行政诉讼情况示例。"
        "五、信息处理费收取情况示例。六、存在的主要问题及改进措施2025年示例。" + "示例。" * 200
    )
    assert titles(text) == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政法复议、行政诉讼情况",
        "五、信息处理费收取情况",
        "六、存在的主要问题及改进措施",
    ]


def test_a_row_name_on_a_line_of_its_own_is_no_title() -> None:
    assert titles(
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、结转下年度继续办理",
        "四、政府信息公开行政复议、行政诉讼情况",
    )[3:] == ["四、政府信息公开行政复议、行政诉讼情况"]


FIRST, SECOND, FIFTH, SIXTH = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ((FIRST, "示例。", FIFTH, "示例。", SIXTH), [FIRST, FIFTH, SIXTH]),
        ((FIRST, "示例。", SIXTH), [FIRST, SIXTH]),
        ((FIRST, "示例。", "六、完善机制", "示例。"), [FIRST]),  # no title of a part
        ((f"{FIRST}示例。{FIFTH}示例。{SIXTH}示例。" + "示例。" * 20,), [FIRST, FIFTH, SIXTH]),
        # named before its turn, the parts between still follow
        ((FIRST, f"改进的打算见{FIFTH}一节。" + "示例。" * 20, SECOND, FIFTH), [FIRST, SECOND, FIFTH]),
        ((f"{FIRST}打算见下。{FIFTH}所列。" + "示例。" * 20 + SECOND + "示例。",), [FIRST, SECOND]),
        ((FIRST, f"打算另见{FIFTH}。" + "示例。" * 20), [FIRST]),  # within a sentence
    ],
)
def test_parts_that_a_text_leaves_out_do_not_hide_those_behind(texts: tuple[str, ...], found: list[str]) -> None:
    assert titles(*texts) == found


TITLES = (FIRST, SECOND, "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况", FIFTH, SIXTH)
BODY = [line for title in TITLES for line in (title, "示例正文。")]


@pytest.mark.parametrize(
    "contents",
    [
        list(TITLES),
        [f"{title}……{page}" for page, title in enumerate(TITLES, 1)],
        [f"{title}\t{page}" for page, title in enumerate(TITLES, 1)],
        ["".join(TITLES)],
        ["".join(f"{title}{page}" for page, title in enumerate(TITLES, 1))],
    ],
)
def test_a_table_of_contents_is_not_the_parts(contents: list[str]) -> None:
    """Word files often begin with one; the text would all be below its last title."""
    parts = parts_of([Paragraph((Piece(text),)) for text in ("目录", *contents, *BODY)], FORMS)
    assert [part.title for part in parts[1:]] == list(TITLES)
    assert {tuple(b.text for b in part.blocks if isinstance(b, Paragraph)) for part in parts[1:]} == {("示例正文。",)}
    assert len(parts[0].blocks) == 7


def test_titles_without_text_are_parts_unless_they_come_again() -> None:
    assert titles(*TITLES) == list(TITLES)
