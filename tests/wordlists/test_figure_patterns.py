"""The declaration of figure patterns compiles to what the rules on narratives read."""

from __future__ import annotations

import re
from copy import deepcopy

import pytest

from generator.wordlists.figure_patterns import compile_patterns, shipped_patterns, shipped_source
from generator.wordlists.office_patterns import PatternSource

PATTERNS = shipped_patterns()


def changed(**parts: object) -> PatternSource:
    return PatternSource({**deepcopy(dict(shipped_source().raw)), **parts})


def test_a_declaration_is_compiled_once() -> None:
    source = changed()
    assert compile_patterns(source) is compile_patterns(source) and shipped_patterns() is shipped_patterns()
    assert compile_patterns(changed()) is not compile_patterns(source), "another declaration, though it says the same"


def test_every_statement_names_roles_that_there_are_and_a_rule() -> None:
    for statement in PATTERNS.statements:
        named = {role for roles in statement.equals for role in roles} | set(statement.join)
        assert named and named <= set(PATTERNS.roles)
        assert statement.rule or all(statement.join.values())
        assert statement.units and statement.hint


def test_a_statement_is_compiled_field_by_field() -> None:
    raw = {"rule": "R", "units": "件", "hint": "收到", "before": "收到$", "equals": [["a", "b"], ["c"]]}
    source = changed(statements=[{**raw, "after": "已办", "channels": True, "year": -1}, raw])
    full, bare = compile_patterns(source).statements
    assert (full.rule, full.units, full.hint, full.equals) == ("R", "件", frozenset("收到"), (("a", "b"), ("c",)))
    assert full.before.search("全年收到") and full.after is not None and full.after.search("已办")
    assert (full.channels, full.year) == (True, -1)
    assert (bare.after, bare.unless, bare.about, bare.sentence, bare.at_most) == (None, None, None, None, None)
    assert (bare.channels, bare.year, bare.join, bare.joined) == (False, 0, {}, None)


def test_joined_words_are_matched_together_and_told_apart_by_role() -> None:
    join = {"granted": {"rule": "A", "words": ["予以公开"]}, "partly": {"rule": "B", "words": ["部分公开", "部分"]}}
    raw = {"units": "件", "hint": "公", "join": join}
    (statement,) = compile_patterns(changed(statements=[raw], joints="[和及]", fillers="的?")).statements
    assert statement.join == {"granted": "A", "partly": "B"} and statement.joined is not None
    match = statement.before.search("其中予以公开及部分公开的")
    assert match is not None and match[1] == "予以公开及部分公开"
    assert [found.lastgroup for found in statement.joined.finditer(match[1])] == ["granted", "partly"]
    assert statement.before.search("予以公开，另有") is None


@pytest.mark.parametrize(("word", "sign"), [("增加", 1), ("减少", -1), ("持平", 0)])
def test_words_of_a_trend_have_a_direction(word: str, sign: int) -> None:
    assert PATTERNS.directions[word] == sign


def test_a_fee_pattern_takes_digits_and_numerals() -> None:
    source = changed(fees={"collected": ["收取〈数〉(?P<unit>元)"]})
    (pattern,) = compile_patterns(source).fees["collected"]
    matches = [pattern.search(text) for text in ("收取1,200.50元", "收取一百元", "收取若干元")]
    assert [match and match["number"] for match in matches] == ["1,200.50", "一百", None]


def test_hints_of_denials_stand_apart_from_their_patterns() -> None:
    assert not any("hints" in kinds for kinds in PATTERNS.denials.values())
    for key, characters in PATTERNS.hints.items():
        name, kind = key.split(".")
        assert characters and kind in PATTERNS.denials[name]


def test_a_wrong_pattern_is_an_error() -> None:
    with pytest.raises(re.error):
        compile_patterns(changed(share="占("))
