"""Words that a report should not contain, and phrases it should not get wrong: data of lists/, and the search for them.

One pass over a text looks only at rare characters; each list word is filed under the rarest of its own (its anchor),
so a clean report costs one search by character class and a few dozen look-ups, however long the lists are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import itemgetter
from typing import Any, NamedTuple

import yaml

from generator.finding import Level

LEVELS = {"错误": Level.ERROR, "警告": Level.WARNING, "提示": Level.NOTE}

# The commonest characters of these reports, commonest first: only the choice of anchors follows it, never a result.
_FREQUENT = 90  # so many of these are in every paragraph: no good as anchors
_COMMON = (
    "、，。（）：；"
    "政公开信息府的年行理务作工区一请申项和结情度关条规本件办实第要报发况其数文进主二不全平三处新化人他复果内会法提范管动性"
    "量告事制中计机等及于布容是合上总对重时议强部网策审有加国在目收体面民业验解保通方正诉求四查设站建定类潭持确以分与问题市"
    "读综门核共各依属未社十服单展大众下位领点据组五决导形准好效费委期推相专升例改栏式步程维海予接局需成日监号同起标构用为任"
    "能六系出答无讼存自织督户台由到力考落意见现统按集做责指案严生高月续格完域片媒了知应取地明纠版后过律供尚厅电室评划态安采"
)
_RANK = {char: -number for number, char in enumerate(_COMMON)}


class Word(NamedTuple):
    """A word of a list. It counts from year `since` to `until` (0 = open), and not inside one of the `unless` words."""

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
        """Whether the word at `at` is part of a longer one that is right."""
        return any(text.startswith(longer, at - offset) for longer, offset in self.unless if at >= offset)


class Phrase(NamedTuple):
    """A fixed phrase: `text` as it is written, `core` without its marks. A wording of at most `distance` edits from
    it is wrong, unless it holds one of `unless`; with `free_start` the character before the core may vary."""

    text: str
    core: str
    distance: int
    since: int
    unless: tuple[str, ...]
    free_start: bool


class PhraseHit(NamedTuple):
    """A piece of a phrase at `at` in the text, `offset` in the phrase's core, without the phrase as it should be."""

    at: int
    offset: int
    phrase: Phrase


class Matches(NamedTuple):
    """What one pass over a text found: list words, odd characters (controls, traditional script), damaged phrases."""

    words: tuple[tuple[int, Word], ...]
    odd: tuple[tuple[int, str], ...]
    near: tuple[PhraseHit, ...]


class _Filed(NamedTuple):
    """Characters to find, `back` = how far before their anchor they begin; a piece of a phrase knows its offsets."""

    chars: str
    back: int
    word: Word | None = None
    phrase: Phrase | None = None
    in_text: int = 0
    in_core: int = 0


class Names(NamedTuple):
    """What a person's name looks like: characters of surnames and given names, surnames of two; words a name stands
    behind that must not be printed; words that look like a name and are none."""

    before: tuple[str, ...] = ()
    surnames: str = ""
    compound: tuple[str, ...] = ()
    given: str = ""
    unlike: tuple[str, ...] = ()


_NO_NAMES = Names()
_Finditer = Callable[[str], Iterator[re.Match[str]]]

# Characters that nobody types: controls, invisible ones, private use, the mark of lost text.
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ue000-\uf8ff\ufeff\ufffc\ufffd"
_RUN = re.compile(r"[\w]+")


def listed(text: str) -> tuple[str, ...]:
    """Items of a setting, parted by 、 or commas."""
    return tuple(item for item in re.split(r"[、，,\s]+", text) if item)


def anchor(word: str) -> int:
    """Offset of the rarest character of a word."""
    return min(range(len(word)), key=lambda at: _rank(word[at]))


def _rank(char: str) -> int:
    return _RANK.get(char, -len(_COMMON) - ("~" < char < "一"))  # marks that are not in every paragraph are rarest


def core(text: str) -> str:
    """A phrase without quotes, commas and blanks."""
    return "".join(_RUN.findall(text))


def pieces(phrase: Phrase) -> list[tuple[str, int, int]]:
    """`distance` + 1 disjoint pieces of a phrase, of which so many edits leave one whole: (piece, offset in the text,
    offset in the core). Marks are never within a piece."""
    wanted = phrase.distance + 1
    runs = [(found[0], found.start()) for found in _RUN.finditer(phrase.text)]
    while len(runs) < wanted:
        longest = max(range(len(runs)), key=lambda number: len(runs[number][0]))
        run, at = runs[longest]
        half = len(run) // (wanted - len(runs) + 1)
        runs[longest : longest + 1] = [(run[:half], at), (run[half:], at + half)]
    runs = sorted(sorted(runs, key=lambda run: -len(run[0]))[:wanted], key=lambda run: run[1])
    return [(run, at, len(core(phrase.text[:at]))) for run, at in runs]


@dataclass(frozen=True, eq=False)
class WordLists:
    """All lists. `script` maps traditional characters to the standard ones; `domains` are the mail domains of
    offices, `mailboxes` those of the public; `by_list` are our own words by the name of their file."""

    words: tuple[Word, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    script: Mapping[str, str] = field(default_factory=dict)
    domains: tuple[str, ...] = ()
    mailboxes: tuple[str, ...] = ()
    names: Names = _NO_NAMES
    by_list: Mapping[str, tuple[Word, ...]] = field(default_factory=dict)

    def with_local(self, options: Mapping[str, str]) -> WordLists:
        """These lists with an office's own added: 固定表述 and 邮箱域名 of its 规则设置, parted by 、."""
        phrases = [phrase(text) for text in listed(options.get("固定表述", "")) if len(core(text)) > 3]
        domains = listed(options.get("邮箱域名", "").lower())
        if not phrases and not domains:
            return self
        return replace(self, phrases=(*self.phrases, *phrases), domains=(*self.domains, *domains))

    @cached_property
    def _items(self) -> list[_Filed]:
        """All there is to find."""
        words = [_Filed(word.wrong, anchor(word.wrong), word) for word in self.words]
        parts = [(part, phrase) for phrase in self.phrases for part in pieces(phrase)]
        return words + [
            _Filed(chars, anchor(chars), None, phrase, at, in_core) for (chars, at, in_core), phrase in parts
        ]

    @cached_property
    def _frequent(self) -> list[tuple[_Filed, _Finditer]]:
        """What has no rare character: searched for by itself."""
        return [(item, re.compile(_search(item)).finditer) for item in self._items if _frequent(item.chars[item.back])]

    @cached_property
    def _filed(self) -> tuple[dict[str, list[_Filed]], dict[str, list[_Filed]]]:
        """What an anchor may be part of, by the anchor and the character behind it; the words that end in their anchor,
        by the character before it and the anchor."""
        behind: dict[str, list[_Filed]] = {}
        before: dict[str, list[_Filed]] = {}
        for item in self._items:
            chars, at = item.chars, item.back
            if _frequent(chars[at]):
                continue
            if at + 1 < len(chars):
                behind.setdefault(chars[at : at + 2], []).append(item)
            else:
                before.setdefault(chars[at - 1 : at + 1], []).append(item)
        return behind, before

    @cached_property
    def _anchors(self) -> frozenset[str]:
        behind, before = self._filed
        return frozenset({pair[0] for pair in behind} | {pair[-1] for pair in before})

    @cached_property
    def _rare(self) -> re.Pattern[str]:
        """Anchors with characters beside them that some word has there, and characters odd by themselves."""
        alone = _CONTROL + _class(self.script)
        rare = [item for item in self._items if not _frequent(item.chars[item.back])]
        behind = {item.chars[item.back : item.back + 3] for item in rare}
        ending = {
            item.chars[max(0, item.back - 2) : item.back + 1] for item in rare if item.back + 1 == len(item.chars)
        }
        beside = [
            f"(?<=[{_class(part[0] for part in kind)}])(?={_run([part[1:] for part in kind])})"
            for kind in _by_length(behind)
        ]
        beside += [f"(?<={_run(kind)})" for kind in _by_length(ending)]
        return re.compile(f"[{alone}{_class(self._anchors)}](?:{'|'.join([*beside, f'(?<=[{alone}])'])})")

    def look(self, text: str) -> Matches:
        """What of the lists stands in `text`, in one pass: linear, whatever the text."""
        found: list[tuple[int, _Filed]] = []
        odd: list[tuple[int, str]] = []
        (behind, before), anchors = self._filed, self._anchors
        for match in self._rare.finditer(text):
            at = match.start()
            first, last = behind.get(text[at : at + 2]), before.get(text[at - 1 : at + 1])
            if first or last:
                for item in (*(first or ()), *(last or ())):
                    if text.startswith(
                        item.chars, at - item.back
                    ):  # from behind the end, where that is before the text: none
                        found.append((at - item.back, item))
            if text[at] not in anchors:
                odd.append((at, text[at]))
        for item, damaged in self._frequent:
            if item.chars in text:
                found += [(match.start(), item) for match in damaged(text)]
        found.sort(key=_start)
        words = tuple((at, item.word) for at, item in found if item.word is not None)
        near = (
            PhraseHit(at, item.in_core, item.phrase) for at, item in found if item.phrase and not _whole(text, at, item)
        )
        return Matches(words, tuple(odd), tuple(near))


_start = itemgetter(0)


def _by_length(parts: Iterable[str]) -> list[list[str]]:
    """Parts of three characters, then parts of two, as far as there are any."""
    kinds = ([part for part in parts if len(part) == length] for length in (3, 2))
    return [kind for kind in kinds if kind]


def _run(parts: Sequence[str]) -> str:
    """A class of characters for each place of some parts of the same length: quick, and lets through a few that are none."""
    return "".join(f"[{_class(chars)}]" for chars in zip(*parts, strict=True))


def _class(chars: Iterable[str]) -> str:
    return re.escape("".join(sorted(chars)))


def _frequent(char: str) -> bool:
    return _rank(char) > -_FREQUENT


def _search(item: _Filed) -> str:
    """A pattern of the item's characters; of the first part of a phrase, only where the rest looks damaged: all but
    its last character is there, or its last is, about where it should be."""
    whole = item.phrase
    if whole is None or whole.distance > 1 or item.in_core or whole.text != whole.core:
        return f"{re.escape(item.chars[0])}(?={re.escape(item.chars[1:])})"  # so that 的的的 is two
    rest = whole.core[len(item.chars) :]
    return f"{item.chars}(?!{rest})(?={rest[:-1]}|.{{{max(0, len(rest) - 2)},{len(rest)}}}{rest[-1]})"


def _whole(text: str, at: int, item: _Filed) -> bool:
    """Whether the piece at `at` is within its phrase, all of it there."""
    return item.phrase is not None and at >= item.in_text and text.startswith(item.phrase.text, at - item.in_text)


NO_WORDS = WordLists()


def read_words(files: Mapping[str, bytes]) -> WordLists:
    """The lists from their YAML files, by name. Raises KeyError or ValueError when one is malformed: they are ours."""
    lists = {
        name: yaml.load(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) for name, data in files.items()
    }
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
    """A fixed phrase as data: its core is made here, once."""
    return Phrase(text, core(text), distance, since, unless, free_start)
