"""余 behind a number: right behind a round one, wrong behind an exact one."""

from __future__ import annotations

import pytest

from tests.rules.narrative import assert_reported, brief, narrative_findings

AGREE = ["发布稿件2.36余篇，6余篇，0.136余篇，余件。", "余件，其余稿件，培训360余人，发布稿件130余篇，一百三十余件。"]


@pytest.mark.parametrize("sentence", AGREE)
def test_a_round_or_an_unclear_number_may_take_yu(sentence: str) -> None:
    assert brief(narrative_findings(sentence)) == []


DIFFER = [
    ("发布稿件136余篇。", "136余篇", "136余"),
    ("其余稿件1,136余篇，其余130余篇。", "1,136余篇", "1,136余"),
    ("21余件次稿件。", "21余件次", "21余"),
]


@pytest.mark.parametrize(("sentence", "words", "at"), DIFFER)
def test_an_exact_number_takes_no_yu(sentence: str, words: str, at: str) -> None:
    assert_reported(sentence, "NAR-YU", words, "", at)


def test_the_message_offers_both_ways_to_write_it() -> None:
    (finding,) = narrative_findings("发布稿件1,136余篇。")
    assert finding.message.zh == "“1,136余篇”：1,136是确数，不能再说“余”；写“1,136篇”或“1130余篇”"
    assert finding.message.en == "“1,136余篇”: 1,136 is exact, 余 cannot follow; write 1,136篇 or 1130余篇"
