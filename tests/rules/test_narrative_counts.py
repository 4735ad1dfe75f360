"""Counts of a sentence as the rules on sums read them."""

from __future__ import annotations

import pytest

from generator.rules.narrative_counts import quote_counts, sentences
from tests.rules.narrative import entry_of


def read(words: str) -> list[list[tuple[str, str, str, str]]]:
    """Returns label, value, unit and share of each count, sentence by sentence."""
    return [
        [(part.label, str(part.value), part.unit, str(part.share or "")) for part in sentence.parts]
        for sentence in sentences(entry_of(f"## 一、总体情况\n\n{words}\n"))
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("公开信息30条，占60%，解读5篇。", [[("公开信息", "30", "条", "60"), ("解读", "5", "篇", "")]]),
        ("公开30条。其中，网站10条。", [[("公开", "30", "条", ""), ("网站", "10", "条", "")]]),
        ("公开30条。网站10条。", []),  # one count in each
        ("公开30余条，网站10条，公报2.5条。", []),  # not exact
        ("公开30条以上，网站10条，微信9条。", [[("网站", "10", "条", ""), ("微信", "9", "条", "")]]),
        ("培训200人次，参加20人。", []),
    ],
)
def test_counts_are_read_with_their_words(words: str, expected: list[list[tuple[str, str, str, str]]]) -> None:
    assert read(words) == expected


def test_a_quote_runs_from_the_words_of_one_count_to_another() -> None:
    (sentence,) = sentences(entry_of("## 一、总体情况\n\n2021年，公开30条，其中网站10条。\n"))
    assert quote_counts(sentence, *sentence.parts) == "公开30条，其中网站10条"
