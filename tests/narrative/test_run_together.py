"""Lines typed one under another: told where something new begins, silent where a sentence is wrapped."""

from __future__ import annotations

import pytest

from generator.narrative.run_together import line_slip
from tests.narrative.rendered import rules


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("名称\t上年\t本年\n甲类\t12\t15\n乙类\t3\t4", [("MD-TABLE", 1, 1)]),
        ("名称\t上年\t本年", [("MD-TABLE", 1, 1)]),
        ("第一段内容结束。\n第二段内容开始。\n（1）分项甲；\n（2）分项乙。", [("MD-LINES", 2, 1)]),
        ("分项情况\n（1）分项甲", [("MD-LINES", 2, 1)]),
        ("主要是\n一、加强领导", [("MD-LINES", 2, 1)]),
        ("主要是\n2.加强领导", [("MD-LINES", 2, 1)]),
        ("主要是\n②加强领导", [("MD-LINES", 2, 1)]),
        ("-加强领导\n-加强培训", [("MD-LINES", 2, 1)]),
        ("·加强领导\n·加强培训", [("MD-LINES", 2, 1)]),
        ("他说：“好。”\n第二段", [("MD-LINES", 2, 1)]),
        ("某某局\n2022年1月10日", [("MD-LINES", 2, 1)]),
        ("地址：某路1号\n  邮编：255200", [("MD-LINES", 2, 3)]),
        ("- 甲；\n接着", [("MD-LINES", 2, 1)]),
        ("> 甲。\n> 乙", [("MD-LINES", 2, 3)]),
        ("|甲|乙|\n|---|\n|1|2|", [("MD-TABLE", 1, 1)]),
        ("甲 | 乙\n--- | --- | ---\n1 | 2", [("MD-TABLE", 1, 1)]),
        ("（一）主动公开\n全年公开", [("MD-LINES", 2, 1)]),
        ("一、总体情况\n全年公开", [("MD-LINES", 2, 1)]),
        ("（三）收到和处理政府信息公开申请情况\n全年公开", [("MD-LINES", 2, 1)]),
        ("—公开情况\n—申请情况", [("MD-LINES", 2, 1)]),
        ("**重点工作**\n全年公开", [("MD-LINES", 2, 1)]),
        ("**一是**甲，\n**二是**乙", [("MD-LINES", 2, 1)]),
        ("首先，加强领导，\n其次，加强培训", [("MD-LINES", 2, 1)]),
        ("第一，加强领导，\n第二，加强培训", [("MD-LINES", 2, 1)]),
        ("表1 公开情况\n表2 申请情况", [("MD-LINES", 2, 1)]),
        ("1.1 公开情况\n1.2 申请情况", [("MD-LINES", 2, 1)]),
        ("A.公开情况\nB.申请情况", [("MD-LINES", 2, 1)]),
        ("Ⅰ.公开情况\nⅡ.申请情况", [("MD-LINES", 2, 1)]),
        ("★公开情况\n★申请情况", [("MD-LINES", 2, 1)]),
        ("（此件公开发布）\n示例局", [("MD-LINES", 2, 1)]),
        ("有待加强……\n明年", [("MD-LINES", 2, 1)]),
        ("名称  数\n甲类  12", [("MD-TABLE", 1, 1)]),
        ("名称　数\n甲类　12", [("MD-TABLE", 1, 1)]),
        ("名称,数\n甲类,12", [("MD-TABLE", 1, 1)]),
        ("名称 | 数\n甲类 | 12", [("MD-TABLE", 1, 1)]),
        ("|甲|乙|丙|\n|-|-|-|\n|1|2|", [("MD-TABLE", 3, 1)]),
        ("|甲|乙|\n|-|-|\n|1|2|\n后面的话", [("MD-TABLE", 4, 1)]),
        ("|甲|乙|\n|-|-|\n|1|2| 3 | 4 |", [("MD-TABLE", 3, 7)]),
    ],
)
def test_lines_that_run_together_are_told(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert rules(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "第一行\n第二行",
        "全年共收到申请22件，\n均已答复",
        "依据《条例》\n第四十九条的规定",
        "同比增长\n1.5个百分点",
        "由2020年的\n-3%变为5%",
        "甲。  \n乙",
        "甲。\\\n乙",
        "one two\nthree",
        "1.\t甲",
        "（一）\t总体情况",
        "甲。\n\n乙。",
        "甲——\n——乙",
        "建立“收件审核—部门协同\n—规范答复”机制",
        "解读方式单\n一、内容不够丰富",
        "（一）主动公开工作由示例区甲局严格按照\n条例办理",
        "第一次全体会议提出\n第二次会议又提出",
        "根据条例\n第十条",
        "由甲局，\n一是加强领导",
        "详见,甲\n乙,丙",
        "共收到 22 件\n答复 22 件",
        "（一）在全年收到的22件申请中，\n有5件",
        "（含结转）的申请\n均已答复",
        "为此，\n**重点工作**",
        "### （一）标题。\n正文",
        "正文。\n1. 甲\n2. 乙",
        "正文。\n- 甲\n- 乙",
        "\u3000\u3000甲。\n\u3000\u3000乙。",
    ],
)
def test_an_ordinary_text_is_silent(text: str) -> None:
    assert rules(text) == []


def test_the_first_place_is_told_with_what_to_write() -> None:
    slip = line_slip("甲\n乙。\n丙\n（1）丁")
    assert slip is not None and (slip.rule, slip.line) == ("MD-LINES", 2)
    assert "空一行" in slip.message.zh and "blank line" in slip.message.en
