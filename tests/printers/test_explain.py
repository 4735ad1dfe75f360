"""Every rule id has a public text, in both languages."""

from __future__ import annotations

import pytest

from generator.printers.explain import alike, documentation, headline, known, mentioning, plain_id
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


def test_ids_are_found_however_they_are_typed() -> None:
    assert [plain_id(typed) for typed in ("t3-sum", "T3SUM", " t3_sum ", "T3-SOM", "")] == ["T3-SUM"] * 3 + ["", ""]


def test_words_find_rules_those_that_begin_with_them_first() -> None:
    found = mentioning("空白")
    assert found.index("T3-BLANK") < found.index("XT-FEE") if "XT-FEE" in found else "T3-BLANK" in found
    assert mentioning("没有这样的词") == mentioning("") == mentioning("a") == []


def test_near_names_come_closest_first() -> None:
    assert alike("t3-som")[0] == "T3-SUM" and alike("zzzzzzzz") == []


def test_the_first_sentence_stands_for_the_rule() -> None:
    assert headline("T3-BLANK", "zh") == "表三不应有空白格：没有发生填0。" and headline("T3-NOPE", "en") == ""
    assert all(headline(rule, lang) for rule in known() for lang in ("zh", "en"))
