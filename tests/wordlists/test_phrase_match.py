"""Damaged fixed phrases are told apart from whole ones and from other wordings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.wordlists.phrase_match import damage
from generator.wordlists.shipped import shipped_words

WORDS = shipped_words()


def damaged(text: str) -> list[str]:
    """Lists the damaged phrases of a text, each place once, without those inside a longer one."""
    hits = {hit for near in WORDS.look(text).near if (hit := damage(text, near))}
    outer = [hit for hit in hits if not any(o.start <= hit.start and hit.end <= o.end and o != hit for o in hits)]
    return [text[hit.start : hit.end] for hit in sorted(outer)]


SLIPS = [
    ("共收到政府信息公开申22件", ["政府信息公开申"]),
    ("以习近平新时代中国特社会主义思想为指导", ["习近平新时代中国特社会主义思想"]),
    ("坚持中国特社会主义", ["中国特社会主义"]),
    ("中共人民共和国", ["中共人民共和国"]),
    ("中华人民共合国", ["中华人民共合国"]),
    ("中华人民大和国", ["中华人民大和国"]),
    ("刁近平总书记", ["刁近平总书记"]),
    ("《中华人民共和国政府信息公工条例》", ["中华人民共和国政府信息公工条例"]),
    ("增强“四个意思”、坚定“四个自信”、做到“两个维护”", ["增强“四个意思”、坚定“四个自信”、做到“两个维护"]),
    ("推进“五位一体”总体部局", ["五位一体”总体部局"]),
    ("近平总书记", ["近平总书记"]),
    ("示例近平总书记", ["例近平总书记"]),
    ("中华人民共共和国", ["中华人民共共和国"]),
    ("中华人的共和国", ["中华人的共和国"]),
    ("政俯信息公开申请", ["政俯信息公开申请"]),
    ("“中华人民”共合国", ["中华人民”共合国"]),
    ("公开为常态，不公开为列外", ["公开为常态，不公开为列外"]),
    ("习近平新时代中国色社会主义想", ["习近平新时代中国色社会主义想"]),
]
RIGHT = [
    "政府信息公开申请22件",
    "政府信息公开的申请",
    "政府信息公开 申请",
    "政务信息公开申请",
    "政府信息公开工作",
    "政府信息公开。请与我办联系",
    "政府信息公开申诉",
    "习近平新时代中国特色社会主义经济思想",
    "习近平新时代中国特色社会主义思想",
    "中国特色的社会主义",
    "有中国特色社会主义",
    "中国特色社会组织",
    "中国共产主义青年团",
    "党的十八大精神",
    "坚持公开为常态，不公开为例外",
    "坚持公开是常态，不公开是例外",
    "增强“四个意识”，坚定“四个自信”，坚决做到“两个维护”",
    "深刻领会“两个确立”的决定性意义",
    "中华人民共和国政府信息公开工作年度报告格式",
    "国务院办公厅政府信息与政务公开办",
    "国务院、省、市政府",
    "中国，共产生影响",
    "省府信息公开申请",
    "政府信息公开类申请",
    "政府信息公开或申请。申请",
    "政府信息公开等申请",
    "政府信息公开新申请",
    "政府信息及公开申请",
    "习近平新时代国色社会主义想",
]


@pytest.mark.parametrize(("text", "expected"), SLIPS)
def test_a_slip_in_a_fixed_phrase_is_found(text: str, expected: list[str]) -> None:
    assert damaged(text) == expected


@pytest.mark.parametrize("text", RIGHT)
def test_other_wordings_are_not(text: str) -> None:
    assert damaged(f"示例{text}示例") == []


def test_another_word_before_a_phrases_own_is_no_slip_even_where_the_text_begins() -> None:
    assert damaged("府信息公开申请") == [] and damaged("习近平新时代中国特色甲乙社会主义思想") == []


def test_a_window_ends_with_its_sentence() -> None:
    assert damaged("政府信息\n公开申请") == []


@given(st.text(alphabet="政府信息公开申请工作。，、“”\n的22", max_size=80))
def test_what_is_found_lies_in_the_text_and_is_not_the_phrase(text: str) -> None:
    for near in WORDS.look(text).near:
        hit = damage(text, near)
        if hit is not None:
            assert 0 <= hit.start < hit.end <= len(text)
            assert text[hit.start : hit.end] != near.phrase.text
