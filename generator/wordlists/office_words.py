"""Lays an office's own word lists (content/lists/<name>.yaml) over the shipped lists of the same name.

A shipped entry that is written again is replaced, `off: yes` removes it; everything else is added. A wrong entry is
reported with its place and left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from generator.finding import Finding, Level, Message, Place, did_you_mean
from generator.wordlists.matcher import LEVELS, Names, Phrase, Word, WordLists, core, phrase
from generator.yaml_source.nodes import Items, Node, Pairs, Scalar

FOLDER = "lists"
NARRATIVE = "narrative"  # the list that office_patterns reads
_WORDS = {"wrong", "right", "rule", "level", "note", "source", "valid_from", "valid_until", "unless", "off"}
_PHRASES = {"right", "source", "distance", "valid_from", "unless", "free_start", "off"}
_DOMAINS = {"domain", "source", "off"}
_YES, _NO = frozenset(("yes", "true", "是")), frozenset(("no", "false", "否", "", "~"))
_BLANKS = frozenset(("", "~", "null"))


class _Entry(NamedTuple):
    """One entry of a list: its fields as typed. `earlier` is the number of findings before it."""

    fields: Mapping[str, Node]
    line: int
    column: int
    earlier: int


@dataclass
class ListReader:
    """Reads one list of an office and collects what is wrong with it."""

    file: str
    findings: list[Finding] = field(default_factory=list)

    def find(self, at: Node | _Entry, zh: str, en: str, shift: int = 0) -> None:
        """Adds a finding at a node, `shift` characters into it."""
        self.findings.append(
            Finding("LIST-ENTRY", Level.ERROR, Place(self.file, at.line, at.column + shift), Message(zh, en))
        )

    def unknown(self, key: Scalar, known: Iterable[str]) -> None:
        """Adds a finding on an unknown key, with the nearest known one."""
        hint = did_you_mean(key.text, sorted(known))
        self.find(key, f"没有“{key.text}”这一项{hint.zh}", f"unknown key “{key.text}”{hint.en}")

    def yes(self, key: str, node: Node | None) -> bool:
        """Reads yes or no; a blank is no, anything else is reported."""
        text = node.text if isinstance(node, Scalar) else "?"
        if node is None or text in _NO:
            return False
        if text not in _YES:
            self.find(node, f"“{key}”应写 yes 或 no", f"“{key}” must be yes or no")
        return text in _YES


def _is_blank(node: Node | None) -> bool:
    return node is None or (isinstance(node, Scalar) and node.plain and node.text in _BLANKS)


class _Reader(ListReader):
    """Reads the kinds of fields that word lists have."""

    def pairs(self, node: Node, known: set[str]) -> dict[str, Node]:
        """Reads the fields of a mapping; unknown ones are reported."""
        if not isinstance(node, Pairs):
            self.find(node, "应为“名称: 值”", "expected “name: value”")
            return {}
        for key, _ in node.pairs:
            if key.text not in known:
                self.unknown(key, known)
        return {key.text: value for key, value in node.pairs if key.text in known}

    def items(self, node: Node | None) -> tuple[Node, ...]:
        if node is None or _is_blank(node):
            return ()
        if isinstance(node, Items):
            return node.items
        self.find(node, "应为以“- ”开头的若干项", "expected a list of “- ” items")
        return ()

    def entries(self, node: Node | None, known: set[str]) -> Iterator[_Entry]:
        for item in self.items(node):
            earlier = len(self.findings)
            fields = self.pairs(item, known)
            if fields:
                yield _Entry(fields, item.line, item.column, earlier)

    def slipped(self, entry: _Entry) -> bool:
        """Tells whether anything is wrong with an entry: then all of it is left out."""
        return len(self.findings) > entry.earlier

    def text(self, entry: _Entry, key: str, least: int = 0) -> str | None:
        """Reads the text under a key; None, reported, where it is no text or shorter than `least` characters."""
        node = entry.fields.get(key)
        if _is_blank(node):
            text: str | None = ""
        else:
            text = node.text if isinstance(node, Scalar) else None
        if text is None or len(text) < least:
            at = entry if node is None else node
            self.find(
                at,
                f"“{key}”应为{least or 1}个字以上的文字",
                f"“{key}” must be text of at least {least or 1} characters",
            )
            return None
        return text

    def number(self, entry: _Entry, key: str, default: int, high: int) -> int | None:
        """Reads a whole number from 0 to `high`; None, reported, where it is none."""
        node = entry.fields.get(key)
        if node is None or _is_blank(node):
            return default
        if isinstance(node, Scalar) and re.fullmatch("[0-9]{1,9}", node.text) and int(node.text) <= high:
            return int(node.text)
        self.find(node, f"“{key}”应为0到{high}的整数", f"“{key}” must be a whole number from 0 to {high}")
        return None

    def flag(self, entry: _Entry, key: str) -> bool:
        return self.yes(key, entry.fields.get(key))

    def words(self, node: Node | None, least: int = 1) -> tuple[str, ...]:
        """Reads the words of a list, or of lists within it."""
        words: list[str] = []
        for item in self.items(node):
            if isinstance(item, Items):
                words += self.words(item, least)
            elif isinstance(item, Scalar) and len(item.text) >= least:
                words.append(item.text)
            else:
                self.find(item, f"应为{least}个字以上的文字", f"expected text of at least {least} characters")
        return tuple(words)


# ---------------------------------------------------------------- one list each


def _word(reader: _Reader, entry: _Entry, default: Word, rules: frozenset[str]) -> Word | None:
    """Reads one word; it takes rule and level of the list's first word where it names none."""
    wrong, right = reader.text(entry, "wrong", 2), reader.text(entry, "right")
    since, until = reader.number(entry, "valid_from", 0, 9999), reader.number(entry, "valid_until", 0, 9999)
    rule = reader.text(entry, "rule") or default.rule
    level = reader.text(entry, "level") if "level" in entry.fields else ""
    if rule not in rules:
        reader.find(
            entry.fields["rule"],
            f"这个字表的规则只有：{'、'.join(sorted(rules))}",
            f"the rules of this list are: {', '.join(sorted(rules))}",
        )
        return None
    if level not in ("", None, *LEVELS):
        reader.find(entry.fields["level"], f"级别只有：{'、'.join(LEVELS)}", f"the levels are: {', '.join(LEVELS)}")
        return None
    longer = reader.words(entry.fields.get("unless"), 2)
    if wrong is None or right is None or since is None or until is None or level is None:
        return None
    if wrong == right:
        reader.find(entry.fields["right"], "“right”与“wrong”相同", "“right” is the same as “wrong”")
        return None
    for text in longer:
        if wrong not in text:
            zh, en = f"“unless”的“{text}”里没有“{wrong}”", f"“{text}” under “unless” does not contain “{wrong}”"
            reader.find(entry.fields["unless"], zh, en)
            return None
    unless = tuple((text, text.index(wrong)) for text in longer)
    return Word(
        rule,
        wrong,
        right,
        LEVELS[level] if level else default.level,
        reader.text(entry, "note") or "",
        since,
        until,
        unless,
    )


def _words(reader: _Reader, node: Node, words: WordLists, shipped: tuple[Word, ...]) -> WordLists:
    """Lays a list of words over the shipped one: a word of the same rule and wording is replaced."""
    rules = frozenset(word.rule for word in shipped)
    added: list[Word] = []
    replaced: set[tuple[str, str]] = set()
    for entry in reader.entries(reader.pairs(node, {"entries"}).get("entries"), _WORDS):
        off = reader.flag(entry, "off")
        word = _word(reader, entry, shipped[0], rules)
        if word is not None and not reader.slipped(entry):
            replaced.add((word.rule, word.wrong))
            added += [] if off else [word]
    return replace(words, words=(*(word for word in words.words if (word.rule, word.wrong) not in replaced), *added))


def _phrases(reader: _Reader, node: Node, words: WordLists) -> WordLists:
    added: dict[str, Phrase | None] = {}
    for entry in reader.entries(reader.pairs(node, {"phrases"}).get("phrases"), _PHRASES):
        right = reader.text(entry, "right", 4)
        distance, since = reader.number(entry, "distance", 1, 2), reader.number(entry, "valid_from", 0, 9999)
        unless = reader.words(entry.fields.get("unless"))
        free, off = reader.flag(entry, "free_start"), reader.flag(entry, "off")
        if right is None or distance is None or since is None or reader.slipped(entry):
            continue
        if not distance or len(core(right)) <= 3 * distance:
            reader.find(
                entry.fields["right"],
                "固定表述太短，容易误报；“distance”是1或2",
                "the phrase is too short for its “distance”, which is 1 or 2",
            )
            continue
        added[right] = None if off else phrase(right, distance, since, unless, free)
    kept = tuple(item for item in words.phrases if item.text not in added)
    return replace(words, phrases=(*kept, *(item for item in added.values() if item is not None)))


def _domains(reader: _Reader, node: Node, words: WordLists) -> WordLists:
    fields = reader.pairs(node, {"offices", "public"})
    domains = {"offices": dict.fromkeys(words.domains), "public": dict.fromkeys(words.mailboxes)}
    for group, known in domains.items():
        for entry in reader.entries(fields.get(group), _DOMAINS):
            domain, off = reader.text(entry, "domain", 3), reader.flag(entry, "off")
            if domain is None or reader.slipped(entry):
                continue
            if off:
                known.pop(domain.lower(), None)
            else:
                known[domain.lower()] = None
    return replace(words, domains=tuple(domains["offices"]), mailboxes=tuple(domains["public"]))


def _script(reader: _Reader, node: Node, words: WordLists) -> WordLists:
    pairs = dict(words.script)
    listed = reader.pairs(node, {"pairs"}).get("pairs")
    for item in reader.items(listed):
        for pair in item.text.split() if isinstance(item, Scalar) else ("",):
            if len(pair) != 2 or pair[0] == pair[1]:
                reader.find(
                    item, f"“{pair}”应为两个字：繁体、规范字", f"“{pair}” must be two characters: traditional, standard"
                )
            else:
                pairs[pair[0]] = pair[1]
    return replace(words, script=pairs)


def _names(reader: _Reader, node: Node, words: WordLists) -> WordLists:
    fields = reader.pairs(node, {"before", "surnames", "compound", "given", "unlike"})
    known = words.names
    more = {key: reader.words(fields.get(key), 2) for key in ("before", "unlike")}
    compound = reader.words(fields.get("compound"), 2)
    for word in compound:
        if len(word) != 2:
            reader.find(fields["compound"], f"复姓“{word}”应为两个字", f"“{word}” must be a surname of two characters")
    characters = {key: _characters(reader, fields.get(key), getattr(known, key)) for key in ("surnames", "given")}
    return replace(
        words,
        names=Names(
            (*known.before, *more["before"]),
            characters["surnames"],
            (*known.compound, *(word for word in compound if len(word) == 2)),
            characters["given"],
            (*known.unlike, *more["unlike"]),
        ),
    )


def _characters(reader: _Reader, node: Node | None, known: str) -> str:
    if node is None:
        return known
    characters = "".join(node.text.split()) if isinstance(node, Scalar) else "?"
    if not all("一" <= character <= "鿿" for character in characters):
        reader.find(node, "应为连写的汉字", "expected Chinese characters, written together")
        return known
    return "".join(dict.fromkeys(known + characters))


_OTHERS: Mapping[str, Callable[[_Reader, Node, WordLists], WordLists]] = {
    "phrases": _phrases,
    "domains": _domains,
    "script": _script,
    "names": _names,
}


def laid_over(shipped: WordLists, lists: Mapping[str, Node]) -> tuple[WordLists, list[Finding]]:
    """Lays an office's own lists (by file name) over the shipped ones; gives the result and what is wrong with them."""
    words, findings = shipped, []
    for name, node in sorted(lists.items()):
        if name == NARRATIVE:
            continue
        reader = _Reader(f"{FOLDER}/{name}.yaml")
        if name in shipped.by_list:
            words = _words(reader, node, words, shipped.by_list[name])
        elif name in _OTHERS:
            words = _OTHERS[name](reader, node, words)
        else:
            findings.append(_unknown_list(reader.file, name, sorted((*shipped.by_list, *_OTHERS, NARRATIVE))))
        findings += reader.findings
    return words, findings


def _unknown_list(file: str, name: str, known: list[str]) -> Finding:
    message = Message(
        f"没有叫“{name}”的字表；可用：{'、'.join(known)}", f"unknown list “{name}”; the lists are: {', '.join(known)}"
    )
    return Finding("LIST-NAME", Level.ERROR, Place(file), message)
