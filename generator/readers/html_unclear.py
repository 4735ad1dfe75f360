"""Tells declarations of a web page whose effect on a figure is not worked out here: moved, turned, covered or cut text.

They make a cell doubtful; a figure is never read from text that another rule may take away.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.readers.lengths import pixels
from generator.readers.text_cleanup import of_pictures

_VARIABLE = re.compile(r"var\(\s*(--[^\s,()]{1,80})\s*(?:,((?:[^()]|\([^()]*\))*))?\)")
_NOTHING = frozenset(
    "none normal auto 0 0px 0% 1 100% initial unset revert revert-layer static relative horizontal-tb ltr".split()
)
# what moves, turns, cuts or mixes text, however it is set
_MOVING = frozenset(
    (
        "translate rotate scale zoom order offset offset-path mask mask-image "
        "-webkit-mask -webkit-mask-image mix-blend-mode "
        "-webkit-text-security writing-mode text-orientation float position baseline-shift initial-letter "
        "-webkit-text-stroke -webkit-text-stroke-width animation animation-name backdrop-filter "
        "grid-area grid-column grid-row grid-column-start grid-row-start"
    ).split()
)
_WORKED_OUT = frozenset(
    (
        "display visibility opacity font-size text-decoration text-decoration-line vertical-align text-indent "
        "left right top bottom position content-visibility color -webkit-text-fill-color background "
        "background-color width height"
    ).split()
)
_CALCULATED = re.compile(r"(?:calc|min|max|clamp|env|attr|color-mix|light-dark|if)\(|var\(")
_WIDE = {"width", "min-width"}
_FRAMED = re.compile(r"solid|dashed|dotted|double|groove|ridge|inset|outset")
_HARMLESS = frozenset(("v-cloak", "v-pre", "v-once", "v-memo"))
_SHIFTED_FORMS = re.compile(r"sups|subs|sinf|ordn|frac|afrc|\b(?:super|sub|ordinal)\b|fractions|\d{4}")
_IMAGE = re.compile(r"(?:url|image-set|gradient)\(")
_NUMBERED = re.compile(r"[\"'(]")  # an item's mark that a style sheet writes
# a shadow that is spread, or a line around, so wide that it lies over what is beside
_COVERING = re.compile(
    r"(?:\S+\s+){3}(?:[4-9]|\d{2,})(?:\.\d+)?(?:px|pt)|\d*\.?\d+(?:em|rem)|^ (?:.* )?(?:[4-9]|\d{2,})px"
)
# fonts that computers have
_INSTALLED = re.compile(
    r"(?:^|\s)['\"]?(?:宋体|仿宋|黑体|楷体|微软雅黑|simsun|nsimsun|fangsong|simhei|kaiti|microsoft|arial|helvetica|times|verdana|"
    r"tahoma|georgia|courier|calibri|segoe|pingfang|st(?:song|heiti|kaiti|fangsong|xihei)|songti|heiti|sans-serif|serif|"
    r"monospace|system-ui|-apple-system|blinkmacsystemfont|ui-sans-serif)"
)
_STILL = re.compile(r"(?:translate(?:[xyz]|3d)?\((?:0(?:px|%)?[,\s]*)+\)|scale\(1\)|rotate\(0(?:deg)?\)|\s)+")
_FILTER_KEEPS = re.compile(r"(?:(?:grayscale|sepia|drop-shadow|hue-rotate|saturate)\((?:[^()]|\([^()]*\))*\)|\s)+")


def resolved(style: Mapping[str, str], known: Mapping[str, str]) -> tuple[dict[str, str], Mapping[str, str]]:
    """Put in the values of variables: (the declarations, all variables that hold inside). One without a value counts as
    not declared, as in browsers; `var(` is left where variables lead too far."""
    own = {name: value for name, value in style.items() if name.startswith("--")}
    known = {**known, **own} if own else known
    plain = {}
    for name, text in style.items():
        if name in own:
            continue
        value = text
        for _ in range(8):
            if "var(" not in value:
                break
            value = _VARIABLE.sub(lambda match: known.get(match[1], match[2] or "").partition("!")[0], value)[:1000]
        if value.strip():
            plain[name] = value.strip()
    return plain, known


def unclear(style: Mapping[str, str], size: float) -> bool:
    """Tell declarations (variables put in) that may hide, move or replace text in a way that is not worked out."""
    if any(_CALCULATED.search(value) for name, value in style.items() if name in _WORKED_OUT):
        return True
    if style.get("mso-hide") == "all":  # hidden in Word, shown in browsers
        return True
    if "all" in style or any(value not in _NOTHING for name, value in style.items() if name in _MOVING):
        return True
    if (
        "revert-layer" in style.values()
        or style.get("scale") in ("0", "0%")
        or style.get("z-index", "").startswith("-")
    ):
        return True
    fonts = style.get("font-family", "")
    if fonts and (of_pictures(fonts) or of_pictures(fonts.rpartition(" ")[2])):
        return True
    if _SHIFTED_FORMS.search(style.get("font-feature-settings", "") + " " + style.get("font-variant", "")):
        return True
    if any(map(str.isdecimal, style.get("quotes", ""))):  # written around what is quoted
        return True
    if _IMAGE.search(style.get("content", "")) or _NUMBERED.search(_listed(style)):
        return True
    if "filter" in style and style["filter"] != "none" and not _FILTER_KEEPS.fullmatch(style["filter"]):
        return True
    if _COVERING.search(style.get("box-shadow", "") + " " + style.get("outline", "") + style.get("outline-width", "")):
        return True
    turned = style.get("transform", style.get("-webkit-transform", "none"))
    if turned not in _NOTHING and not _STILL.fullmatch(turned):
        return True
    return (
        "reverse" in style.get("flex-direction", "") + style.get("flex-wrap", "")
        or style.get("vertical-align") == "inherit"
        or _pulled(style, size)
        or _lined(style, size)
        or _cut(style, size)
    )


def remade(families: str, brought: frozenset[str]) -> bool:
    """Tell a list of fonts whose first that is there is one of pictures, or may be one that the page brings along: it
    can draw 3 as 2."""
    if of_pictures(families) or of_pictures(families.rpartition(" ")[2]):
        return True
    for name in families.split(",") if brought else ():
        family = name.strip().strip("'\"")
        if family in brought or family.rpartition(" ")[2].strip("'\"") in brought:
            return True
        if _INSTALLED.search(family):
            return False
    return False


def _listed(style: Mapping[str, str]) -> str:
    return re.sub(r"url\([^()]*\)", "", style.get("list-style", "") + style.get("list-style-type", ""))


def _pulled(style: Mapping[str, str], size: float) -> bool:
    """Tell text drawn over its neighbours or out of its place."""
    margins = " ".join(style.get(f"margin{side}", "") for side in ("", "-left", "-right", "-top", "-bottom"))
    if any((pixels(word, size) or 0) < -size / 4 for word in margins.split()):
        return True
    aside = max(abs(pixels(style.get(name, ""), size) or 0) for name in ("left", "right"))
    if style.get("position") == "relative" and aside > size / 4:
        return True
    return (pixels(style.get("letter-spacing", ""), size) or 0) < -size / 4


def _lined(style: Mapping[str, str], size: float) -> bool:
    """Tell an underline drawn through the letters it is declared for."""
    lifted = (pixels(style.get("text-underline-offset", ""), size) or 0) < -size / 8
    return lifted or (pixels(style.get("text-decoration-thickness", ""), size) or 0) > size / 4


def room(style: Mapping[str, str], size: float) -> float | None:
    """Return the width, in pixels, at which a box cuts a word that is longer; None where it does not."""
    if not any(style.get(name) in ("hidden", "clip") for name in ("overflow", "overflow-x")):
        return None
    widths = [pixels(style.get(name, ""), size) for name in ("width", "max-width")]
    return min((width for width in widths if width is not None), default=None)


def spaced(style: Mapping[str, str], size: float) -> bool:
    """Tell text with so much room beside it, or a box around it, that its digits are no part of a number next to it."""
    if _FRAMED.search(style.get("border", "")):
        return True
    if style.get("display") in ("inline-block", "inline-flex", "inline-grid") and _WIDE & style.keys():
        return True
    sides = [style.get(f"{kind}{side}", "") for kind in ("margin", "padding") for side in ("", "-left", "-right")]
    return any((pixels(word, size) or 0) > size / 3 for words in sides for word in words.split())


def parting(style: Mapping[str, str], size: float) -> str:
    """Tell how an element parts those inside it: a grid or a column into "lines", one with gaps or spread out by
    "room"."""
    display = style.get("display", "")
    if display.endswith("grid") or (display.endswith("flex") and "column" in style.get("flex-direction", "")):
        return "lines"
    wide = any((pixels(word, size) or 0) > size / 3 for word in style.get("column-gap", "").split())
    return "room" if display.endswith("flex") and (wide or "space-" in style.get("justify-content", "")) else ""


def unfinished(attributes: Mapping[str, str | None]) -> bool:
    """Tell an element that a script has still to fill, show or hide: Vue takes these attributes off when it does."""
    return any(name.startswith("v-") and name not in _HARMLESS for name in attributes)


def _cut(style: Mapping[str, str], size: float) -> bool:
    """Tell text of which a part only is shown."""
    if not any(style.get(name) in ("hidden", "clip") for name in ("overflow", "overflow-x", "overflow-y")):
        return style.get("clip", "auto") not in _NOTHING or style.get("clip-path", "none") not in _NOTHING
    extents = [pixels(style.get(name, ""), size) for name in ("width", "height", "max-width", "max-height")]
    line = style.get("line-height", "")
    return (
        any(extent is not None and extent < size * 0.6 for extent in extents)
        or bool(style.get("text-indent", "").startswith("-"))
        or line in ("0", "0px", "0%")
    )
