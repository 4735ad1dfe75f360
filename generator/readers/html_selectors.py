"""Reads selectors of style sheets: what a step asks of an element is compared here, its place among others by lexbor.

lexbor's own search takes exponential time on nested elements, so it is asked for one step at a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

_TOKEN = re.compile(r"""\\[0-9a-fA-F]{1,6}\s?|\\.|"[^"]*"|'[^']*'|[(){}\[\],]|\s*([>+~])\s*|\s+|.""", re.DOTALL)
_VALUE = r"""(?:([~|^$*]?)=(?:"([^\]"'\[]{0,80})"|([^\s\]"'\[]{0,80})))?"""
_COMPOUND = re.compile(rf"(\*|[a-zA-Z][\w-]*)?((?:[.#][\w\u0080-\uffff-]+|\[[\w-]+{_VALUE}\])*)")
_PART = re.compile(rf"([.#])([\w\u0080-\uffff-]+)|\[([\w-]+){_VALUE}\]")
_NAME = r"(?:[\w\u0080-\uffff-]|\\.)+"
_SPECIFIC = re.compile(rf":(is|not|has|where|matches|any)?({_NAME})?(\()?|([#.]){_NAME}|(\[)|({_NAME})")
_PSEUDO = re.compile(r":[a-z-]+(?:\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))?")
_STEPS, _SIBLINGS, _LONGEST, _INNER = 8, 2, 300, 3

# attributes of HTML whose values selectors compare without minding the case
_ANY_CASE = frozenset(
    (
        "align alink axis bgcolor charset checked clear color compact declare defer dir direction disabled "
        "enctype face frame hreflang http-equiv lang language link media method multiple nohref noresize "
        "noshade nowrap readonly rel rev rules scope scrolling selected shape target text type valign "
        "valuetype vlink"
    ).split()
)

PlacesOf = Callable[[str], bool]  # a step that asks for a place → whether lexbor can look for it


class Tag(NamedTuple):
    """Describes an element as selectors see it; `places` are the steps that lexbor found it to fit."""

    name: str
    id: str
    classes: frozenset[str]
    attributes: Mapping[str, str | None]
    places: frozenset[str] = frozenset()


class Step(NamedTuple):
    """Holds what one element must be: `.a[b]`; `child` where it must be the child of the one before."""

    name: str
    ids: tuple[str, ...]
    classes: frozenset[str]
    attributes: tuple[tuple[str, str, str], ...]
    child: bool
    place: str = ""

    def fits(self, tag: Tag) -> bool:
        if self.place:
            return self.place in tag.places
        return (
            (not self.name or self.name == tag.name)
            and all(name == tag.id for name in self.ids)
            and self.classes <= tag.classes
            and all(_has(tag, *wanted) for wanted in self.attributes)
        )

    @property
    def key(self) -> str:
        """What an element must at least have to fit: an id, a class, a name, or anything."""
        if self.ids:
            return f"#{self.ids[0]}"
        if self.classes:
            return f".{min(self.classes)}"
        return self.name or "*"


def _has(tag: Tag, name: str, relation: str, wanted: str) -> bool:
    if name not in tag.attributes:
        return False
    value = tag.attributes[name] or ""
    if name in _ANY_CASE:
        value, wanted = value.lower(), wanted.lower()
    match relation:
        case "":
            return True
        case "=":
            return value == wanted
        case "~":
            return wanted in value.split()
        case "^":
            return bool(wanted) and value.startswith(wanted)
        case "$":
            return bool(wanted) and value.endswith(wanted)
        case "|":
            return value == wanted or value.startswith(wanted + "-")
        case _:
            return bool(wanted) and wanted in value


def listed(text: str) -> list[str]:
    """Split a list of selectors at its own commas, not at those of `:is(a, b)`."""
    parts = [""]
    for token, _, depth in _tokens(text):
        if token == "," and not depth:
            parts.append("")
        else:
            parts[-1] += token
    return [part.strip() for part in parts]


def selector(text: str, places: PlacesOf = lambda step: False, fold: bool = False) -> tuple[Step, ...] | None:
    """Read a selector; None for one that neither this reader nor lexbor follows. `fold` makes names of classes and ids
    small letters, as Tag has them then: a page without a doctype does not mind their case."""
    steps = _split(text.strip())
    if not 0 < len(steps) <= _STEPS:
        return None
    read = [_step(step, child, places) for step, child in steps]
    found = tuple(step for step in read if step is not None)
    if len(found) < len(read):
        return None
    return tuple(_folded(step) for step in found) if fold else found


def _folded(step: Step) -> Step:
    ids = tuple(name.lower() for name in step.ids)
    return step._replace(ids=ids, classes=frozenset(name.lower() for name in step.classes))


def wider(text: str) -> str:
    """Turn a selector that cannot be followed into a wider one of names and classes; "" for one that is broken."""
    steps = _split(text.strip())
    if not all(step for step, _ in steps):
        return ""  # no browser follows it
    last = re.split(r"[+~]", steps[-1][0])[-1]
    bare = _PSEUDO.sub("", last)
    return bare if bare and _COMPOUND.fullmatch(bare) else "*"


def specificity(text: str) -> tuple[int, int, int]:
    """Count ids, classes and names of a selector as CSS does: `:is`, `:not`, `:has` by their weightiest."""
    counts = [0, 0, 0]
    at = 0
    while match := _SPECIFIC.search(text, at):
        at = match.end()
        if match[0].startswith(":"):
            inner = ""
            if match[3]:
                inner = _inside(text, at)
                at += len(inner) + 1
            if match[1] in ("is", "not", "has", "matches", "any") and not match[2]:
                most = max((specificity(part) for part in listed(inner)), default=(0, 0, 0))
                counts = [one + other for one, other in zip(counts, most, strict=True)]
            elif match[1] != "where" and match[0] != ":":
                counts[1] += 1
        elif match[5]:
            at += len(_inside(text, at)) + 1
            counts[1] += 1
        else:
            counts[{"#": 0, ".": 1}.get(match[4] or "", 2)] += 1
    return counts[0], counts[1], counts[2]


def _inside(text: str, start: int) -> str:
    """Return what stands between a bracket, which ends before `start`, and the one that closes it."""
    inner = ""
    for token, _, depth in _tokens(text[start:]):
        if depth < 0:
            break
        inner += token
    return inner


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield (token, its combinator, how many brackets are open)."""
    depth = 0
    for match in _TOKEN.finditer(text):
        depth -= match[0] in (")", "]")
        yield match[0], match[1] or "", depth
        depth += match[0] in ("(", "[")


def _split(text: str) -> list[tuple[str, bool]]:
    """Split a selector into (step, whether it must be a child of the one before); siblings stay in one step."""
    steps: list[tuple[str, bool]] = [("", False)]
    for token, sign, depth in _tokens(text):
        if depth or not (sign or token.isspace()):
            steps[-1] = (steps[-1][0] + token, steps[-1][1])
        elif sign in ("+", "~"):
            steps[-1] = (steps[-1][0] + sign, steps[-1][1])
        else:
            steps.append(("", sign == ">"))
    return steps


def _step(text: str, child: bool, places: PlacesOf) -> Step | None:
    match = _COMPOUND.fullmatch(text)
    if match is not None and text:
        return _plain(match, child)
    text = re.sub(r"\[\s*[\w-]+", lambda match: match[0].lower(), text)  # lexbor minds the case of attributes
    costly = len(text) > _LONGEST or len(re.findall(r"[+~]", text)) > _SIBLINGS or len(text.split()) > _INNER
    if not text or costly or not places(text):
        return None
    least = _COMPOUND.fullmatch(wider(text))
    return _plain(least, child)._replace(place=text) if least is not None else None


def _plain(match: re.Match[str], child: bool) -> Step:
    ids: list[str] = []
    classes: set[str] = set()
    attributes: list[tuple[str, str, str]] = []
    for sign, name, attribute, relation, quoted, bare in _PART.findall(match[2]):
        if sign == "#":
            ids.append(name)
        elif sign:
            classes.add(name)
        else:
            value = quoted or bare
            attributes.append((attribute.lower(), relation or ("=" if value else ""), value))
    name = (match[1] or "").lower().replace("*", "")
    return Step(name, tuple(ids), frozenset(classes), tuple(attributes), child)
