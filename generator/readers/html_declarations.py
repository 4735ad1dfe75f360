"""Reads declarations of style sheets that hide, move or mark text, as a browser does: what is not valid is passed over.

A browser drops a declaration that it does not understand, and an earlier one holds. So a value is taken where it is
known to be valid, dropped where it is known not to be, and dropped with a doubt (`maybe-hidden`) otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

# what can hide, move or mark text; everything else in a style sheet is passed over
_RELEVANT = frozenset(
    (
        "display visibility opacity filter content-visibility mso-hide color -webkit-text-fill-color "
        "background-color background-image bgcolor font-family font-size font-weight text-decoration-line "
        "vertical-align mso-text-raise mso-list position top bottom left right text-indent clip clip-path overflow-x "
        "overflow-y width height max-width max-height transform -webkit-transform translate rotate scale "
        "zoom offset offset-path font-variant-position direction unicode-bidi content float order "
        "margin margin-left margin-right "
        "margin-top margin-bottom letter-spacing line-height flex-direction writing-mode mask mask-image -webkit-mask "
        "-webkit-mask-image mix-blend-mode -webkit-text-security text-orientation all text-shadow background-clip "
        "-webkit-background-clip -webkit-text-stroke -webkit-text-stroke-width font-variant font-feature-settings "
        "list-style list-style-type quotes baseline-shift initial-letter animation animation-name "
        "box-shadow outline outline-width backdrop-filter grid-area grid-column grid-row grid-column-start "
        "grid-row-start grid-column-end grid-row-end grid grid-template grid-template-columns grid-template-areas "
        "grid-auto-flow flex-wrap padding padding-left padding-right column-gap justify-content min-width z-index "
        "text-underline-offset text-decoration-thickness border"
    ).split()
)
# a shorthand sets each of these; its whole value stands in for theirs, and the readers of looks pick their part
_SHORTHANDS: Mapping[str, tuple[str, ...]] = {
    "font": ("font-size", "font-family", "font-weight", "line-height", "font-variant"),
    "background": ("background-color", "background-image", "background-clip"),
    "text-decoration": ("text-decoration-line",),
    "-webkit-text-decoration": ("text-decoration-line",),
    "-webkit-text-decoration-line": ("text-decoration-line",),
    "gap": ("column-gap",),
    "grid-gap": ("column-gap",),
    "grid-column-gap": ("column-gap",),
    "place-content": ("justify-content",),
    "overflow": ("overflow-x", "overflow-y"),
    "flex-flow": ("flex-direction", "flex-wrap"),
    "inset": ("top", "right", "bottom", "left"),
}
_IMPORTANT = re.compile(r"(.*?)\s*!\s*important", re.DOTALL)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)")
_PARTS = re.compile(r"""(?:"[^"]*"|'[^']*'|\([^()]*\)|[^;"'()]|["'()])*""", re.DOTALL)

_EVERYWHERE = r"inherit|initial|unset|revert|revert-layer"
_NUMBER = r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?"
_UNITS = r"px|pt|em|rem|ex|ch|%|in|cm|mm|q|pc|[dls]?v(?:w|h|min|max|i|b)|lh|rlh|cap|ic|cq(?:w|h|i|b|min|max)"
_LENGTH = rf"(?:[+-]?0+(?:\.0+)?|{_NUMBER}(?:{_UNITS}))"
_SIZE = rf"(?:{_LENGTH}|(?:xx?-)?small|medium|(?:x{{1,3}}-)?large|smaller|larger|math)"
_BOX = (
    "none|contents|block|inline|flow|flow-root|run-in|list-item|inline-block|table|inline-table|flex|inline-flex|grid|"
    "inline-grid|ruby|ruby-text|math|table-(?:row|cell|column|caption|(?:row|header|footer|column)-group)|"
    "-webkit-(?:inline-)?(?:box|flex)"
)
_LINE = (
    "none|underline|overline|line-through|blink|solid|double|dotted|dashed|wavy|auto|from-font|currentcolor|"
    rf"transparent|#[0-9a-f]{{3,8}}|black|white|red|blue|green|gray|grey|{_LENGTH}"
)
_FLOWS = "visible|hidden|clip|scroll|auto|overlay"
_EXTENT = (
    f"auto|none|{_LENGTH}|(?:-webkit-)?(?:min|max|fit)-content|stretch|-webkit-fill-available|intrinsic|min-intrinsic"
)
_VALID = {
    name: re.compile(f"(?:{pattern}|{_EVERYWHERE})")
    for names, pattern in (
        ("display", rf"(?:{_BOX})(?:\s+(?:{_BOX}))?"),
        ("visibility", "visible|hidden|collapse"),
        ("content-visibility", "visible|hidden|auto"),
        ("opacity", f"{_NUMBER}%?"),
        ("font-size", _SIZE),
        ("position", "static|relative|absolute|fixed|sticky|-webkit-sticky"),
        ("float", "none|left|right|inline-start|inline-end"),
        (
            "vertical-align",
            f"baseline|sub|super|text-top|text-bottom|middle|top|bottom|-webkit-baseline-middle|{_LENGTH}",
        ),
        ("text-decoration text-decoration-line", rf"(?:{_LINE})(?:\s+(?:{_LINE}))*"),
        ("text-indent", rf"{_LENGTH}(?:\s+(?:hanging|each-line))*"),
        ("left right top bottom", f"auto|{_LENGTH}"),
        ("overflow overflow-x overflow-y", rf"(?:{_FLOWS})(?:\s+(?:{_FLOWS}))?"),
        ("width height max-width max-height", _EXTENT),
        ("direction", "ltr|rtl"),
        ("unicode-bidi", "normal|embed|isolate|bidi-override|isolate-override|plaintext"),
        ("font-variant-position", "normal|sub|super"),
        (
            "font",
            rf"(?:[\w-]+\s+)*{_SIZE}(?:\s*/\s*(?:normal|{_NUMBER}|{_LENGTH}))?\s+[^\s/][^/]*|caption|icon|menu|"
            "message-box|small-caption|status-bar",
        ),
        ("background-clip -webkit-background-clip", "(?:border|padding|content)-box|text|border-area"),
    )
    for name in names.split()
}
_UNITLESS = frozenset("font-size left right top bottom text-indent width height max-width max-height".split())
_BARE = re.compile(_NUMBER)
_COLOURS = frozenset(("color", "background-color"))
_NO_HASH = re.compile(r"(?=[0-9a-f]*\d|f{3,6}$)[0-9a-f]{3,8}")  # fff, 123456: no name of a colour
# what is worked out later: variables when they are known, calculations never
_LATER = re.compile(r"(?:var|env|attr|calc|min|max|clamp|if|anchor|anchor-size|calc-size|random)\(")
# what browsers other than the one that shows the page know, and slips that no browser takes
_NO_BROWSER = re.compile(r"-(?:moz|ms|o|khtml)-|expression\(|progid:|[\\\t]|!|[^\x00-\x7f]|^$")


def declared(style: str, quirks: bool = True) -> dict[str, str]:
    """Read declarations that hide or mark text, names and values in lower case; an important one ends in `!important`.

    A shorthand is given as its parts. `quirks` tells a page without a doctype, where `color: fff` and `width: 5` hold.
    """
    result: dict[str, str] = {}
    for name, value in _each(style):
        important = _IMPORTANT.fullmatch(value)
        plain = important[1] if important else value
        if name.startswith("--"):
            valid: bool | None = "!" not in plain
        else:
            valid = _valid(name, plain, quirks)
        if valid is None:
            result["maybe-hidden"] = "1"
        elif valid:
            for part in _SHORTHANDS.get(name, (name,)):
                taken = f"{plain} !important" if important else plain
                if important or not result.get(part, "").endswith("!important"):
                    result[part] = taken
    return result


def _each(style: str) -> Iterator[tuple[str, str]]:
    for number, match in enumerate(_PARTS.finditer(style)):
        if number > 400:  # each is followed by an empty match
            return
        name, colon, value = match[0].partition(":")
        name, value = name.strip(), value[:300].strip()
        name = name if name.startswith("--") else _ESCAPE.sub(_character, name).lower()
        relevant = name in _RELEVANT or name in _SHORTHANDS or name.startswith("--")
        if colon and relevant:
            yield name, value.lower() if name == "content" else _ESCAPE.sub(_character, value.lower())


def _character(match: re.Match[str]) -> str:
    if match[2]:
        return match[2].lower()
    code = int(match[1], 16)
    return chr(code).lower() if 0 < code < 0x110000 else ""


def _valid(name: str, value: str, quirks: bool) -> bool | None:
    """Tell whether a browser takes a value; None where that is not known."""
    if _LATER.search(value):
        return True
    if "!" in value and name != "content":
        return False
    if name in _COLOURS and _NO_HASH.fullmatch(value):
        return quirks and len(value) in (3, 6)
    if name in _UNITLESS and _BARE.fullmatch(value) and float(value):
        return quirks
    pattern = _VALID.get(name)
    if pattern is None or pattern.fullmatch(value):
        return True
    return False if _NO_BROWSER.search(value) else None


def weighed(layers: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Lay declarations over each other, the weightier ones last; an important one is covered by no other."""
    result: dict[str, str] = {}
    for declarations in layers:
        for name, value in declarations.items():
            if value.endswith("!important") or not result.get(name, "").endswith("!important"):
                result[name] = value
    return result
