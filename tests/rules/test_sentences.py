"""Sentences in the manner of real reports: of the true ones nothing is found, of the wrong ones all but those named."""

from __future__ import annotations

import pytest

from generator.finding import Level
from tests.rules.sentence_reports import found_in
from tests.rules.true_sentences import TRUE
from tests.rules.wrong_sentences import NOT_SEEN, WRONG


@pytest.mark.parametrize("organ", TRUE)
def test_of_true_sentences_nothing_is_found(organ: str) -> None:
    found = [(sentence, item.rule, item.message.zh) for sentence in TRUE[organ] for item in found_in(sentence, organ)]
    assert found == []


def test_there_are_as_many_as_were_asked_for() -> None:
    assert sum(map(len, TRUE.values())) >= 250 and sum(map(len, WRONG.values())) >= 150


@pytest.mark.parametrize("kind", WRONG)
def test_wrong_sentences_are_seen(kind: str) -> None:
    found = {sentence: found_in(sentence, organ, preface) for organ, sentence, preface in WRONG[kind]}
    assert [sentence for sentence in found if not found[sentence] and sentence not in NOT_SEEN] == []
    assert [sentence for sentence in found if found[sentence] and sentence in NOT_SEEN] == []
    for sentence, items in found.items():
        for item in items:
            assert item.place.line and item.place.column and item.level is not Level.NOTE, (sentence, item)
