"""Reads what the style sheets inside a web page declare for an element, only what hides, moves or marks text.

What a selector asks of elements is compared here and within a budget; their place among others is looked up by lexbor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from generator.finding import Message
from generator.readers.document import Unreadable
from generator.readers.html_look import Look, look_of
from generator.readers.html_media import applies
from generator.readers.html_selectors import Step, Tag, listed, selector, specificity, wider

# what can hide, move or mark text; everything else in a style sheet is passed over
_RELEVANT = frozenset(
    (
        "display visibility opacity filter content-visibility mso-hide color -webkit-text-fill-color background "
        "background-color background-image bgcolor font font-family font-size font-weight text-decoration "
        "text-decoration-line vertical-align mso-text-raise position top bottom left right inset text-indent clip "
        "clip-path overflow "
        "overflow-x overflow-y width height max-width max-height transform -webkit-transform translate rotate scale "
        "zoom font-variant-position direction unicode-bidi content float order margin margin-left margin-right "
        "margin-top margin-bottom letter-spacing line-height flex-direction writing-mode mask mask-image -webkit-mask "
        "-webkit-mask-image mix-blend-mode -webkit-text-security text-orientation all"
    ).split()
)
_DRAWN = re.compile(r"(.*?)::?(before|after)", re.DOTALL)
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
_STRING = re.compile(r'"[^"\n]*"|\'[^\'\n]*\'')
_BRACES = str.maketrans("{};", "   ")
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)")
_BYTES, _RULES, _SEARCHES = 2_000_000, 20_000, 2000
_NESTED, _LONG = 8, 4000  # blocks in blocks; characters of a selector made of theirs
_LIST = 100_000  # characters of a list of selectors
_BUDGET = 4_000_000  # comparisons of one element with one part of a selector
_PATH, _KNOWN = 50, 20_000  # how long a path may be to be remembered, and how many are
_MAYBE = {"maybe-hidden": "1"}
_COSTLY = Message("网页的样式太复杂，未读取", "the style sheets of the page are too complex; not read")


class _Rule(NamedTuple):
    weight: tuple[int, int, int, int]  # ids, classes, names, and the order in the sheets
    selector: tuple[Step, ...]
    declarations: Mapping[str, str]


@dataclass(eq=False)
class Sheet:
    """Holds the rules of a page by what the element they are for must have."""

    tree: LexborHTMLParser | None = None  # in which places are looked up
    by_key: dict[str, list[_Rule]] = field(default_factory=dict)
    budget: int = _BUDGET
    count: int = 0
    partly: bool = False  # whether it imports sheets that are not here
    attributes: set[str] = field(default_factory=set)  # those that selectors ask for
    searched: dict[str, bool] = field(default_factory=dict)  # steps looked up, and whether lexbor knows such
    places: dict[int, frozenset[str]] = field(default_factory=dict)  # node → the steps that it fits
    known: dict[tuple[object, ...], dict[str, str]] = field(default_factory=dict)  # by path: rows and cells repeat

    def add(self, css: str, certain: bool = True) -> None:
        """Take in the rules of one style sheet; it may apply or not unless `certain`."""
        css = _STRING.sub(lambda match: match[0].translate(_BRACES), _uncommented(css[:_BYTES]))
        self.partly = self.partly or "@import" in css
        for selectors, body, surely in _rules(css):
            declarations = declared(body)
            for text in listed(selectors) if declarations and len(selectors) < _LIST else ():
                self._add(text, declarations, surely and certain)

    def _add(self, text: str, declarations: dict[str, str], certain: bool) -> None:
        element, for_element = _of_element(_NOT_POINTING.sub("", text) or (text and "*"), declarations)
        if len(text) > _LONG or _WHILE.search(element) or not for_element:
            return
        steps = selector(element, self._look_up)
        if steps is None:
            steps, certain = selector(wider(element)), False
        if not certain:
            for_element = dict(_MAYBE) if _alters(for_element) else {}
        if steps is not None and for_element and self.count < _RULES:
            self.count += 1
            self.attributes.update(name for step in steps for name, _, _ in step.attributes)
            rule = _Rule((*specificity(element), self.count), steps, for_element)
            self.by_key.setdefault(steps[-1].key, []).append(rule)

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
        result: dict[str, str] = {}
        for important in (False, True):
            for rule in sorted(rules, key=lambda rule: rule.weight):
                result |= {name: value for name, value in rule.declarations.items() if ("!" in value) == important}
        return result

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


def declared(style: str) -> dict[str, str]:
    """Read declarations that hide or mark text, names and values in lower case; `!important` stays in the value."""
    result: dict[str, str] = {}
    for declaration in style.split(";")[:200]:
        name, colon, value = declaration.partition(":")
        name, value = name.strip(), value[:300].strip().lower()
        name = name if name.startswith("--") else _ESCAPE.sub(_character, name).lower()
        value = value if name == "content" else _ESCAPE.sub(_character, value)
        relevant = name in _RELEVANT or name.startswith("--")
        if colon and relevant and not ("!" in result.get(name, "") and "!" not in value):
            result[name] = value
    return result


def _character(match: re.Match[str]) -> str:
    if match[2]:
        return match[2].lower()
    code = int(match[1], 16)
    return chr(code).lower() if 0 < code < 0x110000 else ""


def _of_element(text: str, declarations: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Turn a rule for ::before or ::after into one for the element itself: what is drawn there is its `content::before`
    or `content::after`, nothing where that is not shown. One for ::first-letter may hide a digit."""
    if match := _BEGINNING.fullmatch(text):
        return match[1] or "*", dict(_MAYBE) if _alters(declarations) else {}
    match = _DRAWN.fullmatch(text)
    if match is None:
        return text, {name: value for name, value in declarations.items() if name != "content"}
    if "content" not in declarations or any(declarations.get(name) in unseen for name, unseen in _NOT_SHOWN.items()):
        return text, {}
    return match[1] or "*", {f"content::{match[2]}": declarations["content"]}


def _alters(declarations: Mapping[str, str]) -> bool:
    """Tell whether declarations hide, mark or draw text on ordinary ground, or may show what others hide."""
    look = look_of(Look(), "span", {}, declarations)
    drawn = look.hidden or look.mark is not None or look.maybe or look.before or look.after
    return bool(drawn) or any(name in declarations for name in ("display", "visibility", "opacity"))


def _uncommented(css: str) -> str:
    """Take out comments, and the marks that hide a style sheet from very old browsers."""
    parts = css.replace("<!--", " ").replace("-->", " ").split("/*")
    return " ".join([parts[0], *(part.partition("*/")[2] for part in parts[1:])])


def _rules(css: str) -> Iterator[tuple[str, str, bool]]:
    """Yield (selectors, declarations, whether they surely apply) of the rules that can apply on a screen, also from
    within `@media screen` and from within other rules."""
    heads: list[tuple[str, bool | None]] = []  # of the blocks still open, and whether they apply
    at = 0
    for match in re.finditer(r"[{}]", css):
        text, at = css[at : match.start()], match.end()
        before, _, head = text.rpartition(";")
        if match[0] == "{":
            yield from _block(heads, before)
            heads.append((head.strip(), applies(head.strip())))
        elif heads:
            yield from _block(heads, text)
            heads.pop()


def _block(heads: Sequence[tuple[str, bool | None]], text: str) -> Iterator[tuple[str, str, bool]]:
    if not text.strip() or not 0 < len(heads) <= _NESTED:
        return
    answers = [answer for _, answer in heads]
    if False in answers:
        return
    nested = [head for head, _ in heads if not head.startswith("@")]
    if nested:
        whole = nested[0]
        for head in nested[1:]:
            if len(whole) * (1 + head.count("&")) > _LONG:
                return
            whole = head.replace("&", f":is({whole})") if "&" in head else f":is({whole}) {head}"
        yield whole, text, None not in answers
