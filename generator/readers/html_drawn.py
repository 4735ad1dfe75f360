"""Tells what a web page shows in a cell without having it as text: in form controls, by style sheets, as a drawing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from generator.readers.html_selectors import Tag

# elements whose text, if any, is not the text of the page
DRAWN_TAGS = frozenset("input textarea select button meter progress math svg noscript template".split())
# kinds of input that show no value, or a word on a button
_SILENT = frozenset("hidden checkbox radio file submit reset button image".split())
_HINTING = frozenset(("", "text", "number", "tel", "search", "url", "email", "password"))
_STRING = re.compile(r'"([^"\n]*)"|\'([^\'\n]*)\'|attr\(\s*([\w-]+)[^()]*\)|(counters?)\([^()]*\)')
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)")
_NOTES = frozenset(("msofootnotereference", "msoendnotereference", "msocommentreference"))


# where frameworks say what they will write into an element
_FILLED = ("ng-bind", "ng-bind-html", "x-text", "x-html", "data-bind", "data-ng-bind", "v-text", "v-html")


def awaits_text(node: LexborNode) -> bool:
    """Tell an element without text that a script is to fill."""
    return any(name in node.attributes for name in _FILLED) and not node.text().strip()


def leads_to_note(tag: Tag) -> bool:
    """Tell a link within the page, or what Word calls the mark of a note: its number is no part of a figure."""
    leads = tag.name == "a" and (tag.attributes.get("href") or "").startswith("#")
    return leads or any(name.lower() in _NOTES for name in tag.classes)


def drawn_text(node: LexborNode) -> str:
    """Return what one of DRAWN_TAGS shows, "" for what is hidden or only switches something."""
    attributes = node.attributes
    match node.tag:
        case "input":
            kind = (attributes.get("type") or "").strip().lower()
            if kind in _SILENT:
                return ""
            if kind in ("password", "range", "color"):  # dots, a place on a scale, a patch
                return "〓" if attributes.get("value") else ""
            hint = attributes.get("placeholder") if kind in _HINTING else ""
            return (attributes.get("value") or hint or "").strip()
        case "meter" | "progress":
            return (attributes.get("value") or "").strip()
        case "select":
            options = node.css("option")
            chosen = [option for option in options if "selected" in option.attributes] or options[:1]
            return "、".join(option.text().strip() for option in chosen)
        case "textarea":
            return node.text(separator=" ", strip=True) or (attributes.get("placeholder") or "").strip()
        case "template":  # shown in the place of what holds it, where it is the root of a shadow tree
            shadow = any(name.startswith("shadowroot") for name in attributes)
            return (" ".join(_TAGS.sub(" ", node.html or "").split()) or "〓") if shadow else ""
        case "noscript":
            text = node.text(separator=" ", strip=True)
            return text if any(map(str.isdecimal, text)) else ""
        case _:
            return node.text(separator=" ", strip=True)


def content_text(value: str, attributes: Mapping[str, str | None]) -> str:
    """Return the text that a `content` of ::before or ::after draws; "" where it has no letter and no digit, as icons
    and separators have none. A counter counts as text that is not known (〓)."""
    parts = []
    for double, single, attribute, counter in _STRING.findall(value):
        if attribute:
            parts.append(attributes.get(attribute.lower()) or "")
        else:
            parts.append("〓" if counter else _ESCAPE.sub(_character, double or single))
    text = "".join(parts).strip()
    return text if any(letter.isalnum() or letter == "〓" for letter in text) else ""


def _character(match: re.Match[str]) -> str:
    if match[2]:
        return match[2]
    code = int(match[1], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
