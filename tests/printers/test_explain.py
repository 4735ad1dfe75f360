"""Every rule id has a public text, in both languages."""

from __future__ import annotations

import pytest

from generator.printers.explain import documentation, known
from generator.rules import ALL_RULES


def test_every_rule_is_known_and_explained_in_both_languages() -> None:
    ids = {name for rule in ALL_RULES for name in (rule.id, *rule.also)}
    assert ids <= set(known())
    for rule in known():
        text = documentation(rule)
        assert text is not None and text.zh.strip() and text.en.strip(), rule


@pytest.mark.parametrize(
    ("rule", "words"),
    [("T3-SUM", "（七）总计"), ("SRC-TAB", "制表符"), ("IMP-HIDDEN", "隐藏"), ("ACC-STALE", "接受项")],
)
def test_rules_reading_and_importing_have_their_texts_here(rule: str, words: str) -> None:
    text = documentation(rule)
    assert text is not None and words in text.zh


def test_an_unknown_id_has_none() -> None:
    assert documentation("T3-NOPE") is None
