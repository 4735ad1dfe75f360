"""Reads what the style sheets inside a web page declare for an element: simple selectors, and only what hides or marks.

Matching is done here and within a budget, for the parser's own search takes exponential time on nested elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.finding import Message
from generator.readers.document import Unreadable
from generator.readers.html_look import Look, look_of

# what can hide or mark text; everything else in a style sheet is passed over
_RELEVANT = frozenset(
    (
        "display visibility opacity filter content-visibility mso-hide color -webkit-text-fill-color background "
        "background-color background-image bgcolor font font-size font-weight text-decoration text-decoration-line "
        "vertical-align mso-text-raise position top bottom left right text-indent clip clip-path overflow overflow-x "
        "overflow-y width height max-width max-height transform font-variant-position direction unicode-bidi content"
    ).split()
)
_PSEUDO = re.compile(r"(.*?)::?(before|after)")
_NOT_SHOWN = {
    "display": ("none",),
    "visibility": ("hidden",),
    "opacity": ("0",),
    "font-size": ("0", "0px"),
    "height": ("0", "0px"),
}
_WHILE = re.compile(r":(?:hover|focus|active|visited|target|checked|open)|::")
_PLACE = re.compile(r":[a-z-]+(?:\((?:[^()]|\([^()]*\))*\))?")
_STRING = re.compile(r'"[^"\n]*"|\'[^\'\n]*\'')
_BRACES = str.maketrans("{};", "   ")
_COMPOUND = re.compile(
    r"(\*|[a-zA-Z][\w-]*)?((?:[.#][\w\u0080-\uffff-]+|\[[\w-]+(?:[~|^$*]?=\"?[^\]\"'\[]{0,80}\"?)?\])*)"
)
_PART = re.compile(r"([.#])([\w\u0080-\uffff-]+)|\[([\w-]+)(?:([~|^$*]?)=\"?([^\]\"'\[]{0,80})\"?)?\]")
_BYTES, _RULES, _COMPOUNDS = 2_000_000, 20_000, 8
_BUDGET = 4_000_000  # comparisons of one element with one part of a selector
_PATH, _KNOWN = 50, 20_000  # how long a path may be to be remembered, and how many are
_COSTLY = Message("网页的样式太复杂，未读取", "the style sheets of the page are too complex; not read")


class Tag(NamedTuple):
    """Describes an element as selectors see it."""

    name: str
    id: str
    classes: frozenset[str]
    attributes: Mapping[str, str | None]


class _Compound(NamedTuple):
    """Holds what one element must be: `.a[b]`; `child` where it must be the child of the one before."""

    name: str
    ids: tuple[str, ...]
    classes: frozenset[str]
    attributes: tuple[tuple[str, str, str], ...]
    child: bool

    def fits(self, tag: Tag) -> bool:
        return (
            (not self.name or self.name == tag.name)
            and all(name == tag.id for name in self.ids)
            and self.classes <= tag.classes
            and all(_has(tag, *wanted) for wanted in self.attributes)
        )


def _has(tag: Tag, name: str, relation: str, wanted: str) -> bool:
    if name not in tag.attributes:
        return False
    value = tag.attributes[name] or ""
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
        case _:
            return bool(wanted) and wanted in value


class _Rule(NamedTuple):
    weight: tuple[int, int, int, int]  # ids, classes, names, and the order in the sheets
    selector: tuple[_Compound, ...]
    declarations: Mapping[str, str]


@dataclass(eq=False)
class Sheet:
    """Holds the rules of a page by what the element they are for must have."""

    by_key: dict[str, list[_Rule]] = field(default_factory=dict)
    budget: int = _BUDGET
    count: int = 0
    attributes: set[str] = field(default_factory=set)  # those that selectors ask for
    known: dict[tuple[object, ...], dict[str, str]] = field(default_factory=dict)  # by path: rows and cells repeat

    def add(self, css: str) -> None:
        """Take in the rules of one style sheet that this reader understands."""
        css = _STRING.sub(lambda match: match[0].translate(_BRACES), _uncommented(css[:_BYTES]))
        for selectors, body in _rules(css):
            declarations = declared(body)
            if not declarations:
                continue
            for text in selectors.split(","):
                element, for_element = _of_element(text.strip(), declarations)
                selector = _selector(element)
                if selector is None and _hides(for_element):
                    selector, for_element = _selector(_wider(element)), {"maybe-hidden": "1"}
                if selector is not None and for_element and self.count < _RULES:
                    self.count += 1
                    self.attributes.update(name for part in selector for name, _, _ in part.attributes)
                    rule = _Rule((*_specificity(selector), self.count), selector, for_element)
                    self.by_key.setdefault(_key(selector[-1]), []).append(rule)

    def declarations(self, path: Sequence[Tag]) -> dict[str, str]:
        """Return what the sheets declare for the last element of a path from the root; the weightiest rule wins."""
        if not self.by_key:
            return {}
        if len(path) > _PATH:
            return self._declared_for(path)
        if len(self.known) > _KNOWN:
            self.known.clear()
        asked = sorted(self.attributes)
        key = tuple(
            (tag.name, tag.id, tag.classes, *(tag.attributes.get(name, self) for name in asked)) for tag in path
        )
        if key not in self.known:
            self.known[key] = self._declared_for(path)
        return self.known[key]

    def _declared_for(self, path: Sequence[Tag]) -> dict[str, str]:
        tag = path[-1]
        keys = ["*", tag.name, *(f".{name}" for name in tag.classes), *([f"#{tag.id}"] if tag.id else [])]
        rules = [rule for key in keys for rule in self.by_key.get(key, ()) if self._fits(rule.selector, path)]
        result: dict[str, str] = {}
        for important in (False, True):
            for rule in sorted(rules, key=lambda rule: rule.weight):
                result |= {name: value for name, value in rule.declarations.items() if ("!" in value) == important}
        return result

    def _fits(self, selector: Sequence[_Compound], path: Sequence[Tag]) -> bool:
        self._spend(1)
        if not selector[-1].fits(path[-1]):
            return False
        places = [len(path) - 1]  # where the part to the right of the one looked for may be
        for right, compound in zip(reversed(selector[1:]), reversed(selector[:-1]), strict=True):
            tries = [place - 1 for place in places if place] if right.child else list(range(max(places)))
            self._spend(len(tries))
            places = [place for place in tries if compound.fits(path[place])]
            if not places:
                return False
        return True

    def _spend(self, comparisons: int) -> None:
        self.budget -= comparisons
        if self.budget < 0:
            raise Unreadable(_COSTLY)


def declared(style: str) -> dict[str, str]:
    """Read declarations that hide or mark text, names and values in lower case; `!important` stays in the value."""
    result: dict[str, str] = {}
    for declaration in style.split(";")[:200]:
        name, colon, value = declaration.partition(":")
        name, value = name.strip().lower(), value[:300].strip().lower()
        if colon and name in _RELEVANT and not ("!" in result.get(name, "") and "!" not in value):
            result[name] = value
    return result


def _of_element(selector: str, declarations: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Turn a rule for ::before or ::after into one for the element itself: what is drawn there is its `content::before`
    or `content::after`, nothing where that is not shown."""
    match = _PSEUDO.fullmatch(selector)
    if match is None:
        return selector, {name: value for name, value in declarations.items() if name != "content"}
    if "content" not in declarations or any(declarations.get(name) in unseen for name, unseen in _NOT_SHOWN.items()):
        return selector, {}
    return match[1] or "*", {f"content::{match[2]}": declarations["content"]}


def _hides(declarations: Mapping[str, str]) -> bool:
    """Tell whether declarations hide or mark text; colours are left aside, for the ground behind is set elsewhere."""
    plain = {name: value for name, value in declarations.items() if "color" not in name and name != "background"}
    look = look_of(Look(), "span", {}, plain)
    return look.hidden or look.mark is not None


def _wider(selector: str) -> str:
    """Turn a selector that asks for the place among others (`:nth-child(2)`, `:not(.a)`, `b + i`) into a wider one of
    names and classes; "" where it holds only while somebody points or types."""
    if _WHILE.search(selector):
        return ""
    return _PLACE.sub("", re.split(r"[+~]", selector)[-1]).strip() or "*"


def _uncommented(css: str) -> str:
    """Take out comments, and the marks that hide a style sheet from very old browsers."""
    parts = css.replace("<!--", " ").replace("-->", " ").split("/*")
    return " ".join([parts[0], *(part.partition("*/")[2] for part in parts[1:])])


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield (selectors, declarations) of the rules that apply on a screen, also from within `@media screen`."""
    heads: list[str] = []  # of the blocks still open
    skipped = at = 0  # how many of them do not apply
    for match in re.finditer(r"[{}]", css):
        text, at = css[at : match.start()], match.end()
        if match[0] == "{":
            heads.append(text.rpartition(";")[2].strip())
            skipped += not _applies(heads[-1])
        elif heads:
            head = heads.pop()
            if head and not head.startswith("@") and not skipped:
                yield head, text
            skipped -= not _applies(head)


def _applies(head: str) -> bool:
    """Tell a rule that applies on an ordinary screen."""
    name, _, condition = head.partition(" ")
    if not head.startswith("@") or name in ("@layer", "@supports"):
        return True
    kinds = [kind.strip().lower() for kind in condition.split(",")]
    return name == "@media" and any(kind in ("", "all", "screen", "only screen") for kind in kinds)


def _selector(text: str) -> tuple[_Compound, ...] | None:
    """Read a selector of names, classes, ids and attributes, None for any other."""
    words = text.replace(">", " > ").split()
    parts: list[_Compound] = []
    child = False
    for word in words:
        if word == ">":
            child = True
            continue
        match = _COMPOUND.fullmatch(word)
        if match is None or len(parts) == _COMPOUNDS:
            return None
        parts.append(_compound(match, child))
        child = False
    return tuple(parts) if parts and not child else None


def _compound(match: re.Match[str], child: bool) -> _Compound:
    ids: list[str] = []
    classes: set[str] = set()
    attributes: list[tuple[str, str, str]] = []
    for sign, name, attribute, relation, value in _PART.findall(match[2]):
        if sign == "#":
            ids.append(name)
        elif sign:
            classes.add(name)
        else:
            attributes.append((attribute.lower(), relation or ("=" if value else ""), value))
    name = (match[1] or "").lower().replace("*", "")
    return _Compound(name, tuple(ids), frozenset(classes), tuple(attributes), child)


def _specificity(selector: Sequence[_Compound]) -> tuple[int, int, int]:
    return (
        sum(len(part.ids) for part in selector),
        sum(len(part.classes) + len(part.attributes) for part in selector),
        sum(bool(part.name) for part in selector),
    )


def _key(compound: _Compound) -> str:
    """Return what an element must at least have to fit: an id, a class, a name, or anything."""
    if compound.ids:
        return f"#{compound.ids[0]}"
    if compound.classes:
        return f".{min(compound.classes)}"
    return compound.name or "*"
