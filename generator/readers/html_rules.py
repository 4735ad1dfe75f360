"""Takes a style sheet apart into rules: blocks within blocks, layers in their order, imports, registered variables.

Nothing here asks which element a rule is for; `html_style` does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from generator.readers.html_media import applies, medium
from generator.readers.html_selectors import listed

_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'', re.DOTALL)
_OPEN = re.compile(r"[{}]")
_BRACES = str.maketrans("{};", "   ")
_NESTED, _LONG = 8, 4000  # blocks in blocks; characters of a selector made of theirs
_LIST = 100  # selectors of a block that has blocks inside
_IMPORTS = 5  # sheets that import sheets
_BYTES = 2_000_000
_LAYERS = 1000
_IMPORT = re.compile(
    r"""@import\s*(?:url\(\s*)?["']?([^"')\s;]{1,100000})["']?\s*\)?((?:[^;"'(){}]|\([^(){}]*\))*);""", re.IGNORECASE
)
_LAYERED = re.compile(r"^\s*layer\b(?:\(([^()]*)\))?", re.IGNORECASE)
_CONDITION = re.compile(r"^\s*supports\((?:[^()]|\([^()]*\))*\)", re.IGNORECASE)
_REGISTERED = re.compile(r"@property\s+(--[\w-]{1,80})\s*\{[^{}]*?initial-value\s*:\s*([^;{}]{1,300})", re.IGNORECASE)
_FONT = re.compile(r"@font-face\s*\{([^{}]*)\}", re.IGNORECASE)
_FAMILY = re.compile(r"font-family\s*:\s*[\"']?([^;{}\"']{1,200})", re.IGNORECASE)
_CHARACTERS = re.compile(r"unicode-range\s*:\s*([^;{}]{1,2000})", re.IGNORECASE)
_RANGE = re.compile(r"u\+([0-9a-f?]{1,6})(?:-([0-9a-f]{1,6}))?", re.IGNORECASE)
_DATA = re.compile(r"data:text/css[^,]{0,60},", re.IGNORECASE)
_ORDER = re.compile(r"@layer\s+([^;{}]+)$", re.IGNORECASE)
_BEFORE = re.compile(r"\s*@(?:charset|layer)\b[^;{}]*;", re.IGNORECASE)  # what may stand before an import

FindSheet = Callable[[str], bytes | None]  # an address in a page or sheet → the bytes of the sheet saved with it
Order = tuple[float, ...]  # of a layer: what is later is weightier, what is in no layer weightiest


class Rule(NamedTuple):
    """Holds one rule: its list of selectors, its declarations, whether it surely applies, and its layer's order."""

    selectors: str
    body: str
    certain: bool
    layer: Order


@dataclass
class Sheets:
    """Reads the sheets of one page one after another, for later ones continue the layers of earlier ones."""

    find: FindSheet = lambda address: None
    missing: bool = False  # whether a sheet that may apply is not here
    variables: dict[str, str] = field(default_factory=dict)  # those that have a value everywhere
    fonts: set[str] = field(default_factory=set)  # families that the page brings along and that may draw digits
    layers: dict[tuple[str, ...], Order] = field(default_factory=dict)
    unnamed: int = 0

    def rules(self, css: str, certain: bool = True) -> Iterator[Rule]:
        """Yield the rules of a sheet and of those that it imports, in their order."""
        yield from self._rules(css, certain, (), 0)

    def at(self, address: str) -> str | None:
        """Return a sheet by its address; None, and a note that one is missing, where it was not saved."""
        data = self.find(address)
        if inline := _DATA.match(address):
            data = unquote_to_bytes(address[inline.end() :])
        if data is None or (inline and ";base64" in inline[0]):
            self.missing = True
            return None
        return data[: 2 * _BYTES].decode("utf-8", "replace")

    def _rules(self, css: str, certain: bool, layer: tuple[str, ...], depth: int) -> Iterator[Rule]:
        css = uncommented(css[:_BYTES])
        css = css.lstrip()
        while match := _IMPORT.match(css) or _BEFORE.match(css):
            css = css[match.end() :].lstrip()
            if match.re is _IMPORT:
                yield from self._imported(match[1], match[2], certain, layer, depth)
            else:
                self._ordered(match[0][:-1], layer)
        css = _STRING.sub(lambda match: match[0].translate(_BRACES), css)
        self.missing = self.missing or bool(re.search(r"@import\b", css, re.IGNORECASE))
        for match in list(_REGISTERED.finditer(css))[:_LAYERS]:
            self.variables[match[1]] = match[2].strip().lower()
        self.fonts.update(family for match in list(_FONT.finditer(css))[:_LAYERS] if (family := _with_digits(match[1])))
        yield from self._blocks(css, certain, layer)

    def _imported(self, address: str, rest: str, certain: bool, layer: tuple[str, ...], depth: int) -> Iterator[Rule]:
        if layered := _LAYERED.match(rest):
            layer = self._named(layered[1] or "", layer)
            rest = rest[layered.end() :]
        if condition := _CONDITION.match(rest):
            certain, rest = False, rest[condition.end() :]
        holds = medium(rest)
        if holds is False:
            return
        css = self.at(address) if depth < _IMPORTS else None
        if css is None:
            self.missing = True
            return
        yield from self._rules(css, certain and holds is True, layer, depth + 1)

    def _blocks(self, css: str, certain: bool, layer: tuple[str, ...]) -> Iterator[Rule]:
        """Yield the rules that can apply on a screen, also from within `@media screen` and from within other rules."""
        heads: list[tuple[str, bool | None, tuple[str, ...]]] = []  # the blocks still open: head, whether it applies
        at = 0
        css += "}" * min(_NESTED, css.count("{") - css.count("}"))  # what is open at the end is closed there
        for match in _OPEN.finditer(css):
            text, at = css[at : match.start()], match.end()
            inside = heads[-1][2] if heads else layer
            before, _, head = text.rpartition(";")
            self._ordered(before if match[0] == "{" else text, inside)
            if match[0] == "{":
                yield from self._block(heads, before, certain, layer)
                head = head.strip()
                own = self._named(head[6:], inside) if head[:6].lower() == "@layer" else inside
                heads.append((head, applies(head), own))
            elif heads:
                yield from self._block(heads, text, certain, layer)
                heads.pop()
            else:
                at = match.start()  # it spoils the selector that follows

    def _block(
        self,
        heads: Sequence[tuple[str, bool | None, tuple[str, ...]]],
        text: str,
        certain: bool,
        layer: tuple[str, ...],
    ) -> Iterator[Rule]:
        if not text.strip() or not 0 < len(heads) <= _NESTED:
            return
        answers = [answer for _, answer, _ in heads]
        nested = [head for head, _, _ in heads if not head.startswith("@")]
        whole = _within(nested) if False not in answers and nested else ""
        if whole:
            yield Rule(whole, text, certain and None not in answers, self._order(heads[-1][2] if heads else layer))

    def _ordered(self, text: str, inside: tuple[str, ...]) -> None:
        """Note the order of layers that statements give (`@layer base, page;`)."""
        for statement in text.split(";") if "@layer" in text.lower() else ():
            if order := _ORDER.search(statement.strip()):
                for name in order[1].split(","):
                    self._named(name, inside)

    def _named(self, text: str, inside: tuple[str, ...]) -> tuple[str, ...]:
        """Return a layer by its name (`a.b`) within another; one without a name is another each time."""
        name = text.strip()
        if len(inside) >= _NESTED or len(self.layers) >= _LAYERS:
            return inside
        if not name:
            self.unnamed += 1
            name = f"?{self.unnamed}"
        path = inside
        for part in name.split(".")[:_NESTED]:
            path = (*path, part.strip())
            self._order(path)
        return path

    def _order(self, path: tuple[str, ...]) -> Order:
        if not path:
            return (inf,)
        if path not in self.layers:
            above = self._order(path[:-1])[:-1] if len(path) > 1 else ()
            self.layers[path] = (*above, float(len(self.layers)), inf)
        return self.layers[path]


def _with_digits(font: str) -> str:
    """Return the family of an @font-face whose file may draw digits, "" for one that names installed fonts only."""
    family, characters = _FAMILY.search(font), _CHARACTERS.search(font)
    if family is None or "url(" not in font.lower():
        return ""
    if characters is not None and not any(
        int(match[1].replace("?", "0"), 16) <= ord("9") and int(match[2] or match[1].replace("?", "f"), 16) >= ord("0")
        for match in _RANGE.finditer(characters[1])
    ):
        return ""
    return family[1].strip().lower()


def _within(nested: Sequence[str]) -> str:
    """Return the selectors of a block within others, "" where they get too long."""
    whole = nested[0]
    for head in nested[1:]:
        parts = listed(head) if len(head) < _LONG else []
        if not parts or len(parts) > _LIST or len(whole) * (len(parts) + head.count("&")) > _LONG:
            return ""
        around = f":is({whole})"
        whole = ", ".join(part.replace("&", around) if "&" in part else f"{around} {part}" for part in parts)
    return whole


def uncommented(css: str) -> str:
    """Take out comments, and the marks that hide a style sheet from very old browsers."""
    parts = css.replace("<!--", " ").replace("-->", " ").split("/*")
    return " ".join([parts[0], *(part.partition("*/")[2] for part in parts[1:])])
