"""Sentences in the manner of real reports: of the true ones nothing is found, of the wrong ones all but those named."""

from __future__ import annotations

import pytest

from generator.finding import Level
from tests.rules import further_sentences as further
from tests.rules.sentence_reports import found_in
from tests.rules.true_sentences import TRUE
from tests.rules.wrong_sentences import NOT_SEEN, WRONG

HEADING = "### （二）依申请公开政府信息情况\n\n"


@pytest.mark.parametrize("organ", TRUE)
def test_of_true_sentences_nothing_is_found(organ: str) -> None:
    found = [(sentence, item.rule, item.message.zh) for sentence in TRUE[organ] for item in found_in(sentence, organ)]
    assert found == []


@pytest.mark.parametrize("organ", further.TRUE)
@pytest.mark.parametrize("heading", ["", HEADING])
def test_of_further_true_sentences_nothing_is_found(organ: str, heading: str) -> None:
    preface = organ == "preface"
    found = [
        (sentence, item.rule, item.message.zh)
        for sentence in further.TRUE[organ]
        for item in found_in(
            sentence if preface else heading + sentence, "shili" if preface else organ, preface, further=True
        )
    ]
    assert found == []


def test_there_are_as_many_as_were_asked_for() -> None:
    assert sum(map(len, TRUE.values())) >= 250 and sum(map(len, WRONG.values())) >= 150
    assert sum(map(len, further.TRUE.values())) >= 240 and sum(map(len, further.WRONG.values())) >= 170


def _test_wrong(
    sentences: list[tuple[str, str, bool]], not_seen: list[str], of_further: bool, heading: str = ""
) -> None:
    found = {
        sentence: found_in(heading + sentence, organ, preface, of_further) for organ, sentence, preface in sentences
    }
    assert [sentence for sentence in found if not found[sentence] and sentence not in not_seen] == []
    assert [sentence for sentence in found if found[sentence] and sentence in not_seen] == []
    for sentence, items in found.items():
        for item in items:
            assert item.place.line and item.place.column and item.level is not Level.NOTE, (sentence, item)


@pytest.mark.parametrize("kind", WRONG)
def test_wrong_sentences_are_seen(kind: str) -> None:
    _test_wrong(WRONG[kind], NOT_SEEN, False)


@pytest.mark.parametrize("kind", further.WRONG)
def test_further_wrong_sentences_are_seen(kind: str) -> None:
    _test_wrong(further.WRONG[kind], further.NOT_SEEN, True, HEADING if kind in further.HEADED else "")
