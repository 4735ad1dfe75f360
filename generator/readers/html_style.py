"""Reads what the style sheets inside a web page declare for an element, only what hides, moves or marks text.

What a selector asks of elements is compared here and within a budget; their place among others is looked up by lexbor.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from generator.finding import Message
from generator.readers.document import Unreadable
from generator.readers.html_declarations import declared, weighed
from generator.readers.html_look import Look, look_of
from generator.readers.html_rules import Order, Rule, Sheets
from generator.readers.html_selectors import Step, Tag, listed, selector, specificity, wider
from generator.readers.html_unclear import unclear

_DRAWN = re.compile(r"(.*?)(?:::?(before|after)|::(marker))", re.DOTALL)
_BEGINNING = re.compile(r"(.*?)::?first-(?:letter|line)", re.DOTALL)
_NOT_SHOWN = {
    "display": ("none",),
    "visibility": ("hidden",),
    "opacity": ("0",),
    "font-size": ("0", "0px"),
    "height": ("0", "0px"),
}
_POINTING = r":(?:hover|focus(?:-within|-visible)?|active|visited|target|autofill|-webkit-autofill|fullscreen)\b"
_NOT_POINTING = re.compile(rf":not\(\s*{_POINTING}\s*\)")
_WHILE = re.compile(rf"{_POINTING}|::")
_KNOWN_PARTS = re.compile(
    r"::(?:-webkit-[\w-]+|before|after|first-letter|first-line|selection|marker|placeholder|backdrop|file-selector-button|cue|part|slotted|highlight|"
    r"details-content|target-text|(?:spelling|grammar)-error|view-transition[\w-]*|scroll-[\w-]+)"
)
_RULES, _SEARCHES, _LONG = 20_000, 2000, 4000
_LIST = 100_000  # characters of a list of selectors
_BUDGET = 4_000_000  # comparisons of one element with one part of a selector
_PATH, _KNOWN = 50, 20_000  # how long a path may be to be remembered, and how many are
_MAYBE = {"maybe-hidden": "1"}
_OTHERWISE = {"maybe-shown": "1"}  # it may undo what others hide or mark
_COSTLY = Message("网页的样式太复杂，未读取", "the style sheets of the page are too complex; not read")


class _Rule(NamedTuple):
    layer: Order
    weight: tuple[int, int, int, int]  # ids, classes, names, and the order in the sheets
    selector: tuple[Step, ...]
    declarations: Mapping[str, str]


class _Selector(NamedTuple):
    """Holds one selector of a rule's list; `unknown` where browsers may not know it, `broken` where none does."""

    selector: tuple[Step, ...]
    text: str
    declarations: dict[str, str]
    unknown: bool = False
    broken: bool = False


@dataclass(eq=False)
class Sheet:
    """Holds the rules of a page by what the element they are for must have."""

    tree: LexborHTMLParser | None = None  # in which places are looked up
    quirks: bool = False  # a page without a doctype: classes and ids in any case
    sheets: Sheets = field(default_factory=Sheets)
    by_key: dict[str, list[_Rule]] = field(default_factory=dict)
    budget: int = _BUDGET
    count: int = 0
    attributes: set[str] = field(default_factory=set)  # those that selectors ask for
    searched: dict[str, bool] = field(default_factory=dict)  # steps looked up, and whether lexbor knows such
    places: dict[int, frozenset[str]] = field(default_factory=dict)  # node → the steps that it fits
    known: dict[tuple[object, ...], dict[str, str]] = field(default_factory=dict)  # by path: rows and cells repeat

    def add(self, css: str, certain: bool = True) -> None:
        """Take in the rules of one style sheet; it may apply or not unless `certain`."""
        for rule in self.sheets.rules(css, certain):
            declarations = declared(rule.body, self.quirks)
            if declarations and len(rule.selectors) < _LIST:
                self._add_list(listed(rule.selectors), declarations, rule)

    def _add_list(self, texts: Sequence[str], declarations: dict[str, str], rule: Rule) -> None:
        """Take in a rule for each of its selectors. One that browsers do not know makes them drop the whole rule."""
        made = [self._steps(text, declarations) for text in texts]
        if any(one.broken for one in made):
            return
        unknown = len(made) > 1 and any(one.unknown for one in made)
        for text, one in zip(texts, made, strict=True):
            if one.selector and len(text) <= _LONG:
                self._add(one, rule, rule.certain and not unknown and not one.unknown)

    def _steps(self, text: str, declarations: dict[str, str]) -> _Selector:
        element, for_element = _of_element(_NOT_POINTING.sub("", text) or (text and "*"), declarations)
        if _WHILE.search(element):
            return _Selector((), "", {}, unknown="::" in element and not _KNOWN_PARTS.search(element))
        steps = selector(element, self._look_up, self.quirks)
        if steps is not None:
            return _Selector(steps if for_element else (), element, for_element)
        bare = wider(element)
        steps = selector(bare, fold=self.quirks) if bare and for_element else None
        return _Selector(steps or (), element, for_element, unknown=True, broken=not bare)

    def _add(self, made: _Selector, rule: Rule, certain: bool) -> None:
        declarations = made.declarations
        if not certain:
            declarations = dict(_MAYBE if _alters(declarations) else _OTHERWISE)
        if self.count < _RULES:
            self.count += 1
            self.attributes.update(name for step in made.selector for name, _, _ in step.attributes)
            weight = *specificity(made.text), self.count
            kept = _Rule(rule.layer, weight, made.selector, declarations)
            self.by_key.setdefault(made.selector[-1].key, []).append(kept)

    def _look_up(self, step: str) -> bool:
        """Find the elements that a step fits which asks for their place; False where lexbor does not know such."""
        if step not in self.searched:
            try:
                found = self.tree.css(step) if self.tree is not None and len(self.searched) < _SEARCHES else None
            except SelectolaxError:
                found = None
            self.searched[step] = found is not None
            self._spend(len(found or ()))
            for node in found or ():
                self.places[node.mem_id] = self.places.get(node.mem_id, frozenset()) | {step}
        return self.searched[step]

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
            (tag.name, tag.id, tag.classes, tag.places, *(tag.attributes.get(name, self) for name in asked))
            for tag in path
        )
        if key not in self.known:
            self.known[key] = self._declared_for(path)
        return self.known[key]

    def _declared_for(self, path: Sequence[Tag]) -> dict[str, str]:
        tag = path[-1]
        keys = ["*", tag.name, *(f".{name}" for name in tag.classes), *([f"#{tag.id}"] if tag.id else [])]
        rules = [rule for key in keys for rule in self.by_key.get(key, ()) if self._fits(rule.selector, path)]
        usual = sorted(rules, key=lambda rule: (rule.layer, rule.weight))
        important = sorted(rules, key=lambda rule: ([-number for number in rule.layer], rule.weight))
        return weighed([*(rule.declarations for rule in usual), *(_important(rule) for rule in important)])

    def _fits(self, selector: Sequence[Step], path: Sequence[Tag]) -> bool:
        self._spend(1)
        if not selector[-1].fits(path[-1]):
            return False
        places = [len(path) - 1]  # where the part to the right of the one looked for may be
        for right, step in zip(reversed(selector[1:]), reversed(selector[:-1]), strict=True):
            tries = [place - 1 for place in places if place] if right.child else list(range(max(places)))
            self._spend(len(tries))
            places = [place for place in tries if step.fits(path[place])]
            if not places:
                return False
        return True

    def _spend(self, comparisons: int) -> None:
        self.budget -= comparisons
        if self.budget < 0:
            raise Unreadable(_COSTLY)


def _important(rule: _Rule) -> dict[str, str]:
    """Return what a rule declares as important; among these the earlier layer is the weightier."""
    return {name: value for name, value in rule.declarations.items() if value.endswith("!important")}


def _of_element(text: str, declarations: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Turn a rule for ::before or ::after into one for the element itself: what is drawn there is its `content::before`
    or `content::after`, nothing where that is not shown. One for ::first-letter may hide a digit."""
    if match := _BEGINNING.fullmatch(text):
        return match[1] or "*", dict(_MAYBE) if _alters(declarations) else {}
    match = _DRAWN.fullmatch(text)
    if match is None:
        return text, {name: value for name, value in declarations.items() if name != "content" or "(" in value}
    if "content" not in declarations or any(declarations.get(name) in unseen for name, unseen in _NOT_SHOWN.items()):
        return f"::{match[2] or match[3]}", {}
    drawn = {f"content::{match[2] or 'before'}": declarations["content"]}  # a marker stands before its item
    placed = declarations.get("position", "static") not in ("static", "relative") or unclear(declarations, Look().size)
    return match[1] or "*", drawn | (_MAYBE if placed else {})  # a line or a patch over the text


def _alters(declarations: Mapping[str, str]) -> bool:
    """Tell whether declarations hide, mark or draw text on ordinary ground, or may show what others hide."""
    look = look_of(Look(), "span", {}, declarations)
    drawn = look.hidden or look.mark is not None or look.maybe or look.before or look.after
    return bool(drawn) or any(name in declarations for name in ("display", "visibility", "opacity"))
