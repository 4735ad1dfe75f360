"""Searches a text for list words, damaged fixed phrases and odd characters: the data of lists/ as read and compiled.

One pass over a text stops where the first three characters may be those of something listed, and compares there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from generator.finding import Level
from generator.yaml_source.shipped import load_yaml

LEVELS = {"错误": Level.ERROR, "警告": Level.WARNING, "提示": Level.NOTE}

# Characters of every paragraph. A first piece that holds no others (政府信息) stands in each report a dozen times:
# it pays to see whether the rest of such a phrase looks damaged before aligning it.
_EVERYWHERE = frozenset(
    "、，。（）：；政公开信息府的年行理务作工区一请申项和结情度关条规本件办实第要报发况其数文进主二不全平三处新化人他复果内会法提范管动性"
)


class Word(NamedTuple):
    """A word of a list, in force from year `since` to `until` (0 = open). It is right inside one of the `unless` words;
    with each stands the offset of the word in it."""

    rule: str
    wrong: str
    right: str
    level: Level
    note: str = ""
    since: int = 0
    until: int = 0
    unless: tuple[tuple[str, int], ...] = ()

    def governs(self, year: int) -> bool:
        return self.since <= year and (not self.until or year <= self.until)

    def excused(self, text: str, at: int) -> bool:
        """Tells whether the word at `at` is part of a longer one that is right."""
        return any(text.startswith(longer, at - offset) for longer, offset in self.unless if at >= offset)


class Phrase(NamedTuple):
    """A fixed phrase, in force from year `since`: `text` as it is written, `core` without its marks. A wording at most
    `distance` edits away is wrong, unless it holds one of `unless`; with `free_start` the first character may vary."""

    text: str
    core: str
    distance: int
    since: int
    unless: tuple[str, ...]
    free_start: bool


class PhraseHit(NamedTuple):
    """A piece of a phrase found at `at` in the text, `offset` in the phrase's core, where the phrase is not whole."""

    at: int
    offset: int
    phrase: Phrase


class Matches(NamedTuple):
    """Holds what one pass over a text found, each with its offset: list words, odd characters (controls, traditional
    script), and pieces of phrases that may be damaged."""

    words: tuple[tuple[int, Word], ...]
    odd: tuple[tuple[int, str], ...]
    near: tuple[PhraseHit, ...]


class _Item(NamedTuple):
    """Characters to search for: a word of a list, or a piece of a phrase with its offset in the phrase's text and core.
    `damaged`, where there is one, must match from the piece on."""

    chars: str
    word: Word | None = None
    phrase: Phrase | None = None
    in_text: int = 0
    in_core: int = 0
    damaged: re.Pattern[str] | None = None

    def is_damaged(self, text: str, at: int) -> bool:
        """Tells whether the phrase whose piece stands at `at` is not whole there."""
        if self.phrase is None or (self.damaged and not self.damaged.match(text, at)):
            return False
        return at < self.in_text or not text.startswith(self.phrase.text, at - self.in_text)


class Names(NamedTuple):
    """Describes what a person's name looks like: characters of surnames and given names, surnames of two characters,
    the words `before` a name that must not be printed, and words that look like a name but are `unlike` one."""

    before: tuple[str, ...] = ()
    surnames: str = ""
    compound: tuple[str, ...] = ()
    given: str = ""
    unlike: tuple[str, ...] = ()


_NO_NAMES = Names()

# Characters that nobody types: controls, invisible ones, private use, the mark of lost text.
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ue000-\uf8ff\ufeff\ufffc\ufffd"
_RUN = re.compile(r"[\w]+")


def listed(text: str) -> tuple[str, ...]:
    """Splits a setting into its items at 、, commas and blanks."""
    return tuple(item for item in re.split(r"[、，,\s]+", text) if item)


def core(text: str) -> str:
    """Strips a phrase of quotes, commas and blanks."""
    return "".join(_RUN.findall(text))


def pieces(phrase: Phrase) -> list[tuple[str, int, int]]:
    """Cuts a phrase into `distance` + 1 disjoint pieces, of which `distance` edits leave at least one whole.
    Gives (piece, offset in the text, offset in the core) in order; no piece holds a mark."""
    wanted = phrase.distance + 1
    runs = [(match[0], match.start()) for match in _RUN.finditer(phrase.text)]
    while len(runs) < wanted:
        longest = max(range(len(runs)), key=lambda number: len(runs[number][0]))
        run, at = runs[longest]
        half = len(run) // (wanted - len(runs) + 1)
        runs[longest : longest + 1] = [(run[:half], at), (run[half:], at + half)]
    runs = sorted(sorted(runs, key=lambda run: -len(run[0]))[:wanted], key=lambda run: run[1])
    return [(run, at, len(core(phrase.text[:at]))) for run, at in runs]


@dataclass(frozen=True, eq=False)
class WordLists:
    """All lists together. `script` maps traditional characters to standard ones; `domains` are the mail domains of
    offices, `mailboxes` those of the public; `by_list` has the shipped words by the name of their file."""

    words: tuple[Word, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    script: Mapping[str, str] = field(default_factory=dict)
    domains: tuple[str, ...] = ()
    mailboxes: tuple[str, ...] = ()
    names: Names = _NO_NAMES
    by_list: Mapping[str, tuple[Word, ...]] = field(default_factory=dict)

    def with_local(self, options: Mapping[str, str]) -> WordLists:
        """Adds an office's own 固定表述 and 邮箱域名, as its 规则设置 give them (parted by 、)."""
        phrases = [phrase(text) for text in listed(options.get("固定表述", "")) if len(core(text)) > 3]
        domains = listed(options.get("邮箱域名", "").lower())
        if not phrases and not domains:
            return self
        return replace(self, phrases=(*self.phrases, *phrases), domains=(*self.domains, *domains))

    @cached_property
    def _items(self) -> Mapping[str, Sequence[_Item]]:
        """Indexes everything that is searched for by its first character."""
        items: dict[str, list[_Item]] = {}
        for word in self.words:
            items.setdefault(word.wrong[0], []).append(_Item(word.wrong, word))
        for fixed in self.phrases:
            for chars, in_text, in_core in pieces(fixed):
                damaged = _damaged(fixed, chars) if not in_core else None
                items.setdefault(chars[0], []).append(_Item(chars, None, fixed, in_text, in_core, damaged))
        return items

    @cached_property
    def _starts(self) -> re.Pattern[str]:
        """Matches where an item may start, judged by its first three characters. The engine skips to a leading class
        far faster than to an alternation of all items, which would try every one of them at each 政 and 公."""
        heads = {item.chars[:3] for items in self._items.values() for item in items}
        by_length = ([head for head in heads if len(head) == length] for length in (3, 2, 1))
        patterns = [_head_pattern(group) for group in by_length if group]
        return re.compile(f"[{_class(self._items)}](?:{'|'.join(patterns)})" if patterns else "(?!)")

    @cached_property
    def _odd(self) -> re.Pattern[str]:
        return re.compile(f"[{_CONTROL}{_class(self.script)}]")

    def look(self, text: str) -> Matches:
        """Searches `text` for everything on the lists, in order: linear, whatever the text."""
        words: list[tuple[int, Word]] = []
        near: list[PhraseHit] = []
        items = self._items
        for match in self._starts.finditer(text):
            at = match.start()
            for item in items[text[at]]:
                if text.startswith(item.chars, at):
                    if item.word is not None:
                        words.append((at, item.word))
                    elif item.phrase is not None and item.is_damaged(text, at):
                        near.append(PhraseHit(at, item.in_core, item.phrase))
        odd = tuple((match.start(), match[0]) for match in self._odd.finditer(text))
        return Matches(tuple(words), odd, tuple(near))


def _head_pattern(heads: Iterable[str]) -> str:
    """Matches any of some heads of one length, behind their first character: a class of characters for each place,
    which lets a few mixtures pass too."""
    first, *rest = (f"[{_class(set(place))}]" for place in zip(*heads, strict=True))
    return f"(?<={first})(?={''.join(rest)})"


def _class(chars: Iterable[str]) -> str:
    return re.escape("".join(sorted(chars)))


def _damaged(phrase: Phrase, first: str) -> re.Pattern[str] | None:
    """Matches the first piece of a phrase, if every report holds it, where the rest looks damaged: all but its last
    character follow, or the last one does about where it should. None: the piece alone is enough."""
    if phrase.distance > 1 or phrase.text != phrase.core or not _EVERYWHERE.issuperset(first):
        return None
    rest = phrase.core[len(first) :]
    return re.compile(f"{first}(?!{rest})(?={rest[:-1]}|.{{{max(0, len(rest) - 2)},{len(rest)}}}{rest[-1]})")


NO_WORDS = WordLists()


def read_words(files: Mapping[str, bytes]) -> WordLists:
    """Reads the shipped lists from their YAML files, by name. Raises KeyError or ValueError where one is malformed."""
    lists = {name: load_yaml(data) for name, data in files.items()}
    by_list = {name: tuple(_words(data)) for name, data in lists.items() if "entries" in data}
    pairs = " ".join(lists.get("script", {}).get("pairs", ())).split()
    domains = lists.get("domains", {})
    return WordLists(
        tuple(word for words in by_list.values() for word in words),
        tuple(_phrases(lists.get("phrases", {}))),
        {pair[0]: pair[1] for pair in pairs},
        tuple(item["domain"] for item in domains.get("offices", ())),
        tuple(item["domain"] for item in domains.get("public", ())),
        _names(lists.get("names", {})),
        by_list,
    )


def _names(data: Mapping[str, Any]) -> Names:
    return Names(
        tuple(data.get("before", ())),
        "".join(data.get("surnames", "").split()),
        tuple(data.get("compound", ())),
        "".join(data.get("given", "").split()),
        tuple(word for words in data.get("unlike", ()) for word in words),
    )


def _words(data: Mapping[str, Any]) -> Iterator[Word]:
    for entry in data["entries"]:
        wrong = str(entry["wrong"])
        longer = tuple((str(text), str(text).index(wrong)) for text in entry.get("unless", ()))
        yield Word(
            str(entry.get("rule", data["rule"])),
            wrong,
            str(entry.get("right", "")),
            LEVELS[entry.get("level", data["level"])],
            str(entry.get("note", "")),
            int(entry.get("valid_from") or 0),
            int(entry.get("valid_until") or 0),
            longer,
        )


def _phrases(data: Mapping[str, Any]) -> Iterator[Phrase]:
    for entry in data.get("phrases", ()):
        yield phrase(
            str(entry["right"]),
            int(entry.get("distance", 1)),
            int(entry.get("valid_from") or 0),
            tuple(map(str, entry.get("unless", ()))),
            bool(entry.get("free_start")),
        )


def phrase(
    text: str, distance: int = 1, since: int = 0, unless: tuple[str, ...] = (), free_start: bool = False
) -> Phrase:
    """Makes a fixed phrase, its core worked out once."""
    return Phrase(text, core(text), distance, since, unless, free_start)
