"""Sketches: equal texts are equal, changed ones nearly so, others not."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from generator.narrative.similarity import SHARED, SIZE, bands, keys, likeness, pack, sketch, unpack

CHARS = "的和进对行制加度公开政府信息工作年度报告主动申请网站平台监督保障示例单位情况问题改进措施"


def text_of(seed: int, length: int = 3000) -> str:
    return "".join(random.Random(seed).choices(CHARS, k=length))


def test_a_changed_tenth_leaves_most_and_another_text_nothing() -> None:
    text = text_of(1)
    changed = text_of(2, 300) + text[300:]
    assert likeness(sketch(text), sketch(text)) == 1.0
    assert 0.75 < likeness(sketch(text), sketch(changed)) < 0.95
    assert likeness(sketch(text), sketch(text_of(3))) < 0.05


def test_like_texts_share_enough_keys_and_unlike_ones_none() -> None:
    text = text_of(1)
    like = sketch(text_of(2, 200) + text[200:])
    own, near, far = (set(keys(bands(item))) for item in (sketch(text), like, sketch(text_of(3))))
    assert len(own & near) >= SHARED and not own & far


def test_of_texts_alike_by_the_limit_hardly_any_pair_is_missed_and_of_halves_most_are_not_compared() -> None:
    """What the number of keys to share is chosen for."""
    met = {0.85: 0, 0.5: 0}
    for seed in range(60):
        for share in met:
            common = frozenset(random.Random(seed).sample(range(1 << 32), 120))
            rest = random.Random(seed + 1000).sample(range(1 << 32), round(120 * (1 - share) / share))
            one, other = common | set(rest[::2]), common | set(rest[1::2])
            shared = set(keys(bands(one))) & set(keys(bands(other)))
            met[share] += len(shared) >= SHARED
    assert met[0.85] >= 57 and met[0.5] <= 6


def test_a_sketch_is_small_and_the_same_everywhere() -> None:
    assert len(sketch(text_of(1, 60_000))) == SIZE
    assert sorted(sketch("公开的示例文字"))[:1] == sorted(sketch("公开的示例文字。"))[:1] == [406877415]


def test_characters_beyond_the_first_plane_are_borne() -> None:
    assert sketch("公开的\U00020000信息和") and sketch("的\U00020000公开信息的公开信息")


@given(st.text(max_size=200))
def test_any_text_has_a_sketch(text: str) -> None:
    hashes = sketch(text)
    assert set(unpack(pack(hashes))) == hashes
    assert likeness(hashes, frozenset()) == 0.0
