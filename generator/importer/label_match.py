"""Labels as people print them: widths, quotes, numbering and small slips set aside, then compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from generator.narrative.edit_distance import edit_distance

_NUMBERING = re.compile(
    r"\s*(?:[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)]|[一二三四五六七八九十]{1,3}\s*、|[（(]?\s*\d{1,2}\s*[）)]|\d{1,2}\s*[.．、]|[①-⑳])\s*"
)
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]")
_MAX = 120


class Label(NamedTuple):
    """A printed label: its numbering (widths and dots unified) and its bare letters."""

    number: str
    bare: str


@lru_cache(maxsize=16384)
def label(text: str) -> Label:
    text = text[: 4 * _MAX]
    found = _NUMBERING.match(text)
    number = unicodedata.normalize("NFKC", found[0]) if found else ""
    number = re.sub(r"[\s.、()]", "", number)
    return Label(number, bare(text[found.end() :] if found else text))


@lru_cache(maxsize=16384)
def bare(text: str) -> str:
    """Letters and digits alone: no widths, quotes, spaces or punctuation."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text[: 4 * _MAX])))[:_MAX]


def forms_of(text: str) -> frozenset[str]:
    """How a label may stand: whole, or without what it adds in brackets."""
    whole = label(text).bare
    short = label(_BRACKETED.sub("", text)).bare if label(text).number or not text.startswith(("（", "(")) else whole
    return frozenset(filter(None, (whole, short)))


def tolerance(length: int) -> int:
    """How many slips a label of this length may have: a third of it, none below three letters."""
    return length // 3 if length >= 3 else 0


class NearLabel(NamedTuple):
    """The name found, and by how many slips the text differs from it."""

    name: str
    slips: int


def nearest(text: str, names: Mapping[str, str]) -> NearLabel | None:
    """The one entry of `names` (bare label → name) that reads like `text`; None when none or two do."""
    if text in names:
        return NearLabel(names[text], 0)
    if len(text) < 3:
        return None
    return _nearest(text, tuple(names.items()))


@lru_cache(maxsize=16384)
def _nearest(text: str, names: tuple[tuple[str, str], ...]) -> NearLabel | None:
    best, rival, name = 99, 99, ""
    for wanted, called in names:
        limit = tolerance(max(len(wanted), len(text)))
        slips = edit_distance(text, wanted, min(limit, best))
        if slips > limit:
            continue
        if slips < best:
            best, rival, name = slips, best if called != name else rival, called
        elif slips == best and called != name:
            rival = slips
    return NearLabel(name, best) if best < rival else None


def index(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Bare label → name for `nearest`, from (printed label, name); a label of two names is left out."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for printed, name in pairs:
        for way in forms_of(printed):
            if found.setdefault(way, name) != name:
                twice.add(way)
    return {way: name for way, name in found.items() if way not in twice}
