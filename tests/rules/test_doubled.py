"""Characters and words typed twice."""

from __future__ import annotations

import random

import pytest

from generator.finding import Level
from generator.rules.doubled import _TWICE, _may_repeat
from tests.rules.words import findings_of, in_paragraph, with_paragraph


def test_doubled_words() -> None:
    assert in_paragraph("NAR-DUPCHAR", "教育、共公共文化信息") == [(4, "教育、共公共文化信息")]
    assert in_paragraph("NAR-DUPCHAR", "整体统一的的界面，达到公开目的的要求。") == [(5, "整体统一的的界面，达")]


TWICE = [
    ("对公开事项进行进行梳理", [(6, "进行")]),
    ("示例审核审核机制", [(3, "审核审核")]),
    ("示例统一的的界面", [(5, "的的")]),
    ("发布政府信息政府信息3条", [(3, "政府信息")]),
    ("2021年2021年公开3条", [(1, "2021年")]),
    ("2020年2020年公开2020条", [(1, "2020年")]),
    ("推进重点领域信息公开重点领域信息公开工作", [(3, "重点领域信息公开")]),
    ("示例及及时公开，示例和和谐，我局了了解", []),
    ("大家研究研究，一件一件办理", []),
    ("主动公开公开政府信息", [(3, "公开")]),
    ("按照政府信息公开公开条例办理", [(7, "公开")]),
    ("规范信息公开公开内容", [(5, "公开")]),
    ("落实信息管理管理条例", [(5, "管理")]),
    ("提高信息公开公开率，更新政务公开公开栏", []),
    ("健全工作工作机制", [(3, "工作")]),
    ("建设网站网站平台", [(3, "网站")]),
    ("单位单位内部管理", [(1, "单位")]),
    ("推进政务公开政务公开标准化", [(3, "政务公开")]),
    ("加强政府政府信息管理", [(3, "政府")]),
    ("我我局、对对申请、进进行、公公开", [(1, "我我"), (5, "对对"), (10, "进进行"), (14, "公公开")]),
    ("发布财政预算预算公开、行政许可许可事项、规范性文件文件解读", []),
    ("建设政务服务服务大厅，规范申请申请人", []),
    ("工作做得实实在在，示例区政府政府网站、各级政府政府信息", []),
    ("示例区人民政府政府信息公开", []),
    ("填写公开申请申请表，通过通过率", []),
    ("转变职能、服务服务对象", []),
    ("各部门部门预算", []),
    ("哈哈哈哈，与申请人沟通沟通再沟通", []),
    ("应公开尽公开，谁公开谁审查", []),
    ("公开2021年，2021年", []),
]


@pytest.mark.parametrize(("words", "expected"), TWICE)
def test_words_typed_twice(words: str, expected: list[tuple[int, str]]) -> None:
    hits = findings_of("NAR-DUPCHAR", with_paragraph(words))
    assert [(f.place.column, f.message.zh[1:].partition("”")[0]) for f in hits] == expected
    assert all(f.level is Level.WARNING for f in hits)


def test_no_text_with_a_word_typed_twice_is_passed_over() -> None:
    draw = random.Random(7)
    texts = ["".join(draw.choices("政府公开年02\n", k=draw.randrange(30))) for _ in range(3000)]
    found = [text for text in texts if _TWICE.search(text)]
    assert len(found) > 100 and all(map(_may_repeat, found))
    assert not any(map(_may_repeat, ["", "政", "政府公开", "2020年主动公开2020条", "开公\n开政"]))
