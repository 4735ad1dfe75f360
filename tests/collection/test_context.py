"""What rules may know beyond a report."""

from __future__ import annotations

import pytest

from generator.collection.context import Context, context_of
from generator.wordlists.matcher import NO_WORDS
from tests.example import FORMS, SETTINGS


def test_the_context_holds_organs_forms_and_excuses_by_their_keys() -> None:
    context = context_of(SETTINGS, FORMS)
    assert list(context.organs) == ["shili", "jiaju", "yizhen"] and context.words is NO_WORDS
    assert context.forms["gbkbh-2021-30"] in FORMS
    assert context.excused == {(2021, "yizhen"): "示例：当年没有报告"} and context.originals == frozenset()


@pytest.mark.parametrize(("value", "number"), [("0.5", 0.5), ("很多", 3), (None, 3)])
def test_an_option_that_is_no_number_falls_back(value: str | None, number: float) -> None:
    assert Context(options={} if value is None else {"甲": value}).option("甲", 3) == number
