"""Decides whether a piece of text is a damaged fixed phrase: aligns the two by edit distance, in a bounded window."""

from __future__ import annotations

from typing import NamedTuple

from generator.wordlists.matcher import Phrase, PhraseHit

_STOPS = "\n。；！？"
_QUOTES = frozenset("“”‘’\"'《》〈〉 \u3000")
_COMMAS = frozenset("、，,")
_LINKS = frozenset("的之与和及")


class Damage(NamedTuple):
    """A damaged phrase: it stands at text[start:end]."""

    start: int
    end: int


class _Edit(NamedTuple):
    """One edit that turns the phrase into the text, at an index of its core. `added` is the inserted character, ""
    where one is missing or replaced."""

    at: int
    added: str = ""


def damage(text: str, near: PhraseHit) -> Damage | None:
    """Finds the damaged phrase around `near`; None where it is whole or something else stands there. Its work is
    bounded by the square of the phrase's length."""
    phrase = near.phrase
    first, last = _window(text, near)
    window = text[first:last]
    wanted = set(phrase.core)
    if len(wanted.intersection(window)) < len(wanted) - phrase.distance:
        return None
    kept = [(at, char) for at, char in enumerate(window, first) if char.isalnum()]
    begin, end, edits = _align(phrase.core, [char for _, char in kept])
    if not edits or len(edits) > phrase.distance or _pardoned(edits, phrase):
        return None
    damaged = Damage(kept[begin][0], kept[end - 1][0] + 1)
    return None if _is_other_wording(text, damaged, phrase) else damaged


def _window(text: str, near: PhraseHit) -> tuple[int, int]:
    """Gives start and end of the stretch that the phrase could cover, within its sentence."""
    phrase = near.phrase
    slack = phrase.distance + len(phrase.text) - len(phrase.core) + 4
    first = max(0, near.at - near.offset - slack)
    last = near.at + len(phrase.core) - near.offset + slack
    first += 1 + max(text[first : near.at].rfind(stop) for stop in _STOPS)
    ends = [at for at in (text.find(stop, near.at, last) for stop in _STOPS) if at >= 0]
    return first, min(ends, default=last)


def _align(core: str, chars: list[str]) -> tuple[int, int, list[_Edit]]:
    """Finds the stretch of `chars` nearest to `core`: start, end, and the edits between the two. Unlike `edit_distance`
    it may start and end anywhere in `chars`, and knows which edits they are."""
    rows = [[0] * (len(chars) + 1)]
    for number, wanted in enumerate(core, 1):
        above, row = rows[-1], [number]
        for at, char in enumerate(chars):
            row.append(min(above[at] + (char != wanted), above[at + 1] + 1, row[at] + 1))
        rows.append(row)
    end = min(range(len(chars) + 1), key=rows[-1].__getitem__)
    begin, number, edits = end, len(core), []
    while number:
        cost = rows[number][begin]
        if begin and cost == rows[number - 1][begin - 1] + (chars[begin - 1] != core[number - 1]):
            if chars[begin - 1] != core[number - 1]:
                edits.append(_Edit(number - 1))
            begin, number = begin - 1, number - 1
        elif cost == rows[number - 1][begin] + 1:
            edits.append(_Edit(number - 1))
            number -= 1
        else:
            edits.append(_Edit(number, chars[begin - 1]))
            begin -= 1
    return begin, end, edits


def _pardoned(edits: list[_Edit], phrase: Phrase) -> bool:
    """Tells whether the edits make another right wording: a word or a 的 put in, or another word at the start."""
    if phrase.free_start and any(edit.at == 0 and not edit.added for edit in edits):
        return True
    added = [edit.added for edit in edits if edit.added]
    return len(added) == len(edits) and (len(added) > 1 or added[0] in _LINKS)


def _is_other_wording(text: str, damaged: Damage, phrase: Phrase) -> bool:
    """Tells whether punctuation parts the wording, or it is one of those listed as right."""
    here = text[damaged.start : damaged.end]
    allowed = _QUOTES | set(phrase.text) | (_COMMAS if _COMMAS.intersection(phrase.text) else frozenset())
    if any(not char.isalnum() and char not in allowed for char in here):
        return True
    around = text[max(0, damaged.start - 6) : damaged.end + 6]
    return any(longer in around for longer in phrase.unless)
