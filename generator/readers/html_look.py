"""Works out how text on a web page looks: struck out, raised, lowered, or not to be seen at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generator.readers.colours import BLACK, WHITE, Colour, clear, legacy, mixed, named, unseen
from generator.readers.document import Mark
from generator.readers.html_drawn import content_text
from generator.readers.html_unclear import parting, remade, resolved, room, spaced, unclear, unfinished
from generator.readers.lengths import pixels

_STRIKING = {"s": Mark.STRUCK, "strike": Mark.STRUCK, "del": Mark.DELETED}
_SHIFTING = {"sup": Mark.RAISED, "sub": Mark.LOWERED, "rt": Mark.RUBY, "rtc": Mark.RUBY}
_CELLS = frozenset("table thead tbody tfoot tr td th caption col colgroup".split())
_KEYWORDS = {"xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "large": 18, "x-large": 24, "xx-large": 32}
_FONT_TAG = {"1": 10.0, "2": 13.0, "3": 16.0, "4": 18.0, "5": 24.0, "6": 32.0, "7": 48.0}
_NOTHING = ("none", "transparent", "inherit", "initial", "unset", "0")  # backgrounds that paint nothing
_KEPT = ("inherit", "currentcolor", "unset", "revert", "revert-layer")
_VISIBLE = {"hidden": False, "collapse": False, "visible": True, "initial": True}
_APART = re.compile(r"(?:-webkit-)?(?:block|flex|grid|box|table|list-item|flow-root)")
_PAINTED = re.compile(r"(?:url|image|image-set|cross-fade|element|paint|gradient)\(")
_IN_FONT = re.compile(r"(?:^|\s)([\d.]+(?:px|pt|em|rem|%)?|[a-z-]*(?:small|large|medium))(?:\s*/\s*\S+)?\s+\S")
_SHOWING = (
    "maybe-shown",
    "text-shadow",
    "background-clip",
    "-webkit-background-clip",
    "-webkit-text-stroke",
    "box-shadow",
)
_BOXES = frozenset(
    (
        "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer "
        "form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary ul table caption td th img input "
        "button"
    ).split()
)
_SIZES_OF_TAGS = {**dict.fromkeys(("sup", "sub", "small"), 0.83), "big": 1.2, **dict.fromkeys(("rt", "rtc"), 0.5)}
_SMALLEST = 2.5  # pixels; what is smaller is a dot on any screen
_FAR = 500  # pixels outside the page
_CLIPPED = re.compile(r"rect\((?:[01](?:px)?[,\s]*){4}\)|inset\((?:50|100)%|circle\(0|polygon\(0 0\s*,\s*0 0")
_SCALED = re.compile(r"scale[xy]?\(0(?:\.0\d*)?[,)]")
_FILTERED = re.compile(r"opacity\(0(?:\.0\d*)?%?\)|opacity=0\b")


@dataclass(frozen=True, slots=True)
class Look:
    """Holds how the text of an element looks; `ground` is the colour behind it, None when that is not known."""

    bold: bool = False
    mark: Mark | None = None
    visible: bool = True
    gone: bool = False  # the whole element, whatever is inside it
    size: float = 16.0
    ink: Colour | None = BLACK
    ground: Colour | None = WHITE
    flat: bool = False  # ink without any opacity
    maybe: bool = False  # it may not be seen as it is, by a rule that this reader does not follow
    painted: bool = False  # on a picture or a run of colours
    opacity: float = 1.0
    filled: bool = False  # ink set by a fill, which no colour covers
    apart: bool = False  # on lines of its own, whatever kind of element it is
    spaced: bool = False  # with room beside it
    room: float | None = None  # pixels, beyond which a word is cut
    parting: str = ""  # how it lays out the elements inside: "lines" or "room" between them
    variables: Mapping[str, str] = field(default_factory=dict)
    fonts: frozenset[str] = frozenset()  # those that the page brings along
    remade: bool = False  # in one of them, which may draw a digit as another
    before: str = ""  # what a style sheet draws before and after the text of this element
    after: str = ""

    @property
    def hidden(self) -> bool:
        """Tell text that nobody sees."""
        faint = self.opacity < 1 and unseen(mixed(self.ink, self.ground, self.opacity), self.ground)
        return (
            self.gone
            or not self.visible
            or self.flat
            or self.size < _SMALLEST
            or faint
            or unseen(self.ink, self.ground)
        )

    def cuts(self, text: str) -> bool:
        """Tell a figure of which a box shows the first digits only; a digit takes half its height."""
        word = text.strip()
        return self.room is not None and word.isdecimal() and len(word) * self.size / 2 > self.room


def look_of(outer: Look, tag: str, attributes: Mapping[str, str | None], style: Mapping[str, str]) -> Look:
    """Return the look inside an element, given that around it, its attributes and what is declared for it."""
    style = {name: value.removesuffix("!important").strip() for name, value in style.items()}
    if (attributes.get("hidden") or "").strip().lower() == "until-found":
        style = {"content-visibility": "hidden", "display": "inline"} | style
    style, variables = resolved(style, outer.variables)
    if tag == "font" and (face := (attributes.get("face") or "").strip().lower()):
        style = {"font-family": face} | style
    if tag == "bdo" and (attributes.get("dir") or "").strip().lower() == "rtl":
        style = {"direction": "rtl", "unicode-bidi": "bidi-override"} | style
    size = _size(outer.size, tag, attributes, style)
    box = _is_box(tag, style)
    gone = _gone(attributes, style, size, box)
    backwards = style.get("direction") == "rtl" or (attributes.get("dir") or "").strip().lower() == "rtl"
    look = replace(
        outer,
        bold=outer.bold or tag in ("b", "strong") or bool(re.match(r"bold|[6-9]00", style.get("font-weight", ""))),
        size=size,
        mark=_mark(outer, size, tag, style),
        visible=_VISIBLE.get(style.get("visibility", ""), outer.visible),
        gone=outer.gone or gone,
        opacity=outer.opacity * _opacity(style),
        maybe=outer.maybe
        or "maybe-hidden" in style
        or unfinished(attributes)
        or (not gone and (backwards or unclear(style, size) or (not box and _gone(attributes, style, size, True)))),
        apart=outer.parting == "lines" or bool(_APART.match(style.get("display", ""))),
        spaced=outer.parting == "room" or (tag not in _CELLS and spaced(style, size)),
        room=None if tag in _CELLS else _room(outer, style, size, box),
        parting=parting(style, size),
        variables=variables,
        remade=remade(style["font-family"], outer.fonts) if "font-family" in style else outer.remade,
        before=content_text(style.get("content::before", ""), attributes),
        after=content_text(style.get("content::after", ""), attributes),
    )
    look = _coloured(look, tag, attributes, style)
    if (look.hidden or look.mark) and any(_may_show(style, name) for name in _SHOWING):
        return replace(look, maybe=True)
    return look


def _may_show(style: Mapping[str, str], name: str) -> bool:
    """Tell a declaration that may show what others hide: letters without ink still throw a shadow."""
    value = style.get(name, "none")
    return "text" in value.split() if name.endswith("background-clip") else value not in ("none", "initial", "unset")


def _is_box(tag: str, style: Mapping[str, str]) -> bool:
    """Tell an element that is a box of its own, which sizes, indents, clips and turns; a stretch of a line is none."""
    display = style.get("display", "")
    if display == "contents":
        return False
    if style.get("position") in ("absolute", "fixed") or style.get("float", "none") in ("left", "right"):
        return True
    return display not in ("inline", "ruby", "ruby-text") if display else tag in _BOXES


def _opacity(style: Mapping[str, str]) -> float:
    opacity = pixels(style.get("opacity", ""), 1)
    return 1.0 if opacity is None or style.get("display") == "contents" else min(1.0, max(0.0, opacity))


def _room(outer: Look, style: Mapping[str, str], size: float, box: bool) -> float | None:
    """Return the width of the nearest box that cuts what is broader."""
    own = room(style, size) if box else None
    return outer.room if own is None else own


def _mark(outer: Look, size: float, tag: str, style: Mapping[str, str]) -> Mark | None:
    """Return the mark; a line through text goes on into all that is inside, whatever that declares."""
    if outer.mark in (Mark.STRUCK, Mark.DELETED):
        return outer.mark
    if tag in _STRIKING:
        return _STRIKING[tag]
    if "line-through" in style.get("text-decoration", "") + style.get("text-decoration-line", ""):
        return Mark.STRUCK
    if outer.mark is not None:
        return outer.mark
    if style.get("direction") == "rtl" and "override" in style.get("unicode-bidi", ""):
        return Mark.DRAWN  # figures from right to left: 12 is seen as 21
    if style.get("mso-list", "").lower() == "ignore":
        return Mark.NUMBER  # Word's own counting, saved as text
    if style.get("display", "").startswith("ruby-text"):
        return Mark.RUBY
    return _SHIFTING.get(tag) or (None if tag in _CELLS else _shift(style, outer.size, size))


def _shift(style: Mapping[str, str], around: float, size: float) -> Mark | None:
    align = style.get("vertical-align", "")
    align = style.get("font-variant-position", align)
    if align in ("super", "sub"):
        return Mark.RAISED if align == "super" else Mark.LOWERED
    if size < 0.9 * around and align in ("top", "text-top", "bottom", "text-bottom"):
        return Mark.RAISED if "top" in align else Mark.LOWERED
    rise = pixels(align, size) or pixels(style.get("mso-text-raise", ""), size)
    if not rise and style.get("position") == "relative":
        rise = (pixels(style.get("bottom", ""), size) or 0) - (pixels(style.get("top", ""), size) or 0)
    if not rise and (moved := re.search(r"translatey\(([^()]{1,20})\)", style.get("transform", ""))):
        rise = -(pixels(moved[1], size) or 0)
    if not rise:
        return None
    return Mark.RAISED if rise > 0 else Mark.LOWERED


def _gone(attributes: Mapping[str, str | None], style: Mapping[str, str], size: float, box: bool) -> bool:
    """Tell an element that is not shown with anything inside it; `box` where its measures count."""
    display = style.get("display", "none" if "hidden" in attributes else "")
    if "popover" in attributes:  # shown by a script only
        return True
    if display == "none":
        return True
    if display != "contents" and (_opacity(style) < 0.07 or _FILTERED.search(style.get("filter", ""))):
        return True
    return box and _outside(style, size)


def _outside(style: Mapping[str, str], size: float) -> bool:
    """Tell a box that is cut to nothing or stands far outside the page."""
    if style.get("content-visibility") == "hidden":
        return True
    if _CLIPPED.search(style.get("clip", "") + style.get("clip-path", "")) or _SCALED.search(
        style.get("transform", "")
    ):
        return True
    if any(abs(pixels(style.get(name, ""), size) or 0) >= _FAR for name in ("text-indent",)):
        return True
    moved = style.get("position") in ("absolute", "fixed", "relative")
    if moved and any(abs(pixels(style.get(name, ""), size) or 0) >= _FAR * 2 for name in ("left", "top", "right")):
        return True
    cut = any(style.get(name) in ("hidden", "clip") for name in ("overflow", "overflow-x", "overflow-y"))
    extents = [pixels(style.get(name, ""), size) for name in ("width", "height", "max-width", "max-height")]
    return cut and any(extent is not None and extent <= 1.5 for extent in extents)


def _coloured(look: Look, tag: str, attributes: Mapping[str, str | None], style: Mapping[str, str]) -> Look:
    ground, painted = look.ground, look.painted
    for value in (legacy(attributes.get("bgcolor")), style.get("background-color", "")):
        ground = _ground(ground, value)
        painted = bool(value) and ground is None if value and not clear(value) else painted
    if _PAINTED.search(style.get("background-image", "")):
        ground, painted = None, True
    ink, flat, maybe = look.ink, look.flat, look.maybe
    font = legacy(attributes.get("color")) if tag == "font" else ""
    fill = style.get("-webkit-text-fill-color", "")
    filled = look.filled or bool(fill)
    for value in (*(() if look.filled else (font, style.get("color", ""))), fill):
        if value and value in ("currentcolor", "initial", "unset") and value == fill:
            maybe = True
        elif value and value not in _KEPT:
            ink, flat = (look.ink, True) if clear(value) else (named(value), False)
            maybe = maybe or painted or (ink is None and not flat)
    if painted and not look.painted and tag not in _CELLS:
        maybe = True
    return replace(look, ink=ink, ground=ground, flat=flat, filled=filled, painted=painted, maybe=maybe)


def _ground(behind: Colour | None, value: str) -> Colour | None:
    """Return the background that a value paints over the one behind it; None for pictures and unknown colours."""
    if not value or clear(value) or value.split(maxsplit=1)[0] in _NOTHING:
        return behind
    if paint := named(value):
        return paint
    words = [named(word) for word in value.split()[:10]]
    found = [word for word in words if word is not None]
    return found[0] if found and "url(" not in value and "gradient" not in value else None


def _size(around: float, tag: str, attributes: Mapping[str, str | None], style: Mapping[str, str]) -> float:
    """Return the size of letters in pixels."""
    if text := style.get("font-size", ""):
        match = _IN_FONT.search(text) if " " in text else None
        return _sized(match[1] if match else text, around)
    if tag == "font" and (text := (attributes.get("size") or "").strip()):
        if text[0] in "+-" and text[1:].isdecimal():  # steps from the usual size
            text = str(min(7, max(1, 3 + int(text[:3]))))
        return _FONT_TAG.get(text, around)
    return around * _SIZES_OF_TAGS.get(tag, 1)


def _sized(text: str, around: float) -> float:
    if text == "initial":
        return Look().size
    if text in ("smaller", "larger"):
        return around * (0.83 if text == "smaller" else 1.2)
    length = pixels(text, around)
    return float(_KEYWORDS.get(text, around)) if length is None else length
