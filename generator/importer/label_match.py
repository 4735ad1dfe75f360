"""Compares labels as people print them: widths, quotes, numbering and small slips are ignored."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from generator.narrative.edit_distance import edit_distance

_NUMBERING = re.compile(
    r"\s*(?:[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)]|[一二三四五六七八九十]{1,3}\s*、"
    r"|[（(]?\s*\d{1,2}\s*[）)]|\d{1,2}\s*[.．、]|[①-⑳])\s*"
)
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]")
_MAX = 120


class Label(NamedTuple):
    """Splits a printed label into its number (widths and dots unified) and its bare letters."""

    number: str
    bare: str


@lru_cache(maxsize=16384)
def label(text: str) -> Label:
    """Parse a printed label, numbering first."""
    text = text[: 4 * _MAX]
    numbering = _NUMBERING.match(text)
    number = unicodedata.normalize("NFKC", numbering[0]) if numbering else ""
    number = re.sub(r"[\s.、()]", "", number)
    return Label(number, bare(text[numbering.end() :] if numbering else text))


@lru_cache(maxsize=16384)
def bare(text: str) -> str:
    """Return letters and digits only: no widths, quotes, spaces or punctuation."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text[: 4 * _MAX])))[:_MAX]


def variants(text: str) -> frozenset[str]:
    """Return how a label may be printed, in bare letters: in full, or without its remark in brackets."""
    full = label(text).bare
    all_bracketed = not label(text).number and text.startswith(("（", "("))
    short = full if all_bracketed else label(_BRACKETED.sub("", text)).bare
    return frozenset(filter(None, (full, short)))


def tolerance(length: int) -> int:
    """Return how many slips a label of this length may have: a third of it, none below three letters."""
    return length // 3 if length >= 3 else 0


class NearLabel(NamedTuple):
    """Names the label found, and by how many slips the text differs from it."""

    name: str
    slips: int


def nearest(text: str, names: Mapping[str, str]) -> NearLabel | None:
    """Return the one entry of `names` (bare label → name) that reads like `text`; None when none or several do."""
    if text in names:
        return NearLabel(names[text], 0)
    if len(text) < 3:
        return None
    return _nearest(text, tuple(names.items()))


@lru_cache(maxsize=16384)
def _nearest(text: str, names: tuple[tuple[str, str], ...]) -> NearLabel | None:
    best, rival, name = 99, 99, ""
    for printed, candidate in names:
        limit = tolerance(max(len(printed), len(text)))
        slips = edit_distance(text, printed, min(limit, best))
        if slips > limit:
            continue
        if slips < best:
            best, rival, name = slips, best if candidate != name else rival, candidate
        elif slips == best and candidate != name:
            rival = slips
    return NearLabel(name, best) if best < rival else None


def index(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Map bare labels to names for `nearest`, from (printed label, name); a label of two names is left out."""
    names: dict[str, str] = {}
    ambiguous: set[str] = set()
    for printed, name in pairs:
        for variant in variants(printed):
            if names.setdefault(variant, name) != name:
                ambiguous.add(variant)
    return {variant: name for variant, name in names.items() if variant not in ambiguous}
