"""Words by which another kind of organ speaks of itself, and deeds of another organ of the same kind."""

from __future__ import annotations

import pytest

from tests.rules.sentence_reports import found_in

OTHERS = [
    ("jiaju", "本镇坚持以公开促规范。", "本镇"),
    ("yizhen", "我局主动公开信息286条。", "我局"),
    ("bingjie", "2021年我镇公开信息198条。", "我镇"),
    ("xuexiao", "我院公开信息54条。", "我院"),
    ("jiaju", "示例事项由本镇公开。", "本镇"),
    ("jiaju", "示例（本镇公开事项）。", "本镇"),
    ("shili", "2021年，本局共收到申请22件。", "本局"),
    ("shili", "样例区人民政府主动公开信息3216条。", "样例区人民政府"),
    ("yizhen", "样例镇人民政府2021年公开信息286条。", "样例镇人民政府"),
    ("bingjie", "丁街道办事处主动公开信息198条。", "丁街道办事处"),
    ("dianli", "国网样例区供电公司主动公开信息412条。", "国网样例区供电公司"),
    ("yiyuan", "样例区人民医院公开医疗服务价格1326项。", "样例区人民医院"),
    ("wenlv", "样例县文化和旅游局公开信息420条。", "样例县文化和旅游局"),
]
OWN = [
    ("jiaju", "本局坚持以公开促规范，我局公开信息，局域网、本局部范围、本局长信箱。"),
    ("yizhen", "我镇公开信息286条。村民说“我局公开好”。"),
    ("bingjie", "我街道公开信息198条。"),
    ("jiaju", "编制文本镇级事项3条。"),
    ("shili", "示例区乙镇人民政府公开信息286条。"),
    ("yiyuan", "示例区人民医院通过专栏公开。"),
    ("dianli", "示例市供电公司按照要求部署。"),
    ("xuexiao", "我校公开信息54条。"),
]


@pytest.mark.parametrize(("organ", "sentence", "word"), OTHERS)
def test_words_and_deeds_of_others(organ: str, sentence: str, word: str) -> None:
    hits = [item for item in found_in(sentence, organ) if item.rule == "XT-ORGAN"]
    assert len(hits) == 1 and word in hits[0].subject and "照抄" in hits[0].message.zh


@pytest.mark.parametrize(("organ", "sentence"), OWN)
def test_words_and_deeds_of_its_own(organ: str, sentence: str) -> None:
    assert [item.subject for item in found_in(sentence, organ) if item.rule == "XT-ORGAN"] == []
