"""Compiles `lists/narrative.yaml`: the patterns by which a narrative states figures of the tables."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from generator.wordlists.office_patterns import PatternSource
from generator.yaml_source.shipped import load_yaml

Roles = tuple[str, ...]
Find = re.Pattern[str]


class FigurePattern(NamedTuple):
    """One way of stating a figure; a pattern that is None always holds. `hint` are characters of which the words around
    the number need one, checked before the patterns because it is quick."""

    rule: str
    units: str
    hint: frozenset[str]
    before: Find
    after: Find | None
    unless: Find | None
    about: Find | None
    sentence: Find | None
    at_most: Find | None
    unless_sentence: Find | None
    channels: bool
    year: int  # the year that the sentence may name, counted from the report's; 0: any
    equals: tuple[Roles, ...]
    join: Mapping[str, str]  # rule by role, for words that name several roles (予以公开及部分公开)
    joined: Find | None  # those words, each in a group named after its role


class FigurePatterns(NamedTuple):
    """Holds all patterns of lists/narrative.yaml, compiled."""

    roles: Mapping[str, tuple[str, str]]
    statements: tuple[FigurePattern, ...]
    channel: Find
    channel_words: Find
    channel_unless: Find
    share: Find
    trend: Find
    trend_subject: Find
    trend_link: Find
    directions: Mapping[str, int]
    denials: Mapping[str, Mapping[str, Find]]
    hints: Mapping[str, str]  # by “denial.kind”: characters of which its pattern needs one
    fee_said: Find
    fees: Mapping[str, tuple[Find, ...]]  # by role of the statement's figures; `unless` excuses a clause
    year: Find


def _compile(pattern: str) -> Find | None:
    return re.compile(pattern) if pattern else None


def _statement(raw: Mapping[str, Any], joints: str, fillers: str) -> FigurePattern:
    """Compiles one statement. `joints` part words that name several roles, `fillers` may follow them."""
    join = {str(role): str(item["rule"]) for role, item in raw.get("join", {}).items()}
    words = {role: "|".join(raw["join"][role]["words"]) for role in join}
    any_word = "|".join(words.values())
    before = f"((?:{any_word})(?:{joints}(?:{any_word})){{0,5}}){fillers}$" if join else str(raw["before"])
    after, unless, about, sentence, at_most, unless_sentence = (
        _compile(str(raw.get(key, "")))
        for key in ("after", "unless", "about", "sentence", "at_most", "unless_sentence")
    )
    return FigurePattern(
        str(raw.get("rule", "")),
        str(raw["units"]),
        frozenset(str(raw["hint"])),
        re.compile(before),
        after,
        unless,
        about,
        sentence,
        at_most,
        unless_sentence,
        bool(raw.get("channels")),
        int(raw.get("year", 0)),
        tuple(tuple(map(str, roles)) for roles in raw.get("equals", ())),
        join,
        _compile("|".join(f"(?P<{role}>{word})" for role, word in words.items())),
    )


def _trend(raw: Mapping[str, Any]) -> Find:
    words = "|".join((*raw["more"], *raw["less"], *raw["same"]))
    return re.compile(f"{raw['lead']}(?P<word>{words}){raw['number']}")


_FEE_NUMBER = r"(?P<number>\d[\d,]{0,14}(?:\.\d{1,4})?|[零〇一二两三四五六七八九十百千]{1,9})"


def _fee(patterns: Sequence[str]) -> tuple[Find, ...]:
    return tuple(re.compile(pattern.replace("〈数〉", _FEE_NUMBER)) for pattern in patterns)


@lru_cache(maxsize=1)
def shipped_source() -> PatternSource:
    """Loads the declaration that ships with the program."""
    data = pkgutil.get_data("generator", "wordlists/lists/narrative.yaml")
    assert data is not None
    return PatternSource(load_yaml(data))


@lru_cache(maxsize=1)
def shipped_patterns() -> FigurePatterns:
    """Compiles the shipped declaration: for a report read without an office's own patterns."""
    return compile_patterns(shipped_source())


@lru_cache(maxsize=4)
def compile_patterns(source: PatternSource) -> FigurePatterns:
    """Compiles a declaration such as lists/narrative.yaml, once."""
    raw = source.raw
    channel, trend = raw["channels"], raw["trend"]
    signs = {word: sign for key, sign in (("more", 1), ("less", -1), ("same", 0)) for word in trend[key]}
    return FigurePatterns(
        {str(role): (str(zh), str(en)) for role, (zh, en) in raw["roles"].items()},
        tuple(_statement(item, raw["joints"], raw["fillers"]) for item in raw["statements"]),
        re.compile(f"(?:{channel['words']}){channel['before']}"),
        re.compile(channel["words"]),
        re.compile(channel["unless"]),
        re.compile(raw["share"]),
        _trend(trend),
        re.compile(trend["subject"]),
        re.compile(trend["link"]),
        signs,
        {
            name: {key: re.compile(text) for key, text in item.items() if key != "hints"}
            for name, item in raw["denials"].items()
        },
        {
            f"{name}.{kind}": str(words)
            for name, item in raw["denials"].items()
            for kind, words in item.get("hints", {}).items()
        },
        re.compile(raw["fee_said"]),
        {name: _fee(patterns) for name, patterns in raw["fees"].items()},
        re.compile(raw["year"]),
    )
